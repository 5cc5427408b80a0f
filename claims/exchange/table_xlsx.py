"""Workbooks in: the rows of one sheet of an XLSX file, read as they stream past.

Read with the XML parser of the standard library, because the readers that are at hand lose what
has to be told: error values, formulas that were never computed, and hidden rows. Memory is
bounded by the texts that the workbook shares among its cells, and one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.errors import NotFound
from claims.exchange.table_bytes import Files, refuse
from claims.exchange.table_heading import Spans
from claims.exchange.table_rows import RawRow, Remarks
from claims.exchange.table_xlsx_cells import Shown, place_of, shown_by, unescaped
from claims.exchange.table_xlsx_sheet import SheetReader
from claims.exchange.table_zip import BOOK, PIECE, Parts

MOST_SHARED = 1 << 30
"""Characters that the texts shared among the cells of a workbook may have together."""

MOST_SPANS = 100_000
"""Merged areas of one sheet that are remembered."""

_SPAN = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+[0-9]+):([A-Z]+[0-9]+)[\"']")
_LONGEST_SPAN = 256


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """A sheet of a workbook, by the name that its tab shows."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook have in common."""

    parts: Parts
    sheets: tuple[NamedSheet, ...]
    since_1904: bool
    formats: tuple[Shown, ...]
    texts: Sequence[str]

    def chosen(self, asked: str | None) -> tuple[NamedSheet, ...]:
        """The sheet asked for; otherwise all that are not hidden, else all.

        Raises:
            NotFound: no sheet has that name.
        """
        if asked is None:
            return tuple(sheet for sheet in self.sheets if not sheet.hidden) or self.sheets
        found = [sheet for sheet in self.sheets if sheet.name == asked] or [
            sheet for sheet in self.sheets if sheet.name.casefold() == asked.casefold()
        ]
        if not found:
            names = ", ".join(repr(sheet.name) for sheet in self.sheets)
            message = f"{self.parts.path.name} has no sheet {asked!r}; it has {names}"
            raise NotFound(message)
        return tuple(found[:1])

    def spans(self, sheet: NamedSheet) -> Spans:
        """The merged areas of a sheet, from their first to their last cell."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        rest = b""
        with self.parts.opened(sheet.part) as file:
            while piece := file.read(PIECE * 16):
                rest += piece
                for first, last in _SPAN.findall(rest):
                    found[place_of(first.decode())] = place_of(last.decode())
                rest = rest[-_LONGEST_SPAN:]
                if len(found) > MOST_SPANS:
                    expected = f"at most {MOST_SPANS:,} of them"
                    refuse(self.parts.path, "too many merged areas to remember", expected)
        return found

    def rows(self, sheet: NamedSheet, spans: Spans, remarks: Remarks) -> Iterator[RawRow]:
        """Every row of a sheet, empty ones between two rows as well."""
        reader = SheetReader(self.texts, self.formats, remarks, spans, since_1904=self.since_1904)
        for _ in self.parts.parse(sheet.part, reader.start, reader.end, reader.text):
            if reader.damage:
                expected = "a whole workbook; open it and save it again"
                refuse(self.parts.path, f"{reader.damage} in the sheet {sheet.name!r}", expected)
            yield from reader.taken()
        reader.finish()


def open_workbook(files: Files) -> Workbook:
    """Read what stands about the sheets of a workbook.

    Raises:
        DocumentFaults: it is no workbook, or one that is damaged, locked, or out of proportion.
    """
    parts = Parts(files)
    targets, book = _Targets(parts), _Book()
    _read(parts, BOOK, book)
    sheets = tuple(
        NamedSheet(name, targets.by_id[key], hidden)
        for name, key, hidden in book.sheets
        if key in targets.sheets
    )
    if not sheets:
        refuse(parts.path, "a workbook without a sheet of cells", "one with a table")
    styles, shared = _Styles(), _Shared()
    if targets.styles in parts.names:
        _read(parts, targets.styles, styles)
    if targets.shared in parts.names:
        for _ in parts.parse(targets.shared, shared.start, shared.end, shared.text):
            if shared.size > MOST_SHARED:
                refuse(parts.path, "more text than can be held", f"at most {MOST_SHARED:,} signs")
    return Workbook(parts, sheets, book.since_1904, tuple(styles.shown()), shared.texts)


class _Handler:
    """Reads nothing; the parts below read what they need."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text within an element."""


def _read(parts: Parts, name: str, handler: _Handler) -> None:
    for _ in parts.parse(name, handler.start, handler.end, handler.text):
        pass


def local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]


class _Targets(_Handler):
    """Which part is meant by which id, and what kind each is."""

    def __init__(self, parts: Parts) -> None:
        self.by_id: dict[str, str] = {}
        self.sheets: set[str] = set()
        self.styles = self.shared = ""
        _read(parts, "xl/_rels/workbook.xml.rels", self)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target, key = attributes.get("Target", ""), attributes.get("Id", "")
        part = target[1:] if target.startswith("/") else f"xl/{target}"
        self.by_id[key] = part
        if kind == "worksheet":
            self.sheets.add(key)
        elif kind == "styles":
            self.styles = part
        elif kind == "sharedStrings":
            self.shared = part


class _Book(_Handler):
    """The sheets in the order of their tabs, and the calendar."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "sheet":
                key = next((value for at, value in attributes.items() if local(at) == "id"), "")
                hidden = attributes.get("state", "visible") != "visible"
                self.sheets.append((unescaped(attributes.get("name", "")), key, hidden))
            case "workbookPr":
                self.since_1904 = attributes.get("date1904", "0") in {"1", "true"}
            case _:
                pass


class _Styles(_Handler):
    """What the format of each kind of cell shows."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._formats: list[str] = []
        self._within = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "numFmt":
                self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "cellXfs":
                self._within = True
            case "xf" if self._within:
                self._formats.append(attributes.get("numFmtId", "0"))
            case _:
                pass

    def end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._within = False

    def shown(self) -> Iterator[Shown]:
        for number in self._formats:
            yield shown_by(int(number) if number.isdecimal() else 0, self._codes.get(number))


class _Shared(_Handler):
    """The texts that cells share, without the hints how to pronounce them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.size = 0
        self._pieces: list[str] = []
        self._within = self._aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 (its shape)
        match local(name):
            case "si":
                self._pieces.clear()
            case "rPh":
                self._aside = True
            case "t":
                self._within = not self._aside
            case _:
                pass

    def end(self, name: str) -> None:
        match local(name):
            case "si":
                text = unescaped("".join(self._pieces))
                self.texts.append(text)
                self.size += len(text)
            case "rPh":
                self._aside = False
            case "t":
                self._within = False
            case _:
                pass

    def text(self, data: str) -> None:
        if self._within:
            self._pieces.append(data)
