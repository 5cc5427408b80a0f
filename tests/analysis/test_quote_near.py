"""Where a quote that does not stand in a text is looked for: the place, and at which cost."""

from __future__ import annotations

import edlib  # type: ignore[import-not-found]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.quote_fold import fold
from claims.analysis.quote_near import Likeness, Near
from claims.analysis.quote_places import whole

WORDS = st.lists(st.sampled_from(["a", "b", "ab", "ba", "aab", "x1"]), min_size=1, max_size=12)


@given(text=WORDS.map(" ".join), quote=WORDS.map(" ".join))
def test_the_place_is_that_of_the_full_alignment(text: str, quote: str) -> None:
    folded = fold(text)
    limit = int(len(quote) * 0.45)
    aligned = edlib.align(quote, folded.text, mode="HW", task="locations", k=limit)
    expected = None
    if aligned["editDistance"] >= 0:
        start, last = aligned["locations"][0]
        expected = Near(*whole(folded, start, last + 1), aligned["editDistance"])
    assert Likeness(folded).nearest(quote) == expected


SIGNS = "".join(chr(0x4E00 + number) for number in range(600))


@given(start=st.integers(0, 569), places=st.lists(st.integers(0, 29), max_size=6), other=st.data())
def test_a_text_of_more_signs_than_can_be_told_apart_is_searched(
    start: int, places: list[int], other: st.DataObject
) -> None:
    quote = list(SIGNS[start : start + 30])
    for place in places:
        quote[place] = other.draw(st.sampled_from(SIGNS))
    near = Likeness(fold(SIGNS)).nearest("".join(quote))
    assert near is not None
    assert near.distance <= len(set(places))


@pytest.mark.timeout(45)  # aligning each of its many ends backwards takes minutes
def test_a_text_of_one_word_said_a_million_times_is_searched() -> None:
    near = Likeness(fold("word " * 1_000_000)).nearest("word " * 60 + "other thing entirely")
    assert near is not None
    assert near.distance == 17
