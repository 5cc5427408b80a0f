"""JSON lines in: one object a line, its keys the columns, whatever it nests as JSON text."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from claims.exchange.table_bytes import Files, refuse
from claims.exchange.table_rows import RawRow, Remarks, Scalar, shown

LONGEST_LINE = 1 << 26
"""Characters that one line may have."""

MOST_COLUMNS = 10_000
"""Different keys that the objects of a file may have together."""

_OBJECT = 'an object such as {"source": "…"}, alone on its line'

Pairs: TypeAlias = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class JsonLines:
    """A file of objects, and the keys that any of them has, as they first appear."""

    files: Files
    encoding: str
    columns: tuple[str, ...]

    def rows(self, remarks: Remarks) -> Iterator[RawRow]:
        """Every object, with its line; a line that cannot be read is a defect."""
        places = {name: place for place, name in enumerate(self.columns)}
        blank = 0
        for number, line in _lines(self.files, self.encoding):
            if not line.strip():
                blank += 1
                continue
            try:
                pairs = _pairs(line)
            except ValueError as error:
                remarks.fault(number, 0, "line", str(error), _OBJECT)
            else:
                yield number, _cells(pairs, places)
        if blank:
            remarks.note(f"{blank:,} empty {'line was' if blank == 1 else 'lines were'} left out.")


def json_lines(files: Files, encoding: str) -> JsonLines:
    """Read all keys, which takes one pass over the file.

    Raises:
        DocumentFaults: no line has an object, or there are too many keys.
    """
    names: dict[str, None] = {}
    for _, line in _lines(files, encoding):
        try:
            names.update(dict.fromkeys(name for name, _ in _pairs(line)))
        except ValueError:
            continue  # told with its line when the rows are read
        if len(names) > MOST_COLUMNS:
            refuse(
                files.path, f"more than {MOST_COLUMNS:,} different keys", "a table of few columns"
            )
    if not names:
        refuse(files.path, "no line with an object", f"on each line {_OBJECT}")
    return JsonLines(files, encoding, tuple(names))


def _lines(files: Files, encoding: str) -> Iterator[tuple[int, str]]:
    with files.opened() as file:
        text = io.TextIOWrapper(file, encoding, newline="\n")
        try:
            number = 0
            while line := text.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE:
                    found = f"a line of more than {LONGEST_LINE:,} characters"
                    refuse(files.path, found, "one object a line", number)
                yield number, line
        finally:
            text.detach()


def _pairs(line: str) -> Pairs:
    """The keys and values of an object.

    Raises:
        ValueError: the line is none; the message says what it is.
    """
    try:
        found = _DECODER.decode(line.strip())
    except (RecursionError, InvalidOperation):
        message = "JSON that is nested too deeply, or with a number beyond reckoning"
        raise ValueError(message) from None
    except json.JSONDecodeError as error:
        message = f"text that is no JSON at character {error.pos + 1}: {error.msg.lower()}"
        raise ValueError(message) from None
    if not isinstance(found, _Pairs):
        message = f"no object: {shown(line.strip())}"
        raise ValueError(message)  # noqa: TRY004 (a fault of the line, told with the others)
    return found


class _Pairs(list[tuple[str, Any]]):
    """An object, told from an array."""


def _object(pairs: Pairs) -> _Pairs:
    if len({name for name, _ in pairs}) < len(pairs):
        message = "an object that has a key twice"
        raise ValueError(message)
    if any(not name for name, _ in pairs):
        message = "an object with an empty key"
        raise ValueError(message)
    return _Pairs(pairs)


def _no_number(name: str) -> None:
    message = f"{name}, which is no number"
    raise ValueError(message)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Decimal, parse_constant=_no_number
)


def _cells(pairs: Pairs, places: dict[str, int]) -> Sequence[Scalar]:
    cells: list[Scalar] = [None] * len(places)
    for name, value in pairs:
        if value is not None and value != "":
            cells[places[name]] = _WRITTEN.get(type(value), _as_is)(value)
    return cells


def _as_is(value: Any) -> Scalar:  # noqa: ANN401 (whatever JSON holds)
    found: Scalar = value
    return found


def json_text(value: Any) -> str:  # noqa: ANN401 (whatever JSON holds)
    """What a cell nests, as compact JSON with its numbers to the digit."""
    if isinstance(value, _Pairs):
        inner = (f"{json_text(name)}:{json_text(held)}" for name, held in value)
        return "{" + ",".join(inner) + "}"
    if isinstance(value, dict):
        return json_text(_Pairs(value.items()))
    if isinstance(value, list | tuple):
        return "[" + ",".join(json_text(held) for held in value) + "]"
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


_WRITTEN: dict[type, Callable[[Any], Scalar]] = {list: json_text, _Pairs: json_text}
