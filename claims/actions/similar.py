"""What looks like a duplicate, among what the actor may see: warned about, never blocked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, access
from claims.analysis.merges import kept
from claims.analysis.records import Claim, Document, Merge, Question, Record, Source
from claims.analysis.similar import Alike, pairs, similar_to
from claims.store.access import Access
from claims.store.reach import answers_in

MERGEABLE: dict[str, type[Source | Question | Document]] = {
    Source.entity: Source,
    Question.entity: Question,
    Document.entity: Document,
}
"""The kinds of records that can be merged."""

FEW = 5
"""Similar records that one warning is given about."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A record that may be the same as a new one, and why; ``rank`` 0 is the surest."""

    entity: str
    id: UUID
    key: str | None
    name: str
    reason: str
    rank: int

    def __str__(self) -> str:
        """``looks like the source “Memorial” (memorial): same name but for the word ‘HRC’``."""
        at = self.key or str(self.id)[:8]
        return f"looks like the {self.entity} “{self.name}” ({at}): {self.reason}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two records that may be one: the earlier first, which would be kept."""

    kept: Similar
    merged: Similar
    reason: str


def similar(session: Session, actor: Actor, record: Record) -> tuple[Similar, ...]:
    """The records that a new source, question, document or claim may repeat, the surest first.

    Of records that were merged, the one that was kept is told. Other kinds have no duplicates.

    Args:
        session: an open unit of work; nothing is written.
        actor: who enters; what they may not see is never named.
        record: the new record; whether it is held already makes no difference.
    """
    seen = access(session, actor)
    if isinstance(record, Claim):
        ids = answers_in(session, record.question, record.document)
        return _told(seen, similar_to(record, seen.records(Claim, ids)), {})
    kind = MERGEABLE.get(record.entity)
    if kind is None:
        return ()
    merged = kept(seen.records(Merge), record.entity)
    return _told(seen, similar_to(record, list[Record](seen.records(kind))), merged, kind)


def suggestions(session: Session, actor: Actor, entity: str) -> tuple[Suggestion, ...]:
    """The pairs of sources, questions or documents that may be one, the surest first.

    What is merged already is suggested no more.
    """
    seen = access(session, actor)
    held: Sequence[Record] = seen.records(MERGEABLE[entity])
    merges = seen.records(Merge)
    gone = kept(merges, entity)
    standing = [one for one in held if one.id not in gone]
    by_id = {one.id: one for one in standing}
    return tuple(
        Suggestion(told(by_id[one.a], one), told(by_id[one.b], one), one.reason)
        for one in pairs(standing)
    )


def told(record: Record, why: Alike | None = None) -> Similar:
    """A record by its name, with the reason why it is named."""
    reason, rank = (why.reason, why.rank) if why else ("", 0)
    return Similar(record.entity, record.id, record.key, name_of(record), reason, rank)


def name_of(record: Record) -> str:
    """What a source, a question, a document or a claim is called."""
    if isinstance(record, Source):
        return record.name
    if isinstance(record, Document):
        return record.title
    if isinstance(record, Question):
        return record.text
    if isinstance(record, Claim):
        return record.value.said if record.value else record.stance.value
    return record.key or str(record.id)


def _told(
    seen: Access, found: Sequence[Alike], merged: dict[UUID, UUID], kind: type[Record] = Claim
) -> tuple[Similar, ...]:
    """The records of pairs by name, each once; the first record of a pair is the new one."""
    best: dict[UUID, Alike] = {}
    for one in found:
        other = merged.get(one.b, one.b)
        if other != one.a:
            best.setdefault(other, one)
    records = {one.id: one for one in seen.records(kind, list(best)[:FEW])}
    return tuple(told(records[other], why) for other, why in best.items() if other in records)
