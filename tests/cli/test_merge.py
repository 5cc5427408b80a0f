"""Two names of one source: suggested, previewed, merged, listed, taken back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Claims
from tests.cli.prepared import prepare

ENTRIES: tuple[tuple[str, dict[str, str]], ...] = (
    ("topic", {"label": "The flood"}),
    ("question", {"text": "How many?", "kind": "count", "key": "dead"}),
    ("source", {"name": "Memorial", "key": "memorial"}),
    ("source", {"name": "Memorial HRC", "key": "hrc"}),
    ("document", {"title": "One", "voice": "memorial", "tier": "primary"}),
    ("document", {"title": "Two", "voice": "hrc", "tier": "primary"}),
    ("claim", {"document": "One", "question": "dead", "quote": "dozens"}),
    ("claim", {"document": "Two", "question": "dead", "quote": "dozens"}),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents by one office under two names, which say the same; made once."""
    return prepare(tmp_path_factory.mktemp("prepared") / "claims.db", ENTRIES)


@pytest.fixture
def project(
    claims: Claims, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Claims:
    """A copy of the prepared project, which every command works on."""
    copied = shutil.copy(prepared, tmp_path / "claims.db")
    monkeypatch.setenv("CLAIMS_DATABASE_URL", str(copied))
    return claims


MERGE = ("source", "merge", "memorial", "hrc", "--reason", "one office")
CHANGE = "dead: AGREED_INDEPENDENT(2) → REPEATED"


def test_a_merge_from_suggestion_to_undo(project: Claims) -> None:
    suggested = project("source", "merge").out
    assert "same name but for the word ‘HRC’" in suggested
    assert "claims source merge memorial hrc --reason …" in suggested
    tried = project(*MERGE, "--dry-run").out
    assert "Would merge “Memorial HRC” (hrc) into “Memorial” (memorial)." in tried
    assert "With it: 1 claim and 1 document." in tried
    assert CHANGE in tried
    assert "No source is merged" in project("source", "merge", "--list").out
    done = project(*MERGE, "--yes").out
    assert "Merged “Memorial HRC” (hrc)" in done
    assert CHANGE in done
    assert ": one office" in project("source", "merge", "--list").out
    assert project("source", "merge").out == "No two sources look like one.\n"
    parted = project("source", "merge", "--undo", "hrc", "--reason", "two offices")
    assert "dead: REPEATED → AGREED_INDEPENDENT(2)" in parted.out
    assert "No source is merged" in project("source", "merge", "--list").out


def test_as_json_for_scripts(project: Claims) -> None:
    (pair,) = json.loads(project("source", "merge", "--json").out)
    assert (pair["kept"]["key"], pair["merged"]["key"]) == ("memorial", "hrc")
    done = json.loads(project(*MERGE, "--yes", "--json").out)
    assert done["carried"] == {"claim": 1, "document": 1}
    assert [one["after"] for one in done["effects"]] == ["REPEATED"]
    assert done["action"]
    (line,) = json.loads(project("source", "merge", "--list", "--json").out)
    assert (line["kept"]["name"], line["reason"]) == ("Memorial", "one office")


def test_nobody_to_ask_is_said(project: Claims) -> None:
    ran = project(*MERGE)
    assert ran.code == 3
    assert "give --yes to merge, or --dry-run to look first" in ran.err
    assert "No source is merged" in project("source", "merge", "--list").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("memorial",), 2, "name two: the one to keep"),
        (("memorial", "hrc"), 3, "a merge needs a reason; give one with --reason"),
        (("memorial", "Memorial", "--reason", "x"), 3, "both names mean the source “Memorial”"),
        (("memorial", "nobody", "--reason", "x"), 6, "there is no source 'nobody'"),
        (("--undo", "hrc"), 3, "is merged into no other"),
    ],
)
def test_what_makes_no_sense_is_refused(
    project: Claims, words: tuple[str, ...], code: int, told: str
) -> None:
    ran = project("source", "merge", *words)
    assert (ran.code, told in ran.err) == (code, True), ran.err


def test_a_list_and_a_page_say_what_is_merged(project: Claims) -> None:
    assert project(*MERGE, "--yes").code == 0
    assert "Memorial HRC (merged into “Memorial”)" in project("source", "list").out
    assert "Memorial HRC (merged into “Memorial”)" in project("source", "show", "hrc").out
