"""The canonical content of a record: equal content, equal text, equal hash, on every engine.

JSON text with sorted keys, no nulls and no empty containers, numbers as decimal strings, times
in UTC with microseconds, names of closed lists as their words. A record's own ``id`` is left
out, so that the id of an immutable record can be made from its content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from claims.analysis.records import Record
from claims.errors import InvalidValue


def content(record: Record) -> str:
    """The canonical content of a record, as JSON text.

    Raises:
        InvalidValue: a field holds something that has no canonical form (a float, a naive time).
    """
    named = ((name, getattr(record, name)) for name in _fields(type(record)) if name != "id")
    return canonical_json(dict(named))


def canonical_json(value: object) -> str:
    """The canonical JSON text of what a field of a record can hold.

    Raises:
        InvalidValue: something in it has no canonical form (a float, a naive time).
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(record: Record) -> str:
    """SHA-256 of the canonical content, as 64 hexadecimal digits."""
    return hashlib.sha256(content(record).encode()).hexdigest()


def namespace_id(namespace: str) -> UUID:
    """The UUID namespace of a file that declares ``namespace`` (any text, best an address)."""
    return uuid5(NAMESPACE_URL, namespace)


def keyed_id(namespace: UUID, entity: str, key: str) -> UUID:
    """The id of the record that a file calls ``key``: the same file, the same id."""
    return uuid5(namespace, f"{entity}\n{key}")


def content_id(namespace: UUID, record: Record) -> UUID:
    """The id of an immutable record: other content, another record."""
    return uuid5(namespace, f"{record.entity}\n{record.key or ''}\n{content_hash(record)}")


def _fields(kind: type[Any]) -> tuple[str, ...]:
    """The names of the fields of a dataclass, looked up once."""
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES.setdefault(kind, tuple(field.name for field in fields(kind)))
    return names


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _plain(value: object) -> object:
    """The JSON form of a value; what says nothing (null, empty) is dropped by the containers."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str | UUID | int | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return _utc(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _plain({name: getattr(value, name) for name in _fields(type(value))})
    if isinstance(value, Mapping):
        pairs = ((str(key), _plain(item)) for key, item in value.items())
        return {key: item for key, item in pairs if not _says_nothing(item)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    message = f"{value!r} has no canonical form; use text, a Decimal or an aware UTC time"
    raise InvalidValue(message)


def _says_nothing(item: object) -> bool:
    return item is None or item in ([], {})


def _utc(at: datetime) -> str:
    if at.tzinfo is None:
        message = f"the time {at} has no time zone; give it in UTC"
        raise InvalidValue(message)
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
