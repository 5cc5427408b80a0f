"""Documents that a list of retractions names: told, and marked where that is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access, check_write
from claims.analysis.records import Document
from claims.analysis.retractions import Concerned, Retraction, concerned
from claims.analysis.vocabulary import DocumentStatus
from claims.store.acts import Run
from claims.store.cited import Wanted, claim_ids
from claims.store.writer import Writer

NAME = "bibliography retractions"
"""What the action is called in the history."""

_LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionsRequest:
    """The notices of a list, gone through once; ``mark`` sets the status of what they are on.

    ``origin`` is the name of the list. A document that only its title tells is never marked.
    """

    notices: Iterable[Retraction]
    origin: str
    mark: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractedDocument:
    """A document that a list names; ``claims`` counts the claims that may be seen and rest on it.

    ``status`` is what the notices make of it, ``None`` where they make nothing of it;
    ``marked`` says that it was set to that now, or would be.
    """

    id: UUID
    key: str | None
    title: str
    before: DocumentStatus
    status: DocumentStatus | None
    by: str
    notices: tuple[Retraction, ...]
    claims: int
    marked: bool


def retractions(
    session: Session, actor: Actor, request: RetractionsRequest, now: datetime
) -> tuple[RetractedDocument, ...]:
    """The documents that a list of retractions names, in the order written.

    Args:
        session: of a writing unit where documents are to be marked.
        actor: who asks; to mark, at least an enterer.
        request: the notices, and whether to mark.
        now: the time of the marks.

    Raises:
        NotPermitted: the role does not allow to mark.
        DocumentFaults: the list cannot be read.
    """
    actor.require(Doing.EDIT if request.mark else Doing.READ)
    seen = access(session, actor)
    documents = {one.id: one for one in seen.records(Document)}
    found = concerned(list(documents.values()), request.notices)
    changing = [one for one in found if _changes(documents[one.document], one)]
    if request.mark and not request.dry_run:
        _mark(session, actor, request, documents, changing, now)
    marked = {one.document for one in changing} if request.mark else set()
    return tuple(
        RetractedDocument(
            id=one.document,
            key=documents[one.document].key,
            title=documents[one.document].title,
            before=documents[one.document].status,
            status=one.status,
            by=one.by,
            notices=one.notices,
            claims=sum(
                1 for _ in claim_ids(session, seen.clearance, Wanted(document=one.document))
            ),
            marked=one.document in marked,
        )
        for one in found
    )


def _changes(document: Document, found: Concerned) -> bool:
    return found.sure and found.status is not None and found.status is not document.status


def _mark(  # noqa: PLR0913, PLR0917 -- what an action is given, and what it found
    session: Session,
    actor: Actor,
    request: RetractionsRequest,
    documents: dict[UUID, Document],
    changing: Iterable[Concerned],
    now: datetime,
) -> None:
    """Set the status of the documents, as one run; the reason names the notices."""
    after = {
        one.document: replace(documents[one.document], status=one.status)
        for one in changing
        if one.status is not None
    }
    told = "; ".join(
        f"{documents[one.document].key or documents[one.document].title}: {one.notices[-1]}"
        for one in changing
    )
    reason = f"{NAME}: {request.origin}: {told}"[:_LONGEST_REASON]
    writer = Writer(session, actor.name, now, reason, run=Run(NAME))
    for id_, document in after.items():
        check_write(actor, documents[id_], document, reason)
        writer.update(document, version=None)
