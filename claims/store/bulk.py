"""Writing very many rows at once: as the driver takes them quickest, within the open unit.

Rows are given column by column, without a statement compiled for each: SQLite gets them by
``executemany``, PostgreSQL by ``COPY``. Every rule of the schema holds for them as for any other.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, Uuid
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.store.engine import is_sqlite

Columns = Mapping[str, Sequence[Any]]
"""By the name of a column: its value in each row; times, decimals and lists as text already."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for circular rubbish while a block makes many records and drops none.

    Python searches the more often the more objects are alive: 100,000 claims take a third longer
    with it, and find nothing. What is dropped is freed at once all the same.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def insert_columns(session: Session, table: Table, columns: Columns) -> None:
    """Insert rows, given by their columns; those left out are empty.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refuses one, and with it all.
    """
    connection = session.connection()
    names = tuple(columns)
    if is_sqlite(connection):
        ids = _ids(table)
        held = ([_hex(one) for one in columns[n]] if n in ids else columns[n] for n in names)
        rows = list(zip(*held, strict=True))
        if rows:
            connection.exec_driver_sql(_insert(table, names), rows)
    else:
        _copy(connection, table, names, zip(*columns.values(), strict=True))


def _copy(
    connection: Connection, table: Table, names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    told = ", ".join(f'"{name}"' for name in names)
    statement = f'COPY "{table.name}" ({told}) FROM STDIN'
    driver: Any = connection.dialect.loaded_dbapi
    cursor: Any = connection.connection.cursor()
    try:
        with cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except driver.Error as error:
        raise DBAPIError.instance(
            statement, None, error, driver.Error, dialect=connection.dialect
        ) from error


@cache
def _insert(table: Table, names: tuple[str, ...]) -> str:
    told = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    return f'INSERT INTO "{table.name}" ({told}) VALUES ({marks})'  # noqa: S608 (our own names)


@cache
def _ids(table: Table) -> frozenset[str]:
    """The columns that hold ids, which SQLite keeps as 32 hexadecimal digits."""
    return frozenset(column.name for column in table.columns if isinstance(column.type, Uuid))


def _hex(one: Any) -> str | None:  # noqa: ANN401 (an id, or none)
    return None if one is None else str(one.hex)
