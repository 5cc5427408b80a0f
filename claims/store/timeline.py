"""The database as it was: what the history tells up to a change, in a database of its own.

The history is enough to make every record again as it was. It is played into an empty SQLite
database in memory, whatever the engine of the project, so that everything that reads a database
reads the past as it reads the present.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import case, create_engine, event, func, insert, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.pool import StaticPool
from sqlmodel import col

from claims.analysis.canonical import content_hash
from claims.analysis.records import Claim, Record, Review
from claims.store.derive import derived_columns
from claims.store.engine import WRITES
from claims.store.erasure import erasures
from claims.store.forms import Form, form_of, forms, references
from claims.store.history import Head
from claims.store.lookup import batches
from claims.store.payloads import is_record, record_of
from claims.store.rows import to_part_rows, to_row
from claims.store.sqlite import sqlite_begin
from claims.store.tables import METADATA
from claims.store.tables.log import ChangeRow, HeadRow, PayloadRow

Alter = Callable[[Record], Record]
"""What a record shall be in the past that is shown; only how sensitive it is may differ."""


@dataclass(frozen=True, slots=True)
class Then:
    """A record as it was: who made it first, when, and how many changes it had had."""

    record: Record
    by: str
    at: str
    changes: int


def at_time(session: Session, instant: str) -> Head:
    """Where the log stood at a time (UTC with microseconds): the last change not after it."""
    row = ChangeRow
    seq = session.scalar(select(func.max(col(row.seq))).where(col(row.at) <= instant))
    return at_seq(session, seq or 0) or Head()


def at_seq(session: Session, seq: int) -> Head | None:
    """The change with a number and its hash, if there is one."""
    if seq == 0:
        return Head()
    row = ChangeRow
    found = session.execute(select(col(row.seq), col(row.hash)).where(col(row.seq) == seq)).first()
    return Head(*found) if found else None


def by_hash(session: Session, prefix: str) -> Sequence[Head]:
    """The changes whose hash begins so; no more than two."""
    row = ChangeRow
    statement = select(col(row.seq), col(row.hash)).where(col(row.hash).startswith(prefix))
    return [Head(*found) for found in session.execute(statement.limit(2))]


@contextmanager
def replayed(session: Session, head: Head, alter: Alter) -> Iterator[Session]:
    """A session of a database that holds what was held when the log stood at ``head``.

    Of what was erased since, there is what the erasure left. A record that refers to one of
    which nothing is left is not there either.

    Args:
        session: an open unit of work of the project's database; nothing is written to it.
        head: where the log stood.
        alter: see :data:`Alter`.
    """
    engine = create_engine("sqlite://", poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    try:
        METADATA.create_all(engine)
        with Session(engine) as scratch:
            _fill(scratch, _altered(_complete(_then(session, head.seq)), alter))
            scratch.connection().execute(
                insert(HeadRow), [{"pk": 1, "seq": head.seq, "hash": head.hash}]
            )
            scratch.commit()
            yield scratch
    finally:
        engine.dispose()


def _begin(connection: Any) -> None:  # noqa: ANN401 (a connection)
    sqlite_begin(connection, writes=bool(connection.get_execution_options().get(WRITES)))


def _then(session: Session, seq: int) -> list[Then]:
    """Every record that was held, in the order in which they came to be held."""
    row, first, last = ChangeRow, aliased(ChangeRow), aliased(ChangeRow)
    began = case((col(row.before_pk).is_(None), col(row.seq)))
    whole = (
        select(
            func.min(col(row.seq)).label("first"),
            func.max(col(row.seq)).label("last"),
            func.max(began).label("began"),
            func.count().label("changes"),
        )
        .where(col(row.seq) <= seq)
        .group_by(col(row.record), col(row.entity))
        .subquery()
    )
    statement = (
        select(
            *(col(last.entity), col(last.record), col(first.actor), col(first.at)),
            *(whole.c.changes, col(PayloadRow.text)),
        )
        .select_from(whole)
        .join(first, col(first.seq) == whole.c.first)
        .join(last, col(last.seq) == whole.c.last)
        .join(PayloadRow, col(PayloadRow.pk) == col(last.after_pk))
        .order_by(whole.c.began)
    )
    rows = [one for one in session.execute(statement) if is_record(one.entity)]
    left = _left(session, [one.record for one in rows if one.text is None])
    found = ((one, one.text or left.get(one.record)) for one in rows)
    return [Then(record_of(text), one.actor, one.at, one.changes) for one, text in found if text]


def _left(session: Session, records: Sequence[UUID]) -> Mapping[UUID, str]:
    """What erasures left of these records."""
    seqs = [one.seq for one in erasures(session, records).values()]
    row, found = ChangeRow, dict[UUID, str]()
    for some in batches(seqs):
        statement = (
            select(col(row.record), col(PayloadRow.text))
            .join(PayloadRow, col(PayloadRow.pk) == col(row.after_pk))
            .where(col(row.seq).in_(some), col(PayloadRow.text).is_not(None))
        )
        found.update((one[0], str(one[1])) for one in session.execute(statement))
    return found


def _complete(held: Sequence[Then]) -> list[Then]:
    """Those that refer to nothing that is not there."""
    ids = {(one.record.entity, one.record.id) for one in held}
    left = list(held)
    while True:
        lost = {one.record.id for one in left if not _refers_within(one.record, ids)}
        if not lost:
            return left
        left = [one for one in left if one.record.id not in lost]
        ids = {(one.record.entity, one.record.id) for one in left}


def _refers_within(record: Record, ids: set[tuple[str, UUID]]) -> bool:
    named = references(form_of(type(record)), record)
    return all((entity, target) in ids for _, entity, target in named)


def _altered(held: Sequence[Then], alter: Alter) -> list[Then]:
    """The records as they shall be; reviews go on to be of the claims that they were of."""
    made = [replace(one, record=alter(one.record)) for one in held]
    pairs = zip(held, made, strict=True)
    hashes = {
        content_hash(old.record): content_hash(new.record)
        for old, new in pairs
        if old.record != new.record
    }
    return [replace(one, record=_reviewed(one.record, hashes)) for one in made]


def _reviewed(record: Record, hashes: Mapping[str, str]) -> Record:
    if not isinstance(record, Review) or record.claim_hash not in hashes:
        return record
    return replace(record, claim_hash=hashes[record.claim_hash])


def _fill(scratch: Session, held: Sequence[Then]) -> None:
    by_kind: defaultdict[str, list[Then]] = defaultdict(list)
    for one in held:
        by_kind[one.record.entity].append(one)
    pks = {
        entity: {one.record.id: pk for pk, one in enumerate(some, 1)}
        for entity, some in by_kind.items()
    }
    for form in forms():
        for some in batches(by_kind[form.entity]):
            _fill_rows(scratch, form, some, pks)


def _fill_rows(
    scratch: Session,
    form: Form,
    held: Sequence[Then],
    pks: Mapping[str, Mapping[UUID, int]],
) -> None:
    def number(entity: str, record: UUID) -> int:
        return pks[entity][record]

    claims = [one.record for one in held if isinstance(one.record, Claim)]
    derived = derived_columns(scratch, claims) if claims else {}
    rows = []
    for one in held:
        record = one.record
        row = to_row(form, record, number) | _common(one, number(form.entity, record.id))
        if isinstance(record, Claim):
            row |= {**derived[record.id], "origin_pk": number("source", record.origin)}
        rows.append(row)
    scratch.connection().execute(insert(form.table), rows)
    for part in form.parts:
        first = scratch.scalar(select(func.max(part.table.c.pk))) or 0
        owned = [
            made
            for one in held
            for made in to_part_rows(part, one.record, number(form.entity, one.record.id), number)
        ]
        for pk, made in enumerate(owned, first + 1):
            made["pk"] = pk
        if owned:
            scratch.connection().execute(insert(part.table), owned)


def _common(one: Then, pk: int) -> dict[str, Any]:
    digest = content_hash(one.record)
    row = {"pk": pk, "created_by": one.by, "created_at": one.at, "content_hash": digest}
    return row if one.record.immutable else row | {"version": one.changes}
