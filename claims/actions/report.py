"""The report of one topic."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.as_of import moment, past
from claims.actions.review import accepted
from claims.analysis.assess import assess_topic
from claims.analysis.canonical import content_hash
from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import TopicResult
from claims.analysis.records import Topic
from claims.errors import InputRefused, NotFound
from claims.report.model import build
from claims.report.shape import Report
from claims.store.access import Access
from claims.store.derive import project_profile
from claims.store.guard import check_file
from claims.store.reader import head


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """Which topic, and read under which profile.

    ``topic`` is a key, a label, an alias, an id or the start of one; ``None`` is the only topic.
    ``profile`` is ``None`` for the project's own. ``as_of`` is a moment of the past (see
    :func:`claims.actions.as_of.moment`), ``None`` for the present.
    """

    topic: str | None = None
    profile: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report with what it was made of; ``session`` holds the records of its time."""

    session: Session
    casefile: Casefile
    result: TopicResult
    report: Report


def report(session: Session, actor: Actor, request: ReportRequest, now: datetime) -> Report:
    """What the sources of a topic say, where they conflict, and where they agree.

    Everything is derived from what the actor may see. An administrator's report names the head
    of the change log; below that a digest of the visible content stands in its place, since the
    head would tell that there is more.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks.
        request: the topic and the profile.
        now: printed as the time of the report.

    Raises:
        NotFound: no topic is called that, or none is held, or there is no such change.
        InputRefused: several could be meant, or the moment cannot be read.
        NotPermitted: below administrator, changes have no numbers.
        UnknownProfile: there is no such profile.
        VerificationFailed: the database was altered or damaged beneath claims.
    """
    with told(session, actor, request, now) as found:
        return found.report


@contextmanager
def told(session: Session, actor: Actor, request: ReportRequest, now: datetime) -> Iterator[Told]:
    """The report with what it was made of, as :func:`report` gives it, for one block."""
    actor.require(Doing.READ)
    check_file(session)
    if request.as_of is None:
        yield _told(session, actor, request, now, None)
        return
    then = moment(session, actor, request.as_of, now)
    with past(session, actor, then) as scratch:
        if not access(scratch, actor).count(Topic):
            message = f"no topic was held yet as of {then.words}; name a later moment"
            raise NotFound(message)
        yield _told(scratch, actor, request, now, then.words)


def _told(
    session: Session, actor: Actor, request: ReportRequest, now: datetime, as_of: str | None
) -> Told:
    seen = access(session, actor)
    held = seen.casefile(_topic(seen, request.topic).id)
    asked = request.profile
    profile = project_profile(session) if asked is None else asked
    result = assess_topic(held, profile=profile)
    seq, digest = _head(session, actor, held)
    made = build(
        held,
        result,
        head_seq=seq,
        head_hash=digest,
        generated_at=now,
        as_of=as_of,
        accepted=accepted(seen, [claim.id for claim in held.claims]),
    )
    return Told(session=session, casefile=held, result=result, report=made)


def _topic(seen: Access, named: str | None) -> Topic:
    if named is not None:
        return seen.find(Topic, named)[0]
    held = seen.records(Topic)
    if len(held) == 1:
        return held[0]
    if not held:
        message = "no topic is held yet; load a hand-coded file with `claims load FILE`"
        raise NotFound(message)
    names = ", ".join(f"'{topic.key or topic.label}'" for topic in held[:10])
    message = f"{len(held)} topics are held; say which one is meant: {names}"
    raise InputRefused(message)


def _head(session: Session, actor: Actor, held: Casefile) -> tuple[int, str]:
    if actor.may(Doing.HEAD):
        at = head(session)
        return at.seq, at.hash
    return 0, _digest(held)


def _digest(held: Casefile) -> str:
    """SHA-256 over the sorted hashes of all visible records: the same content, the same digest."""
    hashes = sorted(content_hash(record) for record in held.records)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
