"""``claims backup``, ``restore``, ``doctor`` and ``db check`` as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Claims


@pytest.fixture
def held(claims: Claims) -> Path:
    """The example, in a database in the working folder."""
    assert claims("demo", "--db", "flood.db").code == 0
    return Path("flood.db")


def test_a_backup_is_made_and_restored(claims: Claims, held: Path) -> None:
    before = claims("report", "--db", held, "--format", "markdown").out
    made = claims("backup", "flood.zip", "--db", held)
    assert made.code == 0
    assert "Proved:" in made.out
    put_back = claims("restore", "flood.zip", "--db", "new.db", "--json")
    assert put_back.code == 0
    assert json.loads(put_back.out)["rows"] > 100
    after = claims("report", "--db", "new.db", "--format", "markdown").out
    generated = [line for line in before.splitlines() if line not in after.splitlines()]
    assert len(generated) <= 2


def test_a_backup_into_a_folder_is_named_after_the_database(claims: Claims, held: Path) -> None:
    Path("backups").mkdir()
    made = claims("backup", "backups", "--db", held, "--json")
    assert made.code == 0
    told = json.loads(made.out)
    assert Path(told["path"]).name.startswith("flood-")
    assert Path(told["path"]).stat().st_size == told["size"]


def test_a_restore_over_a_database_is_refused(claims: Claims, held: Path) -> None:
    claims("backup", "flood.zip", "--db", held)
    refused = claims("restore", "flood.zip", "--db", held)
    assert refused.code == 2
    assert "already" in refused.err
    assert "--force" in refused.err
    moved = claims("restore", "flood.zip", "--db", held, "--force")
    assert moved.code == 0
    assert "Moved aside to:" in moved.out


def test_a_cut_backup_is_refused_in_one_line(claims: Claims, held: Path) -> None:
    claims("backup", "flood.zip", "--db", held)
    Path("flood.zip").write_bytes(Path("flood.zip").read_bytes()[:-100])
    refused = claims("restore", "flood.zip", "--db", "new.db")
    assert refused.code == 5
    assert refused.err.count("\n") == 1
    assert "is not whole" in refused.err
    assert not Path("new.db").exists()


def test_missing_archived_texts_are_a_finding(claims: Claims, held: Path) -> None:
    for path in Path("flood-archive").rglob("*"):
        if path.is_file():
            path.unlink()
    made = claims("backup", "flood.zip", "--db", held)
    assert made.code == 1
    assert "missing or altered" in made.err
    assert Path("flood.zip").is_file()
    told = claims("doctor", "--db", held, "--json")
    assert told.code == 1
    wrong = [one for one in json.loads(told.out)["findings"] if one["state"] == "wrong"]
    assert [one["check"] for one in wrong] == ["archived texts"]


def test_a_healthy_database_has_nothing_wrong(claims: Claims, held: Path) -> None:
    told = claims("doctor", "--db", held)
    assert told.code == 0
    assert "Nothing is wrong." in told.out
    assert "not checked  history" in told.out


def test_the_tables_are_those_declared(claims: Claims, held: Path) -> None:
    told = claims("db", "check", "--db", held)
    assert told.code == 0
    assert "are those of the schema" in told.out


@pytest.mark.parametrize("words", [["doctor"], ["db", "check"], ["backup", "x.zip"]])
def test_without_a_database_each_says_how_to_make_one(claims: Claims, words: list[str]) -> None:
    told = claims(*words, "--db", "none.db")
    assert told.code == 2
    assert "make one with `claims init" in told.err


@pytest.mark.parametrize("words", [("backup",), ("load",), ("restore",), ("claim", "show")])
def test_a_path_that_is_no_utf_8_is_refused_in_a_sentence(
    claims: Claims, words: tuple[str, ...]
) -> None:
    claims("init", "--as", "me")
    refused = claims(*words, "ill\udcff.zip")
    assert refused.code == 2
    assert "'ill\\xff.zip' is not UTF-8" in refused.err
