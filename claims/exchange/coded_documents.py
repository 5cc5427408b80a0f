"""The documents of a hand-coding file: archived texts, passages, uncoded sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from claims.analysis.canonical import content_id
from claims.analysis.csl_dates import impossible_part
from claims.analysis.quote_find import QuoteIndex
from claims.analysis.quote_finding import QuoteFinding
from claims.analysis.quotes import (
    Located,
    QuoteNotFound,
    QuoteNotUnique,
    check_place,
    line_of,
    locate,
    single_place,
)
from claims.analysis.records import Document, Locator, Passage, Translation
from claims.analysis.vocabulary import (
    Anchor,
    DocumentStatus,
    Part,
    Sensitivity,
    Tier,
    TranslationMethod,
)
from claims.exchange.coded_texts import SourceText, add_snapshot, read_text
from claims.exchange.coded_values import known_locale
from claims.exchange.draft import NOBODY, Draft
from claims.exchange.structure import listed
from claims.exchange.yaml_nodes import Node, quoted, shown

_CSL_DATES = ("issued", "accessed", "original-date", "event-date", "submitted", "available-date")
_LISTED = 10
_CSL_DATE = 'a date in EDTF, as 1992-02-25, or of CSL, as {"date-parts": [[1992, 2, 25]]}'


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A part of a text that makes no claim, and why; half-open, in code points."""

    document: UUID
    quote: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage with the node it was read from, for the claims under it."""

    id: UUID
    quote: str
    node: Node


@dataclass(slots=True)
class CodedDocument:
    """A document while its claims are read."""

    key: str
    id: UUID
    node: Node
    locale: str | None
    text: SourceText | None
    decoded: str
    language: str
    passages: list[CodedPassage] = field(default_factory=list)
    keyed: dict[str, CodedPassage] = field(default_factory=dict)
    uncoded: list[Uncoded] = field(default_factory=list)
    index: QuoteIndex = field(init=False)

    def __post_init__(self) -> None:
        """Let the quotes of one text share what is made of it."""
        self.index = QuoteIndex(self.decoded)

    def found(self, quote: Node) -> QuoteFinding:
        """What is found of the quote of a passage or an uncoded sentence."""
        return self.index.find(
            quote.text("quote") or "",
            prefix=quote.text("prefix"),
            suffix=quote.text("suffix"),
            language=self.language,
        )


def read_document(draft: Draft, key: str, node: Node, locale: str | None) -> CodedDocument:
    """Reads a document, its text and its passages; its claims are left to the caller.

    ``locale`` is the file's, which holds where the document gives none; without one no value is
    read, because the fault is noted already.
    """
    record = read_item(draft, key, node)
    draft.add(record, node)
    if node.get("locale"):
        locale = known_locale(draft, node, "locale")
    text = read_text(draft, record.id, node)
    snapshot = add_snapshot(draft, record, node, text) if text else None
    decoded = text.text if text else ""
    coded = CodedDocument(key, record.id, node, locale, text, decoded, record.language)
    for item in node.items("passages"):
        coded.passages.append(read_passage(draft, coded, record, snapshot, item))
    for item in node.items("uncoded"):
        coded.uncoded.append(_uncoded(draft, coded, item))
    return coded


def read_item(draft: Draft, key: str, node: Node) -> Document:
    """Reads a document alone, without its text and its passages."""
    limit = node.text("quotation_limit")
    return Document(
        id=draft.id("document", key),
        key=key,
        csl=_csl(draft, node),
        voice=draft.must(node, "voice", "source"),
        tier=draft.word(node, "tier", Tier.PRIMARY),
        language=node.text("language") or draft.root.text("language") or "und",
        status=draft.word(node, "status", DocumentStatus.CURRENT),
        licence=node.text("licence"),
        quotation_limit=int(limit) if limit else None,
        sensitivity=draft.word(node, "sensitivity", Sensitivity.PUBLIC),
    )


def _csl(draft: Draft, node: Node) -> Mapping[str, object]:
    """The bibliographic item as it stands; dates must be EDTF, or those of CSL with numbers."""
    item = node.get("csl")
    if item is None:
        return {}
    for name in _CSL_DATES:
        draft.edtf(item, name)
        plain = date.plain if (date := item.get(name)) else ""
        if not isinstance(plain, str) and (found := impossible_part(plain)):
            draft.fault(item, found, _CSL_DATE, name)
    plain = item.plain
    return plain if isinstance(plain, dict) else {}


def read_passage(
    draft: Draft, coded: CodedDocument, document: Document, snapshot: UUID | None, node: Node
) -> CodedPassage:
    """Reads one passage of a document, and finds its place in the text."""
    quote = node.text("quote") or ""
    anchor = draft.word(node, "anchor", Anchor.TEXT)
    place = _place(draft, coded, node) if anchor is Anchor.TEXT else None
    if anchor is not Anchor.TEXT and node.text("transcript_method") is None:
        found = f"a {anchor.value} without its method of transcription"
        draft.fault(node, found, "transcript_method: how the words were taken from it", "anchor")
    key = node.text("key")
    nameless = Passage(
        id=NOBODY,
        key=key and f"{coded.key}/{key}",
        document=coded.id,
        snapshot=snapshot,
        exact=quote,
        prefix=node.text("prefix"),
        suffix=node.text("suffix"),
        start=place.start if place else None,
        end=place.end if place else None,
        anchor=anchor,
        transcript_method=node.text("transcript_method"),
        ocr_confidence=_ocr(draft, node),
        part=draft.word(node, "part", Part.BODY),
        locators=tuple(Locator(kind=k, value=n.words) for k, n in node.entries("locators").items()),
        language=node.text("language") or document.language,
        translations=tuple(_translation(draft, item) for item in node.items("translations")),
    )
    id_ = content_id(draft.names.namespace, nameless)
    if key in coded.keyed:
        draft.fault(node, f"{shown(key)} a second time", "each passage key once a document", "key")
    draft.add(replace(nameless, id=id_), node)
    passage = CodedPassage(id_, quote, node)
    if key:
        coded.keyed.setdefault(key, passage)
    return passage


def _translation(draft: Draft, node: Node) -> Translation:
    return Translation(
        language=node.text("language") or "und",
        text=node.text("text") or "",
        translator=node.text("translator") or "",
        method=draft.word(node, "method", TranslationMethod.HUMAN),
    )


def _ocr(draft: Draft, node: Node) -> Decimal | None:
    words = node.text("ocr_confidence")
    if words is None:
        return None
    if not 0 <= Decimal(words) <= 1:
        draft.fault(node, shown(words), "a number from 0 to 1", "ocr_confidence")
    return Decimal(words)


def _uncoded(draft: Draft, coded: CodedDocument, node: Node) -> Uncoded:
    place = _place(draft, coded, node) or Located(0, 0)
    if coded.text is None and not coded.node.lost and coded.node.get("text") is None:
        draft.fault(
            node, "an uncoded sentence of a document without text", "text: the archived text"
        )
    quote, reason = node.text("quote") or "", node.text("reason") or ""
    return Uncoded(coded.id, quote, place.start, place.end, reason)


def _place(draft: Draft, coded: CodedDocument, node: Node) -> Located | None:
    """Where the quote of a node stands in the archived text, if there is one."""
    quote = node.text("quote")
    if coded.text is None or quote is None:
        return None
    text, prefix, suffix = coded.decoded, node.text("prefix"), node.text("suffix")
    file = shown(coded.text.name)
    given = _given(node)
    try:
        if given:
            return check_place(text, quote, *given)
        return single_place(text, quote, prefix=prefix, suffix=suffix)
    except QuoteNotUnique as error:
        draft.fault(node, f"{error} of {file}", "a prefix or suffix that singles one out", "quote")
    except QuoteNotFound as error:
        if given:
            expected = f"the quote {shown(quote)} there, or no start and end"
            draft.fault(node, str(error), expected, "start")
        else:
            found = _unlike(coded, node)
            draft.fault(node, found, f"words that stand in {file}, to the letter", "quote")
    return None


def _unlike(coded: CodedDocument, node: Node) -> str:
    """What the text has instead of a quote; where only typography differs, to be copied."""
    quote, text = node.text("quote") or "", coded.decoded
    if starts := locate(text, quote):
        lines = listed(str(line_of(text, start)) for start in starts[:_LISTED])
        told = f"{shown(quote)} without that prefix or suffix (in lines {lines})"
        places = [(start, start + len(quote)) for start in starts]
    else:
        found = coded.found(node)
        told = f"{shown(quote)} ({found.verdict.value.replace('_', ' ')}): {found.explanation}"
        places = [(place.start, place.end) for place in found.places]
        if found.start is not None and found.end is not None:
            places = [(found.start, found.end)]
    return f"{told}; to be copied: {_to_copy(text, node, *places[0])}" if len(places) == 1 else told


def _to_copy(text: str, node: Node, start: int, end: int) -> str:
    """The text's own words for those of a node that it has otherwise."""
    before, after = len(node.text("prefix") or ""), len(node.text("suffix") or "")
    held = {
        "prefix": text[max(0, start - before) : start],
        "quote": text[start:end],
        "suffix": text[end : end + after],
    }
    return listed(
        f"{name}: {quoted(words)}"
        for name, words in held.items()
        if words != (node.text(name) or "")
    )


def _given(node: Node) -> tuple[int, int] | None:
    """The offsets that the file gives, if it does."""
    start, end = node.text("start"), node.text("end")
    return (int(start), int(end)) if start and end else None
