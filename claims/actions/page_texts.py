"""The texts that a page shows its figures in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.analysis.records import Passage, Snapshot
from claims.analysis.vocabulary import Sensitivity
from claims.archive.store import Archive
from claims.errors import NotFound
from claims.report.shape import DocumentEntry, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTextsRequest:
    """Which report is to be shown, and where the texts are archived."""

    report: Report
    archive: Archive


def page_texts(
    session: Session, actor: Actor, request: PageTextsRequest, now: datetime
) -> Mapping[UUID, str]:
    """The extracted texts of the documents that a report cites, by the id of the document.

    A text tells more than its quotes. So only those get it from whom nothing is hidden: the words
    of a claim that somebody must not see may stand in a document that they may. A document of
    which somebody recorded how many words may be quoted is left out as well, and so is one whose
    text the archive does not hold. Where a document has several archived copies, it is the text of
    the one that most of its cited passages are from.

    Args:
        session: an open unit of work; nothing is written.
        actor: who will read the page.
        request: the report and the archive.
        now: unused; every action has it.

    Raises:
        VerificationFailed: an archived text was altered.
        SetupError: the archive cannot be read.
    """
    del now
    actor.require(Doing.READ)
    if not actor.may_see(Sensitivity.RESTRICTED):
        return {}
    free = [d for d in request.report.documents if d.document.quotation_limit is None]
    copies = _copies(session, actor, free)
    return dict(_read(copies, request.archive))


def _copies(
    session: Session, actor: Actor, documents: Iterable[DocumentEntry]
) -> dict[UUID, Snapshot]:
    """The archived copy of each document that most of its passages are from; ties by its id."""
    seen = access(session, actor)
    cited = {passage.id for document in documents for passage in document.passages}
    passages = seen.records(Passage, cited)
    counts = Counter(found.snapshot for found in passages if found.snapshot is not None)
    held = seen.records(Snapshot, counts)
    ordered = sorted(held, key=lambda copy: (counts[copy.id], copy.id))
    return {copy.document: copy for copy in ordered}


def _read(copies: Mapping[UUID, Snapshot], archive: Archive) -> Iterator[tuple[UUID, str]]:
    for document, copy in copies.items():
        try:
            yield document, archive.read(copy.text_sha256).decode("utf-8")
        except NotFound:
            continue
