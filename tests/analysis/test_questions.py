"""The two results of a question, its positions and its notes (domain.md §4)."""

from __future__ import annotations

import pytest

from claims.analysis.assess import Bounds, assess_topic
from claims.analysis.outcomes import Changed, Dispute, Relation, Support
from claims.analysis.records import Assessment
from claims.analysis.vocabulary import (
    DateAspect,
    Dependence,
    RangeBasis,
    Scheme,
    Stance,
    TermLink,
    ValueKind,
)
from claims.values.interval import Region
from tests.analysis.world import World, name


@pytest.fixture
def world() -> World:
    """One question on people."""
    made = World()
    made.ask("q", unit="people")
    return made


def test_unanswered(world: World) -> None:
    """No claim at all, or nobody who affirms."""
    assert world.result("q").status == "UNANSWERED"
    world.say("a", "q", "8", document="A", stance=Stance.DENIES)
    result = world.result("q")
    assert (result.status, result.origins, result.positions) == ("UNANSWERED", 0, ())
    assert "DENIED" in world.codes("q")


def test_single(world: World) -> None:
    """One claim of one origin is not a fact."""
    world.say("a", "q", "8", document="A")
    assert (world.result("q").support, world.result("q").origins) == (Support.SINGLE, 1)


def test_compatible_independent_counts_who_admits_the_most_precise(world: World) -> None:
    """Two papers that say "several", one that says 8: three origins fit 8."""
    world.say("a", "q", "several", document="A")
    world.say("b", "q", "8", document="B")
    world.say("c", "q", "5 to 12", document="C")
    result = world.result("q")
    assert (result.support, result.supported_by) == (Support.COMPATIBLE_INDEPENDENT, 3)
    assert result.dispute is Dispute.NONE


def test_what_refines_a_vague_word_in_two_ways_is_not_counted_together(world: World) -> None:
    """3 and 9 are both several, and conflict."""
    world.say("a", "q", "several", document="A")
    world.say("b", "q", "3", document="B")
    world.say("c", "q", "9", document="C")
    result = world.result("q")
    assert (result.support, result.supported_by) == (Support.COMPATIBLE_INDEPENDENT, 2)
    assert result.status == "CONFLICT_HARD"


def test_overlap_alone_is_no_support(world: World) -> None:
    """Ranges that share a part neither agree nor refine each other."""
    world.say("a", "q", "5 to 9", document="A")
    world.say("b", "q", "7 to 12", document="B")
    assert world.result("q").status == "SINGLE"


def test_one_doubter_does_not_hide_agreement(world: World) -> None:
    """Dispute and support are two results."""
    for key in "ABC":
        world.say(key, "q", "8", document=key)
    world.say("d", "q", "8", document="D", stance=Stance.DOUBTS)
    result = world.result("q")
    assert (result.status, result.support) == ("CONFLICT_SOFT", Support.AGREED_INDEPENDENT)
    assert result.supported_by == 3


@pytest.mark.parametrize("copies", [1, 2])
def test_uncorroborated(world: World, copies: int) -> None:
    """Somebody looked and could not confirm: neither single nor repeated, nor denied."""
    for copy in range(copies):
        world.say(f"a{copy}", "q", "8", document="A")
    world.say("b", "q", None, document="A", stance=Stance.COULD_NOT_CONFIRM)
    result = world.result("q")
    assert (result.status, result.dispute) == ("UNCORROBORATED", Dispute.NONE)
    assert "UNCONFIRMED" in world.codes("q")


def test_retracted_and_superseded_claims_count_no_more(world: World) -> None:
    """They are shown all the same."""
    world.say("a", "q", "80", document="A", retracted_at="2021-07-19")
    world.say("b", "q", "90", document="B")
    world.say("c", "q", "8", document="B", supersedes="b")
    result = world.result("q")
    assert (result.status, len(result.claims)) == ("SINGLE", 3)
    assert [read.counts for read in result.claims].count(False) == 2
    assert {"RETRACTED", "SUPERSEDED"} <= world.codes("q")


def test_part_of_whole_marks_both_questions() -> None:
    """Dozens by shelling exceed eight in all, and typically exceed several."""
    world = World()
    world.ask("killed", unit="people")
    world.ask("by shelling", unit="people", subset_of="killed")
    world.say("lead", "killed", "eight civilians")
    world.say("memorial", "killed", "several civilians", speakers=["Memorial"])
    world.say("shelling", "by shelling", "dozens of civilians", speakers=["Memorial"])
    for question in ("killed", "by shelling"):
        result = world.result(question)
        assert (result.dispute, result.reasons) == (
            Dispute.CONFLICT_HARD,
            ("subset_exceeds_total",),
        )
        assert "DIVERGENT_ORIGIN" in world.codes(question)
    hard = world.verdict("shelling", "lead")
    assert hard.assumption == "What “by shelling?” asks is part of what “killed?” asks."
    assert hard.otherwise is Relation.NOT_COMPARABLE
    assert "a part of what “eight civilians” (exactly 8) counts" in hard.explanation
    soft = world.verdict("shelling", "memorial")
    assert soft.relation is Relation.CONFLICT_SOFT
    assert "typically 24 to 99" in soft.explanation


def test_parts_of_parts_and_circles_of_parts() -> None:
    """A part of a part is a part; a circle does not hang."""
    world = World()
    world.ask("all", unit="people")
    world.ask("civilians", unit="people", subset_of="all")
    world.ask("women", unit="people", subset_of="civilians")
    world.say("a", "all", "8", document="A")
    world.say("b", "women", "dozens", document="B")
    assert world.result("all").status == "CONFLICT_HARD"
    world.ask("all", unit="people", subset_of="women")
    assert world.result("women").status == "CONFLICT_HARD"


@pytest.mark.parametrize(
    ("aspect", "whole", "part", "conflict"),
    [
        (DateAspect.PERIOD, "1992-02-10/1992-02-12", "1992-02-13", True),
        (DateAspect.PERIOD, "1992-02-10/1992-02-12", "1992-02-11", False),
        (DateAspect.START, "1992-02-10", "1992-02-09", True),
        (DateAspect.START, "1992-02-10", "1992-02-11", False),
        (DateAspect.END, "1992-02-10", "1992-02-11", True),
        (DateAspect.END, "1992-02-10", "1992-02-09", False),
    ],
)
def test_dates_outside_their_whole(
    aspect: DateAspect, whole: str, part: str, *, conflict: bool
) -> None:
    """A part begins no earlier and ends no later than its whole."""
    world = World()
    world.ask("whole", ValueKind.DATE, aspect=aspect)
    world.ask("part", ValueKind.DATE, aspect=DateAspect.MOMENT, subset_of="whole")
    world.say("a", "whole", whole, document="A")
    world.say("b", "part", part, document="B")
    expected = ("outside_whole",) if conflict else ()
    assert world.result("part").reasons == expected


def test_what_is_said_of_a_whole_holds_for_its_parts() -> None:
    """Truths and categories, as a printed assumption."""
    world = World()
    world.ask("burned", ValueKind.BOOLEAN)
    world.ask("one burned", ValueKind.BOOLEAN, subset_of="burned")
    world.say("a", "burned", "yes", document="A")
    world.say("b", "one burned", "no", document="B")
    verdict = world.verdict("a", "b")
    assert verdict.relation is Relation.CONFLICT_HARD
    assert verdict.assumption == "What is said of the whole is taken to hold for each part of it."
    world.say("b", "one burned", "yes", document="B", stance=Stance.DOUBTS)
    assert world.verdict("a", "b").relation is Relation.CONFLICT_SOFT
    world.say("b", "one burned", "yes", document="B")
    assert world.result("burned").dispute is Dispute.NONE

    world.ask("who", ValueKind.CATEGORY)
    world.ask("who first", ValueKind.CATEGORY, subset_of="who")
    world.say("c", "who", "army", document="A")
    world.say("d", "who first", "irregulars", document="B")
    assert world.result("who").dispute is Dispute.NONE
    world.link("army", "irregulars", TermLink.EXCLUSIVE)
    assert world.result("who").reasons == ("exclusive_categories",)


def test_denying_the_whole_denies_the_part() -> None:
    """Who says that nobody was killed says that nobody was killed by shelling."""
    world = World()
    world.ask("killed", unit="people")
    world.ask("by shelling", unit="people", subset_of="killed")
    world.say("a", "by shelling", "dozens", document="A")
    world.say("b", "killed", "at least 1", document="B", stance=Stance.DENIES)
    assert world.result("by shelling").reasons == ("opposite_stance",)
    world.say("b", "killed", "at least 1", document="B", stance=Stance.DOUBTS)
    assert world.result("killed").dispute is Dispute.CONFLICT_SOFT
    for said in ("8", "at least 100"):
        world.say("b", "killed", said, document="B", stance=Stance.DENIES)
        assert world.result("killed").dispute is Dispute.NONE
    world.say("b", "killed", "8", document="B", stance=Stance.COULD_NOT_CONFIRM)
    assert world.result("by shelling").dispute is Dispute.NONE


def test_a_part_counted_later_may_have_outgrown_its_whole() -> None:
    """Running totals are compared with what was known at the time."""
    world = World()
    world.ask("killed", unit="people", running_total=True)
    world.ask("children", unit="people", running_total=True, subset_of="killed")
    world.say("a", "killed", "8", document="A", as_of="2021-07-16")
    world.say("b", "children", "12", document="B", as_of="2021-07-18")
    assert world.result("killed").dispute is Dispute.NONE
    world.say("b", "children", "12", document="B", as_of="2021-07-16")
    assert world.result("killed").dispute is Dispute.CONFLICT_HARD


def test_a_part_in_other_units_or_kinds_does_not_conflict() -> None:
    """Only what can be compared crosses a link."""
    world = World()
    world.ask("killed", unit="people")
    world.ask("families", unit="families", subset_of="killed")
    world.ask("share", ValueKind.PROPORTION, subset_of="killed")
    world.say("a", "killed", "8", document="A")
    world.say("b", "families", "12 families", document="B")
    world.say("c", "share", "most", document="C")
    assert world.result("killed").dispute is Dispute.NONE


def test_positions_are_cliques_with_their_common_range(world: World) -> None:
    """7 to 12 overlaps both 5 to 9 and 11 to 20, which do not overlap each other."""
    world.say("a", "q", "5 to 9", document="A")
    world.say("b", "q", "7 to 12", document="B")
    world.say("c", "q", "11 to 20", document="C", speakers=["M"])
    world.say("d", "q", "11 to 20", document="D", speakers=["M"])
    first, second = world.result("q").positions
    assert (first.common, first.size, first.origins) == (Region.of(7, 9), 2, 2)
    assert (second.common, second.size, second.origins) == (Region.of(11, 12), 3, 2)
    assert first.label == "5 to 9 · 7 to 12"


def test_points_of_a_set_take_several_positions(world: World) -> None:
    """ "8 or 11" stands with 8 and with 11."""
    world.say("a", "q", "8 or 11", document="A")
    world.say("b", "q", "8", document="B")
    world.say("c", "q", "11", document="C")
    sizes = [(str(p.common.hull.lo), p.size) for p in world.result("q").positions if p.common]
    assert sizes == [("8", 2), ("11", 2)]


def test_positions_of_categories_follow_the_hierarchy() -> None:
    """A broader answer stands with each narrower one."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.term("armed units")
    world.term("irregulars", broader="armed units")
    world.term("army", broader="armed units")
    for key in ("armed units", "irregulars", "army"):
        world.say(key, "who", key, document=key)
    positions = {p.label: (p.size, p.common) for p in world.result("who").positions}
    assert positions == {"irregulars": (2, None), "army": (2, None)}


def test_units_do_not_share_a_position(world: World) -> None:
    """8 families stand apart from 8 people."""
    world.say("a", "q", "8 people", document="A")
    world.say("b", "q", "8 families", document="B")
    assert [p.size for p in world.result("q").positions] == [1, 1]
    notes = {note.code: note.count for note in world.result("q").notes}
    assert notes["NOT_COMPARABLE"] == 1


def test_opposed_parties_in_one_position(world: World) -> None:
    """Agreement between enemies is shown; what serves one's own side cannot confirm."""
    world.source("side A", party="A")
    world.source("side B", party="B")
    world.oppose("A", "B")
    world.say("a", "q", "8", document="D1", speakers=["side A"], accused="B")
    world.say("b", "q", "8", document="D2", speakers=["side B"], accused="B")
    result = world.result("q")
    assert result.positions[0].opposed
    assert {"SELF_SERVING", "AGAINST_INTEREST", "OPPOSED_PARTIES_AGREE"} <= world.codes("q")
    assert (result.support, result.origins) == (Support.REPEATED, 2)
    flags = {read.claim.key: (read.self_serving, read.against_interest) for read in result.claims}
    assert flags == {"a": (True, False), "b": (False, True)}


def test_self_serving_claims_alone_confirm_nothing(world: World) -> None:
    """Two parties that both blame a third stay below agreement."""
    world.source("side A", party="A")
    world.source("side C", party="C")
    world.say("a", "q", "8", document="D1", speakers=["side A"], accused="B")
    world.say("b", "q", "8", document="D2", speakers=["side C"], accused="B")
    assert world.result("q").status == "REPEATED"


def test_notes_of_coding(world: World) -> None:
    """Ranges of unknown basis, numbers the coder counted, claims nobody has assessed."""
    world.say("a", "q", "580 to 1500", document="A", range_basis=RangeBasis.UNKNOWN)
    world.say("b", "q", "3", document="B", counted_by_coder=True)
    world.say("c", "q", "580 to 1500", document="C", range_basis=RangeBasis.SOURCES)
    notes = {note.code: note for note in world.result("q").notes}
    assert notes["RANGE_UNRESOLVED"].count == 1
    assert notes["COUNTED_BY_CODER"].count == 1
    assert notes["UNASSESSED"].count == 3
    world.assessments.append(
        Assessment(
            id=name("assessment", "a"),
            of="claim",
            target=name("claim", "a"),
            scheme=Scheme.CONFIDENCE,
            code="low",
            reason="a range of unknown basis",
            assessed_by="the coder",
        )
    )
    assert {n.code: n.count for n in world.result("q").notes}["UNASSESSED"] == 2


def test_unclassified_answers_are_a_note_and_no_conflict() -> None:
    """A person is asked; strings decide nothing."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.say("a", "who", "army", document="A")
    world.say("b", "who", "militia", document="B")
    assert world.result("who").status == "SINGLE"
    assert "UNCLASSIFIED" in world.codes("who")


def test_tension_and_mutual_accusation_are_disputes() -> None:
    """Worst first: accusation before tension."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.link("army", "militia", TermLink.RECONCILABLE)
    world.say("a", "who", "army", document="A")
    world.say("b", "who", "militia", document="B")
    assert world.result("who").status == "TENSION"
    world.source("side A", party="A")
    world.source("side B", party="B")
    world.oppose("A", "B")
    world.say("c", "who", "army", document="C", speakers=["side A"], accused="B")
    world.say("d", "who", "militia", document="D", speakers=["side B"], accused="A")
    assert world.result("who").status == "MUTUAL_ACCUSATION"


def test_another_profile_changes_the_verdict(world: World) -> None:
    """20 is not "several" here, and is in the PITF codebook."""
    world.say("a", "q", "several", document="A")
    world.say("b", "q", "20", document="B")
    result = world.result("q")
    assert result.status == "CONFLICT_SOFT"
    assert Changed("pitf@1", Dispute.NONE, Support.COMPATIBLE_INDEPENDENT) in result.changes
    assert all(changed.profile != "acled@1" for changed in result.changes)
    assert world.result("q", profile="pitf@1").status == "COMPATIBLE_INDEPENDENT"


def test_listing_is_bounded_and_says_so(world: World) -> None:
    """Pairs, members and positions within a bound; the counts stay whole."""
    for number in range(8):
        world.say(f"c{number}", "q", str(number), document=f"D{number}")
        world.say(f"d{number}", "q", str(number), document=f"E{number}")
    bounds = Bounds(pairs=5, members=1, positions=3)
    (result,) = world.assess(bounds=bounds).questions
    assert (len(result.relations), result.relations_omitted) == (5, 16 * 15 // 2 - 5)
    assert (len(result.positions), result.positions_omitted) == (3, 5)
    assert all((len(p.claims), p.size) == (1, 2) for p in result.positions)
    assert result.relations[0].relation is Relation.CONFLICT_HARD


def test_too_many_statements_to_compare_all(world: World) -> None:
    """The extremes decide; the report says that not everything was compared."""
    for number in range(40):
        world.say(f"c{number}", "q", f"{100 + number} to 200", document=f"D{number}")
    world.say("low", "q", "7", document="low")
    (result,) = assess_topic(world.casefile(), bounds=Bounds(signatures=20)).questions
    assert (result.status, result.relations_omitted) == ("CONFLICT_HARD", None)
    assert "COMPARED_IN_PART" in {note.code for note in result.notes}


def test_dates_that_a_value_does_not_give(world: World) -> None:
    """A claim whose value has no day to compare takes no position."""
    world.ask("end", ValueKind.DATE, aspect=DateAspect.END)
    world.say("a", "end", "1991-10/", document="A")
    world.say("b", "end", "1992-02-10", document="B")
    assert [p.size for p in world.result("end").positions] == [1]


def test_a_dependent_copy_leaves_everything_but_single(world: World) -> None:
    """Single becomes repeated, and nothing else moves."""
    world.say("a", "q", "8", document="A")
    before = world.result("q")
    world.say("copy", "q", "8", document="copy")
    world.relate(Dependence.WIRE_COPY, "copy", "A", documents=True)
    after = world.result("q")
    assert (before.support, after.support) == (Support.SINGLE, Support.REPEATED)
    assert (before.origins, before.dispute) == (after.origins, after.dispute)
