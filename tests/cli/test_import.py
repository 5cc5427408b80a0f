"""``claims import``: what is shown, what is asked, what is stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.actions import tables_made
from tests.cli.conftest import Claims
from tests.cli.terminal import Terminal


@pytest.fixture
def table(claims: Claims) -> Path:
    """A table and its mapping beside a new database."""
    assert claims("init", "--as", "me").code == 0
    tables_made.mapping(Path())
    return tables_made.write(Path("table.csv"), tables_made.rows(3))


def test_a_table_is_shown_and_stored_and_taken_back(claims: Claims, table: Path) -> None:
    told = claims("import", table, "--mapping", "mapping.yaml", "--yes")
    assert (told.code, told.err) == (0, "")
    assert "example\n" in told.out
    assert "Flood 0" in told.out
    assert "claim     3" in told.out
    assert "claims report 'Flood 0'" in told.out
    assert "Nothing was changed." in claims("import", table, "--mapping", "mapping.yaml", "-y").out
    assert claims("undo", "--reason", "wrong").code == 0
    assert "r1" not in claims("claim", "list").out


def test_a_dry_run_stores_nothing_and_saves_the_mapping(claims: Claims, table: Path) -> None:
    words = ("import", table, "--mapping", "mapping.yaml", "--save-mapping", "saved.yaml")
    told = claims(*words, "--dry-run", "--json")
    said = json.loads(told.out)
    assert (said["dry_run"], said["changed"], said["rows"]) == (True, True, 3)
    assert said["counts"]["claim"] == {"new": 3}
    assert Path("saved.yaml").is_file()
    again = claims("import", table, "--mapping", "saved.yaml", "--dry-run", "--json")
    assert json.loads(again.out)["counts"] == said["counts"]


def test_without_a_person_it_must_be_said_that_nobody_is_asked(claims: Claims, table: Path) -> None:
    told = claims("import", table, "--mapping", "mapping.yaml")
    assert told.code == 2
    assert "give --yes to store without asking" in told.err


@pytest.mark.parametrize(("answer", "shown"), [("y", "Stored."), ("", "Nothing was stored.")])
def test_a_person_is_asked(claims: Claims, table: Path, answer: str, shown: str) -> None:
    with Terminal(["import", str(table), "--mapping", "mapping.yaml"]) as person:
        person.answer("Store this? [y/N]", answer)
        person.expect(shown)
        assert person.end() == 0
    told = claims("import", table, "--mapping", "mapping.yaml", "--dry-run", "--json")
    assert json.loads(told.out)["changed"] is (answer == "")


def test_every_defect_is_named_and_nothing_is_stored(claims: Claims, table: Path) -> None:
    cells = tables_made.rows(3)
    bad = [(*one[:3], "purple", *one[4:]) for one in cells]
    told = claims("import", tables_made.write(table, bad), "--mapping", "mapping.yaml", "--yes")
    assert told.code == 3
    assert "3 faults were found; nothing was stored" in told.err
    assert all(f"table.csv:{row}:4: " in told.err for row in (2, 3, 4))
