from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims import actions
from claims.actions import DemoRequest
from claims.archive.store import Archive
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.unit import write_unit
from tests.cli.conftest import Claims

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the example."""
    folder = tmp_path_factory.mktemp("search")
    path = folder / "demo.db"
    upgrade(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    with write_unit(engine) as session:
        actor = actions.beginner(session, "Coder", "Coder")
        actions.demo(session, actor, DemoRequest(archive=Archive(folder / "archive")), NOW)
    engine.dispose()
    return path


@pytest.fixture
def project(claims: Claims, held: Path) -> Claims:
    """The command line of that database."""
    return lambda *words: claims(*words, "--db", held)


def test_words_are_found_however_they_are_typed(project: Claims) -> None:
    ran = project("search", "SHELLÍNG")
    assert ran.code == 0
    assert ran.out.startswith("Found 9: 2 terms, 2 passages, 1 question, 3 claims, 1 assessment\n")
    assert "term: shelling  [shelling]" in ran.out
    assert "\x1b" not in ran.out


def test_found_words_are_marked_where_asked_for(project: Claims) -> None:
    ran = project(
        "search", '"dozens of civilians"', "shelling", "--color", "always", "--width", 200
    )
    assert "\x1b[1;4mdozens of civilians\x1b[0m were killed by \x1b[1;4mshelling\x1b[0m" in ran.out
    assert "  document: Capture of Gushchular and Malibeyli\n" in ran.out
    assert "  question: How many civilians were killed by shelling" in ran.out


def test_marks_survive_a_narrow_terminal(project: Claims) -> None:
    ran = project(
        "search", '"dozens of civilians"', "in:passage", "--width", 40, "--color", "always"
    )
    assert ran.out.count("\x1b[1;4m") == ran.out.count("\x1b[0m") == 1


def test_words_that_must_not_be_there_begin_with_a_minus(project: Claims) -> None:
    every = json.loads(project("search", "killed", "in:passage", "--json").out)
    fewer = json.loads(project("search", "killed", "-shelling", "in:passage", "--json").out)
    both = json.loads(project("search", "killed", "shelling", "in:passage", "--json").out)
    assert every["total"] == fewer["total"] + both["total"]
    assert both["total"] > 0


def test_json_says_where_the_found_words_are(project: Claims) -> None:
    ran = project("search", "memorial", "--in", "source", "--json")
    found = json.loads(ran.out)
    assert (found["total"], found["counts"]) == (1, {"source": 1})
    (hit,) = found["hits"]
    assert hit["snippet"][slice(*hit["marks"][0])] == "Memorial"


def test_pages(project: Claims) -> None:
    first = project("search", "killed", "--limit", 2)
    assert first.out.endswith("shown; --offset 2 shows more.\n")
    last = project("search", "killed", "--limit", 2, "--offset", 1000)
    assert "None is left after 1000" in last.out


def test_nothing_found_is_helpful_and_ends_with_1(project: Claims) -> None:
    ran = project("search", "moonlight", "killed", "in:sorce", "--in", "claim")
    assert ran.code == 1
    assert "Nothing holds all of this: moonlight killed in:sorce\n" in ran.out
    assert "moonlight 0, killed 5" in ran.out
    assert "Looked only at --in claim" in ran.out
    assert "Read as plain words: in:sorce; in: knows assessment, claim," in ran.out
    assert project("search", "moonlight", "--json").code == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 3, "there is nothing to look for; give one or more words"),
        (("-killed",), 3, "only what must not be there"),
        (("x", "--limt", "5"), 2, "there is no option --limt"),
        (("x", "--in", "clam"), 3, "'clam' is not searched"),
        (("x", "--topic", "nowhere"), 6, "there is no topic 'nowhere'"),
        (("x", "--limit", "0"), 2, "--limit"),
    ],
)
def test_what_cannot_be_looked_for(
    project: Claims, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = project("search", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
