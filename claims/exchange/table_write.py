"""Tables out: sheets of rows written as CSV, TSV, XLSX, JSON lines or Parquet."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from claims.errors import InputRefused, SetupError
from claims.exchange.table_bytes import TableFormat
from claims.exchange.table_rows import Sheet

__all__ = ["Sheet", "write_sheets"]


def write_sheets(path: Path, sheets: Sequence[Sheet], format: TableFormat) -> None:  # noqa: A002
    """Write sheets so that :func:`~claims.exchange.table.open_table` reads the same again.

    An XLSX workbook is written at ``path``, with a sheet for each entity, filters, a heading that
    stays in sight and links. In the other formats ``path`` is a folder (made where it is missing)
    with one file for each sheet, ``NAME.csv`` and so on.

    What comes back: every text to the letter (one that a spreadsheet would run as a formula is
    marked, and read without the mark), every whole or exact number as a number of the same value
    except in CSV and TSV, which know texts only. A date comes back as a date from XLSX and
    Parquet, otherwise as its ISO form. An empty text comes back as None, a row without any filled
    cell not at all; a sheet without rows is an empty file in JSON lines. Where XLSX cannot hold a
    value exactly (more than 15 digits, a date before March 1900, a time with a zone), or a column
    of Parquet holds values of several kinds, it is written as text.

    Every file is written under a temporary name, flushed to the disk and renamed when all are
    whole: an unfinished file is never taken for one.

    Raises:
        InputRefused: a text that cannot be kept (NUL, half a character; in XLSX more than 32,767
            characters), too many rows for a workbook, or names that cannot be.
        SetupError: the place cannot be written to, or pyarrow is not installed (Parquet).
    """
    _check(sheets)
    if format is TableFormat.XLSX:
        from claims.exchange.table_write_xlsx import write_workbook  # noqa: PLC0415 (start-up)

        with _finished([path]) as (unfinished,):
            write_workbook(unfinished, sheets)
        return
    with _disk(path):
        path.mkdir(parents=True, exist_ok=True)
    with _finished([path / f"{sheet.name}.{format}" for sheet in sheets]) as unfinished_files:
        for sheet, file in zip(sheets, unfinished_files, strict=True):
            _write(file, sheet, format)


def _write(path: Path, sheet: Sheet, form: TableFormat) -> None:
    if form is TableFormat.PARQUET:
        from claims.exchange.table_write_parquet import write_parquet  # noqa: PLC0415 (start-up)

        write_parquet(path, sheet.name, sheet.columns, sheet.rows)
        return
    from claims.exchange.table_write_text import write_csv, write_jsonl  # noqa: PLC0415 (start-up)

    if form is TableFormat.JSONL:
        write_jsonl(path, sheet.name, sheet.columns, sheet.rows)
    else:
        write_csv(path, sheet.name, sheet.columns, sheet.rows, tabs=form is TableFormat.TSV)


def _check(sheets: Sequence[Sheet]) -> None:
    names = [sheet.name.casefold() for sheet in sheets]
    for sheet in sheets:
        if (
            not sheet.name
            or names.count(sheet.name.casefold()) > 1
            or set(sheet.name) & set("/\\\0")
        ):
            message = f"no sheet can be called {sheet.name!r}; give each a name of its own"
            raise InputRefused(message)
        if (
            not sheet.columns
            or not all(sheet.columns)
            or len({*sheet.columns}) < len(sheet.columns)
        ):
            message = f"the columns of the sheet {sheet.name!r} need names of their own"
            raise InputRefused(message)


@contextmanager
def _finished(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Temporary files beside the paths, which take their places when all are written."""
    with ExitStack() as stack:
        unfinished = []
        for path in paths:
            with _disk(path):
                handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
                os.close(handle)
            unfinished.append(Path(name))
            stack.callback(Path(name).unlink, missing_ok=True)
        with _disk(paths[0].parent if paths else Path()):
            yield unfinished
            for file in unfinished:
                _flush(file)
            for file, path in zip(unfinished, paths, strict=True):
                file.chmod(0o666 & ~_umask())
                file.replace(path)
            for folder in {path.parent for path in paths}:
                _flush(folder)


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """Say in one sentence why something cannot be written."""
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"'{path}' cannot be written: {why}; check the path, your rights and the space"
        raise SetupError(message) from error


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    """The rights that new files are made without; reading it means setting it for a moment."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
