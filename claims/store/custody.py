"""The custody log: what happened to archived bytes, each entry a change of its own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.canonical import canonical_json, keyed_id
from claims.errors import InputRefused, NotFound
from claims.store.log import Author, Entry
from claims.store.lookup import next_number, numbers
from claims.store.tables.evidence import CUSTODY, CustodyRow, SnapshotRow


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
    entry = keyed_id(snapshot, "custody", str(session.scalar(statement)))
    row = {
        "pk": next_number(session, "custody"),
        "id": entry,
        "created_by": author.actor,
        "created_at": author.at,
        "snapshot_pk": pk,
        "action": action,
        "note": note,
    }
    session.execute(insert(CustodyRow), [row])
    told = {"action": action, "note": note, "snapshot": snapshot}
    return Entry("custody", entry, canonical_json(told))
