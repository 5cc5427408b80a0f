"""``claims export`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims.exchange.entity_tables import is_export, read_export
from tests.cli.conftest import Claims


@pytest.fixture
def held(claims: Claims) -> Path:
    """The example, in a database in the working folder."""
    assert claims("demo", "--db", "flood.db").code == 0
    return Path("flood.db")


def test_a_workbook_is_written_and_read_back(claims: Claims, held: Path) -> None:
    made = claims("export", "flood.xlsx", "--db", held)
    assert (made.code, made.err) == (0, "")
    assert "Written:" in made.out
    assert is_export(Path("flood.xlsx"))
    told = claims("export", "flood", "--db", held, "--json")
    assert told.code == 0
    counts = json.loads(told.out)["records"]
    assert counts["claim"] > 1
    read = read_export(Path("flood"))
    assert len(read) == sum(counts.values())
    assert {one.id: one for one in read} == {one.id: one for one in read_export(Path("flood.xlsx"))}


def test_a_dry_run_says_what_there_would_be(claims: Claims, held: Path) -> None:
    told = claims("export", "tables", "--db", held, "--format", "jsonl", "--dry-run")
    assert told.code == 0
    assert "Nothing was written: a dry run." in told.out
    assert not Path("tables").exists()


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        (["flood.xlsx", "--format", "csv"], 3, "is the name of a workbook; for csv name a folder"),
        (["flood", "--format", "xlsx"], 3, "give one that ends in .xlsx"),
        (["no/such/folder"], 2, "does not exist"),
        (["tables", "--topic", "nothing"], 6, "nothing"),
        ([" "], 2, "a name is empty"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    claims: Claims, held: Path, words: list[str], code: int, expected: str
) -> None:
    told = claims("export", *words, "--db", held)
    assert told.code == code
    assert expected in told.err.replace("│", "")
    assert "Traceback" not in told.err


def test_nothing_is_replaced(claims: Claims, held: Path) -> None:
    Path("mine.xlsx").write_text("mine")
    told = claims("export", "mine.xlsx", "--db", held)
    assert told.code == 3
    assert "never replaces" in told.err
    assert Path("mine.xlsx").read_text() == "mine"
