"""Verification: does the database still hold what its history says, and is the history whole?

The chain of changes is recomputed, in the order of the log; then each row of each table is
compared with what the last change of its record left. Everything is read in small portions, so
that a million changes take no more memory than a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.store.breaks import LIMIT, Break, Check, Erased, counted
from claims.store.chain import Chain, chain_breaks
from claims.store.forms import forms
from claims.store.history import Head
from claims.store.tables.log import ERASE, ChangeRow
from claims.store.verify_rows import record_breaks
from claims.store.verify_runs import baseline_breaks, custody_breaks, run_breaks

__all__ = ["Break", "Check", "Progress", "verify", "verify_chain"]

Progress = Callable[[int], None]
"""Told, now and then, how many changes and rows were looked at since it was told before."""


def verify(
    session: Session,
    *,
    kept: Head | None = None,
    limit: int = LIMIT,
    progress: Progress | None = None,
) -> Check:
    """Recompute the chain and compare each row with what its last change left.

    Args:
        session: a reading unit, so that everything is seen at one moment.
        kept: a head that was kept elsewhere, which must be a part of the log. Without it, a
            rollback of the whole file cannot be seen. ``seq`` 0 looks for the hash alone.
        limit: how many breaks are listed; the others are counted.
        progress: see :data:`Progress`.
    """
    tell = progress or _nobody
    chain, rows = Chain(kept), Rows()
    erased = _erased(session)
    first, total = counted(_breaks(session, chain, rows, erased, tell), limit)
    return Check(
        head=chain.last,
        changes=chain.count,
        records=rows.count,
        breaks=first,
        total=total,
        erased=erased,
        kept=kept,
    )


def verify_chain(session: Session, *, limit: int = LIMIT) -> Check:
    """Recompute the chain of changes alone; the rows are not looked at."""
    chain, erased = Chain(None), _erased(session)
    first, total = counted(chain_breaks(session, chain, _latest(erased), _nobody), limit)
    return Check(head=chain.last, changes=chain.count, breaks=first, total=total, erased=erased)


def amount(session: Session) -> int:
    """How many changes and rows a verification looks at, for a progress bar."""
    tables = [ChangeRow.metadata.tables["change"], *(form.table for form in forms())]
    return sum(session.scalar(select(func.count()).select_from(one)) or 0 for one in tables)


class Rows:
    """How many rows were looked at."""

    count = 0


def _breaks(
    session: Session, chain: Chain, rows: Rows, erased: tuple[Erased, ...], tell: Progress
) -> Iterator[Break]:
    yield from chain_breaks(session, chain, _latest(erased), tell)
    yield from run_breaks(session, chain.last)

    def told(some: int) -> None:
        rows.count += some
        tell(some)

    for form in forms():
        yield from record_breaks(session, form, told)
    yield from custody_breaks(session)
    yield from baseline_breaks(session)


def _erased(session: Session) -> tuple[Erased, ...]:
    """Every record that was erased, in the order of the log."""
    row = ChangeRow
    statement = (
        select(
            *(col(row.entity), col(row.record), col(row.actor), col(row.at)),
            *(col(row.reason), col(row.seq)),
        )
        .where(col(row.act) == ERASE)
        .order_by(col(row.seq))
    )
    return tuple(
        Erased(
            entity=one.entity,
            record=one.record,
            actor=one.actor,
            at=one.at,
            reason=one.reason,
            seq=one.seq,
        )
        for one in session.execute(statement)
    )


def _latest(erased: tuple[Erased, ...]) -> dict[str, Erased]:
    """By the digits of a record's id: the last time that it was erased."""
    return {one.record.hex: one for one in erased}


def _nobody(_: int) -> None:
    """Nobody wants to know."""
