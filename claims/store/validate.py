"""Refusing what a record may not hold, before any of it is written.

SQLModel's tables do not validate, and SQLite stores a word in a number's column without a
murmur. So each field is compared with its declared type here; the closed lists, ranges and
references stand in the schema as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints
from uuid import UUID

from claims.analysis.fields import bare
from claims.analysis.records import Claim, Record
from claims.errors import InputRefused

LONGEST_TEXT = 1_000_000
"""Code points in one text; a longer one is a document, which belongs in the archive."""

LARGEST_WHOLE = 2**31 - 1
"""The largest whole number that a column holds on every engine."""

LONGEST_DECIMAL = 100
"""Characters in one exact decimal."""


Check = Callable[[Any], str | None]
"""Says what is wrong with a value and what was expected, or nothing."""


class FieldCheck(NamedTuple):
    """A field, how it is read, the types that are right whatever they hold, what finds faults."""

    name: str
    read: Callable[[Any], Any]
    harmless: frozenset[type]
    check: Check


def validate(record: Record) -> None:
    """Refuse a record with a field of the wrong type, an unusable text or a missing part.

    Raises:
        InputRefused: the message names the record, the field, what it holds and what may stand
            there.
    """
    kind: Any = type(record)
    for name, read, harmless, check in _checks(kind):
        value = read(record)
        if type(value) not in harmless and (fault := check(value)) is not None:
            message = f"{named(record)}: its field {name!r} holds {fault}"
            raise InputRefused(message)
    if isinstance(record, Claim):
        _check_claim(record)


def check_reason(reason: str | None) -> None:
    """Refuse a reason that could not be kept or shown as it is.

    Raises:
        InputRefused: the message says what is wrong with it.
    """
    if reason is None:
        return
    fault = _text_fault(reason)
    if fault is None and any(ord(sign) < ord(" ") and sign not in "\n\t" for sign in reason):
        fault = "a text with a control character; take it out"
    if fault is not None:
        message = f"the reason is {fault}"
        raise InputRefused(message)


def named(record: Record) -> str:
    """What to call a record in a message."""
    return f"the {record.entity.replace('_', ' ')} {record.key or record.id}"


def _check_claim(claim: Claim) -> None:
    for field, held in (("passages", claim.passages), ("speakers", claim.speakers)):
        if not held:
            message = f"{named(claim)}: it has no {field}; give at least one"
            raise InputRefused(message)


@cache
def _checks(kind: Any) -> tuple[FieldCheck, ...]:  # noqa: ANN401 (a type)
    """The fields of a dataclass with what finds their faults."""
    hints = get_type_hints(kind)
    return tuple(
        FieldCheck(
            field.name,
            attrgetter(field.name),
            _harmless(hints[field.name]),
            _check(hints[field.name]),
        )
        for field in fields(kind)
    )


def _harmless(hint: Any) -> frozenset[type]:  # noqa: ANN401 (a type)
    """The types of the values that need no closer look in a field of this type."""
    kind = bare(hint)
    found = set() if kind is hint else {NoneType}
    plain = kind in {UUID, bool} or (isinstance(kind, type) and issubclass(kind, Enum))
    return frozenset(found | ({kind} if plain else set()))


@cache
def _check(hint: Any) -> Check:  # noqa: ANN401 (a type)
    """What says of a value what is wrong with it and what was expected, or ``None``."""
    kind = bare(hint)
    if kind is not hint:
        inner = _check(kind)
        return lambda value: None if value is None else inner(value)
    if kind is object:
        return _json_fault
    if get_origin(kind) is tuple:
        return _tuple_check(_check(get_args(kind)[0]))
    if get_origin(kind) is Mapping:
        return _mapping_check(*(_check(part) for part in get_args(kind)))
    return _exact_check(kind)


def _exact_check(kind: Any) -> Check:  # noqa: ANN401 (a type)
    expected = _expected(kind)
    detail = _data_check(kind) if is_dataclass(kind) else _DETAILS.get(kind)

    def check(value: object) -> str | None:
        if type(value) is not kind:
            return f"{value!r}; expected {expected}"
        return None if detail is None else detail(value)

    return check


def _data_check(kind: Any) -> Check:  # noqa: ANN401 (a type)
    checks = _checks(kind)

    def check(value: object) -> str | None:
        for _, read, harmless, inner in checks:
            held = read(value)
            if type(held) not in harmless and (fault := inner(held)) is not None:
                return fault
        return None

    return check


def _tuple_check(inner: Check) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, tuple):
            return f"{value!r}; expected a tuple"
        return _first(inner(item) for item in value) if value else None

    return check


def _mapping_check(key: Check, held: Check) -> Check:
    def check(value: object) -> str | None:
        if not isinstance(value, Mapping):
            return f"{value!r}; expected a mapping"
        return _first(key(name) or held(item) for name, item in value.items())

    return check


def _json_fault(value: object) -> str | None:
    """What cannot stand in an item of JSON, such as a document's bibliographic data."""
    if isinstance(value, Mapping):
        keys = _first(_check(str)(key) for key in value)
        return keys or _first(_json_fault(item) for item in value.values())
    if isinstance(value, list | tuple):
        return _first(_json_fault(item) for item in value)
    if value is None or type(value) is bool:
        return None
    if type(value) in {str, int}:
        return _DETAILS[type(value)](value)
    return f"{value!r}; expected text, a whole number, true or false, a list or a mapping"


def _expected(hint: Any) -> str:  # noqa: ANN401 (a type)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "one of " + ", ".join(str(word.value) for word in hint)
    words = {str: "text", UUID: "an id (UUID)", bool: "true or false", int: "a whole number"}
    return words.get(hint, f"a {hint.__name__}")


def _first(faults: Iterator[str | None]) -> str | None:
    return next((fault for fault in faults if fault is not None), None)


def _text_fault(text: Any) -> str | None:  # noqa: ANN401 (a text)
    if len(text) > LONGEST_TEXT:
        return f"a text of {len(text)} characters; expected up to {LONGEST_TEXT}"
    if text.isascii():
        return "a text with a NUL character; take it out" if "\0" in text else None
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "a text with a NUL or half a character; take it out"
    return None


def _whole_fault(number: Any) -> str | None:  # noqa: ANN401 (a whole number)
    if abs(number) > LARGEST_WHOLE:
        return f"the number {number}; expected one up to {LARGEST_WHOLE}"
    return None


def _decimal_fault(number: Any) -> str | None:  # noqa: ANN401 (an exact decimal)
    if number.is_finite() and len(str(number)) <= LONGEST_DECIMAL:
        return None
    return f"the number {number}; expected a finite one of up to {LONGEST_DECIMAL} characters"


def _time_fault(at: Any) -> str | None:  # noqa: ANN401 (a time)
    return f"the time {at} without a time zone; expected one in UTC" if at.tzinfo is None else None


_DETAILS: Mapping[type, Check] = {
    str: _text_fault,
    int: _whole_fault,
    Decimal: _decimal_fault,
    datetime: _time_fault,
}
"""What can be wrong within a value of the right type."""
