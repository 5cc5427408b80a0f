"""Records that were taken out: what they were, as the history keeps it."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.records import Record
from claims.store.acts import act_of_change, steps
from claims.store.log import payload_at
from claims.store.payloads import is_record, record_of
from claims.store.tables.log import ChangeRow, PayloadRow


def removed_like(session: Session, entity: str, text: str, *, most: int = 2) -> list[UUID]:
    """The records of an entity that are held no more, with this key or an id that begins so."""
    wanted = text.strip().casefold()
    last = (
        select(col(ChangeRow.record), func.max(col(ChangeRow.seq)).label("seq"))
        .where(col(ChangeRow.entity) == entity)
        .group_by(col(ChangeRow.record))
        .subquery()
    )
    statement = (
        select(last.c.record, col(PayloadRow.text))
        .join(ChangeRow, col(ChangeRow.seq) == last.c.seq)
        .outerjoin(PayloadRow, col(PayloadRow.pk) == col(ChangeRow.before_pk))
        .where(col(ChangeRow.after_pk).is_(None))
        .order_by(last.c.seq.desc())
    )
    rows = session.execute(statement)
    found = (id_ for id_, held in rows if str(id_).startswith(wanted) or _key(held) == wanted)
    return list(islice(found, most))


def _key(payload: str | None) -> str | None:
    key = record_of(payload).key if payload is not None else None
    return None if key is None else key.casefold()


def removed_with(session: Session, record: UUID) -> list[Record]:
    """What the run that took a record out removed with it, as it was; itself among them.

    Nothing where it was erased in the meantime.
    """
    statement = select(func.max(col(ChangeRow.seq))).where(col(ChangeRow.record) == record)
    act = act_of_change(session, session.scalar(statement) or 0)
    if act is None:
        return []
    return [
        record_of(step.before)
        for step in steps(session, act)
        if step.after is None and step.before is not None and is_record(step.entity)
    ]


def version_of(session: Session, record: UUID, version: int) -> Record | None:
    """A record as it was in its ``version`` (from 1); ``None`` where the history has no such."""
    text = payload_at(session, record, version) if version >= 1 else None
    return None if text is None else record_of(text)
