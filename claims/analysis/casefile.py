"""The casefile: all records that the analysis of one topic looks at, ready to be looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from claims.analysis.records import (
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Inquiry,
    Opposition,
    Party,
    Passage,
    Place,
    Question,
    Record,
    RelationOverride,
    Snapshot,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Topic,
)
from claims.analysis.vocabulary import Scheme


@dataclass(frozen=True, kw_only=True)
class Casefile:
    """One topic with its questions and claims, and every record that these refer to.

    The order of ``questions`` is the order of the report; the order of all else never matters.
    """

    topic: Topic
    questions: tuple[Question, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: Mapping[UUID, Source] = field(default_factory=dict)
    documents: Mapping[UUID, Document] = field(default_factory=dict)
    snapshots: Mapping[UUID, Snapshot] = field(default_factory=dict)
    passages: Mapping[UUID, Passage] = field(default_factory=dict)
    parties: Mapping[UUID, Party] = field(default_factory=dict)
    terms: Mapping[UUID, Term] = field(default_factory=dict)
    places: Mapping[UUID, Place] = field(default_factory=dict)
    oppositions: tuple[Opposition, ...] = ()
    source_relations: tuple[SourceRelation, ...] = ()
    term_relations: tuple[TermRelation, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    overrides: tuple[RelationOverride, ...] = ()
    cross_checks: tuple[CrossCheck, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()

    @property
    def records(self) -> Iterator[Record]:
        """Every record of the casefile."""
        yield self.topic
        mappings: tuple[Mapping[UUID, Record], ...] = (
            *(self.sources, self.documents, self.snapshots, self.passages),
            *(self.parties, self.terms, self.places),
        )
        for mapping in mappings:
            yield from mapping.values()
        groups: tuple[Iterable[Record], ...] = (
            *(self.questions, self.claims, self.oppositions, self.source_relations),
            *(self.term_relations, self.assessments, self.overrides, self.cross_checks),
            self.inquiries,
        )
        for group in groups:
            yield from group

    @cached_property
    def question(self) -> Mapping[UUID, Question]:
        """The questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def claims_on(self) -> Mapping[UUID, tuple[Claim, ...]]:
        """The claims on each question, in the order of their ids."""
        found: defaultdict[UUID, list[Claim]] = defaultdict(list)
        for claim in sorted(self.claims, key=lambda claim: claim.id.int):
            found[claim.question].append(claim)
        return {question: tuple(claims) for question, claims in found.items()}

    @cached_property
    def superseded(self) -> frozenset[UUID]:
        """The claims that a later claim of the same speaker replaces."""
        return frozenset(claim.supersedes for claim in self.claims if claim.supersedes)

    @cached_property
    def confidence(self) -> Mapping[UUID, Assessment]:
        """The assessment of confidence in force for each claim that has one."""
        return self.in_force("claim", Scheme.CONFIDENCE)

    def in_force(self, of: str, scheme: Scheme) -> Mapping[UUID, Assessment]:
        """The assessments of sources or claims (``of``) on one scheme that nothing supersedes."""
        replaced = {a.supersedes for a in self.assessments if a.supersedes}
        kept = (a for a in self.assessments if (a.of, a.scheme) == (of, scheme))
        ordered = sorted(kept, key=lambda assessment: assessment.id, reverse=True)
        return {a.target: a for a in ordered if a.id not in replaced}
