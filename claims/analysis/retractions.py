"""Which documents were retracted or corrected, by a list of notices as Retraction Watch has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from claims.analysis.bibliographic import identifiers
from claims.analysis.csl_dates import edtf_of
from claims.analysis.likeness import Name
from claims.analysis.records import Document
from claims.analysis.vocabulary import DocumentStatus
from claims.errors import InvalidValue
from claims.values.identifiers import check_identifier

_SHORTEST = 3
"""Words that a title must have to tell a work without its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """One notice: what it did to which work, when, why, and where that is said.

    ``nature`` is the list's word: *Retraction*, *Correction*, *Expression of concern* or
    *Reinstatement*. ``date`` and ``original_date`` are EDTF days, ``line`` is the row of the list.
    """

    record: str
    nature: str
    title: str = ""
    journal: str = ""
    date: str | None = None
    notice: str = ""
    doi: str = ""
    pmid: str = ""
    original_date: str | None = None
    reasons: tuple[str, ...] = ()
    line: int = 0

    def __str__(self) -> str:
        """``Retraction of 2010-02-02 (falsification of data), record 1``."""
        when = f" of {self.date}" if self.date else ""
        why = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        return f"{self.nature or 'Notice'}{when}{why}, record {self.record}"


@dataclass(frozen=True, slots=True)
class Concerned:
    """A document with the notices on it, the earliest first.

    ``by`` says how it was found: ``DOI``, ``PMID``, or ``title``, which only suggests it.
    """

    document: UUID
    by: str
    notices: tuple[Retraction, ...]

    @property
    def sure(self) -> bool:
        """Whether a number tells the document, not its title."""
        return self.by != "title"

    @property
    def status(self) -> DocumentStatus | None:
        """What the notices make of it, one after the other; a concern alone makes nothing."""
        found: DocumentStatus | None = None
        for notice in self.notices:
            nature = notice.nature.casefold()
            if nature == "retraction":
                found = DocumentStatus.RETRACTED
            elif nature == "reinstatement":
                found = DocumentStatus.CURRENT
            elif nature == "correction" and found is not DocumentStatus.RETRACTED:
                found = DocumentStatus.CORRECTED
        return found


def concerned(
    documents: Sequence[Document], notices: Iterable[Retraction]
) -> tuple[Concerned, ...]:
    """The documents that a list of notices names, in their own order.

    The list may be long: it is gone through once, and only what concerns a document is kept. A
    title tells a document where the year or the journal is the same too and no number differs.
    """
    index: defaultdict[Hashable, list[Document]] = defaultdict(list)
    for document in documents:
        for mark in _marks(document):
            index[mark].append(document)
    found: defaultdict[UUID, dict[str, list[Retraction]]] = defaultdict(dict)
    for notice in notices:
        for document, by in _named(notice, index):
            found[document.id].setdefault(by, []).append(notice)
    return tuple(
        _told(document, found[document.id]) for document in documents if document.id in found
    )


def _told(document: Document, found: Mapping[str, list[Retraction]]) -> Concerned:
    by = next(name for name in ("DOI", "PMID", "title") if name in found)
    sure = [one for name in ("DOI", "PMID") for one in found.get(name, ())]
    notices = {one.record: one for one in (sure or found["title"])}
    return Concerned(document.id, by, tuple(sorted(notices.values(), key=_when)))


def _when(notice: Retraction) -> tuple[str, str]:
    return notice.date or "", notice.record


def _marks(document: Document) -> Iterator[Hashable]:
    yield from (("DOI", doi) for name, doi in identifiers(document.csl) if name == "DOI")
    if pmid := _bare("PMID", str(document.csl.get("PMID") or "")):
        yield "PMID", pmid
    yield "title", Name.of(document.title).folded


def _named(
    notice: Retraction, index: Mapping[Hashable, list[Document]]
) -> Iterator[tuple[Document, str]]:
    """The documents that a notice may be on, each with what tells it."""
    for by, text in (("DOI", notice.doi), ("PMID", notice.pmid)):
        bare = _bare(by, text)
        yield from ((one, by) for one in index.get((by, bare), ()) if bare)
    title = Name.of(notice.title)
    if len(title.words) >= _SHORTEST:
        for one in index.get(("title", title.folded), ()):
            if _same_work(one, notice):
                yield one, "title"


def _same_work(document: Document, notice: Retraction) -> bool:
    own = [doi for name, doi in identifiers(document.csl) if name == "DOI"]
    if own and _bare("DOI", notice.doi) not in {"", *own}:
        return False
    year = edtf_of(document.csl.get("issued"))[:4]
    journal = Name.of(str(document.csl.get("container-title") or "")).folded
    same_year = bool(year) and year == (notice.original_date or "")[:4]
    return same_year or (bool(journal) and journal == Name.of(notice.journal).folded)


def _bare(name: str, text: str) -> str:
    try:
        return check_identifier(name, text)
    except InvalidValue:
        return ""
