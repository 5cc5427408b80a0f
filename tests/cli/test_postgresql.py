"""The same journey on PostgreSQL as on SQLite, and what is different about a server."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims.store.revisions import head
from tests.cli.conftest import Claims
from tests.cli.test_journeys import CODED, TEXT
from tests.postgres import Server


@pytest.fixture
def empty(postgres: Server) -> Iterator[str]:
    """The address of an empty database."""
    with postgres.database() as url:
        yield url


def _report(claims: Claims, *where: str) -> dict[str, Any]:
    ran = claims("report", "--format", "json", *where)
    assert (ran.code, ran.err) == (0, "")
    report: dict[str, Any] = json.loads(ran.out)
    return {name: held for name, held in report.items() if name not in {"head", "generated_at"}}


def _load(claims: Claims, *where: str) -> None:
    Path("landslide.txt").write_text(TEXT, "utf-8")
    Path("landslide.yaml").write_text(CODED, "utf-8")
    for words in (("init", *where), ("load", "landslide.yaml", *where)):
        ran = claims(*words)
        assert (ran.code, ran.err) == (0, "")


def test_both_engines_give_the_same_report(
    claims: Claims, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _load(claims, "--db", "own.db")
    monkeypatch.setenv("CLAIMS_ARCHIVE_DIR", "texts")
    _load(claims, "--db", empty)
    own, shared = _report(claims, "--db", "own.db"), _report(claims, "--db", empty)
    assert own["questions"]
    assert own == shared
    lists = [claims("topic", "list", "--json", "--db", db).out for db in ("own.db", empty)]
    assert lists[0] == lists[1] != "[]\n"
    texts = [
        [path.name for path in sorted(Path(folder).rglob("*")) if path.is_file()]
        for folder in ("own-archive", "texts")
    ]
    assert texts[0] == texts[1] != []


def test_an_audit_without_a_folder_says_that_it_read_no_bytes(
    claims: Claims, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_ARCHIVE_DIR", "texts")
    _load(claims, "--db", empty)
    monkeypatch.delenv("CLAIMS_ARCHIVE_DIR")
    ran = claims("audit", "--only", "A01", "--db", empty)
    assert (ran.code, ran.err) == (0, "")
    assert "its bytes were not read: no archive folder was named" in " ".join(ran.out.split())


def test_a_project_is_begun_without_a_folder_and_says_so(claims: Claims, empty: str) -> None:
    ran = claims("init", "--db", empty)
    assert (ran.code, ran.err) == (0, "")
    assert "none yet" in ran.out
    assert "CLAIMS_ARCHIVE_DIR=/path" in ran.out.replace("\n", " ")
    Path("landslide.txt").write_text(TEXT, "utf-8")
    Path("landslide.yaml").write_text(CODED, "utf-8")
    ran = claims("load", "landslide.yaml", "--db", empty)
    assert (ran.code, ran.out) == (2, "")
    assert "texts are archived in a folder, and none belongs to postgresql://" in ran.err
    assert json.loads(claims("topic", "list", "--json", "--db", empty).out) == []


def test_the_schema_is_told_and_the_password_is_not(
    claims: Claims, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = empty.replace("claims@", "claims:s3cret@")  # the server asks for none
    monkeypatch.setenv("CLAIMS_DATABASE_URL", address)
    ran = claims("db", "current")
    assert "Its schema" in ran.out
    assert "`claims init`" in ran.out
    runs = [ran, claims("init"), claims("db", "upgrade"), claims("db", "current", "--json")]
    assert [one.code for one in runs] == [0, 0, 0, 0]
    assert json.loads(runs[-1].out)["current"] == head()
    runs += [claims("report"), claims("load", "nothing.yaml"), claims("init", "--json")]
    runs += [claims("report", "--db", address.replace("/test_", "/other_"))]
    assert runs[-1].code == 2
    assert "there is no database postgresql://claims@" in runs[-1].err
    assert "s3cret" not in "".join(one.out + one.err for one in runs)


def test_the_database_of_another_program_is_no_place_to_begin(
    claims: Claims, empty: str, postgres: Server
) -> None:
    with postgres.connect(empty.partition("?")[0].rpartition("/")[2]) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")
    for words in (("report",), ("init",)):
        ran = claims(*words, "--db", empty)
        assert ran.code == 2
        assert "holds tables of something else; name another database" in ran.err
        assert "claims init" not in ran.err


def test_the_example_on_a_server(
    claims: Claims, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = claims("demo", "--db", empty)
    assert refused.code == 2
    assert "CLAIMS_ARCHIVE_DIR" in refused.err
    monkeypatch.setenv("CLAIMS_ARCHIVE_DIR", "texts")
    ran = claims("demo", "--db", empty)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(claims("demo").out[:40])
    shutil.rmtree("texts")


def test_a_suggested_command_names_the_database_that_was_meant(claims: Claims) -> None:
    ran = claims("report", "--db", "a b.db")
    assert ran.code == 2
    assert f"make one with `claims init --db '{Path.cwd() / 'a b.db'}'`" in ran.err
    assert "make one with `claims init`" in claims("report").err


def test_an_empty_place_for_the_example_is_refused(claims: Claims) -> None:
    ran = claims("demo", "--db", "")
    assert (ran.code, ran.out) == (2, "")
    assert "--db is given without words" in ran.err
