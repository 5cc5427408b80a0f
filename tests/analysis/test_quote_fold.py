"""What typography makes no difference to, and what is no typography."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.quote_fold import bare, fold, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the villages", "the\u00a0\t\r\n villages"),
        ("self-defense — he said", "self–defense - he said"),
        ("he said — no", "he said—no"),
        ("580-1500", "580 – 1500"),
        ("“would cease to exist”", '"would cease to exist"'),
        ("« mot »", "“mot”"),
        ("»Wort«", '"Wort"'),
        ("„слово“", "«слово»"),
        ("don’t", "don't"),
        ("‹x›", "'x'"),
        ("efficient", "e\ufb03cient"),
        ("ſo", "so"),
        ("cafe\u0301", "café"),
        ("１２ｋｍ", "12km"),
        ("ｶﾞ", "ガ"),
        ("한글", unicodedata.normalize("NFD", "한글")),
        ("և", "եւ"),
        ("\ufedf\ufeea", "له"),
        ("كتـــاب", "كتاب"),
        ("civil\u00adians", "civilians"),
        ("civil-\nians", "civilians"),
        ("self-\ndefense", "selfdefense"),
        ("zero\u200bwidth\u2060s\ufeff", "zerowidths"),
        ("wait . . . what", "wait… what"),
        ("bonjour !", "bonjour!"),
        ("5 %", "5%"),
        ("( a )", "(a)"),
        ("村庄 被\n烧毁", "村庄被烧毁"),
        ("~", "〜"),
        ("word .", "word."),
    ],
)
def test_typography_is_folded(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,5", "1.5"),
        ("−3", "3"),
        ("at -3", "at 3"),
        ("10²", "102"),
        ("5′", "5″"),
        ("The", "the"),
        ("cafe", "café"),
        ("ё", "е"),
        ("٨", "8"),
        ("4 000", "4,000"),
        ("قُتل", "قتل"),
        ("no .5", "no.5"),
        ("a", "а"),
    ],
)
def test_content_is_not_folded(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_hyphens_in_words_are_kept_apart() -> None:
    text = fold("the re-sign and co-\noperate of x")
    assert text.text == "the resign and cooperate of x"
    assert text.hyphenated_as(fold("re-sign"), 4)
    assert not text.hyphenated_as(fold("resign"), 4)
    assert text.hyphenated_as(fold("cooperate"), 15)
    assert text.hyphenated_as(fold("co-operate"), 15)
    assert not text.hyphenated_as(fold("coop-erate"), 15)
    assert fold("resign").hyphenated_as(fold("resign"), 0)


def test_a_plain_text_keeps_the_hyphens_of_its_lines() -> None:
    assert plain("twenty-five re-\nported").text == "twenty-five reported"


def test_a_folded_stretch_knows_where_it_stands() -> None:
    text = "e\u0301ﬁn …  x"
    folded = fold(text)
    assert folded.text == "éfin… x"
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert spans == [(0, 2), (2, 3), (2, 3), (3, 4), (5, 6), (6, 8), (8, 9)]
    assert folded.place(4) == 4


@pytest.mark.parametrize(
    ("quote", "words"), [("“x y”", "x y"), (" – “a”\n", "a"), ("x", "x"), ("…", ""), ("", "")]
)
def test_what_a_quote_is_given_in_is_taken_off(quote: str, words: str) -> None:
    assert bare(quote) == words


@given(st.text())
def test_every_folded_sign_comes_from_a_stretch_of_the_text(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text(st.characters(codec="ascii")))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(fold(once).text).text == fold(once).text
