"""Days of the proleptic Gregorian calendar for any year, counted as integers.

The ordinal of a day is that of :meth:`datetime.date.toordinal` (1 January of year 1 is day 1).
``datetime.date`` ends at the years 1 and 9999, so other years are moved by whole cycles of 400
years, each of 146,097 days, into the first cycle and back. Year 0 is 1 BC, as in ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from claims.errors import InvalidWhen
from claims.values.interval import Interval, Region

YEAR_LIMIT = 10**12
"""Years beyond this are refused, so that day ordinals stay exact in any store and in JSON."""

Run = tuple[int, int]
"""First and last day of a run of days, as ordinals."""

OpenRun = tuple[int | None, int | None]
"""The same, with ``None`` for an end that is open."""

_FAR = 367 * YEAR_LIMIT
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_FEBRUARY = 2
_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

MONTHS = len(_NAMES)
YEAR_DIGITS = 4
LAST_SHORT_YEAR = 10**YEAR_DIGITS - 1


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """One day of the proleptic Gregorian calendar, in any year."""

    year: int
    month: int
    day: int

    @classmethod
    def fromordinal(cls, ordinal: int) -> Day:
        """The day with this ordinal."""
        cycle, rest = divmod(ordinal - 1, _CYCLE_DAYS)
        found = date.fromordinal(rest + 1)
        return cls(found.year + cycle * _CYCLE_YEARS, found.month, found.day)

    def toordinal(self) -> int:
        """The ordinal of this day."""
        return ordinal(self.year, self.month, self.day)

    def isoformat(self) -> str:
        """``YYYY-MM-DD``; years outside 0–9999 carry a sign, as ISO 8601 expands them."""
        return f"{iso_year(self.year)}-{self.month:02}-{self.day:02}"

    __str__ = isoformat


def iso_year(year: int) -> str:
    """The year in ISO 8601: four digits, or a sign and as many digits as it takes."""
    if year < 0:
        return f"-{-year:04}"
    return f"{year:04}" if year <= LAST_SHORT_YEAR else f"+{year}"


def ordinal(year: int, month: int, day: int) -> int:
    """The ordinal of an existing day; see :func:`month_length` for which days exist."""
    cycle, rest = divmod(year - 1, _CYCLE_YEARS)
    return date(rest + 1, month, day).toordinal() + cycle * _CYCLE_DAYS


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """The number of days in the month."""
    if month == _FEBRUARY:
        return 29 if is_leap(year) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def month_run(year: int, first: int, last: int) -> Run:
    """The days from the first to the last of these months of one year."""
    return ordinal(year, first, 1), ordinal(year, last, month_length(year, last))


def check_day(year: int, month: int, day: int) -> None:
    """Refuse a day that the month does not have.

    Raises:
        InvalidWhen: naming the month and its number of days.
    """
    length = month_length(year, month)
    if not 1 <= day <= length:
        name = f"{_NAMES[month - 1]} {iso_year(year)}"
        message = f"there is no day {day} in {name}; it has {length} days"
        raise InvalidWhen(message)


def days(runs: Iterable[OpenRun]) -> Region:
    """The region of these runs; runs that overlap or follow on each other become one."""
    closed = ((-_FAR if low is None else low, _FAR if high is None else high) for low, high in runs)
    merged: list[Run] = []
    for low, high in sorted(closed):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return Region(tuple(Interval(_near(low), _near(high)) for low, high in merged))


def _near(number: int) -> int | None:
    return None if abs(number) == _FAR else number


def first_day(region: Region | None) -> Day | None:
    """The earliest day of a region of days, ``None`` where it has none."""
    low = region.hull.lo if region else None
    return None if low is None else Day.fromordinal(int(low))


def last_day(region: Region | None) -> Day | None:
    """The latest day of a region of days, ``None`` where it has none."""
    high = region.hull.hi if region else None
    return None if high is None else Day.fromordinal(int(high))
