"""Columns that a guess leaves out although most of their cells are figures, and why it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.errors import DocumentFaults, Fault
from claims.exchange.mapping_columns import Columns, texts, words_of
from claims.exchange.mapping_names import role_of
from claims.exchange.mapping_rules import PassageRule, TableMapping
from claims.exchange.mapping_samples import SAMPLE, Samples, read_samples
from claims.exchange.mapping_template import template
from claims.exchange.table import Row, Table
from claims.exchange.yaml_nodes import shown

_REMARKS = {"note", "key", "url", "title", "confidence"}
"""What may differ between rows that answer one question, without a word about it."""

_BLURRED = (
    "Rows {} and {} answer the same question and differ in {}, which is left out of it: if it"
    " tells questions apart, put the column into the question: text: of a mapping"
    " (--save-mapping writes one)."
)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A column that cells which are no figures keep from being guessed, and the first of them."""

    row: int
    column: int
    called: str
    name: str
    found: str


def left_out(mapping: TableMapping, table: Table) -> tuple[str, ...]:
    """A sentence for each column that a guessed mapping leaves out for a few odd cells."""
    taken = _taken(mapping, table)
    return tuple(
        f"The {one.called} is left out, though most of it is figures: row {one.row} has"
        f" {one.found}. Mend the cell, or name the column in a mapping; cells that say nothing"
        " are listed under its empty:."
        for one in spoilt_columns(table, read_samples(table))
        if one.name not in taken
    )


def blurred(mapping: TableMapping, table: Table) -> tuple[str, ...]:
    """A sentence for each column that is left out and tells rows of one question apart.

    Looks at the rows that a guess looks at, and at no others.
    """
    rules = (mapping.topic, *(figure.question for figure in mapping.all_figures), mapping.claim)
    asking = {name for rule in rules for text in texts(rule) for name in template(text).columns}
    columns, taken = Columns(table, mapping), _taken(mapping, table)
    free = [
        (place, name)
        for place, name in enumerate(table.columns)
        if name not in taken and role_of(name) not in _REMARKS
    ]
    first: dict[tuple[str, ...], Row] = {}
    found: dict[str, str] = {}
    for row in table.first(SAMPLE):
        cells = columns.cells(row)
        other = first.setdefault(tuple(cells[name] for name in sorted(asking)), row)
        for place, name in free:
            here, there = words_of(row.cells[place]), words_of(other.cells[place])
            if here and there and here != there:
                found.setdefault(name, _BLURRED.format(other.number, row.number, shown(name)))
    return tuple(found.values())


def _taken(mapping: TableMapping, table: Table) -> set[str]:
    """The columns that a mapping uses for more than the citation of a row."""
    bare = replace(mapping.passage, columns=PassageRule().columns)
    used = Columns(table, replace(mapping, passage=bare)).used
    return {table.columns[place - 1] for place in used}


def spoilt_columns(table: Table, samples: Samples) -> Iterator[Spoilt]:
    """The columns of which at least half of the first cells are figures, yet not enough."""
    for column, name in enumerate(table.columns, 1):
        if role_of(name) in {None, "value"} and samples.are_nearly_figures(name):
            odd, letter = samples.no_figures(name), table.letters[column - 1]
            more = f", as in {len(odd) - 1:,} more of the first rows" if len(odd) > 1 else ""
            called = f"column {letter} “{name}”" if letter != name else f"column “{name}”"
            found = f"{shown(odd[0])}, which is no figure{more}"
            yield Spoilt(_row_of(table, column, odd[0]), column, called, name, found)


def broken_cells(table: Table) -> tuple[Fault, ...]:
    """What is wrong with the cells of the file itself, such as formulas never computed."""
    try:
        for _ in table.rows():
            pass
    except DocumentFaults as broken:
        return broken.faults
    return ()


def _row_of(table: Table, column: int, words: str) -> int:
    rows = table.first(SAMPLE)
    return next((row.number for row in rows if words_of(row.cells[column - 1]) == words), 0)
