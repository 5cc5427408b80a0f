"""What a write changes for the verdicts is what two whole reports would differ in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from claims.actions import effects as module
from claims.actions.actor import Actor, access
from claims.actions.effects import Effect, effects, headline, touched, verdicts
from claims.analysis.assess import assess_topic
from claims.analysis.records import (
    Assessment,
    ClaimValue,
    Merge,
    Project,
    Record,
    Scope,
)
from claims.analysis.vocabulary import Dependence, Scheme, Sensitivity, Stance, TermLink, ValueKind
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.actions.stored import NOW, PUBLIC, REVIEWER, add, passage, records, store
from tests.analysis.world import World, name

LARGE = "not assessed at once, since it has too many claims; `claims report event` does"


def change(session: Session, *made: Record, actor: Actor = REVIEWER) -> tuple[Effect, ...]:
    """The effects of writing records, new ones or others in their place."""
    questions = touched(session, made)
    before = verdicts(session, actor, questions)
    for one in made:
        if isinstance(one, Assessment) or access(session, REVIEWER).get(type(one), one.id) is None:
            add(session, one)
        else:
            Writer(session, "Coder", NOW).update(one, version=None)
    return effects(before, verdicts(session, actor, questions))


def told(found: tuple[Effect, ...]) -> list[str]:
    """The effects as they are printed."""
    return [str(one) for one in found]


def claims_of(world: World, *keys: str) -> list[Record]:
    """Claims that were made after the world was stored, with what they rest on."""
    return [one for key in keys for one in (passage(world, key), world.claims[key])]


@pytest.fixture
def world() -> World:
    """One question with one claim, another that it is part of, and a third on its own."""
    world = World()
    world.ask("wounded or killed", unit="people")
    world.ask("killed", unit="people", subset_of="wounded or killed")
    world.ask("houses", unit="houses")
    world.say("first", "killed", "12", document="one", speakers=["Memorial"])
    for key in ("two", "three"):
        world.document(key)
    world.source("Memorial HRC")
    return world


def test_a_claim_that_contradicts_another(empty: Engine, world: World) -> None:
    store(empty, world)
    world.say("second", "killed", "30", document="two")
    with write_unit(empty) as session:
        found = change(session, *claims_of(world, "second"))
    assert told(found) == ["killed: SINGLE → CONFLICT_HARD"]


def test_a_claim_that_agrees_is_told_with_its_number_of_origins(
    empty: Engine, world: World
) -> None:
    world.say("second", "killed", "12", document="two")
    store(empty, world)
    world.say("third", "killed", "12", document="three")
    with write_unit(empty) as session:
        found = change(session, *claims_of(world, "third"))
    assert told(found) == ["killed: AGREED_INDEPENDENT(2) → AGREED_INDEPENDENT(3)"]


def test_what_decides_nothing_is_told_as_nothing(empty: Engine, world: World) -> None:
    world.say("second", "killed", "30", document="two")
    store(empty, world)
    world.say("third", "killed", "30", document="three")
    opinion = Assessment(
        id=name("assessment", "it"),
        of="claim",
        target=world.claims["first"].id,
        scheme=Scheme.CONFIDENCE,
        code="low",
        reason="for the test",
        assessed_by="Reviewer",
    )
    with write_unit(empty) as session:
        assert touched(session, [opinion]) == set()
        assert change(session, *claims_of(world, "third")) == ()


def test_a_part_that_exceeds_its_whole_marks_both(empty: Engine, world: World) -> None:
    world.say("all", "wounded or killed", "20", document="two")
    store(empty, world)
    world.say("too many", "killed", "30", document="one", speakers=["Memorial"])
    with write_unit(empty) as session:
        found = change(session, *claims_of(world, "too many"))
    assert told(found) == [
        "killed: SINGLE → CONFLICT_HARD",
        "wounded or killed: SINGLE → CONFLICT_HARD",
    ]


def test_a_new_and_a_removed_question_are_told(empty: Engine, world: World) -> None:
    store(empty, world)
    world.ask("fled", unit="people")
    with write_unit(empty) as session:
        found = change(session, world.questions["fled"])
        assert told(found) == ["fled: not asked → UNANSWERED"]
        questions = touched(session, [world.questions["fled"]])
        before = verdicts(session, REVIEWER, questions)
        Writer(session, "Coder", NOW).remove_all([world.questions["fled"]])
        found = effects(before, verdicts(session, REVIEWER, questions))
    assert told(found) == ["fled: UNANSWERED → not asked"]


def test_a_citation_makes_two_origins_on_another_question_doubtful(
    empty: Engine, world: World
) -> None:
    """The voice of one document agrees with somebody it cites on something else."""
    world.say("mine", "houses", "40", document="two")
    world.say("theirs", "houses", "40", document="three", speakers=["Memorial"])
    store(empty, world)
    world.say("cited", "killed", "12", document="two", speakers=["Memorial"])
    with write_unit(empty) as session:
        found = change(session, *claims_of(world, "cited"))
    assert told(found) == [
        "houses: AGREED_INDEPENDENT(2) → REPEATED",
        "killed: SINGLE → REPEATED",
    ]


def test_a_citation_that_is_held_already_is_not_overlooked(empty: Engine, world: World) -> None:
    """The question that is touched is read with what else its documents say."""
    world.say("theirs", "houses", "40", document="three", speakers=["Memorial"])
    world.say("cited", "killed", "12", document="two", speakers=["Memorial"])
    store(empty, world)
    world.say("mine", "houses", "40", document="two")
    with write_unit(empty) as session:
        assert touched(session, claims_of(world, "mine")) == {world.questions["houses"].id}
        found = change(session, *claims_of(world, "mine"))
    assert told(found) == ["houses: SINGLE → REPEATED"]


def merged(kept: str, gone: str, of: str = "source", *, undone: bool = False) -> Merge:
    """That two records of the world are the same."""
    first, second = name(of, kept), name(of, gone)
    made = Merge(id=name("merge", gone), of=of, kept=first, merged=second, reason="same")
    return replace(made, undone=undone)


def test_a_merge_and_its_undoing(empty: Engine, world: World) -> None:
    world.say("second", "killed", "12", document="two", speakers=["Memorial HRC"])
    store(empty, world)
    with write_unit(empty) as session:
        forth = change(session, merged("Memorial", "Memorial HRC"))
        back = change(session, merged("Memorial", "Memorial HRC", undone=True))
    assert told(forth) == ["killed: AGREED_INDEPENDENT(2) → REPEATED"]
    assert told(back) == ["killed: REPEATED → AGREED_INDEPENDENT(2)"]


def test_a_question_that_was_merged_says_into_which(empty: Engine, world: World) -> None:
    world.ask("dead", unit="people")
    world.say("second", "dead", "30", document="two")
    store(empty, world)
    with write_unit(empty) as session:
        found = change(session, merged("killed", "dead", "question"))
    assert told(found) == ["dead: SINGLE → merged into killed", "killed: SINGLE → CONFLICT_HARD"]


def test_what_is_hidden_changes_no_verdict_that_is_told(empty: Engine, world: World) -> None:
    store(empty, world)
    world.say("second", "killed", "30", document="two")
    secret = replace(world.claims["second"], sensitivity=Sensitivity.RESTRICTED)
    world.claims["second"] = secret
    with write_unit(empty) as session:
        assert change(session, *claims_of(world, "second"), actor=PUBLIC) == ()
        lifted = replace(secret, sensitivity=Sensitivity.PUBLIC)
        found = change(session, lifted, actor=PUBLIC)
    assert told(found) == ["killed: SINGLE → CONFLICT_HARD"]


def test_a_question_too_large_is_said_to_be(
    empty: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.say("second", "killed", "12", document="two")
    store(empty, world)
    monkeypatch.setattr(module, "MOST", 2)
    world.say("third", "killed", "30", document="three")
    world.say("other", "houses", "3", document="three")
    with write_unit(empty) as session:
        found = change(session, *claims_of(world, "third", "other"))
        (unknown, *_) = (one for one in found if one.unknown)
    assert told(found) == [
        "houses: UNANSWERED → SINGLE",
        f"killed: {LARGE}",
        f"wounded or killed: {LARGE}",
    ]
    assert (unknown.name, unknown.before) == ("killed", "AGREED_INDEPENDENT(2)")


def test_a_write_that_touches_very_much_is_assessed_in_part(
    empty: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.say("second", "killed", "12", document="two")
    world.say("third", "houses", "12", document="two")
    store(empty, world)
    monkeypatch.setattr(module, "MOST_IN_ALL", 2)
    with read_unit(empty) as session:
        found = verdicts(session, REVIEWER, {one.id for one in world.questions.values()})
    words = {one.name: one.word for one in found.values()}
    assert words == {
        "houses": "SINGLE",
        "killed": "not assessed",
        "wounded or killed": "not assessed",
    }


# Laws: whatever is written, the effects are what differs between two whole reports.

NAMES = ("A", "B", "C", "D")
WORDS = ("3", "12", "at least 8", "dozens", "40")


@st.composite
def peopled(draw: st.DrawFn) -> World:
    """Claims on three questions, of which one may be part of another, and some relations."""
    world = World()
    world.ask("q", unit="people")
    world.ask("r", unit="people", subset_of=draw(st.sampled_from((None, "q"))))
    world.ask("s", ValueKind.CATEGORY)
    world.term("shells")
    world.term("bombs")
    world.source("C", party="side")
    world.party("other side")
    for key in NAMES:
        world.document(key)
    for number in range(draw(st.integers(2, 6))):
        _say(draw, world, f"c{number}")
    for number in range(draw(st.integers(0, 2))):
        a, b = draw(st.permutations(NAMES))[:2]
        world.relate(draw(st.sampled_from(Dependence)), a, b, documents=draw(st.booleans()))
        moved = replace(world.source_relations[-1], id=name("relation", str(number)))
        world.source_relations[-1] = moved
    return world


def _say(draw: st.DrawFn, world: World, key: str) -> None:
    question = draw(st.sampled_from(("q", "q", "r", "s")))
    world.say(
        key,
        question,
        draw(st.sampled_from(("shells", "bombs") if question == "s" else WORDS)),
        document=draw(st.sampled_from(NAMES)),
        speakers=draw(st.lists(st.sampled_from(NAMES), max_size=2)),
        stance=draw(st.sampled_from((Stance.ASSERTS, Stance.ASSERTS, Stance.DENIES))),
        accused=draw(st.sampled_from((None, "side", "other side"))),
    )


@st.composite
def written(draw: st.DrawFn) -> tuple[list[Record], list[Record]]:
    """What is held, and what somebody writes next: any kind that can change a verdict."""
    world = draw(peopled())
    held = list(records(world))
    return held, draw(st.sampled_from(NEXT))(draw, world)


def _claim(draw: st.DrawFn, world: World) -> list[Record]:
    _say(draw, world, "new")
    return claims_of(world, "new")


def _source(draw: st.DrawFn, world: World) -> list[Record]:
    held = world.sources[world.source(draw(st.sampled_from(NAMES)))]
    joined = replace(held, party=world.party("side"))
    return [draw(st.sampled_from((joined, replace(held, party=None), replace(held, named=False))))]


def _voice(draw: st.DrawFn, world: World) -> list[Record]:
    held = world.documents[world.document(draw(st.sampled_from(NAMES)))]
    return [replace(held, voice=world.source(draw(st.sampled_from(NAMES))))]


def _merge(draw: st.DrawFn, _: World) -> list[Record]:
    a, b = draw(st.permutations(NAMES))[:2]
    return [merged(a, b, draw(st.sampled_from(("source", "document"))))]


def _relate(draw: st.DrawFn, world: World) -> list[Record]:
    a, b = draw(st.permutations(NAMES))[:2]
    world.relate(draw(st.sampled_from(Dependence)), a, b, documents=draw(st.booleans()))
    return [replace(world.source_relations[-1], id=name("relation", "new"))]


def _decide(draw: st.DrawFn, world: World) -> list[Record]:
    world.override("c0", "c1", independent=draw(st.booleans()))
    return [world.overrides[-1]]


def _oppose(_: st.DrawFn, world: World) -> list[Record]:
    world.oppose("side", "other side")
    return [world.oppositions[-1]]


def _link(draw: st.DrawFn, world: World) -> list[Record]:
    world.link("shells", "bombs", draw(st.sampled_from(TermLink)))
    return [world.term_relations[-1]]


def _broader(_: st.DrawFn, world: World) -> list[Record]:
    return [replace(world.terms[world.term("shells")], broader=world.term("bombs"))]


def _part(draw: st.DrawFn, world: World) -> list[Record]:
    wholes = st.sampled_from((None, name("question", "q")))
    return [replace(world.questions["r"], subset_of=draw(wholes))]


def _scope(_: st.DrawFn, world: World) -> list[Record]:
    return [replace(world.questions["q"], scope=Scope(cause=name("term", "shells")))]


def _profile(_: st.DrawFn, __: World) -> list[Record]:
    return [Project(id=name("project", "it"), title="It", profile="acled@1")]


def _retract(_: st.DrawFn, world: World) -> list[Record]:
    return [replace(world.claims["c0"], retracted_at="2020", retracted_reason="for the test")]


def _move(_: st.DrawFn, world: World) -> list[Record]:
    held = world.claims["c0"]
    if held.question == name("question", "s"):
        bombs = ClaimValue(said="bombs", expression=str(world.term("bombs")))
        return [replace(held, value=bombs)]
    other = {name("question", a): name("question", b) for a, b in ("qr", "rq")}
    return [replace(held, question=other[held.question])]


NEXT = (
    *(_claim, _source, _voice, _merge, _relate, _decide, _oppose, _link, _broader, _part),
    *(_scope, _profile, _retract, _move),
)


def whole(session: Session) -> dict[UUID, str]:
    """The headline of every question, from the analysis of the whole topic."""
    profile = access(session, REVIEWER).records(Project)[0].profile
    held = access(session, REVIEWER).casefile(name("topic", "event"))
    found = assess_topic(held, profile=profile).questions
    return {result.question.id: headline(result) for result in found}


class TakenBack(Exception):
    """Ends a unit so that the next example finds the database as it was."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database that every example leaves empty."""
    address = f"sqlite:///{tmp_path_factory.mktemp('law') / 'law.db'}"
    upgrade(address)
    engine = open_engine(address)
    yield engine
    engine.dispose()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written())
def test_effects_are_what_two_reports_differ_in(
    shared: Engine, story: tuple[list[Record], list[Record]]
) -> None:
    held, made = story
    with suppress(TakenBack), write_unit(shared) as session:
        add(session, Project(id=name("project", "it"), title="It"), *held)
        before = whole(session)
        found = change(session, *made)
        after = whole(session)
        differing = {one: (before[one], after[one]) for one in before if before[one] != after[one]}
        assert {one.question: (one.before, one.after) for one in found} == differing
        raise TakenBack
