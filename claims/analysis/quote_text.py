"""A text in which quotes are looked for: folded and indexed once, for as many as there are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.analysis.coverage import sentences
from claims.analysis.quote_finding import Stretch
from claims.analysis.quote_fit import Sentence, Span
from claims.analysis.quote_fold import Folded, bare, fold
from claims.analysis.quote_near import Likeness, Near
from claims.analysis.quote_places import is_whole, occurrences
from claims.analysis.quotes import locate

_SENTENCE_REACH = 4_000
"""Code points around a place in which its sentence is looked for."""

_GAP = 8
"""Dashes and spaces that may part a prefix from its quote."""


@dataclass(frozen=True)
class QuotedText:
    """A text with what is made of it once: its folded form, and an index of its letters."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        """The text as quotes are compared with it."""
        return fold(self.text)

    def nearest(self, quote: str) -> Near | None:
        """The stretch most like a folded quote, if one is like it."""
        return Likeness(self.folded).nearest(quote)

    def places(self, quote: Folded) -> list[Stretch]:
        """Where a folded quote stands."""
        size = len(quote.text)
        return [self.stretch((at, at + size)) for at in occurrences(self.folded, quote)]

    def raw_places(self, quote: str) -> list[Stretch]:
        """Where a quote stands to the letter, as one that begins with the sign of a list may."""
        if bare(quote) == quote:
            return []  # folding changes nothing about such edges
        size = len(quote)
        places = (Stretch(at, at + size, quote) for at in locate(self.text, quote))
        return [place for place in places if self._is_whole(place)]

    def _is_whole(self, place: Stretch) -> bool:
        return is_whole(self.folded, self.folded.place(place.start), self.folded.place(place.end))

    def line(self, start: int) -> int:
        """The line, counted from 1, in which a place of the text stands."""
        return bisect_left(self._breaks, start) + 1

    @cached_property
    def _breaks(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def stretch(self, span: Span) -> Stretch:
        """The words of a stretch of the folded text, where they stand in the text."""
        start, end = self.folded.span(*span)
        return Stretch(start, end, self.text[start:end])

    def sentence(self, start: int) -> Sentence:
        """The sentence in which a word of the text stands."""
        begin = max(0, start - _SENTENCE_REACH)
        around = self.text[begin : start + _SENTENCE_REACH]
        found = next(s for s in sentences(around) if s.start <= start - begin < s.end)
        folded = (self.folded.place(found.start + begin), self.folded.place(found.end + begin))
        return Sentence(around[found.start : found.end], found.start + begin, folded)


@dataclass(frozen=True)
class Context:
    """What tells which of several places of a text is meant."""

    held: QuotedText
    prefix: str
    suffix: str
    hint: int | None

    @property
    def given(self) -> bool:
        """Whether words around the quote are given."""
        return bool(self.prefix or self.suffix)

    def fitting(self, places: Iterable[Stretch]) -> list[Stretch]:
        """The places with that prefix and suffix."""
        return [place for place in places if self._before(place.start) and self._after(place.end)]

    def nearest(self, places: Sequence[Stretch]) -> list[Stretch]:
        """Those of the places that are nearest to the hint; all of them without one."""
        hint = self.hint
        if hint is None:
            return list(places)
        least = min(abs(place.start - hint) for place in places)
        return [place for place in places if abs(place.start - hint) == least]

    def _before(self, start: int) -> bool:
        if self.held.text.endswith(self.prefix, 0, start):
            return True
        place, wanted = self.held.folded.place(start), self._folded_prefix
        line = self.held.folded.text[max(0, place - len(wanted) - _GAP) : place]
        return bool(wanted) and line.rstrip(" -").endswith(wanted)

    def _after(self, end: int) -> bool:
        if self.held.text.startswith(self.suffix, end):
            return True
        place, wanted = self.held.folded.place(end), self._folded_suffix
        line = self.held.folded.text[place : place + len(wanted) + _GAP]
        return bool(wanted) and line.lstrip(" -").startswith(wanted)

    @cached_property
    def _folded_prefix(self) -> str:
        return fold(self.prefix).text.strip(" -")

    @cached_property
    def _folded_suffix(self) -> str:
        return fold(self.suffix).text.strip(" -")
