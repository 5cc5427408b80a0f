"""Looking at the past: where the log stood, and the database as it was, for today's eyes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.analysis.records import Claim, Document, Inquiry, Record, Source
from claims.analysis.vocabulary import Sensitivity
from claims.errors import InputRefused, NotFound
from claims.store.codec import instant_text
from claims.store.erasure import removed
from claims.store.history import Head
from claims.store.log import head as log_head
from claims.store.reader import all_records
from claims.store.timeline import at_seq, at_time, by_hash, replayed

SHORTEST_PREFIX = 8
"""Digits of a hash that are enough to name a change."""

_SENSITIVE = (Source, Document, Claim, Inquiry)
_MOST = tuple(Sensitivity)[-1]

_FORMS = (
    "give a day (2026-01-31), a time (2026-01-31T12:00Z), the number of a change, or the first"
    f" {SHORTEST_PREFIX} digits or more of its hash"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the past: where the log stood, and what was asked for, in words."""

    head: Head
    words: str


def moment(session: Session, actor: Actor, text: str, now: datetime) -> Moment:
    """Which moment is meant by a day, a time, the number of a change or its hash.

    A day means its end, and a time without a zone is in UTC.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; only an administrator may name a change.
        text: what they wrote.
        now: later than this there is nothing to see.

    Raises:
        InputRefused: it cannot be read, is still to come, or could be several changes.
        NotFound: there is no such change.
        NotPermitted: below administrator, changes have no numbers.
    """
    wanted = text.strip()
    if wanted.isdecimal() and (len(wanted) < SHORTEST_PREFIX or _is_held(session, actor, wanted)):
        return _change(session, actor, int(wanted))
    if re.fullmatch(rf"[0-9a-fA-F]{{{SHORTEST_PREFIX},64}}", wanted):
        return _hash(session, actor, wanted.lower())
    until = _time(wanted)
    if until > now + timedelta(days=1):
        message = f"{text!r} is still to come; {_FORMS}"
        raise InputRefused(message)
    return Moment(at_time(session, instant_text(until)), wanted)


@contextmanager
def past(session: Session, actor: Actor, then: Moment) -> Iterator[Session]:
    """A session that sees the database as it was, with the permissions of today.

    A record is as sensitive as it is today, or was at last where it is gone. What the actor may
    not see today they do not see as it was either.
    """
    today = _sensitivities(session)
    seen = access(session, actor)
    hidden = {
        record
        for kind in _SENSITIVE
        for record in _held(session, kind) - seen.visible(kind, _held(session, kind))
    }

    def alter(record: Record) -> Record:
        if not isinstance(record, _SENSITIVE):
            return record
        now = _MOST if record.id in hidden else today.get((record.entity, record.id), _MOST)
        return record if record.sensitivity is now else replace(record, sensitivity=now)

    with replayed(session, then.head, alter) as scratch:
        yield scratch


def _held(session: Session, kind: type[Record]) -> set[UUID]:
    return {one.id for one in all_records(session, kind)}


def _sensitivities(session: Session) -> dict[tuple[str, UUID], Sensitivity]:
    """How sensitive each record is today, or was at last."""
    found: dict[tuple[str, UUID], Sensitivity] = {}
    for kind in _SENSITIVE:
        gone = (one for one in removed(session, kind.entity).values() if one is not None)
        for record in (*gone, *all_records(session, kind)):
            found[kind.entity, record.id] = Sensitivity(getattr(record, "sensitivity", _MOST))
    return found


def _change(session: Session, actor: Actor, seq: int) -> Moment:
    actor.require(Doing.HEAD)
    found = at_seq(session, seq)
    if found is None:
        last = log_head(session).seq
        message = f"there is no change {seq}; the last one is {last}"
        raise NotFound(message)
    return Moment(found, f"change {seq}")


def _is_held(session: Session, actor: Actor, digits: str) -> bool:
    """Whether there is a change of this number; a hash can begin with digits alone."""
    actor.require(Doing.HEAD)
    return int(digits) <= log_head(session).seq


def _hash(session: Session, actor: Actor, prefix: str) -> Moment:
    actor.require(Doing.HEAD)
    found = by_hash(session, prefix)
    if not found:
        message = f"no change has a hash that begins with {prefix}; {_FORMS}"
        raise NotFound(message)
    if len(found) > 1:
        message = f"several changes have a hash that begins with {prefix}; give more digits"
        raise InputRefused(message)
    return Moment(found[0], f"change {found[0].seq}")


def _time(text: str) -> datetime:
    """The time that is meant; a day is meant to its end."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
            return day + timedelta(days=1) - timedelta(microseconds=1)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        message = f"{text!r} is no moment that can be read; {_FORMS}"
        raise InputRefused(message) from error
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
