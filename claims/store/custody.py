"""The custody log: what happened to archived bytes, each entry a change of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count, takewhile
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.canonical import canonical_json, keyed_id
from claims.errors import InputRefused, NotFound
from claims.store.log import Author, Entry
from claims.store.lookup import next_number, numbers
from claims.store.tables.evidence import CUSTODY, CustodyRow, SnapshotRow
from claims.store.tables.log import ChangeRow, PayloadRow


@dataclass(frozen=True, slots=True)
class Custody:
    """One entry: who did what with the bytes of a snapshot, and when (UTC with microseconds)."""

    action: str
    by: str
    at: str
    note: str | None = None


def custody(session: Session, snapshot: UUID) -> tuple[Custody, ...]:
    """What happened to the archived bytes of a snapshot, the earliest first."""
    row = CustodyRow
    statement = (
        select(col(row.action), col(row.created_by), col(row.created_at), col(row.note))
        .join(SnapshotRow, col(SnapshotRow.pk) == col(CustodyRow.snapshot_pk))
        .where(col(SnapshotRow.id) == snapshot)
        .order_by(col(CustodyRow.pk))
    )
    return tuple(Custody(*found) for found in session.execute(statement))


def add_custody(
    session: Session, snapshot: UUID, author: Author, action: str, note: str | None = None
) -> Entry:
    """Write an entry; returns what to log.

    Raises:
        NotFound: no such snapshot is held.
        InputRefused: there is no such action.
    """
    if action not in CUSTODY:
        message = f"{action!r} is no custody action; give one of {', '.join(CUSTODY)}"
        raise InputRefused(message)
    pk = numbers(session, "snapshot", [snapshot]).get(snapshot)
    if pk is None:
        message = f"no snapshot {snapshot} is held; give the id of one that is"
        raise NotFound(message)
    statement = select(func.count()).where(col(CustodyRow.snapshot_pk) == pk)
    one = Custody(action, author.actor, author.at, note)
    return _write(session, snapshot, session.scalar(statement) or 0, one)


def bring_back_custody(session: Session, snapshot: UUID) -> list[Entry]:
    """Write the log again that a snapshot had when it was taken out; returns what to log.

    Who did what and when stays as it was: a copy that comes back was stored when it was stored.
    """
    removed = (_removed(session, _id(snapshot, number)) for number in count())
    log = takewhile(lambda one: one is not None, removed)
    return [_write(session, snapshot, number, one) for number, one in enumerate(log) if one]


def _removed(session: Session, entry: UUID) -> Custody | None:
    """An entry of a log as it was when it was taken out; nothing where there was none."""
    changes = select(col(ChangeRow.actor), col(ChangeRow.at), col(PayloadRow.text)).outerjoin(
        PayloadRow, col(PayloadRow.pk) == col(ChangeRow.before_pk)
    )
    ordered = changes.where(col(ChangeRow.record) == entry).order_by(col(ChangeRow.seq))
    rows = session.execute(ordered).all()
    if not rows or rows[-1].text is None:
        return None
    told = json.loads(rows[-1].text)["content"]
    return Custody(told["action"], rows[0].actor, rows[0].at, told.get("note"))


def _id(snapshot: UUID, number: int) -> UUID:
    return keyed_id(snapshot, "custody", str(number))


def _write(session: Session, snapshot: UUID, number: int, one: Custody) -> Entry:
    entry = _id(snapshot, number)
    row = {
        "pk": next_number(session, "custody"),
        "id": entry,
        "created_by": one.by,
        "created_at": one.at,
        "snapshot_pk": numbers(session, "snapshot", [snapshot])[snapshot],
        "action": one.action,
        "note": one.note,
    }
    session.execute(insert(CustodyRow), [row])
    told = {"action": one.action, "note": one.note, "snapshot": snapshot}
    return Entry("custody", entry, canonical_json(told))
