"""Checking quotes against archived texts: the document named first, then the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.entry_make import newest_text
from claims.actions.entry_names import called
from claims.analysis.quote_explain import misattributed
from claims.analysis.quote_find import QuoteIndex
from claims.analysis.quote_finding import QuoteFinding, QuoteVerdict
from claims.analysis.records import Document
from claims.analysis.vocabulary import Sensitivity
from claims.archive.store import Archive
from claims.errors import NotFound
from claims.store.access import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuote:
    """A quote as it is cited, and what singles out its place (see :func:`claims.find_quote`)."""

    quote: str
    prefix: str | None = None
    suffix: str | None = None
    hint: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckQuoteRequest:
    """Quotes of one document, and where the texts are archived.

    ``language`` is that of the text, where the document does not say it.
    """

    document: str
    quotes: tuple[AskedQuote, ...]
    archive: Archive
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotesChecked:
    """What was found of each quote, in the order asked.

    ``searched`` counts the other documents that were looked through for what this one has not.
    """

    document: UUID
    key: str | None
    title: str
    findings: tuple[QuoteFinding, ...]
    searched: int


def check_quote(
    session: Session, actor: Actor, request: CheckQuoteRequest, now: datetime
) -> QuotesChecked:
    """Whether quotes stand in the archived text of a document, or in that of another.

    A finding tells words of the text, so the rule of :func:`claims.actions.read_document` holds:
    texts are shown to those who enter claims, and to those from whom nothing is hidden.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; documents that they may not see are not looked through.
        request: the quotes, and the document that they are said to be from.
        now: unused; every action has it.

    Raises:
        NotPermitted: a reader from whom something may be hidden.
        NotFound: no such document may be seen, or no text of it is archived.
        VerificationFailed: an archived text was altered.
    """
    del now
    actor.require(Doing.READ)
    if not actor.may_see(Sensitivity.RESTRICTED):
        actor.require(Doing.ENTER)
    seen = access(session, actor)
    document, _ = seen.find(Document, request.document)
    text = _text(seen, document, request.archive)
    if text is None:
        message = (
            f"no text of {called(document)!r} is archived; add a copy with"
            f" `claims document snapshot {called(document)} FILE`"
        )
        raise NotFound(message)
    language = document.language or request.language or "en"
    index = QuoteIndex(text)
    findings = [_find(index, asked, language) for asked in request.quotes]
    lost = [place for place, finding in enumerate(findings) if finding.verdict in _NOT_HERE]
    searched = 0
    for other, words in _others(seen, document, request.archive) if lost else ():
        searched += 1
        index = QuoteIndex(words)
        for place in [at for at in lost if not findings[at].document]:
            asked = request.quotes[place]
            found = _find(index, asked, other.language or request.language or "en")
            if found.ok:
                findings[place] = _of_another(findings[place], other, found)
    return QuotesChecked(
        document=document.id,
        key=document.key,
        title=document.title,
        findings=tuple(findings),
        searched=searched,
    )


_NOT_HERE = frozenset({QuoteVerdict.ALTERED, QuoteVerdict.SPLICED, QuoteVerdict.ABSENT})


def _find(index: QuoteIndex, asked: AskedQuote, language: str) -> QuoteFinding:
    return index.find(
        asked.quote,
        prefix=asked.prefix,
        suffix=asked.suffix,
        hint=asked.hint,
        language=language,
    )


def _of_another(here: QuoteFinding, other: Document, found: QuoteFinding) -> QuoteFinding:
    """The finding in the document named, with where the words do stand."""
    return replace(
        here,
        verdict=QuoteVerdict.MISATTRIBUTED,
        document=called(other),
        explanation=misattributed(called(other), found),
    )


def _others(seen: Access, document: Document, archive: Archive) -> Iterator[tuple[Document, str]]:
    """The other documents that may be seen, with their texts where those are held."""
    for other in seen.records(Document):
        text = None if other.id == document.id else _text(seen, other, archive)
        if text is not None:
            yield other, text


def _text(seen: Access, document: Document, archive: Archive) -> str | None:
    """The text of the newest archived copy; ``None`` where none is held."""
    copy = newest_text(seen.session, document)
    if copy is None:
        return None
    try:
        return archive.read(copy.text_sha256).decode("utf-8")
    except NotFound:
        return None
