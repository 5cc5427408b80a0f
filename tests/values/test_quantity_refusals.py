"""What is refused instead of guessed, and what the refusal says."""

from __future__ import annotations

import pytest

from claims.errors import InvalidQuantity, UnknownProfile
from claims.values.quantity import (
    coded_range,
    parse_quantity,
    quantity_from_expression,
    with_range_basis,
)

REFUSED: dict[str, str] = {
    "": "no words",
    "   ": "no words",
    ".": "no words",
    "\x00": "'\\x00' belongs to no number",
    "8\x00": "'\\x00'",
    "$8": "'$' belongs to no number",
    "10^30": "'^'",
    "8²": "sticks letters or signs to digits",
    "8½ dozen": "“8½” sticks letters or signs to digits",
    "²": "'²' belongs to no number",
    "1e5": "“1e5” sticks letters or signs to digits",
    "10k": "“10k” sticks letters",
    "B52": "“B52” sticks letters",
    "the 1990s": "sticks letters",
    "-8": "negative number",
    "−8 people": "negative number",
    "minus eight": "“minus” makes a negative number",
    "+8": "starts with neither a number nor a word of the phrase table",
    "9" * 25: "at most 24 digits",
    "9" * 60: "more than 24 digits",
    "8 billion billion billion billion": "at most 24 digits",
    "8.5 civilians": "has decimals, which a count of whole things cannot have; give a whole number",
    "8.0": "has decimals",
    "1.500 people": "locale “de” would read 1500",
    "1.23456789 million": "is not a whole number",
    "1,50": "not grouped as locale “en” writes it",
    "15,00": "locale “en”",
    "1500,000": "not grouped",
    "1,500 000": "not grouped",
    "1'500": "not grouped",
    "1992 500": "not grouped",
    "1.5.0": "not grouped",
    "4٠": "mixes digits of several scripts",
    "8 (nine)": "“8” and “nine” give two numbers",
    "8 (of them)": "the words “(of them)” after the number",
    "8 (eight": "the words “(eight”",
    "twenty thirty": "spells no single number",
    "a five": "“a five” starts with neither",
    "two zero": "spells no single number",
    "zero five": "the words “five” after the number",
    "one zero": "spells no single number",
    "eighty-someone": "the words “someone”",
    "1500 to 580": "reversed; give the lower number first",
    "hundreds to dozens": "reversed",
    "8 to 8": "the same at both ends",
    "between": "“between” needs two numbers",
    "between 8": "“between” needs two numbers joined by “and”",
    "between eight people": "“between” needs two numbers",
    "from 8": "starts with neither",
    "8 to": "a number is missing",
    "8 to apples": "“apples” starts with neither",
    "8 or 8": "repeat one number",
    "several or 8 or 9": "need plain numbers",
    "8 or": "the words “or” after the number",
    "8, 9": "“, 9” gives a second number: code two claims",
    "8 or 40 per cent or": "the words “or”",
    "900 to 1 million": "it is unclear whether “900” shares the unit",
    "one hundred to two hundred thousand": "it is unclear whether “one hundred” shares the unit",
    "a dozen to 20 thousand": "it is unclear whether “a dozen” shares",
    "several to 4 thousand": "it is unclear whether “several” shares the unit",
    "40 per cent to 80 people": "mixes a count and a proportion",
    "most to all": "needs a number at each end",
    "half to 8": "mixes a count and a proportion",
    "half or 8": "mix a count and a proportion",
    "nearly several": "“nearly” needs one number, not several",
    "nearly 3 to 4": "“nearly” needs one number",
    "nearly zero": "nothing is nearly 0",
    "fewer than 0": "nothing is fewer than 0",
    "less than 0 per cent": "nothing is fewer than 0",
    "more than 100 per cent": "more than 100 per cent of the whole",
    "110 per cent": "110 per cent is more than the whole",
    "more than most": "“more than” over most has no agreed reading",
    "at least all": "has no agreed reading",
    "nearly about 8": "has no agreed reading",
    "at least up to 8": "several bounds (at least, up to)",
    "at least 8 or fewer": "several bounds",
    "at least 3 but no more than 8": "two bounds of one number are a range",
    "five fourths": "5/4 is not a plain fraction",
    "1/1000": "not a plain fraction between 0 and 1",
    "1 in 1000": "not a plain fraction",
    "8/": "the words “/” after the number",
    "no reports of deaths": "stance as could_not_confirm, without a value",
    "no reported deaths": "could_not_confirm",
    "no confirmed deaths": "could_not_confirm",
    "no deaths were reported": "could_not_confirm",
    "none reported": "could_not_confirm",
    "no one was killed, reported": "the words “, reported”",
    "8, including 3 children": "“including” starts a second number: code it as a claim of its own",
    "8, of whom 3 were children": "“of whom” starts a second number",
    "8 killed and 11 wounded": "“and 11 wounded” gives a second number: code two claims",
    "8 killed, 11 wounded": "“, 11 wounded” gives a second number",
    "8 civilians and several soldiers": "gives a second number",
    "8 civilians and soldiers": "the words “and soldiers” after the number",
    "perhaps 8": "“perhaps” hedges the claim, not the number",
    "8 reportedly killed": "“reportedly” hedges the claim",
    "another 8": "“another” adds to a number given elsewhere",
    "an unknown number of people": "gives no number: code the claim without a value",
    "people from 30 families": "“people from 30 families” starts with neither",
    "8 people from 30 families": "the words “from 30 families” after the number",
    "8 apples": "the words “apples” after the number are not in the tables",
    "8 January": "the words “January”",
    "8 km": "the words “km”",
    "8 dollars": "the words “dollars”",
    "8 " + "x" * 100: "x…” after the number",
    "at least": "a number is missing",
    "no": "“no” starts with neither",
    "no 8": "the words “8” after the number",
    "a civilians": "“a civilians” starts with neither",
    "a people": "“a people” starts with neither",
    "some armed": "“armed” starts with neither",
    "a man and a woman": "“and a woman” gives a second number",
    "two men and a child": "“and a child” gives a second number",
    "half the village": "“the village” is one whole, not a number of villages",
    "40 per cent of a town": "“of a town” after the number",
    "few civilians": "“few” says that the number is small",
    "at least few": "“few” says that the number is small",
    "not many": "“not many” says that the number is small",
    "eight others": "“others” adds to a number given elsewhere",
    "8 more people": "“more” adds to a number given elsewhere",
    "between one thousand and one hundred and one thousand one hundred and one": "several ways",
    "tens or hundreds of thousands": "unclear whether “tens” shares the unit",
    "tens to hundreds of thousands": "unclear whether “tens” shares the unit",
    "two to several thousand": "unclear whether “two” shares the unit",
    "several to many dozens": "unclear whether “several” shares the unit",
    "10 to 10 thousand": "is the same at both ends",
    "8 reported": "the words “reported”",
    "two weeks": "“weeks” is a unit of time",
    "many more than 100": "does not say how far above or below",
    "0,500": "is not grouped as locale “en” writes it",
    "0.500": "has decimals, which a count of whole things cannot have; give a whole number",
    "8 or several": "is reversed",
    "8 of": "the words “of” after the number",
    "8 civilian-": "the words “-” after the number",
    "banana": "“banana” starts with neither",
    "half a": "the words “a” after the number",
    "8 and a half": "the words “and a half”",
}


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_a_refusal_says_why(text: str, why: str) -> None:
    with pytest.raises(InvalidQuantity) as caught:
        parse_quantity(text)
    message = str(caught.value)
    assert why in message
    assert "cannot be read as a quantity" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "locale", "why"),
    [
        ("1,500 people", "de", "locale “en” would read 1500"),
        ("1.50", "de", "with “.” before each three digits and “,” before decimals"),
        ("1.500", "fr", "with a space before each three digits"),
        ("aucun mort signalé", "fr", "could_not_confirm"),
        ("banane", "fr", "“banane” starts with neither"),
        ("une dizaine à 20", "fr", "needs a plain number or vague word at each end"),
    ],
)
def test_a_refusal_names_the_locale(text: str, locale: str, why: str) -> None:
    with pytest.raises(InvalidQuantity) as caught:
        parse_quantity(text, locale=locale)
    assert why in str(caught.value)


def test_a_long_text_is_refused_at_once_and_quoted_in_part() -> None:
    with pytest.raises(InvalidQuantity, match="100000 characters") as caught:
        parse_quantity("8 " * 50_000)
    assert len(str(caught.value)) < 300
    with pytest.raises(InvalidQuantity, match="more than 400 characters"):
        quantity_from_expression("(" * 100_000)


def test_an_unknown_profile_or_locale_names_those_held() -> None:
    with pytest.raises(UnknownProfile, match="default@1, acled@1, pitf@1"):
        parse_quantity("8", profile="none@1")
    with pytest.raises(UnknownProfile, match="pitf@1"):
        quantity_from_expression("8", profile="none@1")
    with pytest.raises(UnknownProfile, match="en, de, fr"):
        parse_quantity("8", locale="tlh")


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("", "not a number"),
        ("eight", "no row of the phrase table"),
        ("most*12", "no row of the phrase table"),
        ("08", "its canonical form is '8'"),
        ("or(11, 8)", "its canonical form is 'or(8, 11)'"),
        ("2/4", "its canonical form is '1/2'"),
        ("several*1", "its canonical form is 'several'"),
        ("range(8, 11, unknown)", "its canonical form"),
        ("range(8)", "two ends"),
        ("range(8, 11, guesses)", "not a basis of a range"),
        ("range(11, 8)", "reversed"),
        ("coded(5, 8)", "three whole numbers"),
        ("coded(5, several, 8)", "three whole numbers"),
        ("at_least(coded(5, 8, 9))", "no agreed reading"),
        ("about(some)", "“about” over some has no agreed reading"),
        ("range(some, 8)", "needs a number at each end"),
        ("some*12", "no row of the phrase table"),
        ("digits(1)", "state from 2 to 9"),
        ("maybe(8)", "'maybe' is not a hedge"),
        ("8 apples", "the unit 'apples' is not in the unit table"),
        ("8  civilians", "not a number"),
        ("٨", "not a number"),
    ],
)
def test_only_a_canonical_expression_is_read_back(expression: str, why: str) -> None:
    with pytest.raises(InvalidQuantity) as caught:
        quantity_from_expression(expression)
    assert why in str(caught.value)
    assert "is not an expression of a quantity" in str(caught.value)


@pytest.mark.parametrize("row", [(5, 8, 12.0), (5, True, 8), ("5", 8, 9)])
def test_a_coded_row_needs_whole_numbers(row: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidQuantity, match="three whole numbers"):
        coded_range(*row)


def test_a_coded_row_needs_counts_and_a_unit_of_the_table() -> None:
    with pytest.raises(InvalidQuantity, match="not negative"):
        coded_range(-1, 8, 12)
    with pytest.raises(InvalidQuantity, match="'apples' is not in the unit table"):
        coded_range(5, 8, 12, unit="apples")


def test_only_a_range_has_a_basis() -> None:
    with pytest.raises(InvalidQuantity, match="'8' is no range"):
        with_range_basis(parse_quantity("8"), "time")
    with pytest.raises(InvalidQuantity, match="not a basis of a range"):
        with_range_basis(parse_quantity("8 to 11"), "guesses")
