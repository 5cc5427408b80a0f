"""What the documents show is true: every command and every line of Python in them is run.

``console`` blocks hold commands after ``$`` and what they print; a line ``…`` stands for any
lines, a word ``…`` for any words; how many blanks stand between words does not matter. ``pycon``
blocks are Python sessions. A block with a file name is written to that file first. ``sh`` blocks
are not run.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.ready import ready

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    *("README.md", "docs/cli.md", "docs/entering.md", "docs/journeys.md", "docs/python.md"),
    *("docs/archive.md", "docs/auditing.md", "docs/quotes.md", "docs/operation.md"),
    "docs/permissions.md",
)
BLOCK = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def blocks(document: str) -> Iterator[tuple[str, str | None, str]]:
    for match in BLOCK.finditer((ROOT / document).read_text("utf-8")):
        yield match[2], match[3], textwrap.dedent(match[4])


def commands(block: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def even(text: str) -> str:
    return re.sub(r"[ ]+", " ", text)


def pattern(printed: str) -> re.Pattern[str]:
    lines = []
    for line in even(printed).splitlines(keepends=True):
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(re.escape(line).replace("…", "[^\n]*?"))
    return re.compile("".join(lines))


def run(command: str, folder: Path, claims: Path) -> str:
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": f"{claims.parent}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def command() -> Iterator[Path]:
    """The command ``claims``, which need not import everything each time."""
    with tempfile.TemporaryDirectory() as folder, ready(Path(folder)) as made:
        yield made


@pytest.fixture
def folder(home: Path) -> Path:
    """An empty folder, and an empty home."""
    assert home.is_dir()
    return Path.cwd()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_shows_is_what_happens(folder: Path, command: Path, document: str) -> None:
    session = doctest.DocTestParser()
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    for kind, name, text in blocks(document):
        if name:
            (folder / name).write_text(text, "utf-8")
        elif kind == "console":
            for typed, expected in commands(text):
                printed = run(typed, folder, command)
                assert pattern(expected).fullmatch(even(printed)), f"$ {typed}\n{printed}"
        elif kind == "pycon":
            test = session.get_doctest(text, names, document, document, 0)
            out: list[str] = []
            assert runner.run(test, out=out.append, clear_globs=False).failed == 0, "".join(out)
            names = test.globs


def test_the_documents_show_something() -> None:
    kinds = [kind for document in DOCUMENTS for kind, name, _ in blocks(document) if not name]
    assert kinds.count("console") >= 10
    assert kinds.count("pycon") >= 5
