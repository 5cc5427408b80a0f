"""What one field of a record is in one cell, and back.

A number is a number, a truth a truth, all else is text: an id, a word of a closed list, a time in
UTC. Lists and mappings are JSON text. An empty cell is nothing, so the empty text is written as
two quotation marks, and a text of quotation marks alone with two more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from claims.analysis.canonical import canonical_json
from claims.analysis.fields import bare, is_container, target_of
from claims.exchange.table_rows import Scalar, shown

_MARKS = re.compile('"*')
_PLAIN = re.compile(r"-?[1-9]\d{0,8}(\.\d{0,5}[1-9])?|0(\.\d{0,5}[1-9])?")
"""Numbers that every program reads and writes back as the same text."""

_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_LONGEST_NUMBER = 100
_LIST = 'a list, such as ["one", "two"]'
_NAMED = 'names and values, such as {"name": "words"}'

Resolve = Callable[[str, str], UUID | None]
"""The record that a text names, given its entity: ``None`` where it names none, or several."""


class Misfit(ValueError):
    """A cell that cannot be what its column holds: what was found, and what was expected."""

    def __init__(self, found: str, expected: str) -> None:
        """Keep both for the message."""
        self.found, self.expected = found, expected
        super().__init__(f"found {found}; expected {expected}")


def cell_of(value: object) -> Scalar:
    """The cell that a field of a record fills."""
    if value is None or isinstance(value, bool) or type(value) is int:
        return value
    if isinstance(value, Enum | UUID):
        return str(value.value if isinstance(value, Enum) else value)
    if isinstance(value, str):
        return f'""{value}' if _is_marks(value) else value
    if isinstance(value, Decimal):
        return value if _PLAIN.fullmatch(str(value)) else str(value)
    if isinstance(value, datetime):
        return str(json.loads(canonical_json(value)))
    return json.dumps(json.loads(canonical_json(value)), ensure_ascii=False) if value else None


def value_of(cell: Scalar, hint: Any, target: str | None, resolve: Resolve) -> Any:  # noqa: ANN401
    """The value of a field of type ``hint`` that a cell gives.

    Args:
        cell: what the cell holds; not ``None``.
        hint: the type, without ``| None``.
        target: the entity that an id names; ``None`` where it may name any.
        resolve: finds a record by other words than its id.

    Raises:
        Misfit: the cell holds no such value.
    """
    if is_container(hint):
        return _from_json(_json(cell, hint), hint, target, resolve)
    if hint is bool:
        return _truth(cell)
    if hint is int:
        return _whole(cell)
    if hint is Decimal:
        return _decimal(cell)
    text = text_of(cell)
    if hint is UUID:
        return _id(text, target, resolve)
    return _from_text(text, hint)


def text_of(cell: Scalar) -> str:
    """A cell as the text that its user sees; a day without a time is the day."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = "" if cell is None else str(cell)
    return text[2:] if len(text) > 1 and _is_marks(text) else text


def _is_marks(text: str) -> bool:
    return _MARKS.fullmatch(text) is not None


def _truth(cell: Scalar) -> bool:
    found = _TRUTHS.get(text_of(cell).strip().lower())
    if found is None:
        raise Misfit(shown(cell), "yes or no")
    return found


def _whole(cell: Scalar) -> int:
    number = _decimal(cell)
    if number != number.to_integral_value():
        raise Misfit(shown(cell), "a whole number")
    return int(number)


def _decimal(cell: Scalar) -> Decimal:
    text = str(cell).strip()
    try:
        number = Decimal(text[: _LONGEST_NUMBER + 1])
    except InvalidOperation:
        raise Misfit(shown(cell), "a number") from None
    if not number.is_finite() or len(text) > _LONGEST_NUMBER:
        raise Misfit(shown(cell), "a finite number")
    return number


def _id(text: str, target: str | None, resolve: Resolve) -> UUID:
    try:
        return UUID(text.strip())
    except ValueError:
        found = resolve(target, text.strip()) if target else None
    if found is None:
        what = target.replace("_", " ") if target else "record"
        named = f", or the key or name of one {what} of these sheets" if target else ""
        expected = f"the id of a {what}{named}"
        raise Misfit(shown(text), expected)
    return found


def _from_text(text: str, hint: Any) -> Any:  # noqa: ANN401 (a value of the type)
    if hint is str:
        return text
    if hint is datetime:
        return _time(text)
    words = {str(word.value): word for word in hint}
    if text.strip() not in words:
        expected = f"one of {', '.join(words)}"
        raise Misfit(shown(text), expected)
    return words[text.strip()]


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Misfit(shown(text), "a time in UTC such as 2026-01-31T12:00:00Z")
    return at


def _json(cell: Scalar, hint: Any) -> object:  # noqa: ANN401 (a type)
    try:
        return json.loads(str(cell), parse_int=str, parse_float=str, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        expected = f"JSON: {_LIST if get_origin(hint) is tuple else _NAMED}"
        raise Misfit(shown(cell), expected) from None


def _no_constant(word: str) -> object:
    raise ValueError(word)


def _from_json(data: object, hint: Any, target: str | None, resolve: Resolve) -> Any:  # noqa: ANN401
    kind = bare(hint)
    if data is None and kind is not hint:
        return None
    if kind is object:
        return data
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return tuple(_from_json(one, item, target, resolve) for one in _list(data))
    if get_origin(kind) is Mapping:
        inner = get_args(kind)[1]
        return {k: _from_json(v, inner, target, resolve) for k, v in _mapping(data).items()}
    if is_dataclass(kind):
        return _part(_mapping(data), kind, resolve)
    if not isinstance(data, str):
        found = shown(str(data))
        raise Misfit(found, "a text")
    return data if kind is str else value_of(data, kind, target, resolve)


def _list(data: object) -> list[object]:
    if isinstance(data, list):
        return data
    found = shown(str(data))
    raise Misfit(found, _LIST)


def _mapping(data: object) -> Mapping[str, object]:
    if isinstance(data, dict):
        return data
    found = shown(str(data))
    raise Misfit(found, _NAMED)


def _part(held: Mapping[str, object], kind: Any, resolve: Resolve) -> Any:  # noqa: ANN401
    """A dataclass within a list: a speaker, a locator, a translation."""
    hints, owner = get_type_hints(kind), kind.__name__.lower()
    known = [field.name for field in fields(kind)]
    missing = [f.name for f in fields(kind) if f.default is MISSING and f.name not in held]
    if missing or set(held) - set(known):
        found = f"a {owner} with {', '.join(held) or 'nothing'}"
        expected = f"one with {', '.join(known)}"
        raise Misfit(found, expected)
    return kind(
        **{
            name: _from_json(item, hints[name], target_of(owner, name, hints[name]), resolve)
            for name, item in held.items()
        }
    )
