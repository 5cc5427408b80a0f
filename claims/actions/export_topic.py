"""What belongs to one topic: its questions and claims, and all that these stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias
from uuid import UUID

from claims.analysis.records import (
    KINDS,
    Assessment,
    Claim,
    CrossCheck,
    Inquiry,
    Merge,
    Opposition,
    Project,
    Question,
    Record,
    RelationOverride,
    Review,
    Snapshot,
    SourceRelation,
    TermRelation,
    Topic,
    Waiver,
)
from claims.analysis.vocabulary import ValueKind
from claims.store.access import Access
from claims.store.cited import Wanted, claim_ids
from claims.store.forms import form_of, references

Chosen = Mapping[str, set[UUID]]
"""Records by their entity."""

_ANSWERS = {ValueKind.CATEGORY: "term", ValueKind.PLACE: "place"}
_AT_ONCE = 500

Joining: TypeAlias = SourceRelation | TermRelation | Opposition | RelationOverride
_ENDS = {"term_relation": "term", "opposition": "party", "relation_override": "claim"}


def of_topic(seen: Access, topic: Topic) -> Chosen:
    """The visible records that belong to a topic.

    These are its questions, claims, cross-checks and inquiries, all that they refer to, and what
    was decided about these: assessments, reviews, relations, merges, waivers. Contributors do not
    belong.
    """
    return _Choice(seen, topic).chosen


class _Choice:
    """Records are chosen step by step; each brings all that it refers to."""

    def __init__(self, seen: Access, topic: Topic) -> None:
        self.seen = seen
        self.chosen: defaultdict[str, set[UUID]] = defaultdict(set)
        self.questions = {one.id: one for one in seen.records(Question)}
        self.add([topic, *seen.records(Project)])
        self.add(one for one in self.questions.values() if one.topic == topic.id)
        wanted = claim_ids(seen.session, seen.clearance, Wanted(topic=topic.id))
        self.follow((Claim.entity, one) for one in list(wanted))
        self.add(one for one in seen.records(CrossCheck) if one.topic == topic.id)
        self.add(one for one in seen.records(Inquiry) if one.topic == topic.id)
        self.add(one for one in seen.records(Merge) if self.has(one.of, one.kept, one.merged))
        for kind in _ABOUT:
            held: list[Record] = [*seen.records(kind)]
            self.add(one for one in held if self.belongs(one))

    def add(self, records: Iterable[Record]) -> None:
        """Choose records, and all that they refer to."""
        found = list(records)
        for record in found:
            self.chosen[record.entity].add(record.id)
        self.follow(reference for record in found for reference in self.named(record))

    def follow(self, wanted: Iterable[tuple[str, UUID]]) -> None:
        """Choose what is referred to, as far as it is not chosen yet."""
        missing: defaultdict[str, set[UUID]] = defaultdict(set)
        for entity, one in wanted:
            if one not in self.chosen[entity]:
                missing[entity].add(one)
        for entity, ids in missing.items():
            listed = sorted(ids)
            for start in range(0, len(listed), _AT_ONCE):
                self.add(self.seen.records(KINDS[entity], listed[start : start + _AT_ONCE]))

    def named(self, record: Record) -> Iterator[tuple[str, UUID]]:
        """What a record refers to, by entity; the answer of a claim may be a record too."""
        yield from ((entity, one) for _, entity, one in references(form_of(type(record)), record))
        if isinstance(record, Claim) and record.value is not None:
            question = self.questions.get(record.question)
            entity = _ANSWERS.get(question.value_kind) if question else None
            if entity is not None:
                yield entity, UUID(record.value.expression)

    def has(self, entity: str, *ids: UUID) -> bool:
        """Whether any of these is chosen."""
        return any(one in self.chosen[entity] for one in ids)

    def belongs(self, record: Record) -> bool:
        """Whether a record is about what is chosen: about both, where it joins two."""
        if isinstance(record, SourceRelation | TermRelation | Opposition | RelationOverride):
            return self.joined(record)
        if isinstance(record, Snapshot):
            return self.has("document", record.document)
        if isinstance(record, Assessment):
            return self.has(record.of, record.target)
        if isinstance(record, Review):
            return self.has("claim", record.claim)
        target = record.target if isinstance(record, Waiver) else None
        return any(target in ids for ids in self.chosen.values())

    def joined(self, record: Joining) -> bool:
        """Whether both ends are chosen, and what is joined is so here or everywhere."""
        entity = record.between if isinstance(record, SourceRelation) else _ENDS[record.entity]
        topic = getattr(record, "topic", None)
        here = topic is None or self.has("topic", topic)
        return here and self.has(entity, record.a) and self.has(entity, record.b)


_ABOUT: tuple[type[Record], ...] = (
    Snapshot,
    SourceRelation,
    TermRelation,
    Opposition,
    RelationOverride,
    Assessment,
    Review,
    Waiver,
)
"""What is about other records, each after what it may be about."""
