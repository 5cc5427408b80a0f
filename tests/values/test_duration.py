"""Durations: ISO 8601 and words to seconds."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.errors import InvalidValue, UnknownProfile
from claims.values.duration import duration_from_expression, parse_duration
from claims.values.interval import Number, Region, SetRelation
from claims.values.relation import Ranged, relation

HOUR, DAY = 3600, 86_400

SHARP = [
    ("two days", "P2D", 2 * DAY, 2 * DAY),
    ("48 hours", "P2D", 2 * DAY, 2 * DAY),
    ("PT48H", "P2D", 2 * DAY, 2 * DAY),
    ("P2D", "P2D", 2 * DAY, 2 * DAY),
    ("P1W", "P7D", 7 * DAY, 7 * DAY),
    ("a fortnight", "P14D", 14 * DAY, 14 * DAY),
    ("two-week", "P14D", 14 * DAY, 14 * DAY),
    ("Half an hour", "PT30M", 1800, 1800),
    ("an hour and a half", "PT1H30M", 5400, 5400),
    ("two and a half hours", "PT2H30M", 9000, 9000),
    ("1.5 hours", "PT1H30M", 5400, 5400),
    ("PT1,5H", "PT1H30M", 5400, 5400),
    ("1 hour, 30 minutes and 10 seconds", "PT1H30M10S", 5410, 5410),
    ("1 hour, and 30 min.", "PT1H30M", 5400, 5400),
    ("PT0.5S", "PT0.5S", Decimal("0.5"), Decimal("0.5")),
    ("PT0S", "PT0S", 0, 0),
    ("a month", "P1M", 28 * DAY, 31 * DAY),
    ("18 months", "P1Y6M", (365 + 6 * 28) * DAY, (366 + 6 * 31) * DAY),
    ("half a year", "P6M", 6 * 28 * DAY, 6 * 31 * DAY),
    ("two years", "P2Y", 2 * 365 * DAY, 2 * 366 * DAY),
    ("1,500 days", "P1500D", 1500 * DAY, 1500 * DAY),
]


@pytest.mark.parametrize(("text", "expression", "low", "high"), SHARP)
def test_an_exact_duration_is_kept_in_iso(
    text: str, expression: str, low: Number, high: Number
) -> None:
    found = parse_duration(text)
    assert found.expression == str(found) == expression
    assert found.hard == found.soft == Region.of(low, high)
    assert found.said == text
    assert found.kind == "duration"
    assert isinstance(found, Ranged)


VAGUE = [
    ("about three weeks", "about(3) weeks", (0, None), (14 * DAY, 28 * DAY)),
    ("several months", "several months", (3 * 28 * DAY, None), (3 * 28 * DAY, 9 * 31 * DAY)),
    ("dozens of days", "dozens days", (12 * DAY, None), (24 * DAY, 99 * DAY)),
    ("at least 48 hours", "at_least(48) hours", (2 * DAY, None), None),
    ("about an hour", "about(1) hours", (0, None), (0, 2 * HOUR)),
    ("between two and three days", "range(2, 3) days", (2 * DAY, 3 * DAY), (2 * DAY, 3 * DAY)),
]


@pytest.mark.parametrize(("text", "expression", "hard", "soft"), VAGUE)
def test_a_vague_duration_follows_the_profile(
    text: str,
    expression: str,
    hard: tuple[int, int | None],
    soft: tuple[int, int | None] | None,
) -> None:
    found = parse_duration(text)
    assert found.expression == expression
    assert found.hard == Region.of(*hard)
    assert soft is None or found.soft == Region.of(*soft)
    assert found.profile == "default@1"
    assert found.rows
    assert duration_from_expression(expression, said=text) == found


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        ("more than two days", Region.of(2 * DAY, None, lo_open=True)),
        ("less than two days", Region.of(0, 2 * DAY, hi_open=True)),
        ("nearly two days", Region.of(0, 2 * DAY, hi_open=True)),
        ("less than an hour", Region.of(0, HOUR, hi_open=True)),
        ("at most two days", Region.of(0, 2 * DAY)),
    ],
)
def test_time_has_no_step_of_one(text: str, hard: Region) -> None:
    found = parse_duration(text)
    assert found.hard == hard
    assert found.soft is not None
    assert found.soft.within(hard)


def test_more_than_two_days_allows_sixty_hours() -> None:
    found = relation(parse_duration("60 hours"), parse_duration("more than two days"))
    assert found.hard is SetRelation.WITHIN


def test_two_numbers_are_two_points() -> None:
    found = parse_duration("two or three days")
    assert found.hard == Region.of(2 * DAY, 3 * DAY)
    assert found.soft == Region.points([2 * DAY, 3 * DAY])


def test_a_number_without_a_typical_reading_has_no_soft_seconds() -> None:
    found = parse_duration("many days")
    assert found.soft is None
    assert found.hard == Region.of(DAY, None)


def test_another_profile_reads_vague_words_otherwise() -> None:
    default, pitf = (parse_duration("several days", profile=p) for p in ("default@1", "pitf@1"))
    assert default.hard == pitf.hard
    assert default.soft != pitf.soft
    assert default != pitf


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("two\0days", "NUL"),
        ("days", "the number before the unit is missing"),
        ("two", "does not end with a unit of time"),
        ("two parsecs", "does not end with a unit of time"),
        ("two days ago", "does not end with a unit of time"),
        ("foo days", "cannot be read as a quantity"),
        ("several days and two hours", "an exact number before each"),
        ("one day, and and hours", "cannot be read as a quantity"),
        ("one day hours", "the number before the unit is missing"),
        ("two days and three days", "each unit once"),
        ("several and a half days", "“and a half”"),
        ("half a month", "no fixed length"),
        ("P1.5M", "no fixed length"),
        ("40 per cent days", "is a part of something"),
        ("P", "is not an ISO 8601 duration"),
        ("PT", "is not an ISO 8601 duration"),
        ("P1DT", "is not an ISO 8601 duration"),
        ("P1D1Y", "is not an ISO 8601 duration"),
        ("P-2D", "is not an ISO 8601 duration"),
        ("P1.5DT1H", "fraction that is not in its last part"),
        ("1.5 days" * 100, "800 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason) as refusal:
        parse_duration(text)
    assert str(refusal.value).startswith("cannot read '")


@pytest.mark.parametrize("locale", ["xx", "../en", ""])
def test_words_of_a_language_without_a_table_are_refused(locale: str) -> None:
    with pytest.raises(InvalidValue, match="no words of durations"):
        parse_duration("two days", locale=locale)
    assert parse_duration("P2D", locale=locale).expression == "P2D"


@pytest.mark.parametrize("expression", ["", "2", "two parsecs", "X", "foo days", " days"])
def test_a_broken_expression_is_refused(expression: str) -> None:
    with pytest.raises(InvalidValue):
        duration_from_expression(expression)


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(UnknownProfile):
        parse_duration("several days", profile="nobody@1")


AMOUNTS = st.sampled_from(
    [
        *("2", "two", "about 10", "several", "a few", "more than 3", "nearly 40", "2 to 5"),
        *("two or three", "at least 48", "up to 12", "a", "half a", "two and a half", "1.5"),
        *("dozens of", "fewer than 3", "many", "a couple of"),
    ]
)
UNITS = st.sampled_from(["seconds", "minutes", "hours", "days", "weeks", "months", "years"])


@given(AMOUNTS, UNITS)
@example("several", "months")
def test_the_expression_reads_back_to_an_equal_value(amount: str, unit: str) -> None:
    if amount in {"half a", "two and a half", "1.5"} and unit in {"months", "years"}:
        unit = "days"
    found = parse_duration(f"{amount} {unit}")
    again = duration_from_expression(found.expression, said=found.said)
    assert again == found
    assert (again.hard, again.soft, again.rows) == (found.hard, found.soft, found.rows)
    if found.soft and found.hard:
        assert found.soft.within(found.hard)


@given(*[st.integers(0, 10**6)] * 6)
def test_iso_is_carried_and_reads_back(  # one argument a unit
    years: int, months: int, days: int, hours: int, minutes: int, seconds: int
) -> None:
    text = f"P{years}Y{months}M{days}DT{hours}H{minutes}M{seconds}S"
    found = parse_duration(text)
    assert parse_duration(found.expression) == found
    total = days * DAY + hours * HOUR + minutes * 60 + seconds
    whole, rest = divmod(12 * years + months, 12)
    low = total + (whole * 365 + rest * 28) * DAY
    assert found.hard == Region.of(low, total + (whole * 366 + rest * 31) * DAY)


@given(st.text(max_size=40))
@example("½ day")
@example("P١D")
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InvalidValue):
        assert parse_duration(text).said == text
