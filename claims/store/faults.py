"""What a database's own errors mean to the person at the keyboard."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from claims.errors import ClaimsError, InputRefused, SetupError

_SENTENCES = {
    "SQLITE_BUSY": "the database {name} is in use by another program that writes to it;"
    " wait until it has finished and try again",
    "SQLITE_LOCKED": "the database {name} is in use by another program that writes to it;"
    " wait until it has finished and try again",
    "SQLITE_READONLY": "the database {name} or its folder can only be read;"
    " give yourself the right to write there, or use a copy",
    "SQLITE_PERM": "you have no right to open the database {name}; ask its owner",
    "SQLITE_CANTOPEN": "the database {name} cannot be opened;"
    " check that it is a file and that you may read and write it and its folder",
    "SQLITE_NOTADB": "the file {name} is not a database; name a database of claims",
    "SQLITE_CORRUPT": "the database {name} is damaged; go back to a copy made before the damage",
    "SQLITE_FULL": "the disk that holds the database {name} is full; make room and try again",
    "SQLITE_IOERR": "the disk that holds the database {name} cannot be read or written;"
    " check the disk and the connection to it",
    "SQLITE_SCHEMA": "the tables of the database {name} changed meanwhile; try again",
}
"""Result codes of SQLite (its extended codes begin with them) in words."""


@contextmanager
def plain_faults(name: str) -> Iterator[None]:
    """Turn the errors of the database called ``name`` into errors of claims.

    Raises:
        SetupError: the database is missing, locked, damaged, read-only or no database.
        InputRefused: a row breaks a rule of the schema.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        told = explained(error, name)
        if told is None:
            raise
        raise told from error


def explained(error: Exception, name: str) -> ClaimsError | None:
    """What an error says in words, or ``None`` where it is a fault of the program."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.IntegrityError):
        return InputRefused(f"the database refuses this record: {cause}; mend the record")
    code = str(getattr(cause, "sqlite_errorname", ""))
    for start, sentence in _SENTENCES.items():
        if code.startswith(start):
            return SetupError(sentence.format(name=name))
    return None
