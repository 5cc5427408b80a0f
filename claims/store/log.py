"""The change log: appending to it within a writing unit, reading its head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.records import Record
from claims.errors import VerificationFailed
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
    payloads, changes = [], []
    for entry in entries:
        before = last_payload(session, entry.id) if entry.replaces else None
        made = _payload_row(entry, number + 1, salt())
        if made is not None:
            number += 1
            payloads.append(made)
        link = _link(entry, author, last, made, before)
        last = Head(link.seq, change_hash(link))
        pks = (before[0] if before else None, number if made else None)
        changes.append(_change_row(link, last.hash, *pks))
    if payloads:
        session.execute(insert(METADATA.tables["payload"]), payloads)
    if changes:
        session.execute(insert(METADATA.tables["change"]), changes)
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
    for some in batches(sorted(record.id for record in records)):
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


def _head(session: Session, statement: Select[int, str]) -> Head:
    found = session.execute(statement).one_or_none()
    if found is None:
        message = (
            "the history has no head any more, so it cannot be said whether it is whole;"
            " go back to a copy of the database"
        )
        raise VerificationFailed(message)
    return Head(*found)


def _payload_row(entry: Entry, number: int, salt: str) -> dict[str, object] | None:
    if entry.content is None:
        return None
    text = payload(entry.entity, entry.id, entry.content)
    return {"pk": number, "hash": payload_hash(salt, text), "salt": salt, "text": text}


def _link(
    entry: Entry,
    author: Author,
    last: Head,
    made: dict[str, object] | None,
    before: tuple[int, str] | None,
) -> Link:
    return Link(
        seq=last.seq + 1,
        entity=entry.entity,
        id=entry.id,
        actor=author.actor,
        at=author.at,
        reason=author.reason,
        before=before[1] if before else None,
        after=str(made["hash"]) if made else None,
        previous=last.hash,
        act=entry.act,
    )


def _change_row(link: Link, own: str, before: int | None, after: int | None) -> dict[str, object]:
    return {
        "pk": link.seq,
        "seq": link.seq,
        "entity": link.entity,
        "record": link.id,
        "actor": link.actor,
        "at": link.at,
        "reason": link.reason,
        "before_pk": before,
        "after_pk": after,
        "previous": link.previous,
        "hash": own,
        "act": link.act,
    }
