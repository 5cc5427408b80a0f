"""Tables in: CSV, TSV, XLSX, JSON lines, Parquet and Wikibase's JSON, read row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from claims.errors import InputRefused
from claims.exchange.table_bytes import Files, TableFormat, format_of, refuse
from claims.exchange.table_csv import text_table
from claims.exchange.table_encoding import encoding_of
from claims.exchange.table_heading import SAMPLE, Heading, data_rows, heading_of
from claims.exchange.table_jsonl import json_lines
from claims.exchange.table_parquet import parquet_table
from claims.exchange.table_rows import Pass, RawRow, Reading, Remarks, Row, Scalar, Table, letter
from claims.exchange.table_xlsx import NamedSheet, Workbook, open_workbook
from claims.exchange.wikibase import entities, is_entities

__all__ = ["Row", "Scalar", "Table", "TableFormat", "format_of", "open_table"]

_WANTED = "a table with a heading and rows"


@contextmanager
def open_table(
    path: Path,
    *,
    sheet: str | None = None,
    heading: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Iterator[Table]:
    """Open the table of a file; its rows can be read until the block is left.

    The format is told by the file's content and its suffix; text formats may be packed with gzip.
    ``sheet`` names the sheet of a workbook (else the first one with cells), ``heading`` the
    number of the last row of the heading, ``encoding`` and ``delimiter`` how a text is written.

    Raises:
        NotFound: there is no such file or sheet.
        DocumentFaults: it is no table that can be read; the message says what it is.
        InputRefused: an encoding, delimiter or heading that cannot be.
        SetupError: the file cannot be read, or a package for its format is not installed.
    """
    kind = None if is_entities(path) else format_of(path)
    if heading is not None and heading < 1:
        message = f"no row {heading} can be a heading; give the number of a row, from 1"
        raise InputRefused(message)
    files = Files(path)
    try:
        if kind is None:
            yield _statements(files)
        elif kind is TableFormat.XLSX:
            yield _sheet(files, sheet, heading)
        elif kind is TableFormat.JSONL:
            yield _objects(files, encoding)
        elif kind is TableFormat.PARQUET:
            yield _parquet(files)
        else:
            tabs = kind is TableFormat.TSV
            yield _text(files, heading, encoding, delimiter, tabs=tabs)
    finally:
        files.close()


def _text(
    files: Files, heading: int | None, encoding: str | None, delimiter: str | None, *, tabs: bool
) -> Table:
    found = encoding_of(files, encoding)
    text = text_table(files, found.name, delimiter, tabs=tabs)
    about = heading_of(_sample(files, text.rows, heading), {}, heading, even=True)
    if about is None:
        refuse(files.path, "no filled cell", _WANTED)
    return _grid(files, None, about, text.rows, (found.note,) if found.note else ())


def _sheet(files: Files, asked: str | None, heading: int | None) -> Table:
    """The sheet asked for, or the first one in sight that has a filled cell."""
    book = open_workbook(files)
    tables = (_cells(files, book, sheet, heading, asked) for sheet in book.chosen(asked))
    found = next(filter(None, tables), None)
    if found is None:
        refuse(files.path, "no filled cell", _WANTED)
    return found


def _cells(
    files: Files, book: Workbook, sheet: NamedSheet, heading: int | None, asked: str | None
) -> Table | None:
    spans = book.spans(sheet)
    about = heading_of(_sample(files, partial(book.rows, sheet, {}), heading), spans, heading)
    if about is None:
        return None
    below = {first: last for first, last in spans.items() if first[0] > about.last}
    return _grid(
        files, sheet.name, about, partial(book.rows, sheet, below), _others(book, sheet, asked)
    )


def _others(book: Workbook, read: NamedSheet, asked: str | None) -> tuple[str, ...]:
    others = [repr(sheet.name) for sheet in book.sheets if sheet != read]
    if asked is not None or not others:
        return ()
    more = f" and {len(others) - 5} more" if len(others) > 5 else ""  # noqa: PLR2004 (one line)
    names = ", ".join(others[:5]) + more
    return (f"The sheet {read.name!r} was read; the workbook also has {names}.",)


def _grid(
    files: Files, sheet: str | None, about: Heading, rows: Pass, opening: tuple[str, ...]
) -> Table:
    """The table that a grid of cells holds below its heading."""
    width = len(about.columns)

    def below(remarks: Remarks) -> Iterator[RawRow]:
        return data_rows(rows(remarks), about.last, width, remarks)

    titles = tuple(f"A title above the table was left out: {title}." for title in about.passed)
    return Table(
        file=files.path.name,
        sheet=sheet,
        columns=about.columns,
        letters=tuple(letter(place) for place in range(1, width + 1)),
        heading=about.last,
        reading=Reading(below, (*opening, *titles)),
    )


def _objects(files: Files, encoding: str | None) -> Table:
    found = encoding_of(files, encoding)
    lines = json_lines(files, found.name)
    note = (found.note,) if found.note else ()
    return _named(files, lines.columns, Reading(lines.rows, note))


def _statements(files: Files) -> Table:
    found = entities(files)
    return _named(files, found.columns, Reading(found.rows))


def _parquet(files: Files) -> Table:
    table = parquet_table(files)
    return _named(files, table.columns, Reading(table.rows))


def _named(files: Files, columns: tuple[str, ...], reading: Reading) -> Table:
    """A table whose columns have names and no heading."""
    return Table(
        file=files.path.name,
        sheet=None,
        columns=columns,
        letters=columns,
        heading=0,
        reading=reading,
    )


def _sample(files: Files, rows: Pass, heading: int | None) -> list[RawRow]:
    """The first rows, to find the heading among them; a heading asked for is among them."""
    reading = rows(Remarks(files.path.name))
    return list(islice(reading, SAMPLE + (heading or 0)))
