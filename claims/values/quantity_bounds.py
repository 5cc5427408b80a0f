"""What an expression covers under a profile: its hard and its soft interval.

The rules are those of the phrase table (``data/profiles.toml``), one function per row that is a
rule. Counts move in whole steps (more than 8 is at least 9); parts of a whole leave the end out
(nearly 40 per cent is below 0.4). Under a hedge a stated part is its nominal number, 0.4, not
its rounding interval. A hedge over a vague word or a range keeps its soft upper end ("at least
several dozen" is typically no more than nine dozen).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from claims.values.interval import Region
from claims.values.quantity_expression import (
    Choice,
    Coded,
    Count,
    Digits,
    Fraction,
    Hedged,
    Percent,
    Span,
    Word,
    measure_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from claims.values.interval import Number
    from claims.values.profiles import ProfileRow
    from claims.values.quantity_expression import Node, Operand, Sharp

    Rows = Mapping[str, ProfileRow]

Bounds = tuple[Region, Region | None]
_ZERO = Region.of(0, 0)
_DECIMALS = 9
_PERCENTAGE_POINT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where counts and proportions differ: the top, the step and the round numbers."""

    top: int | None
    step: int

    def next_round(self, number: Number) -> Number:
        """The next multiple of the number's leading power of ten, at least of ten (per cent)."""
        if self.step:
            power = max(10, int(10 ** (len(str(int(number))) - 1)))
            return (int(number) // power + 1) * power
        tenths = int(number * 10) + 1
        return _tidy(min(Decimal(1), Decimal(tenths) / 10))

    def above(self, number: Number, hi: Number | None) -> Region:
        """What lies above the number, up to ``hi``."""
        return Region.of(number + self.step, hi, lo_open=not self.step)

    def below(self, number: Number | None, lo: Number = 0) -> Region:
        """What lies from ``lo`` to below the number."""
        if number is None:
            return Region.of(lo, None)
        return Region.of(lo, number - self.step, hi_open=not self.step)


_COUNTS = _Axis(top=None, step=1)
_PARTS = _Axis(top=1, step=0)


def bounds_of(node: Node, rows: Rows) -> Bounds:
    """Hard and soft region of the expression under the profile with these rows."""
    match node:
        case Hedged(hedge, inner):
            axis = _COUNTS if measure_of(inner) == "count" else _PARTS
            return _RULES[hedge](inner, _inner_bounds(inner, rows), axis, rows)
        case Span(low, high):
            return _span(_inner_bounds(low, rows), _inner_bounds(high, rows))
        case Choice(options):
            points = Region.points([_nominal(option) for option in options])
            return Region((points.hull,)), points
        case Coded(low, best, high):
            ends = (low, best, high)
            return Region.of(min(ends), max(ends)), Region.of(best, best)
        case _:
            return _operand(node, rows)


def _operand(node: Operand, rows: Rows) -> Bounds:
    match node:
        case Count(number):
            return _twice(Region.of(number, number))
        case Word(row):
            return _word(node, rows[row])
        case Percent():
            return _twice(_around(node.part, node.half_unit))
        case Fraction():
            return _twice(_around(node.part, rows["fraction"].half_width))
        case _:
            return _twice(Region.of(int(10 ** (node.length - 1)), int(10**node.length) - 1))


def _tidy(number: Decimal) -> Number:
    """A whole number as ``int``, any other without trailing zeros."""
    return int(number) if number == number.to_integral_value() else number.normalize()


def _low(region: Region) -> Number:
    """The lower end of a region of this module, which always has one."""
    return cast("Number", region.parts[0].lo)


def _high(soft: Region) -> Number:
    """The upper end of a typical reading, which always has one."""
    return cast("Number", soft.parts[-1].hi)


def _twice(region: Region) -> Bounds:
    return region, region


def _nominal(operand: Sharp) -> Number:
    return operand.number if isinstance(operand, Count) else _tidy(operand.part)


def _around(part: Decimal, half_width: Decimal) -> Region:
    return Region.of(
        _tidy(max(Decimal(0), part - half_width)), _tidy(min(Decimal(1), part + half_width))
    )


def _inner_bounds(node: Node, rows: Rows) -> Bounds:
    """Bounds as a hedge or range takes them: a stated part is its nominal number."""
    if isinstance(node, Percent | Fraction):
        return _twice(Region.of(_nominal(node), _nominal(node)))
    return bounds_of(node, rows)


def _word(node: Word, row: ProfileRow) -> Bounds:
    hard, soft = row.bounds
    if node.times == 1:
        return hard, soft
    return _scaled(hard, node.times, row), soft and _scaled(soft, node.times, row)


def _scaled(region: Region, times: int, row: ProfileRow) -> Region:
    lo, hi = _low(region), region.parts[-1].hi
    if hi is not None and hi != lo and row.fills_unit:
        return Region.of(lo * times, (hi + 1) * times - 1)
    return Region.of(lo * times, hi if hi is None else hi * times)


def _span(low: Bounds, high: Bounds) -> Bounds:
    """The range, its soft ends kept inside what the words allow and in order."""
    top = high[0].parts[-1].hi
    hard = Region.of(_low(low[0]), top)
    if low[1] is None or high[1] is None:
        return hard, None
    lo = _low(low[1]) if top is None else min(_low(low[1]), top)
    return hard, Region.of(lo, max(_high(high[1]), lo))


def _at_least(_inner: Node, bounds: Bounds, axis: _Axis, _rows: Rows) -> Bounds:
    hard, soft = Region.of(_low(bounds[0]), axis.top), bounds[1]
    if soft is None or not soft.is_point:
        return hard, soft
    number = _low(soft)
    return hard, Region.of(number, axis.next_round(number))


def _more_than(_inner: Node, bounds: Bounds, axis: _Axis, _rows: Rows) -> Bounds:
    hard, soft = axis.above(_low(bounds[0]), axis.top), bounds[1]
    if soft is None:
        return hard, None
    lo = _low(soft)
    return hard, axis.above(lo, axis.next_round(lo) if soft.is_point else _high(soft))


def _at_most(_inner: Node, bounds: Bounds, _axis: _Axis, _rows: Rows) -> Bounds:
    hard, soft = bounds
    return Region.of(0, hard.parts[-1].hi), soft and Region.of(0, _high(soft))


def _fewer_than(inner: Node, bounds: Bounds, axis: _Axis, _rows: Rows) -> Bounds:
    hard, soft = bounds
    allowed = Region.of(0, axis.top) if isinstance(inner, Hedged) else axis.below(hard.parts[-1].hi)
    return allowed, soft and axis.below(_high(soft))


def _up_to(_inner: Node, bounds: Bounds, axis: _Axis, _rows: Rows) -> Bounds:
    soft = bounds[1]
    return Region.of(0, axis.top), soft and Region.of(0, _high(soft))


def _nearly(_inner: Node, bounds: Bounds, axis: _Axis, rows: Rows) -> Bounds:
    number = _low(bounds[0])
    typical = number - number * rows["nearly"].share
    low = min(_tidy(typical if axis.step else round(typical, _DECIMALS)), number - axis.step)
    return axis.below(number), axis.below(number, low)


def _about(inner: Node, bounds: Bounds, axis: _Axis, rows: Rows) -> Bounds:
    hard, soft = Region.of(0, axis.top), bounds[1]
    if soft is None or isinstance(inner, Word | Digits):
        return hard, soft
    low = _low(soft) - _width(inner, _low(soft), axis, rows)
    high = _high(soft) + _width(inner, _high(soft), axis, rows)
    if axis.top is not None:
        low, high = round(low, _DECIMALS), min(round(high, _DECIMALS), Decimal(axis.top))
    return hard, Region.of(_tidy(max(Decimal(0), low)), _tidy(high))


def _width(inner: Node, number: Number, axis: _Axis, rows: Rows) -> Decimal:
    row = rows["about"]
    least = row.least if axis.step else row.least * _PERCENTAGE_POINT
    if isinstance(inner, Fraction):
        least = rows["fraction"].half_width
    return max(number * row.share, least)


_RULES: dict[str, Callable[[Node, Bounds, _Axis, Rows], Bounds]] = {
    "at_least": _at_least,
    "more_than": _more_than,
    "at_most": _at_most,
    "fewer_than": _fewer_than,
    "up_to": _up_to,
    "nearly": _nearly,
    "about": _about,
}
