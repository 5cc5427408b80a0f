"""``claims quote check``, as a reader meets it: a file, an archive, and what is refused."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from claims.cli import main

TEXT = "However, no interviews confirmed this report. Result: 8 civilians were killed in May.\n"


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as leaving:
        main(["quote", "check", *words])
    assert isinstance(leaving.value.code, int)
    return leaving.value.code


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "said.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def test_a_true_quote_ends_with_0(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--document", text, "--quote", "no interviews confirmed this report") == 0
    out = capsys.readouterr().out
    assert out == "exact: stands in line 1 to the letter\n  at 9–44\n"


def test_a_fake_ends_with_1_and_shows_the_text(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--document", text, "--quote", "However … interviews confirmed this") == 1
    out = capsys.readouterr().out
    assert out.startswith("altered: the text says otherwise in line 1: “no” was left out")
    assert "  the text at 0–37: However, no interviews confirmed this" in out


def test_a_finding_as_json_has_all_that_was_found(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--document", text, "--quote", "8", "--prefix", "Result: ", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found["ok"], found["start"], found["end"]) == ("exact", True, 54, 55)
    assert set(found) == {
        *("verdict", "ok", "quote", "explanation", "start", "end", "pieces", "nearest"),
        *("differences", "places", "cut", "document", "in_context"),
    }


def test_a_hostile_text_steers_no_terminal_and_stays_as_it_is_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "The Minister \x1b[31msaid \u202ethat\u202c dozens of people \x9b2Jdied near the river"
    (tmp_path / "hostile.txt").write_text(words, encoding="utf-8")
    asked = ("--document", str(tmp_path / "hostile.txt"), "--quote", words)

    assert run(*asked) == 0
    assert run(*asked, "--json") == 0

    out = capsys.readouterr().out
    assert not set(out) & set("\x1b\x9b\u202e\u202c")
    assert json.loads(out[out.index("{") :])["quote"] == words


def test_many_quotes_are_read_from_a_file(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quotes = tmp_path / "quotes.txt"
    quotes.write_text("no interviews confirmed\n\n9 civilians were killed\n", encoding="utf-8")
    assert run("--document", text, "--quotes", str(quotes), "--json") == 1
    found = json.loads(capsys.readouterr().out)["quotes"]
    assert [one["verdict"] for one in found] == ["exact", "altered"]


def test_a_quote_is_read_from_standard_input(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("no interviews confirmed this report\n"))
    assert run("--document", text, "--quote", "-") == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "give one quote with --quote, or a file of quotes with --quotes"),
        (("--quote", "a", "--quotes", "b"), "give one quote with --quote, or a file of quotes"),
        (("--quotes", "gone.txt"), "gone.txt cannot be read as text in UTF-8"),
        (("--quotes", "/dev/null"), "/dev/null holds no quote; write one a line"),
        (("--quotes", "gone.txt", "--prefix", "a"), "--prefix and --suffix belong to one quote"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    text: str, words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--document", text, *words) == 3
    assert message in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--document", "gone.txt", "--quote", "a") == 6
    assert "there is no file 'gone.txt'" in capsys.readouterr().err


def test_an_archived_document_is_searched_and_then_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = ("--db", str(tmp_path / "flood.db"))
    seeds = Path(__file__).parents[2] / "seeds" / "flood"
    for words in (["init", "--as", "Coder"], ["load", str(seeds)]):
        with pytest.raises(SystemExit):
            main([*words, *db])
    capsys.readouterr()
    assert run("--document", "account", "--quote", "What caused the flood is disputed", *db) == 0
    assert run("--document", "account", "--quote", "Most of the town is under water", *db) == 1
    assert "misattributed: not in this document; in “" in (capsys.readouterr().out)
