"""Dates in digits such as 12.02.1992, whose order of day and month is the locale's."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from claims.errors import InvalidWhen
from claims.values.when_days import MONTHS

_NUMERIC = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_UNCLEAR_YEAR = re.compile(
    r"[0-9]{1,4}([./])[0-9]{1,2}\1[0-9]{1,4}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{1,3}"
)
_ROMAN_MONTH = re.compile(r"([0-9]{1,2})(\. ?| |/|-)([IVX]+)(?:\2)([0-9]{4})")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DATA = Path(__file__).with_name("data") / "date_orders.toml"


@cache
def _orders() -> dict[str, str]:
    table: dict[str, list[str]] = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {locale.casefold(): order for order, locales in table.items() for locale in locales}


def day_order(locale: str) -> str | None:
    """``"day_first"`` or ``"month_first"`` as the locale writes dates; ``None``: undeclared."""
    name = locale.replace("_", "-").casefold()
    return _orders().get(name) or _orders().get(name.partition("-")[0])


def read_numeric(text: str, locale: str) -> str | None:
    """The EDTF text of a date in digits, or ``None`` where the text is not of that form.

    A month in Roman figures (10.II.1992) follows its day everywhere. Else, without a declared
    order, a date is read only where one order gives a date, or both the same.

    Raises:
        InvalidWhen: the order is ambiguous, or the year has not four digits.
    """
    roman = _ROMAN_MONTH.fullmatch(text)
    if roman and roman[3] in _ROMAN:
        return f"{roman[4]}-{_ROMAN.index(roman[3]) + 1:02}-{int(roman[1]):02}"
    match = _NUMERIC.fullmatch(text)
    if not match and _UNCLEAR_YEAR.fullmatch(text):
        message = "write the year with four digits and last, or the date as YYYY-MM-DD"
        raise InvalidWhen(message)
    if not match:
        return None
    first, second, year = match[1], match[3], match[4]
    day, month = _ordered(int(first), int(second), locale)
    if not 1 <= month <= MONTHS:
        message = f"there is no month {month}; the locale {locale!r} puts the month there"
        raise InvalidWhen(message)
    return f"{year}-{month:02}-{day:02}"


def _ordered(first: int, second: int, locale: str) -> tuple[int, int]:
    order = day_order(locale)
    if order == "month_first":
        return second, first
    if order == "day_first" or first == second or first > MONTHS:
        return first, second
    if second > MONTHS:
        return second, first
    message = (
        f"the order of day and month is not declared by the locale {locale!r}; "
        "write YYYY-MM-DD, or give a locale such as en-GB, en-US or de"
    )
    raise InvalidWhen(message)
