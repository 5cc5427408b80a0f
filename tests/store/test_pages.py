from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from claims.analysis.records import Claim, Document, Merge, Passage, Record, Source, Speaker, Topic
from claims.analysis.vocabulary import Sensitivity, Tier
from claims.errors import NotFound
from claims.store.casefiles import casefile
from claims.store.pages import QuestionRows, question_rows
from claims.store.tables import METADATA
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.conftest import on, slow_on_postgresql
from tests.store.undone import undone
from tests.store.worlds import NOW, an_id, flood, worlds


def _write(engine: Engine, records: Sequence[Record]) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)


def _read(
    engine: Engine, question: str = "killed", clearance: Sensitivity = Sensitivity.RESTRICTED
) -> QuestionRows:
    with read_unit(engine) as session:
        return question_rows(session, an_id(question), clearance=clearance)


def test_the_rows_hold_every_column(engine: Engine) -> None:
    _write(engine, flood())
    found = _read(engine)
    claim = found.claims[0]
    for row, name in (
        (claim, "claim"),
        (found.passages[claim.pk][0], "passage"),
        (found.speakers[claim.pk][0], "source"),
    ):
        assert set(METADATA.tables[name].c.keys()) <= set(row._fields)
    assert (claim.created_by, claim.version, claim.hard_lo) == ("coder", 1, 8.0)
    assert claim.value_said == "8 people"


def test_claims_come_in_order_with_their_own_passages_and_chains(engine: Engine) -> None:
    _write(engine, flood())
    found = _read(engine)
    assert [row.key for row in found.claims] == ["claim-0", "claim-1", "claim-2"]
    for number, row in enumerate(found.claims):
        (passage,) = found.passages[row.pk]
        assert passage.exact == f"{number + 8} people were killed, the Ministry said"
        chain = [(one.key, one.verb) for one in found.speakers[row.pk]]
        assert chain == [("paper", None), ("ministry", "said")]


def test_a_question_without_claims_is_empty(engine: Engine) -> None:
    _write(engine, flood(0))
    assert _read(engine) == QuestionRows([], {}, {})


def test_a_question_that_is_not_held_is_said_to_be_missing(engine: Engine) -> None:
    _write(engine, flood())
    with pytest.raises(NotFound, match=f"there is no question {an_id('missed')}"):
        _read(engine, "missed")


def _apart(record: Record) -> Record:
    return replace(record, undone=True) if isinstance(record, Merge) else record


@slow_on_postgresql
@given(records=worlds())
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is too large to be shrunk soon
    suppress_health_check=list(HealthCheck),
)
def test_a_page_shows_what_a_casefile_holds(engine: Engine, records: list[Record]) -> None:
    with undone(engine) as session:  # a page shows the rows as they are, whatever is merged
        Writer(session, "coder", NOW).insert_all([_apart(record) for record in records])
        topics = [one for one in records if isinstance(one, Topic)]
        for clearance in Sensitivity:
            for topic in topics:
                held = casefile(session, topic.id, clearance=clearance)
                for question in held.questions:
                    expected = [one for one in held.claims if one.question == question.id]
                    found = question_rows(session, question.id, clearance=clearance)
                    _assert_shown(found, expected)


@pytest.mark.parametrize("hidden", ["claim 0", "ministry", "article", "paper", "leak", "witness"])
def test_one_thing_hides_the_same_claims_on_a_page_as_in_a_casefile(
    engine: Engine, hidden: str
) -> None:
    records = [*flood(), *_leak()]
    _write(engine, [_restricted(one) if one.id == an_id(hidden) else one for one in records])
    for clearance in Sensitivity:
        with read_unit(engine) as session:
            held = casefile(session, an_id("flood"), clearance=clearance).claims
        _assert_shown(_read(engine, clearance=clearance), held)
    assert len(_read(engine, clearance=Sensitivity.TEAM).claims) < len(_read(engine).claims)


def _leak() -> list[Record]:
    """A witness with a document of its own, and claims that rest on them in three ways."""
    witness = Source(id=an_id("witness"), name="a witness")
    leak = Document(id=an_id("leak"), csl={}, voice=witness.id, tier=Tier.PRIMARY, language="en")
    passage = Passage(id=an_id("leaked words"), document=leak.id, exact="words", language="en")
    paper = Speaker(source=an_id("paper"))
    return [
        witness,
        leak,
        passage,
        _claim("witnessed", speakers=(paper, Speaker(source=witness.id))),
        _claim("leaked", speakers=(paper, Speaker(source=paper.source, document=leak.id))),
        _claim("cited", passages=(an_id("passage 0"), passage.id), speakers=(paper,)),
    ]


def _claim(name: str, **changes: Any) -> Claim:  # noqa: ANN401 (fields of a claim)
    (held,) = (one for one in flood(1) if isinstance(one, Claim))
    return replace(held, id=an_id(name), key=None, **changes)


def _restricted(record: Record) -> Record:
    assert isinstance(record, Claim | Source | Document)
    return replace(record, sensitivity=Sensitivity.RESTRICTED)


def _assert_shown(found: QuestionRows, expected: Sequence[Claim]) -> None:
    assert [row.id for row in found.claims] == [one.id for one in expected]
    assert found.passages.keys() == found.speakers.keys() == {row.pk for row in found.claims}
    for row, claim in zip(found.claims, expected, strict=True):
        assert tuple(one.id for one in found.passages[row.pk]) == claim.passages
        chain = [(one.id, one.verb) for one in found.speakers[row.pk]]
        assert chain == [(one.source, one.verb) for one in claim.speakers]


@on("sqlite", reason="PostgreSQL chooses a plan by how large the tables are")
@pytest.mark.parametrize("clearance", Sensitivity)
def test_no_table_is_read_from_end_to_end(engine: Engine, clearance: Sensitivity) -> None:
    _write(engine, flood())
    asked: list[tuple[str, Any]] = []

    def keep(_: Connection, __: object, statement: str, parameters: Any, *___: object) -> None:  # noqa: ANN401 (the driver's)
        asked.append((statement, parameters))

    with read_unit(engine) as session:
        event.listen(engine, "before_cursor_execute", keep)
        question_rows(session, an_id("killed"), clearance=clearance)
        event.remove(engine, "before_cursor_execute", keep)
        selects = [one for one in asked if one[0].startswith("SELECT")]
        assert len(selects) == 3
        steps = [step for one in selects for step in _plan(session, *one)]
    assert not [step for step in steps if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"]


def _plan(session: Session, statement: str, parameters: Any) -> list[str]:  # noqa: ANN401 (the driver's)
    found = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row[3] for row in found]
