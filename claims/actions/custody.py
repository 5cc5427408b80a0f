"""The custody of archived copies: the log of each, checking them, and handing copies out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.snapshots import chosen
from claims.analysis.blank import NO_HASH
from claims.analysis.records import Document, Snapshot
from claims.archive.store import Archive
from claims.errors import ClaimsError, InputRefused
from claims.store.acts import Run
from claims.store.cited import snapshots_of
from claims.store.custody import Custody, custody
from claims.store.tables.evidence import CUSTODY
from claims.store.writer import Writer

BY_HAND = tuple(word for word in CUSTODY if word != "stored")
"""What somebody may add to a log: that something was stored is written as it happens."""

_ADD, _CHECK = "document custody", "document check"
LOGGED = frozenset({_ADD, _CHECK, "document export"})
"""Actions that only write custody logs, which are never taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyRequest:
    """The log of which document's copies."""

    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyAddRequest:
    """What happened to a copy; ``snapshot`` is its id or the beginning of it, else the newest."""

    document: str
    action: str
    note: str | None = None
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEntry:
    """An entry of the log of one copy."""

    snapshot: UUID
    entry: Custody


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """Which documents to check, all that may be seen where none is named."""

    archive: Archive
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFault:
    """Something that the archive no longer holds as it was archived.

    ``what`` is the copy, its text, its layout or the record of its fetch; ``told`` says which
    file, what was found and expected, and how to mend it.
    """

    document: Document
    snapshot: UUID
    what: str
    sha256: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The copies that were read again, and every fault that was found in them."""

    documents: int
    snapshots: tuple[UUID, ...]
    files: int
    faults: tuple[CheckFault, ...]


def custody_log(
    session: Session, actor: Actor, request: CustodyRequest, now: datetime
) -> tuple[Document, tuple[CustodyEntry, ...]]:
    """What happened to each copy of a document, the earliest first.

    Raises:
        NotFound: there is no such document that may be seen.
    """
    del now
    actor.require(Doing.READ)
    document = access(session, actor).find(Document, request.document)[0]
    return document, tuple(
        CustodyEntry(snapshot=one.id, entry=entry)
        for one in snapshots_of(session, document.id)
        for entry in custody(session, one.id)
    )


def add_custody(
    session: Session, actor: Actor, request: CustodyAddRequest, now: datetime
) -> tuple[Document, CustodyEntry]:
    """Write down what happened to a copy; an entry is never taken back.

    Raises:
        NotPermitted: the role does not allow it.
        NotFound: there is no such document that may be seen, or no such copy of it.
        InputRefused: there is no such action, or several copies could be meant.
    """
    actor.require(Doing.ENTER)
    if request.action not in BY_HAND:
        message = f"{request.action!r} cannot be added; give one of {', '.join(BY_HAND)}"
        raise InputRefused(message)
    document = access(session, actor).find(Document, request.document)[0]
    copy = chosen(document, snapshots_of(session, document.id), request.snapshot)
    writer = Writer(session, actor.name, now, run=Run(_ADD))
    writer.custody(copy.id, request.action, (request.note or "").strip() or None)
    return document, CustodyEntry(snapshot=copy.id, entry=custody(session, copy.id)[-1])


def check_copies(session: Session, actor: Actor, request: CheckRequest, now: datetime) -> Checked:
    """Read archived copies and all that was taken from them again; nothing is written.

    Every file is read, few bytes at a time, and compared with its SHA-256: a bit that flipped
    and a file that was replaced are found alike. :func:`note_checks` writes the result down.

    Raises:
        NotFound: there is no such document that may be seen.
    """
    del now
    actor.require(Doing.READ)
    seen = access(session, actor)
    documents = [seen.find(Document, name)[0] for name in request.documents]
    documents = list({one.id: one for one in documents or seen.records(Document)}.values())
    held = [(one, copy) for one in documents for copy in _whole(session, one)]
    faults = [fault for one, copy in held for fault in _faults(one, copy, request.archive)]
    return Checked(
        documents=len(documents),
        snapshots=tuple(copy.id for _, copy in held),
        files=sum(len(copy.kept) for _, copy in held),
        faults=tuple(faults),
    )


def note_checks(session: Session, actor: Actor, request: Checked, now: datetime) -> int:
    """Write into the log of each copy that it was checked, and what was wrong; returns how many.

    Raises:
        NotPermitted: the role does not allow it.
    """
    actor.require(Doing.ENTER)
    writer = Writer(session, actor.name, now, run=Run(_CHECK))
    for snapshot in request.snapshots:
        wrong = [one.what for one in request.faults if one.snapshot == snapshot]
        writer.custody(snapshot, "checked", _note(wrong))
    return len(request.snapshots)


def _note(wrong: Sequence[str]) -> str | None:
    return f"found missing or altered: {', '.join(wrong)}" if wrong else None


def _whole(session: Session, document: Document) -> list[Snapshot]:
    """The copies of a document that nobody erased."""
    return [one for one in snapshots_of(session, document.id) if one.sha256 != NO_HASH]


def _faults(document: Document, copy: Snapshot, archive: Archive) -> Iterator[CheckFault]:
    for sha256, what in copy.kept.items():
        try:
            archive.check(sha256)
        except ClaimsError as error:
            yield CheckFault(
                document=document, snapshot=copy.id, what=what, sha256=sha256, told=str(error)
            )
