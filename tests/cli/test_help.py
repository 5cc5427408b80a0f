"""Every command has help with examples, stands in the documents, and has a twin in Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from claims import actions
from claims.cli.app import app
from tests.cli import reference
from tests.cli.conftest import Claims

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
TWINS = {
    "claims init": "init",
    "claims demo": "demo",
    "claims load": "load",
    "claims report": "report",
    "claims coverage": "coverage",
    "claims topic list": "topics",
    "claims undo": "undo",
}
COMMANDS = dict(reference.commands())
GROUPS = {name.rpartition(" ")[0] for name in COMMANDS} - {"claims"}


def test_the_page_of_all_commands_is_what_they_declare() -> None:
    assert reference.PAGE.read_text("utf-8") == reference.page(), (
        "the commands have changed: run `python -m tests.cli.reference`"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_examples(claims: Claims, name: str) -> None:
    ran = claims(*name.split()[1:], "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Usage: {name}" in ran.out
    assert f"Examples:\n    {name}" in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_the_documents_name_no_other_commands_or_options() -> None:
    options = {
        option
        for command in (get_command(app), *COMMANDS.values())
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    assert set(re.findall(r"`(--[a-z-]+)", PAGE)) <= {*options, "--help"}
    headings = set(re.findall(r"^## (claims .+)$", PAGE, re.MULTILINE))
    assert headings <= {*COMMANDS, *GROUPS}


def test_every_command_or_its_group_has_a_section_in_the_guide() -> None:
    missing = {
        name
        for name in COMMANDS
        if f"\n## {name}\n" not in PAGE and f"\n## {name.rpartition(' ')[0]}\n" not in PAGE
    }
    assert missing == set()


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
