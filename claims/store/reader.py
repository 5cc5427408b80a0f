"""Reading: one record, many, topics by what people call them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.analysis.records import Record, Topic
from claims.errors import InputRefused, NotFound
from claims.store.casefiles import casefile
from claims.store.fetch import Fetch
from claims.store.forms import form_of
from claims.store.log import head
from claims.store.lookup import batches

__all__ = ["all_records", "casefile", "find_topic", "get_record", "head", "topics"]

SHORTEST_PREFIX = 4
"""Characters of an id that are enough to name a topic, if no other begins with them."""

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


def find_topic(session: Session, text: str) -> Topic:
    """The topic that somebody means: by its key, label, an alias, its id or the id's beginning.

    Capital letters make no difference.

    Raises:
        NotFound: there is none; the message names the nearest.
        InputRefused: there are several; the message names them.
    """
    held = topics(session)
    wanted = text.strip().casefold()
    found = [topic for topic in held if wanted in _names(topic)] or [
        topic
        for topic in held
        if len(wanted) >= SHORTEST_PREFIX and str(topic.id).startswith(wanted)
    ]
    if len(found) > 1:
        listed = ", ".join(f"{topic.label} ({str(topic.id)[:8]})" for topic in found)
        message = f"{text!r} can mean {len(found)} topics: {listed}; give more of the id"
        raise InputRefused(message)
    if not found:
        raise NotFound(_nearest(text, wanted, held))
    return found[0]


def _names(topic: Topic) -> set[str]:
    aliases = (alias for names in topic.aliases.values() for alias in names)
    names = (topic.key or "", topic.label, str(topic.id), *aliases)
    return {name.casefold() for name in names if name}


def _nearest(text: str, wanted: str, held: Iterable[Topic]) -> str:
    by_name = {name: topic for topic in held for name in sorted(_names(topic))}
    close = get_close_matches(wanted, by_name, n=1, cutoff=0.4)
    if not by_name:
        return f"there is no topic {text!r}, nor any other; load a file first"
    if not close:
        return f"there is no topic {text!r}; `claims topic list` shows those that are held"
    return f"there is no topic {text!r}; the nearest is {by_name[close[0]].label!r}"
