"""One number, vague word or part of a whole, read from the words of a source.

A number that stands before a unit it may share ("3 to 4 thousand") keeps its figure and its unit
apart until both ends are known.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from claims.errors import InvalidQuantity
from claims.values import quantity_make as make
from claims.values.quantity_expression import Word
from claims.values.quantity_figures import Figure, whole
from claims.values.quantity_notation import read_expression
from claims.values.quantity_numbers import MAX_DIGITS, read_digits, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.values.quantity_expression import Node
    from claims.values.quantity_numbers import Conventions
    from claims.values.quantity_words import Words


def read_operand(words: Words, how: Conventions) -> Figure | Node | None:
    """The operand that starts here, or ``None`` where none does."""
    return (
        _part_of_unit(words)
        or _vague(words)
        or _article_fraction(words)
        or _number(words, how)
        or _sign_fraction(words)
    )


def _part_of_unit(words: Words) -> Figure | None:
    """Half a dozen, a quarter of a million."""
    before = words.at
    part = words.take("part_of_scale")
    unit = _unit(words) if part else 1
    if part is None or unit == 1:
        words.at = before
        return None
    return Figure(Decimal(part) * unit, part)


def _vague(words: Words) -> Node | None:
    meaning = words.take("atom")
    if meaning is None:
        return None
    node = _meant(meaning)
    if not isinstance(node, Word) or node.row not in make.SCALABLE:
        return node
    before = words.at
    words.take("filler")
    unit = _unit(words)
    if unit == 1:
        words.at = before
        return node
    return make.word(node.row, unit)


@cache
def _meant(expression: str) -> Node:
    """What a phrase of the table means; the tables are small, so all are kept."""
    return read_expression(expression)[0]


def _article_fraction(words: Words) -> Node | None:
    before = words.at
    if words.here in words.language.articles:
        words.at += 1
        if (denominator := words.take("denominator")) is not None:
            return make.fraction(1, int(denominator))
    words.at = before
    return None


def _sign_fraction(words: Words) -> Node | None:
    """⅓ as one sign."""
    if words.here not in _SIGNS:
        return None
    words.at += 1
    return make.fraction(*_SIGNS[words.tokens.low[words.at - 1]])


_SIGNS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8),
}  # fmt: skip


def _number(words: Words, how: Conventions) -> Figure | Node | None:
    figure = _digits(words, how) if words.at_number() else _spelled(words)
    if figure is None:
        return None
    figure = _with_unit(words, _confirmed(words, figure, how))
    return _fraction_of(words, figure, how) or _with_percent(words, figure)


def _digits(words: Words, how: Conventions) -> Figure:
    written = words.tokens.raw[words.at]
    words.at += 1
    plain = read_digits(written, how)
    return Figure(Decimal(plain), written, plain)


def spelled_runs(words: Words) -> Iterator[int]:
    """Where the number words that start here may end, the furthest end first.

    "One hundred and five" is one number, but in "between one hundred and five hundred" the
    "and" parts two.
    """
    low, spoken = words.tokens.low, words.language
    number_words = spoken.small | spoken.large
    ends = []
    at = words.at + (words.here in spoken.articles)
    while at < len(low):
        if low[at] in number_words:
            at += 1
        elif (
            low[at] == spoken.joiner
            and low[at - 1] in spoken.joiner_follows
            and at + 1 < len(low)
            and low[at + 1] in number_words
        ):
            ends.append(at)
            at += 1
        else:
            break
    return iter((at, *reversed(ends)))


def _spelled(words: Words) -> Figure | None:
    start, spoken = words.at, words.language
    article = words.here in spoken.articles
    end = next(spelled_runs(words))
    if words.stop is not None and start < words.stop < end:
        end = words.stop
    run = words.tokens.low[start + article : end]
    if not run:
        return _article_unit(words) if article else None
    if article and run[0] not in spoken.large:
        return None
    written = " ".join(words.tokens.raw[start:end])
    value = spelled(run, spoken.code)
    if value is None:
        message = f"“{written}” spells no single number; write it in digits"
        raise InvalidQuantity(message)
    words.at = end
    return _apart(run, value, written, spoken.large, spoken.code)


def _article_unit(words: Words) -> Figure | None:
    """A dozen, a score."""
    before = words.at
    words.at += 1
    unit = _unit(words)
    if unit == 1:
        words.at = before
        return None
    return Figure(Decimal(unit), " ".join(words.tokens.raw[before : words.at]))


def _apart(
    run: tuple[str, ...], value: int, written: str, large: frozenset[str], code: str
) -> Figure:
    """The figure and its unit apart: "twenty thousand" is twenty times a thousand."""
    units = 0
    while units < len(run) and run[-1 - units] in large:
        units += 1
    figure = run[: len(run) - units]
    if not units or not figure or not large.isdisjoint(figure):
        return Figure(Decimal(value), written, str(value))
    heads = [spelled(run[:end], code) or value for end in range(len(figure), len(run))]
    shared = tuple(value // head for head in heads)
    return Figure(Decimal(heads[0]), written, str(heads[0]), shared[0], shared)


def _confirmed(words: Words, figure: Figure, how: Conventions) -> Figure:
    """A number given twice, "8 (eight)", must be the same."""
    before = words.at
    if not words.accept("("):
        return figure
    again = _digits(words, how) if words.at_number() else _spelled(words)
    if again is None or not words.accept(")"):
        words.at = before
        return figure
    if again.total != figure.total:
        message = f"“{figure.written}” and “{again.written}” give two numbers; correct one"
        raise InvalidQuantity(message)
    return figure


def _unit(words: Words) -> int:
    unit = 1
    while unit < 10**MAX_DIGITS and (found := words.take("scale")) is not None:
        unit *= int(found)
    return unit


def _with_unit(words: Words, figure: Figure) -> Figure:
    before = words.at
    part = words.take("and_part")
    unit = _unit(words)
    if unit == 1:
        words.at = before
        return figure
    value = figure.value + Decimal(part or 0)
    total = figure.unit * unit
    return replace(figure, value=value, unit=total, shared=(total,))


def _fraction_of(words: Words, figure: Figure, how: Conventions) -> Node | None:
    """Two thirds, 2/3, two in three."""
    denominator = words.take("denominator")
    if denominator is not None:
        return make.fraction(whole(figure), int(denominator))
    before = words.at
    if words.accept("/") or words.take("ratio") is not None:
        below = _digits(words, how) if words.at_number() else _spelled(words)
        if below is not None:
            return make.fraction(whole(figure), whole(below))
    words.at = before
    return None


def _with_percent(words: Words, figure: Figure) -> Figure:
    return replace(figure, percent=True) if words.take("percent") is not None else figure
