"""The days of dates with unspecified digits (``X``), such as ``156X-12-25`` or ``1984-1X``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product

from claims.errors import InvalidWhen
from claims.values.interval import Region
from claims.values.when_days import (
    MONTHS,
    YEAR_DIGITS,
    Run,
    days,
    month_length,
    month_run,
    ordinal,
)

_LISTED_MONTHS = 120
"""Unspecified digits are listed month by month up to this many months; beyond, only the earliest
and the latest matching day count. That is wider than the words, so it never invents a conflict."""


def bounded(years: Sequence[int]) -> Sequence[int]:
    """The years, or the first and last of them where they are too many to list."""
    return years if len(years) <= _LISTED_MONTHS else (years[0], years[-1])


def years_of(mask: str) -> Sequence[int]:
    """The years a mask allows, rising."""
    digits = mask.removeprefix("-")
    stem = digits.rstrip("X")
    if "X" not in stem:
        width = 10 ** (YEAR_DIGITS - len(stem))
        low = int(stem or 0) * width
        found: Sequence[int] = range(low, low + width)
    else:
        choices = ("0123456789" if c == "X" else c for c in digits)
        found = [int("".join(picked)) for picked in product(*choices)]
    if mask == digits:
        return found
    return [-number for number in reversed(found) if number]


@lru_cache(maxsize=512)
def _matching(mask: str, low: int, high: int) -> tuple[int, ...]:
    """The two-digit numbers from low to high that a mask allows."""
    return tuple(
        n
        for n in range(low, high + 1)
        if all(m in ("X", d) for m, d in zip(mask, f"{n:02}", strict=True))
    )


def unspecified_days(year: str, month: str | None, day: str | None) -> Region:
    """The days of a date with unspecified digits; trailing ``XX`` say no more than leaving out."""
    day = None if day == "XX" else day
    month = None if month == "XX" and day is None else month
    years = years_of(year)
    if month is None:
        return _whole_years(years)
    months = _matching(month, 1, MONTHS)
    cells = [(y, m) for y in bounded(years) for m in months]
    if len(years) * len(months) <= _LISTED_MONTHS:
        runs = [run for cell in cells for run in _in_month(*cell, day)]
    else:
        runs = _hull(years, months, day)
    if not runs:
        shown = "-".join(part for part in (year, month, day) if part)
        message = f"no day of the calendar fits {shown}; check its month and day"
        raise InvalidWhen(message)
    return days(runs)


def _whole_years(years: Sequence[int]) -> Region:
    if isinstance(years, range) or len(years) > _LISTED_MONTHS:
        return days([(ordinal(years[0], 1, 1), ordinal(years[-1], 12, 31))])
    return days(month_run(year, 1, MONTHS) for year in years)


def _in_month(year: int, month: int, day: str | None) -> list[Run]:
    if day is None:
        return [month_run(year, month, month)]
    found = _matching(day, 1, month_length(year, month))
    return [(ordinal(year, month, d),) * 2 for d in found]


def _hull(years: Sequence[int], months: Sequence[int], day: str | None) -> list[Run]:
    """From the earliest to the latest day that fits, without listing those between."""
    first = _first_fit(product(years, months), day)
    if not first:
        return []
    last = _first_fit(product(reversed(years), reversed(months)), day)
    return [(first[0][0], last[-1][1])]


def _first_fit(cells: Iterable[tuple[int, int]], day: str | None) -> list[Run]:
    return next((runs for cell in cells if (runs := _in_month(*cell, day))), [])
