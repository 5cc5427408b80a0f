"""What each loaded file said last, so that the next load sees who changed what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.canonical import content_hash, keyed_id
from claims.analysis.records import Assessment, Record
from claims.store.bulk import insert_columns
from claims.store.codec import instant_text
from claims.store.lookup import batches, next_number
from claims.store.tables import METADATA
from claims.store.tables.log import BaselineRow


@dataclass(frozen=True, slots=True)
class Baseline:
    """A record as a file last gave it: its kind, the author's key, the hash of its content."""

    entity: str
    key: str | None
    content_hash: str


def baseline(
    session: Session, namespace: UUID, places: Collection[UUID] | None = None
) -> dict[UUID, Baseline]:
    """What the file of a namespace said about each record, or these, when it was last loaded."""
    if places is None:
        return dict(_said(session, col(BaselineRow.namespace) == namespace))
    return {
        place: said
        for some in batches(places)
        for place, said in _said(
            session, (col(BaselineRow.namespace) == namespace) & col(BaselineRow.record).in_(some)
        )
    }


def has_baseline(session: Session, namespace: UUID) -> bool:
    """Whether a file of a namespace was ever loaded."""
    statement = select(col(BaselineRow.pk)).where(col(BaselineRow.namespace) == namespace)
    return session.scalar(statement.limit(1)) is not None


def baseline_places(session: Session, namespace: UUID) -> Iterator[UUID]:
    """Where all that files of a namespace ever said is remembered, few at a time."""
    statement = select(col(BaselineRow.record)).where(col(BaselineRow.namespace) == namespace)
    yield from session.scalars(statement.execution_options(yield_per=10_000))


def set_baseline(  # noqa: PLR0913 (who and when, and what is known already)
    session: Session,
    namespace: UUID,
    said: Mapping[UUID, Baseline],
    *,
    actor: str,
    now: datetime,
    before: Mapping[UUID, Baseline] | None = None,
) -> None:
    """Keep what the file of a namespace says now; what it says no more stays as it was.

    ``before`` is what it said before of these records, where that is known already.
    """
    held = baseline(session, namespace, said) if before is None else before
    fresh = [record for record in said if record not in held]
    changed = [record for record in said if record in held and held[record] != said[record]]
    author = {"created_by": actor, "created_at": instant_text(now)}
    _add(session, namespace, {record: said[record] for record in fresh}, author)
    if changed:
        table = BaselineRow.metadata.tables["baseline"]
        statement = update(table).where(
            table.c.namespace == namespace, table.c.record == bindparam("of_record")
        )
        new = [{"of_record": record, **_row(said[record]), **author} for record in changed]
        session.connection().execute(statement, new)


def _said(session: Session, where: ColumnElement[bool]) -> Iterator[tuple[UUID, Baseline]]:
    row = BaselineRow
    statement = (
        select(col(row.record), col(row.entity), col(row.key), col(row.content_hash))
        .where(where)
        .order_by(col(row.pk))
    )
    for found in session.execute(statement):
        yield found[0], Baseline(found[1], found[2], found[3])


def _add(
    session: Session, namespace: UUID, said: Mapping[UUID, Baseline], author: Mapping[str, str]
) -> None:
    first = next_number(session, "baseline")
    columns = {
        "pk": range(first, first + len(said)),
        "namespace": [namespace] * len(said),
        "record": list(said),
        "entity": [one.entity for one in said.values()],
        "key": [one.key for one in said.values()],
        "content_hash": [one.content_hash for one in said.values()],
        **{name: [value] * len(said) for name, value in author.items()},
    }
    insert_columns(session, METADATA.tables["baseline"], columns)


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
