"""Records to rows and back; ids become the numbers that rows are joined by, and ids again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from claims.analysis.records import Record
from claims.store.codec import same
from claims.store.forms import Choice, Form, Nest, Part, Slot

Number = Callable[[str, UUID], int]
"""The ``pk`` of the record of an entity with an id."""

Numbered = Mapping[str, Mapping[UUID, int]]
"""By entity: the ``pk`` of the record with an id."""

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


def to_columns(
    form: Form, records: Sequence[Record], numbers: Numbered
) -> dict[str, Sequence[Any]]:
    """The columns of many records: what :func:`to_row` makes of each, one value for each record.

    All that the records refer to must be among ``numbers``.
    """
    columns: dict[str, Sequence[Any]] = {}
    _fill_columns(columns, form.slots, records, numbers)
    for nest in form.nests:
        nested = [getattr(record, nest.field) for record in records]
        _fill_columns(columns, nest.slots, nested, numbers)
    for choice in form.choices:
        chosen = [(getattr(one, choice.by), getattr(one, choice.field)) for one in records]
        for target, column in choice.columns.items():
            held = numbers[target]
            columns[column] = [held[one] if by == target else None for by, one in chosen]
    return columns


def to_part_columns(
    part: Part, records: Sequence[Record], owners: Sequence[int], numbers: Numbered
) -> dict[str, Sequence[Any]]:
    """The same for the rows of an ordered part, without their own numbers."""
    held = [getattr(record, part.field) for record in records]
    items = [item for some in held for item in some]
    columns: dict[str, Sequence[Any]] = {
        part.owner: [owner for owner, some in zip(owners, held, strict=True) for _ in some],
        "position": [position for some in held for position in range(len(some))],
    }
    if part.kind is None:
        slot = part.slots[0]
        columns[slot.column] = list(map(numbers[str(slot.target)].__getitem__, items))
    else:
        _fill_columns(columns, part.slots, items, numbers)
    return columns


def _fill_columns(
    columns: dict[str, Sequence[Any]],
    slots: Iterable[Slot],
    held: Sequence[object],
    numbers: Numbered,
) -> None:
    whole = None not in held
    for slot in slots:
        read = attrgetter(slot.field)
        values = (
            list(map(read, held)) if whole else [None if one is None else read(one) for one in held]
        )
        if slot.target is not None:
            number = numbers[slot.target]
            values = [None if value is None else number[value] for value in values]
        elif slot.write is not same:
            write = slot.write
            values = [None if value is None else write(value) for value in values]
        columns[slot.column] = values


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
