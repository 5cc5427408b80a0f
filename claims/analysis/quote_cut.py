"""What stands just outside a quote and governs it: the "no" before "interviews confirmed this"."""

from __future__ import annotations

import re

from claims.analysis.coverage import sentences
from claims.analysis.quote_words import Word, Words, weighty_in

REACH = 600
"""Code points around a quote in which its sentence is looked for."""

_BETWEEN = {
    "negation": re.compile(r"\s*(?:[\w'’]+\s+)?"),
    "hedge": re.compile(r"\s*,?\s*"),
    "number": re.compile(r"\s*[-‐–—−]?\s*"),
}
"""What may stand between a word before a quote and the quote that it governs."""

_AFTER = {
    "negation": re.compile(r"\s+"),
    "hedge": re.compile(r"\s*,?\s*"),
    "number": _BETWEEN["number"],
}
_CLOSED = re.compile(r"\s*(?:[.,;:)!?]|$)")


def cut_at(text: str, start: int, end: int, words: Words) -> tuple[Word, ...]:
    """The negations, hedges and parts of a number that the quote leaves just outside.

    Only what stands next to the quote counts (one word may stand between a negation and what it
    denies), so that few are named that do not matter.
    """
    begin = max(0, start - REACH)
    around = text[begin : end + REACH]
    first, last = _sentence(around, start - begin, end - begin)
    weighty = weighty_in(around, words)
    numbers = [word for word in weighty if word.what == "number"]
    found = [
        word
        for word in weighty
        if (first <= word.start and _governs(around, word, start - begin, numbers))
        or (word.end <= last and _follows(around, word, end - begin, numbers))
    ]
    return tuple(Word(w.start + begin, w.end + begin, w.words, w.what) for w in found)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins that the quote begins in, and where the one ends it ends in."""
    spans = sentences(text)
    first = max((span.start for span in spans if span.start <= start), default=0)
    last = min((span.end for span in spans if span.end >= end), default=len(text))
    return first, last


def _governs(text: str, word: Word, start: int, numbers: list[Word]) -> bool:
    if word.end > start or not _BETWEEN[word.what].fullmatch(text, word.end, start):
        return False
    return word.what != "number" or any(number.start == start for number in numbers)


def _follows(text: str, word: Word, end: int, numbers: list[Word]) -> bool:
    if word.start < end or not _AFTER[word.what].fullmatch(text, end, word.start):
        return False
    if word.what == "hedge":
        return _CLOSED.match(text, word.end) is not None
    return word.what == "negation" or any(number.end == end for number in numbers)
