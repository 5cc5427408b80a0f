"""The texts of the documents with the cited words marked: whole, or in extracts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.analysis.wording import plural
from claims.report.shape import DocumentEntry, PassageEntry

WHOLE = 30_000
"""Texts of up to so many code points are shown whole, longer ones in extracts."""

AROUND = 500
"""So many code points are shown before and after each passage of an extract."""

NOT_HELD = "The text is not part of this page; these are the words as they were cited."
LIMITED = "No more than the cited words is shown: {} may be quoted of this document."
GAPS = "Shown are the cited words and those around them; a gap says how much is left out."
APART = "Not found at their recorded place in the text above; the words as they were cited:"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the text that the same passages cite; ``opens`` are those that begin with it."""

    text: str
    passages: tuple[int, ...] = ()
    opens: tuple[PassageEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text; ``gap`` says how much is left out in its place."""

    pieces: tuple[Piece, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a document: its lines, and passages that stand by themselves."""

    remark: str = ""
    lines: tuple[Line, ...] = ()
    apart: tuple[PassageEntry, ...] = ()
    apart_remark: str = ""


def shown_text(document: DocumentEntry, text: str | None) -> Shown:
    """The document's text with its passages marked.

    A passage is marked where the text holds its very words at its recorded place. Where somebody
    recorded how many words may be quoted, and where no text is at hand, only the passages are
    shown.

    Args:
        document: as cited.
        text: the whole extracted text; ``None`` where it is not at hand.
    """
    limit = document.document.quotation_limit
    if limit is not None:
        return Shown(LIMITED.format(plural(limit, "word")), (), document.passages)
    if text is None:
        return Shown(NOT_HELD, (), document.passages)
    placed = [found for found in document.passages if _stands(found, text)]
    apart = tuple(found for found in document.passages if not _stands(found, text))
    whole = len(text) <= WHOLE
    lines = tuple(_lines(text, placed, [(0, len(text))] if whole else _extracts(placed, text)))
    return Shown("" if whole else GAPS, lines, apart, APART if apart else "")


def _stands(passage: PassageEntry, text: str) -> bool:
    start, end = passage.start, passage.end
    return start is not None and end is not None and text[start:end] == passage.exact


def _span(passage: PassageEntry) -> Span:
    return passage.start or 0, passage.end or 0


def _extracts(placed: Sequence[PassageEntry], text: str) -> list[Span]:
    """The parts to show: each passage with what is around it, to the ends of words."""
    found: list[Span] = []
    for start, end in sorted(map(_span, placed)):
        low, high = _word_start(text, start - AROUND), _word_end(text, end + AROUND)
        if found and low <= found[-1][1]:
            before = found.pop()
            low, high = before[0], max(high, before[1])
        found.append((low, high))
    return found


def _word_start(text: str, at: int) -> int:
    return text.find(" ", at) + 1 if at > 0 and " " in text[at : at + AROUND] else max(at, 0)


def _word_end(text: str, at: int) -> int:
    return text.rfind(" ", 0, at) if at < len(text) and " " in text[at - AROUND : at] else at


def _lines(text: str, placed: Sequence[PassageEntry], parts: Sequence[Span]) -> Iterator[Line]:
    at = 0
    for low, high in parts:
        if low > at:
            yield Line(gap=plural(low - at, "character"))
        yield from _broken(text, placed, (low, min(high, len(text))))
        at = min(high, len(text))
    if at < len(text):
        yield Line(gap=plural(len(text) - at, "character"))


def _broken(text: str, placed: Sequence[PassageEntry], part: Span) -> Iterator[Line]:
    """The part line by line; a passage that runs over a line end is marked on both lines."""
    at = part[0]
    for line in text[part[0] : part[1]].split("\n"):
        end = at + len(line)
        here = [found for found in placed if _span(found)[0] < end and _span(found)[1] > at]
        yield Line(tuple(_pieces(text, here, (at, end))))
        at = end + 1


def _pieces(text: str, here: Sequence[PassageEntry], line: Span) -> Iterator[Piece]:
    edges = {max(line[0], min(line[1], edge)) for found in here for edge in _span(found)}
    cuts = sorted({*edges, *line})
    for low, high in pairwise(cuts):
        over = [found for found in here if _span(found)[0] <= low and high <= _span(found)[1]]
        opens = tuple(found for found in over if max(_span(found)[0], 0) == low)
        yield Piece(text[low:high], tuple(found.number for found in over), opens)
