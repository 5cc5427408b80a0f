"""Erasing: what a record left anywhere in the database, and how its letters leave the file.

What cannot be erased is told in ``docs/decisions/0011-erase.md``: the reasons and names in the
chain of changes, and ids that were made from content.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased
from sqlmodel import col

from claims.analysis.blank import NO_HASH
from claims.analysis.canonical import canonical_json
from claims.analysis.records import Record
from claims.errors import SetupError
from claims.store.breaks import Erased
from claims.store.engine import database_name, is_sqlite
from claims.store.faults import plain_faults
from claims.store.forms import forms
from claims.store.lookup import batches, numbers
from claims.store.payloads import is_record, record_of
from claims.store.tables import METADATA
from claims.store.tables.evidence import CustodyRow, SnapshotRow
from claims.store.tables.log import ERASE, ActionRow, ChangeRow, PayloadRow


@dataclass(frozen=True, slots=True)
class Note:
    """An entry of a custody log with a note; ``left`` is its content without the note."""

    id: UUID
    left: str


@dataclass(frozen=True, slots=True)
class Echo:
    """A place that holds words of an erased record: a record, or the reason of a change."""

    entity: str
    record: UUID
    seq: int
    reason: bool


def versions(session: Session, record: UUID) -> list[Record]:
    """All that a record ever held and that is still there, the earliest first."""
    row = ChangeRow
    texts = session.scalars(
        select(col(PayloadRow.text))
        .join(ChangeRow, col(row.after_pk) == col(PayloadRow.pk))
        .where(col(row.record) == record, col(PayloadRow.text).is_not(None))
        .order_by(col(row.seq))
    )
    return [record_of(str(text)) for text in texts]


def removed(session: Session, entity: str) -> dict[UUID, Record | None]:
    """The records of an entity that are held no more: as they were last, ``None`` if erased."""
    row, later = ChangeRow, aliased(ChangeRow)
    newer = (
        select(col(later.seq))
        .where(col(later.record) == col(row.record), col(later.seq) > col(row.seq))
        .exists()
    )
    statement = (
        select(col(row.record), col(PayloadRow.text))
        .outerjoin(PayloadRow, col(PayloadRow.pk) == col(row.before_pk))
        .where(col(row.entity) == entity, col(row.after_pk).is_(None), ~newer)
        .order_by(col(row.seq))
    )
    return {
        one[0]: record_of(one[1]) if one[1] is not None else None
        for one in session.execute(statement)
    }


def referring(session: Session, entity: str, record: UUID) -> Iterator[tuple[str, UUID]]:
    """The records that name this one: their entity and id."""
    pk = numbers(session, entity, [record]).get(record)
    for form in forms() if pk is not None else ():
        own = [form.table.c[name] for name, target in form.references.items() if target == entity]
        held = [column == pk for column in own]
        for part in form.parts:
            inner = part.table.c
            named = [inner[slot.column] for slot in part.slots if slot.target == entity]
            owners = (select(inner[part.owner]).where(column == pk) for column in named)
            held += [form.table.c.pk.in_(some) for some in owners]
        if held:
            found = select(form.table.c.id).where(or_(*held)).order_by(form.table.c.pk)
            yield from ((form.entity, one) for one in session.scalars(found))


def erasures(session: Session, records: Iterable[UUID]) -> dict[UUID, Erased]:
    """Which of these records were erased, and by which change last."""
    row, found = ChangeRow, dict[UUID, Erased]()
    columns = (row.entity, row.record, row.actor, row.at, row.reason, row.seq)
    statement = select(*(col(one) for one in columns)).where(col(row.act) == ERASE)
    for some in batches(sorted(set(records))):
        rows = session.execute(statement.where(col(row.record).in_(some)).order_by(col(row.seq)))
        found.update((one["record"], Erased(**one)) for one in rows.mappings())
    return found


def notes(session: Session, snapshot: UUID) -> list[Note]:
    """The notes in the custody log of a snapshot."""
    row = CustodyRow
    rows = session.execute(
        select(col(row.id), col(row.action))
        .join(SnapshotRow, col(SnapshotRow.pk) == col(row.snapshot_pk))
        .where(col(SnapshotRow.id) == snapshot, col(row.note).is_not(None))
        .order_by(col(row.pk))
    )
    return [Note(one[0], canonical_json({"action": one[1], "snapshot": snapshot})) for one in rows]


def blank_notes(session: Session, entries: Iterable[UUID]) -> None:
    """Take the notes out of entries of custody logs."""
    for some in batches(entries):
        here = col(CustodyRow.id).in_(some)
        session.execute(update(CustodyRow).where(here).values(note=None))


def blank_requests(session: Session, records: Iterable[UUID]) -> None:
    """Take the hashes of requests out of the runs that wrote these records.

    A request held the words; its hash would confirm whoever guesses them. The key stays, so that
    the same request sent again is refused and brings nothing back.
    """
    change, row = ChangeRow, ActionRow
    for some in batches(records):
        touched = select(col(change.seq)).where(
            col(change.record).in_(some),
            col(change.seq).between(col(row.first_seq), col(row.last_seq)),
        )
        session.execute(
            update(ActionRow)
            .where(col(row.request).is_not(None), touched.exists())
            .values(request=NO_HASH)
        )


def held_bytes(session: Session, sha256s: Collection[str], without: Collection[UUID]) -> set[str]:
    """Those of the hashes under which another snapshot has bytes, a text or what else is kept."""
    row, wanted, found = SnapshotRow, sorted(sha256s), set[str]()
    for column in row.hashes():
        rows = session.execute(select(column, col(row.id)).where(column.in_(wanted)))
        found |= {one[0] for one in rows if one[1] not in set(without)}
    return found


def echoes(session: Session, words: Collection[str], without: Collection[UUID]) -> Iterator[Echo]:
    """Other places that hold some of these words: what a record was or is, and reasons.

    Capital letters make a difference; only whole texts are looked for, not parts of them.
    """
    row = ChangeRow
    for some in batches(sorted(words)):
        told = [json.dumps(word, ensure_ascii=False)[1:-1] for word in some]
        held = or_(*(_holds(col(PayloadRow.text), word) for word in told))
        statement = (
            select(col(row.entity), col(row.record), func.max(col(row.seq)))
            .join(PayloadRow, col(PayloadRow.pk) == col(row.after_pk))
            .where(held)
            .group_by(col(row.entity), col(row.record))
            .order_by(func.max(col(row.seq)))
        )
        for entity, record, seq in session.execute(statement):
            if record not in without and is_record(entity):
                yield Echo(entity, record, seq, reason=False)
        said = or_(*(_holds(col(row.reason), word) for word in some))
        reasons = select(col(row.entity), col(row.record), col(row.seq)).where(said)
        for entity, record, seq in session.execute(reasons.order_by(col(row.seq))):
            yield Echo(entity, record, seq, reason=True)


def _holds(column: ColumnElement[Any] | Mapped[Any], word: str) -> ColumnElement[bool]:
    """Whether a text holds a word to the letter; ``LIKE`` differs between engines."""
    return func.length(func.replace(column, word, "")) < func.length(column)


def scrub(engine: Engine) -> None:
    """Write the database anew, so that no letter of what was erased stays in its files.

    To be called after the unit that erased has ended. Copies, backups, the file system's free
    blocks and PostgreSQL's own log are out of its reach.

    Raises:
        SetupError: others use the file, or there is no room for a second copy of it.
    """
    with plain_faults(database_name(engine)):
        if is_sqlite(engine):
            _scrub_file(engine)
        else:
            _scrub_server(engine)


def _scrub_file(engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        raw = cast("sqlite3.Connection", connection.driver_connection)
        raw.execute("PRAGMA secure_delete=ON")
        _empty_journal(raw, engine)
        raw.execute("VACUUM")
        _empty_journal(raw, engine)
    finally:
        connection.close()


def _empty_journal(raw: sqlite3.Connection, engine: Engine) -> None:
    busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        message = (
            f"what was erased is gone from every answer, but {database_name(engine)} is open"
            " elsewhere, so that its files still hold the letters; close the other programs and"
            " run `claims erase --finish`"
        )
        raise SetupError(message)


def _scrub_server(engine: Engine) -> None:
    """``VACUUM FULL`` writes each table anew; it waits until nobody reads it."""
    connection = engine.raw_connection()
    try:
        raw: Any = connection.driver_connection
        raw.autocommit = True
        for table in ("search_entry", "audit_kept", *(one.name for one in METADATA.sorted_tables)):
            raw.execute(f'VACUUM (FULL, ANALYZE) "{table}"')
        raw.autocommit = False
    finally:
        connection.close()
