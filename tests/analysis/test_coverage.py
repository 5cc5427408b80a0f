"""Sentences, and what covers them."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.coverage import Excuse, cover, sentences
from claims.analysis.records import Claim, Passage, Speaker
from claims.analysis.vocabulary import Stance

DOCUMENT = UUID(int=1)


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("He left at 9 a.m. All was quiet.", ["He left at 9 a.m.", "All was quiet."]),
        ("He left at 9 a.m. on Monday.", ["He left at 9 a.m. on Monday."]),
        ("Dr. Smith met Gen. Jones.", ["Dr. Smith met Gen. Jones."]),
        ("J. R. Smith came. He left.", ["J. R. Smith came.", "He left."]),
        ("It rose by 3.5 m. 40 people fled.", ["It rose by 3.5 m. 40 people fled."]),
        ("It is over. 40 people fled.", ["It is over.", "40 people fled."]),
        ("He said: “Go.” She went.", ["He said: “Go.”", "She went."]),
        ('Was it "over"? (So it was.) Good.', ['Was it "over"?', "(So it was.)", "Good."]),
        ("C'est fini. Où est M. Blanc ?", ["C'est fini.", "Où est M. Blanc ?"]),
        ("Это всё. Что дальше?", ["Это всё.", "Что дальше?"]),
        ("他走了。她来了。", ["他走了。", "她来了。"]),
        ("Վերջ։ Նորից։", ["Վերջ։", "Նորից։"]),
    ],
)
def test_prose(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_headings_list_items_and_infobox_lines_stand_alone() -> None:
    text = """= The flood =

Infobox
- Date: 14 July
- Dead: 8
Place: town
River: x

== End ==
It ended."""
    assert split(text) == [
        "= The flood =",
        "Infobox",
        "- Date: 14 July",
        "- Dead: 8",
        "Place: town",
        "River: x",
        "== End ==",
        "It ended.",
    ]


def test_a_sentence_may_run_over_lines_but_not_over_an_empty_one() -> None:
    long = "The water rose through the whole night and reached the houses at the"
    assert split(f"{long}\nMarket Square. Then it fell.") == [
        f"{long}\nMarket Square.",
        "Then it fell.",
    ]
    assert split("A title without end\n\nand then prose.") == [
        "A title without end",
        "and then prose.",
    ]
    assert split("it rose\r\nand fell.\r\n") == ["it rose\r\nand fell."]


def test_an_empty_text_has_no_sentences() -> None:
    assert split("") == split(" \n\t\n") == []


@given(st.text(alphabet="aB.!?() \n-=é։。\"'…0", max_size=60))
def test_sentences_are_in_order_and_leave_nothing_out(text: str) -> None:
    spans = sentences(text)
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = "".join(text[s.start : s.end] for s in spans)
    assert "".join(kept.split()) == "".join(text.split())


def passage(number: int, start: int | None, end: int | None) -> Passage:
    return Passage(
        id=UUID(int=number), document=DOCUMENT, exact="x", start=start, end=end, language="en"
    )


def claim(number: int, *passages: Passage) -> Claim:
    return Claim(
        id=UUID(int=number),
        document=DOCUMENT,
        passages=tuple(p.id for p in passages),
        question=UUID(int=3),
        stance=Stance.ASSERTS,
        speakers=(Speaker(source=UUID(int=4)),),
    )


def test_each_sentence_has_its_claims_its_reasons_or_is_missing() -> None:
    text = "One is said. Two is said.\nThree is left out. Four is forgotten."
    both, first = passage(10, 4, 20), passage(11, 0, 3)
    claims = (claim(20, both), claim(21, first), claim(22, first, both))
    found = cover(text, (both, first), claims, (Excuse(26, 44, "a link"),))
    assert [[c.id.int for c in s.claims] for s in found] == [[20, 21, 22], [20, 22], [], []]
    assert [s.reasons for s in found] == [(), (), ("a link",), ()]
    assert [s.missing for s in found] == [False, False, False, True]
    assert [s.line for s in found] == [1, 1, 2, 2]
    assert found[2].text == "Three is left out."


def test_touching_begins_with_the_first_code_point() -> None:
    text = "One. Two."
    edge = passage(10, 4, 5)
    assert all(s.missing for s in cover(text, (edge,), (claim(20, edge),), ()))


def test_a_passage_without_a_place_touches_nothing() -> None:
    nowhere = passage(10, None, None)
    assert all(s.missing for s in cover("One.", (nowhere,), (claim(20, nowhere),), ()))
