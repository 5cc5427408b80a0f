from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from claims.analysis.differences import NOTHING, Difference, by_words, differences
from claims.analysis.records import Claim, ClaimValue, Party, Passage, Scope, Source, Speaker
from claims.analysis.vocabulary import Sensitivity, Stance

ONE, TWO = UUID(int=1), UUID(int=2)
NAMES = {ONE: "the Ministry", TWO: "the paper"}
CLAIM = Claim(
    id=UUID(int=9),
    document=ONE,
    passages=(),
    question=TWO,
    stance=Stance.ASSERTS,
    speakers=(Speaker(source=TWO), Speaker(source=ONE, verb="said")),
    value=ClaimValue(said="8 people", expression="8"),
)


def _name(record: UUID) -> str:
    return NAMES[record]


def test_equal_records_differ_in_nothing() -> None:
    assert differences(CLAIM, replace(CLAIM), _name) == ()


def test_each_field_that_differs_is_told_by_its_path() -> None:
    after = replace(
        CLAIM,
        value=ClaimValue(said="9 people", expression="9"),
        scope=Scope(area=ONE),
        speakers=CLAIM.speakers[:1],
        sensitivity=Sensitivity.TEAM,
    )
    assert {one.field: (one.before, one.after) for one in differences(CLAIM, after, _name)} == {
        "value.said": ("8 people", "9 people"),
        "value.expression": ("8", "9"),
        "scope.area": (NOTHING, "the Ministry"),
        "speakers": ("the paper, the Ministry said", "the paper"),
        "sensitivity": ("public", "team"),
    }


def test_against_nothing_all_that_is_said_is_told() -> None:
    party = Party(id=ONE, key="gov", name="The government")
    assert differences(None, party, _name) == (
        Difference("key", NOTHING, "gov"),
        Difference("name", NOTHING, "The government"),
    )
    assert [one.after for one in differences(party, None, _name)] == [NOTHING, NOTHING]


def test_long_texts_are_told_by_the_words_that_differ() -> None:
    words = "According to Memorial, dozens of civilians were killed by shelling of the village"
    passage = Passage(id=ONE, document=TWO, exact=words, language="en")
    after = replace(passage, exact=words.replace("dozens of", "several"))
    (found,) = differences(passage, after, _name)
    assert found.words == (
        "According to Memorial, [-dozens of-] {+several+} civilians were killed …"
    )


def test_far_apart_words_are_both_shown() -> None:
    before = " ".join(map(str, range(20)))
    assert by_words(before, before.replace("0 ", "zero ", 1).replace(" 19", "")) == (
        "[-0-] {+zero+} 1 2 3 … 16 17 18 [-19-]"
    )


def test_what_has_names_of_its_own_is_told_with_them() -> None:
    before = Source(id=ONE, name="The paper", identifiers={"wikidata": "Q42"})
    after = replace(before, identifiers={"wikidata": "Q42", "viaf": "7"})
    (found,) = differences(before, after, _name)
    assert (found.before, found.after) == ("wikidata: Q42", "wikidata: Q42; viaf: 7")
