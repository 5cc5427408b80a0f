"""From the payloads of the history back to records: each was once exactly what its text says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast, get_args, get_origin, get_type_hints

from claims.analysis.records import ENTITIES, Record
from claims.store.codec import bare

_KINDS = {kind.entity: kind for kind in ENTITIES}


def record_of(payload: str) -> Record:
    """The record that a payload holds, equal to the one that was written.

    Args:
        payload: canonical JSON text as :mod:`claims.store.history` describes it.

    Raises:
        KeyError: the payload is of no record, such as an entry of a custody log.
    """
    held = json.loads(payload)
    kind: Any = _KINDS[held["entity"]]
    return cast("Record", _made(kind, {"id": held["id"], **held["content"]}))


def is_record(entity: str) -> bool:
    """Whether changes of this entity hold records; those of a custody log do not."""
    return entity in _KINDS


def _made(kind: Any, held: Mapping[str, Any]) -> Any:  # noqa: ANN401 (any dataclass)
    return kind(**{name: _value(hint, held.get(name)) for name, hint in _hints(kind)})


@cache
def _hints(kind: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ANN401 (a dataclass)
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _value(hint: Any, held: Any) -> Any:  # noqa: ANN401 (a type and any value of it)
    """The value of a type from its canonical form, where what says nothing is left out."""
    kind = bare(hint)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], item) for item in held or ())
    if get_origin(kind) is Mapping:
        return {name: _value(get_args(kind)[1], item) for name, item in (held or {}).items()}
    if is_dataclass(kind) and (held is not None or kind is hint):
        return _made(kind, held or {})
    if held is None or kind in {object, bool}:
        return held
    return datetime.fromisoformat(held) if kind is datetime else kind(held)
