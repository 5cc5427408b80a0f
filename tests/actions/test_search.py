from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.search import SearchRequest, SearchResult, search
from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Passage,
    Record,
    Source,
    Speaker,
    Topic,
)
from claims.analysis.vocabulary import Role, Scheme, Sensitivity, SourceKind
from claims.errors import InputRefused, NotFound
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id, flood

PUBLIC = Actor("a reader", Role.READER, Sensitivity.PUBLIC)
CLEARED = Actor("the keeper", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)


def _write(engine: Engine, records: Sequence[Record]) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)


def _search(
    engine: Engine,
    query: str,
    actor: Actor = CLEARED,
    **more: Any,  # noqa: ANN401 (the other fields of a request)
) -> SearchResult:
    with read_unit(engine) as session:
        return search(session, actor, SearchRequest(query=query, **more), NOW)


def _hidden() -> list[Record]:
    """A source, a document, a passage, a claim and an assessment that only some may see."""
    *_, passage, claim = flood(1)
    assert isinstance(passage, Passage)
    assert isinstance(claim, Claim)
    secret = Source(
        id=an_id("hidden source"),
        name="Canary ministry people",
        kind=SourceKind.WITNESS,
        sensitivity=Sensitivity.RESTRICTED,
    )
    article = next(one for one in flood(1) if isinstance(one, Document))
    notes = replace(article, id=an_id("hidden document"), key="canary", voice=secret.id)
    words = replace(
        passage, id=an_id("hidden passage"), document=notes.id, snapshot=None, exact="canary said"
    )
    told = replace(
        claim,
        id=an_id("hidden claim"),
        key="canary-claim",
        passages=(an_id("passage 0"),),
        note="canary",
        sensitivity=Sensitivity.TEAM,
    )
    grade = Assessment(
        id=an_id("hidden assessment"),
        of="claim",
        target=told.id,
        scheme=Scheme.CONFIDENCE,
        code="low",
        reason="canary people",
        assessed_by="coder",
    )
    return [secret, notes, words, told, grade]


@pytest.mark.parametrize("query", ["canary", "people", "ministry", "said", "c*", "8", "flood"])
@pytest.mark.parametrize("topic", [None, "flood"])
def test_what_is_hidden_changes_nothing(any_engine: Engine, query: str, topic: str | None) -> None:
    """Not the hits, their order, their ranks, what they belong to, nor any count."""
    _write(any_engine, flood(3))
    before = _search(any_engine, query, PUBLIC, topic=topic)
    _write(any_engine, _hidden())
    assert _search(any_engine, query, PUBLIC, topic=topic) == before
    assert query != "canary" or before.total == 0


def test_a_hidden_claim_puts_nobody_into_a_topic(any_engine: Engine) -> None:
    herald = Source(id=an_id("herald"), name="Herald of elsewhere")
    *_, claim = flood(1)
    assert isinstance(claim, Claim)
    told = replace(
        claim,
        id=an_id("hidden claim"),
        key=None,
        speakers=(*claim.speakers, Speaker(source=herald.id)),
        sensitivity=Sensitivity.RESTRICTED,
    )
    _write(any_engine, [*flood(1), herald, told])
    assert _search(any_engine, "herald", PUBLIC).total == 1
    assert _search(any_engine, "herald", PUBLIC, topic="flood").total == 0
    assert _search(any_engine, "herald", CLEARED, topic="flood").total == 1


def test_who_is_cleared_finds_what_is_hidden(any_engine: Engine) -> None:
    _write(any_engine, [*flood(1), *_hidden()])
    found = _search(any_engine, "canary")
    assert dict(found.counts) == {
        "source": 1,
        "document": 1,
        "passage": 1,
        "claim": 1,
        "assessment": 1,
    }
    assert found.total == len(found.hits) == 5


def test_a_hit_says_what_it_belongs_to(any_engine: Engine) -> None:
    _write(any_engine, [*flood(1), *_hidden()])
    (passage,) = _search(any_engine, '"people were killed" in:passage', PUBLIC).hits
    assert [(one.entity, one.name) for one in passage.of] == [
        ("document", "The flood"),
        ("question", "How many people were killed?"),
        ("topic", "The flood"),
    ]
    assert passage.snippet is not None
    marks = [passage.snippet.text[a:b] for a, b in passage.snippet.marks]
    assert marks == ["people were killed"]
    claim = _search(any_engine, '"8 people" in:claim', PUBLIC).hits[0]
    assert claim.name == "the Ministry asserts “8 people”"
    assert [one.entity for one in claim.of] == ["question", "topic", "document"]
    (grade,) = _search(any_engine, "canary in:assessment").hits
    assert (grade.name, grade.of[0].name) == ("confidence low", "the Ministry asserts “8 people”")


def test_better_answers_come_first_and_pages_do_not_overlap(any_engine: Engine) -> None:
    _write(any_engine, flood(9))
    everything = _search(any_engine, "people", limit=100)
    ranks = [hit.rank for hit in everything.hits]
    assert ranks == sorted(ranks, reverse=True)
    pages = [_search(any_engine, "people", limit=4, offset=at) for at in range(0, 24, 4)]
    assert [hit for page in pages for hit in page.hits] == list(everything.hits)
    assert {page.total for page in pages} == {everything.total}


def test_only_what_was_asked_for_is_looked_at(any_engine: Engine) -> None:
    other = Topic(id=an_id("other"), key="other", label="Another flood")
    _write(any_engine, [*flood(2), other])
    assert dict(_search(any_engine, "people", entity="claim").counts) == {"claim": 2}
    both = _search(any_engine, "people in:passage", entity="claim").counts
    assert dict(both) == {"passage": 2, "claim": 2}
    assert _search(any_engine, "flood", topic="other").hits[0].name == "Another flood"
    assert _search(any_engine, "people", topic="other").total == 0
    assert "source" in _search(any_engine, "ministry", topic="flood").counts


def test_where_nothing_is_found_each_word_is_counted(any_engine: Engine) -> None:
    _write(any_engine, flood(2))
    found = _search(any_engine, 'people moonlight "were killed" in:sorce')
    assert found.total == 0
    assert dict(found.alone) == {"people": 6, "moonlight": 0, '"were killed"': 3, '"in sorce"': 0}
    assert found.unread == ("in:sorce",)


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"query": " "}, "nothing to look for"),
        ({"query": "a", "entity": "clam"}, "'clam' is not searched; choose one of place,"),
        ({"query": "a", "limit": 0}, "limit of 0"),
        ({"query": "a", "offset": -1}, "after -1 hits"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(
    empty: Engine, request_: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputRefused, match=said):
        _search(empty, **request_)


def test_an_unknown_topic_is_told(empty: Engine) -> None:
    with pytest.raises(NotFound, match="no topic"):
        _search(empty, "a", topic="nowhere")
