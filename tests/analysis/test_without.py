"""What would change the verdict: a question without one of its sources."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.analysis.assess import Bounds, assess_topic
from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import Dispute, QuestionResult, Support
from claims.analysis.records import Claim
from claims.analysis.vocabulary import Dependence, Stance
from claims.analysis.without import WithoutSource, without
from tests.analysis.world import World, name

Found = Mapping[str, tuple[int, Dispute, Support]]


def changed(world: World, question: str = "q") -> Found:
    """By the name of each source that decides: the claims that fall, and what results."""
    casefile = world.casefile()
    found = without(casefile, assess_topic(casefile))[name("question", question)]
    return {
        casefile.sources[one.source].name: (one.claims, one.dispute, one.support) for one in found
    }


def asked(*keys: str) -> World:
    """A world in which how many people were killed is asked."""
    world = World()
    for key in keys or ("q",):
        world.ask(key, unit="people")
    return world


UNANSWERED = (Dispute.NONE, Support.UNANSWERED)


def test_the_only_source_leaves_nothing() -> None:
    world = asked()
    world.say("c", "q", "8", document="A")
    assert changed(world) == {"A": (1, *UNANSWERED)}


def test_either_of_two_that_agree_is_needed_but_none_of_three() -> None:
    world = asked()
    for letter in "AB":
        world.say(letter, "q", "8", document=letter)
    alone = (1, Dispute.NONE, Support.SINGLE)
    assert changed(world) == {"A": alone, "B": alone}
    world.say("C", "q", "8", document="C")
    assert changed(world) == {}


def test_without_the_one_who_differs_there_is_no_dispute() -> None:
    world = asked()
    for letter, said in (("A", "8"), ("B", "8"), ("C", "50")):
        world.say(letter, "q", said, document=letter)
    found = changed(world)
    assert found["C"] == (1, Dispute.NONE, Support.AGREED_INDEPENDENT)
    assert found["A"] == (1, Dispute.CONFLICT_HARD, Support.SINGLE)
    assert list(found) == ["A", "B", "C"]


def test_a_softer_conflict_comes_to_light() -> None:
    world = asked()
    for letter, said in (("A", "at least 8"), ("B", "about 100"), ("C", "3")):
        world.say(letter, "q", said, document=letter)
    assert changed(world)["C"][1] is Dispute.CONFLICT_SOFT


def test_the_origin_counts_and_not_who_relays_it() -> None:
    """What two papers credit to one organisation falls with it, and with neither of them."""
    world = asked()
    world.say("a", "q", "8", document="A", speakers=["Memorial"])
    world.say("b", "q", "8", document="B", speakers=["Memorial"])
    assert changed(world) == {"Memorial": (2, *UNANSWERED)}


def test_the_unnamed_are_the_last_named_voice() -> None:
    world = asked()
    world.source("eyewitnesses", named=False)
    world.say("a", "q", "8", document="A", speakers=["Memorial", "eyewitnesses"])
    assert list(changed(world)) == ["Memorial"]


def test_an_unnamed_voice_without_any_named_one_is_itself() -> None:
    world = asked()
    world.source("leaflet", named=False)
    world.say("a", "q", "8", document="D", speakers=())
    world.documents[name("document", "D")] = replace(
        world.documents[name("document", "D")], voice=world.source("leaflet", named=False)
    )
    world.claims["a"] = replace(
        world.claims["a"],
        speakers=(replace(world.claims["a"].speakers[0], source=name("source", "leaflet")),),
    )
    assert list(changed(world)) == ["leaflet"]


def test_words_taken_from_another_fall_with_it_also_through_others() -> None:
    world = asked()
    world.relate(Dependence.DERIVES_FROM, "Paper", "Agency")
    world.relate(Dependence.QUOTES, "Agency", "Ministry")
    world.relate(Dependence.POSSIBLE_DEPENDENCY, "Paper", "Rival")
    world.relate(Dependence.SAME_PUBLISHER, "Paper", "Sister")
    world.say("p", "q", "8", document="Paper")
    assert list(changed(world)) == ["Agency", "Ministry", "Paper"]


def test_a_circle_of_dependence_falls_with_each_of_its_members() -> None:
    world = asked()
    world.relate(Dependence.DERIVES_FROM, "A", "B")
    world.relate(Dependence.DERIVES_FROM, "B", "A")
    world.say("a", "q", "8", document="A")
    assert list(changed(world)) == ["A", "B"]


def test_a_copy_falls_with_whoever_speaks_in_its_original() -> None:
    world = asked("q", "other")
    world.relate(Dependence.WIRE_COPY, "Copy", "Wire", documents=True)
    world.say("c", "q", "8", document="Copy")
    assert list(changed(world)) == ["Copy", "Wire"]
    world.say("w", "q", "8", document="Wire", speakers=["Police"])
    world.say("x", "q", "8", document="Copy", speakers=["Mayor"], retracted_at="2020-01-01")
    assert list(changed(world)) == ["Copy", "Police"]
    assert changed(world)["Copy"] == (1, Dispute.NONE, Support.SINGLE)


def test_one_party_is_not_one_source() -> None:
    world = asked()
    world.source("Ministry", party="A")
    world.source("General", party="A")
    world.say("m", "q", "8", document="Ministry")
    world.say("g", "q", "8", document="General")
    single = (1, Dispute.NONE, Support.SINGLE)
    assert changed(world) == {"General": single, "Ministry": single}


def test_what_counts_no_more_decides_nothing() -> None:
    world = asked()
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "50", document="B", retracted_at="2020-01-01")
    world.say("old", "q", "70", document="C")
    world.say("new", "q", "8", document="C", supersedes="old")
    assert set(changed(world)) == {"A", "C"}


def test_a_superseded_claim_does_not_come_back() -> None:
    """Who falls silent does not fall back on what they said before."""
    world = asked()
    world.say("old", "q", "70", document="Wire", speakers=["Police"])
    world.say("new", "q", "8", document="A", supersedes="old")
    assert changed(world) == {"A": (1, *UNANSWERED)}


def test_only_affirmed_answers_are_support() -> None:
    world = asked()
    world.say("a", "q", "8", document="A")
    world.say("d", "q", None, document="D", stance=Stance.COULD_NOT_CONFIRM)
    assert changed(world) == {
        "A": (1, *UNANSWERED),
        "D": (1, Dispute.NONE, Support.SINGLE),
    }
    world = asked()
    world.say("d", "q", None, document="D", stance=Stance.COULD_NOT_CONFIRM)
    assert changed(world) == {}


def test_a_source_on_a_linked_question_decides_there_too() -> None:
    world = asked("all")
    world.ask("civilians", unit="people", subset_of="all")
    world.say("a", "all", "8", document="A")
    world.say("b", "civilians", "20", document="B")
    assert changed(world, "all")["B"] == (0, Dispute.NONE, Support.SINGLE)
    assert changed(world, "civilians")["A"] == (0, Dispute.NONE, Support.SINGLE)
    assert changed(world, "all")["A"] == (1, *UNANSWERED)


def test_questions_too_large_to_compare_are_missing() -> None:
    world = asked("all", "apart")
    world.ask("part", unit="people", subset_of="all")
    for number in range(12):
        world.say(f"c{number}", "all", str(1000 + number), document=f"D{number}")
    world.say("p", "part", "8", document="A")
    world.say("x", "apart", "8", document="A")
    casefile = world.casefile()
    result = assess_topic(casefile, bounds=Bounds(signatures=10))
    assert set(without(casefile, result, signatures=10)) == {name("question", "apart")}
    assert len(without(casefile, result)) == 3


def test_the_headline_is_the_dispute_if_there_is_one() -> None:
    one = WithoutSource(
        source=name("source", "A"), claims=1, dispute=Dispute.NONE, support=Support.SINGLE
    )
    assert one.status == "SINGLE"
    assert replace(one, dispute=Dispute.TENSION).status == "TENSION"


def test_the_profile_is_that_of_the_result() -> None:
    """By "several" twelve is excluded under one profile, and not under the other."""
    world = asked()
    for letter, said in (("A", "several"), ("B", "12"), ("C", "12")):
        world.say(letter, "q", said, document=letter)
    casefile, a = world.casefile(), name("source", "A")
    deciding = {
        profile: {one.source for one in changes}
        for profile in ("default@1", "pitf@1")
        for changes in without(casefile, assess_topic(casefile, profile=profile)).values()
    }
    assert a in deciding["default@1"]
    assert a not in deciding["pitf@1"]


# The oracle: withdraw all that rests on the source, and assess everything again.

WORDS = ("0", "3", "8", "8", "8", "9", "50", "at least 8", "5 to 9", "about 9", "several", "many")
NAMES = ("A", "B", "C", "D")
CHAINS = (*NAMES, "M", "N", "unnamed")
QUESTIONS = ("whole", "part", "apart")


def ends(casefile: Casefile, claim: Claim) -> set[UUID]:
    """Whom the claim rests on, by following relations as they are written."""
    named = [s.source for s in claim.speakers[1:] if casefile.sources[s.source].named]
    found = {named[-1]} if named else {claim.speakers[0].source}
    if not named:
        for document in closure(casefile, "document", {claim.document}, last=True):
            told = [
                c for c in casefile.claims if (c.document, c.question) == (document, claim.question)
            ]
            found |= {last(casefile, c) for c in told} or {casefile.documents[document].voice}
    return closure(casefile, "source", found, last=False)


def last(casefile: Casefile, claim: Claim) -> UUID:
    """The last named speaker, or the document's voice."""
    named = [s.source for s in claim.speakers[1:] if casefile.sources[s.source].named]
    return named[-1] if named else claim.speakers[0].source


def closure(casefile: Casefile, between: str, start: set[UUID], *, last: bool) -> set[UUID]:
    """All that is reached along what takes from what; ``last``: only where that ends."""
    directed = [r for r in casefile.source_relations if r.kind.directed and r.between == between]
    reached = set(start)
    for _ in directed:
        reached |= {r.b for r in directed if r.a in reached}
    if not last:
        return reached
    end = {one for one in reached if not any(r.a == one for r in directed)}
    moved = any(r.a in start for r in directed)
    return (end or {min(gone(directed, start))}) if moved else set()


def gone(directed: Iterable[object], start: set[UUID]) -> set[UUID]:
    """What is reached by at least one step."""
    reached: set[UUID] = set()
    pairs = [(r.a, r.b) for r in directed]  # type: ignore[attr-defined]
    for _ in pairs:
        reached |= {b for a, b in pairs if a in reached | start}
    return reached


def by_withdrawing(casefile: Casefile, signatures: int = 120) -> dict[UUID, set[WithoutSource]]:
    """What :func:`without` says, the long way."""
    bounds = Bounds(signatures=signatures)
    before = results(casefile, bounds)
    found: dict[UUID, set[WithoutSource]] = {question: set() for question in before}
    for source in casefile.sources:
        fallen = {c.id for c in casefile.claims if source in ends(casefile, c)}
        claims = tuple(
            replace(c, retracted_at=c.retracted_at or "2020-01-01") if c.id in fallen else c
            for c in casefile.claims
        )
        after = results(replace(casefile, claims=claims), bounds)
        for question, was in before.items():
            now = after[question]
            if (now.dispute, now.support) != (was.dispute, was.support):
                live = {read.claim.id for read in was.claims if read.counts}
                count = len(fallen & live)
                found[question].add(
                    WithoutSource(
                        source=source, claims=count, dispute=now.dispute, support=now.support
                    )
                )
    return found


def results(casefile: Casefile, bounds: Bounds) -> dict[UUID, QuestionResult]:
    """The results by question."""
    found = assess_topic(casefile, bounds=bounds).questions
    return {result.question.id: result for result in found}


@st.composite
def worlds(draw: st.DrawFn, most: int = 9) -> World:
    """Claims on a whole, its part and something else, with relations and decisions."""
    world = World()
    world.ask("whole", unit="people", running_total=draw(st.booleans()))
    world.ask("part", unit="people", subset_of="whole")
    world.ask("apart", unit="people")
    world.source("unnamed", named=False)
    world.source("B", party="B")
    world.source("M", party="A")
    world.source("N", party="A")
    world.oppose("A", "B")
    related = st.tuples(st.sampled_from(Dependence), *[st.sampled_from(NAMES)] * 2, st.booleans())
    for kind, a, b, documents in draw(st.lists(related, max_size=4)):
        if a != b:
            world.relate(kind, a, b, documents=documents)
    for number in range(draw(st.integers(1, most))):
        say(world, f"c{number}", draw)
    keys = sorted(world.claims)
    for a, b in draw(st.lists(st.tuples(*[st.sampled_from(keys)] * 2), max_size=2)):
        if a < b and world.claims[a].question == world.claims[b].question:
            relation = draw(st.sampled_from(("AGREE", "CONFLICT_SOFT", None)))
            world.override(a, b, relation=relation, independent=draw(st.booleans()))
    return world


def say(world: World, key: str, draw: st.DrawFn) -> None:
    """One claim of any kind, which may replace the one before."""
    stance = draw(st.sampled_from([*Stance, Stance.ASSERTS, Stance.ASSERTS]))
    question = draw(st.sampled_from(QUESTIONS))
    earlier = [k for k, c in world.claims.items() if c.question == name("question", question)]
    world.say(
        key,
        question,
        None if stance is Stance.COULD_NOT_CONFIRM else draw(st.sampled_from(WORDS)),
        document=draw(st.sampled_from(NAMES)),
        speakers=draw(st.lists(st.sampled_from(CHAINS), max_size=2)),
        stance=stance,
        as_of=draw(st.sampled_from((None, None, "2021-07-16", "2021-07-18"))),
        accused=draw(st.sampled_from((None, None, "A", "B"))),
        retracted_at=draw(st.sampled_from((None, None, None, "2021"))),
        supersedes=draw(st.sampled_from((None, None, None, *earlier[-1:]))),
    )


def found_in(casefile: Casefile) -> dict[UUID, set[WithoutSource]]:
    """What :func:`without` says, without its order."""
    found = without(casefile, assess_topic(casefile))
    return {question: set(changes) for question, changes in found.items()}


@settings(max_examples=60)
@given(worlds())
def test_withdrawing_everything_gives_the_same(world: World) -> None:
    casefile = world.casefile()
    assert found_in(casefile) == by_withdrawing(casefile)


def crowd(words: Callable[[random.Random, int], str], seed: int, related: int) -> World:
    """Twenty-five documents, each with its say, some of them citing others."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    world = asked()
    names = [f"S{number}" for number in range(25)]
    for _ in range(related):
        kind = chance.choice(list(Dependence))
        world.relate(kind, *chance.sample(names, 2))
    for number, letter in enumerate(names):
        speakers = [chance.choice(names)] if chance.random() < 0.3 else []
        world.say(letter, "q", words(chance, number), document=letter, speakers=speakers)
    return world


ALIKE: tuple[Callable[[random.Random, int], str], ...] = (
    lambda _, __: "8",
    lambda _, number: str(1000 * (number + 1)),
    lambda _, number: f"at least {number + 1}",
    lambda chance, _: chance.choice(WORDS),
    lambda chance, _: str(1000 * chance.randrange(25)),
)


@pytest.mark.slow
@settings(max_examples=6)
@given(st.sampled_from(ALIKE), st.integers(0, 1000), st.sampled_from((0, 3, 12, 40)))
def test_large_questions_give_the_same(
    words: Callable[[random.Random, int], str], seed: int, related: int
) -> None:
    """Where counts are bounds and not each set of claims is counted."""
    casefile = crowd(words, seed, related).casefile()
    assert found_in(casefile) == by_withdrawing(casefile)


@pytest.mark.parametrize("order", [1, 2])
def test_the_order_of_claims_never_matters(order: int) -> None:
    world = crowd(ALIKE[3], 7, 3)
    keys = sorted(world.claims)
    random.Random(order).shuffle(keys)  # noqa: S311 - no secret
    shuffled, told = world.casefile(keys), world.casefile()
    assert without(shuffled, assess_topic(shuffled)) == without(told, assess_topic(told))


@pytest.mark.slow
def test_many_questions_and_sources_take_no_longer_than_the_report() -> None:
    """A hundred questions with fifty sources each: what is compared once is not compared again."""
    chance = random.Random(1)  # noqa: S311 - no secret
    world = asked(*(f"q{number}" for number in range(100)))
    for question in world.questions:
        for number in range(50):
            said = chance.choice(WORDS)
            world.say(f"{question} {number}", question, said, document=f"D{number}")
    casefile = world.casefile()
    start = time.perf_counter()
    result = assess_topic(casefile)
    assessed = time.perf_counter()
    found = without(casefile, result)
    assert time.perf_counter() - assessed < assessed - start
    assert len(found) == 100
