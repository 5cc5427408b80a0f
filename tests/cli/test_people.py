"""Contributors and reviews at the command line."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Claims


@pytest.fixture
def begun(claims: Claims) -> Claims:
    assert claims("init", "--as", "Ruler").code == 0
    return claims


def test_a_contributor_is_added_shown_changed_and_told_of(begun: Claims) -> None:
    added = begun("contributor", "add", "Coder", "--clearance", "team", "--json")
    assert json.loads(added.out)["contributor"]["role"] == "enterer"
    assert (
        "Coder: role enterer → reviewer"
        in begun(
            "contributor", "edit", "Coder", "--role", "reviewer", "--reason", "has learnt it"
        ).out
    )
    assert begun("contributor", "list").out.splitlines()[1].split() == ["Coder", "reviewer", "team"]
    assert "reviews, merges" in begun("contributor", "show", "coder").out
    told = begun("contributor", "history", "Coder").out
    assert "Ruler: added as enterer, cleared for team" in told
    assert told.endswith("Ruler: role enterer → reviewer\n  has learnt it\n")


def test_a_dry_run_adds_nobody(begun: Claims) -> None:
    assert "dry run" in begun("contributor", "add", "Coder", "--dry-run").out
    assert begun("contributor", "show", "Coder").code == 6


def test_a_role_below_what_is_needed_ends_with_7(begun: Claims) -> None:
    begun("contributor", "add", "Coder")
    refused = begun("--as", "Coder", "contributor", "edit", "Coder", "--clearance", "restricted")
    assert refused.code == 7
    assert "takes the role administrator" in refused.err
    assert begun("--as", "Coder", "review", "accept", "x", "--reason", "y").code == 7


def test_a_newcomer_is_not_taken_in_by_init(begun: Claims) -> None:
    refused = begun("init", "--as", "Stranger")
    assert refused.code == 7
    assert "claims contributor add 'Stranger'" in refused.err


def test_an_empty_list_of_reviews_says_so(begun: Claims) -> None:
    assert begun("review", "list").out == "0 claims awaiting review.\n"
    assert json.loads(begun("review", "list", "--json").out) == []


def test_a_name_that_looks_like_another_is_warned_about(begun: Claims) -> None:
    begun("contributor", "add", "Anna")
    mixed = begun("contributor", "add", "\u0410nna")
    assert mixed.code == 0
    assert "looks like 'Anna'" in mixed.out
    assert "mixes letters of Latin and Cyrillic" in mixed.out
    cyrillic = begun("contributor", "add", "\u0412\u0435\u0440\u0430", "--json")
    assert json.loads(cyrillic.out)["warnings"] == []
