"""Waivers: that a finding of the audit is accepted, by whom, why, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.entry_names import named
from claims.actions.entry_write import Did, Plan, Terms, Written, WrittenItem, carry_out
from claims.actions.sight import Sight
from claims.analysis.audit.catalogue import check_of
from claims.analysis.audit.finding import AuditFinding, Outcome
from claims.analysis.records import KINDS, Waiver
from claims.errors import InputRefused, NotFound
from claims.report.audit_shape import ToldFinding
from claims.store.access import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveRequest:
    """Which finding to accept: the check, and the record that it is about.

    ``target`` is a key, a name, an id or its beginning, of an ``entity``; ``until`` the last day
    on which the waiver holds.
    """

    check: str
    entity: str
    target: str
    reason: str
    until: date
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnwaiveRequest:
    """Which waiver to take back, by its id or the beginning of it."""

    waiver: str
    reason: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverLine:
    """One waiver; ``name`` is what its record is called."""

    id: UUID
    check: str
    entity: str
    target: UUID
    name: str
    reason: str
    granted_by: str
    until: date
    in_force: bool


def waive(session: Session, actor: Actor, request: WaiveRequest, now: datetime) -> Written:
    """Accept a finding for a time: it stays listed, and fails no audit until the day is over.

    What is waived already, for the same reason until the same day, is not waived again.

    Args:
        session: of a writing unit, also for a dry run, which is taken back.
        actor: who accepts it; at least a reviewer, since it speaks for the project.
        request: the check, the record, why and until when.
        now: the time of the decision.

    Raises:
        NotPermitted: the role does not allow it.
        NotFound: there is no such check, or no such record that may be seen.
        InputRefused: there is no reason, no such kind of record, or the day is past.
    """
    actor.require(Doing.WAIVE)
    check = check_of(request.check)
    reason = request.reason.strip()
    if not reason:
        message = "a waiver needs a reason, which every audit shows; give one with --reason"
        raise InputRefused(message)
    if request.until < now.date():
        message = f"{request.until.isoformat()} is past; give the last day of the waiver"
        raise InputRefused(message)
    if request.entity not in KINDS:
        message = f"{request.entity!r} is no kind of record; give one of {', '.join(KINDS)}"
        raise InputRefused(message)
    seen = access(session, actor)
    target, _ = seen.find(KINDS[request.entity], request.target)
    waiver = Waiver(
        id=uuid4(),
        check=check.id,
        target=target.id,
        reason=reason,
        granted_by=actor.name,
        until=request.until.isoformat(),
    )
    already = _already(seen, waiver)
    if already:
        return replace(already, dry_run=request.dry_run)
    plan = Plan(name="waiver add", inserts=[waiver])
    return carry_out(session, actor, plan, Terms(reason=reason, dry_run=request.dry_run), now)


def _already(seen: Access, waiver: Waiver) -> Written | None:
    """What to answer where the same waiver is held already; nothing is written then."""
    for held in seen.records(Waiver):
        if replace(waiver, id=held.id, granted_by=held.granted_by) == held:
            found = seen.get(Waiver, held.id)
            item = WrittenItem(
                entity=held.entity,
                id=held.id,
                key=held.key,
                name=named(seen, held),
                version=found[1] if found else 1,
                state=Did.UNCHANGED,
            )
            return Written(act=None, items=(item,), replayed=True)
    return None


def unwaive(session: Session, actor: Actor, request: UnwaiveRequest, now: datetime) -> Written:
    """Take a waiver back before its day: the finding counts again.

    Raises:
        NotPermitted: the role does not allow it.
        NotFound: there is no such waiver that may be seen.
        InputRefused: several could be meant.
    """
    actor.require(Doing.WAIVE)
    held = access(session, actor).records(Waiver)
    found = [one for one in held if str(one.id).startswith(request.waiver.lower())]
    if not found:
        message = f"there is no waiver {request.waiver!r}; `claims waiver list` lists them"
        raise NotFound(message)
    if len(found) > 1:
        message = f"{len(found)} waivers begin with {request.waiver!r}; give more of the id"
        raise InputRefused(message)
    plan = Plan(name="waiver remove", removes=list(found))
    terms = Terms(reason=request.reason, dry_run=request.dry_run)
    return carry_out(session, actor, plan, terms, now)


def waivers(session: Session, actor: Actor, request: None, now: datetime) -> tuple[WaiverLine, ...]:
    """All waivers that may be seen, in the order in which they were granted."""
    del request
    actor.require(Doing.READ)
    sight = Sight(session, actor)
    entities = _entities(access(session, actor))
    return tuple(
        WaiverLine(
            id=one.id,
            check=one.check,
            entity=entities.get(one.target, ""),
            target=one.target,
            name=sight.name(one.target, entities.get(one.target)),
            reason=one.reason,
            granted_by=one.granted_by,
            until=date.fromisoformat(one.until),
            in_force=_in_force(one, now),
        )
        for one in access(session, actor).records(Waiver)
    )


def standing(seen: Access, outcomes: Iterable[Outcome], now: datetime) -> Iterator[ToldFinding]:
    """The findings among outcomes, each with the waiver that stands over it."""
    held: dict[tuple[str, UUID], Waiver] = {}
    for waiver in sorted(seen.records(Waiver), key=lambda one: one.until):
        held[waiver.check, waiver.target] = waiver
    for found in outcomes:
        if isinstance(found, AuditFinding):
            over = held.get((found.check, found.defect.subject.id))
            stands = over is not None and _in_force(over, now)
            yield ToldFinding(
                found, waiver=over if stands else None, expired=None if stands else over
            )


def _in_force(waiver: Waiver, now: datetime) -> bool:
    """Whether the last day of a waiver is not over."""
    return now.date() <= date.fromisoformat(waiver.until)


def _entities(seen: Access) -> dict[UUID, str]:
    """The kind of each record that a waiver names."""
    targets = {one.target for one in seen.records(Waiver)}
    return {
        found: entity for entity, kind in KINDS.items() for found in seen.visible(kind, targets)
    }
