from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.values.folding import LONGEST, folded, folded_words, words

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LETTERED = st.text(
    st.sampled_from(
        "aZ9 ,.'ʼ-_½№ﬁßəİıŞёйїЁЙЇا\u0640\u064bأيىㄱ한ガｶﾞ北คำเ้हिन्दीև\u00ad\u200b\u0301\u0306\u0308"
    )
)

SAME = [
    ("susa", "Şuşa"),
    ("iğdir", "IĞDIR"),
    ("igdir", "Iğdır"),
    ("istanbul", "İSTANBUL"),
    ("ezerbaycan", "Azərbaycan".replace("A", "Ə")),
    ("azerbaycan", "AZƏRBAYCAN"),
    ("Brasov Constanta", "Braşov Constanţa"),
    ("Brasov Constanta", "Brașov Constanța"),
    ("елка", "ёЛКА"),
    ("Lodz", "Łódź"),
    ("Bjornoya", "Bjørnøya"),
    ("Dordevic", "Đorđević"),
    ("strasse", "Straße"),
    ("AEgir OEuvre", "Ægir Œuvre"),
    ("قرا", "قَرَأَ"),
    ("كتاب", "كتـــاب"),
    ("يك", "یک"),
    ("საქართველო", "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ"),
    ("երեվան", "Երևան"),
    ("Երեւան", "ԵՐԵՎԱՆ"),
    ("abc12", "ＡＢＣ１２"),
    ("O'Brien", "O’Brien"),
    ("Мар'їнка", "Марʼїнка"),
    ("'ali", "ʿAlī"),
    ("softhyphen", "soft\u00adhyphen"),
    ("zerowidth", "zero\u200bwi\u2060dth"),
    ("12", "١٢"),
    ("ガス", "ｶﾞｽ"),
    ("Αθηνα", "ΑΘΉΝΑ"),
]

APART = [("й", "и"), ("ї", "і"), ("ў", "у"), ("か", "が"), ("कि", "की"), ("ko", "co")]


@pytest.mark.parametrize(("plain", "written"), SAME)
def test_spelling_and_keyboards_make_no_difference(plain: str, written: str) -> None:
    assert folded(plain) == folded(written)
    assert folded_words(plain) == folded_words(written)


@pytest.mark.parametrize(("a", "b"), APART)
def test_letters_of_their_own_stay_apart(a: str, b: str) -> None:
    assert folded(a) != folded(b)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Memorial’s report", ("memorial", "s", "report")),
        ("Ağdam–Xocalı", ("agdam", "xocali")),
        ("1,500 of 12,345,678; 12,34 and 1,5000", "1500 of 12345678 12 34 and 1 5000"),
        ("1,500,00", "1 500 00"),
        ("2½ №5", "2 1 2 no5"),
        ("東京タワー", "東 京 タ ワ ー"),
        ("คำ", "ค ํ า"),
        ("한국어 हिन्दी", ("한국어", "हिन्दी")),
        ("snake_case@x.org", "snake case x org"),
        ("… — !\0", ()),
    ],
)
def test_words(text: str, found: str | tuple[str, ...]) -> None:
    wanted = tuple(found.split()) if isinstance(found, str) else found
    assert folded_words(text) == wanted


@given(ANY | LETTERED)
def test_folding_again_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once


@given(ANY | LETTERED)
def test_canonically_equal_texts_are_one(text: str) -> None:
    assert folded_words(unicodedata.normalize("NFD", text)) == folded_words(
        unicodedata.normalize("NFC", text)
    )


@given(ANY | LETTERED, ANY | LETTERED)
def test_a_text_has_the_words_of_its_parts(first: str, second: str) -> None:
    assert folded_words(f"{first} {second}") == folded_words(first) + folded_words(second)


@given(ANY | LETTERED)
def test_words_are_plain_and_stay_words(text: str) -> None:
    """They hold no sign that an index would part them at, and are found by themselves."""
    for word in folded_words(text):
        assert 0 < len(word) <= LONGEST
        assert not any(
            letter.isspace() or (letter.isascii() and not letter.isalnum()) for letter in word
        )
        assert not any("A" <= letter <= "Z" for letter in word)


@given(st.lists(st.text(st.sampled_from("aşёй9ガ한ا"), min_size=1, max_size=5), max_size=6))
def test_each_word_says_where_it_stands(some: list[str]) -> None:
    text = " — ".join(some)
    for word in words(text):
        assert word.text in folded(text[word.start : word.end])
    places = [(word.start, word.end) for word in words(text)]
    assert places == sorted(places)
    assert "".join(text[start:end] for start, end in places) == "".join(some)


def test_long_words_are_told_apart_by_their_beginning() -> None:
    assert folded_words("a" * 500) == folded_words("a" * LONGEST)


def test_signs_that_group_digits_are_no_words() -> None:
    assert [word.text for word in words("1,500 killed")] == ["1500", "killed"]
    assert folded_words("убиты 1,500") == ("убиты", "1500")
