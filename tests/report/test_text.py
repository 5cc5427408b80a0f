"""The report on a terminal: laid out at any width, complete, and safe to print."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from claims.analysis.records import Topic
from claims.analysis.vocabulary import ValueKind
from claims.report.inert import inert
from claims.report.text import render
from claims.values.quantity import parse_quantity
from claims.values.words import Words
from tests.report.flood import flood
from tests.report.made import GAZETTE, SEVERAL, Bench, ident, position

HOSTILE = "\x1b[31mred\x07 \x9b2J \u202eevil\u2066 tail\r\nnext\ttab \ud800"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_whole_report(width: int, snapshot: SnapshotAssertion) -> None:
    assert render(flood(), width=width) == snapshot


def test_the_conflicts_alone(snapshot: SnapshotAssertion) -> None:
    assert render(flood(), width=80, only="conflicts") == snapshot


@pytest.mark.parametrize("width", [1, 40, 60, 79, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = render(flood(), width=width).split("\n")
    assert max(map(cell_len, lines)) <= max(width, 40)


def test_colour_changes_nothing_but_colour() -> None:
    coloured = ANSI.sub("", render(flood(), width=100, colour=True))
    plain = render(flood(), width=100)
    assert [line.rstrip() for line in coloured.rstrip().split("\n")] == plain.rstrip().split("\n")


def test_without_colour_there_is_no_escape() -> None:
    assert "\x1b" not in render(flood(), width=100)


def test_the_environment_and_the_terminal_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(flood(), width=90, colour=True)
    for name, value in {"COLUMNS": "40", "NO_COLOR": "1", "TERM": "dumb", "LINES": "3"}.items():
        monkeypatch.setenv(name, value)
    assert render(flood(), width=90, colour=True) == before


def test_sides_stand_beside_each_other_where_there_is_room() -> None:
    heads = re.compile(r"A · yes +B · yes")
    assert heads.search(render(flood(), width=80))
    assert not heads.search(render(flood(), width=60))


def test_right_to_left_words_are_stacked() -> None:
    bench = Bench()
    asked = bench.ask("who", "Who?", ValueKind.TEXT)
    first = bench.claim(asked, "first", Words("x", "x"), quote="قال شاهد عيان إن القرية أحرقت")
    second = bench.claim(asked, "second", Words("y", "y"))
    found = (position((first,), None, label="x"), position((second,), None, label="y"))
    bench.result(asked, (first, second), positions=found)
    assert "قال شاهد عيان إن القرية أحرقت" in render(bench.report(), width=200)
    assert not re.search(r"A · x.*B · y", render(bench.report(), width=200))


@pytest.mark.parametrize(
    "words",
    ["漢字かな混じり文" * 12, "e\u0301" * 90, "नमस्ते दुनिया " * 9, "שלום עולם " * 12, "👩‍👩‍👧 " * 30],
)
def test_wide_and_combining_characters_keep_the_layout(words: str) -> None:
    bench = Bench()
    asked = bench.ask("who", words, ValueKind.TEXT)
    claims = [bench.claim(asked, str(n), Words(words, words), quote=words) for n in range(2)]
    found = tuple(position((claim,), None, label=words) for claim in claims)
    bench.result(asked, claims, positions=found)
    lines = render(bench.report(), width=80).split("\n")
    assert max(map(cell_len, lines)) <= 80


def test_stored_words_cannot_steer_the_terminal() -> None:
    bench = hostile_bench()
    for colour in (False, True):
        printed = ANSI.sub("", render(bench.report(), width=100, colour=colour))
        assert not set(printed) & set("\x1b\x07\r\t\x9b\u202e\u2066\ud800")
        assert "␛[31mred␇" in printed
        assert "‹U+202E›evil" in printed


def hostile_bench() -> Bench:
    """A bench on which every stored word is hostile."""
    bench = Bench(
        topic=Topic(id=ident("hostile"), label=HOSTILE),
        sources=[replace(GAZETTE, name=HOSTILE)],
    )
    asked = bench.ask("asked", HOSTILE, unit=HOSTILE)
    claim = bench.claim(
        asked,
        "claim",
        replace(SEVERAL, said=HOSTILE),
        quote=HOSTILE,
        hedges=(HOSTILE,),
        note=HOSTILE,
        speakers=(replace(GAZETTE, name=HOSTILE),),
        verb=HOSTILE,
    )
    bench.judge(claim, "low", HOSTILE)
    bench.result(asked, (claim,), positions=(position((claim,), SEVERAL.soft),))
    bench.documents = [replace(bench.documents[0], csl={"title": HOSTILE, "URL": HOSTILE})]
    return bench


def test_inert_keeps_what_scripts_need() -> None:
    assert inert("می‌خواهم क्‍ष \u200fא") == "می‌خواهم क्‍ष \u200fא"
    assert inert("a\nb\x00\x85c\u2028d") == "a b␀ c d"


def test_an_empty_topic_says_what_to_do() -> None:
    printed = render(Bench().report(), width=80)
    assert "claims load FILE" in printed
    assert "docs/format.md" in printed


def test_a_topic_without_conflicts_says_so() -> None:
    bench = Bench()
    asked = bench.ask("one", "How many?")
    one = bench.claim(asked, "one", parse_quantity("8"))
    bench.result(asked, (one,), positions=(position((one,), parse_quantity("8").soft),))
    assert "No question is in dispute, as coded." in render(bench.report(), width=80)
    assert "Leave out --conflicts" in render(bench.report(), width=80, only="conflicts")
