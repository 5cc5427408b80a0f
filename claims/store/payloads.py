"""From the payloads of the history back to records: each was once exactly what its text says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast, get_args, get_origin, get_type_hints

from claims.analysis.fields import bare
from claims.analysis.records import KINDS, Record


def record_of(payload: str) -> Record:
    """The record that a payload holds, equal to the one that was written.

    Args:
        payload: canonical JSON text as :mod:`claims.store.history` describes it.

    Raises:
        KeyError: the payload is of no record, such as an entry of a custody log.
    """
    held = json.loads(payload)
    kind: Any = KINDS[held["entity"]]
    return cast("Record", _reader(kind)({"id": held["id"], **held["content"]}))


def is_record(entity: str) -> bool:
    """Whether changes of this entity hold records; those of a custody log do not."""
    return entity in KINDS


Read = Callable[[Any], Any]
"""A value of a type from its canonical form, where what says nothing is left out (``None``)."""


@cache
def _reader(hint: Any) -> Read:  # noqa: ANN401 (a type)
    """How values of a type are read, worked out once."""
    kind = bare(hint)
    if get_origin(kind) is tuple:
        item = _reader(get_args(kind)[0])
        return lambda held: tuple(map(item, held or ()))
    if get_origin(kind) is Mapping:
        inner = _reader(get_args(kind)[1])
        return lambda held: {name: inner(item) for name, item in (held or {}).items()}
    if is_dataclass(kind):
        return _data_reader(kind, optional=kind is not hint)
    if kind in {object, bool, str}:
        return lambda held: held
    convert = datetime.fromisoformat if kind is datetime else kind
    return lambda held: None if held is None else convert(held)


def _data_reader(kind: Any, *, optional: bool) -> Read:  # noqa: ANN401 (a dataclass)
    readers = _readers(kind)

    def read(held: Any) -> Any:  # noqa: ANN401 (any value of a record)
        if held is None and optional:
            return None
        found = held or {}
        return kind(**{name: reader(found.get(name)) for name, reader in readers})

    return read


@cache
def _readers(kind: Any) -> tuple[tuple[str, Read], ...]:  # noqa: ANN401 (a dataclass)
    hints = get_type_hints(kind)
    return tuple((field.name, _reader(hints[field.name])) for field in fields(kind))
