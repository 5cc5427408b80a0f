"""The change log: appending to it within a writing unit, reading its head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.errors import VerificationFailed
from claims.store.history import Head, Link, change_hash, payload, payload_hash
from claims.store.tables import METADATA
from claims.store.tables.log import ChangeRow, HeadRow, PayloadRow

Salt = Callable[[], str]
"""Where salts come from: random ones (:func:`claims.store.history.new_salt`), but in tests."""


_HEAD = select(col(HeadRow.seq), col(HeadRow.hash))


@dataclass(frozen=True, slots=True)
class Entry:
    """A write to be logged: the canonical content after it, and whether there was one before."""

    entity: str
    id: UUID
    content: str
    replaces: bool = False


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
        number += 1
        made = _payload_row(entry, number, salt())
        before = last_payload(session, entry.id) if entry.replaces else None
        link = _link(entry, author, last, made["hash"], before[1] if before else None)
        last = Head(link.seq, change_hash(link))
        payloads.append(made)
        changes.append(_change_row(link, last.hash, before[0] if before else None, number))
    if changes:
        session.execute(insert(METADATA.tables["payload"]), payloads)
        session.execute(insert(METADATA.tables["change"]), changes)
        session.execute(update(HeadRow).values(seq=last.seq, hash=last.hash))
    return last


def last_payload(session: Session, record: UUID) -> tuple[int, str] | None:
    """The number and the hash of what a record held after its last change."""
    statement = (
        select(col(PayloadRow.pk), col(PayloadRow.hash))
        .join(ChangeRow, col(ChangeRow.after_pk) == col(PayloadRow.pk))
        .where(col(ChangeRow.record) == record)
        .order_by(col(ChangeRow.seq).desc())
        .limit(1)
    )
    found = session.execute(statement).one_or_none()
    return None if found is None else (found[0], found[1])


def payload_at(session: Session, record: UUID, version: int) -> str | None:
    """What a record held in its ``version`` (from 1), or ``None`` where it was erased."""
    statement = (
        select(col(PayloadRow.text))
        .join(ChangeRow, col(ChangeRow.after_pk) == col(PayloadRow.pk))
        .where(col(ChangeRow.record) == record)
        .order_by(col(ChangeRow.seq))
        .offset(version - 1)
        .limit(1)
    )
    return session.scalar(statement)


def _head(session: Session, statement: Select[int, str]) -> Head:
    found = session.execute(statement).one_or_none()
    if found is None:
        message = (
            "the history has no head any more, so it cannot be said whether it is whole;"
            " go back to a copy of the database"
        )
        raise VerificationFailed(message)
    return Head(*found)


def _payload_row(entry: Entry, number: int, salt: str) -> dict[str, object]:
    text = payload(entry.entity, entry.id, entry.content)
    return {"pk": number, "hash": payload_hash(salt, text), "salt": salt, "text": text}


def _link(entry: Entry, author: Author, last: Head, after: object, before: str | None) -> Link:
    return Link(
        seq=last.seq + 1,
        entity=entry.entity,
        id=entry.id,
        actor=author.actor,
        at=author.at,
        reason=author.reason,
        before=before,
        after=str(after),
        previous=last.hash,
    )


def _change_row(link: Link, own: str, before: int | None, after: int) -> dict[str, object]:
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
    }
