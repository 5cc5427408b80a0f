"""Units of work: reading sees one moment; what is written is kept whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from claims.store.engine import WRITES, database_name
from claims.store.faults import plain_faults


@contextmanager
def read_unit(engine: Engine) -> Iterator[Session]:
    """A session that sees the database as it stood at its first read; it keeps no writes.

    Raises:
        SetupError: the database cannot be read; the message says why.
    """
    with plain_faults(database_name(engine)), Session(engine) as session:
        yield session


@contextmanager
def write_unit(engine: Engine) -> Iterator[Session]:
    """A session that holds the database's only writing lock until the unit ends.

    It commits when the block ends, and rolls back when the block raises.

    Raises:
        SetupError: the database cannot be written; the message says why.
        InputRefused: a record breaks a rule of the schema.
    """
    writing = engine.execution_options(**{WRITES: True})
    with plain_faults(database_name(engine)), Session(writing, info={WRITES: True}) as session:
        session.connection()
        yield session
        session.commit()
