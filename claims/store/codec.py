"""Between the values of records and what a column can hold, on every engine alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from claims.analysis.canonical import canonical_json
from claims.analysis.fields import bare, is_container

Convert = Callable[[Any], Any]
"""One value to another; never called with ``None``, which stays ``None``."""

_EMPTY: dict[str, Any] = {"[]": (), "{}": {}}


def instant_text(at: datetime) -> str:
    """A time in UTC with microseconds, as text that sorts by time.

    Raises:
        ValueError: the time has no time zone.
    """
    if at.tzinfo is None:
        message = f"the time {at} has no time zone; give it in UTC"
        raise ValueError(message)
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def same(value: Any) -> Any:  # noqa: ANN401 (any value of a record)
    """The value as it is."""
    return value


@cache
def writer_of(hint: Any) -> Convert:  # noqa: ANN401 (a type)
    """How a value of this type becomes what its column holds.

    Lists and mappings become canonical JSON, as in the history: so a row holds no more than the
    payload of its last change, and can be made again from it.
    """
    kind = bare(hint)
    if is_container(kind):
        return canonical_json
    if kind is datetime:
        return instant_text
    if kind is Decimal:
        return str
    return _word if _is_enum(kind) else same


@cache
def reader_of(hint: Any) -> Convert:  # noqa: ANN401 (a type)
    """How what a column holds becomes a value of this type again."""
    kind = bare(hint)
    if is_container(kind):
        return _json_reader(kind)
    if kind is datetime:
        return datetime.fromisoformat
    return _from_json(kind)


def _json_reader(kind: Any) -> Convert:  # noqa: ANN401 (a type)
    convert = _from_json(kind)

    def read(text: str) -> Any:  # noqa: ANN401 (any value of a record)
        empty = _EMPTY.get(text)
        return convert(json.loads(text)) if empty is None else type(empty)(empty)

    return read


@cache
def _from_json(kind: Any) -> Convert:  # noqa: ANN401 (a type)
    """How data read from JSON becomes a value of the type."""
    if get_origin(kind) is tuple:
        item = _from_json(get_args(kind)[0])
        return lambda items: tuple(map(item, items))
    if get_origin(kind) is Mapping:
        held = _from_json(get_args(kind)[1])
        return lambda pairs: {key: held(value) for key, value in pairs.items()}
    if is_dataclass(kind):
        return _data_reader(kind)
    if _is_enum(kind):
        return {word.value: word for word in kind}.__getitem__
    return Decimal if kind is Decimal else same


def _data_reader(kind: Any) -> Convert:  # noqa: ANN401 (a type)
    readers = {name: _from_json(bare(hint)) for name, hint in get_type_hints(kind).items()}
    return lambda held: kind(**{name: readers[name](value) for name, value in held.items()})


def _word(value: Enum) -> object:
    return value.value


def _is_enum(kind: Any) -> bool:  # noqa: ANN401 (a type)
    return isinstance(kind, type) and issubclass(kind, Enum)
