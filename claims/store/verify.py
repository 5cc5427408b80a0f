"""Recomputing the chain of changes: was the history altered beneath the program?

A chain shows that an entry was altered, taken out or put in. It cannot show that the whole file
was put back to an earlier state: compare the head with one that was kept elsewhere for that. Nor
does it look at the tables of records: a row that was altered there differs from the payload of
its last change, from which it can be made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Executable, func, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from claims.store.history import START, Head, Link, change_hash, payload_hash
from claims.store.log import head
from claims.store.tables.log import ChangeRow, PayloadRow

STREAM = 1000
"""Changes held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the history does not add up; ``seq`` is the change, 0 for the log itself."""

    seq: int
    what: str

    def __str__(self) -> str:
        """The break in one line."""
        return f"change {self.seq}: {self.what}" if self.seq else self.what


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What checking a chain found: how far it was read, and the first breaks."""

    head: Head
    breaks: tuple[Break, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether everything adds up."""
        return not self.breaks


def verify_chain(session: Session, *, limit: int = 100) -> ChainCheck:
    """Recompute every hash of the change log, holding few changes in memory at a time.

    Args:
        session: any session.
        limit: after how many breaks to stop.
    """
    found = islice(_breaks(session), limit)
    return ChainCheck(head(session), tuple(found))


def _breaks(session: Session) -> Iterator[Break]:
    last = Head()
    for row in session.execute(_changes(), execution_options={"yield_per": STREAM}):
        yield from _change_breaks(row, last)
        last = Head(row.seq, row.hash)
    yield from _head_breaks(head(session), last)
    yield from _history_breaks(session)
    yield from _loose_payloads(session)


def _changes() -> Executable:
    before = aliased(PayloadRow)
    return (
        select(
            ChangeRow.__table__,  # type: ignore[attr-defined]  # SQLModel adds it
            col(before.hash).label("before"),
            col(PayloadRow.hash).label("after"),
            col(PayloadRow.salt).label("salt"),
            col(PayloadRow.text).label("text"),
        )
        .outerjoin(before, col(before.pk) == col(ChangeRow.before_pk))
        .outerjoin(PayloadRow, col(PayloadRow.pk) == col(ChangeRow.after_pk))
        .order_by(col(ChangeRow.seq))
    )


def _change_breaks(row: Any, last: Head) -> Iterator[Break]:  # noqa: ANN401 (a row)
    if row.seq != last.seq + 1:
        yield Break(row.seq, f"expected change {last.seq + 1} here; changes were taken out")
    if row.previous != last.hash:
        yield Break(row.seq, "it does not follow from the change before it")
    if change_hash(_link(row)) != row.hash:
        yield Break(row.seq, "it was altered: its hash does not fit what it says")
    if row.after_pk is None:
        return
    if row.text is None:
        yield Break(row.seq, f"what the {row.entity} {row.record} held is gone")
    elif payload_hash(row.salt, row.text) != row.after:
        yield Break(row.seq, f"what the {row.entity} {row.record} held was altered")


def _link(row: Any) -> Link:  # noqa: ANN401 (a row)
    return Link(
        seq=row.seq,
        entity=row.entity,
        id=row.record,
        actor=row.actor,
        at=row.at,
        reason=row.reason,
        before=row.before,
        after=row.after,
        previous=row.previous,
    )


def _head_breaks(found: Head, last: Head) -> Iterator[Break]:
    expected = last if last.seq else Head(0, START)
    if found != expected:
        yield Break(0, f"the head names change {found.seq}, but the log ends with {expected.seq}")


def _history_breaks(session: Session) -> Iterator[Break]:
    """Changes that do not start from what the record's change before left."""
    left = func.lag(col(ChangeRow.after_pk)).over(
        partition_by=(col(ChangeRow.entity), col(ChangeRow.record)), order_by=col(ChangeRow.seq)
    )
    steps = select(
        col(ChangeRow.seq), col(ChangeRow.before_pk).label("before"), left.label("left")
    ).subquery()
    wrong = select(steps.c.seq).where(steps.c.before.is_distinct_from(steps.c.left))
    for seq in session.scalars(wrong.order_by(steps.c.seq)):
        yield Break(seq, "it does not start from what the record held before")


def _loose_payloads(session: Session) -> Iterator[Break]:
    used = select(col(ChangeRow.after_pk)).where(col(ChangeRow.after_pk).is_not(None))
    statement = select(func.count()).where(col(PayloadRow.pk).not_in(used))
    loose = session.scalar(statement)
    if loose:
        yield Break(0, f"{loose} payloads belong to no change; changes were taken out")
