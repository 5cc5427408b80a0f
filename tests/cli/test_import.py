"""``claims import``: what is shown, what is asked, what is stored."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from claims.cli import importing
from claims.errors import InputRefused
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


@pytest.mark.parametrize("how", ["--dry-run", "--yes"])
def test_a_column_that_tells_rows_apart_is_warned_of(claims: Claims, table: Path, how: str) -> None:
    table.write_text("event,x,what,figure,sources\nA,p,killed,5,G\nA,q,killed,7,R\n")
    told = claims("import", table, how)
    assert told.code == 0
    assert told.out.count("Warning: Rows 2 and 3 answer the same question") == 1


def test_every_defect_is_named_and_nothing_is_stored(claims: Claims, table: Path) -> None:
    cells = tables_made.rows(3)
    bad = [(*one[:3], "purple", *one[4:]) for one in cells]
    told = claims("import", tables_made.write(table, bad), "--mapping", "mapping.yaml", "--yes")
    assert told.code == 3
    assert "3 faults were found; nothing was stored" in told.err
    assert all(f"table.csv:{row}:4: " in told.err for row in (2, 3, 4))


def test_where_the_mapping_comes_from_is_said(claims: Claims, table: Path) -> None:
    told = claims("import", table, "--dry-run").out
    assert "What becomes of the columns: this is guessed; mend it with --save-mapping." in told
    assert re.search("how numbers are written +en: 1,500 is fifteen hundred", told)
    told = claims("import", table, "--mapping", "mapping.yaml", "--dry-run").out
    assert "What becomes of the columns: the mapping mapping.yaml says so." in told


SEED = Path(__file__).parents[2] / "seeds" / "casualties81" / "notes.csv"


def test_a_layout_that_ships_is_named(claims: Claims, table: Path) -> None:
    assert table.is_file()
    few = Path("few.csv")
    few.write_text("".join(SEED.read_text("utf-8").splitlines(keepends=True)[:3]), "utf-8")
    told = claims("import", few, "--dry-run").out
    assert "the layout casualties81, which comes with claims, was recognised by its columns" in told
    told = claims("import", few, "--mapping", "casualties81", "--dry-run").out
    assert "What becomes of the columns: the layout casualties81 says so." in told
    said = json.loads(claims("import", few, "--dry-run", "--json").out)
    assert (said["layout"], said["guessed"]) == ("casualties81", False)


def test_a_column_that_is_left_out_for_an_odd_cell_is_told_of(claims: Claims, table: Path) -> None:
    table.write_text("event,killed here,hurt\nA,8,3\nB,9,4\nC,n.k.,5\n", "utf-8")
    told = claims("import", table, "--dry-run").out
    assert "Note: The column B “killed here” is left out" in told
    assert "row 4 has 'n.k.', which is no figure." in told


def test_it_is_told_of_where_the_table_has_other_defects_too(claims: Claims, table: Path) -> None:
    table.write_text("event,killed here,hurt\nA,8,3\n,9,4\nC,n.k.,5\n", "utf-8")
    told = claims("import", table, "--yes")
    assert told.code == 3
    assert "row 4 has 'n.k.', which is no figure." in told.out
    assert "found no topic" in told.err


def test_what_is_shown_is_out_before_the_long_work_begins(
    claims: Claims, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that is stopped from outside has then said at least what it was about to do."""
    seen: list[str] = []

    def stopped(*_: object) -> None:
        seen.append(Path("out.txt").read_text("utf-8"))
        raise InputRefused("stopped")  # noqa: EM101 (any refusal)

    table.write_text("event,killed here,hurt\nA,8,3\nB,9,4\nC,n.k.,5\n", "utf-8")
    monkeypatch.setattr(importing, "carry_out", stopped)
    with Path("out.txt").open("w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert claims("import", table, "--yes").code == 3
    assert "What becomes of the columns" in seen[0]
    assert "is left out" in seen[0]
