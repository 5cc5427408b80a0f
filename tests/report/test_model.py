"""What the report holds before anybody prints it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.analysis.outcomes import Relation, Support, TopicResult, Verdict
from claims.analysis.records import Locator, Party, Place, Scope
from claims.analysis.vocabulary import DocumentStatus, Part, Stance, ValueKind
from claims.report import text
from claims.report.citations import csl_date
from claims.report.model import build, narrowed
from claims.report.shape import QuestionEntry
from claims.report.telling import facts
from claims.report.words import letters, origins
from claims.values.quantity import parse_quantity
from claims.values.truth import Truth
from claims.values.when import parse_when
from tests.report.flood import flood, flood_bench
from tests.report.made import ARTICLE, HEAD, NOW, RELIEF, SEVERAL, Bench, ident, position


def entry(key: str) -> QuestionEntry:
    """The flood's question of this key."""
    return next(entry for entry in flood().questions if entry.question.key == key)


def test_claims_are_tagged_by_question_and_in_the_order_of_the_text() -> None:
    assert [claim.tag for claim in entry("killed").claims] == ["1a", "1b", "1c"]
    assert [claim.key for claim in entry("killed").claims] == ["box", "lead", "several"]


def test_citations_are_numbered_in_the_order_of_the_text() -> None:
    passages = [passage for document in flood().documents for passage in document.passages]
    assert [passage.number for passage in passages] == list(range(1, 23))
    starts = [passage.start or 0 for passage in passages]
    assert starts == sorted(starts)
    assert passages[0].claims == ("1a",)


def test_a_passage_of_two_claims_is_cited_once() -> None:
    bench = Bench()
    asked = bench.ask("one", "How many?")
    shared = bench.passage("shared", "eight or more")
    claims = [
        bench.claim(asked, key, SEVERAL, passages=(shared.id,)) for key in ("first", "second")
    ]
    bench.result(asked, claims, positions=(position(claims, SEVERAL.soft),))
    passages = [passage for document in bench.report().documents for passage in document.passages]
    assert [(passage.number, passage.claims) for passage in passages] == [(1, ("1a", "1b"))]


def test_the_order_of_claims_and_records_does_not_matter() -> None:
    bench, turned = flood_bench(), flood_bench()
    turned.claims.reverse()
    turned.passages.reverse()
    assert text.render(turned.report(), width=90) == text.render(bench.report(), width=90)


def test_conflicting_claims_of_a_part_stand_beside_those_of_the_whole() -> None:
    whole, part = entry("killed"), entry("killed-by-dam")
    assert [claim.tag for claim in whole.sides[-1].claims] == ["2a"]
    assert whole.sides[-1].heading == "From question 2"
    assert part.sides[-1].claims == ()
    assert [claim.tag for claim in part.sides[-1].brief] == ["1a"]


def test_a_claim_of_several_positions_is_printed_once() -> None:
    bench = Bench()
    asked = bench.ask("one", "How many?")
    both = bench.claim(asked, "both", SEVERAL)
    low = bench.claim(asked, "low", parse_quantity("3"))
    high = bench.claim(asked, "high", parse_quantity("9"))
    three, nine = low.value, high.value
    assert three is not None
    assert nine is not None
    found = (
        position((low, both), parse_quantity("3").soft),
        position((high, both), parse_quantity("9").soft),
    )
    bench.result(asked, (both, low, high), positions=found)
    sides = bench.report().questions[0].sides
    assert [len(side.claims) for side in sides] == [2, 1]
    assert sides[1].repeated == ("1a",)


def test_members_beyond_the_bound_are_counted() -> None:
    bench = Bench()
    asked = bench.ask("one", "How many?")
    claims = [bench.claim(asked, str(n), SEVERAL) for n in range(30)]
    listed = position(claims[:20], SEVERAL.soft, size=30, origins=1, origins_if_dependent=1)
    bench.result(asked, claims, positions=(listed,), relations_omitted=None)
    found = bench.report().questions[0]
    assert [side.omitted for side in found.sides] == [10]
    assert found.positions[0].origins_words == "1 origin, stated 30 times"
    assert "10 further claims, not listed here" in text.render(bench.report(), width=90)
    assert any("too many claims" in remark for remark in found.remarks)


def test_many_claims_apart_are_listed_up_to_the_bound() -> None:
    bench = Bench()
    asked = bench.ask("one", "How many?")
    claims = [bench.claim(asked, str(n), SEVERAL, stance=Stance.DENIES) for n in range(25)]
    bench.result(asked, claims, support=Support.UNANSWERED, origins=0, origins_if_dependent=0)
    side = bench.report().questions[0].sides[0]
    assert (side.heading, len(side.claims), side.omitted) == ("Denied", 20, 5)


def test_chains_are_told_in_words() -> None:
    several = entry("killed").claims[2]
    assert several.chain_words == (
        "The gazette → Relief group (“According to”), own document not held"
    )
    assert entry("killed").claims[0].chain_words == "The gazette, in its own voice"
    unnamed = next(claim for claim in entry("displaced").claims if claim.key == "vague")
    assert unnamed.chain_words == "The gazette → eyewitnesses [unnamed]"


def test_another_profile_is_named_where_it_changes_the_result() -> None:
    assert (
        "Read under the profile acled@1 it would be: soft conflict, support: one claim of one "
        "origin." in entry("killed").remarks
    )


def test_scope_and_place_are_told() -> None:
    bench = Bench(more={"places": {ident("v"): Place(id=ident("v"), name="The valley")}})
    asked = bench.ask("one", "How many?")
    claim = bench.claim(asked, "one", SEVERAL, scope=Scope(area=ident("v"), period="2021-07"))
    bench.passages[0] = bench.passage(
        "passage-one",
        "several",
        part=Part.INFOBOX,
        locators=(Locator(kind="page", value="3"),),
        start=None,
        end=None,
    )
    bench.result(asked, (claim,), positions=(position((claim,), SEVERAL.soft),))
    found = bench.report().questions[0].claims[0]
    assert found.marks == ("area: The valley", "period: 2021-07")
    assert found.quotes[0].place == "infobox, page 3"
    assert "1 quote has no recorded place in an archived text." in bench.report().not_checked


def test_times_of_day_are_told() -> None:
    bench = Bench()
    asked = bench.ask("one", "When?", ValueKind.DATE)
    claim = bench.claim(asked, "one", parse_when("at midnight on February 10, 1992"))
    bench.result(asked, (claim,))
    reading = bench.report().questions[0].claims[0].reading
    assert reading is not None
    assert reading.allowed == "some day, 10 February 1992 to 11 February 1992, at 00:00"


def test_a_reader_who_may_not_see_everything_gets_a_digest() -> None:
    bench = Bench()
    outcome = TopicResult(topic=bench.topic, profile="default@1", questions=(), cross_checks=())
    digest = build(bench.casefile(), outcome, head_seq=0, head_hash=HEAD, generated_at=NOW)
    empty = build(bench.casefile(), outcome, head_seq=0, head_hash="", generated_at=NOW)
    assert "digest of what you may see (3f3f3f3f3f3f)" in tuple(facts(digest))
    assert "change log empty" in tuple(facts(empty))
    assert "change log at 57 (3f3f3f3f3f3f)" in tuple(facts(flood()))


def test_conflicts_alone_keep_their_numbers() -> None:
    shown = narrowed(flood(), "conflicts")
    assert [question.number for question in shown.questions] == [1, 2, 3, 4, 5]
    assert [section.code for section in shown.sections] == ["conflicts"]
    assert narrowed(flood(), "all") == flood()


def test_unassessed_claims_are_counted() -> None:
    assert flood().summary.unassessed == 21
    assert "Of 22 claims, 21 are unassessed" in flood().not_checked[-1]


def test_two_voices_whose_documents_are_missing_are_named_together() -> None:
    assert any(RELIEF.name in sentence for sentence in flood().not_checked)


@pytest.mark.parametrize(
    ("count", "if_dependent", "statements", "expected"),
    [
        (0, 0, 0, "no origin"),
        (1, 1, 1, "1 origin"),
        (1, 1, 2, "1 origin, in 2 statements"),
        (1, 1, 3, "1 origin, in 3 statements"),
        (2, 1, 2, "2 origins, possibly 1"),
        (2, 2, 5, "2 origins, in 5 statements"),
        (1200, 1200, 100_000, "1,200 origins, in 100,000 statements"),
    ],
)
def test_origins_in_words(count: int, if_dependent: int, statements: int, expected: str) -> None:
    assert origins(count, if_dependent, statements) == expected


def test_one_origin_that_says_it_again() -> None:
    assert origins(1, 1, 2, as_one=True) == "1 origin, stated twice"
    assert origins(1, 1, 3, as_one=True) == "1 origin, stated 3 times"
    assert origins(2, 1, 3, as_one=True) == "2 origins, possibly 1, in 3 statements"


def test_origins_that_are_a_lower_bound() -> None:
    assert origins(40, 40, 40, exact=False) == "at least 40 origins"


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        *("a", "z", "aa", "az", "ba", "zz", "aaa"),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("2021-07-20", "2021-07-20"),
        ({"date-parts": [[2021, 7, 2]]}, "2021-07-02"),
        ({"date-parts": [["2021"], ["2022", "1"]]}, "2021/2022-01"),
        ({"raw": "July 2021"}, "July 2021"),
        ({"literal": "c. 1920"}, "c. 1920"),
        ({"season": 1}, ""),
        ({"date-parts": "odd"}, ""),
        ({"date-parts": [["c. 1920", "spring"]]}, "c. 1920-spring"),
    ],
)
def test_dates_of_csl_items(value: object, expected: str) -> None:
    assert csl_date(value) == expected


def test_what_the_analysis_and_the_coder_remark_is_told() -> None:
    later = ident("later")
    bench = Bench(more={"parties": {ident("p"): Party(id=ident("p"), name="The company")}})
    asked = bench.ask("one", "How many?")
    first = bench.claim(
        asked,
        "first",
        SEVERAL,
        counts=False,
        as_of="2021-07-18",
        calendar="Julian",
        accused=ident("p"),
        note="read with care",
    )
    bench.claim(asked, "later", SEVERAL, supersedes=first.claim.id)
    marked = replace(first, self_serving=True, against_interest=True, unnamed=True)
    bench.result(asked, (marked,))
    found = bench.report().questions[0]
    assert later in {claim.id for claim in bench.claims}
    assert found.claims[0].marks == (
        "calendar: Julian",
        "as of 2021-07-18",
        "accuses The company",
        "origin unnamed: counts as the document's own voice",
        "speaks for its own party: cannot confirm",
        "speaks against its own party's interest",
        "superseded by a later claim of the same speaker; counted no more",
        "note: read with care",
    )
    assert found.sides[0].heading.startswith("Withdrawn or superseded")


def test_what_is_denied_is_told_as_denied() -> None:
    bench = Bench()
    asked = bench.ask("one", "Was it so?", ValueKind.BOOLEAN)
    denied = bench.claim(asked, "no", Truth("true", "it was so"), stance=Stance.DENIES)
    doubted = bench.claim(asked, "maybe", None, stance=Stance.DOUBTS)
    bench.result(asked, (denied, doubted), support=Support.UNANSWERED, origins=0)
    printed = text.render(bench.report(), width=60)
    assert "1a denies “it was so” (yes)" in printed
    assert "1b — doubts it" in printed


def test_a_sentence_that_denies_is_not_what_it_denies() -> None:
    bench = Bench()
    asked = bench.ask("one", "Was it so?", ValueKind.BOOLEAN)
    whole = Truth("true", "She denied that it was so.")
    claim = bench.claim(asked, "no", whole, quote=whole.said, stance=Stance.DENIES)
    bench.result(asked, (claim,), support=Support.UNANSWERED, origins=0)
    assert "1a — denies that the answer is yes" in text.render(bench.report(), width=60)


def test_bounds_are_told_with_what_they_leave_out() -> None:
    bench = Bench()
    asked = bench.ask("one", "How many?")
    claims = [bench.claim(asked, str(n), SEVERAL) for n in range(6)]
    verdicts = tuple(
        Verdict(
            a=claims[0].claim.id,
            b=other.claim.id,
            relation=Relation.UNCLASSIFIED,
            reason="no_recorded_relation",
            explanation=f"explanation {n}",
        )
        for n, other in enumerate(claims[1:])
    )
    bench.result(asked, claims, relations=verdicts, positions_omitted=2, relations_omitted=1)
    remarks = bench.report().questions[0].remarks
    assert "Positions are listed up to a bound: 2 further positions not listed." in remarks
    assert "Pairs are listed up to a bound, conflicts first: 1 further pair not listed." in remarks
    assert "The same holds for 2 further pairs" in text.render(bench.report(), width=100)


def test_a_document_without_a_copy_or_an_address_is_said_to_have_none() -> None:
    bench = Bench(more={"snapshots": {}})
    bench.documents = [
        replace(ARTICLE, csl={"title": "The flood"}, status=DocumentStatus.RETRACTED)
    ]
    asked = bench.ask("one", "How many?")
    claim = bench.claim(asked, "one", SEVERAL)
    bench.result(asked, (claim,))
    printed = " ".join(text.render(bench.report(), width=80).split())
    assert (
        "no address recorded; no access date; secondary document, language en; status: retracted; "
        "no archived copy" in printed
    )
    assert "No archived copy is held of “The flood”." in printed


def test_many_missing_documents_are_counted_after_the_first() -> None:
    bench = Bench()
    sources = [replace(RELIEF, id=ident(f"s{n}"), name=f"Group {n:02}") for n in range(20)]
    bench.sources += sources
    asked = bench.ask("one", "How many?")
    claims = [bench.claim(asked, f"c{n}", SEVERAL, speakers=(s,)) for n, s in enumerate(sources)]
    bench.result(asked, claims)
    assert any("Group 11 and 8 others are not held" in line for line in bench.report().not_checked)
