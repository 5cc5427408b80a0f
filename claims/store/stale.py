"""Which version of a record is held, and what somebody else changed in the meantime."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.records import Record
from claims.errors import NotFound, StaleVersion
from claims.store.forms import form_of
from claims.store.log import payload_at
from claims.store.lookup import numbers
from claims.store.tables.log import ChangeRow
from claims.store.validate import named


def held_version(session: Session, record: Record) -> tuple[int, int, str]:
    """The number, version and content hash of the record as it is held.

    Raises:
        NotFound: no such record is held.
    """
    columns = form_of(type(record)).table.c
    statement = select(columns.pk, columns.version, columns.content_hash)
    row = session.execute(statement.where(columns.id == record.id)).one_or_none()
    if row is None:
        message = f"{named(record)} is not held; insert it instead"
        raise NotFound(message)
    return row[0], row[1], row[2]


def row_of(session: Session, record: Record) -> tuple[int, int | None]:
    """The number of a record's row, and its version if its kind has versions."""
    if record.immutable:
        return numbers(session, record.entity, [record.id])[record.id], None
    pk, version, _ = held_version(session, record)
    return pk, version


def stale_version(session: Session, record: Record, read: int, now: int) -> StaleVersion:
    """The error that says what the record was in version ``read`` and what it is ``now``."""
    before, after = (_content(session, record.id, version) for version in (read, now))
    names = sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
    changed = "; ".join(f"{n} was {_shown(before, n)} and is {_shown(after, n)}" for n in names)
    message = (
        f"{named(record)} was changed after you read it (version {read}, now {now},"
        f" by {_author(session, record.id)}): {changed or 'its earlier content is not held'};"
        " read it again and repeat your change"
    )
    return StaleVersion(message)


def _content(session: Session, record: UUID, version: int) -> dict[str, Any]:
    text = payload_at(session, record, version) if version >= 1 else None
    held: dict[str, Any] = json.loads(text)["content"] if text else {}
    return held


def _shown(held: dict[str, Any], name: str) -> str:
    return json.dumps(held[name], ensure_ascii=False) if name in held else "not given"


def _author(session: Session, record: UUID) -> str:
    statement = (
        select(col(ChangeRow.actor), col(ChangeRow.at))
        .where(col(ChangeRow.record) == record)
        .order_by(col(ChangeRow.seq).desc())
        .limit(1)
    )
    actor, at = session.execute(statement).one()
    return f"{actor} at {at}"
