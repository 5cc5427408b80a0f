"""The report as JSON: its schema holds, and its fields say what the records say."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from syrupy.assertion import SnapshotAssertion

from claims.analysis.assess import assess_topic
from claims.report.json import as_json, render, report_schema
from claims.report.model import build
from claims.report.shape import Only, Report
from tests.report.flood import flood, flood_bench
from tests.report.made import HEAD, NOW, Bench, ident
from tests.report.test_text import HOSTILE, hostile_bench

VALIDATOR = Draft202012Validator(report_schema(), format_checker=FormatChecker())


def question(key: str) -> dict[str, Any]:
    """The question of this key."""
    found: list[dict[str, Any]] = as_json(flood())["questions"]
    return next(one for one in found if one["key"] == key)


def assessed() -> Report:
    """The flood as the analysis itself judges it."""
    bench = flood_bench()
    held = bench.casefile()
    return build(held, assess_topic(held), head_seq=57, head_hash=HEAD, generated_at=NOW)


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    assert render(flood()) == snapshot


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(report_schema())


@pytest.mark.parametrize("only", ["all", "conflicts"])
@pytest.mark.parametrize("bench", [flood_bench, Bench])
def test_reports_follow_the_schema(bench: Callable[[], Bench], only: Only) -> None:
    assert list(VALIDATOR.iter_errors(as_json(bench().report(), only=only))) == []


def test_every_object_is_closed_and_every_field_described() -> None:
    for name, part in {"report": report_schema(), **report_schema()["$defs"]}.items():
        if part.get("type") != "object":
            continue
        assert part["additionalProperties"] is False, name
        assert set(part["required"]) == set(part["properties"]), name
        for field, rule in part["properties"].items():
            assert "description" in rule or "$ref" in rule, f"{name}.{field}"


def test_an_unknown_field_is_refused() -> None:
    data = as_json(flood())
    data["questions"][0]["claims"][0]["grade"] = "A"
    assert list(VALIDATOR.iter_errors(data))


def test_a_count() -> None:
    claim = question("killed-by-dam")["claims"][0]
    assert (claim["said"], claim["hard"], claim["soft"]) == ("dozens", [12, None], [24, 99])
    assert claim["quote"].startswith("According to the Relief group, dozens")
    assert claim["end"] - claim["start"] == len(claim["quote"])
    assert [voice["name"] for voice in claim["chain"]] == ["The gazette", "Relief group"]
    assert [voice["document_held"] for voice in claim["chain"]] == [True, False]
    assert claim["chain"][1]["verb"] == "According to"
    assert claim["confidence"] is None


def test_a_date_has_days_and_no_numbers() -> None:
    claim = next(c for c in question("began")["claims"] if c["edtf"] == "2021-07")
    assert (claim["earliest"], claim["latest"]) == ("2021-07-01", "2021-07-31")
    assert (claim["hard"], claim["soft"]) == (None, None)
    assert question("began")["positions"][0]["common"] == ["2021-07-14", "2021-07-14"]


def test_answers_of_other_kinds() -> None:
    assert [c["value"] for c in question("cause")["claims"]] == ["heavy rain", "failure of the dam"]
    assert [c["value"] for c in question("blame")["claims"]] == [True, True]
    assert [c["value"] for c in question("name")["claims"]] == ["Bernd", "Bernd"]
    looked = question("warned")["claims"][1]
    assert (looked["said"], looked["value"], looked["stance"]) == (None, None, "could_not_confirm")


def test_a_relation_names_its_claims_and_what_it_rests_on() -> None:
    relation = question("killed")["relations"][0]
    assert relation["a"] == str(ident("dozens"))
    assert relation["relation"] == "CONFLICT_HARD"
    assert relation["reason"] == "subset_exceeds_total"
    assert relation["otherwise"] == "NOT_COMPARABLE"
    assert relation["assumption"]


def test_conflicts_alone_cite_only_what_they_use() -> None:
    data = as_json(flood(), only="conflicts")
    assert {one["dispute"] for one in data["questions"]} == {
        "CONFLICT_HARD",
        "CONFLICT_SOFT",
        "MUTUAL_ACCUSATION",
        "TENSION",
    }
    assert sum(data["summary"]["statuses"].values()) == 11
    used = {q["citation"] for one in data["questions"] for c in one["claims"] for q in c["quotes"]}
    cited = {passage["number"] for entry in data["citations"] for passage in entry["passages"]}
    assert used <= cited
    assert len(cited) < 22


def test_stored_words_are_kept_to_the_letter_but_written_as_escapes() -> None:
    text = render(hostile_bench().report())
    assert not set(text) & set("\x1b\x07\x9b\u202e\u2066\ud800")
    assert json.loads(text)["topic"]["label"] == HOSTILE


def test_the_analysis_itself_gives_a_report_that_follows_the_schema() -> None:
    data = as_json(assessed())
    assert list(VALIDATOR.iter_errors(data)) == []
    assert len(data["questions"]) == 11
