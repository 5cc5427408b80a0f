"""Rows as CSV, TSV and JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from claims.errors import InputRefused
from claims.exchange.table_inert import inert
from claims.exchange.table_rows import Scalar, shown


def write_csv(
    path: Path,
    name: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[Scalar, ...]],
    *,
    tabs: bool,
) -> None:
    """Write CSV or TSV: UTF-8, with the byte-order mark by which spreadsheets know it in CSV."""
    encoding = "utf-8" if tabs else "utf-8-sig"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter="\t" if tabs else ",", lineterminator="\r\n")
        writer.writerow([inert(column) for column in columns])
        for number, row in enumerate(rows, 1):
            writer.writerow([_text(cell) for cell in checked(name, number, columns, row)])


def write_jsonl(
    path: Path, name: str, columns: tuple[str, ...], rows: Iterable[tuple[Scalar, ...]]
) -> None:
    """Write an object a line, with every column in every line."""
    keys = [json.dumps(column, ensure_ascii=False) for column in columns]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, row in enumerate(rows, 1):
            cells = checked(name, number, columns, row)
            pairs = (f"{key}:{_json(cell)}" for key, cell in zip(keys, cells, strict=True))
            file.write("{" + ",".join(pairs) + "}\n")


def checked(
    name: str, number: int, columns: tuple[str, ...], row: tuple[Scalar, ...]
) -> tuple[Scalar, ...]:
    """A row, once it is sure that every format can keep it.

    Raises:
        InputRefused: a text with NUL or half a character, a number that is none, or not one cell
            for each column.
    """
    if len(row) != len(columns):
        message = f"row {number} of {name} has {len(row)} cells; {len(columns)} were expected"
        raise InputRefused(message)
    for column, cell in zip(columns, row, strict=True):
        if isinstance(cell, str) and not _kept(cell):
            refuse_cell(name, number, column, cell, "text without NUL and without half characters")
        if isinstance(cell, Decimal) and not cell.is_finite():
            refuse_cell(name, number, column, cell, "a finite number")
    return row


def refuse_cell(name: str, number: int, column: str, cell: Scalar, expected: str) -> None:
    """Raise :class:`InputRefused` for a cell that cannot be written."""
    message = f"{name}, row {number}, column {column}: found {shown(cell)}; expected {expected}"
    raise InputRefused(message)


def _kept(text: str) -> bool:
    if text.isascii():
        return "\0" not in text
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def as_text(cell: Scalar) -> str:
    """A cell as text: ISO dates, ``true`` and ``false``, nothing for an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _text(cell: Scalar) -> str:
    text = as_text(cell)
    return inert(text) if isinstance(cell, str) else text


def _json(cell: Scalar) -> str:
    if cell is None:
        return "null"
    if isinstance(cell, bool | int | Decimal):
        return as_text(cell)
    return json.dumps(as_text(cell), ensure_ascii=False)
