"""Dates of CSL-JSON items: from words and EDTF, and back to EDTF."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping

from claims.errors import InvalidWhen
from claims.values.when import parse_when

_YEAR_FIRST = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SEASONS = {"21": "1", "22": "2", "23": "3", "24": "4"}
_CODES = {season: code for code, season in _SEASONS.items()}
_TIME = re.compile(r"^([\d~?%X-]{4,})[T ]\d{2}:\d{2}.*$")
_FIGURES = re.compile(r"[\W\d_]*\d[\W\d_]*|[\[{].*")
_MARKS = "~?%"
_MONTHS, _YEARS = range(1, 13), range(-9999, 10_000)
_LEAP = 2000
_MOST, _SHORT = 2, 40


def csl_date(text: str) -> Mapping[str, object]:
    """A date in words or in EDTF as CSL has it; words that are no date are kept as ``literal``.

    About and perhaps (``~``, ``?``, ``%``, *circa*) become ``circa``; a season has its number.
    """
    plain = " ".join(text.split())
    timed = _TIME.match(plain)
    try:
        edtf = parse_when(timed[1] if timed else plain).edtf
    except InvalidWhen:
        return {"literal": plain}
    return _from_edtf(edtf) or {"literal": plain}


def _from_edtf(edtf: str) -> Mapping[str, object]:
    circa = any(mark in edtf for mark in _MARKS)
    bare = edtf.translate(dict.fromkeys(map(ord, _MARKS)))
    parts = [_YEAR_FIRST.fullmatch(one) for one in bare.split("/")]
    if any(one is None for one in parts):
        return {}
    dates = [[part for part in one.groups() if part] for one in parts if one]
    seasons = [_SEASONS.get(one[1], "") if len(one) > 1 else "" for one in dates]
    if any(seasons[1:]) or (seasons[0] and len(dates) > 1):
        return {}
    if seasons[0]:
        dates = [dates[0][:1]]
    numbers = [[str(int(part)) for part in one] for one in dates]
    told = {"season": seasons[0], "circa": "1" if circa else ""}
    return {"date-parts": numbers, **{name: one for name, one in told.items() if one}}


def edtf_of(date: object) -> str:
    """A date of CSL as EDTF, or as the words that it has; nothing where it says nothing."""
    if not isinstance(date, Mapping):
        return str(date or "")
    parts = date.get("date-parts")
    if not isinstance(parts, list | tuple) or not parts:
        return str(date.get("literal") or date.get("raw") or "")
    mark = "~" if _is_true(date.get("circa")) else ""
    dates = [_edtf(one) for one in parts if isinstance(one, list | tuple)]
    season = _CODES.get(str(date.get("season") or ""))
    if season and len(dates) == 1:
        dates = [f"{dates[0][:4]}-{season}"]
    return "/".join(f"{one}{mark}" if one else "" for one in dates)


def impossible_part(date: object) -> str:
    """What no calendar has in a date of CSL that is no text, as ``month 13``; else nothing.

    The numbers of seasons (21 to 24) may stand for a month. Words (``literal``, ``raw``) may say
    whatever they like.
    """
    if not isinstance(date, Mapping):
        return "a list in place of a date"
    parts = date.get("date-parts")
    if not parts:
        return "" if date.get("literal") or date.get("raw") else "a date that says nothing"
    if not isinstance(parts, list | tuple) or len(parts) > _MOST:
        return "date-parts that are not one date or two"
    return next(filter(None, map(_impossible, parts)), "")


def _impossible(parts: object) -> str:
    if not isinstance(parts, list | tuple):
        return "date-parts that are no lists of year, month and day"
    told = [str(part).strip() for part in parts if part not in (None, "")]
    try:
        year, month, day = ([int(part) for part in told] + [1, 1, 1][len(told) :])[:3]
    except ValueError:
        return f"{'-'.join(told)[:_SHORT]!r}, which are no numbers"
    if year not in _YEARS:
        return f"year {year}"
    if str(month) in _SEASONS and len(told) == _MOST:
        return ""
    if month not in _MONTHS:
        return f"month {month}"
    last = monthrange(year if year > 0 else _LEAP, month)[1]
    return "" if 1 <= day <= last else f"day {day} of month {month}"


def unread_figures(date: object) -> str:
    """The words of a date where they are mere figures, and yet no date: ``1992-13-01``."""
    words = str(date.get("literal") or "") if isinstance(date, Mapping) else ""
    if not _FIGURES.fullmatch(words):
        return ""
    try:
        parse_when(words)
    except InvalidWhen:
        return words
    return ""


def _is_true(value: object) -> bool:
    return str(value or "").casefold() not in {"", "0", "false"}


def _edtf(parts: list[object] | tuple[object, ...]) -> str:
    """Year, month and day as EDTF; nothing where they say nothing."""
    told = [str(part).strip() for part in parts if part not in (None, "")]
    if not told:
        return ""
    try:
        numbers = [int(part) for part in told]
    except ValueError:
        return "-".join(told)
    year = f"-{-numbers[0]:04}" if numbers[0] < 0 else f"{numbers[0]:04}"
    return "-".join([year, *(f"{part:02}" for part in numbers[1:3])])
