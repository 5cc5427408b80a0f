"""A number in prose: the words, what they allow, and how they are typically read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from claims.errors import InvalidQuantity
from claims.values.profiles import CODER_PROFILE, DEFAULT_PROFILE, rows_by_id
from claims.values.quantity_bounds import bounds_of
from claims.values.quantity_data import counted_by_unit
from claims.values.quantity_expression import (
    Coded,
    Count,
    Hedged,
    Span,
    measure_of,
    rows_of,
)
from claims.values.quantity_grammar import read_words
from claims.values.quantity_make import count, span
from claims.values.quantity_notation import read_expression
from claims.values.quantity_numbers import conventions

if TYPE_CHECKING:
    from claims.values.interval import Number, Region
    from claims.values.quantity_expression import Node

_CACHED = 20_000
_QUOTED = 80
_PRINTED = re.compile(r"[a-z_]+[(*]\S|a_few\b", re.ASCII)
"""The start of an expression that is no phrase."""


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A count or a proportion as a source said it.

    Two quantities are equal when they have the same expression under the same profile; the words
    said do not decide ("8" and "eight" are one quantity). Make one with :func:`parse_quantity`,
    :func:`quantity_from_expression` or :func:`coded_range`.

    ``hard`` is what the words allow, ``soft`` their typical reading under the profile: a
    convention, not a confidence limit; ``None`` is no value at all ("many" has no typical number).
    ``unit`` is the noun of the unit table ("civilians"), ``unit_of_count`` what it counts
    ("people"). ``rows`` are the rows of the phrase table used, outermost first. ``round`` marks a
    single sharp number that is a multiple of ten and may be meant approximately. ``range_basis``
    says over what a range runs: sources, time, places or unknown.
    """

    kind: ClassVar[str] = "quantity"

    said: str
    expression: str
    measure: str
    unit: str | None
    unit_of_count: str | None
    hard: Region | None
    soft: Region | None
    profile: str
    rows: tuple[str, ...]
    round: bool
    range_basis: str | None = None

    def __str__(self) -> str:
        """The expression, which :func:`parse_quantity` reads back to an equal value."""
        return self.expression

    def __eq__(self, other: object) -> bool:
        """Whether both have one meaning under one profile."""
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.expression == other.expression and self.profile == other.profile

    def __hash__(self) -> int:
        """By expression and profile, as equality."""
        return hash((self.expression, self.profile))


def parse_quantity(text: str, *, profile: str = DEFAULT_PROFILE, locale: str = "en") -> Quantity:
    """Read the words of a number: "at least several dozen civilians", "580 to 1,500 refugees".

    A printed expression is read back to an equal value: "at_least(several*12) civilians".

    Args:
        text: the words of the source, only those of the number and its unit.
        profile: the vagueness profile that gives vague words their typical reading.
        locale: how the digits are written (``en``: 1,500; ``de``: 1.500; ``fr``: 1 500) and the
            language of the words, which are also read in English.

    Raises:
        InvalidQuantity: they cannot be read; the message says why and how to mend it.
        UnknownProfile: no such profile or locale is held.
    """
    how = conventions(locale)
    if profile != CODER_PROFILE:
        rows_by_id(profile)
    try:
        node, unit = read_words(text, how)
    except InvalidQuantity as error:
        if _PRINTED.match(text):
            return quantity_from_expression(text, said=text, profile=profile)
        message = f"{_quoted(text)} cannot be read as a quantity: {error}"
        raise InvalidQuantity(message) from None
    return _resaid(_quantity(node, unit, profile), text)


def quantity_from_expression(
    expression: str, *, said: str | None = None, profile: str = DEFAULT_PROFILE
) -> Quantity:
    """The quantity of a stored expression under a profile, with the words as said.

    Raises:
        InvalidQuantity: it is not a canonical expression.
        UnknownProfile: no such profile is held.
    """
    found = _read_cached(expression, profile)
    return found if said is None else _resaid(found, said)


def profile_changes(quantity: Quantity, other_profile: str) -> Quantity:
    """The same words read under another profile: only the soft interval may differ.

    Raises:
        UnknownProfile: no such profile is held.
    """
    return quantity_from_expression(quantity.expression, said=quantity.said, profile=other_profile)


def with_range_basis(quantity: Quantity, basis: str) -> Quantity:
    """The same range with its basis known: ``sources``, ``time``, ``places`` or ``unknown``.

    Raises:
        InvalidQuantity: the quantity is no plain range, or there is no such basis.
    """
    node, unit = read_expression(quantity.expression)
    if not isinstance(node, Span):
        message = f"{quantity.said!r} is no range; only a range has a basis"
        raise InvalidQuantity(message)
    known = _quantity(span(node.low, node.high, basis), unit, quantity.profile)
    return _resaid(known, quantity.said)


def coded_range(
    low: int, best: int, high: int, *, unit: str | None = None
) -> tuple[Quantity, bool]:
    """A data set's low–best–high row, and whether best lies outside low to high.

    The hard interval runs over all three numbers, the soft one is the best estimate.

    Raises:
        InvalidQuantity: a number is not a whole one of at least 0, or the unit is not held.
    """
    if not all(type(number) is int for number in (low, best, high)):
        message = f"low {low!r}, best {best!r}, high {high!r} must be three whole numbers"
        raise InvalidQuantity(message)
    for number in (low, best, high):
        count(number)
    if unit is not None and unit not in counted_by_unit():
        message = f"the unit {unit!r} is not in the unit table; use one such as 'people'"
        raise InvalidQuantity(message)
    said = f"{low}–{best}–{high}" + (f" {unit}" if unit else "")
    quantity = _resaid(_quantity(Coded(low, best, high), unit, CODER_PROFILE), said)
    return quantity, not low <= best <= high


def as_json(quantity: Quantity) -> dict[str, Any]:
    """The quantity for JSON.

    ``hard`` and ``soft`` are ``[lo, hi]``, ``null`` where there is no value; an end that is
    ``null`` is unbounded; ``hard_open`` and ``soft_open`` name the ends left out; ``soft_set``
    lists the points where the soft reading is a set, whose hull ``soft`` then is.
    """
    points = quantity.soft.as_points if quantity.soft else None
    return {
        "said": quantity.said,
        "expression": quantity.expression,
        "hard": _ends(quantity.hard),
        "soft": _ends(quantity.soft),
        "hard_open": _open_ends(quantity.hard),
        "soft_open": _open_ends(quantity.soft),
        "soft_set": None if points is None else [_plain(point) for point in points],
        "unit": quantity.unit,
        "unit_of_count": quantity.unit_of_count,
        "measure": quantity.measure,
        "round": quantity.round,
        "range_basis": quantity.range_basis,
        "profile": quantity.profile,
        "rows": list(quantity.rows),
    }


@lru_cache(maxsize=_CACHED)
def _read_cached(expression: str, profile: str) -> Quantity:
    node, unit = read_expression(expression)
    return _quantity(node, unit, profile)


def _resaid(quantity: Quantity, said: str) -> Quantity:
    return Quantity(
        said=said,
        expression=quantity.expression,
        measure=quantity.measure,
        unit=quantity.unit,
        unit_of_count=quantity.unit_of_count,
        hard=quantity.hard,
        soft=quantity.soft,
        profile=quantity.profile,
        rows=quantity.rows,
        round=quantity.round,
        range_basis=quantity.range_basis,
    )


@lru_cache(maxsize=_CACHED)
def _quantity(node: Node, unit: str | None, profile: str) -> Quantity:
    """The quantity of an expression, with the expression for the words said."""
    expression = f"{node} {unit}" if unit else str(node)
    if isinstance(node, Coded):
        profile = CODER_PROFILE
        hard, soft = bounds_of(node, {})
    else:
        hard, soft = bounds_of(node, rows_by_id(profile))
    return Quantity(
        said=expression,
        expression=expression,
        measure=measure_of(node),
        unit=unit,
        unit_of_count=None if unit is None else counted_by_unit()[unit],
        hard=hard,
        soft=soft,
        profile=profile,
        rows=rows_of(node),
        round=isinstance(node, Count) and node.number > 0 and not node.number % 10,
        range_basis=_range_basis(node),
    )


def _range_basis(node: Node) -> str | None:
    while isinstance(node, Hedged):
        node = node.inner
    return node.basis if isinstance(node, Span) else None


def _ends(region: Region | None) -> list[int | float | None] | None:
    return None if region is None else [_plain(region.hull.lo), _plain(region.hull.hi)]


def _open_ends(region: Region | None) -> list[str]:
    return [] if region is None else list(region.hull.open_ends)


def _plain(number: Number | None) -> int | float | None:
    """The number as JSON has it; decimals of conventions are short, so none is lost."""
    return float(number) if isinstance(number, Decimal) else number


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…")
