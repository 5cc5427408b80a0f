"""What may be entered from a quote: where it stands, and what its words propose. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.entry_names import claim_words
from claims.actions.snapshots import with_text
from claims.analysis.proposal import Known, Names, Proposal, propose
from claims.analysis.quote_find import find_quote
from claims.analysis.quote_finding import QuoteFinding
from claims.analysis.records import (
    Claim,
    Document,
    Passage,
    Place,
    Project,
    Question,
    Record,
    Source,
    Term,
)
from claims.analysis.vocabulary import ValueKind
from claims.archive.store import Archive
from claims.errors import UnknownProfile
from claims.store.access import Access
from claims.store.cited import Wanted, claim_ids
from claims.values.quantity import parse_quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeRequest:
    """The quote, the document in whose newest archived text it is looked for, and the question.

    ``prefix`` and ``suffix`` single a place out, where the quote stands in several.
    """

    document: str
    quote: str
    archive: Archive
    question: str | None = None
    prefix: str | None = None
    suffix: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What was found of a quote; ``proposal`` is ``None`` where it has no place in the text.

    ``words`` are those of the text at that place, to be entered to the letter. ``voices`` are the
    names of the proposed speakers' sources by their ids; ``entered`` are the claims that quote
    some of these words already.
    """

    finding: QuoteFinding
    words: str = ""
    proposal: Proposal | None = None
    voices: dict[UUID, str]
    entered: tuple[str, ...] = ()


def propose_claim(
    session: Session, actor: Actor, request: ProposeRequest, now: datetime
) -> Proposed:
    """What a quote may be coded as: its place, its values, hedges and speakers.

    Args:
        session: an open unit of work; nothing is written.
        actor: who wants to enter; at least an enterer.
        request: the quote and its document.
        now: unused; every action has it.

    Raises:
        NotPermitted: the role may not enter claims.
        NotFound: no such document or question may be seen, or no text of it is archived.
        VerificationFailed: the archived text was altered.
    """
    del now
    actor.require(Doing.ENTER)
    seen = access(session, actor)
    document, _ = seen.find(Document, request.document)
    question = seen.find(Question, request.question)[0] if request.question else None
    snapshot = with_text(session, document)
    text = request.archive.read(snapshot.text_sha256).decode("utf-8")
    finding = find_quote(
        text,
        request.quote,
        prefix=request.prefix,
        suffix=request.suffix,
        language=document.language,
    )
    if not finding.ok or finding.start is None or finding.end is None:
        return Proposed(finding=finding, voices={})
    proposal = propose(text, finding.start, finding.end, _known(seen, document, question))
    sources = {one.source for one in proposal.speakers} - {None}
    return Proposed(
        finding=finding,
        words=text[finding.start : finding.end],
        proposal=proposal,
        voices={one.id: one.name for one in seen.records(Source) if one.id in sources},
        entered=tuple(_entered(seen, document, snapshot.id, finding.start, finding.end)),
    )


def _known(seen: Access, document: Document, question: Question | None) -> Known:
    project = next(iter(seen.records(Project)), None)
    kind = question.value_kind if question else None
    answers: dict[ValueKind | None, type[Record]] = {
        ValueKind.CATEGORY: Term,
        ValueKind.PLACE: Place,
    }
    named = answers.get(kind)
    return Known(
        language=document.language,
        locale=_locale(document.language, project.locale if project else "en"),
        voices=_names(seen, Source, without=document.voice),
        kind=kind,
        named=_names(seen, named) if named else {},
    )


def _locale(language: str, default: str) -> str:
    """How digits are written: as the document's language has it, where that is known."""
    try:
        parse_quantity("1", locale=language)
    except UnknownProfile:
        return default
    return language


def _names(seen: Access, kind: type[Record], *, without: UUID | None = None) -> Names:
    return {one.id: one.names for one in seen.called(kind) if one.id != without}


def _entered(
    seen: Access, document: Document, snapshot: UUID, start: int, end: int
) -> Iterable[str]:
    """The claims of this copy whose quotes touch these words."""
    ids = claim_ids(seen.session, seen.clearance, Wanted(document=document.id))
    claims = seen.records(Claim, ids)
    cited = seen.records(Passage, {passage for claim in claims for passage in claim.passages})
    touching = {
        one.id
        for one in cited
        if one.snapshot == snapshot and (one.start or 0) < end and (one.end or 0) > start
    }
    for claim in claims:
        if touching.intersection(claim.passages):
            yield f"{claim_words(seen, claim)} [{claim.key or str(claim.id)[:8]}]"
