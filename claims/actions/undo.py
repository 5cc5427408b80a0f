"""Taking back what an action did, by appending: the history keeps both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access, check_write
from claims.actions.custody import LOGGED
from claims.actions.effects import Effect, effects, touched, verdicts
from claims.actions.people import check_rulers
from claims.actions.sight import discreet
from claims.analysis.records import Assessment, Contributor, Record
from claims.errors import InputRefused, NotFound, StaleVersion
from claims.store.acts import (
    Act,
    Run,
    Step,
    act_of_change,
    acts,
    find_act,
    last_change,
    no_such_act,
    steps,
)
from claims.store.baseline import forget, take_back
from claims.store.lookup import numbers
from claims.store.payloads import is_record, record_of
from claims.store.reader import all_records, get_record
from claims.store.tables.log import ERASE
from claims.store.writer import Writer

SHOWN = 20
"""Runs that are looked through for the last one that can be undone, at first."""


class Undone(StrEnum):
    """What an undo does to a record."""

    REMOVED = "removed"
    BROUGHT_BACK = "brought back"
    REVERTED = "reverted"


BROUGHT_BACK, REVERTED, REMOVED = Undone.BROUGHT_BACK, Undone.REVERTED, Undone.REMOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoRequest:
    """Which run to take back: its id or the beginning of it; ``None`` is one's own last.

    A run that undid another can be named too: that does again what was undone.
    """

    action: str | None = None
    reason: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoItem:
    """One record: as it is after the undo, or was where it is removed."""

    did: Undone
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoResult:
    """The run taken back, what happened to each record, and what that changed for verdicts."""

    undone: Act
    act: UUID | None
    items: tuple[UndoItem, ...]
    effects: tuple[Effect, ...]
    dry_run: bool


def undo(session: Session, actor: Actor, request: UndoRequest, now: datetime) -> UndoResult:
    """Take back a run of an action: all of it, or nothing.

    What it added is removed, what it changed is as before, what it removed is back; each by a
    new change. It is refused where somebody has changed one of its records since.

    Args:
        session: of a writing unit.
        actor: who undoes; others' runs only as a reviewer.
        request: the run, a reason, and whether this is a dry run.
        now: the time of the changes.

    Raises:
        NotFound: there is no such run, or none of one's own that could be undone.
        NotPermitted: the role does not allow it.
        StaleVersion: a record was changed after the run; the message names by which run.
        InputRefused: it was undone already, was an erasure, or something else now refers to
            what it added.
    """
    actor.require(Doing.UNDO)
    act = _meant(session, actor, request.action)
    if act.actor != actor.name:
        actor.require(Doing.UNDO_OF_OTHERS)
    found = [step for step in steps(session, act) if is_record(step.entity)]
    if any(step.entity == Contributor.entity for step in found):
        actor.require(Doing.PEOPLE)
    _refuse_hidden(session, actor, act, [record for step in found for record in _held(step.after)])
    _refuse_done(act, found)
    plan = _plan(act, found)
    _refuse_changed_since(session, plan)
    return _carry_out(session, actor, request, plan, now)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The run, and of each record what it is to be and what it was after the run."""

    act: Act
    items: tuple[UndoItem, ...]
    after: Mapping[UUID, Record]

    def of(self, did: Undone) -> list[Record]:
        return [item.record for item in self.items if item.did is did]


def _carry_out(
    session: Session, actor: Actor, request: UndoRequest, plan: _Plan, now: datetime
) -> UndoResult:
    questions = touched(session, [*plan.after.values(), *(item.record for item in plan.items)])
    before = verdicts(session, actor, questions)
    writer = Writer(session, actor.name, now, request.reason, run=Run("undo", undoes=plan.act.id))
    with session.begin_nested() as trial:
        _write(session, actor, writer, plan, request.reason)
        after = verdicts(session, actor, questions)
        if request.dry_run:
            trial.rollback()
    return UndoResult(
        undone=plan.act,
        act=None if request.dry_run else writer.act,
        items=plan.items,
        effects=effects(before, after),
        dry_run=request.dry_run,
    )


def _meant(session: Session, actor: Actor, named: str | None) -> Act:
    if named is not None:
        return find_act(session, named)
    for limit in (SHOWN, None):
        for act in acts(session, actor=actor.name, limit=limit):
            if act.undoes is None and act.undone_by is None and act.name not in LOGGED:
                return act
    message = (
        f"{actor.name!r} has done nothing that could be undone; `claims history` lists what was"
        " done, and `claims undo ID` undoes a single action"
    )
    raise NotFound(message)


def _refuse_hidden(session: Session, actor: Actor, act: Act, records: Sequence[Record]) -> None:
    """An action on what the actor may not see is answered like one that never was."""
    seen, kinds = access(session, actor), {type(record) for record in records}
    for kind in kinds:
        wanted = {record.id for record in records if isinstance(record, kind)}
        held = set(numbers(session, kind.entity, wanted))
        if held - seen.visible(kind, held):
            raise no_such_act(str(act.id)[:8])


def _refuse_done(act: Act, found: Sequence[Step]) -> None:
    if act.undone_by is not None:
        message = (
            f"the action {_short(act)} was undone already; `claims undo {str(act.undone_by)[:8]}`"
            " does it again"
        )
        raise InputRefused(message)
    if any(step.lost or step.act == ERASE for step in found):
        message = f"the action {_short(act)} touches what was erased, which nothing brings back"
        raise InputRefused(message)
    if not found:
        message = f"the action {_short(act)} changed no record; there is nothing to undo"
        raise InputRefused(message)


def _refuse_changed_since(session: Session, plan: _Plan) -> None:
    """What was changed and changed back in the meantime is as the run left it."""
    for item in plan.items:
        held = get_record(session, type(item.record), item.record.id)
        left = plan.after.get(item.record.id)
        if (held[0] if held else None) == left:
            continue
        later = act_of_change(session, last_change(session, item.record.id))
        by = f"{later.actor} has changed" if later else "somebody has changed"
        how = f", by {_short(later)} at {later.at}" if later else ""
        message = (
            f"the action {_short(plan.act)} cannot be undone as it is: {by} the"
            f" {item.record.entity} {item.record.key or item.record.id} since{how};"
            " undo that first, or edit the record"
        )
        raise StaleVersion(message)


def _short(act: Act) -> str:
    return f"{str(act.id)[:8]} ({act.name})"


def _plan(act: Act, found: Sequence[Step]) -> _Plan:
    first: dict[UUID, Step] = {}
    for step in found:
        first.setdefault(step.record, step)
    last = {step.record: step for step in found}
    items = [_item(first[one], last[one]) for one in first]
    after = {one: record for one in first for record in _held(last[one].after)}
    return _Plan(act, tuple(item for item in items if item is not None), after)


def _item(first: Step, last: Step) -> UndoItem | None:
    """What becomes of one record; nothing where the run added it and took it out again."""
    if first.before is not None:
        did = Undone.BROUGHT_BACK if last.after is None else Undone.REVERTED
        return UndoItem(did=did, record=record_of(first.before))
    if last.after is not None:
        return UndoItem(did=Undone.REMOVED, record=record_of(last.after))
    return None


def _held(payload: str | None) -> tuple[Record, ...]:
    return () if payload is None else (record_of(payload),)


def _write(session: Session, actor: Actor, writer: Writer, plan: _Plan, reason: str | None) -> None:
    """References must lead somewhere at each step: bring back, revert, and only then remove."""
    back, reverted, removed = (plan.of(did) for did in (BROUGHT_BACK, REVERTED, REMOVED))
    writer.insert_all(back)
    for record in reverted:
        check_write(actor, plan.after[record.id], record, reason)
        writer.update(record, version=None)
        take_back(session, plan.after[record.id], record)
    with discreet(actor):
        writer.remove_all(removed)
    _forget(session, removed)
    if any(isinstance(one, Contributor) for one in (*reverted, *removed)):
        check_rulers(all_records(session, Contributor))
    _refuse_hidden(session, actor, plan.act, [*back, *reverted])


def _forget(session: Session, removed: Sequence[Record]) -> None:
    """Let files have said what they said before; what they said first, they never said."""
    opinions = [one for one in removed if isinstance(one, Assessment) and one.supersedes]
    wanted = [one.supersedes for one in opinions if one.supersedes]
    earlier = all_records(session, Assessment, wanted)
    held = {one.id: one for one in earlier}
    for opinion in opinions:
        if opinion.supersedes in held:
            take_back(session, opinion, held[opinion.supersedes])
    forget(session, [one for one in removed if getattr(one, "supersedes", None) not in held])
