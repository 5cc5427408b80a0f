"""Looking: which records are held, and all that is known of one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.edit_fields import Names
from claims.actions.entry_names import named
from claims.actions.merge import merged_into
from claims.actions.review import states
from claims.actions.similar import MERGEABLE
from claims.analysis.acceptance import ReviewState
from claims.analysis.csl_dates import edtf_of
from claims.analysis.records import (
    KINDS,
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Inquiry,
    Place,
    Question,
    Record,
    Source,
    Term,
    Topic,
)
from claims.analysis.vocabulary import Scheme
from claims.errors import InputRefused
from claims.exchange.fields import FIELDS
from claims.store.access import Access
from claims.store.cited import Wanted, claim_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """Which records of an entity; names of others narrow them.

    ``stance``, ``unassessed``, ``retracted`` and ``awaiting`` (a review) are of claims alone.
    ``limit`` is the most that are given; ``None`` is all.
    """

    entity: str
    topic: str | None = None
    question: str | None = None
    source: str | None = None
    document: str | None = None
    stance: str | None = None
    unassessed: bool = False
    retracted: bool = False
    awaiting: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """One record in a few words; ``details`` by name, the same ones for all of an entity."""

    entity: str
    id: UUID
    key: str | None
    name: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The records, and how many more there are beyond the limit."""

    lines: tuple[ListLine, ...]
    more: int = 0


def listed(session: Session, actor: Actor, request: ListRequest, now: datetime) -> Listed:
    """The records of an entity that the actor may see: claims the newest first, others as written.

    Raises:
        NotFound: a name in the request names nothing that may be seen.
        InputRefused: there is no such entity.
    """
    del now
    actor.require(Doing.READ)
    if request.entity not in FIELDS:
        message = f"{request.entity!r} is not listed; give one of {', '.join(FIELDS)}"
        raise InputRefused(message)
    seen = access(session, actor)
    found = _claims(seen, request) if request.entity == Claim.entity else _others(seen, request)
    shown = found if request.limit is None else list(islice(found, request.limit))
    tell = _Teller(seen, shown)
    lines = tuple(tell.line(record) for record in shown)
    return Listed(lines=lines, more=len(found) - len(shown))


def _claims(seen: Access, request: ListRequest) -> Sequence[Record]:
    wanted = Wanted(
        topic=_id(seen, Topic, request.topic),
        question=_id(seen, Question, request.question),
        source=_id(seen, Source, request.source),
        document=_id(seen, Document, request.document),
        stance=request.stance,
        unassessed=request.unassessed,
        retracted=request.retracted,
    )
    ids = list(claim_ids(seen.session, seen.clearance, wanted))
    if request.awaiting:
        state = states(seen, ids)
        ids = [one for one in ids if state[one] is ReviewState.AWAITING]
    return list(reversed(seen.records(Claim, ids)))


def _others(seen: Access, request: ListRequest) -> Sequence[Record]:
    topic = _id(seen, Topic, request.topic)
    voice = _id(seen, Source, request.source)
    question = _id(seen, Question, request.question)
    targets = {voice, question} - {None}
    found: list[Record] = list(seen.records(KINDS[request.entity]))
    if topic is not None:
        found = [one for one in found if getattr(one, "topic", topic) == topic]
    if question is not None and request.entity == Inquiry.entity:
        return [one for one in found if isinstance(one, Inquiry) and one.question == question]
    if voice is not None and request.entity == Document.entity:
        return [one for one in found if isinstance(one, Document) and one.voice == voice]
    if targets and request.entity == Assessment.entity:
        return [one for one in found if isinstance(one, Assessment) and one.target in targets]
    return found


def _id(seen: Access, kind: type[Record], text: str | None) -> UUID | None:
    return None if text is None else seen.find(kind, text)[0].id


class _Teller:
    """Tells records in a few words, and looks up at once what all of them need."""

    def __init__(self, seen: Access, records: Sequence[Record]) -> None:
        self.seen = seen
        self.names = Names(seen)
        claims = [one.id for one in records if isinstance(one, Claim)]
        judged = claims or [one.id for one in records if isinstance(one, Source)]
        self.states = states(seen, claims)
        self.grades = grades(seen, set(judged)) if judged else {}
        kinds = {one.entity for one in records} & MERGEABLE.keys()
        self.merged = {gone: to for kind in kinds for gone, to in merged_into(seen, kind).items()}

    def line(self, record: Record) -> ListLine:
        tell = _DETAILS.get(type(record))
        details = {} if tell is None else tell(self, record)
        return ListLine(
            entity=record.entity,
            id=record.id,
            key=record.key,
            name=self.name(record),
            details={name: words or "" for name, words in details.items()},
        )

    def name(self, record: Record) -> str:
        """What the record is called, and into which other it was merged."""
        into = self.merged.get(record.id)
        merged = "" if into is None else f" (merged into “{into.name}”)"
        return named(self.seen, record) + merged

    def ref(self, entity: str, id_: UUID | None) -> str:
        return "" if id_ is None else self.names(entity, id_)

    def claim(self, claim: Claim) -> dict[str, str | None]:
        graded = self.grades.get((claim.id, Scheme.CONFIDENCE))
        return {
            "question": self.ref("question", claim.question),
            "document": self.ref("document", claim.document),
            "confidence": graded.code if graded else "unassessed",
            "review": "retracted" if claim.retracted_at else self.states[claim.id].value,
        }

    def question(self, question: Question) -> dict[str, str | None]:
        return {"topic": self.ref("topic", question.topic), "kind": question.value_kind.value}

    def source(self, source: Source) -> dict[str, str | None]:
        graded = self.grades.get((source.id, Scheme.RELIABILITY))
        return {
            "kind": source.kind.value,
            "party": self.ref("party", source.party),
            "reliability": graded.code if graded else "unassessed",
        }

    def document(self, document: Document) -> dict[str, str | None]:
        return {
            "voice": self.ref("source", document.voice),
            "tier": document.tier.value,
            "issued": edtf_of(document.csl.get("issued")),
            "status": document.status.value,
        }

    def assessment(self, found: Assessment) -> dict[str, str | None]:
        return {"by": found.assessed_by, "reason": found.reason}

    def cross_check(self, check: CrossCheck) -> dict[str, str | None]:
        return {"topic": self.ref("topic", check.topic), "reason": check.reason}

    def inquiry(self, inquiry: Inquiry) -> dict[str, str | None]:
        return {
            "about": self.ref("question", inquiry.question) or self.ref("topic", inquiry.topic),
            "where": inquiry.looked_in,
            "by": inquiry.looked_by,
            "on": inquiry.looked_on,
            "outcome": inquiry.outcome.value,
        }

    def term(self, term: Term) -> dict[str, str | None]:
        return {"scheme": term.scheme, "broader": self.ref("term", term.broader)}

    def place(self, place: Place) -> dict[str, str | None]:
        return {"part of": self.ref("place", place.part_of), "gazetteer": place.gazetteer}

    def topic(self, topic: Topic) -> dict[str, str | None]:
        return {"dates": topic.dates, "part of": self.ref("topic", topic.part_of)}


_DETAILS: Mapping[type[Record], Callable[[_Teller, Any], dict[str, str | None]]] = {
    Claim: _Teller.claim,
    Question: _Teller.question,
    Source: _Teller.source,
    Document: _Teller.document,
    Assessment: _Teller.assessment,
    CrossCheck: _Teller.cross_check,
    Inquiry: _Teller.inquiry,
    Term: _Teller.term,
    Place: _Teller.place,
    Topic: _Teller.topic,
}


def grades(seen: Access, targets: set[UUID]) -> dict[tuple[UUID, Scheme], Assessment]:
    """The newest assessment in force of each target on each scale."""
    held = [one for one in seen.records(Assessment) if one.target in targets]
    replaced = {one.supersedes for one in held}
    return {(one.target, one.scheme): one for one in held if one.id not in replaced}
