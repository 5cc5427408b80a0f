"""What the words of a number allow, and how they are typically read."""

from __future__ import annotations

import pytest

from claims.values.profiles import rows_by_id
from claims.values.quantity import as_json, parse_quantity, quantity_from_expression

INF = None

COUNTS: list[tuple[str, list[int | None], list[float] | None, str]] = [
    # words, hard, soft, outermost row
    ("8", [8, 8], [8, 8], "number"),
    ("eight", [8, 8], [8, 8], "number"),
    ("1,500", [1500, 1500], [1500, 1500], "number"),
    ("at least 40", [40, INF], [40, 50], "at_least"),
    ("at least 8", [8, INF], [8, 10], "at_least"),
    ("at least 12", [12, INF], [12, 20], "at_least"),
    ("at least 580", [580, INF], [580, 600], "at_least"),
    ("at least 1,500", [1500, INF], [1500, 2000], "at_least"),
    ("at least 4,000", [4000, INF], [4000, 5000], "at_least"),
    ("40 or more", [40, INF], [40, 50], "at_least"),
    ("no fewer than 40", [40, INF], [40, 50], "at_least"),
    ("40+", [40, INF], [40, 50], "at_least"),
    ("40 plus", [40, INF], [40, 50], "at_least"),
    ("40-plus people", [40, INF], [40, 50], "at_least"),
    ("≥ 40", [40, INF], [40, 50], "at_least"),
    (">= 40", [40, INF], [40, 50], "at_least"),
    ("more than 40", [41, INF], [41, 50], "more_than"),
    ("over 40", [41, INF], [41, 50], "more_than"),
    ("> 40", [41, INF], [41, 50], "more_than"),
    ("more than 8", [9, INF], [9, 10], "more_than"),
    ("at most 40", [0, 40], [0, 40], "at_most"),
    ("no more than 40", [0, 40], [0, 40], "at_most"),
    ("not more than 40", [0, 40], [0, 40], "at_most"),
    ("40 or fewer", [0, 40], [0, 40], "at_most"),
    ("40 or less", [0, 40], [0, 40], "at_most"),
    ("≤40", [0, 40], [0, 40], "at_most"),
    ("fewer than 40", [0, 39], [0, 39], "fewer_than"),
    ("under 40", [0, 39], [0, 39], "fewer_than"),
    ("<40", [0, 39], [0, 39], "fewer_than"),
    ("up to 40", [0, INF], [0, 40], "up_to"),
    ("as many as 40", [0, INF], [0, 40], "up_to"),
    ("580 to 1500", [580, 1500], [580, 1500], "range"),
    ("580–1500", [580, 1500], [580, 1500], "range"),
    ("580 — 1500", [580, 1500], [580, 1500], "range"),
    ("580-1500", [580, 1500], [580, 1500], "range"),
    ("between 580 and 1,500", [580, 1500], [580, 1500], "range"),
    ("from 580 to 1,500", [580, 1500], [580, 1500], "range"),
    ("8 or 11", [8, 11], [8, 11], "or"),
    ("nearly 4,000", [0, 3999], [3600, 3999], "nearly"),
    ("almost 8", [0, 7], [7, 7], "nearly"),
    ("nearly 1", [0, 0], [0, 0], "nearly"),
    ("about 40", [0, INF], [36, 44], "about"),
    ("around 1,500", [0, INF], [1350, 1650], "about"),
    ("some 8", [0, INF], [7, 9], "about"),
    ("~40", [0, INF], [36, 44], "about"),
    ("≈ 40", [0, INF], [36, 44], "about"),
    ("c. 40", [0, INF], [36, 44], "about"),
    ("approx. 40", [0, INF], [36, 44], "about"),
    ("circa 40", [0, INF], [36, 44], "about"),
    ("close to 40", [0, INF], [36, 44], "about"),
    ("roughly forty", [0, INF], [36, 44], "about"),
    ("40-odd", [0, INF], [36, 44], "about"),
    ("forty-odd", [0, INF], [36, 44], "about"),
    ("40 or so", [0, INF], [36, 44], "about"),
    ("about 15", [0, INF], [13.5, 16.5], "about"),
    ("about 0", [0, INF], [0, 1], "about"),
    ("a couple", [2, 3], [2, 2], "couple"),
    ("a few", [3, INF], [3, 5], "a_few"),
    ("a handful", [3, INF], [3, 6], "handful"),
    ("some villagers", [1, INF], None, "some"),
    ("a number of houses", [1, INF], None, "some"),
    ("several", [3, INF], [3, 9], "several"),
    ("tens", [10, INF], [20, 99], "tens"),
    ("dozens", [12, INF], [24, 99], "dozens"),
    ("scores", [20, INF], [40, 100], "scores"),
    ("hundreds", [100, INF], [200, 999], "hundreds"),
    ("thousands", [1000, INF], [2000, 9999], "thousands"),
    ("millions", [10**6, INF], [2 * 10**6, 10**7 - 1], "millions"),
    ("a two-digit number", [10, 99], [10, 99], "digits"),
    ("a three-digit number", [100, 999], [100, 999], "digits"),
    ("many", [1, INF], None, "many"),
    ("numerous", [1, INF], None, "many"),
    ("heavy losses", [1, INF], None, "many"),
    ("none", [0, 0], [0, 0], "none"),
    ("no deaths", [0, 0], [0, 0], "none"),
    ("zero", [0, 0], [0, 0], "none"),
    ("0", [0, 0], [0, 0], "none"),
    ("no one was killed", [0, 0], [0, 0], "none"),
    ("no dead", [0, 0], [0, 0], "none"),
    ("not a single civilian was killed", [0, 0], [0, 0], "none"),
    ("8 killed and wounded", [8, 8], [8, 8], "number"),
    # combinations
    ("at least several dozen", [36, INF], [36, 108], "at_least"),
    ("at least dozens", [12, INF], [24, 99], "at_least"),
    ("at least a couple", [2, INF], [2, 10], "at_least"),
    ("at least many", [1, INF], None, "at_least"),
    ("at least two or three", [2, INF], [2, 3], "at_least"),
    ("at least about 40", [0, INF], [36, 44], "at_least"),
    ("about 40 or more", [0, INF], [36, 44], "at_least"),
    ("more than several dozen", [37, INF], [37, 108], "more_than"),
    ("more than many", [2, INF], None, "more_than"),
    ("more than a dozen", [13, INF], [13, 20], "more_than"),
    ("fewer than several", [0, INF], [0, 8], "fewer_than"),
    ("fewer than about 40", [0, INF], [0, 43], "fewer_than"),
    ("at most a couple", [0, 3], [0, 2], "at_most"),
    ("at most several", [0, INF], [0, 9], "at_most"),
    ("at most many", [0, INF], None, "at_most"),
    ("up to many", [0, INF], None, "up_to"),
    ("up to several hundred", [0, INF], [0, 900], "up_to"),
    ("some dozens", [0, INF], [24, 99], "about"),
    ("about many", [0, INF], None, "about"),
    ("some 3 to 4 thousand", [0, INF], [2700, 4400], "about"),
    ("between about 30 and 40", [0, INF], [27, 44], "about"),
    ("from about 30 to 40", [0, INF], [27, 44], "about"),
    ("3 to 4 thousand", [3000, 4000], [3000, 4000], "range"),
    ("three to four hundred", [300, 400], [300, 400], "range"),
    ("ten to twenty thousand", [10_000, 20_000], [10_000, 20_000], "range"),
    ("1.2 to 1.5 million", [1_200_000, 1_500_000], [1_200_000, 1_500_000], "range"),
    ("2–3 dozen", [24, 36], [24, 36], "range"),
    ("50 to a hundred", [50, 100], [50, 100], "range"),
    ("ten to one hundred", [10, 100], [10, 100], "range"),
    ("twenty to one hundred thousand", [20_000, 100_000], [20_000, 100_000], "range"),
    ("two to three hundred thousand", [200_000, 300_000], [200_000, 300_000], "range"),
    ("half a million to two million", [500_000, 2 * 10**6], [500_000, 2 * 10**6], "range"),
    ("a hundred to 200 thousand", [100_000, 200_000], [100_000, 200_000], "range"),
    ("500 to 1 thousand", [500, 1000], [500, 1000], "range"),
    ("five hundred to two thousand", [500, 2000], [500, 2000], "range"),
    ("three to one hundred and five", [3, 105], [3, 105], "range"),
    ("between one hundred and five hundred", [100, 500], [100, 500], "range"),
    ("between one hundred and five and two hundred", [105, 200], [105, 200], "range"),
    ("between two and three hundred", [200, 300], [200, 300], "range"),
    ("several to 40", [3, 40], [3, 40], "range"),
    ("8 to several dozen", [8, INF], [8, 108], "range"),
    ("dozens to hundreds", [12, INF], [24, 999], "range"),
    ("one to many", [1, INF], None, "range"),
    ("several to a two-digit number", [3, 99], [3, 99], "range"),
    ("either 8 or 11", [8, 11], [8, 11], "or"),
    ("8 or 11 or 14", [8, 14], [8, 14], "or"),
    ("there were no casualties", [0, 0], [0, 0], "none"),
    ("two or three hundred", [200, 300], [200, 300], "or"),
    ("8, 9 or 10", [8, 10], [8, 10], "or"),
    ("tens of thousands", [10_000, INF], [20_000, 99_999], "times"),
    ("hundreds of thousands", [100_000, INF], [200_000, 999_999], "times"),
    ("scores of thousands", [20_000, INF], [40_000, 100_000], "times"),
    ("a few hundred", [300, INF], [300, 500], "times"),
    ("several dozen", [36, INF], [36, 108], "times"),
    ("several hundred thousand", [300_000, INF], [300_000, 900_000], "times"),
    ("a couple of dozen", [24, 36], [24, 24], "times"),
    ("many dozens", [12, INF], None, "times"),
]


@pytest.mark.parametrize(("text", "hard", "soft", "row"), COUNTS)
def test_a_count_has_the_intervals_of_the_phrase_table(
    text: str, hard: list[int | None], soft: list[float] | None, row: str
) -> None:
    found = parse_quantity(text)
    shown = as_json(found)
    assert (shown["hard"], shown["soft"]) == (hard, soft)
    assert found.measure == "count"
    assert found.rows[0] == row
    assert found.said == text
    assert shown["hard_open"] == []
    assert set(found.rows) <= set(rows_by_id("default@1"))


@pytest.mark.parametrize("text", ["at least 40", "more than 40", "at least 40 per cent"])
def test_the_next_round_number_belongs_to_the_typical_reading(text: str) -> None:
    assert as_json(parse_quantity(text))["soft_open"] == []


@pytest.mark.parametrize(
    ("text", "points"),
    [("8 or 11", [8, 11]), ("11 or 8", [8, 11]), ("8, 9, or 10", [8, 9, 10]), ("8 to 11", None)],
)
def test_alternatives_are_a_set(text: str, points: list[int] | None) -> None:
    assert as_json(parse_quantity(text))["soft_set"] == points


PROPORTIONS: list[tuple[str, list[float], list[str], list[float], list[str]]] = [
    ("most", [0.5, 1], ["lo"], [0.6, 0.95], []),
    ("most of the fighters", [0.5, 1], ["lo"], [0.6, 0.95], []),
    ("a majority", [0.5, 1], ["lo"], [0.5, 1], ["lo"]),
    ("a minority", [0, 0.5], ["lo", "hi"], [0, 0.5], ["lo", "hi"]),
    ("all", [1, 1], [], [1, 1], []),
    ("nearly all", [0, 1], ["hi"], [0.9, 1], ["hi"]),
    ("40 per cent", [0.395, 0.405], [], [0.395, 0.405], []),
    ("forty percent", [0.395, 0.405], [], [0.395, 0.405], []),
    ("12.5%", [0.1245, 0.1255], [], [0.1245, 0.1255], []),
    ("40.0 %", [0.3995, 0.4005], [], [0.3995, 0.4005], []),
    ("100 per cent", [0.995, 1], [], [0.995, 1], []),
    ("one hundred per cent", [0.995, 1], [], [0.995, 1], []),
    ("0 per cent", [0, 0.005], [], [0, 0.005], []),
    ("half", [0.45, 0.55], [], [0.45, 0.55], []),
    ("one half", [0.45, 0.55], [], [0.45, 0.55], []),
    ("a quarter", [0.2, 0.3], [], [0.2, 0.3], []),
    ("three quarters", [0.7, 0.8], [], [0.7, 0.8], []),
    ("three-quarters", [0.7, 0.8], [], [0.7, 0.8], []),
    ("¾", [0.7, 0.8], [], [0.7, 0.8], []),
    ("3/4", [0.7, 0.8], [], [0.7, 0.8], []),
    ("8 in 10", [0.75, 0.85], [], [0.75, 0.85], []),
    ("four out of five", [0.75, 0.85], [], [0.75, 0.85], []),
    ("nearly 40 per cent", [0, 0.4], ["hi"], [0.36, 0.4], ["hi"]),
    ("at least 40 per cent", [0.4, 1], [], [0.4, 0.5], []),
    ("at least 95 per cent", [0.95, 1], [], [0.95, 1], []),
    ("at least 100 per cent", [1, 1], [], [1, 1], []),
    ("more than half", [0.5, 1], ["lo"], [0.5, 0.6], ["lo"]),
    ("more than 8 %", [0.08, 1], ["lo"], [0.08, 0.1], ["lo"]),
    ("less than half", [0, 0.5], ["hi"], [0, 0.5], ["hi"]),
    ("up to 40 %", [0, 1], [], [0, 0.4], []),
    ("at most 40 %", [0, 0.4], [], [0, 0.4], []),
    ("about 40 %", [0, 1], [], [0.36, 0.44], []),
    ("about 5 %", [0, 1], [], [0.04, 0.06], []),
    ("about 99 %", [0, 1], [], [0.891, 1], []),
    ("some two thirds", [0, 1], [], [0.6, 0.733333333], []),
    ("about a quarter", [0, 1], [], [0.2, 0.3], []),
    ("less than about 40 %", [0, 1], [], [0, 0.44], ["hi"]),
    ("30 to 40 per cent", [0.3, 0.4], [], [0.3, 0.4], []),
    ("30–40 %", [0.3, 0.4], [], [0.3, 0.4], []),
    ("30 or 40 per cent", [0.3, 0.4], [], [0.3, 0.4], []),
    ("between a quarter and a half", [0.25, 0.5], [], [0.25, 0.5], []),
]


@pytest.mark.parametrize(("text", "hard", "hard_open", "soft", "soft_open"), PROPORTIONS)
def test_a_proportion_is_an_interval_between_0_and_1(
    text: str,
    hard: list[float],
    hard_open: list[str],
    soft: list[float],
    soft_open: list[str],
) -> None:
    found = parse_quantity(text)
    shown = as_json(found)
    assert found.measure == "proportion"
    assert (shown["hard"], shown["hard_open"]) == (hard, hard_open)
    assert (shown["soft"], shown["soft_open"]) == (soft, soft_open)


def test_a_third_is_not_disjoint_from_33_per_cent() -> None:
    third, percent = parse_quantity("a third"), parse_quantity("33 %")
    assert third.hard is not None
    assert percent.hard is not None
    assert percent.hard.within(third.hard)


NUMBERS = {
    "four thousand": 4000,
    "eighty-six": 86,
    "eighty six": 86,
    "1.2 million": 1_200_000,
    "two and a half dozen": 30,
    "one and a half million": 1_500_000,
    "half a dozen": 6,
    "half a million": 500_000,
    "a quarter of a million": 250_000,
    "a dozen": 12,
    "two dozen": 24,
    "2.5 dozen": 30,
    "one hundred and five": 105,
    "a hundred": 100,
    "a hundred and five": 105,
    "seven hundred and fifty thousand": 750_000,
    "one million two hundred thousand": 1_200_000,
    "3 hundred thousand": 300_000,
    "8 (eight)": 8,
    "eight (8)": 8,
    "8 (eight) civilians": 8,
    "exactly 8": 8,
    "just 8": 8,
    "only eight": 8,
    "a total of 8": 8,
    "8 in all": 8,
    "the eight civilians": 8,
    "8.": 8,
    "“8”": 8,
    "1 500": 1500,
    "1\u00a0500": 1500,
    "1\u202f500": 1500,
    "1\u2009500\u2009000": 1_500_000,
    "1,500,000": 1_500_000,
    "٤٠": 40,
    "४०": 40,
    "４０": 40,
    "999,999,999,999,999,999,999": 10**21 - 1,
    "10 billion": 10**10,
}


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_a_number_is_read_sharply(text: str, number: int) -> None:
    found = parse_quantity(text)
    assert as_json(found)["hard"] == as_json(found)["soft"] == [number, number]
    assert found.rows == ("number",)


@pytest.mark.parametrize(
    ("text", "is_round"),
    [("1,500", True), ("40 people", True), ("1,497", False), ("8", False), ("0", False)],
)
def test_round_marks_a_single_sharp_round_number(text: str, is_round: bool) -> None:
    assert parse_quantity(text).round is is_round
    assert parse_quantity("about 40").round is False


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "1,500"),
        ("de", "1.500"),
        ("de-AT", "1.500"),
        ("fr", "1 500"),
        ("fr-CH", "1\u202f500"),
        ("ru", "1 500"),
        ("az", "1\u00a0500"),
        ("hy", "1 500"),
        ("ch", "1'500"),
        ("de-CH", "1’500"),
    ],
)
def test_separators_follow_the_locale(locale: str, text: str) -> None:
    assert as_json(parse_quantity(text, locale=locale))["hard"] == [1500, 1500]


def test_the_decimal_sign_follows_the_locale() -> None:
    million = quantity_from_expression("1200000")
    assert parse_quantity("1.2 million") == million
    assert parse_quantity("1,2 million", locale="de") == million
    assert parse_quantity("1.200.000", locale="de") == million
    assert parse_quantity("12,5 %", locale="de").expression == "12.5%"


UNITS = {
    "8 civilians": ("civilians", "people"),
    "one civilian": ("civilians", "people"),
    "eight ethnic Azerbaijani civilians were killed": ("civilians", "people"),
    "dozens of civilians": ("civilians", "people"),
    "several civilians were killed": ("civilians", "people"),
    "30 families": ("families", "families"),
    "580 to 1,500 refugees": ("refugees", "people"),
    "40 of the villagers": ("villagers", "people"),
    "half of the villagers": ("villagers", "people"),
    "40 per cent of the houses": ("houses", "houses"),
    "all the villagers": ("villagers", "people"),
    "no deaths": ("deaths", "people"),
    "8 civilian deaths": ("deaths", "people"),
    "twelve police officers": ("officers", "people"),
    "8 displaced persons": ("idps", "people"),
    "8 dead civilians": ("civilians", "people"),
    "eight Karabakh Armenians": ("people", "people"),
    "dozens of men, women and children": ("people", "people"),
    "8 people dead": ("people", "people"),
    "8 people lost their lives": ("people", "people"),
    "8 bodies": ("bodies", "bodies"),
    "three villages": ("villages", "villages"),
    "100 people or so": ("people", "people"),
    "8 civilians or more": ("civilians", "people"),
    "8 killed": (None, None),
    "8 were killed or wounded": (None, None),
    "8": (None, None),
}


@pytest.mark.parametrize(("text", "units"), UNITS.items())
def test_the_noun_is_the_unit_and_says_what_is_counted(
    text: str, units: tuple[str | None, str | None]
) -> None:
    found = parse_quantity(text)
    assert (found.unit, found.unit_of_count) == units


FRENCH = {
    "une douzaine de civils": "about(12) civilians",
    "des dizaines de civils": "tens civilians",
    "plusieurs": "several",
    "au moins 8 civils": "at_least(8) civilians",
    "plus de 1 500": "more_than(1500)",
    "plus d’une douzaine": "more_than(about(12))",
    "environ 40": "about(40)",
    "entre 8 et 11": "range(8, 11)",
    "de 8 à 11": "range(8, 11)",
    "aucun": "0",
    "aucun civil": "0 civilians",
    "aucun mort": "0",
    "des centaines de milliers de réfugiés": "hundreds*1000 refugees",
    "la plupart des villageois": "most villagers",
    "un tiers": "1/3",
    "quelques centaines": "a_few*100",
    "deux mille trois cents": "2300",
    "quatre-vingt-six tués": "86",
    "vingt et un": "21",
    "1,5 million": "1500000",
    "40 pour cent des maisons": "40% houses",
}


@pytest.mark.parametrize(("text", "expression"), FRENCH.items())
def test_french_is_a_phrase_table_of_its_own(text: str, expression: str) -> None:
    assert parse_quantity(text, locale="fr").expression == expression


def test_accents_written_apart_are_the_same_words() -> None:
    assert parse_quantity("8 re\u0301fugie\u0301s", locale="fr").unit == "refugees"


def test_english_words_are_read_under_any_locale() -> None:
    assert parse_quantity("1 500 people", locale="fr").expression == "1500 people"
    assert parse_quantity("1.500 people", locale="de").expression == "1500 people"


def test_rows_are_named_outermost_first() -> None:
    assert parse_quantity("at least several dozen").rows == ("at_least", "times", "several")
    assert parse_quantity("some 3 to 4 thousand").rows == ("about", "range")
    assert parse_quantity("dozens to hundreds").rows == ("range", "dozens", "hundreds")
    assert parse_quantity("at least 40").rows == ("at_least",)
    assert parse_quantity("40 %").rows == ("percent",)
    assert parse_quantity("a third").rows == ("fraction",)


def test_the_words_said_do_not_decide_equality() -> None:
    eight, figure = parse_quantity("eight"), parse_quantity("8")
    assert eight == figure
    assert hash(eight) == hash(figure)
    assert eight.said != figure.said
    assert eight != parse_quantity("9")
    assert eight != parse_quantity("8", profile="acled@1")
    assert eight != 8
    assert eight.kind == "quantity"


def test_json_has_every_field_in_plain_types() -> None:
    assert as_json(parse_quantity("at least 12.5 % of the houses")) == {
        "said": "at least 12.5 % of the houses",
        "expression": "at_least(12.5%) houses",
        "hard": [0.125, 1],
        "soft": [0.125, 0.2],
        "hard_open": [],
        "soft_open": [],
        "soft_set": None,
        "unit": "houses",
        "unit_of_count": "houses",
        "measure": "proportion",
        "round": False,
        "range_basis": None,
        "profile": "default@1",
        "rows": ["at_least"],
    }
    assert as_json(parse_quantity("many"))["soft"] is None
    assert as_json(parse_quantity("many"))["soft_open"] == []
