"""The values of Wikibase in words: amounts with their bounds, times as EDTF, items by label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from claims.errors import InvalidValue

Snak = Mapping[str, Any]
Labels = Mapping[str, str]
"""By id: what an entity that the file describes is called."""

UNKNOWN, NONE = "unknown", "n/a"
"""Cells for a value that is unknown, and for one that there is not."""

_CALENDAR = "Q1985786"
"""The Julian calendar."""

_TIME = re.compile(r"\+(?P<year>\d+)-(?P<month>\d\d)-(?P<day>\d\d)T")
_AMOUNT = re.compile(r"\+?(?P<number>-?\d+(\.\d+)?)")
_DAY, _MONTH, _YEAR, _DECADE, _CENTURY, _MILLENNIUM = 11, 10, 9, 8, 7, 6
_LANGUAGES = ("en", "mul")
_NAMED_BY = ("P248", "P123", "P143")
"""What a reference names its source by: stated in, publisher, imported from."""

_ADDRESSES = ("P854", "P4656")
"""Where a reference is found: its address, that of the Wikimedia page it was imported from."""


class Odd(InvalidValue):
    """A value that is not one of the data model: what was found, and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        """Say both."""
        super().__init__(f"found {found}; expected {expected}")
        self.found = found
        self.expected = expected


class Amount(NamedTuple):
    """A quantity in digits; bounds that are the amount itself say nothing, and are left out."""

    amount: str | None = None
    lower: str | None = None
    upper: str | None = None
    unit: str | None = None


def label_of(entity: Mapping[str, Any]) -> str:
    """What an entity is called: in English, else for all languages, else in any, else its id."""
    held = entity.get("labels")
    labels = held if isinstance(held, dict) else {}
    told = [*(labels.get(name) for name in _LANGUAGES), *labels.values()]
    named = (str(one["value"]) for one in told if isinstance(one, dict) and one.get("value"))
    return next(named, str(entity["id"]))


def amounts(snak: Snak) -> Amount:
    """The figures of a quantity; nothing where the value is another, unknown, or none.

    Raises:
        Odd: they are no numbers.
    """
    kind, value = _value(snak)
    if kind != "quantity":
        return Amount()
    amount, lower, upper = (_digits(value, name) for name in ("amount", "lowerBound", "upperBound"))
    unit = str(value.get("unit", "1"))
    bounds = (None, None) if {lower, upper} <= {amount, None} else (lower, upper)
    return Amount(amount, *bounds, None if unit == "1" else unit.rpartition("/")[2])


def edtf(snak: Snak) -> str | None:
    """The EDTF of a time; nothing where the value is none.

    Raises:
        Odd: it is before the year 1, in the Julian calendar, or coarser than a millennium.
    """
    kind, value = _value(snak)
    if kind != "time":
        return None
    time, precision = str(value.get("time")), value.get("precision")
    found = _TIME.match(time)
    if found is None:
        message = f"the time {time!r}"
        raise Odd(message, "one such as +1981-05-04T00:00:00Z, from the year 1 on")
    if str(value.get("calendarmodel", "")).endswith(_CALENDAR) and precision in (_DAY, _MONTH):
        message = f"the time {time!r} in the Julian calendar"
        raise Odd(message, "a time in the Gregorian calendar")
    year, month, day = (int(part) for part in found.groups())
    if precision not in list(_EDTF):
        message = f"the precision {precision} of a time"
        raise Odd(message, "6 (a millennium) to 11 (a day)")
    return _EDTF[precision](year, month, day)


def said(snak: Snak, labels: Labels) -> str | None:
    """The words of any value."""
    if snak.get("snaktype") != "value":
        return NONE if snak.get("snaktype") == "novalue" else UNKNOWN
    kind, value = _value(snak)
    if kind == "wikibase-entityid":
        id_ = str(value.get("id") or f"Q{value.get('numeric-id')}")
        return labels.get(id_, id_)
    if kind in _WORDS:
        return _WORDS[kind](value, snak)
    return str(value)


def sources(statement: Mapping[str, Any], labels: Labels) -> Iterator[str]:
    """What each reference of a statement names: a source, an address, or both."""
    references = statement.get("references")
    for reference in references if isinstance(references, list) else ():
        held = reference.get("snaks") if isinstance(reference, dict) else None
        parts = [_first(held, names, labels) for names in (_NAMED_BY, _ADDRESSES)]
        if any(parts):
            yield " ".join(filter(None, parts))


def snaks(held: Any) -> list[Snak]:  # noqa: ANN401 (whatever JSON holds)
    """The values of a qualifier or of a part of a reference.

    Raises:
        Odd: it is no list of them.
    """
    if not isinstance(held, list) or not all(isinstance(one, dict) for one in held):
        message = f"{str(held)[:60]!r}"
        raise Odd(message, "a list of values, as in the data model")
    return held


def _first(held: Any, names: Iterable[str], labels: Labels) -> str | None:  # noqa: ANN401 (JSON)
    """What the first of these properties that has a value says."""
    parts = held if isinstance(held, dict) else {}
    told = (said(one, labels) for name in names for one in snaks(parts.get(name, [])))
    return next((words for words in told if words not in {UNKNOWN, NONE}), None)


def _value(snak: Snak) -> tuple[str, Any]:
    """The type and the data of a snak that has a value.

    Raises:
        Odd: it says that it has one, and has not.
    """
    if snak.get("snaktype") != "value":
        return "", {}
    held = snak.get("datavalue")
    if not isinstance(held, dict) or "value" not in held or "type" not in held:
        message = "a value without its data"
        raise Odd(message, "“datavalue” with a type and a value")
    kind, value = str(held["type"]), held["value"]
    if kind in {"quantity", "time", "wikibase-entityid"} and not isinstance(value, dict):
        message = f"the {kind} {str(value)[:60]!r}"
        raise Odd(message, "an object, as in the data model")
    return kind, value


def _digits(value: Mapping[str, Any], name: str) -> str | None:
    told = value.get(name)
    if told is None and name != "amount":
        return None
    found = _AMOUNT.fullmatch(str(told))
    if found is None:
        message = f"the {name} {told!r}"
        raise Odd(message, "a decimal number such as +12")
    return found["number"]


def _span(size: int) -> Callable[[int, int, int], str]:
    """The years of the century or millennium that a year is in; the first begins with year 1."""

    def years(year: int, month: int, day: int) -> str:
        del month, day
        before = (year - 1) // size * size
        return f"{before + 1:04}/{before + size:04}"

    return years


_EDTF: Mapping[int, Callable[[int, int, int], str]] = {
    _DAY: lambda year, month, day: f"{year:04}-{month:02}-{day:02}",
    _MONTH: lambda year, month, _: f"{year:04}-{month:02}",
    _YEAR: lambda year, *_: f"{year:04}",
    _DECADE: lambda year, *_: f"{year // 10:03}X",
    _CENTURY: _span(100),
    _MILLENNIUM: _span(1000),
}


_WORDS: Mapping[str, Callable[[Any, Snak], str | None]] = {
    "time": lambda _, snak: edtf(snak),
    "quantity": lambda _, snak: amounts(snak).amount,
    "monolingualtext": lambda value, _: str(value.get("text")),
    "globecoordinate": lambda value, _: f"{value.get('latitude')}, {value.get('longitude')}",
}
