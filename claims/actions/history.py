"""What happened: the newest runs of actions, or every version of one record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.sight import Sight, name_of
from claims.analysis.differences import Difference, differences
from claims.analysis.records import ENTITIES, KINDS, Record
from claims.errors import InputRefused, NotFound
from claims.store.acts import Act, acts
from claims.store.erasure import removed
from claims.store.naming import Called, meant
from claims.store.payloads import record_of
from claims.store.tables.log import ERASE
from claims.store.versions import Touch, Version, touched, versions_of

LARGE = 1000
"""Changes of a run from which on its reason is told only to those who see everything."""


class Did(StrEnum):
    """What a change did to a record."""

    ENTERED = "entered"
    EDITED = "edited"
    REMOVED = "removed"
    BROUGHT_BACK = "brought back"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRequest:
    """What to tell: without ``target`` the newest runs, else the versions of a record.

    ``target`` is a key, a name, an id or the beginning of one, of a record of ``entity``, or of
    any. ``limit`` is how many runs or versions are told, the newest; ``None`` is all.
    """

    entity: str | None = None
    target: str | None = None
    limit: int | None = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run of an action: who, when (UTC with microseconds), and how much of what.

    ``counts`` are the records touched that the actor may see, by entity and what was done.
    ``reason`` is told to those who see all that the run touched, ``first`` and ``last`` (the
    changes) to administrators. ``undone`` says that it was taken back.
    """

    id: UUID
    name: str
    actor: str
    at: str
    reason: str | None
    counts: Mapping[tuple[str, Did], int]
    undone: bool
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One change of a record, and what was different afterwards.

    ``number`` counts the changes of the record; ``seq`` is the change in the log, for
    administrators. ``lost`` says that what it held then was erased since.
    """

    number: int
    did: Did
    actor: str
    at: str
    reason: str | None
    run: UUID | None
    action: str | None
    differences: tuple[Difference, ...]
    lost: bool
    seq: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryResult:
    """The newest runs first; or the versions of the record named, the earliest first."""

    runs: tuple[RunLine, ...] = ()
    entity: str | None = None
    id: UUID | None = None
    name: str | None = None
    versions: tuple[VersionLine, ...] = ()


def history(
    session: Session, actor: Actor, request: HistoryRequest, now: datetime
) -> HistoryResult:
    """Who did what, when and why; or how a record came to be what it is.

    What the actor may not see today is not told of the past either: neither the record, nor a
    version of another that names it.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks.
        request: which record, and how much.
        now: not used; every action has the same shape.

    Raises:
        NotFound: there is no such record, or none that may be seen.
        InputRefused: several could be meant, or there is no such kind of record.
    """
    del now
    actor.require(Doing.READ)
    sight = Sight(session, actor)
    if request.target is None:
        runs = tuple(_runs(session, actor, sight, request))
        return HistoryResult(runs=runs)
    kind, record, name = _meant(session, actor, sight, request.entity, request.target)
    told = list(_versions(session, actor, sight, record))
    shown = told if request.limit is None else told[-request.limit :]
    return HistoryResult(entity=kind.entity, id=record, name=name, versions=tuple(shown))


# --- runs of actions ----------------------------------------------------------------------------


def _runs(
    session: Session, actor: Actor, sight: Sight, request: HistoryRequest
) -> Iterator[RunLine]:
    entity = None if request.entity is None else _kind(request.entity).entity
    left = request.limit
    for act in _newest(session, request.limit):
        if left == 0:
            return
        line = _run(session, actor, sight, act, entity)
        if line is not None:
            left = None if left is None else left - 1
            yield line


def _newest(session: Session, limit: int | None) -> Iterator[Act]:
    """The runs, the newest first; looked up in growing portions, since some are not shown."""
    portion, told = limit, 0
    while True:
        found = acts(session, limit=portion)
        yield from found[told:]
        if portion is None or len(found) < portion:
            return
        told, portion = len(found), portion * 4


def _run(
    session: Session, actor: Actor, sight: Sight, act: Act, entity: str | None
) -> RunLine | None:
    """A run, as far as the actor may see it; ``None`` where there is nothing to see."""
    touches = touched(session, act.first, act.last)
    seen = sight.seen((one.entity, one.record) for one in touches)
    shown = [one for one in touches if (one.entity, one.record) in seen]
    if entity is not None:
        shown = [one for one in shown if one.entity == entity]
    if not shown:
        return None
    whole = all((one.entity, one.record) in seen for one in touches)
    numbered = actor.may(Doing.HEAD)
    return RunLine(
        id=act.id,
        name=act.name,
        actor=act.actor,
        at=act.at,
        reason=act.reason if whole else None,
        counts=_counts(shown),
        undone=act.undone_by is not None,
        first=act.first if numbered else None,
        last=act.last if numbered else None,
    )


def _counts(touches: Iterable[Touch]) -> Mapping[tuple[str, Did], int]:
    return Counter((one.entity, _did(one, again=False)) for one in touches)


def _did(one: Touch | Version, *, again: bool) -> Did:
    if one.act == ERASE:
        return Did.ERASED
    if not one.held:
        return Did.REMOVED
    if one.came:
        return Did.BROUGHT_BACK if again else Did.ENTERED
    return Did.EDITED


# --- versions of a record -----------------------------------------------------------------------


def _versions(session: Session, actor: Actor, sight: Sight, record: UUID) -> Iterator[VersionLine]:
    before: Record | None = None
    names: dict[UUID, str] = {}

    def name(other: UUID) -> str:
        return names.setdefault(other, sight.name(other))

    for number, one in enumerate(versions_of(session, record), 1):
        after = sight.told(record_of(one.text)) if one.text is not None else None
        if after is not None and not sight.shows(after):
            continue
        lost = one.held and one.text is None
        did = _did(one, again=number > 1)
        told = () if lost or did is Did.ERASED else differences(before, after, name)
        yield VersionLine(
            number=number,
            did=did,
            actor=one.actor,
            at=one.at,
            reason=one.reason if _tells_reason(session, sight, one) else None,
            run=one.run,
            action=one.name,
            differences=told,
            lost=lost,
            seq=one.seq if actor.may(Doing.HEAD) else None,
        )
        before = after


def _tells_reason(session: Session, sight: Sight, one: Version) -> bool:
    """Whether all that the run touched may be seen: its reason may tell of any of it."""
    if sight.everything:
        return True
    if one.first is None or one.last is None or one.last - one.first >= LARGE:
        return False
    named = {(each.entity, each.record) for each in touched(session, one.first, one.last)}
    return sight.seen(named) == named


def _meant(
    session: Session, actor: Actor, sight: Sight, entity: str | None, target: str
) -> tuple[type[Record], UUID, str]:
    """The record that is named, among those that may be seen, held or removed."""
    if entity is not None:
        kind = _kind(entity)
        return (kind, *_of_kind(session, actor, sight, kind, target))
    found: list[tuple[type[Record], UUID, str]] = []
    for kind in ENTITIES:
        try:
            found.append((kind, *_of_kind(session, actor, sight, kind, target)))
        except NotFound:
            continue
    if not found:
        message = (
            f"there is no record {target!r} that you may see; give a key, a name, or the"
            " beginning of an id, and --entity to say what it is"
        )
        raise NotFound(message)
    if len(found) > 1:
        kinds = ", ".join(kind.entity for kind, _, _ in found)
        message = f"{target!r} can mean several records: {kinds}; say which with --entity"
        raise InputRefused(message)
    return found[0]


def _of_kind(
    session: Session, actor: Actor, sight: Sight, kind: type[Record], target: str
) -> tuple[UUID, str]:
    try:
        found = access(session, actor).find(kind, target)[0]
    except NotFound:
        gone = removed(session, kind.entity)
        seen = sight.seen((kind.entity, one) for one in gone)
        held = [_called(one, was) for one, was in gone.items() if (kind.entity, one) in seen]
        if not held:
            raise
        last = meant(kind, target, held)
        return last.id, last.shown
    return found.id, name_of(found)


def _called(record: UUID, was: Record | None) -> Called:
    names: Sequence[str] = () if was is None else (name_of(was),)
    return Called(record, was.key if was else None, tuple(names))


def _kind(entity: str) -> type[Record]:
    found = KINDS.get(entity.strip().lower().replace(" ", "_").replace("-", "_"))
    if found is None:
        message = f"there is no kind of record {entity!r}; give one of {', '.join(sorted(KINDS))}"
        raise InputRefused(message)
    return found
