"""The analysis of a topic: each question's dispute and support, and all that explains them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.dependence import Dependences
from claims.analysis.notes import Ground, notes
from claims.analysis.origins import Origins, find_origins
from claims.analysis.outcomes import (
    Changed,
    Dispute,
    QuestionResult,
    ReadClaim,
    Support,
    TopicResult,
)
from claims.analysis.pairs import SIGNATURES, Compared, Pair, compare_all, representatives
from claims.analysis.part_whole import compare_across
from claims.analysis.positions import describe, find_positions
from claims.analysis.records import Claim, Question
from claims.analysis.statements import Statement, distinct, state
from claims.analysis.support import against_interest, find_support, self_serving
from claims.analysis.verdicts import list_verdicts
from claims.values.profiles import profiles


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a report lists: pairs and positions of a question, claims of a position."""

    pairs: int = 200
    members: int = 20
    positions: int = 20
    signatures: int = SIGNATURES


def assess_topic(
    casefile: Casefile, *, profile: str = "default@1", bounds: Bounds | None = None
) -> TopicResult:
    """The results of every question of a topic under one profile of vague words.

    Raises:
        UnknownProfile: no table of that name is held.
        InvalidValue: a stored value cannot be read as its question asks.
    """
    limits = bounds or Bounds()
    dependences = Dependences(casefile)
    origins = {
        question.id: find_origins(casefile.claims_on.get(question.id, ()), dependences)
        for question in casefile.questions
    }
    asked = _Reading(casefile, profile, origins, limits)
    others = [_Reading(casefile, p, origins, limits) for p in profiles() if p != profile]
    results = tuple(
        _result(question, asked, _changes(question, asked, others))
        for question in casefile.questions
    )
    return TopicResult(
        topic=casefile.topic,
        profile=profile,
        questions=results,
        cross_checks=casefile.cross_checks,
    )


class _Reading:
    """The casefile as one profile reads it; each question is compared once."""

    def __init__(
        self,
        casefile: Casefile,
        profile: str,
        origins: Mapping[UUID, Origins],
        bounds: Bounds,
    ) -> None:
        self.casefile = casefile
        self.profile = profile
        self.origins = origins
        self.bounds = bounds
        self._statements: dict[UUID, tuple[Statement, ...]] = {}
        self._compared: dict[UUID, Compared] = {}
        self._across: dict[tuple[UUID, UUID], tuple[Pair, ...]] = {}

    def statements(self, question: UUID) -> tuple[Statement, ...]:
        """The claims on a question, also those that count no more."""
        if question not in self._statements:
            origins = self.origins[question].by_claim
            self._statements[question] = tuple(
                state(claim, self.casefile, self.profile, origins[claim.id])
                for claim in self.casefile.claims_on.get(question, ())
            )
        return self._statements[question]

    def live(self, question: UUID) -> tuple[Statement, ...]:
        """The statements that count: neither retracted nor superseded."""
        return tuple(s for s in self.statements(question) if counts(s.claim, self.casefile))

    def compared(self, question: UUID) -> Compared:
        if question not in self._compared:
            self._compared[question] = compare_all(
                self.live(question), self.casefile, most=self.bounds.signatures
            )
        return self._compared[question]

    def across(self, question: Question) -> tuple[Pair, ...]:
        """Conflicts with the questions that this one is part of, and with its own parts."""
        upward = [(question.id, whole) for whole in wholes(question, self.casefile)]
        downward = [
            (part.id, question.id)
            for part in self.casefile.questions
            if question.id in wholes(part, self.casefile)
        ]
        return tuple(pair for link in (*upward, *downward) for pair in self._between(*link))

    def _between(self, part: UUID, whole: UUID) -> tuple[Pair, ...]:
        if (part, whole) not in self._across:
            self._across[part, whole] = tuple(self._conflicts(part, whole))
        return self._across[part, whole]

    def _conflicts(self, part: UUID, whole: UUID) -> Iterator[Pair]:
        for inner in self._groups(part):
            for outer in self._groups(whole):
                found = compare_across(inner[0], outer[0], self.casefile)
                if found is not None:
                    yield Pair(inner, outer, found)

    def _groups(self, question: UUID) -> Sequence[tuple[Statement, ...]]:
        groups = distinct(self.live(question), frozenset()).values()
        return representatives([tuple(group) for group in groups], self.bounds.signatures)


def counts(claim: Claim, casefile: Casefile) -> bool:
    """Whether a claim still stands: its speaker has neither withdrawn nor replaced it."""
    return claim.retracted_at is None and claim.id not in casefile.superseded


def wholes(question: Question, casefile: Casefile) -> tuple[UUID, ...]:
    """The questions that a question is part of, the nearest first."""
    found: list[UUID] = []
    above = question.subset_of
    while above is not None and above in casefile.question and above not in found:
        found.append(above)
        above = casefile.question[above].subset_of
    return tuple(found)


def _changes(
    question: Question, asked: _Reading, others: Sequence[_Reading]
) -> tuple[Changed, ...]:
    """The other profiles under which the question has another result."""
    linked = [question.id, *wholes(question, asked.casefile)]
    linked += [q.id for q in asked.casefile.questions if question.id in wholes(q, asked.casefile)]
    mine: tuple[Dispute, Support] | None = None
    found = []
    for other in others:
        if not any(_reads_differently(asked, other, linked_id) for linked_id in linked):
            continue
        mine = mine or _outcome(question, asked)
        theirs = _outcome(question, other)
        if theirs != mine:
            found.append(Changed(other.profile, *theirs))
    return tuple(found)


def _reads_differently(asked: _Reading, other: _Reading, question: UUID) -> bool:
    pairs = zip(asked.statements(question), other.statements(question), strict=True)
    return any(a.soft != b.soft or a.hard != b.hard for a, b in pairs)


def _outcome(question: Question, reading: _Reading) -> tuple[Dispute, Support]:
    compared = reading.compared(question.id)
    verdicts = list_verdicts(compared, reading.across(question), reading.casefile, most=0)
    supported = find_support(reading.live(question.id), compared, reading.origins[question.id])
    return verdicts.dispute, supported.support


def _result(question: Question, reading: _Reading, changes: tuple[Changed, ...]) -> QuestionResult:
    casefile, origins, bounds = reading.casefile, reading.origins[question.id], reading.bounds
    live, compared = reading.live(question.id), reading.compared(question.id)
    across = reading.across(question)
    affirming = [s for s in live if s.stance.affirms]
    count = origins.count(s.claim.id for s in affirming)
    if_dependent = origins.count_if_dependent(s.claim.id for s in affirming)
    supported = find_support(live, compared, origins)
    found = find_positions(affirming, bounds.positions)
    positions = tuple(describe(g, origins, casefile, bounds.members) for g in found.listed)
    verdicts = list_verdicts(compared, across, casefile, most=bounds.pairs)
    exact = count.exact and if_dependent.exact and supported.exact
    ground = Ground(
        statements=live,
        claims=casefile.claims_on.get(question.id, ()),
        casefile=casefile,
        compared=compared,
        across=across,
        origins=origins,
        positions=positions,
        origin_count=count.number,
        origin_count_if_dependent=if_dependent.number,
        exact=exact,
    )
    return QuestionResult(
        question=question,
        dispute=verdicts.dispute,
        support=supported.support,
        supported_by=supported.number,
        origins=count.number,
        origins_if_dependent=if_dependent.number,
        exact=exact,
        notes=notes(ground),
        reasons=verdicts.reasons,
        claims=tuple(_read(s, origins, casefile) for s in reading.statements(question.id)),
        positions=positions,
        positions_omitted=found.omitted,
        relations=verdicts.listed,
        relations_omitted=None if compared.left_out else verdicts.omitted,
        changes=changes,
    )


def _read(statement: Statement, origins: Origins, casefile: Casefile) -> ReadClaim:
    claim = statement.claim
    return ReadClaim(
        claim=claim,
        value=statement.value,
        cluster=origins.clusters[claim.id],
        counts=counts(claim, casefile),
        unnamed=origins.by_claim[claim.id].unnamed,
        self_serving=self_serving(statement),
        against_interest=against_interest(statement),
    )
