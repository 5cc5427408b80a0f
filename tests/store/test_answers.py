from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import Engine

from claims.analysis.records import Claim
from claims.analysis.vocabulary import Sensitivity
from claims.store.answers import Answer, answers
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id, flood


@pytest.fixture
def held(engine: Engine) -> Engine:
    """Three claims, the last of which only few may see."""
    *world, last = flood(3)
    hidden = replace(cast("Any", last), sensitivity=Sensitivity.TEAM)
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all([*world, cast("Claim", hidden)])
    return engine


@pytest.mark.parametrize(
    ("clearance", "figures"),
    [(Sensitivity.PUBLIC, [8.0, 9.0]), (Sensitivity.TEAM, [8.0, 9.0, 10.0])],
)
def test_the_index_tells_the_figures_one_may_see(
    held: Engine, clearance: Sensitivity, figures: list[float]
) -> None:
    with read_unit(held) as session:
        found = answers(session, an_id("killed"), clearance=clearance)
    origin = found[0].origin
    assert list(found) == [Answer("asserts", n, n, n, n, origin) for n in figures]


def test_a_question_that_is_not_held_has_no_answers(held: Engine) -> None:
    with read_unit(held) as session:
        assert answers(session, an_id("nothing"), clearance=Sensitivity.PUBLIC) == []
