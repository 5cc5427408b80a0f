"""Reading whatever is held, one record or many.

What is shown to people goes through :class:`claims.store.access.Access` instead, which leaves out
what they may not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.analysis.records import Record, Topic
from claims.store.casefiles import casefile
from claims.store.fetch import Fetch
from claims.store.forms import form_of
from claims.store.log import head
from claims.store.lookup import batches

__all__ = ["all_records", "casefile", "get_record", "head", "topics"]

R = TypeVar("R", bound=Record)


def get_record(session: Session, kind: type[R], record: UUID) -> tuple[R, int] | None:
    """A record and its version (1 for kinds that are never changed), or ``None``."""
    columns = form_of(kind).table.c
    found = Fetch(session).records(kind, columns.id == record)
    if not found:
        return None
    if kind.immutable:
        return found[0], 1
    version = session.scalar(select(columns.version).where(columns.id == record))
    return found[0], int(version or 1)


def all_records(session: Session, kind: type[R], ids: Iterable[UUID] | None = None) -> list[R]:
    """All records of a kind, or those with these ids, in the order in which they were written."""
    fetch = Fetch(session)
    if ids is None:
        return fetch.records(kind)
    columns = form_of(kind).table.c
    found = [
        one
        for some in batches(sorted(set(ids)))
        for one in fetch.records(kind, columns.id.in_(some))
    ]
    order = {record: pk for pk, record in fetch.ids[kind.entity].items()}
    return sorted(found, key=lambda one: order[one.id])


def topics(session: Session) -> tuple[Topic, ...]:
    """All topics, in the order in which they were written."""
    return tuple(all_records(session, Topic))
