"""Dates of CSL-JSON items: from words and EDTF, and back to EDTF."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claims.errors import InvalidWhen
from claims.values.when import parse_when

_YEAR_FIRST = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SEASONS = {"21": "1", "22": "2", "23": "3", "24": "4"}
_CODES = {season: code for code, season in _SEASONS.items()}
_TIME = re.compile(r"^([\d~?%X-]{4,})[T ]\d{2}:\d{2}.*$")
_MARKS = "~?%"


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


def _is_true(value: object) -> bool:
    return str(value or "").casefold() not in {"", "0", "false"}


def _edtf(parts: list[object] | tuple[object, ...]) -> str:
    """Year, month and day as EDTF; nothing where they say nothing."""
    told = [str(part).strip() for part in parts if part not in {None, ""}]
    if not told:
        return ""
    try:
        numbers = [int(part) for part in told]
    except ValueError:
        return "-".join(told)
    year = f"-{-numbers[0]:04}" if numbers[0] < 0 else f"{numbers[0]:04}"
    return "-".join([year, *(f"{part:02}" for part in numbers[1:3])])
