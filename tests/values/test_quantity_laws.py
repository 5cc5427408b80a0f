"""Laws that hold for every quantity, not only for the examples."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.errors import InvalidQuantity
from claims.values.interval import Region
from claims.values.profiles import profiles
from claims.values.quantity import (
    Quantity,
    as_json,
    coded_range,
    parse_quantity,
    profile_changes,
    quantity_from_expression,
    with_range_basis,
)
from claims.values.quantity_data import counted_by_unit
from claims.values.relation import Ranged, relation

HEDGES = ("at_least", "more_than", "at_most", "fewer_than", "up_to", "nearly", "about")
COUNT_WORDS = (
    *("couple", "a_few", "handful", "several", "tens", "dozens", "scores"),
    *("hundreds", "thousands", "millions", "many"),
)
SAID_HEDGES = {
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "at most",
    "fewer_than": "fewer than",
    "up_to": "up to",
    "nearly": "nearly",
    "about": "about",
}

counts = st.integers(0, 10**20)
numbers = counts.map(str)
words = st.sampled_from(COUNT_WORDS)
scaled = st.builds(lambda row, k: f"{row}*{k}", words, st.sampled_from([12, 100, 1000, 10**6]))
digit_counts = st.integers(2, 9).map(lambda n: f"digits({n})")
percents = st.decimals(0, 100, places=1).map(lambda n: f"{n}%") | st.integers(0, 100).map(
    lambda n: f"{n}%"
)
fractions = st.sampled_from(["1/2", "1/3", "2/3", "1/4", "3/4", "4/5", "1/10", "7/20"])
shares = percents | fractions
count_ends = numbers | words | scaled | digit_counts
pairs = st.tuples(count_ends, count_ends) | st.tuples(shares, shares)
ranges = st.builds(
    lambda ends, basis: f"range({ends[0]}, {ends[1]}{basis})",
    pairs,
    st.sampled_from(["", ", sources", ", time", ", places"]),
)
choices = st.lists(counts, min_size=2, max_size=4, unique=True).map(
    lambda found: f"or({', '.join(map(str, sorted(found)))})"
)
lone_words = st.sampled_from(["most", "majority", "minority", "all", "some"])
plain = count_ends | shares | ranges | choices | lone_words
hedged = st.builds(lambda hedge, inner: f"{hedge}({inner})", st.sampled_from(HEDGES), plain)
twice = st.builds(lambda hedge, inner: f"{hedge}(about({inner}))", st.sampled_from(HEDGES), plain)
coded = st.builds(lambda *row: f"coded({row[0]}, {row[1]}, {row[2]})", counts, counts, counts)
nodes = plain | hedged | twice | coded
units = st.sampled_from([""] + [f" {unit}" for unit in counted_by_unit()])
profile_names = st.sampled_from(["default@1", "acled@1", "pitf@1"])


def read_or_skip(expression: str, profile: str = "default@1") -> Quantity:
    """The quantity of a made-up expression; those without an agreed reading are left out."""
    try:
        return quantity_from_expression(expression, profile=profile)
    except InvalidQuantity:
        assume(False)  # noqa: FBT003 - hypothesis takes it by position
        raise


@given(nodes, units, profile_names)
def test_parsing_a_printed_expression_gives_the_same_quantity(
    node: str, unit: str, profile: str
) -> None:
    made = read_or_skip(node + unit, profile)
    again = quantity_from_expression(made.expression, profile=profile)
    assert made.expression == node + unit
    assert again == made
    assert as_json(again) == as_json(made)
    assert hash(again) == hash(made)


@given(nodes, units, profile_names)
def test_a_printed_quantity_is_read_as_words_are(node: str, unit: str, profile: str) -> None:
    made = read_or_skip(node + unit, profile)
    again = parse_quantity(str(made), profile=made.profile)
    assert again == made
    assert as_json(again) == as_json(made)


@pytest.mark.parametrize("locale", ["de", "fr", "de-CH"])
@pytest.mark.parametrize("printed", ["at_least(12.5%)", "range(580, 1500) people", "a_few*12"])
def test_a_printed_quantity_is_read_alike_under_every_locale(printed: str, locale: str) -> None:
    assert str(parse_quantity(printed, locale=locale)) == printed


@given(nodes, profile_names)
def test_the_typical_reading_lies_within_what_the_words_allow(node: str, profile: str) -> None:
    made = read_or_skip(node, profile)
    assert made.hard is not None
    assert made.soft is None or made.soft.within(made.hard)


@given(nodes, profile_names)
def test_counts_are_not_negative_and_parts_lie_between_0_and_1(node: str, profile: str) -> None:
    made = read_or_skip(node, profile)
    whole = Region.of(0, None) if made.measure == "count" else Region.of(0, 1)
    assert made.hard is not None
    assert made.hard.within(whole)


@given(nodes, profile_names)
def test_no_number_is_a_float(node: str, profile: str) -> None:
    made = read_or_skip(node, profile)
    ends = [
        end
        for region in (made.hard, made.soft)
        if region is not None
        for part in region.parts
        for end in (part.lo, part.hi)
        if end is not None
    ]
    assert all(type(end) is int or isinstance(end, Decimal) for end in ends)


@given(nodes, profile_names)
def test_another_profile_keeps_words_meaning_and_hard_interval(node: str, profile: str) -> None:
    made = read_or_skip(node)
    other = profile_changes(made, profile)
    assert (other.said, other.expression, other.hard) == (made.said, made.expression, made.hard)
    assert (other.rows, other.unit) == (made.rows, made.unit)


@given(numbers | words | scaled | digit_counts | ranges | choices, profile_names)
def test_at_least_contains_what_it_hedges(node: str, profile: str) -> None:
    made, wider = read_or_skip(node, profile), read_or_skip(f"at_least({node})", profile)
    assert made.hard is not None
    assert wider.hard is not None
    assert made.hard.within(wider.hard)
    assert made.soft is None or (wider.soft is not None and made.soft.within(wider.soft))


@given(numbers | words | shares | ranges, st.sampled_from(["about", "up_to"]))
def test_cancellable_hedges_contain_what_they_hedge(node: str, hedge: str) -> None:
    made, wider = read_or_skip(node), read_or_skip(f"{hedge}({node})")
    assert made.hard is not None
    assert wider.hard is not None
    assert made.hard.within(wider.hard)


@given(st.integers(1, 10**15))
def test_more_than_and_at_most_part_the_axis(number: int) -> None:
    above = quantity_from_expression(f"more_than({number})").hard
    below = quantity_from_expression(f"at_most({number})").hard
    assert above is not None
    assert below is not None
    assert not above.overlaps(below)
    assert above.parts[0].lo == number + 1


@given(st.integers(1, 10**15), st.integers(0, 10**6))
def test_bounds_rise_with_the_number(number: int, more: int) -> None:
    for hedge in HEDGES:
        low = quantity_from_expression(f"{hedge}({number})").soft
        high = quantity_from_expression(f"{hedge}({number + more})").soft
        assert low is not None
        assert high is not None
        assert low.hull.end <= high.hull.end
        assert low.hull.start <= high.hull.start


@given(st.integers(1, 10**12), st.sampled_from(HEDGES), units)
def test_words_and_expression_of_a_hedge_agree(number: int, hedge: str, unit: str) -> None:
    noun = unit.replace("idps", "displaced people").replace("noncomb", "non-comb")
    made = parse_quantity(f"{SAID_HEDGES[hedge]} {number:,}{noun}")
    assert made.expression == f"{hedge}({number}){unit}"


@given(st.integers(0, 10**15))
def test_digits_are_read_alike_under_every_locale(number: int) -> None:
    grouped = f"{number:,}"
    locales = {"en": ",", "de": ".", "fr": " ", "ru": "\u00a0", "az": "\u2009", "ch": "'"}
    read = {
        parse_quantity(grouped.replace(",", sign), locale=locale).expression
        for locale, sign in locales.items()
    }
    assert read == {str(number)}


@given(st.text() | st.text("0123456789 ,.-–%/()ao'", max_size=12))
def test_any_text_is_read_or_refused_with_one_error(text: str) -> None:
    try:
        made = parse_quantity(text)
    except InvalidQuantity:
        return
    assert made.said == text
    assert quantity_from_expression(made.expression).hard == made.hard


SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(number: int, joiner: str) -> str:
    """A number spelled out in English, below a thousand billion."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        rest = number % 10
        return TENS[number // 10 - 2] + (f"-{SMALL[rest]}" if rest else "")
    if number < 1000:
        rest = number % 100
        return f"{SMALL[number // 100]} hundred" + (
            f"{joiner}{in_words(rest, joiner)}" if rest else ""
        )
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = number % size
            link = joiner if rest < 100 else " "
            return f"{in_words(number // size, joiner)} {name}" + (
                f"{link}{in_words(rest, joiner)}" if rest else ""
            )
    raise AssertionError


spelled_out = st.integers(0, 10**12 - 1) | st.integers(0, 2000)


@given(spelled_out, st.sampled_from([" ", " and "]))
def test_spelled_out_numbers_are_read(number: int, joiner: str) -> None:
    assert parse_quantity(in_words(number, joiner)).expression == str(number)


@given(spelled_out, spelled_out, st.sampled_from([" ", " and "]))
def test_spelled_out_ranges_are_read_soundly(low: int, high: int, joiner: str) -> None:
    assume(low < high)
    ends = in_words(low, joiner), in_words(high, joiner)
    for said in (f"{ends[0]} to {ends[1]}", f"between {ends[0]} and {ends[1]}"):
        try:
            made = parse_quantity(said)
        except InvalidQuantity:
            continue
        assert made.expression.endswith(f", {high})")


VOCABULARY = (
    *("at least", "more than", "about", "nearly", "up to", "no", "none", "8", "11", "1,500"),
    *("1.2", "eight", "one", "hundred", "thousand", "million", "dozen", "several", "a few"),
    *("tens", "of", "the", "and", "or", "to", "between", "from", "–", "a", "half", "third", "in"),
    *("per cent", "civilians", "people", "families", "killed", "wounded", "were", "or more"),
    *(
        "a couple",
        "most",
        "all",
        "some",
        "a civilian",
        "or even",
        "if not",
        "few",
        "village",
        "(",
        ")",
        ",",
        "two digit",
        "score",
        "quarter",
    ),
)


@given(
    st.lists(st.sampled_from(VOCABULARY), max_size=9).map(" ".join),
    st.sampled_from(["en", "de", "fr"]),
)
def test_any_mixture_of_known_words_is_read_soundly_or_refused(text: str, locale: str) -> None:
    try:
        made = parse_quantity(text, locale=locale)
    except InvalidQuantity:
        return
    assert quantity_from_expression(made.expression) == made
    assert made.hard is not None
    assert made.soft is None or made.soft.within(made.hard)


@given(st.text("abcdefglmnorstuvy_0123456789(),%/*. ", max_size=40))
def test_any_expression_is_read_or_refused_with_one_error(text: str) -> None:
    try:
        made = quantity_from_expression(text)
    except InvalidQuantity:
        return
    assert made.expression == text


@given(st.lists(counts, min_size=3, max_size=3))
def test_a_coded_row_covers_all_three_numbers(row: list[int]) -> None:
    low, best, high = row
    made, outside = coded_range(low, best, high, unit="people")
    assert as_json(made)["hard"] == [min(row), max(row)]
    assert as_json(made)["soft"] == [best, best]
    assert outside is not (low <= best <= high)
    assert (made.profile, made.rows, made.unit_of_count) == ("coder", ("coded",), "people")
    assert quantity_from_expression(made.expression, profile=made.profile) == made
    assert all(profile_changes(made, name) == made for name in profiles())


def test_a_range_keeps_the_basis_that_is_found_out_later() -> None:
    made = parse_quantity("580 to 1,500 refugees")
    known = with_range_basis(made, "sources")
    assert (made.range_basis, known.range_basis) == ("unknown", "sources")
    assert known.expression == "range(580, 1500, sources) refugees"
    assert (known.said, known.hard, known.soft) == (made.said, made.hard, made.soft)
    assert with_range_basis(known, "unknown") == made
    assert parse_quantity("some 3 to 4 thousand").range_basis == "unknown"
    assert parse_quantity("8").range_basis is None


def test_a_quantity_compares_as_a_ranged_value() -> None:
    several, dozens = parse_quantity("several"), parse_quantity("dozens")
    assert isinstance(several, Ranged)
    found = relation(several, dozens)
    assert (found.hard, found.soft) == ("contains", "disjoint")


@pytest.mark.parametrize(
    "text", ["8 " * 50_000, "(" * 100_000, "9" * 100_000, "a" * 100_000, "civilian " * 33]
)
def test_a_long_text_is_refused_quickly(text: str) -> None:
    before = time.process_time()
    with pytest.raises(InvalidQuantity):
        parse_quantity(text)
    assert time.process_time() - before < 0.1
