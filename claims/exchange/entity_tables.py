"""A project as sheets that a spreadsheet program opens, and those sheets as records again.

There is a sheet for each entity, with a column for each field, and before them columns that say
the same in words. The last column holds what the row was when it was exported, so that an edit
is known as one. The sheet ``claims export`` says what each column holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from claims.analysis.canonical import content_hash
from claims.analysis.records import KINDS, Claim, Record
from claims.exchange.entity_tables_cells import cell_of
from claims.exchange.entity_tables_columns import EXPORTED, columns_of, held_at, layout_of, links_of
from claims.exchange.entity_tables_guide import GUIDE, guide
from claims.exchange.entity_tables_read import (
    Export,
    ExportSheet,
    is_export,
    open_export,
    read_export,
)
from claims.exchange.entity_tables_words import Names, digest, short_hash
from claims.exchange.table_rows import Scalar
from claims.exchange.table_write import Sheet

__all__ = [
    "GUIDE",
    "ORDER",
    "Export",
    "ExportSheet",
    "Names",
    "entity_sheets",
    "is_export",
    "open_export",
    "read_export",
]

ORDER = tuple(
    dict.fromkeys(("claim", "question", "source", "document", "passage", "topic", *KINDS))
)
"""The entities in the order of the sheets: what is looked at most comes first."""

_AT_ONCE = 500
"""Records that are looked at together."""


def entity_sheets(
    held: Mapping[str, Iterable[Record]], names: Names, about: Mapping[str, str]
) -> tuple[Sheet, ...]:
    """The sheets of all that is exported; entities of which there is nothing have none.

    Args:
        held: the records of each entity, read once, in their order.
        names: what records are called.
        about: what the sheet ``claims export`` says of the whole, by name.
    """
    sheets = [
        Sheet(
            name=entity,
            columns=layout_of(entity),
            rows=rows_of(entity, chain((first,), rest), names),
            links=links_of(entity),
        )
        for entity in ORDER
        for rest in (iter(held.get(entity, ())),)
        for first in islice(rest, 1)
    ]
    return (*sheets, guide([sheet.name for sheet in sheets], about))


def rows_of(entity: str, records: Iterable[Record], names: Names) -> Iterator[tuple[Scalar, ...]]:
    """The rows of one sheet, few records in memory at a time."""
    layout, reading = layout_of(entity), iter(records)
    while some := list(islice(reading, _AT_ONCE)):
        names.learn(some)
        for record in some:
            cells = names.words(record)
            cells |= {one.name: cell_of(held_at(record, one)) for one in columns_of(entity)}
            cells[EXPORTED] = _as_exported(record, cells)
            yield tuple(cells.get(name) for name in layout)


def _as_exported(record: Record, cells: Mapping[str, Scalar]) -> str:
    """Hashes of the record, of its words, and of what a claim says and how that was read."""
    hashes = [content_hash(record), digest(cells, record.entity)]
    if isinstance(record, Claim) and record.value is not None:
        hashes += [short_hash(record.value.said), short_hash(record.value.expression)]
    return " ".join(hashes)
