"""Help and parsing come up without what they do not need."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

CODE = """
import json, sys
from claims.cli.guard import guarded
status = guarded(json.loads(sys.argv[1]))
print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)
"""

HEAVY = {
    *("sqlalchemy", "sqlmodel", "alembic", "pydantic", "fastapi"),
    *("rich", "jsonschema", "yaml", "platformdirs"),
}
DATABASE = {"sqlalchemy", "sqlmodel", "alembic", "rich", "jsonschema", "yaml"}


def loaded(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(words)],
        input=b"8\n",
        capture_output=True,
        check=True,
    )
    status, modules = json.loads(done.stderr)
    assert status == 0
    return {name.partition(".")[0] for name in modules}


def test_help_and_version_load_next_to_nothing() -> None:
    for words in (["--help"], ["--version"]):
        assert loaded(*words).isdisjoint(HEAVY | {"typer"})


@pytest.mark.parametrize(
    "words",
    [
        ["report", "--help"],
        ["load", "--help"],
        ["parse", "quantity", "dozens of people"],
        ["parse", "quantity", "--json"],
        ["parse", "when", "since October 1991"],
        ["parse", "profiles"],
    ],
)
def test_neither_help_pages_nor_parsing_load_a_database(words: list[str]) -> None:
    assert loaded(*words).isdisjoint(DATABASE)
