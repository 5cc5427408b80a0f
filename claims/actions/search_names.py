"""What records are called in a list of many kinds, and what each belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from claims.analysis.records import (
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Inquiry,
    Merge,
    Passage,
    Question,
    Record,
    RelationOverride,
    Review,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Topic,
    Waiver,
)
from claims.store.access import Access
from claims.store.search_scope import resting_on

R = TypeVar("R", bound=Record)

_MOST_QUESTIONS = 3
_MOST_CLAIMS = 12


class Belonging(NamedTuple):
    """A record that another belongs to."""

    entity: str
    id: UUID
    name: str


class Named(NamedTuple):
    """What a record is called, and what it belongs to, the nearest first."""

    name: str
    of: tuple[Belonging, ...] = ()


@dataclass
class Names:
    """Names of records that one actor may see; each record is read once."""

    seen: Access
    _held: dict[UUID, Record | None] = field(default_factory=dict)
    _resting: Mapping[UUID, list[UUID]] = field(default_factory=dict)

    def of(self, records: Sequence[Record]) -> dict[UUID, Named]:
        """What each of these records is called, and what it belongs to."""
        self._held.update((one.id, one) for one in records)
        passages = [one.id for one in records if isinstance(one, Passage)]
        resting = resting_on(self.seen.session, passages, self.seen.clearance)
        self._resting = {one: claims[:_MOST_CLAIMS] for one, claims in resting.items()}
        self._read_ahead(records)
        return {one.id: self._named(one) for one in records}

    def _read_ahead(self, records: Sequence[Record]) -> None:
        """Read what the names of these records need, all of one kind at once."""
        left = list(records)
        while left:
            wanted: defaultdict[type[Record], set[UUID]] = defaultdict(set)
            for record in left:
                for kind, one in self._needs(record):
                    if one not in self._held:
                        wanted[kind].add(one)
            left = [one for kind, ids in wanted.items() for one in self.seen.records(kind, ids)]
            self._held.update(dict.fromkeys(one for ids in wanted.values() for one in ids))
            self._held.update((one.id, one) for one in left)

    def _needs(self, record: Record) -> tuple[tuple[type[Record], UUID], ...]:
        match record:
            case Claim():
                on = (Question, record.question)
                return (on, (Source, record.origin), (Document, record.document))
            case Passage():
                claims = ((Claim, one) for one in self._resting.get(record.id, ()))
                return ((Document, record.document), *claims)
            case Question() | CrossCheck():
                return ((Topic, record.topic),)
            case Inquiry():
                asked = () if record.question is None else ((Question, record.question),)
                return ((Topic, record.topic), *asked)
            case Assessment():
                return ((_assessed(record), record.target),)
            case Review():
                return ((Claim, record.claim),)
            case _:
                return ()

    def _named(self, record: Record) -> Named:
        how: Callable[[Names, Any], Named] | None = _NAMED.get(type(record))
        return Named(_own_name(record)) if how is None else how(self, record)

    def _get(self, kind: type[R], record: UUID | None) -> R | None:
        """A record, or ``None`` where there is none that may be seen."""
        if record is None:
            return None
        if record not in self._held:
            found = self.seen.get(kind, record)
            self._held[record] = found[0] if found else None
        held = self._held[record]
        return held if isinstance(held, kind) else None

    def name(self, kind: type[Record], record: UUID) -> str:
        """What a record is called; its id where it is none that may be seen."""
        found = self._get(kind, record)
        return str(record) if found is None else self._named(found).name

    def claim(self, claim: Claim) -> Named:
        """Who says what, on which question and topic, in which document."""
        origin = self._get(Source, claim.origin)
        who = origin.name if origin else "somebody"
        said = f" “{claim.value.said}”" if claim.value else ""
        stance = claim.stance.replace("_", " ")
        document = self._get(Document, claim.document)
        return Named(f"{who} {stance}{said}", (*self._on(claim), *_belonging(document)))

    def passage(self, passage: Passage) -> Named:
        """The document and the place in it; the questions of the claims that rest on it."""
        document = self._get(Document, passage.document)
        where = "".join(f", {one.kind} {one.value}" for one in passage.locators)
        title = document.title if document else str(passage.document)
        claims = (self._get(Claim, one) for one in self._resting.get(passage.id, ()))
        on = dict.fromkeys(part for claim in claims if claim for part in self._on(claim))
        return Named(f"{title}{where}", (*_belonging(document), *tuple(on)[: 2 * _MOST_QUESTIONS]))

    def question(self, question: Question) -> Named:
        """Its text, and its topic."""
        return Named(question.text, _belonging(self._get(Topic, question.topic)))

    def cross_check(self, check: CrossCheck) -> Named:
        """Its text, and its topic."""
        return Named(check.text, _belonging(self._get(Topic, check.topic)))

    def inquiry(self, one: Inquiry) -> Named:
        """What was looked for, and for which question and topic."""
        question, topic = self._get(Question, one.question), self._get(Topic, one.topic)
        return Named(one.looked_for, (*_belonging(question), *_belonging(topic)))

    def assessment(self, one: Assessment) -> Named:
        """The grade, and whom or what it is given to."""
        return Named(f"{one.scheme} {one.code}", self._target(_assessed(one), one.target))

    def review(self, one: Review) -> Named:
        """What was decided, and on which claim."""
        return Named(one.decision.value, self._target(Claim, one.claim))

    def relation(self, one: SourceRelation) -> Named:
        """Which of the two depends on which, and how."""
        kind: type[Record] = Source if one.between == "source" else Document
        a, b = self.name(kind, one.a), self.name(kind, one.b)
        return Named(f"{a} — {one.kind.replace('_', ' ')} — {b}")

    def term_relation(self, one: TermRelation) -> Named:
        """The two categories, and how they are linked."""
        return Named(f"{self.name(Term, one.a)} — {one.link} — {self.name(Term, one.b)}")

    def override(self, one: RelationOverride) -> Named:
        """The two claims that a person decided about."""
        return Named("override", (*self._target(Claim, one.a), *self._target(Claim, one.b)))

    def merge(self, one: Merge) -> Named:
        """What was merged."""
        kinds: dict[str, type[Record]] = {"source": Source, "question": Question}
        kind = kinds.get(one.of, Document)
        return Named(f"{self.name(kind, one.merged)} is {self.name(kind, one.kept)}")

    def waiver(self, one: Waiver) -> Named:
        """The check whose finding is accepted."""
        return Named(f"waiver of {one.check}")

    def _on(self, claim: Claim) -> tuple[Belonging, ...]:
        question = self._get(Question, claim.question)
        topic = self._get(Topic, question.topic if question else None)
        return (*_belonging(question), *_belonging(topic))

    def _target(self, kind: type[Record], record: UUID) -> tuple[Belonging, ...]:
        return (Belonging(kind.entity, record, self.name(kind, record)),)


def _assessed(one: Assessment) -> type[Record]:
    return Source if one.of == "source" else Claim


def _belonging(record: Record | None) -> tuple[Belonging, ...]:
    return () if record is None else (Belonging(record.entity, record.id, _own_name(record)),)


def _own_name(record: Record) -> str:
    """The name that a record has by itself."""
    for field_name in ("label", "name", "title", "text"):
        found = getattr(record, field_name, None)
        if found:
            return str(found)
    return record.key or str(record.id)


_NAMED: Mapping[type[Record], Callable[[Names, Any], Named]] = {
    Claim: Names.claim,
    Passage: Names.passage,
    Question: Names.question,
    CrossCheck: Names.cross_check,
    Inquiry: Names.inquiry,
    Assessment: Names.assessment,
    Review: Names.review,
    SourceRelation: Names.relation,
    TermRelation: Names.term_relation,
    RelationOverride: Names.override,
    Merge: Names.merge,
    Waiver: Names.waiver,
}
