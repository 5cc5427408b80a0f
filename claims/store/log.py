"""The change log: appending to it within a writing unit, reading its head."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.records import Record
from claims.errors import VerificationFailed
from claims.store.bulk import Columns, insert_columns
from claims.store.engine import is_sqlite
from claims.store.history import Head, Link, change_hash, payload, payload_hash
from claims.store.lookup import batches
from claims.store.tables import METADATA
from claims.store.tables.log import ChangeRow, HeadRow, PayloadRow

Salt = Callable[[], str]
"""Where salts come from: random ones (:func:`claims.store.history.new_salt`), but in tests."""


_HEAD = select(col(HeadRow.seq), col(HeadRow.hash))


@dataclass(frozen=True, slots=True)
class Entry:
    """A write to be logged: the canonical content after it, and whether there was one before.

    Without ``content`` the record is no longer held. ``act`` is that of the change.
    """

    entity: str
    id: UUID
    content: str | None
    replaces: bool = False
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, when (UTC with microseconds) and why."""

    actor: str
    at: str
    reason: str | None = None


def head(session: Session) -> Head:
    """How far the log has come.

    Raises:
        VerificationFailed: somebody took the head out.
    """
    return _head(session, _HEAD)


def locked_head(session: Session) -> Head:
    """The head, locked until the unit ends: nobody else can write before that.

    Raises:
        VerificationFailed: somebody took the head out.
    """
    return _head(session, _HEAD.with_for_update())


def append(session: Session, entries: Sequence[Entry], author: Author, salt: Salt) -> Head:
    """Log the writes, one change each, in their order, and move the head."""
    last = locked_head(session)
    number = session.scalar(select(func.max(col(PayloadRow.pk)))) or 0
    payloads, links, numbers = [], [], []
    for entry in entries:
        before = last_payload(session, entry.id) if entry.replaces else None
        made = _payload(entry, salt)
        if made is not None:
            number += 1
            payloads.append((number, *made))
        link = _link(entry, author, last, made and made[0], before and before[1])
        last = Head(link.seq, change_hash(link))
        links.append((link, last.hash))
        numbers.append((before and before[0], number if made else None))
    if payloads:
        columns = zip(*payloads, strict=True)
        held = dict(zip(("pk", "hash", "salt", "text"), columns, strict=True))
        insert_columns(session, METADATA.tables["payload"], held)
    if links:
        insert_columns(session, METADATA.tables["change"], _change_columns(links, numbers))
        session.execute(update(HeadRow).values(seq=last.seq, hash=last.hash))
    return last


def last_payload(session: Session, record: UUID) -> tuple[int, str] | None:
    """The number and the hash of what a record held after its last change, if it was held."""
    statement = (
        select(col(PayloadRow.pk), col(PayloadRow.hash))
        .select_from(ChangeRow)
        .outerjoin(PayloadRow, col(ChangeRow.after_pk) == col(PayloadRow.pk))
        .where(col(ChangeRow.record) == record)
        .order_by(col(ChangeRow.seq).desc())
        .limit(1)
    )
    found = session.execute(statement).one_or_none()
    return None if found is None or found[0] is None else (found[0], found[1])


def payload_at(session: Session, record: UUID, version: int) -> str | None:
    """What a record held in its ``version`` (from 1); ``None`` where it was removed or erased."""
    statement = (
        select(col(PayloadRow.text))
        .select_from(ChangeRow)
        .outerjoin(PayloadRow, col(ChangeRow.after_pk) == col(PayloadRow.pk))
        .where(col(ChangeRow.record) == record)
        .order_by(col(ChangeRow.seq))
        .offset(version - 1)
        .limit(1)
    )
    return session.scalar(statement)


class Began(NamedTuple):
    """Who made a record first, when, and how many changes it has had since."""

    by: str
    at: str
    changes: int


def beginnings(session: Session, records: Sequence[Record]) -> dict[UUID, Began]:
    """How those of the records began that were held before."""
    row, found = ChangeRow, {}
    for some in batches(known(session, [record.id for record in records])):
        counted = (
            select(func.min(col(row.seq)).label("first"), func.count().label("changes"))
            .where(col(row.record).in_(some))
            .group_by(col(row.record))
            .subquery()
        )
        statement = select(*(col(row.record), col(row.actor), col(row.at), counted.c.changes)).join(
            counted, counted.c.first == col(row.seq)
        )
        for one in session.execute(statement):
            found[one.record] = Began(one.actor, one.at, one.changes)
    return found


_SEEN = {
    "sqlite": "SELECT value FROM json_each(?)"
    " WHERE EXISTS (SELECT 1 FROM change WHERE record = value)",
    "postgresql": "SELECT value FROM unnest(CAST(%s AS uuid[])) AS value"
    " WHERE EXISTS (SELECT 1 FROM change WHERE record = value)",
}


def known(session: Session, records: Sequence[UUID]) -> list[UUID]:
    """Those of the records that the history knows: all others were never held.

    One question for all of them, since of new records hardly any is.
    """
    connection = session.connection()
    told = json.dumps([one.hex for one in records]) if is_sqlite(connection) else list(records)
    found = connection.exec_driver_sql(_SEEN[connection.dialect.name], (told,)).scalars()
    return [one if isinstance(one, UUID) else UUID(one) for one in found]


def _head(session: Session, statement: Select[int, str]) -> Head:
    found = session.execute(statement).one_or_none()
    if found is None:
        message = (
            "the history has no head any more, so it cannot be said whether it is whole;"
            " go back to a copy of the database"
        )
        raise VerificationFailed(message)
    return Head(*found)


def _payload(entry: Entry, salt: Salt) -> tuple[str, str, str] | None:
    """The hash of what is held after an entry, its salt, and its text."""
    if entry.content is None:
        return None
    text, grain = payload(entry.entity, entry.id, entry.content), salt()
    return payload_hash(grain, text), grain, text


def _link(entry: Entry, author: Author, last: Head, after: str | None, before: str | None) -> Link:
    return Link(
        seq=last.seq + 1,
        entity=entry.entity,
        id=entry.id,
        actor=author.actor,
        at=author.at,
        reason=author.reason,
        before=before,
        after=after,
        previous=last.hash,
        act=entry.act,
    )


def _change_columns(
    links: Sequence[tuple[Link, str]], numbers: Sequence[tuple[int | None, int | None]]
) -> Columns:
    held = [link for link, _ in links]
    return {
        "pk": [link.seq for link in held],
        "seq": [link.seq for link in held],
        "entity": [link.entity for link in held],
        "record": [link.id for link in held],
        "actor": [link.actor for link in held],
        "at": [link.at for link in held],
        "reason": [link.reason for link in held],
        "before_pk": [before for before, _ in numbers],
        "after_pk": [after for _, after in numbers],
        "previous": [link.previous for link in held],
        "hash": [own for _, own in links],
        "act": [link.act for link in held],
    }
