from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Engine

from claims.analysis.records import Party, Topic
from claims.analysis.vocabulary import Sensitivity
from claims.errors import InputRefused, NotFound
from claims.store.access import Access
from claims.store.baseline import Baseline, baseline, set_baseline
from claims.store.reader import get_record, head, topics
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id

FLOOD = Topic(
    id=UUID("aaaaaaaa-0000-4000-8000-000000000001"),
    key="flood",
    label="The Flood of 2021",
    aliases={"fr": ("La crue", "L’inondation"), "de": ("Das Hochwasser",)},
)
FIRE = Topic(id=UUID("aaaabbbb-0000-4000-8000-000000000002"), key="fire", label="The great fire")


@pytest.fixture
def held(engine: Engine) -> Engine:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all([FLOOD, FIRE])
    return engine


def _find(engine: Engine, text: str) -> Topic:
    with read_unit(engine) as session:
        return Access(session, Sensitivity.PUBLIC).find(Topic, text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "flood",
        "FLOOD",
        " the flood of 2021 ",
        "das hochwasser",
        "l’inondation",
        str(FLOOD.id),
        "AAAAA",
    ],
)
def test_a_topic_is_found_by_what_people_call_it(held: Engine, text: str) -> None:
    assert _find(held, text) == FLOOD


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the flod of 2021", "nearest is 'The Flood of 2021'"),
        ("fier", "nearest is 'The great fire'"),
        ("xyzzy", "`claims topic list`"),
        ("aaa", "there is no topic 'aaa'"),
    ],
)
def test_what_is_no_topic_is_answered_with_the_nearest(held: Engine, text: str, words: str) -> None:
    with pytest.raises(NotFound, match=words):
        _find(held, text)


def test_an_empty_database_says_so(engine: Engine) -> None:
    with pytest.raises(NotFound, match="load a file first"):
        _find(engine, "flood")


def test_two_topics_of_one_name_are_told_apart_by_id(held: Engine) -> None:
    with pytest.raises(
        InputRefused, match=r"can mean 2 topics: The Flood of 2021 .aaaaaaaa., The gr"
    ):
        _find(held, "aaaa")
    with write_unit(held) as session:
        Writer(session, "coder", NOW).insert(Topic(id=an_id("other"), label="Flood"))
    with pytest.raises(InputRefused, match="give the id, or more of it"):
        _find(held, "flood")


def test_topics_come_in_the_order_written(held: Engine) -> None:
    with read_unit(held) as session:
        assert topics(session) == (FLOOD, FIRE)
        assert head(session).seq == 2


def test_what_is_not_held_is_none(held: Engine) -> None:
    with read_unit(held) as session:
        assert get_record(session, Party, FLOOD.id) is None


# --- what files said last ----------------------------------------------------------------------

NAMESPACE, OTHER = an_id("a file"), an_id("another file")
FIRST = Baseline("source", "paper", "1" * 64)
SECOND = Baseline("source", "paper", "2" * 64)


def test_a_baseline_is_kept_for_each_namespace(engine: Engine) -> None:
    record, later = an_id("record"), an_id("later")
    with write_unit(engine) as session:
        set_baseline(session, NAMESPACE, {record: FIRST}, actor="coder", now=NOW)
        set_baseline(session, OTHER, {record: SECOND}, actor="coder", now=NOW)
    with write_unit(engine) as session:
        said = {record: SECOND, later: FIRST}
        set_baseline(session, NAMESPACE, said, actor="coder", now=NOW)
    with read_unit(engine) as session:
        assert baseline(session, NAMESPACE) == {record: SECOND, later: FIRST}
        assert baseline(session, OTHER) == {record: SECOND}
        assert baseline(session, an_id("no file")) == {}


def test_what_a_file_says_no_more_stays_known(engine: Engine) -> None:
    with write_unit(engine) as session:
        set_baseline(session, NAMESPACE, {an_id("gone"): FIRST}, actor="coder", now=NOW)
        set_baseline(session, NAMESPACE, {}, actor="coder", now=NOW)
        assert baseline(session, NAMESPACE) == {an_id("gone"): FIRST}
