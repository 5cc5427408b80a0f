"""Opening a database: one door to SQLite and PostgreSQL.

What both share: a reading unit sees one moment, a writing unit holds the only writing lock from
its start, and what was acknowledged stays. How each engine is brought to this is in
``claims.store.sqlite`` and ``claims.store.postgresql``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from claims.errors import SetupError
from claims.store.address import is_postgresql, postgresql_address, shown
from claims.store.faults import plain_faults
from claims.store.postgresql import check_server, postgresql_begin, postgresql_engine
from claims.store.sqlite import create_file, sqlite_begin, sqlite_engine

WRITES = "claims_writes"
"""The execution option of an engine whose transactions lock the database from the start."""

BUSY_TIMEOUT = 30.0
"""Seconds that a writer waits for another."""

_FORMS = "sqlite:///PATH or postgresql://user@host/database"


def open_engine(url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> Engine:
    """Open the database at ``url``; it must exist.

    Args:
        url: ``sqlite:///PATH`` or ``postgresql://user@host:port/database``.
        busy_timeout: how many seconds a writer waits for another.

    Raises:
        SetupError: there is no such database, or it cannot be used; the message says why.
    """
    engine = _engine(url, busy_timeout)
    try:
        with plain_faults(database_name(engine)), engine.connect():
            return engine
    except BaseException:
        engine.dispose()
        raise


def is_sqlite(bound: Engine | Connection) -> bool:
    """Whether this is a SQLite file, for the few statements that the engines do not share."""
    return bound.dialect.name == "sqlite"


def database_path(url: str) -> Path:
    """The file that holds the SQLite database at ``url``.

    Raises:
        SetupError: the address is none, or names another kind of database.
    """
    address = _address(url)
    if address.get_backend_name() != "sqlite":
        kind = address.get_backend_name()
        message = f"the address names a {kind} database; claims keeps {_FORMS}"
        raise SetupError(message)
    if address.database in {None, "", ":memory:"}:
        message = f"the address {url} names no file; give one as sqlite:///PATH"
        raise SetupError(message)
    return Path(str(address.database))


def database_name(engine: Engine) -> str:
    """What to call the database in a message: its file, or its address without the password."""
    if is_sqlite(engine):
        return str(engine.url.database)
    return shown(engine.url.render_as_string(hide_password=False))


def create_database(url: str) -> None:
    """Make the file of an empty SQLite database that only its owner may read, where there is none.

    A PostgreSQL database is made by whoever looks after its server.

    Raises:
        SetupError: the file's folder does not exist or cannot be written.
    """
    if not is_postgresql(url):
        create_file(database_path(url))


def check_usable(connection: Connection) -> None:
    """Refuse a PostgreSQL database that cannot hold what claims writes.

    Raises:
        SetupError: its server is too old, or it keeps texts in another way than UTF-8.
    """
    if not is_sqlite(connection):
        check_server(connection, database_name(connection.engine))


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let tables be rebuilt without touching the rows that refer to them.

    SQLite rebuilds a table to change it; with the checks on, this can delete or refuse rows that
    refer to it. They can only be switched outside a transaction, hence on the driver's own
    connection. PostgreSQL changes tables in place.
    """
    if not is_sqlite(connection):
        yield
        return
    raw = cast("sqlite3.Connection", connection.connection.driver_connection)
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def check_foreign_keys(connection: Connection) -> None:
    """Find references that lead nowhere after the checks were off.

    Raises:
        SetupError: some do; the message names the first table.
    """
    if not is_sqlite(connection):
        return  # PostgreSQL has checked each
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        message = f"the table {lost[0]} refers to missing rows of {lost[2]}; nothing was changed"
        raise SetupError(message)


def _engine(url: str, busy_timeout: float) -> Engine:
    if is_postgresql(url):
        engine = postgresql_engine(_address(postgresql_address(url)))
        event.listen(engine, "begin", _begin_postgresql(busy_timeout))
        return engine
    path = database_path(url)
    if not path.is_file():
        message = f"there is no database at {path}; make one with `claims init`"
        raise SetupError(message)
    engine = sqlite_engine(_address(url), path, busy_timeout)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        message = f"{url!r} is not the address of a database; write {_FORMS}"
        raise SetupError(message) from None


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITES, False))


def _begin_sqlite(connection: Connection) -> None:
    sqlite_begin(connection, writes=_writes(connection))


def _begin_postgresql(busy_timeout: float) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        postgresql_begin(connection, busy_timeout, writes=_writes(connection))

    return begin
