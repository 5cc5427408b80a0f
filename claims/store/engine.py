"""Opening a database: how SQLite is set up, and how reading and writing units begin.

SQLite answers readers while somebody writes (WAL), keeps every acknowledged write through a
power cut (``synchronous=FULL``) and checks references. Python's driver is kept from opening
transactions by itself: a writing unit starts with ``BEGIN IMMEDIATE``, so that two writers wait
for each other before they read, and neither overwrites what the other has just written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import cast
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from claims.errors import SetupError
from claims.store.faults import plain_faults

WRITES = "claims_writes"
"""The execution option of an engine whose transactions lock the database from the start."""

BUSY_TIMEOUT = 30.0
"""Seconds that a writer waits for another."""


def open_engine(url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> Engine:
    """Open the database at ``url`` (``sqlite:///PATH``); it must exist.

    Args:
        url: the database's address in SQLAlchemy's form.
        busy_timeout: how many seconds a writer waits for another.

    Raises:
        SetupError: there is no such database, or it cannot be used; the message says why.
    """
    path = database_path(url)
    if not path.is_file():
        message = f"there is no database at {path}; make one with `claims init`"
        raise SetupError(message)
    engine = create_engine(_address(url), creator=partial(_connect, path, busy_timeout))
    event.listen(engine, "begin", _begin)
    with plain_faults(str(path)), engine.connect():
        return engine


def database_path(url: str) -> Path:
    """The file that holds the database at ``url``.

    Raises:
        SetupError: the address is none, or names another kind of database.
    """
    address = _address(url)
    if address.get_backend_name() != "sqlite":
        kind = address.get_backend_name()
        message = f"the address names a {kind} database; this version keeps SQLite: sqlite:///PATH"
        raise SetupError(message)
    if address.database in {None, "", ":memory:"}:
        message = f"the address {url} names no file; give one as sqlite:///PATH"
        raise SetupError(message)
    return Path(str(address.database))


def database_name(engine: Engine) -> str:
    """What to call the database in a message."""
    return str(engine.url.database)


def create_database(url: str) -> None:
    """Create the file of an empty database that only its owner may read, where there is none.

    Raises:
        SetupError: its folder does not exist or cannot be written.
    """
    path = database_path(url)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except FileNotFoundError:
        message = f"the folder {path.parent} does not exist; make it, or name another database"
        raise SetupError(message) from None
    except OSError as error:
        message = f"no database can be made at {path} ({error.strerror}); name another place"
        raise SetupError(message) from error


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Let tables be rebuilt without touching the rows that refer to them.

    With the checks on, rebuilding a table that others refer to can delete or refuse rows. They
    can only be switched outside a transaction, hence on the driver's own connection.
    """
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
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        message = f"the table {lost[0]} refers to missing rows of {lost[2]}; nothing was upgraded"
        raise SetupError(message)


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        message = f"{url!r} is not the address of a database; write sqlite:///PATH"
        raise SetupError(message) from None


def _connect(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """A connection that begins no transactions by itself; it never creates the file."""
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    raw = sqlite3.connect(
        address, uri=True, timeout=busy_timeout, isolation_level=None, check_same_thread=False
    )
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {setting}")
    return raw


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
