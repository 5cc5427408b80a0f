"""Numbers, days and intervals in plain words, for explanations and reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from claims.analysis.vocabulary import ValueKind
from claims.values.interval import Interval, Number, Region
from claims.values.when_days import Day

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_LONG = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def plural(count: int, noun: str) -> str:
    """``1 claim``, ``2,000 claims``."""
    ending = "" if count == 1 else "s"
    return f"{number(count)} {noun}{ending}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    found = list(words)
    if len(found) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"


def number(value: Number) -> str:
    """A number with thousands separated by commas and no needless zeros."""
    if isinstance(value, int):
        return f"{value:,}"
    whole = value == value.to_integral_value()
    return f"{int(value):,}" if whole else f"{value.normalize():,f}"


def day(value: date | Day) -> str:
    """``10 February 1992``, whatever the machine's language; years before 1 as BCE."""
    year = str(value.year) if value.year > 0 else f"{1 - value.year} BCE"
    return f"{value.day} {_MONTHS[value.month - 1]} {year}"


def point(value: Number, kind: ValueKind) -> str:
    """One position on the axis of a kind of question."""
    if kind is ValueKind.PROPORTION:
        return f"{number(round(Decimal(value) * 100, 2))} %"
    if kind is ValueKind.DATE:
        return day(Day.fromordinal(int(value)))
    if kind is ValueKind.DURATION:
        return _duration(value)
    return number(value)


def _duration(seconds: Number) -> str:
    for name, length in _LONG:
        if seconds >= length and seconds % length == 0:
            return plural(int(seconds // length), name)
    return f"{number(seconds)} seconds"


def region(value: Region, kind: ValueKind) -> str:
    """What a region covers: ``exactly 8``, ``12 or more``, ``24 to 99``, ``8 or 11``."""
    return listed((_interval(part, kind) for part in value.parts), "or")


def _interval(part: Interval, kind: ValueKind) -> str:
    if part.lo is None or part.hi is None:
        return _unbounded(part, kind)
    if part.lo == part.hi:
        exact = "" if kind in {ValueKind.DATE, ValueKind.DURATION} else "exactly "
        return exact + point(part.lo, kind)
    low = ("more than " if part.lo_open else "") + point(part.lo, kind)
    high = ("less than " if part.hi_open else "") + point(part.hi, kind)
    return f"{low} to {high}"


def _unbounded(part: Interval, kind: ValueKind) -> str:
    dated = kind is ValueKind.DATE
    if part.lo is not None:
        low = point(part.lo, kind)
        if part.lo_open:
            return f"after {low}" if dated else f"more than {low}"
        return f"{low} or later" if dated else f"{low} or more"
    if part.hi is not None:
        high = point(part.hi, kind)
        if part.hi_open:
            return f"before {high}" if dated else f"less than {high}"
        return f"{high} or earlier" if dated else f"{high} or less"
    return "no bound"
