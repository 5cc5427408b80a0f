"""Laws of the analysis, on worlds that nobody wrote by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, permutations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claims.analysis.assess import Bounds, assess_topic
from claims.analysis.casefile import Casefile
from claims.analysis.compare import compare
from claims.analysis.dependence import Dependences
from claims.analysis.origins import find_origins
from claims.analysis.outcomes import QuestionResult, Relation, Support
from claims.analysis.packing import EXACT_UP_TO, Item, most_disjoint
from claims.analysis.statements import Statement, state
from claims.analysis.vocabulary import Dependence, Stance, ValueKind
from claims.values.interval import Region
from tests.analysis.world import World

WORDS = (
    *("0", "3", "8", "9", "12", "100", "1,497", "1,500", "4,000", "none"),
    *("at least 8", "more than 8", "at most 8", "fewer than 12", "up to 12", "5 to 9", "3 or 12"),
    *("nearly 4,000", "about 9", "a few", "several", "dozens", "hundreds", "many"),
    *("8 families", "8 civilians", "at least several dozen", "a two-digit number"),
)
NAMES = ("A", "B", "C", "D")
SIDES = ("A", "B")


@dataclass(frozen=True)
class Saying:
    """One claim before it is made."""

    said: str
    stance: Stance
    document: str
    speakers: tuple[str, ...]
    as_of: str | None
    accused: str | None


sayings = st.builds(
    Saying,
    said=st.sampled_from(WORDS),
    stance=st.sampled_from([*Stance, Stance.ASSERTS, Stance.ASSERTS, Stance.REPORTS]),
    document=st.sampled_from(NAMES),
    speakers=st.lists(st.sampled_from((*NAMES, "M", "unnamed")), max_size=2).map(tuple),
    as_of=st.sampled_from((None, "2021-07-16", "2021-07-18", "2021-07")),
    accused=st.sampled_from((None, None, *SIDES)),
)
relations = st.lists(
    st.tuples(st.sampled_from(Dependence), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    max_size=3,
)


def world_of(
    told: list[Saying], related: list[tuple[Dependence, str, str]], *, running_total: bool
) -> World:
    """A world in which the sayings are claims on one question."""
    world = World()
    world.ask("q", unit="people", running_total=running_total)
    world.source("unnamed", named=False)
    world.source("B", party="B")
    world.source("M", party="A")
    world.oppose("A", "B")
    for kind, a, b in related:
        if a != b:
            world.relate(kind, a, b, documents=kind in {Dependence.WIRE_COPY, Dependence.QUOTES})
    for number, one in enumerate(told):
        add(world, f"c{number}", one)
    return world


def add(world: World, key: str, one: Saying) -> None:
    """Make a saying a claim."""
    silent = one.stance is Stance.COULD_NOT_CONFIRM
    world.say(
        key,
        "q",
        None if silent else one.said,
        document=one.document,
        speakers=one.speakers,
        stance=one.stance,
        as_of=one.as_of,
        accused=one.accused,
    )


worlds = st.builds(
    lambda told, related, total: world_of(told, related, running_total=total),
    st.lists(sayings, min_size=1, max_size=7),
    relations,
    st.booleans(),
)


def only(casefile: Casefile, bounds: Bounds | None = None) -> QuestionResult:
    """The result of the one question."""
    (result,) = assess_topic(casefile, bounds=bounds).questions
    return result


def statements(world: World) -> tuple[Statement, ...]:
    """The claims ready to be compared."""
    casefile = world.casefile()
    origins = find_origins(casefile.claims, Dependences(casefile))
    return tuple(
        state(claim, casefile, "default@1", origins.by_claim[claim.id]) for claim in casefile.claims
    )


@given(worlds)
def test_relations_are_symmetric_or_inverse(world: World) -> None:
    casefile = world.casefile()
    for a, b in combinations(statements(world), 2):
        forth, back = compare(a, b, casefile), compare(b, a, casefile)
        assert forth == back.flipped


@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_claims_never_matters(world: World, random: object) -> None:
    keys = list(world.claims)
    random.shuffle(keys)  # type: ignore[attr-defined]
    assert only(world.casefile(keys)) == only(world.casefile())


@given(worlds, st.data())
def test_a_dependent_copy_changes_nothing_but_single(world: World, data: st.DataObject) -> None:
    """A copy within the document, or in a document that copies it word for word."""
    before = only(world.casefile())
    original = world.claims[data.draw(st.sampled_from(sorted(world.claims)))]
    copied = World.__new__(World)
    copied.__dict__.update(
        {k: v.copy() if hasattr(v, "copy") else v for k, v in vars(world).items()}
    )
    elsewhere = data.draw(st.booleans())
    document = original.document
    speakers = original.speakers
    if elsewhere:
        document = copied.document("copy")
        speakers = (replace(speakers[0], source=copied.documents[document].voice), *speakers[1:])
        copied.relate(
            Dependence.WIRE_COPY, "copy", key_of(world, original.document), documents=True
        )
    copied.claims["copy"] = replace(
        original, id=copied.source("copy of a claim"), document=document, speakers=speakers
    )
    after = only(copied.casefile())
    assert after.dispute == before.dispute
    assert (after.origins, after.origins_if_dependent) == (
        before.origins,
        before.origins_if_dependent,
    )
    assert [p.common for p in after.positions] == [p.common for p in before.positions]
    moved = (before.support, after.support)
    assert moved[0] == moved[1] or moved == (Support.SINGLE, Support.REPEATED)


def key_of(world: World, document: object) -> str:
    """The short name of a document."""
    return next(key for d in world.documents.values() if d.id == document and (key := d.key))


@given(worlds, st.data())
def test_widening_never_turns_agreement_into_conflict(world: World, data: st.DataObject) -> None:
    """Whatever an asserted value grows to, what agreed does not conflict."""
    casefile = world.casefile()
    made = statements(world)
    for a, b in permutations(made, 2):
        if not a.stance.affirms or compare(a, b, casefile).relation not in AGREEABLE:
            continue
        wider = replace(a, hard=grown(a.hard, data), soft=grown(a.soft, data))
        wider = replace(wider, hard=joined(wider.hard, wider.soft))
        assert not compare(wider, b, casefile).relation.disputes


AGREEABLE = {Relation.AGREE, Relation.COMPATIBLE}


def grown(region: Region | None, data: st.DataObject) -> Region | None:
    """A region that covers the given one and more."""
    if region is None:
        return None
    hull = region.hull
    low = None if hull.lo is None else max(0, int(hull.lo) - data.draw(st.integers(0, 50)))
    high = None if hull.hi is None else int(hull.hi) + data.draw(st.integers(0, 50))
    return joined(region, Region.of(low, high))


def joined(a: Region | None, b: Region | None) -> Region | None:
    """A region that covers both."""
    return Region.union((*a.parts, *b.parts)) if a and b else a


ranges = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(
    lambda ends: f"{min(ends)} to {max(ends) + 1}"
)


@settings(max_examples=40)
@given(st.lists(ranges, min_size=25, max_size=40, unique=True), st.lists(ranges, max_size=2))
def test_few_representatives_find_the_same_dispute(said: list[str], denied: list[str]) -> None:
    """Comparing the extremes decides as comparing everything does."""
    world = World()
    world.ask("q", unit="people")
    for number, words in enumerate(said):
        world.say(f"c{number}", "q", words, document=f"D{number}")
    for number, words in enumerate(denied):
        stance = Stance.DENIES if number else Stance.DOUBTS
        world.say(f"d{number}", "q", words, document=f"E{number}", stance=stance)
    everything = only(world.casefile())
    some = only(world.casefile(), Bounds(signatures=10))
    assume("COMPARED_IN_PART" in {note.code for note in some.notes})
    assert some.dispute == everything.dispute
    assert (some.origins, some.positions) == (everything.origins, everything.positions)


@given(worlds)
def test_results_obey_their_own_words(world: World) -> None:
    """Agreement needs two origins; what is listed adds up; a position is never empty."""
    result = only(world.casefile())
    assert result.origins_if_dependent <= result.origins
    if result.support in {Support.AGREED_INDEPENDENT, Support.COMPATIBLE_INDEPENDENT}:
        assert 2 <= result.supported_by <= result.origins_if_dependent
    assert all(p.size >= 1 and p.origins_if_dependent <= p.origins for p in result.positions)
    affirming = {r.claim.id for r in result.claims if r.claim.stance.affirms and r.value}
    assert {c for p in result.positions for c in p.claims} == affirming
    pairs = len(result.claims) * (len(result.claims) - 1) // 2
    assert len(result.relations) == pairs


members = st.frozensets(st.sampled_from("abcdefgh"), min_size=1, max_size=3)


@given(
    st.lists(members, max_size=9),
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=3),
)
def test_most_disjoint_is_the_largest(
    sets: list[frozenset[str]], bars: list[tuple[str, str]]
) -> None:
    """Against every choice there is."""
    doubts = {m: {b for pair in bars if m in pair for b in pair} - {m} for m in "abcdefgh"}
    items = [Item(s, frozenset().union(*(doubts[member] for member in s))) for s in sets]
    distinct = list(set(items))
    best = max(
        size
        for size in range(len(distinct) + 1)
        for chosen in combinations(distinct, size)
        if all(a.beside(b) for a, b in combinations(chosen, 2))
    )
    assert most_disjoint(items) == (best, True)


def test_many_entangled_sets_give_a_lower_bound() -> None:
    """Beyond what can be searched, the count says that it is a bound."""
    ring = [Item(frozenset({f"{i}", f"{(i + 1) % 41}"})) for i in range(41)]
    count = most_disjoint(ring)
    assert not count.exact
    assert 14 <= count.number <= 20
    assert len(ring) > EXACT_UP_TO


@given(st.lists(st.sampled_from(["army", "militia", "irregulars", "group"]), min_size=1))
def test_answers_of_a_hierarchy(answers: list[str]) -> None:
    """Every claim stands in a position, and broader answers in each of their parts'."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.term("group")
    for narrower in ("army", "militia", "irregulars"):
        world.term(narrower, broader="group")
    for number, answer in enumerate(answers):
        world.say(f"c{number}", "who", answer, document=f"D{number}")
    (result,) = assess_topic(world.casefile(), bounds=Bounds(members=10_000)).questions
    narrow = set(answers) - {"group"} or {"group"}
    assert {p.label for p in result.positions} == narrow
    for position in result.positions:
        broader = answers.count("group") if position.label != "group" else 0
        assert position.size == answers.count(position.label) + broader
