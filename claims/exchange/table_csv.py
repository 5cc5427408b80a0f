"""CSV and TSV as they are met: any delimiter, quoted line breaks, marks against formulas."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from claims.errors import InputRefused
from claims.exchange.table_bytes import Files
from claims.exchange.table_encoding import text_start
from claims.exchange.table_inert import plain
from claims.exchange.table_rows import RawRow, Remarks

DELIMITERS = ",;\t|"
"""What is tried where nobody says how the cells are divided."""

LONGEST_CELL = 1 << 24
"""Characters that one cell may have: a quote mark that is never closed ends there."""

SAMPLE_SIZE = 1 << 15
"""Characters that the guess of the delimiter looks at."""

_SAMPLE = 50
_DECLARED = "sep="


@dataclass(frozen=True, slots=True)
class TextTable:
    """How a text file is divided into rows and cells."""

    files: Files
    encoding: str
    delimiter: str
    declared: bool

    def rows(self, remarks: Remarks) -> Iterator[RawRow]:
        """Every row with the line where it starts; blank lines as rows without cells."""
        csv.field_size_limit(LONGEST_CELL)
        with self.files.opened() as file:
            text = io.TextIOWrapper(file, self.encoding, newline="")
            try:
                yield from self._numbered(text, remarks)
            finally:
                text.detach()

    def _numbered(self, text: io.TextIOWrapper, remarks: Remarks) -> Iterator[RawRow]:
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        before = 0
        while True:
            try:
                for cells in reader:
                    if before or not self.declared:
                        yield before + 1, [plain(cell) if cell else None for cell in cells]
                    before = reader.line_num
            except csv.Error as error:
                found, expected = _sentence(str(error))
                remarks.fault(before + 1, 0, "row", found, expected)
                before = reader.line_num
            else:
                return


def text_table(files: Files, encoding: str, delimiter: str | None, *, tabs: bool) -> TextTable:
    """How a text file is divided: as it declares (``sep=;``), as asked, or as its start looks.

    Raises:
        InputRefused: the delimiter asked for is not one character.
    """
    start = text_start(files, encoding)[:SAMPLE_SIZE]
    first = start.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    declared = first.lower().startswith(_DECLARED) and len(first) == len(_DECLARED) + 1
    if delimiter is None:
        delimiter = first[-1] if declared else guessed_delimiter(start, tabs=tabs)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        message = f"{delimiter!r} cannot divide cells; give one character such as ',' or ';'"
        raise InputRefused(message)
    return TextTable(files, encoding, delimiter, declared)


def guessed_delimiter(start: str, *, tabs: bool = False) -> str:
    """The delimiter by which most rows have the same number of cells, and more than one."""
    even = {sign: _evenness(start, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: even[sign])
    if tabs and even["\t"][1]:
        return "\t"
    fallback = "\t" if tabs else ","
    return best if even[best][1] else fallback


def _evenness(start: str, delimiter: str) -> tuple[float, int]:
    """The share of rows that have the same number of cells, and that number; 0 for one cell."""
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    try:
        rows = [len(cells) for cells in islice(reader, _SAMPLE) if cells]
        cut = len(start) == SAMPLE_SIZE and len(rows) < _SAMPLE  # the last row is half a row
        widths.update(rows[:-1] if cut and len(rows) > 1 else rows)
    except csv.Error:
        return (0.0, 0)
    several = [(count, width) for width, count in widths.items() if width > 1]
    count, width = max(several, default=(0, 0))
    return (count / widths.total(), width) if count else (0.0, 0)


def _sentence(error: str) -> tuple[str, str]:
    if "field limit" in error or "unexpected end" in error:
        return "a quote mark that is never closed", 'a closing quote mark (") in the same cell'
    if "expected after" in error:
        return "characters after a closing quote mark", 'quote marks within a cell doubled ("")'
    return f"a row that cannot be read ({error})", "cells divided by the delimiter"
