"""Rows as Parquet, with pyarrow, which comes with the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

from claims.exchange.table_parquet import pyarrow
from claims.exchange.table_rows import Scalar
from claims.exchange.table_spool import Spool
from claims.exchange.table_write_text import as_text, checked

GROUP = 65_536
"""Rows written at a time: few enough to hold, enough to pack well."""

_LONGEST = (1 << 63) - 1
_DIGITS = 38


@dataclass(slots=True)
class _Kind:
    """What the cells of one column are, found while they are put aside."""

    kinds: set[type]
    before: int = 0
    after: int = 0
    long: bool = True

    def look(self, cell: Scalar) -> None:
        kind = type(cell)
        self.kinds.add(kind)
        if isinstance(cell, datetime):
            self.kinds.add(type(cell.tzinfo))
        elif isinstance(cell, int | Decimal) and kind is not bool:
            self._measure(Decimal(cell))
            self.long = self.long and -_LONGEST <= cell <= _LONGEST

    def _measure(self, number: Decimal) -> None:
        _, digits, exponent = number.as_tuple()
        places = int(exponent)
        self.before = max(self.before, len(digits) + places, 1)
        self.after = max(self.after, -places)

    def of(self, arrow: ModuleType) -> tuple[Any, bool]:
        """The column's type, and whether its cells are written as text."""
        kinds = self.kinds - {type(None)}
        if kinds == {bool}:
            return arrow.bool_(), False
        if kinds == {int} and self.long:
            return arrow.int64(), False
        if kinds and kinds <= {int, Decimal} and self.before + self.after <= _DIGITS:
            return arrow.decimal128(self.before + self.after, self.after), False
        if kinds == {date}:
            return arrow.date32(), False
        if kinds == {datetime}:
            return arrow.timestamp("us"), False
        return arrow.string(), True


def write_parquet(
    path: Path, name: str, columns: tuple[str, ...], rows: Iterable[tuple[Scalar, ...]]
) -> None:
    """Write rows, in columns of the one kind that all their cells have, otherwise of text."""
    arrow = pyarrow()
    kinds = [_Kind(set()) for _ in columns]
    with Spool() as spool:
        for number, row in enumerate(rows, 1):
            for kind, cell in zip(kinds, checked(name, number, columns, row), strict=True):
                kind.look(cell)
            spool.put(row)
        forms = [kind.of(arrow) for kind in kinds]
        schema = arrow.schema(
            [arrow.field(column, form) for column, (form, _) in zip(columns, forms, strict=True)]
        )
        with arrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for group in spool.groups(GROUP):
                writer.write_table(_table(arrow, schema, [text for _, text in forms], group))


def _table(
    arrow: ModuleType,
    schema: Any,  # noqa: ANN401 (pyarrow has no types)
    texts: Sequence[bool],
    rows: Sequence[tuple[Scalar, ...]],
) -> Any:  # noqa: ANN401 (the same)
    arrays = [
        arrow.array([_written(row[place], text=text) for row in rows], schema.field(place).type)
        for place, text in enumerate(texts)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)


def _written(cell: Scalar, *, text: bool) -> Scalar:
    if not text or cell is None:
        return cell
    return as_text(cell) or None
