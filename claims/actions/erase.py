"""Erasing a record for good: its words in every version, and what was kept beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.echoes import SEARCHED, LookAt, look_at, lost_words
from claims.actions.sight import Sight, name_of
from claims.analysis.blank import NO_HASH, blanked, is_blank
from claims.analysis.records import (
    KINDS,
    Contributor,
    Passage,
    Record,
    Review,
    Snapshot,
)
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound
from claims.store.acts import Run
from claims.store.audits import forget_outcomes
from claims.store.baseline import forget
from claims.store.erasure import (
    blank_notes,
    blank_requests,
    held_bytes,
    notes,
    referring,
    removed,
    versions,
)
from claims.store.reader import get_record
from claims.store.search import purge
from claims.store.writer import Writer

SHORTEST_PREFIX = 4
"""Characters of an id that name a record which is held no more."""

_WITH_IT: Mapping[tuple[str, str], tuple[type[Record], str]] = {
    ("document", "snapshot"): (Snapshot, "a snapshot of it"),
    ("document", "passage"): (Passage, "a quote of it"),
    ("claim", "review"): (Review, "a review that holds a hash of it"),
}
"""What goes with a record of an entity: other records of another that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseRequest:
    """What to erase: an entity, and the key, name, id or beginning of the id of a record.

    A record that was removed is named by its id. ``archive`` holds the bytes of snapshots.
    """

    entity: str
    target: str
    reason: str
    archive: Archive
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseItem:
    """One record that is erased, and why it goes with the one that was named."""

    entity: str
    id: UUID
    name: str
    versions: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseResult:
    """What was erased, or would be, and what else to look at.

    ``bytes`` are the hashes of archived bytes that went, ``shared`` of those that stay because
    another snapshot has the same. ``unsearched`` counts texts that were not looked for elsewhere.
    """

    act: UUID | None
    items: tuple[EraseItem, ...]
    bytes: tuple[str, ...]
    shared: tuple[str, ...]
    look_at: tuple[LookAt, ...]
    unsearched: int
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Going:
    """A record that goes: as it is held (``None`` where it was removed), and all it ever was."""

    entity: str
    id: UUID
    held: Record | None
    ever: Sequence[Record]
    why: str


def erase(session: Session, actor: Actor, request: EraseRequest, now: datetime) -> EraseResult:
    """Blank a record and what cannot stay without it; nothing brings it back.

    With a document go its snapshots with their archived bytes, and its passages; with a claim
    its reviews, which hold a hash of it. References and words of closed lists stay. Afterwards
    call :func:`claims.store.erasure.scrub`, which writes the database's files anew.

    Args:
        session: of a writing unit, or of any for a dry run.
        actor: an administrator.
        request: what, why, and whether this is a dry run.
        now: the time of the change.

    Raises:
        NotPermitted: the actor is no administrator.
        NotFound: there is no such record.
        InputRefused: no reason is given, the reason holds what is to be erased, there is nothing
            left to erase, or it is a contributor.
    """
    actor.require(Doing.ERASE)
    kind = _kind(request.entity)
    going = list(_going(session, kind, _meant(session, actor, kind, request.target)))
    _check(request, going)
    snapshots = [one for one in going if one.entity == Snapshot.entity]
    ever = (one for snapshot in snapshots for one in snapshot.ever)
    named = {name for one in ever if isinstance(one, Snapshot) for name in one.kept}
    sums = named - {NO_HASH}
    shared = held_bytes(session, sums, [one.id for one in snapshots])
    words = _words(going)
    looked = look_at(session, Sight(session, actor), [(one.entity, one.id) for one in going], words)
    act = None if request.dry_run else _write(session, actor, request, now, going)
    if not request.dry_run:
        for one in sorted(sums - shared):
            request.archive.remove(one)
    return EraseResult(
        act=act,
        items=tuple(_item(one, named=request.dry_run) for one in going),
        bytes=tuple(sorted(sums - shared)),
        shared=tuple(sorted(shared)),
        look_at=looked,
        unsearched=max(0, len(words) - SEARCHED),
        dry_run=request.dry_run,
    )


def _kind(entity: str) -> type[Record]:
    found = KINDS.get(entity.strip().lower().replace(" ", "_").replace("-", "_"))
    if found is None:
        message = f"there is no kind of record {entity!r}; give one of {', '.join(sorted(KINDS))}"
        raise InputRefused(message)
    if found is Contributor:
        message = (
            "a contributor cannot be erased: the name stands in every change that they made, and"
            " those are never rewritten; enter people under a name that tells nobody who they are"
        )
        raise InputRefused(message)
    return found


def _meant(session: Session, actor: Actor, kind: type[Record], target: str) -> UUID:
    """The record that is named, among those that are held and those that were removed."""
    try:
        return access(session, actor).find(kind, target)[0].id
    except NotFound:
        wanted = target.strip().casefold()
        found = [
            one
            for one, record in removed(session, kind.entity).items()
            if (len(wanted) >= SHORTEST_PREFIX and str(one).startswith(wanted))
            or (record is not None and (record.key or "").casefold() == wanted)
        ]
        if not found:
            raise
        if len(found) > 1:
            message = f"{target!r} can mean {len(found)} removed records; give more of the id"
            raise InputRefused(message) from None
        return found[0]


def _going(session: Session, kind: type[Record], record: UUID) -> Iterator[_Going]:
    """The record and all that goes with it."""
    yield _one(session, kind, record, "named")
    for entity, other in referring(session, kind.entity, record):
        found = _WITH_IT.get((kind.entity, entity))
        if found is not None:
            yield _one(session, found[0], other, found[1])


def _one(session: Session, kind: type[Record], record: UUID, why: str) -> _Going:
    found = get_record(session, kind, record)
    held = found[0] if found else None
    return _Going(kind.entity, record, held, versions(session, record), why)


def _check(request: EraseRequest, going: Sequence[_Going]) -> None:
    reason = request.reason.strip()
    if not reason:
        message = "erasing needs a reason, which is kept for good; give one with --reason"
        raise InputRefused(message)
    told = [word for word in _words(going) if word.casefold() in reason.casefold()]
    if told:
        message = (
            f"the reason holds {told[0]!r}, which is to be erased; reasons are kept for good, so"
            " give one that does not tell it"
        )
        raise InputRefused(message)
    if all(is_blank(one) for going_one in going for one in going_one.ever):
        message = f"the {going[0].entity} {going[0].id} was erased already; nothing is left of it"
        raise InputRefused(message)


def _write(
    session: Session,
    actor: Actor,
    request: EraseRequest,
    now: datetime,
    going: Sequence[_Going],
) -> UUID | None:
    writer = Writer(session, actor.name, now, request.reason.strip(), run=Run("erase"))
    for one in going:
        forget(session, one.ever)
        if one.entity == Snapshot.entity:
            entries = notes(session, one.id)
            blank_notes(session, [note.id for note in entries])
            for note in entries:
                writer.erase(note.id, "custody", note.left)
        writer.erase(one.id, one.entity, None if one.held is None else blanked(one.held))
    blank_requests(session, [one.id for one in going])
    purge(session)
    forget_outcomes(session)
    return writer.act


def _item(one: _Going, *, named: bool) -> EraseItem:
    name = name_of(one.held or one.ever[-1]) if named and (one.held or one.ever) else ""
    return EraseItem(entity=one.entity, id=one.id, name=name, versions=len(one.ever), why=one.why)


def _words(going: Sequence[_Going]) -> dict[str, None]:
    """The texts that are erased, those of the record that was named first."""
    return lost_words(record for one in going for record in one.ever)
