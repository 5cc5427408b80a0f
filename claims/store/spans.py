"""What the history tells of records as a whole: who made them, how many changes, what was last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from claims.store.history import payload_hash
from claims.store.tables.log import ChangeRow, PayloadRow


class Span(NamedTuple):
    """The changes of one record: ``began`` is the last by which it came to be held."""

    by: str
    at: str
    changes: int
    began: int
    last: int
    held: bool
    hash: str | None
    salt: str | None
    text: str | None

    @property
    def readable(self) -> bool:
        """Whether what the last change left is there, word for word."""
        return (
            self.text is not None
            and self.salt is not None
            and payload_hash(self.salt, self.text) == self.hash
        )


def spans(session: Session, entity: str, ids: Sequence[UUID]) -> dict[UUID, Span]:
    """The changes of these records of an entity; no more than fit into one ``IN (…)``."""
    row, first, last = ChangeRow, aliased(ChangeRow), aliased(ChangeRow)
    began = case((col(row.before_pk).is_(None), col(row.seq)))
    whole = (
        select(
            func.min(col(row.seq)).label("first"),
            func.max(col(row.seq)).label("last"),
            func.max(began).label("began"),
            func.count().label("changes"),
        )
        .where(col(row.record).in_(ids), col(row.entity) == entity)
        .group_by(col(row.record))
        .subquery()
    )
    statement: Select[*tuple[Any, ...]] = (
        select(
            *(col(last.record), col(first.actor), col(first.at)),
            *(whole.c.changes, whole.c.began, whole.c.last, col(last.after_pk)),
            *(col(PayloadRow.hash), col(PayloadRow.salt), col(PayloadRow.text)),
        )
        .select_from(whole)
        .join(first, col(first.seq) == whole.c.first)
        .join(last, col(last.seq) == whole.c.last)
        .outerjoin(PayloadRow, col(PayloadRow.pk) == col(last.after_pk))
    )
    return {one[0]: _span(one) for one in session.execute(statement)}


def _span(one: Any) -> Span:  # noqa: ANN401 (a row)
    record, by, at, changes, began, last, after, digest, salt, text = one
    del record
    return Span(by, at, changes, began or 0, last, after is not None, digest, salt, text)
