"""What a cell of a workbook holds: texts, exact numbers, dates by the format they are shown in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum

from claims.exchange.table_rows import Scalar

DIGITS = 15
"""Significant digits of a number in a spreadsheet; what is beyond them is noise of reckoning."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_PLAIN = re.compile(r"-?[0-9]+\.[0-9]*[1-9]")
_FRACTION = re.compile(r"s\.0+")
_LAST_DAY = 2_958_465
_LEAP_BUG = 60
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Shown(Enum):
    """What a number format shows a number as."""

    NUMBER = "number"
    DAY = "day"
    NO_YEAR = "day of a year that is not shown"
    MONTH = "month"
    YEAR = "year"
    MOMENT = "moment"
    CLOCK = "clock"


_BUILT_IN = {
    **dict.fromkeys((14, 15, *range(27, 32), 36, *range(50, 55), 57, 58), Shown.DAY),
    16: Shown.NO_YEAR,
    17: Shown.MONTH,
    22: Shown.MOMENT,
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 46, 47, 55, 56), Shown.CLOCK),
}


def shown_by(number: int, code: str | None) -> Shown:
    """What a number format shows, by its code or, for those without one, by its number.

    Formats are those of ISO/IEC 29500-1, 18.8.30 and 18.8.31.
    """
    if code is None:
        return _BUILT_IN.get(number, Shown.NUMBER)
    letters = _ASIDE.sub("", code.split(";")[0]).lower().replace("general", "")
    letters = letters.replace("am/pm", "h").replace("a/p", "h")
    year, day = "y" in letters or "e" in letters, "d" in letters
    clock = "h" in letters or "s" in letters
    if "0" in _FRACTION.sub("", letters) or "#" in letters:
        return Shown.NUMBER
    if clock:
        return Shown.MOMENT if year or day else Shown.CLOCK
    if day:
        return Shown.DAY if year else Shown.NO_YEAR
    if "m" in letters:
        return Shown.MONTH
    return Shown.YEAR if year else Shown.NUMBER


def number_of(text: str) -> int | Decimal:
    """A number as a spreadsheet holds it, with the digits that it shows.

    Raises:
        ValueError: it is none, or not finite.
    """
    if len(text) <= DIGITS and text.isascii() and text.isdecimal():
        return int(text)
    if len(text) < DIGITS and _PLAIN.fullmatch(text):
        return Decimal(text)
    exact = Decimal(f"{float(text):.{DIGITS}g}")
    if not exact.is_finite():
        raise ValueError(text)
    return int(exact) if exact == exact.to_integral_value() else exact


def dated(serial: int | Decimal, shown: Shown, *, since_1904: bool) -> Scalar:
    """The date or time that a serial number stands for, no more precise than it is shown.

    Days count from the end of 1899, where day 60 is a 29 February 1900 that never was, or from
    1904. A date shown as month and year comes back as ``1981-03``, as a year as ``1981``; a time
    of day as ``14:30:00``.

    Raises:
        ValueError: no date has that number; the message says why.
    """
    if shown is Shown.CLOCK and serial >= 0:
        return _clock(serial)
    day = int(serial)
    if serial < 0 or day > _LAST_DAY:
        message = "no date: the number is negative or too large"
        raise ValueError(message)
    if not since_1904 and day in {0, _LEAP_BUG}:
        message = f"no date: day {day} of a spreadsheet's calendar never was"
        raise ValueError(message)
    found = _first_day(day, since_1904=since_1904) + timedelta(seconds=_seconds(serial - day))
    if shown is Shown.YEAR:
        return f"{found.year:04}"
    if shown is Shown.MONTH:
        return f"{found.year:04}-{found.month:02}"
    return found if shown is Shown.MOMENT or serial != day else found.date()


def _first_day(day: int, *, since_1904: bool) -> datetime:
    if since_1904:
        return datetime(1904, 1, 1) + timedelta(days=day)  # noqa: DTZ001 (sheets know no zones)
    bug = 1 if day > _LEAP_BUG else 0
    return datetime(1899, 12, 31) + timedelta(days=day - bug)  # noqa: DTZ001 (the same)


def _seconds(fraction: int | Decimal) -> float:
    """The time of day, to the millisecond that spreadsheets show."""
    return round(float(fraction) * 86400, 3)


def _clock(serial: int | Decimal) -> str:
    minutes, seconds = divmod(round(float(serial) * 86400), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def unescaped(text: str) -> str:
    """A text with the control characters that XML cannot hold (``_x0007_``) put back."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def place_of(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of a reference such as ``B7``.

    Raises:
        ValueError: it is none.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for sign in match[1]:
        column = column * 26 + ord(sign) - ord("A") + 1
    return int(match[2]), column


def iso_date(text: str) -> date | str:
    """A date cell that is written as text (``t="d"``)."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found.date() if len(text) <= len("2020-01-31") else found
