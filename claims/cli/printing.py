"""How the commands print: tables, pairs and JSON, in plain text that fits any terminal."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from claims.report.inert import inert, inert_json

# Eastern Asian wide and full-width signs take two columns; marks that combine take none.
_WIDE = {"W", "F"}


def say(sentence: str = "") -> None:
    """A line of the answer, on standard output."""
    sys.stdout.write(f"{sentence}\n")


def warn(sentence: str) -> None:
    """A line about the work itself, on standard error; where it cannot be told, it is not."""
    with suppress(OSError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()


def is_standard(output: Path | None) -> bool:
    """Whether something goes to standard output: no file is named, or ``-``."""
    return output is None or str(output) == "-"


def hand_over(written: str | bytes, output: Path | None) -> None:
    """Write to standard output, or to a file, and say so where it is in nobody's way."""
    data = written.encode("utf-8") if isinstance(written, str) else written
    if output is not None and not is_standard(output):
        output.write_bytes(data)
        warn(f"Written: '{inert(str(output))}' ({len(data):,} bytes).")
    elif isinstance(written, str):
        sys.stdout.write(written)
    else:
        sys.stdout.buffer.write(written)


def print_json(data: object) -> None:
    """One JSON value, indented, in the letters of its language, which cannot steer a terminal."""
    say(inert_json(data))


def print_pairs(pairs: Iterable[tuple[str, str]]) -> None:
    """Names and what they are, one a line, in two columns."""
    print_table([(f"{name}:", value) for name, value in pairs])


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns as wide as they need; the last column is never padded."""
    if not rows:
        return
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [_padded(cell, width) for cell, width in zip(row[:-1], widths, strict=False)]
        say("  ".join([*cells, row[-1]]).rstrip())


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_columns_of(sign) for sign in text)


def width_of_output(asked: int | None) -> int:
    """The width asked for, else that of the terminal (``COLUMNS`` wins), else 80; 40 to 1000."""
    return asked or min(max(40, shutil.get_terminal_size((80, 24)).columns), 1000)


def progress(sentence: str) -> None:
    """Say on standard error what takes a while, where a person is looking."""
    if sys.stderr.isatty():
        warn(sentence)


def _columns_of(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))
