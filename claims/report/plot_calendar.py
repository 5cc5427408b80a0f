"""Days along an axis: from single days to millennia, at the boundaries that calendars have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.report.plot_letters import clear
from claims.values.when_days import MONTHS, Day, ordinal

_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEFT, RIGHT = Decimal(2), Decimal(96)
"""Where an axis begins and ends, in per cent; open ends run beyond it to the border."""

_MOST = 6
_DAYS = (1, 2, 5, 10)
_IN_MONTHS = (1, 2, 3, 6)
_WHOLE_MONTHS = 45
"""A stretch of at least as many days is told in months."""

_YEAR = 366
_ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Tick:
    """A step of an axis; without words where there is no room for them."""

    value: Decimal
    words: str


def along(value: Decimal, lo: Decimal, hi: Decimal) -> Decimal:
    """Where a value stands on an even axis from ``lo`` to ``hi``, in per cent of the width."""
    return LEFT + (RIGHT - LEFT) * (value - lo) / (hi - lo)


@dataclass(frozen=True, slots=True)
class Calendar:
    """An axis of days; ``year`` is told once where all of it lies in one."""

    first: Decimal
    last: Decimal
    ticks: tuple[Tick, ...]
    year: str


def calendar(first: int, last: int) -> Calendar:
    """The axis that shows these days.

    Args:
        first: the earliest day to be shown, as an ordinal.
        last: the latest.
    """
    margin = max(1, (last - first) // 25)
    start, end = first - margin, last + margin
    years = {Day.fromordinal(day).year for day in (start, end)}
    year = _year(years.pop()) if len(years) == 1 else ""
    ticks: tuple[Tick, ...] = ()
    for values in _choices(start, end):
        ticks = _told(values, alone=not year)
        labels = ((t.words, along(t.value, Decimal(start), Decimal(end))) for t in ticks)
        if len(ticks) <= _MOST and clear(labels):
            break
    return Calendar(Decimal(start), Decimal(end), ticks, year)


def _choices(start: int, end: int) -> Iterator[list[tuple[int, str]]]:
    """Ever fewer steps, as ordinals with the way they are told."""
    span = end - start
    if span < 3 * _WHOLE_MONTHS:
        for step in _DAYS:
            yield [(d, "day") for d in range(start, end + 1) if _keeps(d, step)]
    if span < _YEAR * 8:
        for step in _IN_MONTHS:
            found = [(d, "month") for d in _months(start, end, step)]
            if len(found) > 1:
                yield found
    yield from _years(start, end)


def _keeps(day: int, step: int) -> bool:
    """Every day, or the first and every so many days of a month; not the 30th or 31st."""
    here = Day.fromordinal(day).day
    return step == 1 or here == 1 or (here % step == 0 and here + step // 2 <= 30)  # noqa: PLR2004


def _months(start: int, end: int, step: int) -> Iterator[int]:
    begin = Day.fromordinal(start)
    place = begin.year * MONTHS + begin.month - 1
    while True:
        here = ordinal(place // MONTHS, place % MONTHS + 1, 1)
        if here > end:
            return
        if here >= start and place % MONTHS % step == 0:
            yield here
        place += 1


def _years(start: int, end: int) -> Iterator[list[tuple[int, str]]]:
    first, last = Day.fromordinal(start).year, Day.fromordinal(end).year
    power = max(1, 10 ** (len(str(last - first)) - 2))
    while True:
        for step in (power * size for size in _ROUND):
            begin = -(-first // step) * step
            found = (ordinal(year, 1, 1) for year in range(begin, last + 1, step))
            yield [(day, "year") for day in found if start <= day <= end]
        power *= 10


def _told(values: list[tuple[int, str]], *, alone: bool) -> tuple[Tick, ...]:
    ticks, before = [], None
    for value, how in values:
        day = Day.fromordinal(value)
        ticks.append(Tick(Decimal(value), _words(day, how, year=alone and day.year != before)))
        before = day.year
    return tuple(ticks)


def _words(day: Day, how: str, *, year: bool) -> str:
    if how == "year":
        return _year(day.year)
    month = _SHORT[day.month - 1]
    words = f"{day.day} {month}" if how == "day" else month
    return f"{words} {_year(day.year)}" if year else words


def _year(year: int) -> str:
    return f"{year}" if year > 0 else f"{1 - year} BCE"
