"""A survey: the casefile as one profile of vague words reads it, each question compared once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.origins import Origins
from claims.analysis.pairs import Compared, Pair, compare_again, compare_all
from claims.analysis.part_whole import compare_across
from claims.analysis.records import Claim, Question
from claims.analysis.statements import Statement, state


class Links:
    """Which questions are part of which others, directly or through others between."""

    def __init__(self, casefile: Casefile) -> None:
        """Follow every ``subset_of`` to its end."""
        self._wholes = {q.id: tuple(_above(q, casefile)) for q in casefile.questions}

    def wholes(self, question: UUID) -> tuple[UUID, ...]:
        """The questions that a question is part of, the nearest first."""
        return self._wholes[question]

    def parts(self, question: UUID) -> tuple[UUID, ...]:
        """The questions that are part of a question."""
        return tuple(self._parts.get(question, ()))

    @cached_property
    def _parts(self) -> Mapping[UUID, list[UUID]]:
        found: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for part, wholes in self._wholes.items():
            for whole in wholes:
                found[whole].append(part)
        return found


def _above(question: Question, casefile: Casefile) -> Iterator[UUID]:
    seen = {question.id}
    above = question.subset_of
    while above is not None and above in casefile.question and above not in seen:
        seen.add(above)
        yield above
        above = casefile.question[above].subset_of


class Survey:
    """The statements of every question under one profile, and how they compare.

    A survey under another profile starts from ``base``: only what reads differently is
    compared again.
    """

    def __init__(
        self,
        casefile: Casefile,
        profile: str,
        origins: Mapping[UUID, Origins],
        *,
        signatures: int,
        base: Survey | None = None,
    ) -> None:
        """Nothing is read before it is asked for."""
        self.casefile = casefile
        self.profile = profile
        self.origins = origins
        self.links: Links = base.links if base else Links(casefile)
        self._signatures = signatures
        self._base = base
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
        """How the statements on one question stand to each other."""
        if question not in self._compared:
            self._compared[question] = self._compare(question)
        return self._compared[question]

    def across(self, question: UUID) -> tuple[Pair, ...]:
        """Conflicts with the questions that this one is part of, and with its own parts."""
        upward = ((question, whole) for whole in self.links.wholes(question))
        downward = ((part, question) for part in self.links.parts(question))
        return tuple(pair for link in (*upward, *downward) for pair in self._between(*link))

    def reads_as(self, other: Survey, question: UUID) -> bool:
        """Whether a question, its parts and its wholes read the same under both profiles."""
        linked = (question, *self.links.wholes(question), *self.links.parts(question))
        return all(
            (mine.hard, mine.soft) == (theirs.hard, theirs.soft)
            for one in linked
            for mine, theirs in zip(self.statements(one), other.statements(one), strict=True)
        )

    def _compare(self, question: UUID) -> Compared:
        live = self.live(question)
        if self._base is None:
            return compare_all(live, self.casefile, most=self._signatures)
        read = {statement.claim.id: statement for statement in live}
        return compare_again(self._base.compared(question), read, self.casefile)

    def _between(self, part: UUID, whole: UUID) -> tuple[Pair, ...]:
        if (part, whole) not in self._across:
            self._across[part, whole] = tuple(self._conflicts(part, whole))
        return self._across[part, whole]

    def _conflicts(self, part: UUID, whole: UUID) -> Iterator[Pair]:
        for inner in self.compared(part).groups:
            for outer in self.compared(whole).groups:
                found = compare_across(inner[0], outer[0], self.casefile)
                if found is not None:
                    yield Pair(inner, outer, found)


def counts(claim: Claim, casefile: Casefile) -> bool:
    """Whether a claim still stands: its speaker has neither withdrawn nor replaced it."""
    return claim.retracted_at is None and claim.id not in casefile.superseded
