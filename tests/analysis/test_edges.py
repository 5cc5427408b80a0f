"""What is rare: odd records, refused content, words for every kind of region."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import uuid4

import pytest

from claims.analysis.assess import assess_topic
from claims.analysis.canonical import canonical_json, content, content_hash
from claims.analysis.circles import circles
from claims.analysis.outcomes import Dispute, Relation
from claims.analysis.records import Document, Scope, Snapshot
from claims.analysis.vocabulary import DateAspect, Stance, TermLink, Tier, ValueKind
from claims.analysis.wording import listed, plural, region
from claims.errors import InvalidValue
from claims.values.interval import Region
from tests.analysis.world import World, name


def document(**csl: object) -> Document:
    return Document(
        id=uuid4(), key="d", csl=csl, voice=name("source", "s"), tier=Tier.PRIMARY, language="en"
    )


def test_content_has_no_id_no_nulls_and_utc_times() -> None:
    at = datetime(2021, 7, 16, 12, tzinfo=timezone(timedelta(hours=2)))
    snapshot = Snapshot(
        id=uuid4(),
        document=name("document", "d"),
        sha256="0" * 64,
        media_type="text/plain",
        text_sha256="0" * 64,
        extractor="identity@1",
        length=8,
        captured_at=at,
    )
    text = content(snapshot)
    assert '"captured_at":"2021-07-16T10:00:00.000000Z"' in text
    assert '"length":"8"' in text
    assert str(snapshot.id) not in text
    assert "null" not in text
    early = replace(snapshot, captured_at=datetime(92, 7, 16, tzinfo=UTC))
    assert '"captured_at":"0092-07-16T00:00:00.000000Z"' in content(early)
    same = replace(snapshot, id=uuid4(), captured_at=at.astimezone(UTC))
    assert content_hash(same) == content_hash(snapshot)


def test_content_refuses_what_has_no_canonical_form() -> None:
    with pytest.raises(InvalidValue, match=r"0\.1 has no canonical form"):
        content(document(price=0.1))
    with pytest.raises(InvalidValue, match="has no time zone"):
        content(document(issued=datetime(2021, 7, 16)))  # noqa: DTZ001 - what is refused


def test_content_keeps_truth_and_order() -> None:
    assert '"csl":{"a":true,"b":["2","1"]}' in content(document(b=[2, 1], a=True, c=None, d=[]))
    assert canonical_json({"b": "ə", "a": "1"}) == '{"a":"1","b":"ə"}'


def test_a_document_without_a_title_has_its_key() -> None:
    assert document().title == "d"
    assert document(title="T").title == "T"


def test_circles_of_three_and_of_two() -> None:
    a, b, c, d, e = sorted(uuid4() for _ in range(5))
    found = circles({a: {b}, b: {c}, c: {a}, d: {e, a}, e: {d}})
    assert found == ((a, b, c), (d, e))


REGIONS = [
    (Region.of(8, 8), ValueKind.COUNT, "exactly 8"),
    (Region.points([8, 11]), ValueKind.COUNT, "exactly 8 or exactly 11"),
    (Region.of(1500, None), ValueKind.COUNT, "1,500 or more"),
    (Region.of(8, 10, hi_open=True), ValueKind.COUNT, "8 to less than 10"),
    (Region.of(8, None, lo_open=True), ValueKind.COUNT, "more than 8"),
    (Region.of(None, 8), ValueKind.COUNT, "8 or less"),
    (Region.of(None, 8, hi_open=True), ValueKind.COUNT, "less than 8"),
    (Region.of(None, None), ValueKind.COUNT, "no bound"),
    (Region.of(Decimal("0.5"), 1, lo_open=True), ValueKind.PROPORTION, "more than 50 % to 100 %"),
    (Region.of(Decimal(37) / 60, 1), ValueKind.PROPORTION, "61.67 % to 100 %"),
    (Region.of(727_238, 727_238), ValueKind.DATE, "10 February 1992"),
    (Region.of(727_238, None), ValueKind.DATE, "10 February 1992 or later"),
    (Region.of(727_238, None, lo_open=True), ValueKind.DATE, "after 10 February 1992"),
    (Region.of(None, 727_238), ValueKind.DATE, "10 February 1992 or earlier"),
    (Region.of(None, 727_238, hi_open=True), ValueKind.DATE, "before 10 February 1992"),
    (Region.of(0, 0), ValueKind.DATE, "31 December 1 BCE"),
    (Region.of(172_800, 172_800), ValueKind.DURATION, "2 days"),
    (Region.of(90, 3_600), ValueKind.DURATION, "90 seconds to 1 hour"),
    (Region.of(Decimal("0.5"), Decimal("0.5")), ValueKind.DURATION, "0.5 seconds"),
]


@pytest.mark.parametrize(("covered", "kind", "words"), REGIONS)
def test_regions_in_words(covered: Region, kind: ValueKind, words: str) -> None:
    assert region(covered, kind) == words


def test_lists_and_plurals() -> None:
    assert [listed([]), listed("a"), listed("ab"), listed("abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert (plural(1, "claim"), plural(2000, "claim")) == ("1 claim", "2,000 claims")


def test_broader_terms_that_run_in_a_circle_are_refused() -> None:
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.term("a", broader="b")
    world.term("b", broader="a")
    world.say("c", "who", "a")
    with pytest.raises(InvalidValue, match="is broader than itself"):
        world.assess()


def test_an_affirming_claim_without_a_value() -> None:
    """It cannot be compared, takes no position, and is an origin all the same."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.say("a", "who", None, document="A")
    world.say("b", "who", "army", document="B")
    assert world.verdict("a", "b").reason == "no_value"
    assert [p.size for p in world.result("who").positions] == [1]
    world.ask("where", ValueKind.PLACE)
    world.say("c", "where", None, document="A")
    world.say("d", "where", "town", document="B")
    assert world.verdict("c", "d").relation is Relation.NOT_COMPARABLE
    assert world.result("where").origins == 2


def test_a_denial_of_a_date_that_gives_no_day() -> None:
    """Nothing lies inside what has no day."""
    world = World()
    world.ask("end", ValueKind.DATE, aspect=DateAspect.END)
    world.say("a", "end", "1992-02-10", document="A")
    world.say("b", "end", "1991-10/", document="B", stance=Stance.DENIES)
    assert world.verdict("a", "b").reason == "outside_denial"
    world.say("b", "end", "1992-02", document="B", stance=Stance.DENIES)
    assert world.verdict("a", "b").reason == "opposite_stance"


def test_an_undated_running_total_without_a_number() -> None:
    """ "Many" and "none" cannot both be true, at one time."""
    world = World()
    world.ask("q", unit="people", running_total=True)
    world.say("a", "q", "many", document="A")
    world.say("b", "q", "none", document="B")
    assert world.verdict("a", "b").otherwise is Relation.COMPATIBLE


def test_parties_that_are_not_opposed_to_each_other() -> None:
    """Two parties in one position that are opposed only to a third."""
    world = World()
    world.ask("q", unit="people")
    for party in "ABC":
        world.source(f"side {party}", party=party)
    world.oppose("A", "C")
    for party in "AB":
        world.say(party, "q", "8", document=party, speakers=[f"side {party}"])
    assert not world.result("q").positions[0].opposed
    world.say("C", "q", "8", document="C", speakers=["side C"])
    assert world.result("q").positions[0].opposed


def linked(part: Scope, whole: Scope, *, asked: Scope = Scope()) -> World:  # noqa: B008 - frozen
    """Twelve in a part, eight in the whole, each with a scope of its own."""
    world = World()
    world.term("people")
    world.term("women", broader="people")
    world.place("country")
    world.place("town", part_of="country")
    world.ask("whole", unit="people")
    world.ask("part", unit="people", subset_of="whole", scope=asked)
    world.say("a", "whole", "8", document="A", scope=whole)
    world.say("b", "part", "12", document="B", scope=part)
    return world


WOMEN = Scope(population=name("term", "women"))
PEOPLE = Scope(population=name("term", "people"))
FEBRUARY = Scope(period="1992-02")
YEAR = Scope(period="1992")


@pytest.mark.parametrize(
    ("part", "whole", "asked", "conflict"),
    [
        (Scope(), Scope(), Scope(), True),
        (WOMEN, Scope(), Scope(), True),
        (WOMEN, Scope(), PEOPLE, True),
        (PEOPLE, Scope(), WOMEN, False),
        (Scope(), WOMEN, Scope(), False),
        (WOMEN, PEOPLE, Scope(), True),
        (PEOPLE, WOMEN, Scope(), False),
        (WOMEN, WOMEN, Scope(), True),
        (FEBRUARY, YEAR, Scope(), True),
        (YEAR, FEBRUARY, Scope(), False),
    ],
)
def test_a_link_holds_as_far_as_the_claims_keep_to_it(
    part: Scope, whole: Scope, asked: Scope, conflict: bool
) -> None:
    """A claim on fewer than its question asks for is no whole for another's part."""
    world = linked(part, whole, asked=asked)
    expected = Dispute.CONFLICT_HARD if conflict else Dispute.NONE
    assert world.result("whole").dispute is expected


def test_links_cross_only_between_exclusive_questions_of_one_kind_and_basis() -> None:
    world = linked(Scope(), Scope())
    world.ask("whole", unit="people", exclusive=False)
    assert world.result("part").dispute is Dispute.NONE
    world = linked(Scope(count_basis=name("term", "bodies")), Scope())
    world.term("bodies")
    assert world.result("part").dispute is Dispute.NONE
    world = World()
    world.ask("when", ValueKind.DATE, aspect=DateAspect.END)
    world.ask("when first", ValueKind.DATE, aspect=DateAspect.END, subset_of="when")
    world.say("a", "when", "1991-10/", document="A")
    world.say("b", "when first", "1992-02-10", document="B")
    assert world.result("when").dispute is Dispute.NONE
    world.say("b", "when first", "1992-02-10", document="B", stance=Stance.DENIES)
    assert world.result("when").dispute is Dispute.NONE


def test_texts_of_part_and_whole_never_conflict() -> None:
    world = World()
    world.ask("words", ValueKind.TEXT)
    world.ask("first words", ValueKind.TEXT, subset_of="words")
    world.say("a", "words", "leave", document="A")
    world.say("b", "first words", "go", document="B")
    assert world.result("words").dispute is Dispute.NONE


def test_the_largest_agreement_is_searched_within_a_bound() -> None:
    """Twenty-one rival figures of two voices each: the number is a lower bound."""
    world = World()
    world.ask("q", unit="people")
    for figure in range(21):
        for copy in range(3):
            key = f"{figure} {copy}"
            voice = ["M"] if copy else []
            world.say(key, "q", str(100 * figure + 1), document=f"D{key}", speakers=voice)
    (result,) = assess_topic(world.casefile()).questions
    assert (result.supported_by, result.exact) == (2, False)
    assert "AT_LEAST" in {note.code for note in result.notes}


def test_accusers_without_a_recorded_name_for_their_party() -> None:
    """Nobody is opposed to a side that the claim does not come from."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.say("a", "who", "army", document="A", accused="B")
    world.say("b", "who", "militia", document="B")
    assert world.verdict("a", "b").relation is Relation.UNCLASSIFIED


def test_denying_the_whole_denies_the_part_by_scope_as_by_link() -> None:
    """A narrower claim lies inside what is denied of the whole."""
    world = World()
    world.term("people")
    world.term("women", broader="people")
    world.ask("q", unit="people", scope=PEOPLE)
    world.say("a", "q", "8", document="A", scope=WOMEN)
    world.say("b", "q", "at least 1", document="B", scope=PEOPLE, stance=Stance.DENIES)
    assert world.verdict("a", "b").reason == "opposite_stance"
    world.say("b", "q", "8", document="B", scope=PEOPLE, stance=Stance.DENIES)
    verdict = world.verdict("a", "b")
    assert verdict.reason == "scope"
    assert verdict.explanation == "“8” is said of a part of what “8” is said of."
    world.ask("burned", ValueKind.BOOLEAN, scope=PEOPLE)
    world.say("c", "burned", "yes", document="A", scope=WOMEN)
    world.say("d", "burned", "yes", document="B", scope=PEOPLE, stance=Stance.DENIES)
    assert world.verdict("c", "d").relation is Relation.CONFLICT_HARD


def test_what_could_not_be_confirmed_of_something_else() -> None:
    """A search among soldiers says nothing about women."""
    world = World()
    world.term("women")
    world.term("soldiers")
    world.ask("q", unit="people")
    world.say("a", "q", "8", document="A", scope=WOMEN)
    soldiers = Scope(population=name("term", "soldiers"))
    world.say("b", "q", None, document="B", scope=soldiers, stance=Stance.COULD_NOT_CONFIRM)
    assert world.verdict("a", "b").relation is Relation.NOT_COMPARABLE
    assert world.result("q").status == "SINGLE"


def test_answers_that_do_not_exclude_each_other_in_part_and_whole() -> None:
    world = World()
    world.link("army", "militia", TermLink.EXCLUSIVE)
    world.term("people")
    world.term("women", broader="people")
    world.ask("who", ValueKind.CATEGORY, exclusive=False, scope=PEOPLE)
    world.say("a", "who", "army", document="A", scope=WOMEN)
    world.say("b", "who", "militia", document="B", scope=PEOPLE)
    assert world.verdict("a", "b").relation is Relation.COMPATIBLE


def test_many_said_twice_is_no_agreement() -> None:
    """The word is no number; two papers that use it agree on nothing that can be compared."""
    world = World()
    world.ask("q", unit="people")
    world.say("a", "q", "many", document="A")
    world.say("b", "q", "many", document="B")
    assert world.result("q").status == "SINGLE"
    assert "NOT_COMPARABLE" in world.codes("q")


def test_two_records_of_one_gazetteer_entry_are_one_answer() -> None:
    world = World()
    world.ask("where", ValueKind.PLACE)
    for key in ("Shusha", "Şuşa"):
        world.place(key)
        world.places[name("place", key)] = replace(
            world.places[name("place", key)], gazetteer="geonames:147551"
        )
        world.say(key, "where", key, document=key)
    result = world.result("where")
    assert (result.status, len(result.positions)) == ("AGREED_INDEPENDENT", 1)


def test_a_person_decides_on_notes_and_support_too() -> None:
    """What is recorded as agreement is no longer unclassified."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    world.say("a", "who", "army", document="A")
    world.say("b", "who", "militia", document="B")
    world.override("a", "b", relation="AGREE")
    assert world.result("who").status == "COMPATIBLE_INDEPENDENT"
    assert "UNCLASSIFIED" not in world.codes("who")
    world.overrides.clear()
    world.override("a", "b", relation="CONFLICT_HARD")
    assert (world.result("who").reasons, world.result("who").status) == (
        ("override",),
        "CONFLICT_HARD",
    )


def test_a_part_greater_by_rounding_says_so() -> None:
    world = World()
    world.ask("whole", unit="people")
    world.ask("part", unit="people", subset_of="whole")
    world.say("a", "whole", "1,497", document="A")
    world.say("b", "part", "1,500", document="B")
    verdict = world.verdict("a", "b")
    assert verdict.relation is Relation.CONFLICT_SOFT
    assert "if by no more than rounding would explain" in verdict.explanation


@pytest.mark.parametrize("turn", range(3))
def test_what_decides_takes_part_in_a_large_question(turn: int) -> None:
    """One recorded exclusion among 200 categories; one fall in the middle of 300 totals."""
    world = World()
    world.ask("who", ValueKind.CATEGORY)
    for number in range(200):
        world.say(f"{turn} {number}", "who", f"group {turn} {number}", document=f"D{number}")
    world.link(f"group {turn} 70", f"group {turn} 130", TermLink.EXCLUSIVE)
    assert world.result("who").reasons == ("exclusive_categories",)

    world = World()
    world.ask("toll", unit="people", running_total=True)
    start = date(2021, 1, 1).toordinal()
    for number in range(300):
        day = date.fromordinal(start + number).isoformat()
        figure = 10 * number - (25 if number == 150 else 0)
        key = f"{turn} {number}"
        world.say(key, "toll", str(figure), document=f"E{key}", as_of=day)
    assert world.result("toll").reasons == ("falling_total",)
