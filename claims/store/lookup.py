"""From ids to the numbers that rows are joined by, and back, in few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.store.tables import METADATA

BATCH = 500
"""Values in one ``IN (…)``: fewer than any engine's limit of parameters."""

T = TypeVar("T")


def numbers(session: Session, entity: str, ids: Collection[UUID]) -> dict[UUID, int]:
    """The ``pk`` of each of these records of an entity that is held."""
    columns = METADATA.tables[entity].c
    found: dict[UUID, int] = {}
    for some in batches(ids):
        rows = session.execute(select(columns.id, columns.pk).where(columns.id.in_(some)))
        found.update((row[0], row[1]) for row in rows)
    return found


def ids(session: Session, entity: str, pks: Collection[int]) -> dict[int, UUID]:
    """The id of each of these rows of an entity."""
    columns = METADATA.tables[entity].c
    found: dict[int, UUID] = {}
    for some in batches(pks):
        rows = session.execute(select(columns.pk, columns.id).where(columns.pk.in_(some)))
        found.update((row[0], row[1]) for row in rows)
    return found


def next_number(session: Session, table: str) -> int:
    """The first free ``pk`` of a table; it stays free while the head is locked."""
    return (session.scalar(select(func.max(METADATA.tables[table].c.pk))) or 0) + 1


def batches(items: Iterable[T]) -> Iterator[Sequence[T]]:
    """The items in lists short enough for one ``IN (…)``."""
    left = iter(items)
    while some := list(islice(left, BATCH)):
        yield some
