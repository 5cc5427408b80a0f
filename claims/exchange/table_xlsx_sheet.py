"""One sheet of a workbook: its XML as it streams past, turned into rows of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.exchange.table_heading import Spans
from claims.exchange.table_rows import RawRow, Remarks, Scalar, letter
from claims.exchange.table_xlsx_cells import (
    Shown,
    dated,
    iso_date,
    number_of,
    place_of,
    unescaped,
)

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""How large a sheet can be."""

LONGEST_CELL = 1 << 20
"""Characters that are read of one cell; spreadsheets themselves keep 32,767."""

_UNCOMPUTED = "a formula that was never computed"
_SAVED = "its result; open the workbook in a spreadsheet program and save it"

_REST = {
    "formulas": "last computed value was read.",
    "hidden": "read as well.",
    "columns": "read as well.",
    "filled": "from the merged cell above.",
    "yearless": "shown without a year; the year that the workbook holds was read.",
}


class SheetReader:
    """Takes the events of the parser, and has the rows that are complete taken from it."""

    def __init__(
        self,
        texts: Sequence[str],
        formats: Sequence[Shown],
        remarks: Remarks,
        spans: Spans,
        *,
        since_1904: bool,
    ) -> None:
        """Read with what the workbook shares: its texts, its formats and its calendar."""
        self.damage = ""
        self._texts, self._formats, self._since_1904 = texts, formats, since_1904
        self._remarks = remarks
        self._spans = {first: last[0] for first, last in spans.items() if last[0] > first[0]}
        self._filling: dict[int, tuple[int, Scalar]] = {}
        self._rows: list[RawRow] = []
        self._cells: list[Scalar] = []
        self._row = self._column = 0
        self._kind = self._format = self._digits = ""
        self._columns: dict[str, int] = {}
        self._pieces: list[str] = []
        self._size = 0
        self._reads = self._aside = self._formula = False
        self._counts = dict.fromkeys(("formulas", "hidden", "columns", "filled", "yearless"), 0)

    def taken(self) -> Iterator[RawRow]:
        """The rows that are complete, once."""
        rows, self._rows = self._rows, []
        yield from rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._reads = True
        elif ":" in name:
            self.start(name.rpartition(":")[2], attributes)
        elif name == "t":
            self._reads = not self._aside
        elif name == "row":
            self._start_row(attributes)
        else:
            self._formula |= name == "f"
            self._aside |= name == "rPh"
            if name == "col" and attributes.get("hidden") in {"1", "true"}:
                self._counts["columns"] += 1

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "c":
            self._end_cell()
        elif name in {"v", "t"}:
            self._reads = False
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._aside = False
        elif ":" in name:
            self.end(name.rpartition(":")[2])

    def text(self, data: str) -> None:
        """Text within an element."""
        if self._reads:
            self._size += len(data)
            if self._size <= LONGEST_CELL:
                self._pieces.append(data)

    def finish(self) -> None:
        """Remark on what was met on the way."""
        counts = self._counts
        for key, one, several in (
            ("formulas", "1 cell holds a formula; its", "{} cells hold formulas; their"),
            ("hidden", "1 hidden row was", "{} hidden rows were"),
            ("columns", "Hidden columns were", "Hidden columns were"),
            ("filled", "1 cell was filled", "{} cells were filled"),
            ("yearless", "1 date is", "{} dates are"),
        ):
            if counts[key]:
                words = one if counts[key] == 1 else several.format(f"{counts[key]:,}")
                self._remarks.note(f"{words} {_REST[key]}")

    def _start_row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r", "")
        number = int(said) if said.isascii() and said.isdecimal() else self._row + 1
        if not self._row < number <= MOST_ROWS:
            self.damage = self.damage or "rows out of order"
            return
        if number > self._row + 1:  # however many are missing: one empty row stands for them
            self._rows.append((number - 1, ()))
        self._row, self._column, self._digits = number, 0, str(number)
        self._counts["hidden"] += attributes.get("hidden") in {"1", "true"}

    def _end_row(self) -> None:
        if self._cells and (self._spans or self._filling):
            self._fill()
        self._rows.append((self._row, self._cells))
        self._cells = []

    def _fill(self) -> None:
        """What a cell that is merged downwards holds is held by each row that it spans."""
        for column, (last, value) in tuple(self._filling.items()):
            if last < self._row:
                del self._filling[column]
            elif self._at(column) is None:
                self._put(column, value)
                self._counts["filled"] += 1
        for column, cell in enumerate(self._cells, 1):
            if cell is not None and (last := self._spans.get((self._row, column), 0)):
                self._filling[column] = (last, cell)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        place = self._column + 1 if reference is None else self._place(reference)
        if not self._column < place <= MOST_COLUMNS:
            self.damage = self.damage or "cells out of order"
            place = self._column
        self._column = place
        self._kind, self._format = attributes.get("t", "n"), attributes.get("s", "")
        self._pieces.clear()
        self._size = 0
        self._formula = False

    def _place(self, reference: str) -> int:
        """The column of a reference to this row; 0 where it is none."""
        letters = reference.removesuffix(self._digits)
        if letters not in self._columns:
            try:
                row, column = place_of(reference)
            except ValueError:
                return 0
            if row != self._row:
                return 0
            self._columns[letters] = column
        return self._columns[letters]

    def _end_cell(self) -> None:
        self._counts["formulas"] += self._formula
        if self.damage:
            return
        if self._size > LONGEST_CELL:
            self._fault(f"a text of {self._size:,} characters", f"at most {LONGEST_CELL:,}")
        elif self._pieces:
            try:
                value = self._value("".join(self._pieces))
            except ValueError as error:
                self._fault(str(error), "a value that can be read")
            else:
                self._put(self._column, value)
        elif self._formula and self._kind != "str":
            self._fault(_UNCOMPUTED, _SAVED)

    def _value(self, raw: str) -> Scalar:
        match self._kind:
            case "n":
                return self._number(raw)
            case "s":
                return self._shared(raw) or None
            case "inlineStr" | "str":
                return unescaped(raw) or None
            case "b":
                return raw.strip() not in {"0", "false"}
            case "e":
                self._fault(f"the error value {raw}", "a value; mend the formula or empty the cell")
                return None
            case "d":
                return iso_date(raw)
            case kind:
                message = f"a cell of the unknown kind {kind[:20]!r}"
                raise ValueError(message)

    def _shared(self, raw: str) -> str:
        index = int(raw) if raw.isascii() and raw.isdecimal() else -1
        if not 0 <= index < len(self._texts):
            message = f"a reference to text {raw[:40]}, which the workbook does not have"
            raise ValueError(message)
        return self._texts[index]

    def _number(self, raw: str) -> Scalar:
        try:
            number = number_of(raw)
        except ValueError:
            message = f"{raw[:40]!r}, which is no number"
            raise ValueError(message) from None
        shown = self._shown()
        if shown is Shown.NUMBER:
            return number
        self._counts["yearless"] += shown is Shown.NO_YEAR
        return dated(number, shown, since_1904=self._since_1904)

    def _shown(self) -> Shown:
        place = int(self._format) if self._format.isdecimal() else -1
        return self._formats[place] if 0 <= place < len(self._formats) else Shown.NUMBER

    def _at(self, column: int) -> Scalar:
        return self._cells[column - 1] if column <= len(self._cells) else None

    def _put(self, column: int, value: Scalar) -> None:
        if value is None:
            return
        cells = self._cells
        if len(cells) < column - 1:
            cells.extend([None] * (column - 1 - len(cells)))
        if len(cells) == column - 1:
            cells.append(value)
        else:
            cells[column - 1] = value

    def _fault(self, found: str, expected: str) -> None:
        place = f"{letter(self._column)}{self._row}"
        self._remarks.fault(self._row, self._column, place, found, expected)
