"""Every command has help with examples, stands in the documents, and has a twin in Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from claims import actions
from claims.cli.app import app
from tests.cli.conftest import Claims

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
TWINS = {
    "claims init": "init",
    "claims demo": "demo",
    "claims load": "load",
    "claims report": "report",
    "claims coverage": "coverage",
    "claims topic list": "topics",
}


def walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 -- Typer's own
    for word, below in getattr(command, "commands", {}).items():
        yield from walk(below, f"{name} {word}")
    if not hasattr(command, "commands"):
        yield name, command


COMMANDS = dict(walk(get_command(app), "claims"))


def section(name: str) -> str:
    start = PAGE.index(f"\n## {name}\n")
    return PAGE[start : PAGE.find("\n## ", start + 1)]


def test_the_commands_are_these() -> None:
    assert set(COMMANDS) == {
        *TWINS,
        *("claims parse quantity", "claims parse when", "claims parse profiles"),
        *("claims db current", "claims db upgrade"),
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_examples(claims: Claims, name: str) -> None:
    ran = claims(*name.split()[1:], "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Usage: {name}" in ran.out
    assert f"Examples:\n    {name}" in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_stands_in_the_documents(name: str) -> None:
    options = [
        option
        for parameter in COMMANDS[name].params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-") and option != "--help"
    ]
    text = section(name)
    assert [option for option in options if f"`{option}`" not in text] == []


def test_the_documents_name_no_other_commands_or_options() -> None:
    options = {
        option
        for command in (get_command(app), *COMMANDS.values())
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    assert set(re.findall(r"`(--[a-z-]+)", PAGE)) <= {*options, "--help"}
    headings = set(re.findall(r"^## (claims .+)$", PAGE, re.MULTILINE))
    assert headings == set(COMMANDS)


@pytest.mark.parametrize("option", ["--db", "--as", "--version", "--install-completion"])
def test_what_holds_everywhere_stands_in_the_documents(claims: Claims, option: str) -> None:
    assert option in PAGE
    assert option in claims("--help").out


def test_the_exit_codes_in_the_documents_are_those_of_the_help(claims: Claims) -> None:
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    shown = claims("--help").out
    shown = shown[shown.index("Exit codes:") : shown.index("Start with:")]
    assert listed == {int(code) for code in re.findall(r"(?:^|\s\s)(\d+)\s\s", shown)}


@pytest.mark.parametrize(("name", "twin"), TWINS.items())
def test_each_command_has_a_twin_in_python(name: str, twin: str) -> None:
    assert callable(getattr(actions, twin))
    assert re.search(rf"`{name}`.*`actions\.{twin}`", PAGE)


def test_a_narrow_terminal_gets_a_page_that_fits(
    claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    ran = claims("--help")
    assert ran.code == 0
    assert max(len(line) for line in ran.out.splitlines()[:30]) <= 60
