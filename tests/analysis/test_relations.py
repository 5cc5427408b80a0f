"""The table of relations between two claims, row by row (domain.md §4)."""

from __future__ import annotations

import pytest

from claims.analysis.outcomes import Relation
from claims.analysis.records import Scope
from claims.analysis.vocabulary import DateAspect, Stance, TermLink, ValueKind
from tests.analysis.world import World, name

R = Relation


def two(a: str, b: str, kind: ValueKind = ValueKind.COUNT, **question: object) -> World:
    """Two claims of two newspapers on one question."""
    world = World()
    world.ask("q", kind, **question)  # type: ignore[arg-type]
    world.say("a", "q", a, document="paper A")
    world.say("b", "q", b, document="paper B")
    return world


QUANTITIES = [
    ("8", "eight", R.AGREE, "equal_value"),
    ("several", "several", R.AGREE, "same_wording"),
    ("many", "many", R.NOT_COMPARABLE, "no_number"),
    ("at least 8", "8 or more", R.AGREE, "same_wording"),
    ("8", "dozens", R.CONFLICT_HARD, "value_disjoint"),
    ("10", "8", R.CONFLICT_HARD, "value_disjoint"),
    ("at most 5", "more than 5", R.CONFLICT_HARD, "value_disjoint"),
    ("none", "many", R.CONFLICT_HARD, "value_disjoint"),
    ("several", "dozens", R.CONFLICT_SOFT, "typical_range_disjoint"),
    ("up to 40", "50", R.CONFLICT_SOFT, "typical_range_disjoint"),
    ("about 900", "580 to 800", R.CONFLICT_SOFT, "typical_range_disjoint"),
    ("1,500", "1,497", R.CONFLICT_SOFT, "rounding"),
    ("nearly 4,000", "4,000", R.CONFLICT_SOFT, "rounding"),
    ("1,000", "1,400", R.CONFLICT_SOFT, "rounding"),
    ("1,500", "1,449", R.CONFLICT_HARD, "value_disjoint"),
    ("150", "155", R.CONFLICT_HARD, "value_disjoint"),
    ("none", "1", R.CONFLICT_HARD, "value_disjoint"),
    ("8", "several", R.COMPATIBLE, "refines"),
    ("8 or 11", "11", R.COMPATIBLE, "refines"),
    ("at most 8", "up to 8", R.COMPATIBLE, "refines"),
    ("580 to 1500", "about 900", R.COMPATIBLE, "refines"),
    ("5 to 9", "7 to 12", R.PARTLY_OVERLAPS, "overlaps"),
    ("many", "8", R.NOT_COMPARABLE, "no_number"),
    ("8 families", "8 people", R.NOT_COMPARABLE, "unit_of_count"),
    ("8 civilians", "8 people", R.AGREE, "equal_value"),
    ("most", "40", R.NOT_COMPARABLE, "unit_of_count"),
]


@pytest.mark.parametrize(("a", "b", "relation", "reason"), QUANTITIES)
def test_quantities(a: str, b: str, relation: Relation, reason: str) -> None:
    """Both ways round."""
    for first, second in ((a, b), (b, a)):
        verdict = two(first, second, unit="people").verdict("a", "b")
        assert (verdict.relation, verdict.reason) == (relation, reason)
        assert a in verdict.explanation or relation is R.NOT_COMPARABLE


PROPORTIONS = [
    ("a third", "33 per cent", R.COMPATIBLE, "refines"),
    ("40 per cent", "half", R.CONFLICT_HARD, "value_disjoint"),
    ("most", "80 per cent", R.COMPATIBLE, "refines"),
    ("most", "40 per cent", R.CONFLICT_HARD, "value_disjoint"),
]


@pytest.mark.parametrize(("a", "b", "relation", "reason"), PROPORTIONS)
def test_proportions(a: str, b: str, relation: Relation, reason: str) -> None:
    """Shares of a whole."""
    verdict = two(a, b, ValueKind.PROPORTION).verdict("a", "b")
    assert (verdict.relation, verdict.reason) == (relation, reason)


DATES = [
    (DateAspect.MOMENT, "1992-02-10", "1992-02-10", R.AGREE, "equal_value"),
    (DateAspect.MOMENT, "1992-02-10", "1992-02-11", R.CONFLICT_HARD, "value_disjoint"),
    (DateAspect.MOMENT, "1992-02-10", "1992-02", R.COMPATIBLE, "precision"),
    (DateAspect.MOMENT, "1992-03-10", "1992-02", R.CONFLICT_HARD, "value_disjoint"),
    (DateAspect.START, "1991-10/", "1991-10-03", R.COMPATIBLE, "precision"),
    (DateAspect.START, "1991-10/", "1991-11/", R.CONFLICT_HARD, "value_disjoint"),
    (DateAspect.END, "1991-10/", "1992-02-10", R.NOT_COMPARABLE, "no_value"),
    (DateAspect.PERIOD, "1992-02-10/1992-02-12", "1992-02", R.COMPATIBLE, "precision"),
    (
        DateAspect.PERIOD,
        "1992-02-10/1992-02-12",
        "1992-02-10/1992-02-11",
        R.PARTLY_OVERLAPS,
        "extents_differ",
    ),
]


@pytest.mark.parametrize(("aspect", "a", "b", "relation", "reason"), DATES)
def test_dates(aspect: DateAspect, a: str, b: str, relation: Relation, reason: str) -> None:
    """Days, months, states that began, spans."""
    verdict = two(a, b, ValueKind.DATE, aspect=aspect).verdict("a", "b")
    assert (verdict.relation, verdict.reason) == (relation, reason)


def test_durations() -> None:
    """The same logic on seconds."""
    assert two("two days", "48 hours", ValueKind.DURATION).verdict("a", "b").relation is R.AGREE
    verdict = two("two days", "three weeks", ValueKind.DURATION).verdict("a", "b")
    assert (verdict.relation, verdict.reason) == (R.CONFLICT_HARD, "value_disjoint")


def test_truths_and_texts() -> None:
    """A yes and a no exclude each other; two wordings do not."""
    assert two("yes", "yes", ValueKind.BOOLEAN).verdict("a", "b").reason == "same_truth"
    assert two("yes", "no", ValueKind.BOOLEAN).verdict("a", "b").relation is R.CONFLICT_HARD
    assert two("Leave!", "LEAVE!", ValueKind.TEXT).verdict("a", "b").relation is R.AGREE
    verdict = two("leave", "go away", ValueKind.TEXT).verdict("a", "b")
    assert (verdict.relation, verdict.reason) == (R.UNCLASSIFIED, "no_recorded_relation")


def categories() -> World:
    """Two claims in a small hierarchy."""
    world = World()
    world.ask("q", ValueKind.CATEGORY)
    world.term("armed group")
    world.term("irregulars", broader="armed group")
    world.term("army")
    return world


@pytest.mark.parametrize(
    ("a", "b", "link", "relation", "reason"),
    [
        ("irregulars", "irregulars", None, R.AGREE, "same_category"),
        ("irregulars", "armed group", None, R.COMPATIBLE, "broader_narrower"),
        ("irregulars", "army", None, R.UNCLASSIFIED, "no_recorded_relation"),
        ("irregulars", "army", TermLink.RECONCILABLE, R.TENSION, "reconcilable_categories"),
        ("irregulars", "army", TermLink.EXCLUSIVE, R.CONFLICT_HARD, "exclusive_categories"),
    ],
)
def test_categories(a: str, b: str, link: TermLink | None, relation: Relation, reason: str) -> None:
    """What is recorded of a broader category holds for the narrower; names decide nothing."""
    world = categories()
    if link:
        world.link("armed group", "army", link)
    world.say("a", "q", a, document="A")
    world.say("b", "q", b, document="B")
    verdict = world.verdict("a", "b")
    assert (verdict.relation, verdict.reason) == (relation, reason)


def test_question_with_several_true_answers() -> None:
    """Where answers do not exclude each other there is no conflict to find."""
    world = World()
    world.ask("countries", ValueKind.CATEGORY, exclusive=False)
    world.say("a", "countries", "Syria", document="A")
    world.say("b", "countries", "France", document="B")
    assert world.verdict("a", "b").relation is R.NO_CONFLICT
    counts = two("8", "20", exclusive=False)
    assert counts.verdict("a", "b").reason == "not_exclusive"


def test_places() -> None:
    """The same, a part, too far apart, too uncertain to tell, unknown."""
    world = World()
    world.ask("q", ValueKind.PLACE)
    world.place("district", point=("39.9", "46.7", "100"))
    world.place("village", part_of="district", point=("40.0", "46.8", "100"))
    world.place("near", point=("40.0", "46.801", "100"))
    world.place("unknown")
    for key in ("village", "district", "near", "unknown"):
        world.say(key, "q", key, document=key)
    world.say("again", "q", "village", document="again")
    assert world.verdict("village", "again").reason == "same_place"
    assert world.verdict("village", "district").reason == "part_of"
    assert world.verdict("district", "near").reason == "too_far_apart"
    assert world.verdict("village", "near").reason == "within_uncertainty"
    assert world.verdict("village", "unknown").relation is R.UNCLASSIFIED


STANCES = [
    ("8", "8", Stance.DENIES, R.CONFLICT_HARD, "opposite_stance"),
    ("8", "at least 1", Stance.DENIES, R.CONFLICT_HARD, "opposite_stance"),
    ("8", "at least 1", Stance.DOUBTS, R.CONFLICT_SOFT, "opposite_stance"),
    ("about 50", "more than 20", Stance.DENIES, R.CONFLICT_SOFT, "opposite_stance"),
    ("8", "dozens", Stance.DENIES, R.COMPATIBLE, "outside_denial"),
    ("5 to 20", "at least 10", Stance.DENIES, R.COMPATIBLE, "outside_denial"),
    ("8", None, Stance.COULD_NOT_CONFIRM, R.UNCORROBORATED, "could_not_confirm"),
]


@pytest.mark.parametrize(("a", "b", "stance", "relation", "reason"), STANCES)
def test_stances(a: str, b: str | None, stance: Stance, relation: Relation, reason: str) -> None:
    """A denial carries what it denies, and conflicts only with what lies inside."""
    world = World()
    world.ask("q", unit="people")
    world.say("a", "q", a, document="A")
    world.say("b", "q", b, document="B", stance=stance)
    verdict = world.verdict("a", "b")
    assert (verdict.relation, verdict.reason) == (relation, reason)


def test_denied_truths_and_categories() -> None:
    """A denial without a value denies whatever answers the question."""
    world = World()
    world.ask("truth", ValueKind.BOOLEAN)
    world.say("a", "truth", "yes", document="A")
    world.say("b", "truth", None, document="B", stance=Stance.DENIES)
    world.say("c", "truth", "no", document="C", stance=Stance.DENIES)
    assert world.verdict("a", "b").relation is R.CONFLICT_HARD
    assert world.verdict("a", "c").reason == "outside_denial"
    assert world.verdict("b", "c").reason == "not_opposed"
    world.ask("who", ValueKind.CATEGORY)
    world.term("group")
    world.term("irregulars", broader="group")
    world.say("d", "who", "irregulars", document="A")
    world.say("e", "who", "group", document="B", stance=Stance.DENIES)
    world.say("f", "who", "army", document="C", stance=Stance.DENIES)
    assert world.verdict("d", "e").relation is R.CONFLICT_HARD
    assert world.verdict("d", "f").reason == "outside_denial"


def accusations(*, opposed: bool) -> World:
    """Two sides that blame each other."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.source("side A", party="A")
    world.source("side B", party="B")
    if opposed:
        world.oppose("A", "B")
    world.say("a", "who", "B did", speakers=["side A"], accused="B")
    world.say("b", "who", "A did", speakers=["side B"], accused="A")
    return world


def test_mutual_accusation() -> None:
    """Tested before values, and only between parties recorded as opposed."""
    verdict = accusations(opposed=True).verdict("a", "b")
    assert (verdict.relation, verdict.reason) == (R.MUTUAL_ACCUSATION, "mutual_accusation")
    assert "A and B each blame the other" in verdict.explanation
    assert accusations(opposed=False).verdict("a", "b").relation is R.UNCLASSIFIED


def test_opposition_on_another_topic_or_at_another_time() -> None:
    """An opposition counts where and when it is recorded."""
    world = accusations(opposed=False)
    world.oppose("A", "B", topic=name("topic", "another"))
    assert world.verdict("a", "b").relation is R.UNCLASSIFIED
    world = accusations(opposed=False)
    world.topic = type(world.topic)(id=world.topic.id, label="The event", dates="1992-02")
    world.oppose("A", "B", during="1994")
    assert world.verdict("a", "b").relation is R.UNCLASSIFIED
    world.oppose("B", "A", during="1991/1993")
    assert world.verdict("a", "b").relation is R.MUTUAL_ACCUSATION


def scoped(a: Scope, b: Scope, first: str = "8", second: str = "8") -> World:
    """Two claims of their own scopes."""
    world = World()
    world.term("people")
    world.term("women", broader="people")
    world.term("soldiers")
    world.place("country")
    world.place("town", part_of="country")
    world.ask("q", unit="people", scope=Scope(population=name("term", "people")))
    world.say("a", "q", first, document="A", scope=a)
    world.say("b", "q", second, document="B", scope=b)
    return world


WOMEN = Scope(population=name("term", "women"))
SOLDIERS = Scope(population=name("term", "soldiers"))
PEOPLE = Scope(population=name("term", "people"))
TOWN = Scope(area=name("place", "town"))
COUNTRY = Scope(area=name("place", "country"))


@pytest.mark.parametrize(
    ("a", "b", "first", "second", "relation", "reason"),
    [
        (PEOPLE, Scope(), "8", "8", R.AGREE, "equal_value"),
        (WOMEN, PEOPLE, "8", "8", R.COMPATIBLE, "scope"),
        (WOMEN, PEOPLE, "9", "8", R.CONFLICT_HARD, "subset_exceeds_total"),
        (PEOPLE, WOMEN, "8", "dozens", R.CONFLICT_HARD, "subset_exceeds_total"),
        (WOMEN, PEOPLE, "dozens", "several", R.CONFLICT_SOFT, "subset_exceeds_total"),
        (WOMEN, SOLDIERS, "8", "8", R.NOT_COMPARABLE, "scope_population"),
        (TOWN, COUNTRY, "8", "8", R.COMPATIBLE, "scope"),
        (TOWN, Scope(), "8", "8", R.NOT_COMPARABLE, "scope_area"),
        (
            Scope(period="1992-02"),
            Scope(period="1992"),
            "9",
            "8",
            R.CONFLICT_HARD,
            "subset_exceeds_total",
        ),
        (Scope(period="1992"), Scope(period="1993"), "8", "8", R.NOT_COMPARABLE, "scope_period"),
        (
            Scope(population=name("term", "women"), area=name("place", "country")),
            Scope(population=name("term", "people"), area=name("place", "town")),
            "8",
            "8",
            R.NOT_COMPARABLE,
            "scope_area",
        ),
    ],
)
def test_scopes(
    a: Scope, b: Scope, first: str, second: str, relation: Relation, reason: str
) -> None:
    """Equal, narrower, apart; a part may exceed its whole and never agrees with it."""
    verdict = scoped(a, b, first, second).verdict("a", "b")
    assert (verdict.relation, verdict.reason) == (relation, reason)


def test_unstated_scope_is_an_assumption() -> None:
    """The dimension that one claim leaves out is the question's, and that is printed."""
    verdict = scoped(WOMEN, Scope(), "9", "8").verdict("a", "b")
    assert verdict.assumption == "“8” states no population; that of the question is assumed."
    assert verdict.otherwise is R.NOT_COMPARABLE
    assert scoped(WOMEN, PEOPLE, "9", "8").verdict("a", "b").assumption is None


def test_count_bases() -> None:
    """Three villages by administration and two by common name are two ways to count."""
    world = World()
    world.ask("villages", unit="villages")
    for key, basis in (("3 villages", "administrative"), ("2 villages", "common name")):
        world.say(key, "villages", key, scope=Scope(count_basis=world.term(basis)))
    verdict = world.verdict("3 villages", "2 villages")
    assert (verdict.relation, verdict.reason) == (R.NOT_COMPARABLE, "unit_of_count")


def test_denial_of_another_scope() -> None:
    """A denial answers only what is said of the same thing."""
    world = scoped(WOMEN, SOLDIERS)
    world.say("d", "q", "8", document="B", scope=SOLDIERS, stance=Stance.DENIES)
    world.say("e", "q", "8", document="C", scope=PEOPLE, stance=Stance.DENIES)
    assert world.verdict("a", "d").reason == "scope_population"
    assert world.verdict("a", "e").reason == "scope"


def totals(first: str, second: str, *, speaker: str | None = None, dated: bool = True) -> World:
    """A toll on the 16th and on the 18th."""
    world = World()
    world.ask("q", unit="people", running_total=True)
    speakers = [speaker] if speaker else []
    world.say("a", "q", first, document="A", speakers=speakers, as_of="2021-07-16")
    later = "2021-07-18" if dated else None
    world.say("b", "q", second, document="B", speakers=speakers, as_of=later)
    return world


@pytest.mark.parametrize(
    ("first", "second", "speaker", "relation", "reason"),
    [
        ("5", "12", None, R.COMPATIBLE, "as_of"),
        ("5", "5", None, R.COMPATIBLE, "as_of"),
        ("12", "5", None, R.CONFLICT_HARD, "falling_total"),
        ("12", "5", "ministry", R.SUPERSEDED, "as_of"),
        ("dozens", "several", None, R.CONFLICT_SOFT, "falling_total"),
        ("1,500", "1,497", None, R.CONFLICT_SOFT, "falling_total"),
    ],
)
def test_running_totals(
    first: str, second: str, speaker: str | None, relation: Relation, reason: str
) -> None:
    """A toll may grow; a fall is a conflict, or one source that corrects itself."""
    world = totals(first, second, speaker=speaker)
    verdict, back = world.verdict("a", "b"), world.verdict("b", "a")
    assert (verdict.relation, verdict.reason) == (relation, reason)
    assert (back.relation, back.reason) == (relation, reason)
    if relation is R.CONFLICT_HARD:
        assert verdict.explanation.startswith("A running total cannot fall: “5” as of 2021-07-18")


def test_undated_running_total_assumes_one_time() -> None:
    """Without a date nobody knows whether the toll grew."""
    verdict = totals("5", "12", dated=False).verdict("a", "b")
    assert (verdict.relation, verdict.otherwise) == (R.CONFLICT_HARD, R.COMPATIBLE)
    assert verdict.assumption is not None
    assert totals("5", "5", dated=False).verdict("a", "b").assumption is None


def test_overridden_relation_keeps_the_computed_one() -> None:
    """A person's word counts; what was computed stays visible."""
    world = two("8", "dozens", unit="people")
    world.override("a", "b", relation="NO_CONFLICT")
    verdict = world.verdict("a", "b")
    assert (verdict.relation, verdict.computed) == (R.NO_CONFLICT, R.CONFLICT_HARD)
    assert verdict.explanation == "a person looked"
    assert world.result("q").status == "SINGLE"


def test_common_ranges_are_printed_and_never_a_mean() -> None:
    """What two overlapping values share, on both readings."""
    verdict = two("5 to 9", "7 to 12").verdict("a", "b")
    assert verdict.common_soft is not None
    assert (verdict.common_soft.hull.lo, verdict.common_soft.hull.hi) == (7, 9)
