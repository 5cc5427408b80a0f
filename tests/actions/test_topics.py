from __future__ import annotations

from sqlalchemy import Engine

from claims.actions import Actor, TopicLine, TopicsRequest, topics
from claims.analysis.vocabulary import Sensitivity
from claims.store.unit import read_unit
from tests.actions.conftest import NOW
from tests.actions.test_report import PUBLIC, RESTRICTED, filled


def listed(engine: Engine, actor: Actor) -> tuple[TopicLine, ...]:
    with read_unit(engine) as session:
        return topics(session, actor, TopicsRequest(), NOW)


def test_an_empty_project_has_none(empty: Engine) -> None:
    assert listed(empty, PUBLIC) == ()


def test_topics_are_counted_and_sorted_by_label(empty: Engine) -> None:
    filled(empty, "Storm", "avalanche")
    found = listed(empty, RESTRICTED)
    assert [(line.label, line.questions, line.claims) for line in found] == [
        ("avalanche", 1, 2),
        ("Storm", 1, 2),
    ]


def test_claims_above_the_clearance_are_not_counted(empty: Engine) -> None:
    filled(empty, "Storm")
    team = Actor("team", clearance=Sensitivity.TEAM)
    assert [listed(empty, actor)[0].claims for actor in (PUBLIC, team, RESTRICTED)] == [1, 1, 2]
