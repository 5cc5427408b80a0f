"""Making a database again in PostgreSQL: one transaction, and the old schema keeps its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from claims.errors import SetupError
from claims.store.engine import WRITES, check_usable, database_name, open_engine
from claims.store.faults import plain_faults
from claims.store.tables.log import HeadRow


@contextmanager
def new_schema(url: str, *, force: bool, now: datetime) -> Iterator[tuple[Connection, str | None]]:
    """An empty schema of a PostgreSQL database, kept once the block has ended well.

    A schema that holds tables is given another name; nobody sees either before the end.

    Raises:
        SetupError: a database is held there and may not be moved, or there is no right to.
    """
    engine = open_engine(url)
    writing = engine.execution_options(**{WRITES: True})
    try:
        with plain_faults(database_name(engine)), writing.begin() as connection:
            check_usable(connection)
            _refuse_held(connection, force=force)
            yield connection, _moved_aside(connection, now)
    finally:
        engine.dispose()


def refuse_held_schema(url: str, *, force: bool) -> None:
    """Refuse a PostgreSQL database that holds tables with something in them, unless it may.

    Raises:
        SetupError: it does.
    """
    engine = open_engine(url)
    try:
        with plain_faults(database_name(engine)), engine.connect() as connection:
            _refuse_held(connection, force=force)
    finally:
        engine.dispose()


def _refuse_held(connection: Connection, *, force: bool) -> None:
    if not force and _is_held(connection):
        message = (
            f"the database {database_name(connection.engine)} holds records already; name another"
            " with --db, or add --force, which moves them aside and deletes nothing"
        )
        raise SetupError(message)


def _is_held(connection: Connection) -> bool:
    """Whether it holds any table but those of a database of claims without history."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return False
    if HeadRow.__tablename__ not in tables:
        return True
    with connection.begin_nested():
        try:
            return connection.scalar(select(col(HeadRow.seq))) != 0
        except DBAPIError:
            return True


def _moved_aside(connection: Connection, now: datetime) -> str | None:
    """Rename the schema where it holds tables, and make an empty one of its name."""
    if not inspect(connection).get_table_names():
        return None
    held = _quoted(connection, str(connection.exec_driver_sql("SELECT current_schema()").scalar()))
    aside = f"before_restore_{now:%Y%m%dt%H%M%Sz}"
    connection.exec_driver_sql(f"ALTER SCHEMA {held} RENAME TO {aside}")
    connection.exec_driver_sql(f"CREATE SCHEMA {held}")
    return f"schema {aside}"


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)
