"""Where quotes stand: every place, the one place, and why there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.quotes import (
    Located,
    QuoteNotFound,
    QuoteNotUnique,
    check_place,
    line_of,
    locate,
    single_place,
    singling_prefix,
)
from claims.errors import InputRefused, InvalidValue

TEXT = "𝔉irst. See also.\nThen é, once e\u0301.\n  See also\nThe end, the end."


def test_every_place_is_found_in_code_points() -> None:
    assert locate(TEXT, "See also") == (7, TEXT.rindex("See also"))
    assert TEXT[7:15] == "See also"
    assert locate(TEXT, "nowhere") == ()


def test_places_may_overlap() -> None:
    assert locate("aaaa", "aa") == (0, 1, 2)


def test_prefix_and_suffix_single_out() -> None:
    assert locate(TEXT, "See also", prefix="irst. ") == (7,)
    assert locate(TEXT, "See also", suffix="\n") == (TEXT.rindex("See also"),)
    assert locate(TEXT, "See also", prefix="x") == ()


def test_nothing_is_normalised() -> None:
    assert locate(TEXT, "é") == (22,)
    assert locate(TEXT, "e\u0301") == (TEXT.index("e\u0301"),)


def test_an_empty_quote_stands_nowhere() -> None:
    with pytest.raises(InvalidValue, match="an empty quote stands everywhere"):
        locate(TEXT, "")


def test_the_one_place() -> None:
    assert single_place(TEXT, "Then") == Located(17, 21)
    assert single_place(TEXT, "See also", suffix=".") == Located(7, 15)


def test_a_quote_that_stands_twice_is_refused_with_its_lines_and_a_prefix() -> None:
    with pytest.raises(QuoteNotUnique) as caught:
        single_place(TEXT, "See also")
    assert str(caught.value) == (
        "'See also' 2 times, in lines 1, 3, for the first: prefix: '𝔉irst. '"
    )


def test_a_suggested_prefix_singles_out() -> None:
    prefix = singling_prefix(TEXT, "See also", 7)
    assert prefix is not None
    assert locate(TEXT, "See also", prefix=prefix) == (7,)
    assert singling_prefix("ab ab", "ab", 0) is None


@pytest.mark.parametrize(
    ("quote", "prefix"),
    [("See  also", None), ("the End", None), ("See also", "Never "), ("Quite other words", None)],
)
def test_a_quote_that_is_not_there_to_the_letter_is_refused(quote: str, prefix: str | None) -> None:
    with pytest.raises(QuoteNotFound) as caught:
        single_place(TEXT, quote, prefix=prefix)
    said = " ".join(quote.split())
    assert str(caught.value) == f"{said!r} does not stand there to the letter"
    assert isinstance(caught.value, InputRefused)


def test_given_offsets_must_give_the_quote() -> None:
    assert check_place(TEXT, "Then", 17, 21) == Located(17, 21)
    with pytest.raises(QuoteNotFound, match=r"'hen é' at 18–23; the quote stands at 17–21"):
        check_place(TEXT, "Then", 18, 23)
    with pytest.raises(QuoteNotFound):
        check_place(TEXT, "Then", 900, 904)


def test_lines_are_counted_from_one() -> None:
    assert [line_of(TEXT, at) for at in (0, 16, 17, len(TEXT))] == [1, 1, 2, 4]


words = st.text(alphabet="ab \n", max_size=30)


@given(words, words.filter(bool))
def test_each_place_gives_the_quote_and_none_is_left_out(text: str, quote: str) -> None:
    places = locate(text, quote)
    assert all(text[start : start + len(quote)] == quote for start in places)
    assert places == tuple(i for i in range(len(text)) if text.startswith(quote, i))


@given(words, words.filter(bool), words, words)
def test_longer_contexts_never_find_more(text: str, quote: str, before: str, after: str) -> None:
    wide = set(locate(text, quote))
    assert set(locate(text, quote, prefix=before, suffix=after)) <= wide


@given(words, words.filter(bool))
def test_a_quote_is_placed_or_refused_with_a_reason(text: str, quote: str) -> None:
    try:
        place = single_place(text, quote)
    except (QuoteNotFound, QuoteNotUnique):
        assert len(locate(text, quote)) != 1
    else:
        assert text[place.start : place.end] == quote


def test_a_prefix_grows_until_it_singles_out_the_place() -> None:
    same = "the very same words before the quotation stand here "
    text = f"First {same}QUOTE. Second {same}QUOTE."
    prefix = singling_prefix(text, "QUOTE", text.index("QUOTE"))
    assert prefix is not None
    assert locate(text, "QUOTE", prefix=prefix) == (text.index("QUOTE"),)
    assert len(prefix) >= len(same)
