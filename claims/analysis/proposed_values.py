"""Which words of a quote can be read as a value: the figures and the dates in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from claims.analysis.quote_words import numbers_in
from claims.analysis.vocabulary import ValueKind
from claims.errors import InputRefused, InvalidWhen, UnknownProfile
from claims.values.duration import parse_duration
from claims.values.quantity import parse_quantity
from claims.values.when import parse_when

_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"\d+")
_LONGEST = 8
"""Words that are tried together: "between two hundred and three hundred and fifty people"."""

_CLOSING = ".,;:!?)]»”’\"'"
_OPENING = "([«“‘\"'"
_ARTICLES = {"a", "an"}
_YEAR = 4

Reader = Callable[[str], str]
"""Reads words and gives the same text for what means the same; raises InputRefused."""


def values_in(quote: str, *, kind: ValueKind | None, locale: str) -> tuple[str, ...]:
    """The words of a quote that can be read as values of a kind, in its order, each as written.

    Of words in each other the most are taken that say something more: "eight civilians", not
    "eight", but not "eight civilians were killed". What is read as a date counts nothing, a date
    may lack its year, and an article alone is no number.

    Args:
        quote: the words to look in.
        kind: what the question asks for; ``None`` looks for figures, dates and durations.
        locale: how digits and words are written.
    """
    numbers = _numbers(quote, locale)
    spans = [match.span() for match in _WORD.finditer(quote)]
    found: dict[str, None] = {}
    at = 0
    while at < len(spans):
        taken = next(
            (
                (kinds, *longest)
                for kinds, reader in _readers(locale)
                if (longest := _longest(quote, spans[at : at + _LONGEST], reader, numbers))
            ),
            None,
        )
        if taken is None:
            at += 1
            continue
        kinds, many, words = taken
        at += many
        if kind is None or kind in kinds:
            found[words] = None
    return tuple(found)


def _numbers(quote: str, locale: str) -> tuple[int, ...]:
    """Where a figure or a number word begins; only figures where the language is not known."""
    try:
        return tuple(word.start for word in numbers_in(quote, locale))
    except UnknownProfile:
        return tuple(match.start() for match in _FIGURE.finditer(quote))


def _readers(locale: str) -> tuple[tuple[frozenset[ValueKind], Reader], ...]:
    """How words are read, each way with the kinds of value that it gives, in order."""
    return (
        (frozenset({ValueKind.DATE}), partial(_date, locale)),
        (frozenset({ValueKind.DURATION}), lambda words: parse_duration(words).expression),
        (frozenset({ValueKind.COUNT, ValueKind.PROPORTION}), partial(_quantity, locale)),
    )


def _date(locale: str, words: str) -> str:
    """A date, whose year may be missing; a bare number is none."""
    if words.isdecimal() and len(words) != _YEAR:
        message = "a bare number"
        raise InputRefused(message)
    try:
        return parse_when(words, locale=locale).expression
    except InvalidWhen:
        return parse_when(words, locale=locale, context="2000").expression


def _quantity(locale: str, words: str) -> str:
    read = str(parse_quantity(words, locale=locale))
    first = words.split(maxsplit=1)[0].casefold()
    if (first in _ARTICLES and read.startswith("1 ")) or (first == "one" and read == "1"):
        message = "an article"
        raise InputRefused(message)
    return read


def _longest(
    quote: str, spans: Sequence[tuple[int, int]], reader: Reader, numbers: Sequence[int]
) -> tuple[int, str] | None:
    """How many of the words from the first on say the most, and they themselves."""
    best: tuple[int, str] | None = None
    said = ""
    for many in range(len(spans), 0, -1):
        start, end = spans[0][0], spans[many - 1][1]
        words = quote[start:end].strip(_CLOSING + _OPENING)
        numbered = any(start <= number < end for number in numbers)
        read = _read(reader, words) if numbered else None
        if read is not None and (best is None or read == said):
            best, said = (many, words), read
    return best


def _read(reader: Reader, words: str) -> str | None:
    try:
        return reader(words)
    except InputRefused:
        return None
