"""Durations in ISO 8601 (``P1Y2M10DT2H30M``): the parts, and the canonical text of them."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.errors import InvalidValue
from claims.values.interval import Number

DAY = 86_400
"""Seconds."""

_NUMBER = r"([0-9]{1,12}(?:[.,][0-9]{1,9})?)"
_ISO = re.compile(
    rf"P(?=[0-9T])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=[0-9])(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_ISO_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")


def read_iso(text: str) -> dict[str, Decimal]:
    """The amounts by unit.

    Raises:
        InvalidValue: the text is no ISO 8601 duration, or a part before the last has a fraction.
    """
    match = _ISO.fullmatch(text)
    if not match:
        message = f"{text!r} is not an ISO 8601 duration; write it as P1Y2M10DT2H30M"
        raise InvalidValue(message)
    found = {
        unit: Decimal(number.replace(",", "."))
        for unit, number in zip(_ISO_UNITS, match.groups(), strict=True)
        if number is not None
    }
    *larger, _ = found
    if any(found[unit] % 1 for unit in larger):
        message = f"{text!r} has a fraction that is not in its last part; write smaller units"
        raise InvalidValue(message)
    return found


def tidy(number: Decimal) -> Number:
    """A whole number as such, any other without needless zeros."""
    return int(number) if number == int(number) else number.normalize()


def write_iso(years: int, months: int, rest: Decimal) -> str:
    """The canonical text; ``rest`` is all but years and months, in seconds."""
    whole = int(rest)
    days, hours = whole // DAY, whole // 3600 % 24
    minutes, seconds = whole // 60 % 60, whole % 60 + rest % 1
    date = "".join(f"{n}{u}" for n, u in ((years, "Y"), (months, "M"), (days, "D")) if n)
    time = "".join(f"{n}{u}" for n, u in ((hours, "H"), (minutes, "M")) if n)
    if seconds or not (date or time):
        time += f"{Decimal(tidy(seconds)):f}S"
    return f"P{date}" + (f"T{time}" if time else "")
