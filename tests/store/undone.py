"""A writing unit for many examples in one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from claims.store.unit import write_unit


class _Undone(Exception):
    pass


@contextmanager
def undone(engine: Engine) -> Iterator[Session]:
    """A writing unit that leaves the database as it was."""
    with suppress(_Undone), write_unit(engine) as session:
        yield session
        raise _Undone
