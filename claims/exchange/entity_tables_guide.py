"""The sheet ``claims export``: what each column of an export holds, and which may be edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from claims.analysis.fields import is_container
from claims.exchange.entity_tables_columns import (
    BOUNDS,
    EXPORTED,
    WORDS,
    Column,
    columns_of,
    layout_of,
    reading_columns,
)
from claims.exchange.table_write import Sheet

GUIDE = "claims export"
"""The name of the sheet, by which an export is known."""

LAYOUT = "1"
"""The version of the layout; another one is read by another version of claims."""

COLUMNS = ("sheet", "column", "what it holds", "to be edited")

_EXPORTED = "what this row was when it was exported; leave it as it is, and empty in a new row"
_BOUNDS = "what the value allows (hard) or typically means (soft), worked out from the value"
_SPECIAL: Mapping[str, str] = {
    "id": "the id of the record; leave it as it is, and empty in a new row that has a key",
    "key": "a short name of one word, to call the record by",
    "value.said": "the value in the words of the source; edited, it is read again",
    "value.expression": "how the words are read; emptied, they are read again",
    "csl": "the bibliographic item, as JSON of CSL",
    "speakers": "who says that who says, from the document's own voice to the origin, as JSON",
    "dates": "a date or a period, as EDTF",
    "as_of": "a date, as EDTF",
    "scope.period": "a period, as EDTF",
    "during": "a period, as EDTF",
    "retracted_at": "a date, as EDTF",
    "until": "a day, as EDTF",
}


def guide(entities: Iterable[str], about: Mapping[str, str]) -> Sheet:
    """The sheet for an export with sheets of these entities; ``about`` is told on top of it."""
    told = {"layout": LAYOUT, **about}
    rows = [(GUIDE, name, words, "no") for name, words in told.items()]
    rows += [row for entity in entities for row in _rows(entity)]
    return Sheet(name=GUIDE, columns=COLUMNS, rows=rows)


def _rows(entity: str) -> Iterator[tuple[str, str, str, str]]:
    fields = {column.name: column for column in columns_of(entity)}
    reading = reading_columns(entity)
    for name in layout_of(entity):
        holds = _in_words(name) if name in reading else _field(name, fields.get(name))
        edited = "no" if name in reading or name in {"id", EXPORTED} else "yes"
        yield (entity, name, holds, edited)


def _in_words(name: str) -> str:
    if name in BOUNDS:
        return _BOUNDS
    if name == "confidence" + WORDS:
        return "the confidence that somebody recorded; to be edited in the sheet assessment"
    if name == "issued" + WORDS or name == "title" + WORDS:
        return "to be read; follows from the column csl"
    name = name.removesuffix(WORDS)
    return f"to be read; follows from the column{'s of the' if name == 'scope' else ''} {name}"


def _field(name: str, column: Column | None) -> str:
    if column is None:
        return _EXPORTED
    if name in _SPECIAL:
        return _SPECIAL[name]
    needed = "; needed" if column.required else ""
    return f"{_kind(column.kind, column.target)}{needed}"


def _kind(kind: Any, target: str | None) -> str:  # noqa: ANN401 (a type)
    of = f" of {_article(target)}" if target else ""
    if is_container(kind):
        return f"a list of ids{of}, as JSON" if target else "a list or names and values, as JSON"
    words = {
        UUID: f"the id{of}" if target else "the id of a record",
        bool: "true or false",
        int: "a whole number",
        Decimal: "a number",
        datetime: "a time in UTC",
        str: "text",
    }
    return words.get(kind) or "one of " + ", ".join(str(word.value) for word in kind)


def _article(entity: str) -> str:
    words = entity.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
