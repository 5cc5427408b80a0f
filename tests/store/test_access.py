"""What a clearance may see, compared with the rule as one would tell it to a colleague."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine

from claims.analysis.records import (
    ENTITIES,
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Inquiry,
    Merge,
    Passage,
    Record,
    RelationOverride,
    Review,
    Snapshot,
    Source,
    SourceRelation,
    Waiver,
)
from claims.analysis.vocabulary import Sensitivity
from claims.errors import InputRefused, NotFound
from claims.store.access import Access
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.conftest import slow_on_postgresql
from tests.store.undone import undone
from tests.store.worlds import NOW, an_id, flood, worlds

PUBLIC, TEAM, RESTRICTED = Sensitivity


class Rule:
    """Who may see what, asked of one record after the other."""

    def __init__(self, records: Iterable[Record], clearance: Sensitivity) -> None:
        self.held: Mapping[UUID, Record] = {one.id: one for one in records}
        self.seen = tuple(Sensitivity)[: tuple(Sensitivity).index(clearance) + 1]
        self.citing: dict[UUID, list[Claim]] = {}
        for one in self.held.values():
            if isinstance(one, Claim):
                for passage in one.passages:
                    self.citing.setdefault(passage, []).append(one)

    def __call__(self, id_: UUID | None) -> bool:  # noqa: C901, PLR0911 (one line for each kind)
        one = None if id_ is None else self.held.get(id_)
        if isinstance(one, Source):
            return one.sensitivity in self.seen
        if isinstance(one, Document):
            return one.sensitivity in self.seen and self(one.voice)
        if isinstance(one, Claim):
            return one.sensitivity in self.seen and all(map(self, _rests_on(one, self.held)))
        if isinstance(one, Snapshot):
            return self(one.document)
        if isinstance(one, Passage):
            citing = self.citing.get(one.id, [])
            return self(one.document) and (not citing or any(self(claim.id) for claim in citing))
        if isinstance(one, Assessment | Waiver):
            return self(one.target)
        if isinstance(one, Review):
            return self(one.claim)
        if isinstance(one, RelationOverride | SourceRelation):
            return self(one.a) and self(one.b)
        if isinstance(one, Merge):
            return self(one.kept) and self(one.merged)
        if isinstance(one, CrossCheck):
            return all(map(self, one.claims))
        if isinstance(one, Inquiry):
            named = (*one.claims, *(id_ for id_ in (one.source, one.document) if id_))
            return one.sensitivity in self.seen and all(map(self, named))
        return True


def _rests_on(claim: Claim, held: Mapping[UUID, Record]) -> Iterable[UUID | None]:
    yield claim.document
    for speaker in claim.speakers:
        yield speaker.source
        yield speaker.document
    for passage in claim.passages:
        cited = held[passage]
        assert isinstance(cited, Passage)
        yield cited.document


SOME = 12
"""Records of each kind that are asked for one by one."""


@slow_on_postgresql
@given(records=worlds())
@settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is too large to be shrunk soon
    suppress_health_check=list(HealthCheck),
)
def test_each_clearance_sees_what_the_rule_says(engine: Engine, records: list[Record]) -> None:
    with undone(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
        for clearance in Sensitivity:
            seen, rule = Access(session, clearance), Rule(records, clearance)
            for kind in ENTITIES:
                every = {one.id for one in records if type(one) is kind}
                expected = {id_ for id_ in every if rule(id_)}
                assert {one.id for one in seen.records(kind)} == expected
                assert seen.visible(kind, every) == expected
                assert seen.count(kind) == len(expected)
                assert {one.id for one in seen.called(kind)} == expected
                assert seen.versions(kind, every) == dict.fromkeys(expected, 1)
                some = sorted(every)[:SOME]  # one query each
                assert all((seen.get(kind, id_) is None) != (id_ in expected) for id_ in some)


def _restricted(name: str, records: Iterable[Record]) -> list[Record]:
    return [
        replace(one, sensitivity=TEAM) if isinstance(one, Claim) and one.id == an_id(name) else one
        for one in records
    ]


@pytest.fixture
def held(engine: Engine) -> Engine:
    """The flood, in which the first claim is for the team."""
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(_restricted("claim 0", flood()))
    return engine


@pytest.mark.parametrize("text", ["{id}", "{start}", "claim-0", "CLAIM-0"])
def test_what_is_hidden_is_answered_like_what_is_not_there(
    held: Engine, engine: Engine, text: str
) -> None:
    typed = text.format(id=an_id("claim 0"), start=str(an_id("claim 0"))[:8])
    with read_unit(held) as session:
        assert Access(session, TEAM).find(Claim, typed)[0].key == "claim-0"
        with pytest.raises(NotFound) as hidden:
            Access(session, PUBLIC).find(Claim, typed)
        assert Access(session, PUBLIC).get(Claim, an_id("claim 0")) is None
    with write_unit(engine) as session:
        (claim,) = Access(session, TEAM).records(Claim, [an_id("claim 0")])
        Writer(session, "coder", NOW).remove_all([claim])
    with read_unit(engine) as session, pytest.raises(NotFound) as absent:
        Access(session, PUBLIC).find(Claim, typed)
    assert str(hidden.value) == str(absent.value)


def test_a_hidden_record_of_the_same_name_makes_no_name_ambiguous(engine: Engine) -> None:
    twins = [
        Source(id=an_id("open"), name="The Gazette"),
        Source(id=an_id("shut"), name="The Gazette", sensitivity=RESTRICTED),
    ]
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(twins)
    with read_unit(engine) as session:
        assert Access(session, TEAM).find(Source, "the gazette") == (twins[0], 1)
        with pytest.raises(InputRefused, match="can mean 2 sources"):
            Access(session, RESTRICTED).find(Source, "the gazette")


def test_what_supersedes_a_hidden_claim_does_not_tell_but_is_stored_so(engine: Engine) -> None:
    records = _restricted("claim 0", flood())
    newer = replace(
        next(one for one in records if isinstance(one, Claim) and one.key == "claim-1"),
        id=an_id("newer"),
        key="newer",
        supersedes=an_id("claim 0"),
    )
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all([*records, newer])
    with read_unit(engine) as session:
        seen = Access(session, PUBLIC)
        assert seen.get(Claim, newer.id) == (replace(newer, supersedes=None), 1)
        assert seen.stored(Claim, newer.id) == (newer, 1)
        assert seen.stored(Claim, an_id("claim 0")) is None
        assert Access(session, TEAM).get(Claim, newer.id) == (newer, 1)
