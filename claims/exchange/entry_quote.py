"""The quote of a claim that is typed in: its place in the archived text, and the claim under it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from uuid import UUID

from claims.analysis.quote_finding import QuoteVerdict
from claims.analysis.quotes import line_of, locate
from claims.analysis.records import Document, Passage
from claims.errors import UnknownProfile
from claims.exchange.coded_claims import read_claim
from claims.exchange.coded_documents import CodedDocument, CodedPassage, read_passage
from claims.exchange.coded_texts import SourceText
from claims.exchange.coded_values import known_locale
from claims.exchange.draft import Draft
from claims.exchange.entry_fields import fields_of
from claims.exchange.structure import listed
from claims.exchange.yaml_nodes import Node, quoted, shown
from claims.values.quantity import parse_quantity

CONTEXT = 32
"""Code points that are kept before and after a quote, as the W3C's example of a selector has."""


def read_quoted(
    draft: Draft,
    document: Document,
    node: Node,
    text: tuple[UUID, SourceText] | None,
    locale: str,
) -> None:
    """Reads the passages of a claim and the claim itself.

    Args:
        draft: where records and faults are noted.
        document: the document that the claim stands in.
        node: the claim's fields with those of its passage.
        text: the document's archived text with the id of its snapshot, if there is one.
        locale: how digits are written where neither the claim nor its document's language says.
    """
    placed = None if draft.yes(node, "unplaced", default=False) else text
    snapshot, archived = placed or (None, None)
    coded = CodedDocument(
        key=str(document.id),
        id=document.id,
        node=_voice(document),
        locale=_locale(draft, document, node, locale),
        text=archived,
        decoded=archived.text if archived else "",
        language=document.language,
    )
    own = _in_own_words(draft, coded, node)
    first = _passage(draft, coded, document, snapshot, _singled(draft, coded, own))
    for item in node.items("also_in"):
        coded.keyed[item.words] = _further(draft, coded, document, snapshot, item)
    if node.get("quote") or "quote" in node.lost:
        read_claim(draft, coded, first, node)


def _voice(document: Document) -> Node:
    told = fields_of(document, lambda _, id_: str(id_))
    return Node("", 0, 0, {"voice": Node("", 0, 0, told["voice"])})


def _locale(draft: Draft, document: Document, node: Node, default: str) -> str | None:
    if node.get("locale"):
        return known_locale(draft, node, "locale")
    try:
        parse_quantity("1", locale=document.language)
    except UnknownProfile:
        return default
    return document.language


_CITED = (
    *("quote", "prefix", "suffix", "start", "end", "part", "anchor", "transcript_method"),
    *("ocr_confidence", "locators", "language", "translations"),
)


def _in_own_words(draft: Draft, coded: CodedDocument, node: Node) -> Node:
    """The fields with the text's own words and their place, where only typography differs."""
    quote, prefix, suffix = (node.text(name) for name in ("quote", "prefix", "suffix"))
    if not quote or not coded.text or node.get("start") or node.get("at"):
        return node
    if locate(coded.decoded, quote, prefix=prefix, suffix=suffix):
        return node
    found = coded.found(node)
    if found.verdict is not QuoteVerdict.TYPOGRAPHIC or not found.in_context:
        return node
    words = coded.decoded[found.start : found.end]
    draft.remarks.append(
        f"{shown(quote)} {found.explanation}; the words of the text are kept: {quoted(words)}"
    )
    own = {"quote": words, "start": str(found.start), "end": str(found.end)}
    fields = dict(node.value) if isinstance(node.value, dict) else {}
    fields |= {name: Node(name, 0, 0, said) for name, said in own.items()}
    left = {name: held for name, held in fields.items() if name not in {"prefix", "suffix"}}
    return replace(node, value=left)


def _singled(draft: Draft, coded: CodedDocument, node: Node) -> Node:
    """The passage's own fields, with the place that ``at`` chooses."""
    cited = {name: held for name in _CITED if (held := node.get(name))}
    quote = node.text("quote")
    if quote and coded.text and not node.get("start"):
        starts = locate(
            coded.decoded, quote, prefix=node.text("prefix"), suffix=node.text("suffix")
        )
        start = _chosen(draft, coded, node, starts)
        if start is not None:
            cited["start"] = Node("start", 0, 0, str(start))
            cited["end"] = Node("end", 0, 0, str(start + len(quote)))
    return Node(node.path, 0, 0, cited, dict.fromkeys(cited, (0, 0)), node.lost)


def _chosen(draft: Draft, coded: CodedDocument, node: Node, starts: tuple[int, ...]) -> int | None:
    """The place that the entry means, where the quote stands at all."""
    if not starts:
        return None
    given = node.text("at")
    at = int(given or 0)
    if 1 <= at <= len(starts):
        return starts[at - 1]
    if len(starts) == 1 and given is None:
        return starts[0]
    lines = listed(str(line_of(coded.decoded, start)) for start in starts)
    found = f"{shown(node.text('quote') or '')} {len(starts)} times, in lines {lines}"
    expected = f"at: which of them, from 1 to {len(starts)}; or a prefix or suffix"
    draft.fault(node, found, expected, "quote" if given is None else "at")
    return starts[0]


def _passage(
    draft: Draft, coded: CodedDocument, document: Document, snapshot: UUID | None, node: Node
) -> CodedPassage:
    """A passage, with the words around it where its place is known."""
    found = read_passage(draft, coded, document, snapshot, node)
    passage = cast("Passage", draft.records[found.id])
    if passage.start is None or passage.end is None:
        return found
    before, after = around(coded.decoded, passage.start, passage.end)
    draft.records[found.id] = replace(
        passage, prefix=passage.prefix or before, suffix=passage.suffix or after
    )
    return found


def around(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """Up to 32 code points before and after a place in a text, nothing at its very ends."""
    return text[max(0, start - CONTEXT) : start] or None, text[end : end + CONTEXT] or None


def _further(
    draft: Draft, coded: CodedDocument, document: Document, snapshot: UUID | None, item: Node
) -> CodedPassage:
    """A further passage: one that is held, by its id, or words of the text."""
    held = draft.names.ids.get((Passage.entity, item.words))
    if held is not None:
        known = draft.names.node(Passage.entity, item.words)
        return CodedPassage(held, (known.text("quote") if known else None) or "", item)
    quote = Node(item.path, 0, 0, item.words)
    node = _in_own_words(draft, coded, Node(item.path, 0, 0, {"quote": quote}))
    return _passage(draft, coded, document, snapshot, node)
