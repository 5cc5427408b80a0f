"""What a person found to be one is read as one, and nothing is lost or made up by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.assess import assess_topic
from claims.analysis.casefile import Casefile
from claims.analysis.merges import apply, companions, groups, kept
from claims.analysis.outcomes import QuestionResult, Support
from claims.analysis.records import (
    Assessment,
    CrossCheck,
    Inquiry,
    Merge,
    Passage,
    Question,
    Scope,
    Snapshot,
    Source,
    Speaker,
)
from claims.analysis.vocabulary import Dependence, Scheme, Stance, ValueKind
from tests.analysis.world import World, name

NAMES = ("A", "B", "C", "D")


def merge(into: str, gone: str, of: str = "source", *, undone: bool = False) -> Merge:
    """That two records of a world are the same."""
    return Merge(
        id=name("merge", f"{of} {into} {gone}"),
        of=of,
        kept=name(of, into),
        merged=name(of, gone),
        reason="for the test",
        undone=undone,
    )


def result(casefile: Casefile) -> QuestionResult:
    """The result of the first question."""
    return assess_topic(casefile).questions[0]


@pytest.fixture
def memorial() -> World:
    """Two articles that cite one organisation by two names."""
    world = World()
    world.ask("killed", unit="people")
    world.say("short", "killed", "12", document="one", speakers=["Memorial"])
    world.say("long", "killed", "12", document="two", speakers=["Memorial HRC"])
    return world


def test_two_names_of_one_organisation_are_one_origin(memorial: World) -> None:
    before, after = (
        memorial.casefile(),
        apply(memorial.casefile(), [merge("Memorial", "Memorial HRC")]),
    )
    assert (result(before).support, result(before).origins) == (Support.AGREED_INDEPENDENT, 2)
    assert (result(after).support, result(after).origins) == (Support.REPEATED, 1)
    assert name("source", "Memorial HRC") not in after.sources
    assert after.sources[name("source", "Memorial")].aliases == ("Memorial HRC",)


def test_a_merge_that_was_undone_does_nothing(memorial: World) -> None:
    held = memorial.casefile()
    assert apply(held, [merge("Memorial", "Memorial HRC", undone=True)]) is held


def test_a_chain_of_merges_ends_at_the_one_merged_into_no_other() -> None:
    chain = [merge("B", "A"), merge("C", "B"), merge("C", "D")]
    end = name("source", "C")
    assert groups(chain, "source")[0][0] == end
    assert kept(chain, "source") == {name("source", other): end for other in "ABD"}
    assert kept(chain, "document") == {}
    some = {name("source", "A"), name("source", "E")}
    assert companions(chain, "source", some) == {name("source", other) for other in "BCD"}


def test_a_circle_of_merges_is_one_group_and_ends() -> None:
    circle = [merge("A", "B"), merge("B", "A")]
    ((first, second),) = groups(circle, "source")
    assert {first, second} == {name("source", "A"), name("source", "B")}


def test_where_the_kept_one_is_not_held_one_that_is_stands_for_all() -> None:
    world = World()
    world.ask("killed", unit="people")
    world.say("a", "killed", "12", document="one", speakers=["A"])
    world.say("b", "killed", "12", document="two", speakers=["B"])
    read = apply(world.casefile(), [merge("elsewhere", "A"), merge("elsewhere", "B")])
    assert result(read).origins == 1
    assert {claim.origin for claim in read.claims} <= read.sources.keys()


def test_a_source_brings_its_names_identifiers_party_and_assessments() -> None:
    world = World()
    world.source("B", party="side")
    world.source("A")
    a, b = name("source", "A"), name("source", "B")
    world.sources[a] = replace(world.sources[a], aliases=("old A",), identifiers={"x": "1"})
    world.sources[b] = replace(
        world.sources[b], aliases=("old B", "A"), identifiers={"x": "2", "y": "3"}
    )
    world.assessments += [
        thought("B", Scheme.RELIABILITY, "E"),
        thought("A", Scheme.RELIABILITY, "B"),
        thought("B", Scheme.CONFIDENCE, "low"),
        thought("C", Scheme.CONFIDENCE, "high"),
    ]
    read = apply(world.casefile(), [merge("A", "B")])
    one = read.sources[a]
    assert one.aliases == ("old A", "B", "old B")
    assert one.identifiers == {"x": "1", "y": "3"}
    assert one.party == name("party", "side")
    assert {t: x.code for t, x in read.in_force("source", Scheme.RELIABILITY).items()} == {a: "B"}
    found = read.in_force("source", Scheme.CONFIDENCE)
    assert {t: x.code for t, x in found.items()} == {a: "low", name("source", "C"): "high"}


def thought(source: str, scheme: Scheme, code: str) -> Assessment:
    """What somebody thinks of a source."""
    return Assessment(
        id=name("assessment", f"{source} {scheme}"),
        of="source",
        target=name("source", source),
        scheme=scheme,
        code=code,
        reason="for the test",
        assessed_by="Coder",
    )


def test_relations_move_along_and_one_between_the_two_falls_away() -> None:
    world = World()
    world.relate(Dependence.SAME_PUBLISHER, "A", "B")
    world.relate(Dependence.DERIVES_FROM, "B", "C")
    world.relate(Dependence.QUOTES, "C", "D")
    world.relate(Dependence.WIRE_COPY, "A", "B", documents=True)
    read = apply(world.casefile(), [merge("A", "B")])
    ends = [(one.between, one.a, one.b) for one in read.source_relations]
    assert ends == [
        ("source", name("source", "A"), name("source", "C")),
        ("source", name("source", "C"), name("source", "D")),
        ("document", name("document", "A"), name("document", "B")),
    ]
    assert {one.voice for one in read.documents.values()} == {name("source", "A")}


def test_documents_are_one_with_all_that_is_kept_of_them() -> None:
    world = World()
    world.ask("killed", unit="people")
    first, second = world.document("one"), world.document("two", voice="one")
    world.say("a", "killed", "12", document="one")
    world.say("b", "killed", "12", document="two")
    chain = (*world.claims["a"].speakers, Speaker(source=world.source("M"), document=second))
    world.claims["a"] = replace(world.claims["a"], speakers=chain)
    world.relate(Dependence.TRANSLATES, "one", "two", documents=True)
    passages, snapshots = _evidence(first, second)
    held = replace(world.casefile(), passages=passages, snapshots=snapshots)
    read = apply(held, [merge("one", "two", "document")])
    assert read.documents.keys() == {first}
    assert {claim.document for claim in read.claims} == {first}
    assert read.claims[0].speakers[1].document == first
    assert {one.document for one in read.passages.values()} == {first}
    assert {one.document for one in read.snapshots.values()} == {first}
    assert read.passages.keys() == held.passages.keys()
    assert read.source_relations == ()


def _evidence(first: UUID, second: UUID) -> tuple[dict[UUID, Passage], dict[UUID, Snapshot]]:
    """A passage and a snapshot of each of two documents."""
    passages = [
        Passage(id=name("passage", str(d)), document=d, exact="twelve", language="en")
        for d in (first, second)
    ]
    snapshots = [
        Snapshot(
            id=name("snapshot", str(d)),
            document=d,
            sha256="0" * 64,
            media_type="text/plain",
            text_sha256="0" * 64,
            extractor="none",
            length=6,
        )
        for d in (first, second)
    ]
    return {one.id: one for one in passages}, {one.id: one for one in snapshots}


def test_a_question_brings_its_claims_its_whole_its_parts_and_its_cross_checks() -> None:
    world = World()
    world.ask("total", unit="people")
    world.ask("dead", unit="people")
    world.ask("killed", unit="people", subset_of="total")
    world.ask("children", unit="people", subset_of="killed")
    world.say("a", "dead", "12")
    world.say("b", "killed", "14", document="other")
    dead, killed = name("question", "dead"), name("question", "killed")
    world.cross_checks += [_check("both", (killed, dead)), _check("none", (dead,))]
    read = apply(world.casefile(), [merge("dead", "killed", "question")])
    wholes = {one.key: one.subset_of for one in read.questions}
    assert wholes == {"total": None, "dead": name("question", "total"), "children": dead}
    assert {claim.question for claim in read.claims} == {dead}
    assert [one.questions for one in read.cross_checks] == [(dead,), (dead,)]


def _check(key: str, questions: tuple[UUID, ...]) -> CrossCheck:
    return CrossCheck(
        id=name("check", key),
        topic=name("topic", "event"),
        text=key,
        reason="for the test",
        questions=questions,
    )


def test_an_inquiry_is_about_what_was_kept() -> None:
    world = World()
    for key in ("dead", "killed"):
        world.ask(key, unit="people")
    world.say("a", "dead", "12", speakers=["A"])
    world.say("b", "dead", "14", speakers=["B"])
    topic, killed, dead = (
        name("topic", "event"),
        name("question", "killed"),
        name("question", "dead"),
    )
    bare = Inquiry(id=name("i", "x"), topic=topic, looked_for="l", looked_in="i", looked_by="b")
    named = replace(bare, question=killed, source=name("source", "B"))
    merged = [merge("dead", "killed", "question"), merge("A", "B", "source")]
    read = apply(replace(world.casefile(), inquiries=(bare, named)), merged)
    assert read.inquiries == (bare, replace(bare, question=dead, source=name("source", "A")))


def test_a_question_is_never_part_of_itself() -> None:
    world = World()
    world.ask("whole", unit="people", subset_of="part")
    world.ask("part", unit="people", subset_of="whole")
    read = apply(world.casefile(), [merge("whole", "part", "question")])
    assert [(one.key, one.subset_of) for one in read.questions] == [("whole", None)]


def test_speakers_that_are_one_are_one_step_of_the_chain() -> None:
    world = World()
    world.ask("killed", unit="people")
    world.say("a", "killed", "12", document="paper", speakers=["A", "B", "C"])
    voice, a, b, c = world.claims["a"].speakers
    chain = (voice, a, replace(b, verb="stated", document=world.document("own")), c)
    world.claims["a"] = replace(world.claims["a"], speakers=chain)
    (read,) = apply(world.casefile(), [merge("A", "B")]).claims
    both = Speaker(source=name("source", "A"), verb="stated", document=name("document", "own"))
    assert read.speakers == (voice, both, c)


# Laws, on worlds that nobody wrote by hand. Copies and quotations are left out of them: which
# original a copy points to is new knowledge, by which one origin can turn out to be two.

UNDIRECTED = tuple(kind for kind in Dependence if not kind.directed)
KINDS = ("source", "document", "question")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to eight claims by four sources in four documents, with relations and parts."""
    world = World()
    world.ask("q", unit="people")
    world.ask("r", unit="people", subset_of=draw(st.sampled_from((None, "q"))))
    world.source("unnamed", named=False)
    keys = st.sampled_from(NAMES)
    for number in range(draw(st.integers(1, 8))):
        world.say(
            f"c{number}",
            draw(st.sampled_from(("q", "q", "r"))),
            draw(st.sampled_from(("3", "12", "at least 8", "dozens"))),
            document=draw(keys),
            speakers=draw(st.lists(st.sampled_from((*NAMES, "unnamed")), max_size=3)),
            stance=draw(st.sampled_from((Stance.ASSERTS, Stance.REPORTS, Stance.DENIES))),
        )
    for kind, a, b in draw(
        st.lists(st.tuples(st.sampled_from(UNDIRECTED), keys, keys), max_size=3)
    ):
        if a != b:
            world.relate(kind, a, b, documents=draw(st.booleans()))
    for key in NAMES:
        world.document(key)
    return world


@st.composite
def merging(draw: st.DrawFn, kinds: Sequence[str] = KINDS) -> list[Merge]:
    """Merges of the sources, documents and questions of these worlds, also some undone."""
    found = []
    for of in draw(st.lists(st.sampled_from(kinds), max_size=4)):
        keys = st.sampled_from(("q", "r") if of == "question" else (*NAMES, "nowhere"))
        into, gone = draw(keys), draw(keys)
        if into != gone:
            found.append(merge(into, gone, of, undone=draw(st.booleans())))
    return found


@given(worlds(), merging())
def test_merging_twice_is_merging_once(world: World, merges: list[Merge]) -> None:
    once = apply(world.casefile(), merges)
    assert apply(once, merges) == once


@given(worlds(), merging())
def test_only_merges_in_force_count_and_their_order_never_does(
    world: World, merges: list[Merge]
) -> None:
    held = world.casefile()
    in_force = [one for one in merges if not one.undone]
    assert apply(held, merges) == apply(held, in_force) == apply(held, merges[::-1])


@given(worlds(), merging())
def test_everything_that_is_referred_to_is_there(world: World, merges: list[Merge]) -> None:
    read = apply(world.casefile(), merges)
    assert {claim.id for claim in read.claims} == {one.id for one in world.claims.values()}
    assert set(_named(read)) <= {*read.sources, *read.documents, *read.question}
    assert assess_topic(read).questions
    names = {n for one in read.sources.values() for n in (one.name, *one.aliases)}
    assert names == {one.name for one in world.sources.values()}


def _named(held: Casefile) -> Iterator[UUID]:
    """Every source, document and question that something else names."""
    for claim in held.claims:
        yield from (claim.document, claim.question, *(s.source for s in claim.speakers))
    yield from (one.voice for one in held.documents.values())
    yield from (end for one in held.source_relations for end in (one.a, one.b))
    yield from (one.subset_of for one in held.questions if one.subset_of)


@given(worlds(), merging(("source", "document")))
def test_merging_never_makes_more_origins(world: World, merges: list[Merge]) -> None:
    before = assess_topic(world.casefile()).questions
    after = assess_topic(apply(world.casefile(), merges)).questions
    for one, other in zip(before, after, strict=True):
        assert other.origins <= one.origins
        assert other.origins_if_dependent <= one.origins_if_dependent


def test_kinds_that_cannot_be_merged_stay_as_they_are() -> None:
    """The parts of a casefile that no merge touches are the same objects."""
    world = World()
    world.ask("q", ValueKind.CATEGORY, scope=Scope(measure=world.term("shelling")))
    world.say("a", "q", "shelling", speakers=["A"])
    held = world.casefile()
    read = apply(held, [merge("article", "A")])
    assert (read.terms, read.places, read.overrides) == (held.terms, held.places, held.overrides)
    assert isinstance(read.questions[0], Question)
    assert all(isinstance(one, Source) for one in read.sources.values())
