"""What a person hands over: JSON on standard input, and the files of texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from claims.errors import InputRefused
from claims.exchange.entry_form import Digits

MAX_BYTES = 16 * 1024 * 1024
"""Of JSON on standard input; more is better loaded from a file."""

Entries = tuple[Mapping[str, Any], ...]


def entries(*, as_json: bool, call: str) -> Entries:
    """The entries on standard input: one object, or a list of them.

    Raises:
        BadParameter: nothing was given at all.
        InputRefused: it is no JSON, or not of objects.
    """
    if not as_json or sys.stdin.isatty():
        message = (
            f"no field was given; see `claims {call} --help` for the flags,"
            " or give --json with JSON on standard input"
        )
        raise typer.BadParameter(message)
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = f"standard input holds more than {MAX_BYTES:,} bytes; load a file instead"
        raise InputRefused(message)
    return _objects(read_json(_decoded(data), "standard input"))


def read_json(text: str, where: str) -> Any:  # noqa: ANN401 (JSON)
    """JSON in which every number stays as it is written, and each name stands once.

    Raises:
        InputRefused: it is no JSON; the message says where.
    """
    try:
        return json.loads(text, parse_float=Digits, parse_int=Digits, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        message = (
            f"{where} is no JSON: {error.msg.lower()} in line {error.lineno}, column {error.colno};"
            " give one object, or a list of them"
        )
        raise InputRefused(message) from None
    except RecursionError:
        message = f"{where} is nested too deeply; give one object, or a list of them"
        raise InputRefused(message) from None


def files_of(found: Entries) -> dict[str, bytes]:
    """The texts that entries of documents name, read from the disk.

    Raises:
        InputRefused: one cannot be read; the message says why.
    """
    names = [one.get("text") for one in found]
    return {name: _read(name) for name in names if isinstance(name, str)}


def _read(name: str) -> bytes:
    path = Path(name)
    try:
        if path.exists() and not path.is_file():
            message = f"the text {name!r} is no file; give the path of a file in UTF-8"
            raise InputRefused(message)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"the text {name!r} cannot be read ({why.lower()}); give the path of a file"
        raise InputRefused(message) from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"standard input is not UTF-8 (byte {error.start}); save it as UTF-8"
        raise InputRefused(message) from None


def _objects(data: Any) -> Entries:  # noqa: ANN401 (JSON)
    items = data if isinstance(data, list) else [data]
    if not items or not all(isinstance(item, dict) for item in items):
        message = (
            "standard input holds no fields; give one object such as"
            ' {"name": "…"}, or a list of them'
        )
        raise InputRefused(message)
    return tuple(items)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            message = f"the JSON names {name!r} twice; give each name once"
            raise InputRefused(message)
        found[name] = value
    return found
