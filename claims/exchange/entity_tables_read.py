"""The sheets of an export read back as records, with what was edited in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from claims.analysis.records import ENTITIES, Question, Record
from claims.errors import ClaimsError, DocumentFaults, Fault, InputRefused, NotFound
from claims.exchange.entity_tables_columns import Cells, layout_of, reading_columns
from claims.exchange.entity_tables_guide import COLUMNS, GUIDE, LAYOUT
from claims.exchange.entity_tables_rows import Misplaced, RowReader, Told
from claims.exchange.entity_tables_words import Names, differing
from claims.exchange.table import Table, TableFormat, format_of, open_table

MOST_FAULTS = 1000
"""Faults that are told one by one."""

_FOLDERS = (TableFormat.CSV, TableFormat.TSV, TableFormat.JSONL, TableFormat.PARQUET)
_WITH_HEADING = frozenset({TableFormat.CSV, TableFormat.TSV, TableFormat.XLSX})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSheet:
    """One sheet of an export.

    ``file`` is what faults call it. ``marks`` gives the row and the column, from 1, at which each
    record stands. ``exported`` is the content hash that each record had when it was exported, by
    its id; a record that was added since has none. An edited assessment is a new one that
    supersedes the exported one, and has none either.
    """

    file: str
    entity: str
    records: tuple[Record, ...]
    marks: Mapping[UUID, tuple[int, int]]
    exported: Mapping[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """All that an export holds, each entity after those that it refers to; ``notes`` on it."""

    file: str
    sheets: tuple[ExportSheet, ...]
    notes: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """The records of all sheets."""
        return tuple(record for sheet in self.sheets for record in sheet.records)


def is_export(path: Path) -> bool:
    """Whether a folder or a workbook was written by ``claims export``."""
    try:
        with _Sheets(path).open(GUIDE) as table:
            return set(COLUMNS) <= set(table.columns)
    except (ClaimsError, OSError):
        return False


def open_export(path: Path) -> Export:
    """What the sheets of an export say now.

    Args:
        path: the workbook, or the folder of files.

    Raises:
        NotFound: there is no such file or folder.
        InputRefused: it is of another version of claims, or no export.
        DocumentFaults: with every fault of every sheet, by row and column.
    """
    sheets = _Sheets(path)
    _check_layout(sheets)
    reader = _Reader(sheets)
    found = tuple(sheet for kind in ENTITIES for sheet in reader.sheet(kind.entity))
    reader.check_words(found)
    reader.refuse()
    return Export(file=str(path), sheets=found, notes=tuple(reader.notes))


@dataclass(frozen=True, slots=True)
class _Sheets:
    """The sheets of a workbook, or the files of a folder."""

    path: Path

    def open(self, name: str) -> AbstractContextManager[Table]:
        """A sheet by its name.

        Raises:
            NotFound: there is none.
        """
        if not self.path.is_dir():
            return open_table(self.path, sheet=name, heading=1)
        for kind in _FOLDERS:
            file = self.path / f"{name}.{kind.value}"
            if file.is_file():
                return open_table(file, heading=1 if format_of(file) in _WITH_HEADING else None)
        message = f"the folder '{self.path}' has no file of the sheet {name!r}"
        raise NotFound(message)

    def called(self, table: Table) -> str:
        """What faults call a sheet."""
        if self.path.is_dir():
            return str(self.path / table.file)
        return f"{self.path}, sheet {table.sheet}"


def _check_layout(sheets: _Sheets) -> None:
    with sheets.open(GUIDE) as table:
        rows = [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows()]
    said = [str(row["what it holds"]) for row in rows if _is_layout(row)]
    if not said:
        message = f"'{sheets.path}' is no export of claims; its sheet {GUIDE!r} is another one"
        raise InputRefused(message)
    if said[0] != LAYOUT:
        message = (
            f"'{sheets.path}' has the layout {said[0]!r}, and this version of claims reads"
            f" {LAYOUT!r}; export it again, or use the version that wrote it"
        )
        raise InputRefused(message)


def _is_layout(row: Cells) -> bool:
    return row.keys() >= set(COLUMNS) and (row["sheet"], row["column"]) == (GUIDE, "layout")


class _Reader:
    """Reads sheet after sheet, and keeps what later ones need and all faults."""

    def __init__(self, sheets: _Sheets) -> None:
        self.sheets = sheets
        self.notes: list[str] = []
        self.faults: list[Fault] = []
        self.unnamed = 0
        self.keys: dict[str, Mapping[str, UUID | None]] = {}
        self.questions: dict[UUID, Question] = {}
        self.reworded: list[tuple[str, Told]] = []

    def sheet(self, entity: str) -> Iterator[ExportSheet]:
        """The sheet of an entity, where there is one."""
        with suppress(NotFound), self.sheets.open(entity) as table:
            file = self.sheets.called(table)
            if self._has_columns(table, entity, file):
                yield self._read(table, entity, file)

    def resolve(self, entity: str, text: str) -> UUID | None:
        """The one record that is called so by its key or name in the sheets."""
        if entity not in self.keys:
            self.keys[entity] = self._called(entity)
        return self.keys[entity].get(text.casefold())

    def check_words(self, sheets: Iterable[ExportSheet]) -> None:
        """Name the cells that are only there to be read, and were edited."""
        if not self.reworded:
            return
        held = {record.id: record for sheet in sheets for record in sheet.records}
        names = Names(lambda kind, ids: [held[one] for one in ids if type(held.get(one)) is kind])
        for file, told in self.reworded:
            names.learn([told.record])
            changed = differing(told.cells, names.words(told.record), told.record.entity)
            place = told.places[changed[0]] if changed else 0
            self.fault(
                Fault(
                    file,
                    told.row,
                    place,
                    ", ".join(changed) or "columns in words",
                    "an edit of what is only there to be read",
                    "the words as exported; edit the columns that they follow from, which the"
                    " sheet 'claims export' names",
                )
            )

    def fault(self, fault: Fault) -> None:
        """Keep a fault, as long as there are not too many to be read."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
        else:
            self.unnamed += 1

    def refuse(self) -> None:
        """Refuse the whole export where anything in it is at fault."""
        if self.unnamed:
            more = f"{self.unnamed:,} more faults"
            self.faults.append(Fault(str(self.sheets.path), 0, 0, "export", more, "none"))
        if self.faults:
            raise DocumentFaults(tuple(self.faults))

    def _has_columns(self, table: Table, entity: str, file: str) -> bool:
        reading = set(reading_columns(entity))
        missing = [n for n in layout_of(entity) if n not in {*table.columns, *reading}]
        own = [name for name in table.columns if name not in layout_of(entity)]
        if own:
            self.notes.append(
                f"{file}: left out what no export has: the columns {', '.join(own[:10])}"
            )
        for name in missing:
            found, expected = "no such column", "the column as exported; export again to see it"
            self.fault(Fault(file, table.heading, 0, name, found, expected))
        return not missing

    def _read(self, table: Table, entity: str, file: str) -> ExportSheet:
        reader = RowReader(entity, table.columns, self.resolve, self.questions)
        records: dict[UUID, Record] = {}
        marks: dict[UUID, tuple[int, int]] = {}
        exported: dict[UUID, str] = {}
        for told, misfits in self._rows(table, reader):
            for row, column, name, misfit in misfits:
                self.fault(Fault(file, row, column, name, misfit.found, misfit.expected))
            if told is None:
                continue
            if told.record.id in records:
                self._twice(file, told, marks[told.record.id][0])
                continue
            records[told.record.id] = told.record
            marks[told.record.id] = (told.row, 1)
            if told.exported:
                exported[told.record.id] = told.exported
            if told.reworded:
                self.reworded.append((file, told))
            if isinstance(told.record, Question):
                self.questions[told.record.id] = told.record
        self.notes += [f"{file}: {note}" for note in table.notes]
        return ExportSheet(
            file=file,
            entity=entity,
            records=tuple(records.values()),
            marks=marks,
            exported=exported,
        )

    def _rows(
        self, table: Table, reader: RowReader
    ) -> Iterator[tuple[Told | None, Sequence[Misplaced]]]:
        """The rows; defects that only the end of the table tells are faults like others."""
        try:
            for row in table.rows():
                yield reader.read(row)
        except DocumentFaults as error:
            for fault in error.faults:
                self.fault(fault)

    def _twice(self, file: str, told: Told, first: int) -> None:
        found = f"{told.record.id}, as in row {first}"
        expected = (
            "another id; leave it empty in a copied row, with the last column, and give a key"
        )
        self.fault(Fault(file, told.row, told.places["id"], "id", found, expected))

    def _called(self, entity: str) -> Mapping[str, UUID | None]:
        """The records of a sheet by key and name; ``None`` where several are called so."""
        found: dict[str, UUID | None] = {}
        with suppress(NotFound), self.sheets.open(entity) as table:
            reader = RowReader(entity, table.columns, lambda _, __: None, {})
            for row in table.rows():
                id_, names = reader.called(row)
                for name in names if id_ else ():
                    known = name.casefold() in found and found[name.casefold()] != id_
                    found[name.casefold()] = None if known else id_
        return found


def read_export(path: Path) -> tuple[Record, ...]:
    """The records of an export, each after those that it refers to, as :func:`open_export`."""
    return open_export(path).records
