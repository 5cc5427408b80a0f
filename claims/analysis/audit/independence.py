"""Checks of origins: how many stand behind a question, and whether they are what they seem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

from claims.analysis.audit.case import QuestionFile
from claims.analysis.audit.defects import NAMED, clipped, of_question, quoted, some
from claims.analysis.audit.finding import Defect
from claims.analysis.circles import circles
from claims.analysis.dependence import Dependences
from claims.analysis.origins import find_origins
from claims.analysis.outcomes import Independence, Relation, Support, Verdict
from claims.analysis.records import Claim
from claims.analysis.vocabulary import Stance, Tier
from claims.analysis.wording import listed, plural


def only_tertiary(file: QuestionFile) -> Iterator[Defect]:
    """A question is answered only by tertiary documents that name no source.

    An encyclopedia is a place to find sources, not one itself. What it says without naming
    anybody cannot be traced.

    What to do: follow the document's own references, cite what they lead to, and keep this one
    as what led there.

    Limits: it sees the tier that was recorded. One claim that names its origin, or one document
    of another tier, is enough.
    """
    affirming = [one.claim for one in file.live if one.stance.affirms]
    if affirming and all(_tertiary(file, claim) for claim in affirming):
        titles = some(quoted(file.casefile.documents[c.document].title) for c in affirming)
        yield Defect(
            of_question(file.question, affirming),
            found=f"{plural(len(affirming), 'claim')}, all unattributed, of tertiary {titles}",
            expected="a claim that names its origin, or a document nearer to it",
            fix="Follow the document’s references and cite what they lead to.",
        )


def _tertiary(file: QuestionFile, claim: Claim) -> bool:
    document = file.casefile.documents[claim.document]
    return document.tier is Tier.TERTIARY and len(claim.speakers) == 1


def circular(file: QuestionFile) -> Iterator[Defect]:
    """Sources attribute what they say to each other in a circle.

    A quotes B, B quotes A: nobody says where it comes from. Such circles are how inventions
    become facts ("citogenesis").

    What to do: find which of them published first, and whom that one had it from; correct the
    chain that is wrong.

    Limits: it joins the chains of speakers of one question with the recorded relations between
    sources (*derives from, quotes, translates, wire copy*); unrecorded copying it does not see.
    """
    edges: defaultdict[UUID, set[UUID]] = defaultdict(set)
    sources = file.casefile.sources
    spoken = {speaker.source for claim in file.claims for speaker in claim.speakers}
    for claim in file.claims:
        for outer, inner in pairwise(claim.speakers):
            if sources[inner.source].named and outer.source != inner.source:
                edges[outer.source].add(inner.source)
    for relation in file.casefile.source_relations:
        if relation.between == "source" and relation.kind.directed:
            edges[relation.a].add(relation.b)
    for circle in circles(edges):
        if spoken.isdisjoint(circle):
            continue
        within = [c for c in file.claims if {s.source for s in c.speakers} & set(circle)]
        yield Defect(
            of_question(file.question, within),
            found=f"a circle of attributions: {some(clipped(sources[one].name) for one in circle)}",
            expected="chains of speakers that end at an origin",
            fix="Find which of them said it first, and correct the chain that is wrong.",
        )


def dependence_overruled(file: QuestionFile) -> Iterator[Defect]:
    """Two claims of one origin are counted as independent, because a person said so.

    The second half of the check of overlooked dependence: see there.
    """
    overrides = [one for one in file.casefile.overrides if one.independent]
    if not overrides:
        return
    plain = replace(file.casefile, overrides=())
    provenance = find_origins(file.claims, Dependences(plain)).by_claim
    held = {claim.id: claim for claim in file.claims}
    for override in overrides:
        if override.a not in held or override.b not in held:
            continue
        beside = provenance[override.a].beside(provenance[override.b])
        if beside is Independence.SAME_ORIGIN:
            yield Defect(
                of_question(file.question, (held[override.a], held[override.b])),
                found=f"two claims of one origin, counted as independent: {override.reason}",
                expected="claims that draw on different origins",
                fix="Take the override back, or correct the relations that make them one origin.",
            )


def one_origin_as_fact(file: QuestionFile) -> Iterator[Defect]:
    """A document reports as a fact what a single origin stands behind.

    One origin may be right; but nobody else is known to have said so, and repeating it in other
    documents adds nothing.

    What to do: look for an independent source. Until there is one, write who says so.

    Limits: it fires where all claims that affirm may go back to one origin, and at least one stands
    without a hedge in the own voice of a document that is not primary. Attributed claims
    say themselves whose they are, and a primary document is its origin's own. What rests on
    tertiary documents alone is a finding of its own.
    """
    if file.result.support not in {Support.SINGLE, Support.REPEATED, Support.UNCORROBORATED}:
        return
    affirming = [one.claim for one in file.live if one.stance.affirms]
    facts = [claim for claim in affirming if _as_fact(file, claim)]
    few = file.result.origins_if_dependent <= 1
    if few and facts and not all(_tertiary(file, claim) for claim in affirming):
        origins = file.result.origins
        behind = "one origin" if origins <= 1 else f"{origins} origins, possibly one,"
        yield Defect(
            of_question(file.question, facts),
            found=f"{behind} behind {plural(len(facts), 'claim')} made without attribution",
            expected="a second, independent origin, or the words of who says so",
            fix="Look for an independent source, or report it as what this one says.",
        )


def _as_fact(file: QuestionFile, claim: Claim) -> bool:
    """Whether a document that is not primary says it in its own voice, without a hedge."""
    own = len(claim.speakers) == 1 and not claim.hedges and claim.stance is Stance.ASSERTS
    return own and file.casefile.documents[claim.document].tier is not Tier.PRIMARY


def origin_diverges(file: QuestionFile) -> Iterator[Defect]:
    """One origin is credited with values that conflict.

    An organisation rarely says "several" and "dozens" of the same thing. Before its credibility
    is doubted, suspect the transcription, or two reports of two days.

    What to do: look up what the origin itself published; correct the chain, or mark the later
    claim as superseding the earlier.

    Limits: conflicts with questions of which this one is a part are shown under both. At most
    the conflicts that the report lists are looked at.
    """
    known = {claim.id: claim for claim in file.casefile.claims}
    apart: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for verdict in file.result.relations:
        if _within_one(verdict) and verdict.a in known and verdict.b in known:
            apart[verdict.a].add(verdict.b)
            apart[verdict.b].add(verdict.a)
    for group in circles(apart):  # who conflicts with whom, directly or by several steps
        claims = tuple(known[one] for one in group)
        values = sorted({quoted(claim.value.said) for claim in claims if claim.value})
        yield Defect(
            of_question(file.question, claims),
            found=f"one origin credited with {_both(values)}",
            expected="one origin that says one thing at a time",
            fix="Look up what the origin itself published; correct or supersede the others.",
        )


def _both(values: list[str]) -> str:
    return listed(values) if len(values) <= NAMED else some(values)


def _within_one(verdict: Verdict) -> bool:
    disputes = verdict.relation.disputes and verdict.relation is not Relation.MUTUAL_ACCUSATION
    return disputes and verdict.independence is Independence.SAME_ORIGIN
