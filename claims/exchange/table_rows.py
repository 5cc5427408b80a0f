"""Tables: as one stands in a file, with what was remarked on reading it, and to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

from claims.errors import DocumentFaults, Fault

Scalar: TypeAlias = str | int | Decimal | bool | date | datetime | None
"""What a cell can hold. Text formats (CSV, TSV) hold texts only; None is an empty cell."""

RawRow: TypeAlias = tuple[int, Sequence[Scalar]]
"""A row as it stands in the file, with its number, before the heading is known."""

MOST_FAULTS = 1000
"""Faults of one table that are told one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    ``number`` is the row's number as the user counts it, from 1: the line of a text file where it
    starts, the row of a sheet, the n-th row of a Parquet file. ``cells`` has one cell for each
    column; None where it is empty.
    """

    number: int
    cells: tuple[Scalar, ...]


@dataclass(slots=True)
class Remarks:
    """What one pass over a table finds: remarks for the user, and defects of cells."""

    file: str
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unnamed: int = 0

    def note(self, text: str) -> None:
        """Keep a remark."""
        self.notes.append(text)

    def fault(self, number: int, column: int, name: str, found: str, expected: str) -> None:
        """Keep a defect of row ``number``, column ``column`` (both from 1; 0 for a whole row)."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(self.file, number, column, name, found, expected))
        else:
            self.unnamed += 1

    def refuse(self) -> None:
        """Raise :class:`DocumentFaults` where there are defects."""
        if self.unnamed:
            more = f"{self.unnamed:,} more defects"
            self.faults.append(Fault(self.file, 0, 0, "table", more, "none"))
        if self.faults:
            raise DocumentFaults(tuple(self.faults))


Pass: TypeAlias = Callable[[Remarks], Iterator[RawRow]]
"""Reads the rows below the heading from the first on, and remarks on them."""


@dataclass(slots=True)
class Reading:
    """How the rows of a table are read, and what the last whole pass over them remarked."""

    rows: Pass
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of an open file.

    ``columns`` are unique and never empty: the rows of a heading of several rows are joined by
    ``" / "``, and a column without heading is called ``column C``. ``letters`` say how the user
    finds each column: ``A``, ``B`` … in text files and sheets, the name in JSON lines and
    Parquet. ``heading`` is the number of the last row of the heading, 0 where there is none.
    """

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    letters: tuple[str, ...]
    heading: int
    reading: Reading

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks on reading the file, each a sentence for the user.

        What is remarked on rows (empty ones, notes below the table) is known once
        :meth:`rows` was read to its end.
        """
        return (*self.reading.opening, *self.reading.closing)

    def first(self, count: int) -> Iterator[Row]:
        """The first rows, to look at: defects of their cells are told by :meth:`rows` alone."""
        yield from islice(self._read(Remarks(self.file)), count)

    def rows(self) -> Iterator[Row]:
        """The rows below the heading, from the first on at every call; empty rows are left out.

        Raises:
            DocumentFaults: after the last row, with every defect of the file's cells (an error
                value such as ``#REF!``, more cells than columns), so that a caller can tell them
                together with the defects that it finds itself.
        """
        remarks = Remarks(self.file)
        yield from self._read(remarks)
        self.reading.closing = tuple(remarks.notes)
        remarks.refuse()

    def _read(self, remarks: Remarks) -> Iterator[Row]:
        width = len(self.columns)
        for number, cells in self.reading.rows(remarks):
            yield Row(number, _fitted(cells, width, number, remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows under named columns; ``links`` maps a column to the sheet whose ``id`` it names."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Scalar, ...]]
    links: Mapping[str, str] = field(default_factory=dict)


def _fitted(
    cells: Sequence[Scalar], width: int, number: int, remarks: Remarks
) -> tuple[Scalar, ...]:
    """One cell for each column; filled cells beyond the last column are a defect."""
    if len(cells) == width:
        return tuple(cells)
    for place, cell in enumerate(cells[width:], width + 1):
        if cell is not None:
            found = f"a cell beyond the last column: {shown(cell)}"
            expected = f"at most {width} cells, as in the heading"
            remarks.fault(number, place, f"column {letter(place)}", found, expected)
            break
    return (*cells[:width], *(None,) * (width - len(cells)))


def letter(place: int) -> str:
    """The letters by which sheets name the n-th column, from 1: A … Z, AA, AB …."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(cell: Scalar) -> str:
    """A cell as messages show it: quoted, and cut where it is long."""
    text = str(cell)
    return repr(text if len(text) <= 60 else text[:59] + "…")  # noqa: PLR2004 (fits on a line)
