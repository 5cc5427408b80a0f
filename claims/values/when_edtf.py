"""Reads one EDTF date (ISO 8601-2, levels 0–2) strictly, with the days it may mean.

This reader is ours because the published parser is unfit here: it lets ``2012/2011`` and
``1900-02-29`` through, widens ``1992-02-05?`` to two years, and takes 0.4 s to import. Marks of
doubt (``?``, ``~``, ``%``) are kept as marks and never widen the days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.errors import InvalidWhen
from claims.values.interval import Region
from claims.values.when_days import (
    LAST_SHORT_YEAR,
    MONTHS,
    YEAR_DIGITS,
    YEAR_LIMIT,
    Day,
    Run,
    check_day,
    days,
    iso_year,
    month_run,
    ordinal,
)
from claims.values.when_seasons import (
    FIRST_CODE,
    LAST_CODE,
    MARKS,
    group_days,
    group_precision,
    group_rows,
    mark_days,
)
from claims.values.when_unspecified import bounded, unspecified_days, years_of

_DATE = re.compile(
    r"(?P<q0>[?~%]?)(?P<year>-?[0-9X]{4})(?P<g0>[?~%]?)"
    r"(?:-(?P<q1>[?~%]?)(?P<month>[0-9X]{2})(?P<g1>[?~%]?)"
    r"(?:-(?P<q2>[?~%]?)(?P<day>[0-9X]{2})(?P<g2>[?~%]?))?)?"
)
_LONG = re.compile(
    r"(?P<y>Y?)(?P<sign>-?)(?P<digits>[0-9]{1,16})(?:E(?P<power>[0-9]{1,2}))?"
    r"(?:S(?P<kept>[0-9]{1,2}))?(?P<q>[?~%]?)"
)

_QUOTED = 40
_YEAR_PRECISIONS = ("unknown", "millennium", "century", "decade")


@dataclass(frozen=True, slots=True)
class Span:
    """One EDTF date: its canonical text and the days it may mean."""

    text: str
    hard: Region
    soft: Region
    precision: str
    rows: tuple[str, ...] = ()
    approximate: bool = False
    uncertain: bool = False
    plain_day: bool = False

    @property
    def run(self) -> Run:
        """First and last hard day."""
        hull = self.hard.hull
        return int(hull.lo or 0), int(hull.hi or 0)


@lru_cache(maxsize=4096)
def read_date(text: str) -> Span:
    """The date that an EDTF text without interval, set or time of day stands for.

    Raises:
        InvalidWhen: the text is not EDTF, or the day does not exist.
    """
    match = _DATE.fullmatch(text)
    if match:
        return _calendar_date(match)
    match = _LONG.fullmatch(text)
    if match:
        return _long_year(match)
    raise InvalidWhen(_not_edtf(text))


def marked(span: Span, mark: str) -> Span:
    """The date with the soft days of its early, middle or late part.

    Raises:
        InvalidWhen: the date has no early or late part, being a day or several stretches.
    """
    if not mark:
        return span
    hull = span.soft.hull
    low, high = int(hull.lo or 0), int(hull.hi or 0)
    if high - low + 1 < len(MARKS) or len(span.soft.parts) > 1:
        message = f"{mark!r} goes with one month, season or longer stretch, not with {span.text}"
        raise InvalidWhen(message)
    run, row = mark_days(mark, (low, high))
    return replace(span, soft=days([run]), rows=(*span.rows, row))


def _not_edtf(text: str) -> str:
    hints = {
        r".*[a-z].*": "EDTF writes X, Y, E, S, T and Z in capitals",
        r".*(\?~|~\?).*": "write % for both ? and ~",
        r"-?[0-9]{5,}.*": "a year of more than four digits begins with Y, as in Y12345",
        r"-?[0-9]{1,3}([?~%-].*)?": "write the year with four digits, as in 0079",
        r"[0-9]{4}-[0-9](-.*)?|[0-9]{4}-..-[0-9]": "write months and days with two digits",
    }
    hint = next((h for pattern, h in hints.items() if re.fullmatch(pattern, text)), None)
    shown = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}..."
    return f"{shown!r} is not an EDTF date; {hint or 'write YYYY, YYYY-MM or YYYY-MM-DD'}"


# -- long years, exponents and significant digits -----------------------------------------------


def _long_year(match: re.Match[str]) -> Span:
    sign, digits = match["sign"], match["digits"]
    if not match["y"] and (len(digits) != YEAR_DIGITS or match["power"] or not match["kept"]):
        raise InvalidWhen(_not_edtf(match[0]))
    size = int(digits) * 10 ** int(match["power"] or 0)
    if match["y"] and (digits.startswith("0") or size <= LAST_SHORT_YEAR):
        message = f"{match[0]!r}: Y is for years of more than four digits, with no leading zero"
        raise InvalidWhen(message)
    if size >= YEAR_LIMIT:
        message = f"the year {match[0]!r} is out of range; years go up to 12 digits"
        raise InvalidWhen(message)
    width = len(str(size)) if match["y"] else YEAR_DIGITS
    return _significant(match, sign, size, width)


def _significant(match: re.Match[str], sign: str, size: int, width: int) -> Span:
    kept = int(match["kept"] or width)
    if not 1 <= kept <= width or (sign and size == 0):
        message = f"{match[0]!r} keeps {kept} significant digits of a year that has {width}"
        raise InvalidWhen(message)
    step = 10 ** (width - kept)
    low = size - size % step
    high = low + step - 1
    first, last = (-high, -low) if sign else (low, high)
    region = days([(ordinal(first, 1, 1), ordinal(last, 12, 31))])
    name = f"Y{sign}{size}" if match["y"] else f"{sign}{size:04}"
    approximate, uncertain = _flags(match["q"])
    return Span(
        name + (f"S{kept}" if kept < width else "") + match["q"],
        region,
        region,
        _step_precision(width - kept),
        approximate=approximate,
        uncertain=uncertain,
    )


def _step_precision(zeros: int) -> str:
    names = ("year", "decade", "century", "millennium")
    return names[zeros] if zeros < len(names) else f"{10**zeros} years"


def _flags(marks: str) -> tuple[bool, bool]:
    return "~" in marks or "%" in marks, "?" in marks or "%" in marks


# -- calendar dates, with unspecified digits ------------------------------------------------------


def _calendar_date(match: re.Match[str]) -> Span:
    year, month, day = match["year"], match["month"], match["day"]
    if year == "-0000":
        message = "there is no year -0000; the year before 0001 is 0000"
        raise InvalidWhen(message)
    parts = [part for part in (year, month, day) if part is not None]
    marks = _component_marks(match, len(parts))
    hard, soft = _days(year, month, day)
    code = int(month) if month and "X" not in month and int(month) >= FIRST_CODE else 0
    approximate, uncertain = _flags("".join(marks))
    return Span(
        _canonical(parts, marks),
        hard,
        soft,
        group_precision(code) if code and "X" not in year else _precision(parts),
        group_rows(code) if code else (),
        approximate,
        uncertain,
        plain_day=day is not None and "X" not in "".join(parts) and not any(marks),
    )


def _component_marks(match: re.Match[str], count: int) -> list[str]:
    """The mark of each component; one after a component holds for all before it, too."""
    found = [{match[f"q{i}"], *(match[f"g{j}"] for j in range(i, count))} for i in range(count)]
    return [_join_marks(marks) for marks in found]


def _join_marks(marks: set[str]) -> str:
    marks.discard("")
    return "%" if len(marks) > 1 else "".join(marks)


def _canonical(parts: list[str], marks: list[str]) -> str:
    if len(set(marks)) == 1:
        return "-".join(parts) + marks[0]
    return "-".join(mark + part for mark, part in zip(marks, parts, strict=True))


def _precision(parts: Sequence[str]) -> str:
    digits = parts[0].removeprefix("-")
    if "X" in digits:
        return _YEAR_PRECISIONS[digits.index("X")]
    for name, part in zip(("year", "month"), parts[1:], strict=False):
        if "X" in part:
            return name
    return ("year", "month", "day")[len(parts) - 1]


def _days(year: str, month: str | None, day: str | None) -> tuple[Region, Region]:
    if month and "X" not in month and int(month) > MONTHS:
        return _group_days(year, int(month), day)
    if "X" not in f"{year}{month}{day}":
        region = days([_exact(int(year), month, day)])
    else:
        region = unspecified_days(year, month, day)
    return region, region


def _exact(year: int, month: str | None, day: str | None) -> Run:
    if month is None:
        return month_run(year, 1, 12)
    if month == "00":
        message = "there is no month 0; months are 01 to 12"
        raise InvalidWhen(message)
    if day is None:
        return month_run(year, int(month), int(month))
    check_day(year, int(month), int(day))
    one = ordinal(year, int(month), int(day))
    return one, one


def _group_days(year: str, code: int, day: str | None) -> tuple[Region, Region]:
    if not FIRST_CODE <= code <= LAST_CODE:
        message = (
            f"there is no month {code}; months are 01 to 12, seasons and quarters 21 to 41 "
            "(two years are written YYYY/YYYY)"
        )
        raise InvalidWhen(message)
    if day is not None:
        message = f"a season or quarter ({code}) has no day; leave the day {day} out"
        raise InvalidWhen(message)
    found = [group_days(number, code) for number in bounded(years_of(year))]
    return days(run for hard, _ in found for run in hard), days(
        run for _, soft in found for run in soft
    )


def shift_unit(span: Span, steps: int) -> str:
    """The EDTF text of the day, month or year just before (−1) or after (1) a date.

    Dates of another precision give the neighbouring day.
    """
    low, high = span.run
    day = Day.fromordinal(low - 1 if steps < 0 else high + 1)
    width = {"year": 1, "month": 2}.get(span.precision, 3)
    parts = (iso_year(day.year), f"{day.month:02}", f"{day.day:02}")
    return "-".join(parts[:width])
