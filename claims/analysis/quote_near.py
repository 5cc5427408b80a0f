"""Which stretch of a text is most like a quote that does not stand in it."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, cast

import edlib  # type: ignore[import-not-found]

from claims.analysis.quote_fold import Folded
from claims.analysis.quote_places import whole

_COMMON = 16
"""Runs of letters that stand more often than this tell nothing about the place."""

_SMALL = 8_000
"""A text of fewer letters is compared as a whole: an index would take longer."""

_BUCKET = 32
_TRIED = 4
_ENOUGH = 6
"""Runs of letters that stand in line by which a place is likely enough to be compared."""

_FAR = 0.45
"""Of the quote's letters: what differs in more is like it by chance."""

_SURE = 0.15
"""Of the quote's letters: where fewer differ, no other place is looked at."""

_SYMBOLS = 250
"""Fewer than the 256 signs that the comparison can tell apart."""


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch of the folded text, and how many letters of the quote it has otherwise."""

    start: int
    end: int
    distance: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """A folded text in which what is most like a quote is looked for."""

    folded: Folded

    def nearest(self, quote: str) -> Near | None:
        """The stretch most like a folded quote, completed to whole words, if one is like it."""
        text, size = self.folded.text, len(quote)
        best: Near | None = None
        for start, end in self._windows(quote):
            limit = best.distance - 1 if best else int(size * _FAR)
            if found := _aligned(quote, text[start:end], limit):
                best = Near(start + found.start, start + found.end, found.distance)
            if best and best.distance <= size * _SURE:
                break
        if best is None and len(text) > _SMALL:
            best = _aligned(quote, text, int(size * _FAR))
        return best and Near(*whole(self.folded, best.start, best.end), best.distance)

    def _windows(self, quote: str) -> list[tuple[int, int]]:
        """Where the most runs of the quote's letters stand in line, the likeliest first."""
        size = len(self.folded.text)
        if size <= _SMALL:
            return [(0, size)]
        votes: dict[int, int] = defaultdict(int)
        for start in self.folded.grams.rows(quote, _COMMON):
            bucket = start // _BUCKET
            votes[bucket] += 1
            if votes[bucket] >= _ENOUGH:
                break
        likely = heapq.nlargest(_TRIED, votes, key=votes.__getitem__)
        slack = len(quote) // 3 + _BUCKET
        return [
            (
                max(0, bucket * _BUCKET - slack),
                min(size, (bucket + 1) * _BUCKET + len(quote) + slack),
            )
            for bucket in likely
        ]


def _aligned(quote: str, text: str, limit: int) -> Near | None:
    """The first stretch of a text with the fewest differences, at most ``limit``.

    Where it begins is found backwards from its end alone: a text that repeats itself has as many
    ends as letters, and the library would look for the beginning of each.
    """
    if not text:
        return None
    try:
        found = _compared(quote, text, "HW", limit)
    except ValueError:  # more signs than it can tell apart
        quote, text = _few_signs(quote), _few_signs(text)
        found = _compared(quote, text, "HW", limit)
    distance = found["editDistance"]
    if distance < 0:
        return None
    end = found["locations"][0][1] + 1
    before = text[max(0, end - len(quote) - distance) : end]
    back = _compared(quote[::-1], before[::-1], "SHW", distance)
    return Near(end - 1 - back["locations"][-1][1], end, distance)


def _compared(quote: str, text: str, mode: str, limit: int) -> dict[str, Any]:
    """What the library finds: ``HW`` anywhere in the text, ``SHW`` from its beginning."""
    found = edlib.align(quote, text, mode=mode, task="distance", k=limit)
    return cast("dict[str, Any]", found)


def _few_signs(text: str) -> str:
    """The text in at most 256 signs; two that become one may hide a difference, never make one."""
    return "".join([chr(ord(sign) % _SYMBOLS) for sign in text])
