"""The first rows of a table, and what they tell of how it writes figures and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from claims.errors import InvalidQuantity
from claims.exchange.mapping_columns import words_of
from claims.exchange.mapping_names import NO_FIGURES, plain, role_of
from claims.exchange.mapping_rules import NOTHING
from claims.exchange.table import Table
from claims.values.quantity import parse_quantity

SAMPLE = 300
"""Rows that a guess looks at."""

_MOSTLY, _HALF = 0.8, 0.5
"""The part of the cells that must be counts; less where the heading promises figures."""

_DATES = {"date", "start", "end", "as_of", "published"}
_FULL = re.compile(r"(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-]\d{4}")
_DOTTED = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
_WHOLE = re.compile(r"\d+(\.0+)?")
_SERIAL = re.compile(r"[1-9]\d{4}(\.0+)?")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Samples:
    """The filled cells of the first rows, by column."""

    cells: dict[str, list[str]]

    def are_figures(self, name: str) -> bool:
        """Whether most filled cells of a column are counts."""
        needed = _HALF if role_of(name) == "value" else _MOSTLY
        return self._are_figures(name, needed)

    def are_nearly_figures(self, name: str) -> bool:
        """Whether at least half of the filled cells of a column are counts, yet not most."""
        return self._are_figures(name, _HALF) and not self.are_figures(name)

    def no_figures(self, name: str) -> list[str]:
        """The filled cells of a column that are no counts."""
        locale = self.locale
        return [cell for cell in self.cells[name] if not _is_count(cell, locale)]

    def _are_figures(self, name: str, needed: float) -> bool:
        cells = self.cells[name]
        if not cells or set(plain(name).split()) & NO_FIGURES:
            return False
        told = len(cells) - len(self.no_figures(name))
        return told >= needed * len(cells) and any(map(_has_digit, cells))

    @property
    def locale(self) -> str:
        """``de`` where a dot parts thousands somewhere, because a count has no decimals."""
        dated = set(self._dated)
        cells = [cell for cell in chain.from_iterable(self.cells.values()) if cell not in dated]
        dotted = any(_DOTTED.fullmatch(cell) for cell in cells)
        return "de" if dotted and not any(_GROUPED.fullmatch(cell) for cell in cells) else "en"

    @property
    def date_order(self) -> str | None:
        """Whether the day or the month comes first, where some date leaves no doubt."""
        found = [match for cell in self._dated if (match := _FULL.fullmatch(cell))]
        if any(int(match["first"]) > _MONTHS for match in found):
            return "day_first"
        return "month_first" if any(int(match["second"]) > _MONTHS for match in found) else None

    @property
    def serials(self) -> int | None:
        """1900 where a column of dates holds numbers of days."""
        return 1900 if any(_SERIAL.fullmatch(cell) for cell in self._dated) else None

    @property
    def _dated(self) -> list[str]:
        dated = (cells for name, cells in self.cells.items() if role_of(name) in _DATES)
        return list(chain.from_iterable(dated))


def read_samples(table: Table) -> Samples:
    """The filled cells of the first rows of a table."""
    found: dict[str, list[str]] = {name: [] for name in table.columns}
    for row in table.first(SAMPLE):
        for name, cell in zip(table.columns, row.cells, strict=True):
            words = words_of(cell)
            if words not in NOTHING:
                found[name].append(words)
    return Samples(found)


def _is_count(cell: str, locale: str) -> bool:
    if _WHOLE.fullmatch(cell):
        return True
    try:
        return parse_quantity(cell, locale=locale).measure == "count"
    except InvalidQuantity:
        return False


def _has_digit(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)
