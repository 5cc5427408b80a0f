"""Parquet in: read batch by batch with pyarrow, which comes with the extra ``parquet``."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from math import isfinite
from types import ModuleType
from typing import Any, TypeAlias

from claims.errors import SetupError
from claims.exchange.table_bytes import Files, refuse
from claims.exchange.table_jsonl import json_text
from claims.exchange.table_rows import RawRow, Remarks, Scalar

BATCH = 4096
"""Rows held at a time."""

MOST_ROWS = 50_000_000
"""Rows of one file: a few bytes of Parquet can stand for any number of equal rows."""

LARGEST_GROUP = 1 << 31
"""Bytes that a group of rows may unpack to."""

Reader: TypeAlias = Callable[[Any], Scalar]

_SINGLE = struct.Struct("f")
_WHOLE = "a whole Parquet file; copy or make it again"


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A file with its columns."""

    files: Files
    columns: tuple[str, ...]

    def rows(self, remarks: Remarks) -> Iterator[RawRow]:
        """Every row with its number; a value that no cell can hold is a defect."""
        number = lost = 0
        for columns in _batches(self.files):
            for values in zip(*columns, strict=True):
                number += 1
                cells: list[Scalar] = [None] * len(values)
                for place, (read, value) in enumerate(values):
                    if value is None or value == "":
                        continue
                    if isinstance(value, bytes):
                        name = self.columns[place]
                        remarks.fault(number, place + 1, name, "bytes", "text, a number or a date")
                    else:
                        cells[place] = read(value)
                        lost += cells[place] is None
                yield number, cells
        if lost:
            remarks.note(f"{lost:,} cells hold no finite number (NaN) and were read as empty.")


def parquet_table(files: Files) -> ParquetTable:
    """Look at the columns of a file.

    Raises:
        SetupError: pyarrow is not installed.
        DocumentFaults: it is no Parquet file that can be read within bounds.
    """
    with _opened(files) as table:
        about, names = table.metadata, tuple(table.schema_arrow.names)
        if about.num_rows > MOST_ROWS:
            refuse(files.path, f"{about.num_rows:,} rows", f"at most {MOST_ROWS:,}")
        sizes = [about.row_group(n).total_byte_size for n in range(about.num_row_groups)]
    if max(sizes, default=0) > LARGEST_GROUP:
        expected = f"groups of rows of at most {LARGEST_GROUP:,} bytes"
        refuse(files.path, "a group of rows that is too large to hold", expected)
    if not names or len(set(names)) < len(names) or not all(names):
        refuse(files.path, "columns without names of their own", "a name for each column")
    return ParquetTable(files, names)


def pyarrow() -> ModuleType:
    """The package, which only those who use Parquet need.

    Raises:
        SetupError: it is not installed.
    """
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ImportError:
        message = (
            "Parquet files need the package pyarrow, which is not installed; "
            "install it with: pip install 'claims[parquet]'"
        )
        raise SetupError(message) from None


@contextmanager
def _opened(files: Files) -> Iterator[Any]:
    arrow = pyarrow()
    with (
        files.opened() as file,
        _plain_faults(arrow, files),
        arrow.parquet.ParquetFile(arrow.PythonFile(file, mode="r"), pre_buffer=False) as table,
    ):
        yield table


@contextmanager
def _plain_faults(arrow: ModuleType, files: Files) -> Iterator[None]:
    try:
        yield
    except (arrow.ArrowException, OSError, UnicodeDecodeError, OverflowError):
        refuse(files.path, "a Parquet file that is damaged, locked or of an unknown kind", _WHOLE)


def _batches(files: Files) -> Iterator[list[list[tuple[Reader, Any]]]]:
    """For some thousand rows at a time, each column's values with how they are read."""
    arrow = pyarrow()
    with _opened(files) as table:
        for batch in table.iter_batches(batch_size=BATCH, use_threads=False):
            yield [_column(arrow, column) for column in batch.columns]


def _column(arrow: ModuleType, column: Any) -> list[tuple[Reader, Any]]:  # noqa: ANN401 (no types)
    kinds, kind = arrow.types, column.type
    if kinds.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(arrow.timestamp("us", kind.tz), safe=False)
    read: Reader = _single if kinds.is_float32(kind) or kinds.is_float16(kind) else _cell
    return [(read, value) for value in column.to_pylist()]


def _cell(value: Any) -> Scalar:  # noqa: ANN401 (whatever Parquet holds)
    found: Scalar
    if isinstance(value, float):
        found = _number(repr(value)) if isfinite(value) else None
    elif isinstance(value, Decimal):
        found = _plain(value)
    elif isinstance(value, str | bool | int | date):
        found = value
    elif isinstance(value, list | dict | tuple):
        found = json_text(_nested(value))
    else:
        found = str(value)
    return found


def _single(value: float) -> Scalar:
    """A number of single precision, with as many digits as tell it from its neighbours."""
    if not isfinite(value):
        return None
    packed = _SINGLE.pack(value)
    texts = (f"{value:.{digits}g}" for digits in range(6, 10))
    return _number(next(text for text in texts if _SINGLE.pack(float(text)) == packed))


def _plain(value: Decimal) -> int | Decimal:
    """A number without the zeros that fill it up to the places of its column."""
    whole = value == value.to_integral_value()
    return int(value) if whole else Decimal(f"{value:f}".rstrip("0"))


def _number(text: str) -> int | Decimal:
    exact = Decimal(text)
    return int(exact) if exact == exact.to_integral_value() else exact


def _nested(value: Any) -> Any:  # noqa: ANN401 (whatever Parquet holds)
    """A nested value in the kinds that JSON knows."""
    if isinstance(value, dict):
        return {str(name): _nested(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_nested(held) for held in value]
    if isinstance(value, float):
        return _cell(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | bool | int | Decimal) else str(value)
