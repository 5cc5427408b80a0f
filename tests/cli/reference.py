"""The page ``docs/commands.md``, made of what the commands declare.

``python -m tests.cli.reference`` writes it; a test compares it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from claims.cli.app import app

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
EVERYWHERE = ("--db", "--as", "--json")
HEAD = """# Every command and option

Made of what the commands declare, by `python -m tests.cli.reference`; the
[guide to the command line](cli.md) says what they do, with examples that were run.

`--db` (the database) and `--as` (the contributor who acts) stand before or after nearly every
command and are not repeated here; `--json` prints JSON, errors too.
"""


def commands(command: Any = None, name: str = "claims") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Every command with its full name, in the order of the help pages."""
    group = get_command(app) if command is None else command
    if not hasattr(group, "commands"):
        yield name, group
    for word, below in getattr(group, "commands", {}).items():
        yield from commands(below, f"{name} {word}")


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_section(name, command) for name, command in commands())])


def _section(name: str, command: Any) -> str:  # noqa: ANN401 -- Typer's own
    told = " ".join((command.help or "").split("\n\n", maxsplit=1)[0].split())
    lines = [f"## {name}", "", told, ""]
    rows = [row for one in command.params if (row := _row(one))]
    if rows:
        lines += ["| given | meaning |", "|---|---|", *rows, ""]
    return "\n".join([*lines, "```text", *_examples(command), "```", ""])


def _row(parameter: Any) -> str | None:  # noqa: ANN401 -- Typer's own
    names = [name for name in (*parameter.opts, *parameter.secondary_opts) if name != "--help"]
    if not names or names[0] in EVERYWHERE or getattr(parameter, "hidden", False):
        return None
    if parameter.param_type_name == "argument":
        names = [parameter.make_metavar(None) if not parameter.metavar else parameter.metavar]
    told = " ".join((getattr(parameter, "help", None) or "").split()).replace("|", "\\|")
    called = ", ".join(f"`{name}`" for name in names).replace("|", "\\|")
    return f"| {called} | {told} |"


def _examples(command: Any) -> list[str]:  # noqa: ANN401 -- Typer's own
    _, _, told = (command.epilog or "").partition("Examples:")
    return [line.strip(" \b") for line in told.splitlines() if line.strip(" \b")]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
