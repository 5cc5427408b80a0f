"""The changes of one record, and the records that a run of changes touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.store.lookup import batches
from claims.store.tables.log import ActionRow, ChangeRow, PayloadRow


class Version(NamedTuple):
    """One change of a record: whether it was held before and after, and what it held then.

    ``text`` is the payload after it, ``None`` where it was not held or was erased. ``run`` is the
    run of an action that the change belongs to, with its first and last change.
    """

    seq: int
    actor: str
    at: str
    reason: str | None
    act: str | None
    came: bool
    held: bool
    text: str | None
    run: UUID | None
    name: str | None
    first: int | None
    last: int | None


class Touch(NamedTuple):
    """One change of a run: whose record, and whether it was held before and after."""

    entity: str
    record: UUID
    came: bool
    held: bool
    act: str | None


def versions_of(session: Session, record: UUID) -> list[Version]:
    """All changes of a record, the first one first."""
    row, run = ChangeRow, ActionRow
    statement: Select[*tuple[Any, ...]] = (
        select(
            *(col(row.seq), col(row.actor), col(row.at), col(row.reason), col(row.act)),
            *(col(row.before_pk).is_(None), col(row.after_pk).is_not(None)),
            *(col(PayloadRow.text), col(run.id), col(run.name)),
            *(col(run.first_seq), col(run.last_seq)),
        )
        .outerjoin(PayloadRow, col(PayloadRow.pk) == col(row.after_pk))
        .outerjoin(ActionRow, col(row.seq).between(col(run.first_seq), col(run.last_seq)))
        .where(col(row.record) == record)
        .order_by(col(row.seq))
    )
    return [Version._make(one) for one in session.execute(statement)]


def touched(session: Session, first: int, last: int) -> list[Touch]:
    """What the changes ``first`` to ``last`` touched, in their order."""
    row = ChangeRow
    statement: Select[*tuple[Any, ...]] = (
        select(
            *(col(row.entity), col(row.record)),
            *(col(row.before_pk).is_(None), col(row.after_pk).is_not(None), col(row.act)),
        )
        .where(col(row.seq).between(first, last))
        .order_by(col(row.seq))
    )
    return [Touch._make(one) for one in session.execute(statement)]


def last_texts(session: Session, records: Iterable[UUID]) -> dict[UUID, str]:
    """What each of these records held last, as far as it was not erased."""
    row, found = ChangeRow, dict[UUID, str]()
    for some in batches(sorted(set(records))):
        statement = (
            select(col(row.record), col(PayloadRow.text))
            .join(PayloadRow, col(PayloadRow.pk) == col(row.after_pk))
            .where(col(row.record).in_(some), col(PayloadRow.text).is_not(None))
            .order_by(col(row.seq))
        )
        found.update((one[0], str(one[1])) for one in session.execute(statement))
    return found
