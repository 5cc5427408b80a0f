"""Finding what is missing: records that the history tells of, and parts that belong to none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from claims.store.breaks import Break
from claims.store.forms import Form, Part
from claims.store.lookup import BATCH
from claims.store.payloads import record_of
from claims.store.tables.log import ChangeRow, PayloadRow


def held_by_history(session: Session, entity: str) -> int:
    """How many records of an entity are held, as the history tells."""
    row, later = ChangeRow, aliased(ChangeRow)
    statement = select(func.count()).where(
        col(row.entity) == entity,
        col(row.after_pk).is_not(None),
        ~exists().where(
            col(later.record) == col(row.record),
            col(later.seq) > col(row.seq),
            col(later.entity) == col(row.entity),
        ),
    )
    return session.scalar(statement) or 0


def deleted_breaks(session: Session, form: Form) -> Iterator[Break]:
    """The records that the history says are held, and that no row holds."""
    row, later, table = ChangeRow, aliased(ChangeRow), form.table
    statement: Select[*tuple[Any, ...]] = (
        select(*(col(row.record), col(row.seq), col(PayloadRow.text)))
        .outerjoin(table, table.c.id == col(row.record))
        .outerjoin(PayloadRow, col(PayloadRow.pk) == col(row.after_pk))
        .where(
            col(row.entity) == form.entity,
            col(row.after_pk).is_not(None),
            table.c.pk.is_(None),
            ~exists().where(
                col(later.record) == col(row.record),
                col(later.seq) > col(row.seq),
                col(later.entity) == col(row.entity),
            ),
        )
        .order_by(col(row.seq))
    )
    for one in session.execute(statement, execution_options={"yield_per": BATCH}):
        what = f"it was deleted beneath the program: change {one.seq} says that it is held"
        yield Break(entity=form.entity, record=one.record, name=_name_in(one), what=what)


def _name_in(row: Row[Any]) -> str | None:
    """What people call the record whose payload a row carries."""
    try:
        record = record_of(row.text)
    except (ValueError, TypeError, LookupError):
        return None
    names = (getattr(record, name, None) for name in ("key", "name", "label", "text", "exact"))
    return next((str(name)[:80] for name in names if name), None)


def loose_part_breaks(session: Session, form: Form, part: Part) -> Iterator[Break]:
    """Rows of an ordered part that belong to no record."""
    table, owner = part.table, form.table
    statement = (
        select(table.c.pk, table.c[part.owner])
        .outerjoin(owner, owner.c.pk == table.c[part.owner])
        .where(owner.c.pk.is_(None))
        .order_by(table.c.pk)
    )
    for pk, lost in session.execute(statement, execution_options={"yield_per": BATCH}):
        what = f"row {pk} of the table {table.name!r} belongs to row {lost}, which is not there"
        yield Break(entity=form.entity, what=what)
