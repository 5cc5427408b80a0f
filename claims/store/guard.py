"""No wrong report from a damaged database: what is read is compared with what was written.

Each row keeps the hash of its record's content, so that a record that was altered on the disk is
seen when it is read. Rows that are no longer found leave no trace in those that are; SQLite's own
check of the file sees them, and takes as long as the file is large. It is made before a report
where the file is small enough that nobody notices; for a larger one there are ``claims verify``
and ``claims doctor``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Error as SqliteError

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlmodel import col, select

from claims.analysis.canonical import content_hash
from claims.analysis.records import Record
from claims.errors import ClaimsError, VerificationFailed
from claims.store.log import head
from claims.store.tables.log import ChangeRow

CONTENT_HASH = "content_hash"
"""The column that holds the hash of a record's content."""

SMALL = 32 << 20
"""Bytes of a SQLite file that is checked before each report; it takes well under a second."""

_WHAT_NOW = "look with `claims verify`, and go back to a backup"
_CHECKED = "claims_file_checked"


def check_contents(records: Sequence[Record], hashes: Sequence[str]) -> None:
    """Compare records with the hashes that were kept when they were written.

    Raises:
        VerificationFailed: one differs; the message names it.
    """
    for record, kept in zip(records, hashes, strict=True):
        if content_hash(record) != kept:
            message = (
                f"the {record.entity.replace('_', ' ')} {record.id} does not hold what was"
                f" written: it was altered or damaged beneath claims; {_WHAT_NOW}"
            )
            raise VerificationFailed(message)


@contextmanager
def unaltered(entity: str) -> Iterator[None]:
    """Rows that cannot be read as records were not written by claims.

    Raises:
        VerificationFailed: a value is none that a row of this entity can hold.
    """
    try:
        yield
    except (ClaimsError, DBAPIError, SqliteError):
        raise
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        message = (
            f"a {entity.replace('_', ' ')} cannot be read: it was altered or damaged beneath"
            f" claims; {_WHAT_NOW}"
        )
        raise VerificationFailed(message) from error


def check_file(session: Session) -> None:
    """Check the structure of a small SQLite file, and that the head is that of the last change.

    It is done once for a session. PostgreSQL sees to its own files.

    Raises:
        VerificationFailed: something is wrong; the message says what SQLite says of it.
    """
    if session.info.get(_CHECKED):
        return
    session.info[_CHECKED] = True
    _check_head(session)
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    if pages * size > SMALL:
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(1)"):
        if said != "ok":
            message = f"the database is damaged ({said}); {_WHAT_NOW}"
            raise VerificationFailed(message)


def _check_head(session: Session) -> None:
    last = select(col(ChangeRow.seq), col(ChangeRow.hash)).order_by(col(ChangeRow.seq).desc())
    found, at = session.execute(last.limit(1)).first(), head(session)
    if found is not None and tuple(found) != (at.seq, at.hash):
        message = f"the head of the history is not that of its last change; {_WHAT_NOW}"
        raise VerificationFailed(message)
