"""Recomputing the chain of changes, and finding where it does not add up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, String, func, select, type_coerce
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from claims.store.breaks import Break, Erased
from claims.store.history import START, Head, Link, change_hash, payload_hash
from claims.store.tables.log import ChangeRow, HeadRow, PayloadRow

STREAM = 1000
"""Changes held in memory at a time."""


class Chain:
    """How far a recomputation has come, and what it has to meet on its way."""

    def __init__(self, kept: Head | None) -> None:
        """Start before the first change; ``kept`` is a head that must be met."""
        self.last = Head()
        self.count = 0
        self.kept = kept
        self.met = kept is None or kept == Head()


def chain_breaks(
    session: Session, chain: Chain, erased: Mapping[str, Erased], tell: Callable[[int], None]
) -> Iterator[Break]:
    """Every place where the log does not add up.

    Args:
        session: any session.
        chain: is moved along.
        erased: by the digits of a record's id, the last change that erased it.
        tell: told how many changes were read since it was told before.
    """
    rows = session.execute(_changes(), execution_options={"yield_per": STREAM})
    for some in rows.partitions(STREAM):
        for row in some:
            yield from _change_breaks(row, chain, erased)
        tell(len(some))
    yield from _head_breaks(session, chain)
    yield from _step_breaks(session)
    yield from _loose_payloads(session)


def _changes() -> Executable:
    before, row = aliased(PayloadRow), ChangeRow
    return (
        select(
            *(col(row.seq), col(row.entity), col(row.actor), col(row.at), col(row.reason)),
            *(col(row.previous), col(row.hash), col(row.act), col(row.after_pk)),
            type_coerce(col(row.record), String).label("record"),
            col(row.before_pk),
            col(before.hash).label("before"),
            col(PayloadRow.hash).label("after"),
            col(PayloadRow.salt).label("salt"),
            col(PayloadRow.text).label("text"),
        )
        .outerjoin(before, col(before.pk) == col(row.before_pk))
        .outerjoin(PayloadRow, col(PayloadRow.pk) == col(row.after_pk))
        .order_by(col(row.seq))
    )


def _change_breaks(
    row: Any,  # noqa: ANN401 (a row)
    chain: Chain,
    erased: Mapping[str, Erased],
) -> Iterator[Break]:
    record = str(row.record).replace("-", "")
    expected = chain.last.seq + 1
    if row.seq != expected:
        yield Break(what=_missing(expected, row.seq))
    elif row.previous != chain.last.hash:
        yield _break(row, "it does not follow from the change before it")
    if _recomputed(row, record) != row.hash:
        yield _break(row, "it was altered: its hash does not fit what it says")
    if row.before_pk is not None and row.before is None:
        yield _break(row, "what it replaced is gone")
    if row.after_pk is not None:
        yield from _payload_breaks(row, erased.get(record))
    chain.count += 1
    yield from _kept_breaks(row, chain)
    chain.last = Head(row.seq if isinstance(row.seq, int) else expected, str(row.hash))


def _missing(expected: int, found: object) -> str:
    if not isinstance(found, int) or found < expected:
        return f"change {expected} should stand here, and {found!r} does"
    if found == expected + 1:
        return f"change {expected} was taken out"
    return f"the changes {expected} to {found - 1} were taken out"


def _recomputed(row: Any, record: str) -> str | None:  # noqa: ANN401 (a row)
    """The hash of what the change says; ``None`` where it says nothing that could be hashed."""
    try:
        return change_hash(_link(row, UUID(record)))
    except ValueError:
        return None


def _link(row: Any, record: UUID) -> Link:  # noqa: ANN401 (a row)
    return Link(
        seq=row.seq,
        entity=row.entity,
        id=record,
        actor=row.actor,
        at=row.at,
        reason=row.reason,
        before=row.before,
        after=row.after,
        previous=row.previous,
        act=row.act,
    )


def _payload_breaks(row: Any, erased: Erased | None) -> Iterator[Break]:  # noqa: ANN401 (a row)
    """Whether what the change left is still there, word for word, unless it was erased."""
    gone = erased is not None and erased.seq > row.seq and erased.entity == row.entity
    if row.after is None:
        yield _break(row, "what it left is gone")
    elif gone and (row.text is not None or row.salt is not None):
        seq = erased.seq if erased else 0
        yield _break(row, f"what it left was erased by change {seq}, and is there again")
    elif not gone and row.text is None:
        yield _break(row, "what it left was blanked, and no change says that it was erased")
    elif row.text is not None and payload_hash(row.salt, row.text) != row.after:
        yield _break(row, "what it left was altered: the hash does not fit")


def _kept_breaks(row: Any, chain: Chain) -> Iterator[Break]:  # noqa: ANN401 (a row)
    """Whether the change is the one that was kept as the head."""
    kept = chain.kept
    if kept is None or chain.met:
        return
    if row.seq == kept.seq and row.hash != kept.hash:
        chain.met = True
        yield _break(
            row,
            f"the history was rewritten here or before: the kept head has the hash {kept.hash},"
            f" the log has {row.hash}",
        )
    elif row.hash == kept.hash:
        chain.met = True


def _break(row: Any, what: str) -> Break:  # noqa: ANN401 (a row)
    return Break(seq=row.seq, entity=row.entity, record=_shown(row.record), what=what)


def _shown(record: object) -> UUID | str:
    try:
        return UUID(str(record))
    except ValueError:
        return str(record)


def _head_breaks(session: Session, chain: Chain) -> Iterator[Break]:
    last, kept = chain.last, chain.kept
    found = session.execute(select(col(HeadRow.seq), col(HeadRow.hash))).one_or_none()
    if found is None:
        yield Break(what="the head of the log was taken out")
    elif Head(*found) != (last if last.seq else Head(0, START)):
        yield Break(
            what=f"the head names change {found.seq} with the hash {found.hash}, but the log ends"
            f" with change {last.seq} and the hash {last.hash}"
        )
    if kept is not None and not chain.met:
        yield Break(what=_cut(kept, last))


def _cut(kept: Head, last: Head) -> str:
    if kept.seq > last.seq:
        return (
            f"the log ends with change {last.seq}, and the kept head is change {kept.seq}: the"
            " later changes were taken out, or an older copy was put in the place of the database"
        )
    return (
        f"no change of the log has the hash of the kept head, {kept.hash}: the history was"
        " rewritten or cut, or the head is of another database"
    )


def _step_breaks(session: Session) -> Iterator[Break]:
    """Changes that do not start from what the record's change before left."""
    row = ChangeRow
    left = func.lag(col(row.after_pk)).over(
        partition_by=(col(row.record), col(row.entity)), order_by=col(row.seq)
    )
    record = type_coerce(col(row.record), String).label("record")
    steps = select(
        *(col(row.seq), col(row.entity), record),
        *(col(row.before_pk).label("before"), left.label("left")),
    ).subquery()
    wrong = select(steps).where(steps.c.before.is_distinct_from(steps.c.left))
    for one in session.execute(wrong, execution_options={"yield_per": STREAM}):
        yield _break(one, "it does not start from what the record held before")


def _loose_payloads(session: Session) -> Iterator[Break]:
    """What was held once and belongs to no change any more."""
    row = PayloadRow
    loose = (
        select(col(row.pk), col(row.text))
        .outerjoin(ChangeRow, col(ChangeRow.after_pk) == col(row.pk))
        .where(col(ChangeRow.pk).is_(None))
        .order_by(col(row.pk))
    )
    for one in session.execute(loose, execution_options={"yield_per": STREAM}):
        entity, record = _told(one.text)
        yield Break(
            entity=entity,
            record=record,
            what=f"payload {one.pk} belongs to no change, so a change was taken out",
        )


def _told(text: str | None) -> tuple[str | None, str | None]:
    """Of which record a payload tells, as far as that can still be read."""
    try:
        held = json.loads(text or "")
        return str(held["entity"]), str(held["id"])
    except (ValueError, TypeError, KeyError):
        return None, None
