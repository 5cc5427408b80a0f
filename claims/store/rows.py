"""Records to rows and back; ids become the numbers that rows are joined by, and ids again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from claims.analysis.records import Record
from claims.store.codec import same
from claims.store.forms import Choice, Form, Nest, Part, Slot

Number = Callable[[str, UUID], int]
"""The ``pk`` of the record of an entity with an id."""

Ids = Mapping[str, Mapping[int, UUID]]
"""By entity: the id of the record with a ``pk``."""

Columns = Mapping[str, Sequence[Any]]
"""The values of rows by the name of the column."""

Items = Mapping[int, Sequence[Any]]
"""The ordered parts of each record, by the ``pk`` that owns them."""


def to_row(form: Form, record: Record, number: Number) -> dict[str, Any]:
    """The columns of a record, without the ones that the writer adds."""
    row: dict[str, Any] = {}
    _fill(row, form.slots, record, number)
    for nest in form.nests:
        _fill(row, nest.slots, getattr(record, nest.field), number)
    for choice in form.choices:
        for target, column in choice.columns.items():
            chosen = getattr(record, choice.by) == target
            row[column] = number(target, getattr(record, choice.field)) if chosen else None
    return row


def to_part_rows(part: Part, record: Record, owner: int, number: Number) -> list[dict[str, Any]]:
    """The rows of an ordered part of a record, without their own numbers."""
    rows = []
    for position, item in enumerate(getattr(record, part.field)):
        row: dict[str, Any] = {part.owner: owner, "position": position}
        if part.kind is None:
            row[part.slots[0].column] = number(str(part.slots[0].target), item)
        else:
            _fill(row, part.slots, item, number)
        rows.append(row)
    return rows


def _fill(row: dict[str, Any], slots: Iterable[Slot], held: object, number: Number) -> None:
    for slot in slots:
        value = None if held is None else getattr(held, slot.field)
        if value is None:
            row[slot.column] = None
        else:
            row[slot.column] = number(slot.target, value) if slot.target else slot.write(value)


def to_records(form: Form, columns: Columns, ids: Ids, parts: Mapping[str, Items]) -> list[Record]:
    """The records of rows given column by column; ``parts`` by field."""
    fields = {slot.field: _converted(slot, columns, ids) for slot in form.slots}
    fields |= {nest.field: _nested(nest, columns, ids) for nest in form.nests}
    fields |= {
        choice.field: _chosen(choice, fields[choice.by], columns, ids) for choice in form.choices
    }
    for field, items in parts.items():
        fields[field] = [tuple(items.get(pk, ())) for pk in columns["pk"]]
    return [form.kind(**values) for values in _by_row(fields)]


def part_items(part: Part, columns: Columns, ids: Ids) -> Items:
    """The ordered parts by the row that owns them."""
    fields = {slot.field: _converted(slot, columns, ids) for slot in part.slots}
    kind = part.kind
    items = fields[""] if kind is None else [kind(**values) for values in _by_row(fields)]
    found: dict[int, list[Any]] = {}
    for owner, item in zip(columns[part.owner], items, strict=True):
        found.setdefault(owner, []).append(item)
    return found


def by_column(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Columns:
    """Rows turned into columns, which are converted faster."""
    if not rows:
        return dict.fromkeys(names, ())
    return dict(zip(names, zip(*rows, strict=True), strict=True))


def _by_row(fields: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    names = tuple(fields)
    return (dict(zip(names, values, strict=True)) for values in zip(*fields.values(), strict=True))


def _converted(slot: Slot, columns: Columns, ids: Ids) -> Sequence[Any]:
    """The values of a column; equal texts are read once."""
    column = columns[slot.column]
    if slot.target is None and slot.read is same:
        return column
    known: dict[Any, Any] = {None: None}
    distinct = set(column) - {None}
    if slot.target is not None:
        held = ids.get(slot.target, {})
        known.update((pk, held[pk]) for pk in distinct)
    else:
        known.update((text, slot.read(text)) for text in distinct)
    return [known[value] for value in column]


def _nested(nest: Nest, columns: Columns, ids: Ids) -> Sequence[Any]:
    """A dataclass within each record; where its columns are all empty, nothing or the empty one."""
    fields = {slot.field: _converted(slot, columns, ids) for slot in nest.slots}
    empty = None if nest.optional else nest.kind()
    nothing = (None,) * len(fields)
    names = tuple(fields)
    return [
        empty if values == nothing else nest.kind(**dict(zip(names, values, strict=True)))
        for values in zip(*fields.values(), strict=True)
    ]


def _chosen(choice: Choice, by: Sequence[str], columns: Columns, ids: Ids) -> Sequence[Any]:
    """The reference that each record has filled."""
    return [ids[target][columns[choice.columns[target]][place]] for place, target in enumerate(by)]
