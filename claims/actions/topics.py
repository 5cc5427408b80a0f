"""Which topics are held, and how much is held on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.store.casefiles import casefile
from claims.store.reader import topics as all_topics


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
    held = all_topics(session)
    found = (casefile(session, topic.id, clearance=actor.clearance) for topic in held)
    lines = (
        TopicLine(
            id=held.topic.id,
            key=held.topic.key,
            label=held.topic.label,
            dates=held.topic.dates,
            questions=len(held.questions),
            claims=len(held.claims),
        )
        for held in found
    )
    return tuple(sorted(lines, key=lambda line: (line.label.casefold(), line.id)))
