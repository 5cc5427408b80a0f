"""The analysis of a topic: each question's dispute and support, and all that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from claims.analysis.pairs import SIGNATURES
from claims.analysis.positions import describe, find_positions
from claims.analysis.records import Question
from claims.analysis.statements import Statement
from claims.analysis.support import against_interest, find_support, self_serving
from claims.analysis.survey import Survey, counts
from claims.analysis.verdicts import list_verdicts, worst
from claims.values.profiles import profiles


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is listed of a question, and how many different statements are compared."""

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
    asked = Survey(casefile, profile, origins, signatures=limits.signatures)
    others = [
        Survey(casefile, other, origins, signatures=limits.signatures, base=asked)
        for other in profiles()
        if other != profile
    ]
    return TopicResult(
        topic=casefile.topic,
        profile=profile,
        questions=tuple(_result(q, asked, others, limits) for q in casefile.questions),
        cross_checks=casefile.cross_checks,
    )


def _result(
    question: Question, asked: Survey, others: Sequence[Survey], bounds: Bounds
) -> QuestionResult:
    ground = _ground(question, asked, bounds)
    verdicts = list_verdicts(ground.compared, ground.across, asked.casefile, most=bounds.pairs)
    supported = find_support(ground.statements, ground.compared, ground.origins)
    exact = ground.exact and supported.exact
    omitted = None if ground.compared.left_out else verdicts.omitted
    return QuestionResult(
        question=question,
        dispute=verdicts.dispute,
        support=supported.support,
        supported_by=supported.number,
        origins=ground.origin_count,
        origins_if_dependent=ground.origin_count_if_dependent,
        exact=exact,
        notes=notes(ground),
        reasons=verdicts.reasons,
        claims=tuple(_read(s, ground.origins, asked) for s in asked.statements(question.id)),
        positions=ground.positions,
        positions_omitted=ground.positions_omitted,
        relations=verdicts.listed,
        relations_omitted=omitted,
        changes=_changes(question, asked, others),
    )


def _ground(question: Question, survey: Survey, bounds: Bounds) -> Ground:
    casefile, origins, live = survey.casefile, survey.origins[question.id], survey.live(question.id)
    affirming = [s for s in live if s.stance.affirms]
    count = origins.count(s.claim.id for s in affirming)
    if_dependent = origins.count_if_dependent(s.claim.id for s in affirming)
    found = find_positions(affirming, bounds.positions)
    return Ground(
        statements=live,
        claims=casefile.claims_on.get(question.id, ()),
        casefile=casefile,
        compared=survey.compared(question.id),
        across=survey.across(question.id),
        origins=origins,
        positions=tuple(describe(g, origins, casefile, bounds.members) for g in found.listed),
        positions_omitted=found.omitted,
        origin_count=count.number,
        origin_count_if_dependent=if_dependent.number,
        exact=count.exact and if_dependent.exact,
    )


def _changes(question: Question, asked: Survey, others: Sequence[Survey]) -> tuple[Changed, ...]:
    """The other profiles under which the question has another result."""
    differing = [other for other in others if not asked.reads_as(other, question.id)]
    if not differing:
        return ()
    mine = _outcome(question, asked)
    found = ((other.profile, _outcome(question, other)) for other in differing)
    return tuple(Changed(profile, *theirs) for profile, theirs in found if theirs != mine)


def _outcome(question: Question, survey: Survey) -> tuple[Dispute, Support]:
    compared, live = survey.compared(question.id), survey.live(question.id)
    supported = find_support(live, compared, survey.origins[question.id], enough=2)
    return worst(compared, survey.across(question.id)), supported.support


def _read(statement: Statement, origins: Origins, survey: Survey) -> ReadClaim:
    claim = statement.claim
    return ReadClaim(
        claim=claim,
        value=statement.value,
        cluster=origins.clusters[claim.id],
        counts=counts(claim, survey.casefile),
        unnamed=origins.by_claim[claim.id].unnamed,
        self_serving=self_serving(statement),
        against_interest=against_interest(statement),
    )
