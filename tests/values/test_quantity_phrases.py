"""Phrases as reports have them, each with the one expression that it means."""

from __future__ import annotations

import pytest

from claims.errors import InvalidQuantity
from claims.values.quantity import as_json, parse_quantity

READ = {
    "a civilian": "1 civilians",
    "an elderly man": "1 men",
    "an Armenian civilian was killed": "1 civilians",
    "a single person": "1 people",
    "at least a woman": "at_least(1) women",
    "a police officer": "1 officers",
    "an aircraft": "1 aircraft",
    "half the aircraft": "1/2 aircraft",
    "both men": "2 men",
    "both": "2",
    "a pair of helicopters": "2 helicopters",
    "twin explosions": "2 explosions",
    "a trio of soldiers": "3 soldiers",
    "all 8": "8",
    "all the eight villagers": "8 villagers",
    "all the villagers": "all villagers",
    "all": "all",
    "a handful of civilians": "handful civilians",
    "no more than a handful": "at_most(handful)",
    "some": "some",
    "some were killed": "some",
    "some of the villagers": "some villagers",
    "some 40 villagers": "about(40) villagers",
    "some dozens of villagers": "about(dozens) villagers",
    "a number of houses": "some houses",
    "hundreds, if not thousands": "range(hundreds, thousands)",
    "hundreds if not thousands of civilians": "range(hundreds, thousands) civilians",
    "hundreds or even thousands": "range(hundreds, thousands)",
    "several hundred to several thousand": "range(several*100, several*1000)",
    "several hundred to two thousand": "range(several*100, 2000)",
    "40 to several hundred": "range(40, several*100)",
    "dozens to half a million": "range(dozens, 500000)",
    "dozens or hundreds of people": "range(dozens, hundreds) people",
    "a dozen or several dozen": "range(12, several*12)",
    "hundreds and hundreds": "hundreds",
    "in the dozens": "dozens",
    "8 or even 9": "or(8, 9)",
    "anywhere from 30 to 50": "range(30, 50)",
    "somewhere between 30 and 50 people": "range(30, 50) people",
    "30 up to 50": "range(30, 50)",
    "estimated at 900": "about(900)",
    "slightly fewer than 100": "nearly(100)",
    "minimum of 8": "at_least(8)",
    "not exceeding 8": "at_most(8)",
    "1.2 bn": "1200000000",
    "40 per cent of": "40%",
    "nearly a third of": "nearly(1/3)",
    "dozens of": "dozens",
    "the vast majority of houses": "majority houses",
    "the bulk of the houses": "majority houses",
    "some Forty villagers": "about(40) villagers",
    "some of them were killed": "some",
    "a number of": "some",
    "8 of them": "8",
    "all 8 of them were killed": "8",
    "half of them": "1/2",
    "8 reported dead": "8",
    "more or less 40": "about(40)",
    "half of the villages": "1/2 villages",
}


@pytest.mark.parametrize(("text", "expression"), READ.items())
def test_a_phrase_of_reports_has_one_meaning(text: str, expression: str) -> None:
    assert str(parse_quantity(text)) == expression


@pytest.mark.parametrize(
    ("locale", "text", "expression"),
    [
        ("de_CH", "1'500", "1500"),
        ("DE-ch", "1'500", "1500"),
        ("de-AT", "1.500", "1500"),
        ("es", "1.500", "1500"),
        ("es-MX", "1,500", "1500"),
        ("pl", "1 500,5 %", None),
        ("it", "12,5 %", "12.5%"),
        ("fr", "une poignée de civils", "handful civilians"),
        ("fr", "tous les 8", "8"),
        ("fr", "un certain nombre de villages", "some villages"),
    ],
)
def test_a_locale_is_found_in_any_spelling(locale: str, text: str, expression: str | None) -> None:
    if expression is None:
        with pytest.raises(InvalidQuantity, match="more than the whole"):
            parse_quantity(text, locale=locale)
    else:
        assert str(parse_quantity(text, locale=locale)) == expression


def test_words_of_a_language_that_is_not_held_are_told_so() -> None:
    with pytest.raises(InvalidQuantity, match="no table of the words of locale “de” is held"):
        parse_quantity("Dutzende", locale="de")
    with pytest.raises(InvalidQuantity) as caught:
        parse_quantity("dutzende", locale="en-GB")
    assert "no table" not in str(caught.value)


def test_the_typical_end_of_nearly_a_third_is_rounded() -> None:
    assert as_json(parse_quantity("nearly a third"))["soft"] == [0.3, 0.333333333333]
    assert as_json(parse_quantity(f"nearly {10**23}"))["soft"] == [9 * 10**22, 10**23 - 1]
