"""Where a quote stands in a text: to the letter, in Unicode code points, never normalised."""

from __future__ import annotations

from dataclasses import dataclass

from claims.errors import InvalidValue

_STEP = 8
_LONGEST_PREFIX = 400
_SHORT = 60
_LISTED = 10


class QuoteNotFound(InvalidValue):
    """The quote does not stand in the text, with that prefix and suffix."""


class QuoteNotUnique(InvalidValue):
    """The quote stands in several places; the message says where and how to single one out."""


@dataclass(frozen=True, slots=True)
class Located:
    """A quote's place: half-open, in code points from the beginning of the text."""

    start: int
    end: int


def locate(
    text: str, quote: str, *, prefix: str | None = None, suffix: str | None = None
) -> tuple[int, ...]:
    """All places where ``quote`` begins in ``text``, overlapping ones too.

    ``prefix`` and ``suffix`` are the words that must stand just before and just after it.

    Raises:
        InvalidValue: the quote is empty.
    """
    if not quote:
        message = "an empty quote stands everywhere; give the words of the text"
        raise InvalidValue(message)
    before, after = prefix or "", suffix or ""
    whole = before + quote + after
    starts: list[int] = []
    found = text.find(whole)
    while found >= 0:
        starts.append(found + len(before))
        found = text.find(whole, found + 1)
    return tuple(starts)


def single_place(
    text: str, quote: str, *, prefix: str | None = None, suffix: str | None = None
) -> Located:
    """The one place of ``quote`` in ``text``.

    Raises:
        QuoteNotFound: it does not stand there to the letter; :func:`claims.find_quote` says what
            nearly does.
        QuoteNotUnique: it stands there more than once.
    """
    starts = locate(text, quote, prefix=prefix, suffix=suffix)
    if len(starts) == 1:
        return Located(starts[0], starts[0] + len(quote))
    if starts:
        raise QuoteNotUnique(_how_often(text, quote, starts))
    message = f"{_short(quote)} does not stand there to the letter"
    raise QuoteNotFound(message)


def check_place(text: str, quote: str, start: int, end: int) -> Located:
    """The place that was given, where the quote really stands there.

    Raises:
        QuoteNotFound: other words stand there; the message shows them.
    """
    if text[start:end] == quote and start < end:
        return Located(start, end)
    message = f"{_short(text[start:end])} at {start}–{end}"
    starts = locate(text, quote)
    where = f"; the quote stands at {_places(starts, len(quote))}" if starts else ""
    raise QuoteNotFound(message + where)


def line_of(text: str, start: int) -> int:
    """The line, counted from 1, in which the code point ``start`` stands."""
    return text.count("\n", 0, start) + 1


def singling_prefix(text: str, quote: str, start: int) -> str | None:
    """The shortest run of whole words before ``start`` that singles out this place, if any."""
    for length in range(_STEP, min(_LONGEST_PREFIX, start + _STEP), _STEP):
        cut = _word_start(text, max(0, start - length), start)
        prefix = text[cut:start]
        if prefix and len(locate(text, quote, prefix=prefix)) == 1:
            return prefix
    return None


def _word_start(text: str, begin: int, start: int) -> int:
    """The first word boundary at or after ``begin``, so that no word is cut in two."""
    while 0 < begin < start and not text[begin - 1].isspace():
        begin += 1
    return begin


def _how_often(text: str, quote: str, starts: tuple[int, ...]) -> str:
    lines = list(dict.fromkeys(str(line_of(text, start)) for start in starts[:_LISTED]))
    where = f"in {'line' if len(lines) == 1 else 'lines'} {', '.join(lines)}"
    more = " …" if len(starts) > _LISTED else ""
    prefix = singling_prefix(text, quote, starts[0])
    example = f", for the first: prefix: {prefix!r}" if prefix else ""
    return f"{_short(quote)} {len(starts)} times, {where}{more}{example}"


def _places(starts: tuple[int, ...], length: int) -> str:
    return ", ".join(f"{start}–{start + length}" for start in starts[:_LISTED])


def _short(words: str) -> str:
    line = " ".join(words.split())
    return repr(line if len(line) <= _SHORT else line[: _SHORT - 1] + "…")
