"""Quotes whose maker marked what was left out ("…", "[…]") or put in ("[the villages]")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from claims.analysis.quote_fold import Folded, fold

_MARK = re.compile(r"\s*(?:\[…\]|\(…\)|…|\[(?P<inserted>[^\[\]]+)\])\s*")


class Mark(StrEnum):
    """What a mark between two pieces says."""

    LEFT_OUT = "left out"
    PUT_IN = "put in"
    CAPITAL = "capital"
    """``[T]he`` for ``the``: the letter alone was changed."""
    ENDING = "ending"
    """``kill[ed]`` for ``killing``: the ending alone was changed."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A mark, and the words in its brackets."""

    mark: Mark
    inserted: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that shall stand in the text; ``first`` is a letter of either size before them."""

    words: Folded
    first: str = ""
    open_end: bool = False

    def forms(self) -> Iterator[Folded]:
        """The ways in which the piece may be written."""
        if self.first:
            for letter in dict.fromkeys((self.first.lower(), self.first.upper())):
                yield fold(letter + self.words.text)
        else:
            yield self.words


@dataclass(frozen=True, slots=True)
class MarkedQuote:
    """The pieces of a quote, the gaps between them, and the marks ``before`` and ``after`` all."""

    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]
    before: Gap | None
    after: Gap | None

    @property
    def inserted(self) -> tuple[str, ...]:
        """All words in brackets; a letter in another size is none."""
        gaps = (self.before, *self.gaps, self.after)
        held = (gap for gap in gaps if gap and gap.mark is not Mark.CAPITAL)
        return tuple(gap.inserted for gap in held if gap.inserted)


def marked(line: str) -> MarkedQuote | None:
    """The parts of a plain quote with marks; ``None`` where it has none, or nothing besides."""
    if "…" not in line and "[" not in line:
        return None
    marks = list(_MARK.finditer(line))
    gaps = [_gap(line, mark) for mark in marks]
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(line)]
    pieces: list[Piece] = []
    between: list[Gap | None] = []
    pending: Gap | None = None
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if place:
            pending = _both(pending, gaps[place - 1])
        words = line[start:end].strip(" -")
        if words:
            first = pending.inserted if pending and pending.mark is Mark.CAPITAL else ""
            ending = place < len(gaps) and gaps[place].mark is Mark.ENDING
            pieces.append(Piece(fold(words), first, ending))
            between.append(pending)
            pending = None
    if not (marks and pieces):
        return None
    inner = tuple(gap for gap in between[1:] if gap)
    return MarkedQuote(tuple(pieces), inner, between[0], pending)


def _gap(line: str, mark: re.Match[str]) -> Gap:
    words = mark["inserted"]
    if words is None:
        return Gap(Mark.LEFT_OUT)
    start, end = mark.span()
    if len(words) == 1 and line[end - 1] == "]" and line[end : end + 1].isalpha():
        return Gap(Mark.CAPITAL, words)
    if line[start] == "[" and line[start - 1 : start].isalpha():
        return Gap(Mark.ENDING, words)
    return Gap(Mark.PUT_IN, words)


def _both(one: Gap | None, other: Gap) -> Gap:
    """Two marks with nothing between them."""
    if one is None or other.mark is Mark.CAPITAL:
        return other
    mark = Mark.ENDING if one.mark is Mark.ENDING else other.mark
    return Gap(mark, " ".join(filter(None, (one.inserted, other.inserted))))
