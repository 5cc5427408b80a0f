"""What a database's own errors mean to the person at the keyboard."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from claims.errors import ClaimsError, InputRefused, SetupError

_BUSY = (
    "the database {name} is in use by another program that writes to it;"
    " wait until it has finished and try again"
)
_READ_ONLY = (
    "the database {name} or its folder can only be read;"
    " give yourself the right to write there, or use a copy"
)
_DAMAGED = "the database {name} is damaged; go back to a copy made before the damage"
_FULL = "the disk that holds the database {name} is full; make room and try again"
_DISK = (
    "the disk that holds the database {name} cannot be read or written;"
    " check the disk and the connection to it"
)
_SQLITE: Mapping[str, str] = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": "you have no right to open the database {name}; ask its owner",
    "SQLITE_CANTOPEN": "the database {name} cannot be opened;"
    " check that it is a file and that you may read and write it and its folder",
    "SQLITE_NOTADB": "the file {name} is not a database; name a database of claims",
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": _DISK,
    "SQLITE_SCHEMA": "the tables of the database {name} changed meanwhile; try again",
}
"""Result codes of SQLite (its extended codes begin with them) in words."""

_LOST = ("no such table", "no such column", "no such index", "Could not decode to UTF-8")
"""How SQLite's errors begin where a file has lost what claims wrote into it."""

_ENDED = (
    "the server of {name} ended the connection; what it had not confirmed is not kept, or all of"
    " it is: look when the server answers, and try again"
)
_UNREACHABLE = (
    "the server of {name} cannot be reached; check that it runs, and the host and port in the"
    " address"
)
_LOGIN = (
    "the server of {name} refuses this user or password; check both (a password can also stand in"
    " PGPASSWORD or in ~/.pgpass), or ask whoever looks after the server"
)
_MISSING = (
    "there is no database {name} on its server; make one there with `createdb`, or ask whoever"
    " looks after the server"
)
_STARTING = "the server of {name} is starting or stopping; wait a moment and try again"
_CROWDED = "the server of {name} has no room for another connection; try again later"
_NO_RIGHT = (
    "you have no right to do this in the database {name}; ask its owner to grant it to this user"
)

_POSTGRESQL: Mapping[str, str] = {
    "55P03": _BUSY,
    "40": "another program changed the database {name} at the same time;"
    " nothing was written; try again",
    "25006": "the database {name} can only be read; name the server that takes writes",
    "25P": _ENDED,
    "57P03": _STARTING,
    "57P": _ENDED,
    "57014": "the server of {name} stopped this because it took too long;"
    " ask whoever looks after the server for more time (statement_timeout)",
    "08": _ENDED,
    "28": _LOGIN,
    "3D": _MISSING,
    "42501": _NO_RIGHT,
    "53100": _FULL,
    "53300": _CROWDED,
    "53": "the server of {name} has run out of memory; try again later",
    "58": _DISK,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""SQLSTATEs of PostgreSQL, or the beginnings of them, in words; the first that fits counts."""

_LOCAL: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"password authentication failed|no password supplied|pg_hba"), _LOGIN),
    (re.compile(r"(authentication|role \".*\") (failed|does not exist)"), _LOGIN),
    (re.compile(r"database \".*\" does not exist"), _MISSING),
    (re.compile(r"permission denied for database"), _NO_RIGHT),
    (re.compile(r"is (starting up|shutting down)|recovery mode|not accepting"), _STARTING),
    (re.compile(r"too many (clients|connections)|connection slots"), _CROWDED),
    (re.compile(r"resolve host|^connection (failed|timeout)|timed out"), _UNREACHABLE),
)
"""What the driver says of a connection that it could not make: it knows no SQLSTATE then."""

_OPTIONS = re.compile(r"invalid (connection option|\w+ value|URI|\w+ URI)")
_MODULE = "psycopg"


@contextmanager
def plain_faults(name: str) -> Iterator[None]:
    """Turn the errors of the database called ``name`` into errors of claims.

    Raises:
        SetupError: the database is missing, locked, damaged, read-only or no database.
        InputRefused: a row breaks a rule of the schema.
    """
    try:
        yield
    except Exception as error:
        told = explained(error, name)
        if told is None:
            raise
        raise told from error


def explained(error: Exception, name: str) -> ClaimsError | None:
    """What an error says in words, or ``None`` where it is a fault of the program.

    Of what a PostgreSQL server or its driver says, only the first line of a refusal of a record
    is repeated: other lines may hold a password or a row.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, UnicodeDecodeError):  # a text that no version of claims has written
        return SetupError(_DAMAGED.format(name=name))
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, name)
    if type(cause).__module__.partition(".")[0] == _MODULE:
        return _of_postgresql(cause, name)
    return None


def _of_sqlite(cause: sqlite3.Error, name: str) -> ClaimsError | None:
    if isinstance(cause, sqlite3.IntegrityError):
        return _refused(str(cause))
    if str(cause).startswith(_LOST):
        return SetupError(_DAMAGED.format(name=name))
    code = str(getattr(cause, "sqlite_errorname", ""))
    return _sentence(_SQLITE, code, name)


def _of_postgresql(cause: BaseException | None, name: str) -> ClaimsError | None:
    """The driver need not be installed: its errors are known by where they come from."""
    code, words = str(getattr(cause, "sqlstate", None) or ""), str(cause)
    kind = type(cause).__name__
    if code.startswith(("22", "23")) or kind == "DataError":
        return _refused(words.splitlines()[0])
    if code:
        return _sentence(_POSTGRESQL, code, name)
    if _OPTIONS.search(words):
        message = f"the address {name} cannot be read by PostgreSQL's driver; check its options"
        return SetupError(message)
    for pattern, sentence in _LOCAL:
        if pattern.search(words):
            return SetupError(sentence.format(name=name))
    known = kind in {"OperationalError", "InterfaceError", "ConnectionTimeout"}
    return SetupError(_ENDED.format(name=name)) if known else None


def _refused(words: str) -> InputRefused:
    return InputRefused(f"the database refuses this record: {words}; mend the record")


def _sentence(sentences: Mapping[str, str], code: str, name: str) -> SetupError | None:
    for start, sentence in sentences.items():
        if code.startswith(start):
            return SetupError(sentence.format(name=name))
    return None
