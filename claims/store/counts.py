"""How much is held on each topic, as far as a clearance may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from claims.analysis.merges import groups
from claims.analysis.records import Merge, Question
from claims.store.access import Access
from claims.store.clearance import CLAIM, visible_claims
from claims.store.tables import METADATA

_QUESTION, _TOPIC = METADATA.tables["question"], METADATA.tables["topic"]
_ASKED = select(_TOPIC.c.id, func.count()).join_from(
    _QUESTION, _TOPIC, _TOPIC.c.pk == _QUESTION.c.topic_pk
)


class Held(NamedTuple):
    """How many questions a topic has, and how many claims answer them."""

    questions: int
    claims: int


def held_on_topics(access: Access) -> Mapping[UUID, Held]:
    """The counts of each topic on which something is asked; questions made one count once."""
    run = access.session.execute
    asked = Counter({row[0]: row[1] for row in run(_ASKED.group_by(_TOPIC.c.id))})
    said = _ASKED.join(CLAIM, CLAIM.c.question_pk == _QUESTION.c.pk)
    answers = run(said.where(visible_claims(access.clearance)).group_by(_TOPIC.c.id))
    claims = {row[0]: row[1] for row in answers}
    asked.subtract(_merged_away(access))
    return {topic: Held(number, claims.get(topic, 0)) for topic, number in asked.items()}


def _merged_away(access: Access) -> Counter[UUID]:
    """By topic: how many of its questions read as another one of it."""
    made_one = groups(access.records(Merge), Question.entity)
    if not made_one:
        return Counter()
    merged = {question for group in made_one for question in group}
    topic = {one.id: one.topic for one in access.records(Question, merged)}
    found: Counter[UUID] = Counter()
    for group in made_one:
        found += Counter(topic[one] for one in group if one in topic)
        found.subtract({topic[one] for one in group if one in topic})
    return found
