"""One row of an export as a record, and whether it was edited since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, get_origin
from uuid import UUID

from claims.analysis.canonical import content_hash, content_id, keyed_id, namespace_id
from claims.analysis.fields import is_container
from claims.analysis.records import KINDS, Assessment, Question, Record
from claims.exchange.entity_tables_cells import Misfit, Resolve, text_of, value_of
from claims.exchange.entity_tables_check import check, expression_of
from claims.exchange.entity_tables_columns import (
    EXPORTED,
    WORDS,
    Cells,
    Column,
    built,
    columns_of,
    reading_columns,
)
from claims.exchange.entity_tables_words import digest, short_hash
from claims.exchange.table_rows import Row, Scalar, shown

ADDED = namespace_id("claims/export")
"""Where the ids of rows come from that were added to an export."""

_NOBODY = UUID(int=0)
_NAMES = ("key", "name", "label", "text", "title" + WORDS)
_NOTHING = "nothing"
_OWN_ID = "the id as exported; in a new row the last column is empty too"
_SAID, _EXPRESSION = ("value", "said"), ("value", "expression")


class Misplaced(NamedTuple):
    """A cell that is at fault: its row and column from 1, the column's name, and why."""

    row: int
    column: int
    name: str
    misfit: Misfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row that was read: the record, its place, and what it was when it was exported.

    ``exported`` is its content hash then, empty for one that was added. ``reworded`` says that a
    cell was edited which is only there to be read.
    """

    record: Record
    row: int
    cells: Cells
    places: Mapping[str, int]
    exported: str
    reworded: bool


class _Exported(NamedTuple):
    """What the last column holds."""

    content: str = ""
    words: str = ""
    said: str = ""
    expression: str = ""


class RowReader:
    """Reads the rows of one sheet.

    Args:
        entity: what the sheet holds.
        columns: the names of its columns.
        resolve: finds a record of another sheet by its key or name.
        questions: the questions that claims may answer, by id; those of the sheet itself are
            looked up in it as well.
    """

    def __init__(
        self,
        entity: str,
        columns: Sequence[str],
        resolve: Resolve,
        questions: Mapping[UUID, Question],
    ) -> None:
        """Work out once where each column stands."""
        self.entity, self.columns = entity, tuple(columns)
        self.resolve, self.questions = resolve, questions
        self.places = {name: place for place, name in enumerate(self.columns, 1)}
        self.kind = KINDS[entity]

    def read(self, row: Row) -> tuple[Told | None, tuple[Misplaced, ...]]:
        """The record of a row, or its faults."""
        cells: Cells = dict(zip(self.columns, row.cells, strict=True))
        faults: list[tuple[str, Misfit]] = []
        try:
            exported = _exported(cells.get(EXPORTED))
        except Misfit as misfit:
            faults.append((EXPORTED, misfit))
            exported = _Exported()
        values = self._values(cells, exported, faults)
        record = None if faults else self._record(values, exported, faults)
        found = [Misplaced(row.number, self.places.get(name, 0), name, why) for name, why in faults]
        placed = tuple(sorted(found, key=lambda one: one.column))
        if record is None or placed:
            return None, placed
        return self._told(record, row, cells, exported), ()

    def called(self, row: Row) -> tuple[UUID | None, Iterator[str]]:
        """The id of a row, and what its record is called."""
        cells: Cells = dict(zip(self.columns, row.cells, strict=True))
        names = (text_of(cells[name]) for name in _NAMES if cells.get(name) is not None)
        id_, key = cells.get("id"), cells.get("key")
        try:
            if id_ is not None:
                return UUID(text_of(id_)), names
        except ValueError:
            return None, names
        return None if key is None else keyed_id(ADDED, self.entity, text_of(key)), names

    def _told(self, record: Record, row: Row, cells: Cells, exported: _Exported) -> Told:
        has_words = set(reading_columns(self.entity)) <= set(self.columns)
        reworded = has_words and bool(exported.words)
        return Told(
            record=record,
            row=row.number,
            cells=cells,
            places=self.places,
            exported="" if record.id != _id(cells) else exported.content,
            reworded=reworded and digest(cells, self.entity) != exported.words,
        )

    def _values(
        self, cells: Cells, exported: _Exported, faults: list[tuple[str, Misfit]]
    ) -> dict[tuple[str, ...], Any]:
        without = "value.said" in cells and _has_no_value(cells)
        found: dict[tuple[str, ...], Any] = {("value",): None} if without else {}
        for column in columns_of(self.entity):
            if column.path[0] == "value" and (without or column.path == _EXPRESSION):
                continue
            try:
                found[column.path] = self._value(column, cells[column.name], exported)
            except Misfit as misfit:
                faults.append((column.name, misfit))
        if "value.said" in cells and not without and not faults:
            self._read_again(found, cells, exported, faults)
        return found

    def _value(self, column: Column, cell: Scalar, exported: _Exported) -> Any:  # noqa: ANN401
        if cell is not None:
            return value_of(cell, column.kind, column.target, self.resolve)
        if column.name == "id":
            return self._new_id(exported)
        if column.optional:
            return None
        if is_container(column.kind):
            return {} if get_origin(column.kind) is Mapping else ()
        if column.required or (exported.content and len(column.path) == 1):
            raise Misfit(_NOTHING, _wanted(column))
        return column.default

    @staticmethod
    def _new_id(exported: _Exported) -> UUID:
        if exported.content:
            raise Misfit(_NOTHING, _OWN_ID)
        return _NOBODY

    def _read_again(
        self,
        found: dict[tuple[str, ...], Any],
        cells: Cells,
        exported: _Exported,
        faults: list[tuple[str, Misfit]],
    ) -> None:
        """The expression of a value: as it stands, or read from the words where these are new."""
        said, cell = found[_SAID], cells["value.expression"]
        given = None if cell is None else text_of(cell)
        reworded = bool(exported.said) and short_hash(said) != exported.said
        if given is not None and not (reworded and short_hash(given) == exported.expression):
            found[_EXPRESSION] = given
            return
        question = self.questions.get(found["question",])
        try:
            found[_EXPRESSION], ranged = expression_of(
                said, question, found["value", "range_basis"]
            )
        except Misfit as misfit:
            faults.append(("value.said", misfit))
            return
        found["value", "range_basis"] = ranged
        found["value", "inferred"] = {}

    def _record(
        self,
        values: Mapping[tuple[str, ...], Any],
        exported: _Exported,
        faults: list[tuple[str, Misfit]],
    ) -> Record | None:
        record = built(self.kind, values)
        if content_hash(record) == exported.content:
            return record
        faults += check(record, self.questions)
        if record.id == _NOBODY:
            return self._added(record, faults)
        if not (record.immutable and exported.content):
            return record
        return _superseding(record, faults)

    def _added(self, record: Record, faults: list[tuple[str, Misfit]]) -> Record:
        """A record of a new row, with an id that is the same each time."""
        if record.key is None:
            faults.append(("key", Misfit(_NOTHING, "a key, by which the new row is known again")))
            return record
        if record.immutable:
            return replace(record, id=content_id(ADDED, record))
        return replace(record, id=keyed_id(ADDED, record.entity, record.key))


def _superseding(record: Record, faults: list[tuple[str, Misfit]]) -> Record | None:
    """What an edit of an immutable record makes: of an assessment a new one."""
    if isinstance(record, Assessment):
        newer = replace(record, supersedes=record.id)
        return replace(newer, id=content_id(record.id, newer))
    entity = record.entity.replace("_", " ")
    how = f"the row as exported: a {entity} never changes; enter another one with `claims`"
    faults.append((EXPORTED, Misfit(f"an edited {entity}", how)))
    return None


def _exported(cell: Scalar) -> _Exported:
    parts = [] if cell is None else text_of(cell).split()
    sizes = [len(part) for part in parts]
    if not parts:
        return _Exported()
    if sizes not in ([64, 16], [64, 16, 16, 16]):
        raise Misfit(shown(cell), "the cell as exported, or an empty one in a new row")
    return _Exported(*parts)


def _has_no_value(cells: Cells) -> bool:
    """Whether a claim says nothing but its stance: what is left may say no, as it did before."""
    held = {name: cell for name, cell in cells.items() if name.startswith("value.")}
    truth = held.pop("value.counted_by_coder", None)
    return all(cell is None for cell in held.values()) and (
        truth is None or text_of(truth).lower() in {"false", "no", "0"}
    )


def _id(cells: Cells) -> UUID | None:
    cell = cells.get("id")
    return None if cell is None else UUID(text_of(cell))


def _wanted(column: Column) -> str:
    if column.target:
        return f"the id, the key or the name of a {column.target.replace('_', ' ')}"
    return f"what {column.name!r} has to hold; see the sheet 'claims export'"
