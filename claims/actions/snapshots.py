"""Archived copies of a document: taking another one, and listing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.copies import has_text, held_already, missing_of, pages_of
from claims.actions.edit_fields import typed_fields
from claims.actions.entry_make import Maker
from claims.actions.entry_names import called, named
from claims.actions.entry_write import (
    Did,
    Plan,
    Terms,
    Written,
    WrittenItem,
    again,
    carry_out,
)
from claims.actions.once import digest
from claims.analysis.captured import capture_known
from claims.analysis.records import Document, Passage, Snapshot
from claims.analysis.wording import listed
from claims.archive.gather import Gathered
from claims.archive.store import Archive
from claims.errors import DocumentFaults, InputRefused, NotFound
from claims.store.access import Access
from claims.store.cited import passages_of, snapshots_of

SHORTEST_PREFIX = 4
"""Characters of an id that name a snapshot, if no other begins with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRequest:
    """Another copy of a document, as it was gathered; ``captured`` says more of how it came.

    ``captured`` has the fields ``at``, ``by``, ``with``, ``requested_url`` and ``final_url``.
    """

    document: str
    copy: Gathered
    archive: Archive
    captured: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None
    once: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotsRequest:
    """Which document; ``archive`` is ``None`` where it is not looked at."""

    document: str
    archive: Archive | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One archived copy: how many pages its text has, and how many passages are from it.

    ``pages`` is ``None`` where nothing tells them. ``missing`` names what the archive does not
    hold of it.
    """

    snapshot: Snapshot
    pages: int | None
    passages: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The copies of a document, the earliest first."""

    document: Document
    copies: tuple[Copy, ...]


def add_snapshot(
    session: Session, actor: Actor, request: SnapshotRequest, now: datetime
) -> Written:
    """Keep another copy of a document; the same bytes with the same text add nothing.

    Unless more is known of their capture now: that is recorded as a copy of its own.

    Args:
        session: of a writing unit, also for a dry run, which is taken back.
        actor: who adds it; at least an enterer.
        request: the document, and what was gathered.
        now: the time of the change.

    Raises:
        NotPermitted: the role does not allow it.
        NotFound: there is no such document that may be seen.
        DocumentFaults: what is said of the capture cannot be read.
    """
    actor.require(Doing.ENTER)
    said = [request.document, request.copy.copy.sha256, dict(request.captured), request.reason]
    key = digest(["document snapshot", *map(str, said)]) if request.once else ""
    terms = Terms(reason=request.reason, once=request.once, digest=key, dry_run=request.dry_run)
    if done := again(session, actor, terms):
        return done
    maker = Maker(session, actor, now, request.archive, copies={request.copy.wanted: request.copy})
    document = maker.lookup.seen.find(Document, request.document)[0]
    copy = _copy(maker, document, request)
    held = snapshots_of(session, document.id)
    same = [one for one in held if _is_same(one, copy)]
    lost = _brought_back(same[-1], copy, request.archive) if same else {}
    if same and not _tells_more(copy, same):
        if lost and not request.dry_run:
            request.copy.keep(request.archive, only=lost)
        return _nothing_new(maker.lookup.seen, same[-1], request, tuple(lost.values()))
    plan = Plan(name="document snapshot", inserts=[copy], warnings=maker.warnings)
    plan.warnings += held_already(maker.lookup.seen, [copy])
    plan.warnings += _remarks(maker.lookup.seen, document, copy, held)
    plan.warnings += _restored(tuple(lost.values()), request)
    if not request.dry_run:
        maker.keep_texts()
    return carry_out(session, actor, plan, terms, now)


def snapshots(session: Session, actor: Actor, request: SnapshotsRequest, now: datetime) -> Copies:
    """The archived copies of a document: what they are, how they came, whether all is held.

    Raises:
        NotFound: there is no such document that may be seen.
    """
    del now
    actor.require(Doing.READ)
    seen = access(session, actor)
    document = seen.find(Document, request.document)[0]
    return Copies(document=document, copies=copies_of(seen, document, request.archive))


def copies_of(seen: Access, document: Document, archive: Archive | None) -> tuple[Copy, ...]:
    """The copies of a document that may be seen."""
    cited = [passage.snapshot for passage in _passages(seen, document)]
    return tuple(
        Copy(
            snapshot=one,
            pages=pages_of(one, archive),
            passages=cited.count(one.id),
            missing=missing_of(one, archive),
        )
        for one in snapshots_of(seen.session, document.id)
    )


def chosen(document: Document, held: Sequence[Snapshot], named: str | None) -> Snapshot:
    """The copy that somebody means by its id or the beginning of it; the newest where unnamed.

    Raises:
        NotFound: the document has no copy, or none of that id.
        InputRefused: several begin like that.
    """
    if not held:
        message = (
            f"no copy of {called(document)!r} is archived;"
            f" archive one with `claims document snapshot {called(document)} FILE`"
        )
        raise NotFound(message)
    if named is None:
        return held[-1]
    wanted = named.strip().casefold()
    found = [one for one in held if len(wanted) >= SHORTEST_PREFIX and _begins(one.id, wanted)]
    names = ", ".join(str(one.id)[:8] for one in held)
    if not found:
        message = f"{named!r} is no copy of {called(document)!r}; its copies are {names}"
        raise NotFound(message)
    if len(found) > 1:
        message = f"{named!r} can mean {len(found)} copies ({names}); give more of the id"
        raise InputRefused(message)
    return found[0]


def with_text(session: Session, document: Document, named: str | None = None) -> Snapshot:
    """The copy of a document whose text is read: the newest that has one, or the one named.

    Raises:
        NotFound: no text of the document, or of the copy that is named, is archived.
        InputRefused: several copies begin like that.
    """
    held = snapshots_of(session, document.id)
    if named is not None:
        held = [chosen(document, held, named)]
    held = [one for one in held if has_text(one)]
    if held:
        return held[-1]
    name = called(document)
    whose = f"{name!r}" if named is None else f"the copy {named!r} of {name!r}"
    message = (
        f"no text of {whose} is archived; add a copy with `claims document snapshot {name} FILE`"
    )
    raise NotFound(message)


def _begins(id_: UUID, wanted: str) -> bool:
    return str(id_).startswith(wanted)


def _copy(maker: Maker, document: Document, request: SnapshotRequest) -> Snapshot:
    """The snapshot, read as if its document were entered with it."""
    fields = typed_fields(maker.lookup.seen, document)
    given = {**fields, "file": request.copy.wanted, "captured": dict(request.captured)}
    entries, faults = maker.make(Document.entity, given, "document", document.id)
    made = [one for entry in entries for one in entry.further if isinstance(one, Snapshot)]
    if faults or not made:
        raise DocumentFaults(faults)
    return replace(made[0], id=uuid4())


def _is_same(one: Snapshot, copy: Snapshot) -> bool:
    return (one.sha256, one.text_sha256) == (copy.sha256, copy.text_sha256)


def _tells_more(copy: Snapshot, same: Sequence[Snapshot]) -> bool:
    """Whether a copy tells of its capture what no record of the same bytes tells."""
    told = capture_known(copy)
    return not any(told <= capture_known(one) for one in same)


def _brought_back(held: Snapshot, copy: Snapshot, archive: Archive | None) -> dict[str, str]:
    """What the archive lost of a copy and the same file brings back: its SHA-256, and what it is.

    The record of a second exchange is never that of the first.
    """
    missing = missing_of(held, archive)
    return {
        sha256: what
        for sha256, what in held.kept.items()
        if what in missing and sha256 in copy.kept
    }


def _restored(lost: Sequence[str], request: SnapshotRequest) -> list[str]:
    kept = "would be kept again" if request.dry_run else "is kept again"
    return [f"the archive had lost the {listed(lost)}, which {kept}"] if lost else []


def _nothing_new(
    seen: Access, held: Snapshot, request: SnapshotRequest, lost: Sequence[str]
) -> Written:
    """That the bytes are known already; ``lost`` is what the archive had lost and has again."""
    item = WrittenItem(
        entity=Snapshot.entity,
        id=held.id,
        key=held.key,
        name=named(seen, held),
        version=1,
        state=Did.UNCHANGED,
    )
    told = ["the bytes are those that are archived already; nothing was added"]
    told += _restored(lost, request)
    if request.captured:
        told.append(
            "what you said of the capture was not recorded: a copy is never changed, and another"
            " record of the same bytes is made only of a time, a person or a program that none"
            " of theirs tells"
        )
    return Written(act=None, items=(item,), warnings=tuple(told), dry_run=request.dry_run)


def _passages(seen: Access, document: Document) -> list[Passage]:
    """The passages of a document that may be seen."""
    held = passages_of(seen.session, document.id)
    shown = seen.visible(Passage, [one.id for one in held])
    return [one for one in held if one.id in shown]


def _remarks(
    seen: Access, document: Document, copy: Snapshot, held: Sequence[Snapshot]
) -> list[str]:
    """What follows for the passages of older copies."""
    found = []
    if any(_is_same(one, copy) for one in held):
        found.append("the bytes are archived already; what is known of their capture is added")
    elif any(one.sha256 == copy.sha256 for one in held):
        found.append(f"the bytes are the same, but {copy.extractor} takes another text from them")
    older = _passages(seen, document)
    if older:
        count = f"{len(older)} {'passage is' if len(older) == 1 else 'passages are'}"
        found.append(
            f"{count} from older copies; `claims document reanchor {called(document)}` looks for"
            " the same words in this one"
        )
    return found
