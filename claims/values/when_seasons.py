"""The sub-year groups of EDTF level 2 (codes 21–41) and the days of "early", "mid" and "late".

Quarters, thirds and halves of a year have strict days. Seasons have none. By a convention of this
project (``dates@1``) the hard bounds of a season reach from its first meteorological day to the
latest day of its astronomical end. Codes 21–24 do not say which hemisphere is meant, so their hard
days are those of both; their soft days are the northern ones. A winter (or southern summer) named
with one year may have begun or ended in that year: both are counted.

"Early", "mid" and "late" keep the whole month, year or season as hard bounds. By the same
convention their soft days are 1–10, 11–20 and 21–end of a month, four months each of a year, and
thirds of any longer or other stretch.
"""

from __future__ import annotations

from claims.values.when_days import Day, Run, month_run, ordinal

MARKS = ("early", "mid", "late")

SEASON, NORTH, SOUTH = "season", "season-north", "season-south"

_SPRING, _SUMMER, _AUTUMN, _WINTER = range(4)
_NORTH_DAYS = {
    _SPRING: (3, 1, 6, 22),
    _SUMMER: (6, 1, 9, 24),
    _AUTUMN: (9, 1, 12, 23),
    _WINTER: (12, 1, 3, 21),
}
_GROUPS = {
    **{33 + i: ("quarter", 3 * i + 1, 3 * i + 3) for i in range(4)},
    **{37 + i: ("third of a year", 4 * i + 1, 4 * i + 4) for i in range(3)},
    **{40 + i: ("half-year", 6 * i + 1, 6 * i + 6) for i in range(2)},
}

FIRST_CODE, LAST_CODE = 21, 41


def group_precision(code: int) -> str:
    """The precision of a sub-year group: season, quarter, third of a year or half-year."""
    return _GROUPS[code][0] if code in _GROUPS else "season"


def group_days(year: int, code: int) -> tuple[list[Run], list[Run]]:
    """The hard and the soft days of a sub-year group of one year."""
    if code in _GROUPS:
        _, first, last = _GROUPS[code]
        runs = [month_run(year, first, last)]
        return runs, runs
    season, block = (code - FIRST_CODE) % 4, (code - FIRST_CODE) // 4
    north = _season_days(year, season)
    south = _season_days(year, (season + 2) % 4)
    if block == 0:
        return north + south, north
    only = north if block == 1 else south
    return only, only


def group_rows(code: int) -> tuple[str, ...]:
    """The conventions a code rests on; none where its days are strict."""
    return () if code in _GROUPS else ((SEASON, NORTH, SOUTH)[(code - FIRST_CODE) // 4],)


def _season_days(year: int, northern_season: int) -> list[Run]:
    month, day, last_month, last_day = _NORTH_DAYS[northern_season]
    if last_month > month:
        return [(ordinal(year, month, day), ordinal(year, last_month, last_day))]
    return [
        (ordinal(start, month, day), ordinal(start + 1, last_month, last_day))
        for start in (year - 1, year)
    ]


def mark_days(mark: str, run: Run) -> tuple[Run, str]:
    """The typical days of a part of a stretch, and the name of the convention used."""
    part, day = MARKS.index(mark), Day.fromordinal(run[0])
    if run == month_run(day.year, day.month, day.month):
        last = run[1] if mark == MARKS[-1] else run[0] + 10 * part + 9
        return (run[0] + 10 * part, last), f"{mark}-month"
    if run == month_run(day.year, 1, 12):
        return month_run(day.year, 4 * part + 1, 4 * part + 4), f"{mark}-year"
    length = run[1] - run[0] + 1
    third = run[0] + length * part // 3, run[0] + length * (part + 1) // 3 - 1
    return third, f"{mark}-third"
