"""Claims, questions and what the analysis found of them, as linked data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import (
    Position,
    QuestionResult,
    ReadClaim,
    Relation,
    TopicResult,
    Verdict,
)
from claims.analysis.records import Claim, Question
from claims.analysis.statements import bounds_of
from claims.analysis.vocabulary import ValueKind
from claims.exchange.linked_data_form import Names, Node, interval, named, node, scope

Beside = Mapping[UUID, Mapping[str, list[str]]]
"""For each claim, by CiTO's words, the claims that it agrees or disagrees with."""

_CITO = {Relation.AGREE: "agreesWith", Relation.CONFLICT_HARD: "disagreesWith"}
_RECORDED = {ValueKind.CATEGORY, ValueKind.PLACE}


def findings(casefile: Casefile, result: TopicResult, names: Names) -> Iterator[Node]:
    """Each question with its results, then its claims, their annotations and their verdicts."""
    for found in result.questions:
        yield _question(found, result.profile, names)
        beside = _beside(found, names)
        for read in found.claims:
            yield _claim(read, found.question, beside, names)
            yield from _annotations(read.claim, casefile, names)


def _question(found: QuestionResult, profile: str, names: Names) -> Node:
    question = found.question
    return named(
        names.iri(question.id),
        ["Question", "schema:Question"],
        text=question.text,
        about=names.iri(question.topic),
        valueKind=str(question.value_kind),
        aspect=str(question.aspect) if question.aspect else None,
        unit=question.unit,
        exclusive=question.exclusive,
        runningTotal=question.running_total,
        subsetOf=names.some(question.subset_of),
        scope=scope(question.scope, names),
        profile=profile,
        dispute=str(found.dispute),
        support=str(found.support),
        status=found.status,
        origins=found.origins,
        originsIfDependent=found.origins_if_dependent,
        originsExact=found.exact,
        note=[f"{one.code}: {one.explanation}" for one in found.notes],
        position=[_position(one, question, names) for one in found.positions],
        verdict=[_verdict(one, names) for one in found.relations],
        verdictsOmitted=found.relations_omitted,
        changesUnder=[
            node("Outcome", profile=c.profile, dispute=str(c.dispute), support=str(c.support))
            for c in found.changes
        ],
    )


def _position(position: Position, question: Question, names: Names) -> Node:
    return node(
        "Position",
        label=position.label,
        heldBy=names.every(position.claims),
        size=position.size,
        origins=position.origins,
        originsIfDependent=position.origins_if_dependent,
        common=interval(position.common, days=question.value_kind is ValueKind.DATE),
    )


def _verdict(verdict: Verdict, names: Names) -> Node:
    return node(
        "Verdict",
        first=names.iri(verdict.a),
        second=names.iri(verdict.b),
        relation=str(verdict.relation),
        reason=verdict.reason,
        explanation=verdict.explanation,
        assumption=verdict.assumption,
        otherwise=str(verdict.otherwise) if verdict.otherwise else None,
        independence=str(verdict.independence),
        computed=str(verdict.computed) if verdict.computed else None,
    )


def _beside(found: QuestionResult, names: Names) -> Beside:
    told: defaultdict[UUID, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for verdict in found.relations:
        word = _CITO.get(verdict.relation)
        if word:
            told[verdict.a][word].append(names.iri(verdict.b))
            told[verdict.b][word].append(names.iri(verdict.a))
    return told


def _claim(read: ReadClaim, question: Question, beside: Beside, names: Names) -> Node:
    claim = read.claim
    return named(
        names.iri(claim.id),
        ["Claim", "schema:Claim", "prov:Entity"],
        text=claim.value.said if claim.value else None,
        answers=names.iri(claim.question),
        appearance=names.iri(claim.document),
        wasQuotedFrom=names.iri(claim.document),
        wasAttributedTo=names.iri(claim.origin),
        stance=str(claim.stance),
        explicitness=str(claim.explicitness),
        verb=claim.verb,
        hedge=list(claim.hedges),
        speakers=_speakers(claim, names),
        value=_value(read, question, names),
        asOf=claim.as_of,
        scope=scope(claim.scope, names),
        accused=names.some(claim.accused),
        wasRevisionOf=names.some(claim.supersedes),
        retractedAt=claim.retracted_at,
        retractedReason=claim.retracted_reason,
        calendar=claim.calendar,
        counts=read.counts,
        origin=read.cluster,
        unnamedOrigin=read.unnamed,
        note=claim.note,
        **beside.get(claim.id, {}),
    )


def _speakers(claim: Claim, names: Names) -> list[Node]:
    return [
        node(
            "Speaker",
            source=names.iri(speaker.source),
            verb=speaker.verb,
            document=names.some(speaker.document),
        )
        for speaker in claim.speakers
    ]


def _value(read: ReadClaim, question: Question, names: Names) -> Node | None:
    value = read.claim.value
    if value is None:
        return None
    days = question.value_kind is ValueKind.DATE
    hard, soft = bounds_of(read.value, question)
    recorded = question.value_kind in _RECORDED
    return node(
        "Value",
        said=value.said,
        expression=None if recorded else value.expression,
        valueRecord=names.iri(UUID(value.expression)) if recorded else None,
        hard=interval(hard, days=days),
        soft=interval(soft, days=days),
        rangeBasis=str(value.range_basis) if value.range_basis else None,
        countedByCoder=value.counted_by_coder or None,
    )


def _annotations(claim: Claim, casefile: Casefile, names: Names) -> Iterator[Node]:
    """One annotation for each passage that the casefile holds: these words say this."""
    for passage in claim.passages:
        if passage in casefile.passages:
            yield node(
                "oa:Annotation",
                hasBody=names.iri(claim.id),
                hasTarget=names.iri(passage),
                motivatedBy="oa:identifying",
            )
