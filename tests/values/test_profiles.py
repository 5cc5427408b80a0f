"""Profiles: what they change, what they keep, and that each convention names its origin."""

from __future__ import annotations

import re

import pytest

from claims.errors import UnknownProfile
from claims.values.profiles import profile_rows, profiles, rows_by_id
from claims.values.quantity import as_json, parse_quantity, profile_changes
from claims.values.quantity_data import counted_by_unit, data_file
from claims.values.quantity_words import language


def soft(text: str, profile: str) -> object:
    return as_json(parse_quantity(text, profile=profile))["soft"]


@pytest.mark.parametrize(
    ("text", "default", "acled"),
    [
        ("tens", [20, 99], [10, 10]),
        ("dozens", [24, 99], [12, 12]),
        ("hundreds", [200, 999], [100, 100]),
        ("thousands", [2000, 9999], [1000, 1000]),
        ("tens of thousands", [20_000, 99_999], [10_000, 10_000]),
        ("at least dozens", [24, 99], [12, 20]),
        ("more than dozens", [25, 99], [13, 20]),
        ("some dozens", [24, 99], [12, 12]),
        ("24 to several hundred", [24, 900], [24, 900]),
        ("dozens to hundreds", [24, 999], [12, 100]),
        ("several", [3, 9], [3, 9]),
        ("scores", [40, 100], [40, 100]),
    ],
)
def test_acled_takes_vague_words_at_their_least(
    text: str, default: list[int], acled: list[int]
) -> None:
    assert soft(text, "default@1") == default
    assert soft(text, "acled@1") == acled


def test_pitf_reads_several_as_5_to_24() -> None:
    several = parse_quantity("several civilians", profile="pitf@1")
    assert as_json(several)["soft"] == [5, 24]
    assert as_json(several)["hard"] == [3, None]
    assert soft("several to 4", "pitf@1") == [4, 4]
    assert soft("at least several dozen", "pitf@1") == [60, 288]
    assert soft("dozens", "pitf@1") == [24, 99]


def test_a_change_of_profile_keeps_the_words() -> None:
    said = parse_quantity("dozens of civilians")
    changed = profile_changes(said, "acled@1")
    assert (changed.said, changed.profile) == ("dozens of civilians", "acled@1")
    assert as_json(changed)["soft"] == [12, 12]
    with pytest.raises(UnknownProfile, match="there is no profile 'none@1'"):
        profile_changes(said, "none@1")


def test_the_general_profile_comes_first_and_every_profile_has_every_row() -> None:
    assert profiles() == ("default@1", "acled@1", "pitf@1")
    ids = [row.id for row in profile_rows("default@1")]
    for name in profiles():
        assert [row.id for row in profile_rows(name)] == ids


@pytest.mark.parametrize("name", ["default@1", "acled@1", "pitf@1"])
def test_each_row_can_be_printed_with_its_origin(name: str) -> None:
    for row in profile_rows(name):
        assert row.phrase
        assert row.hard
        assert row.soft
        assert row.origin


def test_no_profile_changes_what_words_allow() -> None:
    for name in profiles():
        for row in profile_rows(name):
            assert row.hard == rows_by_id("default@1")[row.id].hard


def test_a_row_that_is_a_rule_has_no_fixed_bounds() -> None:
    with pytest.raises(ValueError, match="has no fixed bounds"):
        _ = rows_by_id("default@1")["about"].bounds


def test_an_unknown_profile_is_refused_with_those_held() -> None:
    with pytest.raises(UnknownProfile, match="choose one of default@1, acled@1, pitf@1"):
        profile_rows("coder")


def test_every_language_names_only_units_rows_and_kinds_that_exist() -> None:
    kinds = set(language("en").kinds)
    for code in ("en", "fr"):
        table = data_file(f"phrases/{code}")
        assert set(table["noun"]) <= set(counted_by_unit())
        assert set(language(code).kinds) == kinds
        assert {row for row in table["atom"] if re.fullmatch("[a-z]+", row)} <= set(
            rows_by_id("default@1")
        )
    assert set(data_file("phrases/en")["noun"]) == set(counted_by_unit())


def test_a_phrase_has_one_meaning_of_each_kind() -> None:
    for code in ("en", "fr"):
        for kind, meanings in language(code).kinds.items():
            for first, phrases in meanings.items():
                said = [rest for rest, _ in phrases]
                assert len(said) == len(set(said)), f"{code} {kind} {first}"
