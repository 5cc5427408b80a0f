"""Which topics are held, and how much is held on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.analysis.records import Topic
from claims.store.counts import Held, held_on_topics


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsRequest:
    """All topics; there is nothing to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """One topic; ``claims`` counts those that the actor may see."""

    id: UUID
    key: str | None
    label: str
    dates: str | None
    questions: int
    claims: int


def topics(
    session: Session, actor: Actor, request: TopicsRequest, now: datetime
) -> tuple[TopicLine, ...]:
    """The topics in the order of their labels, each with its numbers of questions and claims.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; claims above their clearance are not counted.
        request: nothing to choose yet.
        now: not used; every action has the same shape.
    """
    del request, now
    actor.require(Doing.READ)
    seen = access(session, actor)
    counts = held_on_topics(seen)
    lines = (_line(topic, counts.get(topic.id, Held(0, 0))) for topic in seen.records(Topic))
    return tuple(sorted(lines, key=lambda line: (line.label.casefold(), line.id)))


def _line(topic: Topic, held: Held) -> TopicLine:
    return TopicLine(
        id=topic.id,
        key=topic.key,
        label=topic.label,
        dates=topic.dates,
        questions=held.questions,
        claims=held.claims,
    )
