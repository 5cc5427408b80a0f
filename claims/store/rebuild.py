"""Making a database again from rows: the schema they had, the rows, then today's schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from claims.errors import VerificationFailed
from claims.store.dump import Layout, put_rows
from claims.store.engine import check_foreign_keys, without_foreign_keys
from claims.store.history import Head
from claims.store.migrate import config
from claims.store.search import reindex
from claims.store.verify import verify

Tables = Iterable[tuple[Layout, Iterable[Sequence[object]]]]
"""Tables and their rows, each table after those that it refers to."""

_REFERENCES = text(
    "SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid)"
    " FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace"
    " WHERE c.contype = 'f' AND n.nspname = current_schema() ORDER BY 1, 2"
)


def rebuild(connection: Connection, schema: str, tables: Tables) -> None:
    """Fill an empty database with rows that a database of the revision ``schema`` held.

    References are checked at the end, since a record may refer to one that was written later.

    Args:
        connection: an empty database.
        schema: the revision of the schema that the rows are from; it must be known.
        tables: the rows.

    Raises:
        SetupError: a reference leads nowhere.
        InputRefused: a row breaks a rule of the schema.
        ValueError: a value is not of the kind that its column holds.
    """
    migrate_on(connection, schema)
    with _unreferenced(connection):
        for layout, rows in tables:
            put_rows(connection, layout, rows)
    migrate_on(connection, "head")


def index(connection: Connection) -> None:
    """Make again what follows from the records: the words that search looks through."""
    with Session(connection) as session:
        reindex(session)
        session.commit()
    if connection.dialect.name == "sqlite":
        connection.commit()  # the check before has begun a transaction


def prove(connection: Connection, kept: Head) -> None:
    """Check a database that was made again: its file, its history, and each of its records.

    Args:
        connection: the database.
        kept: the head that its history must end with.

    Raises:
        VerificationFailed: something does not add up; the message says what first.
    """
    found = [*_file_faults(connection)]
    with Session(connection) as session:
        check = verify(session, limit=3)
    if check.head != kept:
        found.append(f"its history ends with change {check.head.seq}, not with {kept.seq}")
    found += [str(one) for one in check.breaks]
    if found:
        message = f"what it holds does not add up: {'; '.join(found[:3])}"
        raise VerificationFailed(message)


def is_known(schema: str) -> bool:
    """Whether this version of claims can bring a schema up to its own."""
    try:
        return ScriptDirectory.from_config(config()).get_revision(schema) is not None
    except CommandError:
        return False


def _file_faults(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(3)"):
            if said != "ok":
                yield str(said)


def migrate_on(connection: Connection, revision: str) -> None:
    """Bring an open database to a revision; within its transaction, where one is open."""
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)


@contextmanager
def _unreferenced(connection: Connection) -> Iterator[None]:
    """Let rows be put in whatever order; all their references are checked afterwards."""
    if connection.dialect.name == "sqlite":
        with without_foreign_keys(connection), connection.begin():
            yield
            check_foreign_keys(connection)
        return
    held = connection.execute(_REFERENCES).all()
    for table, name, _ in held:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in held:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
