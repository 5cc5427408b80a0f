"""What stands just outside a quote and governs it: the "no" before "interviews confirmed this"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.analysis.coverage import sentences
from claims.analysis.quote_words import Word, Words

REACH = 200
"""Code points around a quote in which its sentence is looked for."""

_BETWEEN = {
    "negation": re.compile(r"[\s-]*(?:[\w'’]+\s+)?"),
    "hedge": re.compile(r"\s*,?\s*"),
    "number": re.compile(r"\s*[-‐–—−]?\s*"),
}
"""What may stand between a word before a quote and the quote that it governs."""

_AFTER = {
    "negation": re.compile(r"\s+"),
    "hedge": re.compile(r"\s*,?\s*"),
    "number": _BETWEEN["number"],
}
_NEXT = re.compile(r"[\s(\[\"'“”‘’«»-]*")
_CLOSED = re.compile(r"\s*(?:[.,;:)!?]|$)")


def cut_at(text: str, start: int, end: int, words: Words) -> tuple[Word, ...]:
    """The negations, hedges and parts of a number that the quote leaves just outside.

    Only what stands next to the quote counts (one word may stand between a negation and what it
    denies), so that few are named that do not matter.
    """
    around = _Around.of(text, start, end, words)
    numbers = [word for word in around.weighty if word.what == "number"]
    return tuple(
        around.placed(word)
        for word in around.weighty
        if (around.first <= word.start and _governs(around.text, word, around.start, numbers))
        or (word.end <= around.last and _follows(around.text, word, around.end, numbers, words))
    )


def swallowed_at(
    text: str, start: int, end: int, words: Words, marks: tuple[bool, bool]
) -> tuple[Word, ...]:
    """The weighty words that a mark at the beginning or end of a quote stands for.

    A mark there stands for the rest of the sentence; only the word next to the quote counts, since
    the same quote may stand without a mark.

    Args:
        text: the text.
        start: where the words of the quote begin.
        end: where they end.
        words: the word lists of the text's language.
        marks: whether there is a mark at the beginning, and at the end.
    """
    around = _Around.of(text, start, end, words)
    before, after = marks
    return tuple(
        around.placed(word)
        for word in around.weighty
        if (before and around.first <= word.start and around.next_to(word.end, around.start))
        or (after and word.end <= around.last and around.next_to(around.end, word.start))
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """The text around a quote: its weighty words, where the quote and its sentences stand in it."""

    text: str
    begin: int
    start: int
    end: int
    first: int
    last: int
    weighty: tuple[Word, ...]

    @classmethod
    def of(cls, text: str, start: int, end: int, words: Words) -> _Around:
        """What stands around a place of a text."""
        begin = max(0, start - REACH)
        around = text[begin : end + REACH]
        first, last = _sentence(around, start - begin, end - begin)
        weighty = words.weighty(around)
        return cls(around, begin, start - begin, end - begin, first, last, weighty)

    def placed(self, word: Word) -> Word:
        """A word where it stands in the whole text."""
        return Word(word.start + self.begin, word.end + self.begin, word.words, word.what)

    def next_to(self, end: int, start: int) -> bool:
        """Whether nothing but spaces and brackets stands between two places, in this order."""
        return end <= start and _NEXT.fullmatch(self.text, end, start) is not None


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


def _follows(text: str, word: Word, end: int, numbers: list[Word], words: Words) -> bool:
    if word.start < end or not _AFTER[word.what].fullmatch(text, end, word.start):
        return False
    if word.what == "hedge":
        return _CLOSED.match(text, word.end) is not None
    if word.what == "negation":
        return word.words.casefold() in words.negations_after
    return any(number.end == end for number in numbers)
