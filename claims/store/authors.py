"""Who entered a record, who edited it last, and what each change made of it: from the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from claims.analysis.records import Record
from claims.store.lookup import batches
from claims.store.payloads import record_of
from claims.store.tables.log import ChangeRow, PayloadRow


class Authors(NamedTuple):
    """Names of contributors; times are UTC with microseconds. Both are one person at first."""

    entered_by: str
    entered_at: str
    edited_by: str
    edited_at: str


class Changed(NamedTuple):
    """One change of a record; what it was is ``None`` before it was held, and once erased."""

    actor: str
    at: str
    reason: str | None
    before: Record | None
    after: Record | None


def authors(session: Session, records: Iterable[UUID]) -> Mapping[UUID, Authors]:
    """By record: who made its first change and who its last."""
    row, found = ChangeRow, dict[UUID, Authors]()
    changes = select(col(row.record), col(row.actor), col(row.at)).order_by(col(row.seq))
    for some in batches(sorted(set(records))):
        for record, actor, at in session.execute(changes.where(col(row.record).in_(some))):
            first = found.get(record)
            found[record] = Authors(
                actor if first is None else first.entered_by,
                at if first is None else first.entered_at,
                actor,
                at,
            )
    return found


def changes_of(session: Session, record: UUID) -> list[Changed]:
    """All changes of one record, the first one first."""
    row, before, after = ChangeRow, aliased(PayloadRow), aliased(PayloadRow)
    statement: Select[*tuple[Any, ...]] = (
        select(
            *(col(row.actor), col(row.at), col(row.reason)),
            *(col(before.text).label("was"), col(after.text).label("became")),
        )
        .outerjoin(before, col(before.pk) == col(row.before_pk))
        .outerjoin(after, col(after.pk) == col(row.after_pk))
        .where(col(row.record) == record)
        .order_by(col(row.seq))
    )
    return [
        Changed(found.actor, found.at, found.reason, _made(found.was), _made(found.became))
        for found in session.execute(statement)
    ]


def _made(payload: str | None) -> Record | None:
    return None if payload is None else record_of(payload)
