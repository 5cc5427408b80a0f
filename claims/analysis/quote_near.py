"""Which stretch of a text is most like a quote that does not stand in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

import edlib  # type: ignore[import-not-found]

from claims.analysis.quote_fold import Folded
from claims.analysis.quote_places import whole

_GRAM = 8
_COMMON = 40
"""Runs of letters that stand more often than this tell nothing about the place."""

_SMALL = 8_000
"""A text of fewer letters is compared as a whole: an index would take longer."""

_BUCKET = 32
_TRIED = 4
_FAR = 0.45
"""Of the quote's letters: what differs in more is like it by chance."""

_SYMBOLS = 250
"""Fewer than the 256 signs that the comparison can tell apart."""


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch of the folded text, and how many letters of the quote it has otherwise."""

    start: int
    end: int
    distance: int


@dataclass(frozen=True)
class NearIndex:
    """A folded text with an index of its letters, made when it is first asked."""

    folded: Folded

    def nearest(self, quote: str) -> Near | None:
        """The stretch most like a folded quote, completed to whole words, if one is like it."""
        text = self.folded.text
        limit = int(len(quote) * _FAR)
        best: Near | None = None
        for start, end in self._windows(quote):
            found = _aligned(quote, text[start:end], best.distance - 1 if best else limit)
            if found:
                best = Near(start + found.start, start + found.end, found.distance)
        if best is None and len(text) > _SMALL:
            best = _aligned(quote, text, limit)
        return best and Near(*whole(self.folded, best.start, best.end), best.distance)

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        """Where every eighth run of eight letters stands."""
        text, grams = self.folded.text, defaultdict(list)
        for at in range(0, len(text) - _GRAM + 1, _GRAM):
            grams[text[at : at + _GRAM]].append(at)
        return grams

    def _windows(self, quote: str) -> list[tuple[int, int]]:
        """Where the most runs of the quote's letters stand in line, the likeliest first."""
        size = len(self.folded.text)
        if size <= _SMALL:
            return [(0, size)]
        votes: Counter[int] = Counter()
        for at in range(len(quote) - _GRAM + 1):
            places = self._grams.get(quote[at : at + _GRAM], ())
            if len(places) <= _COMMON:
                votes.update((place - at) // _BUCKET for place in places)
        slack = len(quote) // 3 + _BUCKET
        return [
            (
                max(0, bucket * _BUCKET - slack),
                min(size, (bucket + 1) * _BUCKET + len(quote) + slack),
            )
            for bucket, _ in votes.most_common(_TRIED)
        ]


def _aligned(quote: str, text: str, limit: int) -> Near | None:
    """The stretch of a text with the fewest differences, at most ``limit``."""
    if limit < 0 or not text:
        return None
    if not (quote.isascii() and text.isascii()):
        quote, text = _few_signs(quote), _few_signs(text)
    found = edlib.align(quote, text, mode="HW", task="locations", k=limit)
    if found["editDistance"] < 0:
        return None
    start, last = found["locations"][0]
    return Near(start, last + 1, found["editDistance"])


def _few_signs(text: str) -> str:
    """The text in at most 256 signs; two that become one may hide a difference, never make one."""
    return "".join([chr(ord(sign) % _SYMBOLS) for sign in text])
