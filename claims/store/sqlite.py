"""SQLite: how a file is opened, and how reading and writing begin in it.

SQLite answers readers while somebody writes (WAL), keeps every acknowledged write through a
power cut (``synchronous=FULL``) and checks references. Python's driver is kept from opening
transactions by itself: a writing unit starts with ``BEGIN IMMEDIATE``, so that two writers wait
for each other before they read, and neither overwrites what the other has just written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL

from claims.errors import SetupError

SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "wal_autocheckpoint=10000",
)
"""How each connection is set up.

What is deleted is overwritten, whatever SQLite was built with. The journal is written back after
10,000 pages (40 MB), not 1,000: one insert of a claim takes 34 to 51 pages, so that every
twentieth would wait for it (docs/decisions/0010-search.md).
"""

_NOTHING_BESIDE = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR")
"""How the errors are called where SQLite cannot keep its files beside the database."""


def sqlite_engine(address: URL, path: Path, busy_timeout: float) -> Engine:
    """An engine on an existing file; it never makes one."""
    return create_engine(address, creator=partial(_connect, path, busy_timeout))


def sqlite_begin(connection: Connection, *, writes: bool) -> None:
    """Begin a transaction; one that writes holds the only writing lock from its start."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def create_file(path: Path) -> None:
    """Create an empty database that only its owner may read, where there is none.

    Raises:
        SetupError: its folder does not exist or cannot be written.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except FileNotFoundError:
        message = f"the folder {path.parent} does not exist; make it, or name another database"
        raise SetupError(message) from None
    except OSError as error:
        message = f"no database can be made at {path} ({error.strerror}); name another place"
        raise SetupError(message) from error


def _connect(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """A connection that begins no transactions by itself; it never creates the file.

    Where SQLite finds no room or has no right to keep its files beside the database, what is
    there can still be read.
    """
    try:
        return _opened(path, busy_timeout, "mode=rw", SETTINGS)
    except sqlite3.OperationalError as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith(_NOTHING_BESIDE):
            raise
        for address, settings in _reading(path):
            with suppress(sqlite3.OperationalError):
                return _opened(path, busy_timeout, address, settings)
        raise


def _reading(path: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Ways to read a database beside which nothing can be written.

    The first keeps the index of the WAL in memory and the database to itself. The second reads
    the file as it is, which is right only where no WAL holds newer pages.
    """
    yield "mode=rw", ("locking_mode=EXCLUSIVE", *SETTINGS)
    wal = path.with_name(f"{path.name}-wal")
    if not wal.exists() or not wal.stat().st_size:
        yield "mode=ro&immutable=1", ("foreign_keys=ON",)


def _opened(
    path: Path, busy_timeout: float, options: str, settings: Sequence[str]
) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?{options}"
    raw = sqlite3.connect(
        address, uri=True, timeout=busy_timeout, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in settings:
            raw.execute(f"PRAGMA {setting}")
        raw.execute("SELECT count(*) FROM sqlite_master")
    except BaseException:
        raw.close()
        raise
    return raw
