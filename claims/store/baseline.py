"""What each loaded file said last, so that the next load sees who changed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.canonical import content_hash, keyed_id
from claims.analysis.records import Assessment, Record
from claims.store.codec import instant_text
from claims.store.lookup import batches, next_number
from claims.store.tables.log import BaselineRow


@dataclass(frozen=True, slots=True)
class Baseline:
    """A record as a file last gave it: its kind, the author's key, the hash of its content."""

    entity: str
    key: str | None
    content_hash: str


def baseline(session: Session, namespace: UUID) -> dict[UUID, Baseline]:
    """What the file of a namespace said about each record when it was last loaded."""
    row = BaselineRow
    statement = (
        select(col(row.record), col(row.entity), col(row.key), col(row.content_hash))
        .where(col(BaselineRow.namespace) == namespace)
        .order_by(col(BaselineRow.pk))
    )
    rows = session.execute(statement)
    return {found[0]: Baseline(found[1], found[2], found[3]) for found in rows}


def set_baseline(
    session: Session, namespace: UUID, said: Mapping[UUID, Baseline], *, actor: str, now: datetime
) -> None:
    """Keep what the file of a namespace says now; what it says no more stays as it was."""
    held = baseline(session, namespace)
    first = next_number(session, "baseline")
    fresh = [record for record in said if record not in held]
    changed = [record for record in said if record in held and held[record] != said[record]]
    author = {"created_by": actor, "created_at": instant_text(now)}
    rows = [
        {"pk": pk, "namespace": namespace, "record": record, **_row(said[record]), **author}
        for pk, record in enumerate(fresh, first)
    ]
    if rows:
        session.execute(insert(BaselineRow), rows)
    if changed:
        table = BaselineRow.metadata.tables["baseline"]
        statement = update(table).where(
            table.c.namespace == namespace, table.c.record == bindparam("of_record")
        )
        new = [{"of_record": record, **_row(said[record]), **author} for record in changed]
        session.connection().execute(statement, new)


def forget(session: Session, records: Sequence[Record]) -> None:
    """Forget what files said of records, as if they had never been loaded."""
    places = {place for record in records for place in _places(session, record)}
    for some in batches(sorted(places)):
        session.execute(delete(BaselineRow).where(col(BaselineRow.record).in_(some)))


def take_back(session: Session, said: Record, before: Record) -> None:
    """Where a file said what ``said`` holds: let it have said what ``before`` holds instead."""
    for place in _places(session, said):
        session.execute(
            update(BaselineRow)
            .where(col(BaselineRow.record) == place, col(BaselineRow.content_hash) == _hash(said))
            .values(content_hash=_hash(before))
        )


def place_of(namespace: UUID, record: Record) -> UUID:
    """Where the last load of a record is remembered: an opinion's id changes, its key does not."""
    if isinstance(record, Assessment):
        return keyed_id(namespace, record.entity, record.key or "")
    return record.id


def _places(session: Session, record: Record) -> list[UUID]:
    if not isinstance(record, Assessment):
        return [record.id]
    namespaces = session.scalars(select(col(BaselineRow.namespace)).distinct())
    return [place_of(namespace, record) for namespace in namespaces]


def _hash(record: Record) -> str:
    """What is remembered of a record: an opinion without what it supersedes."""
    told = replace(record, supersedes=None) if isinstance(record, Assessment) else record
    return content_hash(told)


def _row(said: Baseline) -> dict[str, str | None]:
    return {"entity": said.entity, "key": said.key, "content_hash": said.content_hash}
