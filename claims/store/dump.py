"""The rows of every table as plain values, the same from every engine, and back into tables.

A number, a text, a truth and an id mean the same on SQLite and on PostgreSQL
(docs/decisions/0008-store.md), so that what one engine held can be put into another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    MetaData,
    String,
    Table,
    Uuid,
    delete,
    func,
    insert,
    select,
    union,
)
from sqlalchemy import Connection as Open
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator, TypeEngine

from claims.store.lookup import batches
from claims.store.tables import METADATA
from claims.store.tables.evidence import SnapshotRow

STREAM = 1000
"""Rows held in memory at a time."""

_TYPES: Mapping[str, TypeEngine[Any]] = {
    "number": Float(53),
    "text": String(),
    "truth": Boolean(),
    "uuid": Uuid(),
    "whole": BigInteger(),
}
_OF_PYTHON = {float: "number", str: "text", bool: "truth", UUID: "uuid", int: "whole"}
_LEAST, _MOST = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: its columns in order, each with the kind of value that it holds.

    The kinds are ``number``, ``text``, ``truth``, ``uuid`` and ``whole``.
    """

    name: str
    columns: tuple[tuple[str, str], ...]


def layouts() -> tuple[Layout, ...]:
    """Every table of records and history; what search is made of follows from them."""
    return tuple(
        Layout(table.name, tuple((column.name, _kind(column)) for column in table.columns))
        for table in METADATA.sorted_tables
    )


def rows_of(session: Session, layout: Layout) -> Iterator[list[object]]:
    """The rows of a table in the order of their numbers, few in memory at a time."""
    table = METADATA.tables[layout.name]
    texts = [at for at, (_, kind) in enumerate(layout.columns) if kind == "uuid"]
    statement = select(*(table.c[name] for name, _ in layout.columns)).order_by(table.c.pk)
    for found in session.execute(statement, execution_options={"yield_per": STREAM}):
        row = list(found)
        for at in texts:
            row[at] = None if row[at] is None else str(row[at])
        yield row


def row_count(session: Session, layout: Layout) -> int:
    """How many rows a table has."""
    return int(session.scalar(select(func.count()).select_from(METADATA.tables[layout.name])) or 0)


def archived_names(session: Session) -> tuple[str, ...]:
    """The SHA-256 of all archived bytes that a record names and that nobody erased.

    Those of texts, layouts and records of exchanges are among them.
    """
    row = SnapshotRow
    named = union(*(select(column) for column in row.hashes()))
    return tuple(sorted(name for name in session.scalars(named) if name and name.strip("0")))


def engine_name(session: Session) -> str:
    """The engine that a session reads from, and its version."""
    dialect = session.get_bind().dialect
    version = ".".join(str(part) for part in dialect.server_version_info or ())
    return f"{dialect.name} {version}".strip()


def put_rows(connection: Open, layout: Layout, rows: Iterable[Sequence[object]]) -> None:
    """Put rows into a table in place of those that it holds.

    Raises:
        ValueError: a value is not of the kind that its column holds.
    """
    table = _table(layout)
    names = [name for name, _ in layout.columns]
    readers = [_READERS[kind] for _, kind in layout.columns]
    connection.execute(delete(table))
    for some in batches(rows):
        values = [
            {
                name: None if value is None else read(value)
                for name, read, value in zip(names, readers, row, strict=True)
            }
            for row in some
        ]
        connection.execute(insert(table), values)


def _table(layout: Layout) -> Table:
    """The table as the layout says it is: an older schema may lay it out otherwise than ours."""
    columns = (Column(name, _TYPES[kind]) for name, kind in layout.columns)
    return Table(layout.name, MetaData(), *columns)


def _kind(column: Column[Any]) -> str:
    held = column.type
    plain = held.impl_instance if isinstance(held, TypeDecorator) else held
    return _OF_PYTHON[plain.python_type]


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and _LEAST <= value <= _MOST:
        return value
    raise _unlike(value, "a whole number of 64 bits")


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise _unlike(value, "a number")


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _unlike(value, "true or false")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise _unlike(value, "a text")


def _uuid(value: object) -> UUID:
    return UUID(_text(value))


def _unlike(value: object, expected: str) -> ValueError:
    return ValueError(f"a row holds {str(value)[:40]!r} where it must hold {expected}")


_READERS: Mapping[str, Callable[[object], object]] = {
    "number": _number,
    "text": _text,
    "truth": _truth,
    "uuid": _uuid,
    "whole": _whole,
}
