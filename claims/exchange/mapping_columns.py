"""The cells of a row as a mapping sees them: plain words, translated, tidied and parted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any

from claims.errors import Fault
from claims.exchange.mapping_rules import OpenRule, SplitRule, TableMapping, TableRule
from claims.exchange.mapping_template import braced, template
from claims.exchange.structure import listed, suggestion
from claims.exchange.table import Row, Scalar, Table
from claims.exchange.yaml_nodes import shown

_MIDNIGHTS = (" 00:00:00", " 00:00:00.0", " 00:00:00.000")
"""Times that a spreadsheet adds to a day."""

Cells = Mapping[str, str]
"""The words of a row by the name of the column; nothing said is the empty text."""


def words_of(cell: Scalar) -> str:
    """A cell in plain words; dates in ISO 8601, whole numbers without decimals."""
    if type(cell) is str:
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return number_words(cell)
    if isinstance(cell, datetime):
        day = cell.time() == time() and cell.tzinfo is None
        return cell.date().isoformat() if day else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def number_words(number: Decimal) -> str:
    """A number in plain digits: no exponent, and no decimals where it is whole."""
    if not number.is_finite():
        return str(number)
    return f"{number:f}" if number % 1 else f"{number.quantize(Decimal(1)):f}"


@dataclass(frozen=True, slots=True)
class _Part:
    """A column that is cut: where it comes from, at which sign, and what its parts are called."""

    origin: str
    rule: SplitRule


class Columns:
    """The columns of one table that a mapping uses, found once."""

    def __init__(self, table: Table, mapping: TableMapping) -> None:
        """Find every column that the mapping names; what is not there is in ``faults``."""
        self.table = table
        self.faults: list[Fault] = []
        self._mapping = mapping
        self._silent = frozenset(mapping.empty)
        self._made = {name: split for split, rule in mapping.split.items() for name in rule.into}
        self._places: dict[str, int] = {}
        for name in _named(mapping):
            self._find(name)
        self._cuts = tuple(_Part(name, rule) for name, rule in mapping.split.items())
        self._read = tuple(self._places.items())
        self._words = {n: w for n, w in mapping.words.items() if n in self._places}
        self._tidied = tuple(name for name in mapping.tidy if name in self._places)
        self._cited = tuple((table.columns[place], place) for place in self._cited_places())
        self._filled = [self._places[n] for n in mapping.fill_down if n in self._places]
        self._only = tuple((name, frozenset(cells)) for name, cells in mapping.only.items())

    def cells(self, row: Row) -> dict[str, str]:
        """The words of a row, also those of the parts that columns are cut into."""
        held, silent = row.cells, self._silent
        found = {}
        for name, place in self._read:
            cell = held[place]
            words = cell.strip() if type(cell) is str else words_of(cell)
            if words.endswith(_MIDNIGHTS):
                words = words.rsplit(" ", 1)[0]
            found[name] = "" if words in silent else words
        for name, known in self._words.items():
            found[name] = known.get(found[name], found[name])
        for name in self._tidied:
            found[name] = tidied(found[name])
        for cut in self._cuts:
            self._cut(found, cut)
        return found

    def filler(self) -> Callable[[Row], Row]:
        """What fills empty cells from above, in the columns where they mean that; row by row."""
        above: dict[int, Scalar] = {}

        def filled(row: Row) -> Row:
            cells = list(row.cells)
            for place in self._filled:
                if words_of(cells[place]):
                    above[place] = cells[place]
                else:
                    cells[place] = above.get(place)
            return Row(row.number, tuple(cells))

        return filled if self._filled else lambda row: row

    def counts(self, cells: Cells) -> bool:
        """Whether the row is one of those that the mapping reads."""
        return all(cells.get(name, "") in known for name, known in self._only)

    def cited(self, row: Row) -> str:
        """The row as it stands: each filled cell under its column, a line each."""
        held = row.cells
        told = [(name, words_of(held[place])) for name, place in self._cited]
        return "\n".join([f"{name}: {words}" for name, words in told if words])

    def place(self, text: str | None, cells: Cells) -> int:
        """The number of the column, from 1, that a template takes its words from; else 0."""
        names = template(text).columns if text else ()
        told = [name for name in names if cells.get(name)] or list(names)
        places = [self._places.get(self._made.get(name, name)) for name in told]
        return next((place + 1 for place in places if place is not None), 0)

    def static_place(self, texts: tuple[str | None, ...]) -> int:
        """The number of the first column that any of the templates names, whatever it holds."""
        return next((place for text in texts if (place := self.place(text, {}))), 0)

    def called(self, place: int, row: int = 0) -> str:
        """What a user calls a column, or a cell of it: ``column C “low”``."""
        if not place:
            return f"row {row}" if row else "table"
        letter, name = self.table.letters[place - 1], self.table.columns[place - 1]
        if self.table.sheet is not None and row:
            return f"sheet {self.table.sheet}, cell {letter}{row} “{name}”"
        return f"column {letter} “{name}”" if letter != name else f"column “{name}”"

    @property
    def used(self) -> tuple[int, ...]:
        """The numbers of the columns, from 1, that the mapping uses."""
        return tuple(sorted({place + 1 for place in self._places.values()}))

    @property
    def cited_names(self) -> tuple[str, ...]:
        """The columns that the citation of a row shows."""
        return tuple(name for name, _ in self._cited)

    def _find(self, name: str) -> None:
        if name in self._made:
            return
        place = _place(self.table, name)
        if place is not None:
            self._places[name] = place
            return
        known = (*self.table.columns, *self._made)
        found = f"no column {shown(name)}"
        expected = (
            f"a mapping that names one of {listed(map(shown, known))}{suggestion(name, known)}"
        )
        self.faults.append(
            Fault(self.table.file, self.table.heading, 0, "heading", found, expected)
        )

    def _cited_places(self) -> Iterable[int]:
        """The columns that the citation of a row shows: those named, else all that are used."""
        named = self._mapping.passage.columns
        places = (
            {self._places[n] for n in named if n in self._places}
            if named
            else self._places.values()
        )
        return sorted(set(places))

    def _cut(self, found: dict[str, str], cut: _Part) -> None:
        names = cut.rule.into
        parts = found.get(cut.origin, "").split(cut.rule.at, len(names) - 1)
        for number, name in enumerate(names):
            words = parts[number].strip() if number < len(parts) else ""
            known = self._mapping.words.get(name)
            words = known.get(words, words) if known else words
            found[name] = tidied(words) if name in self._mapping.tidy else words


def tidied(words: str) -> str:
    """``some_words`` as ``Some words``."""
    plain = words.replace("_", " ").strip()
    return plain[:1].upper() + plain[1:]


def _place(table: Table, name: str) -> int | None:
    """Where a column is: by its name, in any case, else by its letter."""
    if name in table.columns:
        return table.columns.index(name)
    folded = [column.strip().casefold() for column in table.columns]
    if folded.count(name.strip().casefold()) == 1:
        return folded.index(name.strip().casefold())
    return table.letters.index(name) if name in table.letters else None


def _named(mapping: TableMapping) -> tuple[str, ...]:
    """Every column that a mapping names, in the order of its rules."""
    cut = (*mapping.split, *mapping.fill_down, *mapping.only, *mapping.passage.columns)
    parts = {name for rule in mapping.split.values() for name in rule.into}
    asked = (*mapping.words, *mapping.tidy)
    told = (name for text in texts(mapping) for name in template(text).columns)
    return tuple(dict.fromkeys((*cut, *(name for name in asked if name not in parts), *told)))


_NO_TEMPLATES = (OpenRule, TableRule, SplitRule)
_BARE = {"title", "documentation", "namespace", "coder", "language", "locale", "dates", "empty"}
_NO_COLUMNS = {
    *("words", "only", "tidy", "split", "fill_down", "into", "columns", "several"),
    *("kinds", "unnamed"),
}


def texts(rule: Any) -> Iterator[str]:  # noqa: ANN401 (a rule or a part of one)
    """Every template within a rule."""
    if isinstance(rule, str):
        yield rule
        return
    for part in _parts(rule):
        yield from texts(part)


def _parts(rule: Any) -> Iterator[Any]:  # noqa: ANN401 (a rule or a part of one)
    """What a rule is made of, without what holds no templates."""
    if isinstance(rule, tuple):
        yield from rule
    elif isinstance(rule, Mapping):
        yield from rule.values()
    elif is_dataclass(rule) and not isinstance(rule, _NO_TEMPLATES):
        bare = _NO_COLUMNS | (_BARE if isinstance(rule, TableMapping) else set())
        yield from (getattr(rule, one.name) for one in fields(rule) if one.name not in bare)


@cache
def filler(text: str | None) -> Callable[[Cells], str]:
    """What fills a template from the cells of a row."""
    if text is None:
        return lambda _: ""
    read = template(text)
    if not read.columns:
        fixed = read.fill(str)
        return lambda _: fixed
    if text == braced(read.columns[0]):
        return itemgetter(read.columns[0])
    return lambda cells: read.fill(cells.__getitem__)
