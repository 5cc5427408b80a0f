"""Runs of actions: which changes were made together, by whom, and which of them were undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from claims.errors import InputRefused, NotFound
from claims.store.log import Author
from claims.store.lookup import next_number
from claims.store.tables.log import ActionRow, ChangeRow, PayloadRow

SHORTEST_PREFIX = 4
"""Characters of an id that are enough to name a run, if no other begins with them."""


@dataclass(frozen=True, slots=True)
class Act:
    """One run of an action: the changes ``first`` to ``last`` of the log.

    ``at`` is UTC with microseconds. ``undoes`` names the run that it took back, ``undone_by``
    the run that took this one back and was not itself taken back.
    """

    id: UUID
    name: str
    actor: str
    at: str
    reason: str | None
    first: int
    last: int
    undoes: UUID | None = None
    undone_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a run; ``before`` and ``after`` are payloads, ``None`` where not held.

    ``lost`` says that one of them was erased.
    """

    seq: int
    entity: str
    record: UUID
    before: str | None
    after: str | None
    lost: bool
    act: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """What a writer says of its run: the action's name, what it undoes, and the request's key."""

    name: str
    undoes: UUID | None = None
    key: str | None = None
    request: str | None = None


def begin(session: Session, run: Run, author: Author, first: int, last: int) -> UUID:
    """Write the row of a run whose first changes were just logged; returns its id."""
    made = uuid4()
    row = {
        "pk": next_number(session, "action"),
        "id": made,
        "name": run.name,
        "actor": author.actor,
        "at": author.at,
        "reason": author.reason,
        "first_seq": first,
        "last_seq": last,
        "undoes_pk": _number(session, run.undoes),
        "key": run.key,
        "request": run.request,
    }
    session.execute(insert(ActionRow), [row])
    return made


def extend(session: Session, act: UUID, last: int) -> None:
    """Say that a run has gone on to the change ``last``."""
    session.execute(update(ActionRow).where(col(ActionRow.id) == act).values(last_seq=last))


def acts(session: Session, *, actor: str | None = None, limit: int | None = None) -> list[Act]:
    """The runs, the newest first; those of one contributor, as many as ``limit``."""
    statement = _acts().order_by(col(ActionRow.first_seq).desc())
    if actor is not None:
        statement = statement.where(col(ActionRow.actor) == actor)
    return _made(session, session.execute(statement.limit(limit)))


def find_act(session: Session, text: str) -> Act:
    """The run with an id, or the only one whose id begins so.

    Raises:
        NotFound: there is none.
        InputRefused: several begin so.
    """
    wanted = text.strip().lower()
    rows = session.execute(select(col(ActionRow.id)).order_by(col(ActionRow.first_seq))).scalars()
    found = [one for one in rows if str(one).startswith(wanted)]
    if len(wanted) < SHORTEST_PREFIX or not found:
        raise no_such_act(text)
    if len(found) > 1:
        message = f"{len(found)} actions begin with {text!r}; give more of the id"
        raise InputRefused(message)
    return _made(session, session.execute(_acts().where(col(ActionRow.id) == found[0])))[0]


def no_such_act(named: str) -> NotFound:
    """The error for a run that there is not, or that may not be seen."""
    return NotFound(f"no action {named!r} was carried out; `claims history` lists those that were")


def act_by_key(session: Session, actor: str, key: str) -> tuple[Act, str] | None:
    """The run that a contributor's key was used for, and the hash of its request."""
    statement = _acts().where(col(ActionRow.actor) == actor, col(ActionRow.key) == key)
    rows = session.execute(statement).all()
    return (_made(session, rows)[0], rows[0].request) if rows else None


def steps(session: Session, act: Act) -> list[Step]:
    """The changes of a run in their order, with what each record held before and after."""
    before, after = aliased(PayloadRow), aliased(PayloadRow)
    row = ChangeRow
    statement: Select[*tuple[Any, ...]] = (
        select(
            *(col(row.seq), col(row.entity), col(row.record), col(row.act)),
            *(col(before.text).label("before"), col(after.text).label("after")),
            *(col(row.before_pk), col(row.after_pk)),
        )
        .outerjoin(before, col(before.pk) == col(row.before_pk))
        .outerjoin(after, col(after.pk) == col(row.after_pk))
        .where(col(row.seq).between(act.first, act.last))
        .order_by(col(row.seq))
    )
    return [_step(found) for found in session.execute(statement)]


def last_change(session: Session, record: UUID) -> int:
    """The number of a record's last change; 0 where it was never held."""
    statement = select(col(ChangeRow.seq)).where(col(ChangeRow.record) == record)
    return session.scalar(statement.order_by(col(ChangeRow.seq).desc()).limit(1)) or 0


def act_of_change(session: Session, seq: int) -> Act | None:
    """The run that a change belongs to."""
    here = _acts().where(col(ActionRow.first_seq) <= seq, col(ActionRow.last_seq) >= seq)
    found = _made(session, session.execute(here))
    return found[0] if found else None


def _step(found: Row[Any]) -> Step:
    gone = (found.before_pk, found.before), (found.after_pk, found.after)
    return Step(
        seq=found.seq,
        entity=found.entity,
        record=found.record,
        before=found.before,
        after=found.after,
        lost=any(pk is not None and text is None for pk, text in gone),
        act=found.act,
    )


def _acts() -> Select[*tuple[Any, ...]]:
    undone = aliased(ActionRow)
    return select(
        ActionRow.__table__,  # type: ignore[attr-defined]  # SQLModel adds it
        col(undone.id).label("undone"),
    ).outerjoin(undone, col(undone.pk) == col(ActionRow.undoes_pk))


def _made(session: Session, rows: Iterable[Row[Any]]) -> list[Act]:
    found = list(rows)
    takers = _takers(session)
    return [
        Act(
            id=row.id,
            name=row.name,
            actor=row.actor,
            at=row.at,
            reason=row.reason,
            first=row.first_seq,
            last=row.last_seq,
            undoes=row.undone,
            undone_by=takers.get(row.pk),
        )
        for row in found
    ]


def _takers(session: Session) -> dict[int, UUID]:
    """By run: the one that took it back, and still holds."""
    statement = select(col(ActionRow.pk), col(ActionRow.id), col(ActionRow.undoes_pk))
    undoing = session.execute(
        statement.where(col(ActionRow.undoes_pk).is_not(None)).order_by(col(ActionRow.pk).desc())
    )
    takers: dict[int, UUID] = {}
    for row in undoing:  # a later run may have taken this one back already
        if row.pk not in takers:
            takers[row.undoes_pk] = row.id
    return takers


def _number(session: Session, act: UUID | None) -> int | None:
    if act is None:
        return None
    return session.scalar(select(col(ActionRow.pk)).where(col(ActionRow.id) == act))
