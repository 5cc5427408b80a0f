"""Columns that a guess leaves out although most of their cells are figures, and why it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.errors import DocumentFaults, Fault
from claims.exchange.mapping_columns import Columns, words_of
from claims.exchange.mapping_names import role_of
from claims.exchange.mapping_rules import TableMapping
from claims.exchange.mapping_samples import SAMPLE, Samples, read_samples
from claims.exchange.table import Table
from claims.exchange.yaml_nodes import shown


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
    used = Columns(table, mapping)
    taken = {*used.cited_names, *(table.columns[place - 1] for place in used.used)}
    return tuple(
        f"The {one.called} is left out, though most of it is figures: row {one.row} has"
        f" {one.found}. Mend the cell, or name the column in a mapping; cells that say nothing"
        " are listed under its empty:."
        for one in spoilt_columns(table, read_samples(table))
        if one.name not in taken
    )


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
