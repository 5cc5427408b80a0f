"""The values of cells: figures, dates, and what is odd or impossible about them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.analysis.vocabulary import RangeBasis, ValueKind
from claims.errors import InputRefused
from claims.exchange.mapping_values import Dating, Odd, read_coded, read_said
from claims.values.quantity import parse_quantity, with_range_basis


@pytest.mark.parametrize(
    ("low", "best", "high", "expression"),
    [
        ("5", "8", "12", "coded(5, 8, 12)"),
        ("25000.0", "", "27500.0", "range(25000, 27500)"),
        ("1,500", "", "1,500", "1500"),
        ("40", "", "", "at_least(40)"),
        ("", "", "200", "at_most(200)"),
        ("", "8", "", "8"),
        ("0", "0", "0", "coded(0, 0, 0)"),
    ],
)
def test_figures_of_a_coder(low: str, best: str, high: str, expression: str) -> None:
    read = read_coded(low, best, high, None, "en")
    assert read.value.expression == expression
    assert read.odd is None


@pytest.mark.parametrize(
    ("words", "expression"), [("dozens", "dozens"), ("ca. 97", "about(97)"), ("2.000", "2000")]
)
def test_words_alone_are_read_as_anywhere_else(words: str, expression: str) -> None:
    assert read_coded("", words, "", None, "de").value.expression == expression


def test_words_beside_other_figures_are_refused_where_they_stand() -> None:
    with pytest.raises(Odd, match="'dozens' beside other figures") as refused:
        read_coded("3", "dozens", "9", None, "en")
    assert refused.value.cell == "best"


@pytest.mark.parametrize(
    ("low", "high", "expression"),
    [("2.000", "4.500", "2000, 4500"), ("1.000", "2.000", "1000, 2000")],
)
def test_a_group_of_three_zeros_is_thousands_where_that_is_the_custom(
    low: str, high: str, expression: str
) -> None:
    assert read_coded(low, "", high, None, "de").value.expression == f"range({expression})"
    with pytest.raises(Odd, match="which is no whole number"):
        read_coded(low, "", high, None, "en")


def test_a_missing_bound_is_told_as_odd() -> None:
    read = read_coded("", "8", "12", None, "en")
    assert read.value.expression == "coded(8, 8, 12)"
    assert read.odd == "low is not given; best stands for it"


def test_the_basis_of_a_range_is_kept() -> None:
    value = read_coded("5", "", "9", RangeBasis.SOURCES, "en").value
    assert (value.expression, value.range_basis) == ("range(5, 9, sources)", RangeBasis.SOURCES)


@pytest.mark.parametrize(
    ("low", "best", "high"), [("5", "13", "12"), ("5", "4", "12"), ("", "13", "12")]
)
def test_a_best_figure_outside_is_odd_and_stored(low: str, best: str, high: str) -> None:
    read = read_coded(low, best, high, None, "en")
    assert read.odd is not None
    assert f"best {best} outside" in read.odd
    assert best in read.value.expression


@pytest.mark.parametrize(
    ("low", "high"),
    [("12", "5"), ("-1", "5"), ("1.5", "5"), ("many", "5"), ("1e9", "5"), ("½", "2")],
)
def test_impossible_figures_are_refused(low: str, high: str) -> None:
    with pytest.raises(InputRefused):
        read_coded(low, "", high, None, "en")


def test_the_locale_decides_on_a_dot() -> None:
    assert read_coded("1.500", "", "", None, "de").value.expression == "at_least(1500)"
    with pytest.raises(InputRefused):
        read_coded("1.500", "", "", None, "en")


@pytest.mark.parametrize(
    ("kind", "words", "expression"),
    [
        (ValueKind.COUNT, "25000.0", "25000"),
        (ValueKind.COUNT, "at least 40", "at_least(40)"),
        (ValueKind.COUNT, "580–1,500", "range(580, 1500)"),
        (ValueKind.PROPORTION, "12%", "12%"),
        (ValueKind.BOOLEAN, "Yes", "true"),
        (ValueKind.BOOLEAN, "0", "false"),
        (ValueKind.TEXT, "=1+1", "=1+1"),
        (ValueKind.DATE, "1992-02-10 00:00:00.000", "1992-02-10"),
        (ValueKind.DATE, "10 February 1992", "1992-02-10"),
    ],
)
def test_words_said(kind: ValueKind, words: str, expression: str) -> None:
    value = read_said(kind, words, Dating("en")).value
    assert (value.said, value.expression) == (words, expression)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ValueKind.COUNT, "12%"),
        (ValueKind.COUNT, "unknown"),
        (ValueKind.PROPORTION, "12"),
        (ValueKind.BOOLEAN, "perhaps"),
        (ValueKind.DATE, "30 February 1992"),
        (ValueKind.DATE, "10/02/1992"),
        (ValueKind.DATE, "43831"),
    ],
)
def test_words_of_another_kind_are_refused(kind: ValueKind, words: str) -> None:
    with pytest.raises(InputRefused, match=words.replace("%", ".")):
        read_said(kind, words, Dating("en"))


@pytest.mark.parametrize(
    ("how", "text", "cells", "edtf"),
    [
        (Dating("en", "day_first"), "{d}", {"d": "10/02/1992"}, "1992-02-10"),
        (Dating("en", "month_first"), "{d}", {"d": "10/02/1992"}, "1992-10-02"),
        (Dating("en", None, 1900), "{d}", {"d": "43831"}, "2020-01-01"),
        (Dating("en", None, 1904), "{d}", {"d": "42369"}, "2020-01-01"),
        (
            Dating("en", "day_first"),
            "{d}/{e}",
            {"d": "1/2/1992", "e": "3/2/1992"},
            "1992-02-01/1992-02-03",
        ),
        (Dating("en"), "{d}[/{e}]", {"d": "1992-02-01", "e": "1992-02-01"}, "1992-02-01"),
        (Dating("en"), "{d}[/{e}]", {"d": "1992-02-01", "e": ""}, "1992-02-01"),
        (Dating("en"), "{y}-{m}-{d}", {"y": "1992", "m": "2", "d": "9"}, "1992-02-09"),
        (Dating("en"), "{d}", {"d": ""}, None),
    ],
)
def test_dates_of_a_table(how: Dating, text: str, cells: dict[str, str], edtf: str | None) -> None:
    assert how.edtf(text, cells) == edtf


def test_low_above_high_is_impossible_whatever_is_best() -> None:
    with pytest.raises(InputRefused, match="low 12 above high 5"):
        read_coded("12", "8", "5", None, "en")


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from([None, *RangeBasis]))
def test_a_range_of_figures_is_what_its_words_give(
    low: int, width: int, basis: RangeBasis | None
) -> None:
    value = read_coded(str(low), "", str(low + width), basis, "en").value
    known = basis or RangeBasis.UNKNOWN
    plain = with_range_basis(parse_quantity(f"{low}–{low + width}"), known.value)
    assert (value.expression, value.range_basis) == (plain.expression, known)
    assert value.said == plain.said


def test_a_figure_of_too_many_digits_is_refused() -> None:
    with pytest.raises(Odd):
        read_coded("5", "", f"{'9' * 40}.0", None, "en")
