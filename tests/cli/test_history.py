"""``claims history``, ``head``, ``verify`` and ``erase`` as a person at a terminal uses them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Claims
from tests.seeds.conftest import SEEDS

FLOOD = SEEDS / "flood"
DATABASE = "project.db"


@pytest.fixture
def project(claims: Claims) -> Claims:
    """A project with the seed text on the flood, in the working folder."""

    def run(*words: object, stdin: bytes = b"") -> object:
        return claims(words[0], "--db", DATABASE, *words[1:], stdin=stdin)

    assert claims("init", "--db", DATABASE, "--title", "The flood", "--as", "admin").code == 0
    assert claims("load", "--db", DATABASE, FLOOD).code == 0
    return run  # type: ignore[return-value]


def _alter(statement: str) -> None:
    with sqlite3.connect(DATABASE) as other:
        assert other.execute(statement).rowcount > 0
    other.close()


def test_the_history_lists_actions_and_versions(project: Claims) -> None:
    ran = project("history")
    assert ran.code == 0
    load, init = ran.out.splitlines()
    assert "admin  load: " in load
    assert "claims entered" in load
    assert "admin  init: 1 project entered" in init
    key = json.loads(project("history", "--json").out)["actions"][0]
    assert key["name"] == "load"
    ran = project("history", "brenmoor", "--entity", "place")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("place brenmoor (")
    assert "1. entered by admin" in ran.out
    assert "  name: " in ran.out


def test_an_untouched_database_adds_up_and_says_what_it_cannot_see(project: Claims) -> None:
    ran = project("verify")
    assert (ran.code, ran.err) == (0, "")
    assert "Everything adds up" in ran.out
    assert "Not checked: whether the whole file was put back" in ran.out
    assert "Not checked: whether the archived files are still there and unaltered" in ran.out
    head = project("head").out.strip()
    ran = project("verify", "--head", head)
    assert ran.code == 0
    assert "The head that was kept is part of it." in ran.out
    assert ran.out.count("Not checked") == 1  # the archived files


def test_what_was_altered_is_named_with_exit_code_5(project: Claims) -> None:
    _alter("UPDATE source SET name = 'somebody else' WHERE pk = 2")
    ran = project("verify")
    assert ran.code == 5
    assert "its 'name' is 'somebody else', the history says" in ran.out
    assert "Does not add up in 1 place" in ran.out
    told = json.loads(project("verify", "--json").out)
    assert told["intact"] is False
    (found,) = told["breaks"]
    assert (found["entity"], found["field"], found["found"]) == (
        "source",
        "name",
        "'somebody else'",
    )


def test_a_head_is_signed_and_checked(project: Claims) -> None:
    public = json.loads(project("head", "--new-key", "my.key", "--json").out)["public"]
    Path("head.json").write_text(project("head", "--sign", "my.key").out, "utf-8")
    ran = project("verify", "--head", "head.json", "--key", public)
    assert ran.code == 0
    assert "The head signed on" in ran.out
    assert "Not checked: who signed the head" in project("verify", "--head", "head.json").out
    other = json.loads(project("head", "--new-key", "other.key", "--json").out)["public"]
    assert project("verify", "--head", "head.json", "--key", other).code == 5
    altered = Path("head.json").read_text("utf-8").replace('"seq": "', '"seq": "9')
    Path("head.json").write_text(altered, "utf-8")
    ran = project("verify", "--head", "head.json")
    assert (ran.code, ran.out) == (5, "")
    assert "the signature does not fit" in ran.err
    Path("head.json").write_text("nothing", "utf-8")
    assert project("verify", "--head", "head.json").code == 3
    assert project("verify", "--head", "no such file").code == 3
    assert project("head", "--new-key", "my.key").code == 3


def test_a_head_of_another_database_is_refused(project: Claims, claims: Claims) -> None:
    project("head", "--new-key", "my.key")
    Path("head.json").write_text(project("head", "--sign", "my.key").out, "utf-8")
    assert claims("init", "--db", "other.db", "--title", "Other", "--as", "admin").code == 0
    ran = claims("verify", "--db", "other.db", "--head", "head.json")
    assert ran.code == 5
    assert "the signed head is of the project" in ran.err


def test_what_is_erased_is_gone_and_told(project: Claims) -> None:
    ran = project("erase", "document", "morning", "--reason", "the court", "--dry-run")
    assert ran.code == 0
    assert "Eight dead in Brenmoor" in ran.out
    assert "the archived bytes" in ran.out
    ran = project("erase", "document", "morning", "--reason", "the court")
    assert ran.code == 3
    assert "say --yes" in ran.err
    assert project("report", "flood").code == 0
    ran = project("erase", "document", "morning", "--reason", "the court", "--yes")
    assert ran.code == 0
    assert "Nothing brings it back." in ran.out
    ran = project("verify")
    assert ran.code == 0
    assert "erased by admin on" in ran.out
    assert ": the court" in ran.out
    ran = project("load", FLOOD)
    assert ran.code == 3
    assert "what admin erased on" in ran.err
    held = b"".join(one.read_bytes() for one in Path().glob(f"{DATABASE}*"))
    assert b"Eight dead in Brenmoor" not in held
    assert project("erase", "--finish").code == 0
    assert project("report", "flood", "--format", "markdown").code == 0


def test_what_an_enterer_may_not_do_is_refused(project: Claims, claims: Claims) -> None:
    assert claims("contributor", "add", "second", "--db", DATABASE).code == 0
    for words in (
        ("verify",),
        ("head",),
        ("erase", "document", "morning", "--reason", "law", "--yes"),
        ("report", "flood", "--as-of", "3"),
    ):
        ran = project(*words, "--as", "second")
        assert (ran.code, ran.out) == (7, "")
    assert project("history", "--as", "second").code == 0


def test_a_report_of_the_past_says_so(project: Claims) -> None:
    ran = project("report", "flood", "--as-of", "2000-01-01")
    assert ran.code == 6
    seq = project("head").out.partition(":")[0]
    ran = project("report", "flood", "--as-of", seq, "--width", "200")
    assert ran.code == 0
    assert f"as of change {seq}, for those who may see it today" in ran.out
