"""Sheets as one XLSX workbook: filters, a heading that stays in sight, links between sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from claims.errors import InputRefused
from claims.exchange.table_inert import runs
from claims.exchange.table_rows import Scalar, Sheet
from claims.exchange.table_spool import Spool
from claims.exchange.table_write_text import as_text, checked, refuse_cell
from claims.exchange.table_xlsx_cells import DIGITS
from claims.exchange.table_xlsx_sheet import MOST_COLUMNS, MOST_ROWS

LONGEST = 32_767
"""Characters, counted as UTF-16 does, that spreadsheets keep of one cell."""

MOST_LINKS = 65_000
"""Links of one sheet; spreadsheets allow 65,530. The cells beyond are plain."""

_LONGEST_NAME = 31
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 60, 200
_FIRST_DAY = date(1900, 3, 1)
_MILLISECOND = 1000
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""Said to be when every workbook was made, so that equal content gives equal bytes."""

Places = Mapping[str, Mapping[Scalar, int]]
"""For each sheet that is linked to: the row of each ``id``, counted from 0."""


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook; rows are put aside on the disk first, so that links find their rows.

    Raises:
        InputRefused: more rows or columns than a sheet has, longer texts than a cell keeps, or
            names that no sheet can have.
    """
    for sheet in sheets:
        _check(sheet)
    wanted = {target for sheet in sheets for target in sheet.links.values()}
    with ExitStack() as stack:
        spools = [stack.enter_context(Spool()) for _ in sheets]
        places = {
            sheet.name: _put_aside(sheet, spool, linked=sheet.name in wanted)
            for sheet, spool in zip(sheets, spools, strict=True)
        }
        _write(path, sheets, spools, places)


def _check(sheet: Sheet) -> None:
    strange = set(sheet.name) & set("[]:*?") or sheet.name != sheet.name.strip("'")
    if strange or len(sheet.name) > _LONGEST_NAME:
        message = (
            f"no sheet can be called {sheet.name!r}; give at most 31 characters, none of []:*?"
        )
        raise InputRefused(message)
    if len(sheet.columns) > MOST_COLUMNS:
        message = f"the sheet {sheet.name!r} has more columns than XLSX allows ({MOST_COLUMNS:,})"
        raise InputRefused(message)


def _put_aside(sheet: Sheet, spool: Spool, *, linked: bool) -> dict[Scalar, int]:
    """Check and keep the rows; where the sheet is linked to, the row of each id."""
    place = sheet.columns.index("id") if linked and "id" in sheet.columns else None
    rows: dict[Scalar, int] = {}
    for number, row in enumerate(sheet.rows, 1):
        if number >= MOST_ROWS:
            message = (
                f"the sheet {sheet.name!r} has more rows than XLSX allows "
                f"({MOST_ROWS:,} with the heading); choose another format, such as csv"
            )
            raise InputRefused(message)
        for column, cell in zip(
            sheet.columns, checked(sheet.name, number, sheet.columns, row), strict=True
        ):
            if isinstance(cell, str) and _units(cell) > LONGEST:
                expected = f"at most {LONGEST:,} characters in XLSX; choose jsonl, csv or parquet"
                refuse_cell(sheet.name, number, column, cell, expected)
        spool.put(row)
        if place is not None:
            rows[row[place]] = number
    return rows


def _units(text: str) -> int:
    return len(text) if len(text) * 2 <= LONGEST else len(text.encode("utf-16-le")) // 2


def _write(path: Path, sheets: Sequence[Sheet], spools: Sequence[Spool], places: Places) -> None:
    xlsxwriter = import_module("xlsxwriter")  # here, because commands start without it
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"created": _ALWAYS})
        forms = _Forms(book)
        for sheet, spool in zip(sheets, spools, strict=True):
            _SheetWriter(book.add_worksheet(sheet.name), sheet, places, forms).write(spool)


class _Forms:
    """How cells look; the formats of one workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 (xlsxwriter has no types)
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
        self.link = book.add_format({"font_color": "#0B57A4", "underline": 1})
        self.text = book.add_format({"num_format": "@"})
        self.inert = book.add_format({"num_format": "@", "quote_prefix": True})


@dataclass
class _SheetWriter:
    """Writes one sheet, row by row."""

    page: Any
    sheet: Sheet
    places: Places
    forms: _Forms
    links: int = 0
    widths: list[int] = field(default_factory=list)

    def write(self, spool: Spool) -> None:
        """Write the heading, the rows, and what helps to find one's way among them."""
        self.widths = [len(column) for column in self.sheet.columns]
        for place, column in enumerate(self.sheet.columns):
            self.page.write_string(0, place, column, self.forms.heading)
        count = 0
        for count, row in enumerate(spool.rows(), 1):
            self._row(count, row)
        self.page.freeze_panes(1, 0)
        self.page.autofilter(0, 0, max(count, 1), len(self.sheet.columns) - 1)
        for place, width in enumerate(self.widths):
            self.page.set_column(place, place, min(max(width, _NARROWEST), _WIDEST) + 2)

    def _row(self, number: int, row: tuple[Scalar, ...]) -> None:
        for place, (column, cell) in enumerate(zip(self.sheet.columns, row, strict=True)):
            if cell is None or cell == "":
                continue
            if number <= _LOOKED_AT:
                self.widths[place] = max(self.widths[place], len(str(cell)))
            target = self.sheet.links.get(column)
            at = self.places.get(target, {}).get(cell) if target else None
            if at is not None and self.links < MOST_LINKS:
                self._link(number, place, as_text(cell), f"internal:{_quoted(target)}!A{at + 1}")
            else:
                self._cell(number, place, cell)

    def _link(self, number: int, place: int, text: str, address: str) -> None:
        self.links += 1
        self.page.write_url(number, place, address, self.forms.link, text)

    def _cell(self, number: int, place: int, cell: Scalar) -> None:
        if isinstance(cell, bool):
            self.page.write_boolean(number, place, cell)
        elif isinstance(cell, int | Decimal) and _exact(cell):
            self.page.write_number(number, place, float(cell))
        elif isinstance(cell, datetime) and _holds(cell):
            self.page.write_datetime(number, place, cell, self.forms.moment)
        elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= _FIRST_DAY:
            self.page.write_datetime(number, place, cell, self.forms.day)
        else:
            self._text(number, place, as_text(cell))

    def _text(self, number: int, place: int, text: str) -> None:
        """A text stays one when its cell is edited, whatever it begins with."""
        form = self.forms.inert if runs(text) else self.forms.text
        self.page.write_string(number, place, text, form)


def _exact(number: int | Decimal) -> bool:
    """Whether a spreadsheet, which keeps 15 digits, gives the number back."""
    if abs(number) >= 10**DIGITS and isinstance(number, int):
        return False
    exact = Decimal(number)
    if exact and not -300 < exact.adjusted() < 300:  # noqa: PLR2004 (well within a float)
        return False
    return Decimal(f"{float(number):.{DIGITS}g}") == exact


def _holds(moment: datetime) -> bool:
    """Whether a spreadsheet can hold a time: no zone, milliseconds, not before March 1900."""
    whole = moment.microsecond % _MILLISECOND == 0
    return moment.tzinfo is None and whole and moment.date() >= _FIRST_DAY


def _quoted(name: str | None) -> str:
    return "'" + (name or "").replace("'", "''") + "'"
