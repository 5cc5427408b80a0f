"""The canonical content of a record: equal content, equal text, equal hash, on every engine.

JSON text with sorted keys, no nulls and no empty containers, numbers as decimal strings, times
in UTC with microseconds, names of closed lists as their words. A record's own ``id`` is left
out, so that the id of an immutable record can be made from its content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter
from types import NoneType
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from claims.analysis.records import Record
from claims.errors import InvalidValue

quoted: Callable[[str], str] = encode_basestring
"""A text as JSON writes it, letters beyond ASCII as they are."""


def content(record: Record) -> str:
    """The canonical content of a record, as JSON text.

    Raises:
        InvalidValue: a field holds something that has no canonical form (a float, a naive time).
    """
    kind: Any = type(record)
    return _data_writer(kind, "id")(record)


def canonical_json(value: object) -> str:
    """The canonical JSON text of what a field of a record can hold.

    Raises:
        InvalidValue: something in it has no canonical form (a float, a naive time).
    """
    return _text(value)


def content_hash(record: Record) -> str:
    """SHA-256 of the canonical content, as 64 hexadecimal digits."""
    return hash_of(content(record))


def hash_of(text: str) -> str:
    """The content hash of a record whose canonical content is ``text``."""
    return hashlib.sha256(text.encode()).hexdigest()


def namespace_id(namespace: str) -> UUID:
    """The UUID namespace of a file that declares ``namespace`` (any text, best an address)."""
    return uuid5(NAMESPACE_URL, namespace)


def keyed_id(namespace: UUID, entity: str, key: str) -> UUID:
    """The id of the record that a file calls ``key``: the same file, the same id."""
    return uuid5(namespace, f"{entity}\n{key}")


def content_id(namespace: UUID, record: Record) -> UUID:
    """The id of an immutable record: other content, another record."""
    return uuid5(namespace, f"{record.entity}\n{record.key or ''}\n{content_hash(record)}")


Write = Callable[[Any], str]
"""The canonical text of a value of one type."""

_NOTHING = frozenset({"null", "[]", "{}"})
"""What says nothing: it is left out of objects, not of lists."""

_EMPTY: tuple[object, ...] = ()
"""Python makes one empty tuple only, so that most fields without items are known at a glance."""


def _text(value: Any) -> str:  # noqa: ANN401 (any value of a record)
    return _WRITERS[type(value)](value)


class _Writers(dict[Any, Write]):
    """By type: how values of exactly this type are written, worked out once."""

    def __missing__(self, kind: Any) -> Write:  # noqa: ANN401 (a type)
        """Work it out."""
        self[kind] = found = _writer(kind)
        return found


_WRITERS = _Writers(
    {
        NoneType: lambda _: "null",
        bool: lambda value: "true" if value else "false",
        str: quoted,
        UUID: '"{}"'.format,
    }
)


def _writer(kind: Any) -> Write:  # noqa: ANN401 (a type)
    if issubclass(kind, Enum):
        return {word: quoted(str(word.value)) for word in kind}.__getitem__
    if issubclass(kind, str | UUID | int | Decimal):
        return lambda value: quoted(str(value))
    if issubclass(kind, datetime):
        return lambda value: quoted(_utc(value))
    return _container_writer(kind)


def _container_writer(kind: Any) -> Write:  # noqa: ANN401 (a type)
    if hasattr(kind, "__dataclass_fields__"):
        return _data_writer(kind)
    if issubclass(kind, Mapping):
        return _mapping
    return _list if issubclass(kind, tuple | list) else _refuse


@cache
def _data_writer(kind: Any, left_out: str = "") -> Write:  # noqa: ANN401 (a type)
    """How a dataclass is written, its fields in the order of their names."""
    names = sorted(field.name for field in fields(kind) if field.name != left_out)
    told = tuple(f"{quoted(name)}:" for name in names)
    read = attrgetter(*names, names[0])  # one name more: of a single one it would give no tuple

    def write(value: object) -> str:
        parts = []
        for name, held in zip(told, read(value), strict=False):
            if held is not None and held is not _EMPTY:
                text = _WRITERS[type(held)](held)
                if text not in _NOTHING:
                    parts.append(name + text)
        return f"{{{','.join(parts)}}}"

    return write


def _mapping(value: Mapping[object, object]) -> str:
    told = {str(key): _text(item) for key, item in value.items()}
    parts = (f"{quoted(key)}:{told[key]}" for key in sorted(told) if told[key] not in _NOTHING)
    return f"{{{','.join(parts)}}}"


def _list(value: Sequence[object]) -> str:
    return f"[{','.join([_text(item) for item in value])}]"


def _refuse(value: object) -> str:
    message = f"{value!r} has no canonical form; use text, a Decimal or an aware UTC time"
    raise InvalidValue(message)


def _utc(at: datetime) -> str:
    if at.tzinfo is None:
        message = f"the time {at} has no time zone; give it in UTC"
        raise InvalidValue(message)
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
