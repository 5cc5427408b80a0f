"""Which rows of a grid are its heading, what its columns are called, and where the data end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from claims.exchange.table_rows import RawRow, Remarks, Scalar, letter, shown

SAMPLE = 50
"""Rows looked at to find the heading."""

DEEPEST = 5
"""Rows that a heading can have."""

HELD = 1000
"""Rows with a single cell, below an empty row, that can be notes below a table."""

NOTE_WIDTH = 3
"""Columns that a table has if a row with one filled cell can be a note below it."""

_NUMBER = re.compile(r"[\s ]*[-+−]?[\d][\d\s .,'’/:-]*%?[\s ]*")
_SPACE = re.compile(r"\s+")
_JOINT = " / "

Spans = Mapping[tuple[int, int], tuple[int, int]]
"""Merged cells: (row, column) of the first, from 1, to (row, column) of the last."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns' names, and the numbers of the first and the last row of the heading."""

    columns: tuple[str, ...]
    first: int
    last: int
    passed: tuple[str, ...] = ()


def heading_of(
    sample: Sequence[RawRow], spans: Spans, asked: int | None = None, *, even: bool = False
) -> Heading | None:
    """The heading of a grid, found from its first rows; None where all of them are empty.

    The heading starts at the first row that fills at least half as many cells as the fullest
    row, so that titles above the table are passed over. It goes on below a row of which a cell
    spans several columns: merged, or followed by empty cells below which the next row has words.
    ``asked`` is the number of its last row, where the user says it. ``even`` is said of texts,
    whose rows all have as many cells as the heading; a sheet can have cells without a heading.
    """
    filled = [row for row in sample if _filled(row[1])]
    if not filled:
        return None
    rows = [row for row in filled if asked is None or row[0] <= asked] or filled[:1]
    fullest = max(_filled(row[1]) for row in (filled if asked is None else rows))
    start = next(n for n, row in enumerate(rows) if 2 * _filled(row[1]) >= fullest)
    if asked is None:
        depth = _depth(_unbroken(sample, filled[start]), spans)
        chosen = filled[start : start + depth]
    else:
        chosen = rows[_first_asked(rows, spans) :]
    passed = tuple(shown(_first(row[1])) for row in rows if row[0] < chosen[0][0])
    width = max(_width(row[1]) for row in filled)
    if even:
        width = min(width, max(len(row[1]) for row in chosen))
    return Heading(_names(chosen, spans, width), chosen[0][0], chosen[-1][0], passed)


def _unbroken(sample: Sequence[RawRow], first: RawRow) -> list[RawRow]:
    """The rows from the first on, up to an empty one: a heading is not interrupted."""
    return list(takewhile(lambda row: _filled(row[1]), sample[sample.index(first) :]))


def _first_asked(rows: Sequence[RawRow], spans: Spans) -> int:
    """Where the heading starts whose last row is the last of these."""
    for n in range(max(0, len(rows) - DEEPEST), len(rows)):
        if n + _depth(rows[n:], spans) >= len(rows) and _filled(rows[n][1]) > 1:
            return n
    return len(rows) - 1


def _depth(rows: Sequence[RawRow], spans: Spans) -> int:
    for n in range(min(len(rows) - 1, DEEPEST)):
        if not _goes_on(rows[n], rows[n + 1], rows[n + 2 :], spans):
            return n + 1
    return min(len(rows), DEEPEST)


def _goes_on(row: RawRow, below: RawRow, rest: Sequence[RawRow], spans: Spans) -> bool:
    """Whether the heading takes in the row below."""
    number, cells = row
    if any(first == number and last > number for (first, _), (last, _) in spans.items()):
        return True
    if any(not _words(cell) for cell in below[1] if cell is not None):
        return False
    if any(first == number and to > at for (first, at), (_, to) in spans.items()):
        return True
    return _spans_by_gaps(cells, below[1], rest)


def _spans_by_gaps(
    cells: Sequence[Scalar], below: Sequence[Scalar], rest: Sequence[RawRow]
) -> bool:
    """Whether empty cells after a filled one stand above words, as merged cells are saved."""
    under = [place for place, cell in enumerate(below) if cell is not None]
    gaps = [place for place in under if place and _at(cells, place) is None]
    if not gaps or (_at(cells, 0) is None and 0 in under):
        return False
    alone = any(cell is not None and _at(below, place) is None for place, cell in enumerate(cells))
    figures = any(
        _at(row, place) is not None and not _words(_at(row, place))
        for _, row in rest
        for place in under
    )
    return alone or figures


def _names(rows: Sequence[RawRow], spans: Spans, width: int) -> tuple[str, ...]:
    """Unique names: what stands above each column, from the top to the bottom."""
    levels = [_spread(row, spans, width, last=row is rows[-1]) for row in rows]
    taken: set[str] = set()
    counts: defaultdict[str, int] = defaultdict(lambda: 1)
    names: list[str] = []
    for place in range(width):
        words = [level[place] for level in levels if level[place]]
        said = _JOINT.join(dict.fromkeys(words)) or f"column {letter(place + 1)}"
        name = said
        while name in taken:
            counts[said] += 1
            name = f"{said} ({counts[said]})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def _spread(row: RawRow, spans: Spans, width: int, *, last: bool) -> list[str]:
    """A row of a heading, with what spans several columns repeated above each."""
    number, cells = row
    words = [_said(_at(cells, place)) for place in range(width)]
    merged = [
        (at, to) for (first, at), (end, to) in spans.items() if first <= number <= end and to > at
    ]
    for at, to in merged:
        words[at - 1 : to] = [words[at - 1]] * len(words[at - 1 : to])
    if not last and not merged:
        for place in range(1, width):
            words[place] = words[place] or words[place - 1]
    return words


def _said(cell: Scalar) -> str:
    return "" if cell is None else _SPACE.sub(" ", str(cell)).strip()


def _at(cells: Sequence[Scalar], place: int) -> Scalar:
    return cells[place] if place < len(cells) else None


def _first(cells: Sequence[Scalar]) -> Scalar:
    return next((cell for cell in cells if cell is not None), None)


def _filled(cells: Sequence[Scalar]) -> int:
    return sum(cell is not None for cell in cells)


def _width(cells: Sequence[Scalar]) -> int:
    return max((place for place, cell in enumerate(cells, 1) if cell is not None), default=0)


def _words(cell: Scalar) -> bool:
    return isinstance(cell, str) and not _NUMBER.fullmatch(cell)


def data_rows(rows: Iterable[RawRow], last: int, width: int, remarks: Remarks) -> Iterator[RawRow]:
    """The rows below the heading, without empty ones and without notes below the table.

    A note is a row with a single filled cell, below an empty row, with nothing but such rows
    after it, in a table of three columns or more. It is left out and remarked, never silently.
    """
    held: list[RawRow] = []
    empty = gap = False
    for number, cells in rows:
        if number <= last:
            continue
        filled = _filled(cells)
        if not filled:
            empty = gap = True
        elif filled == 1 and gap and width >= NOTE_WIDTH and len(held) < HELD:
            held.append((number, cells))
        else:
            yield from held
            held.clear()
            gap = False
            yield number, cells
    if empty:
        remarks.note("Empty rows were left out.")
    _remark(held, remarks)


def _remark(held: Sequence[RawRow], remarks: Remarks) -> None:
    for number, cells in held[:3]:
        remarks.note(f"Row {number} is a note below the table, left out: {shown(_first(cells))}.")
    if len(held) > 3:  # noqa: PLR2004 (as many as are shown)
        remarks.note(f"{len(held) - 3:,} more rows are notes below the table, left out.")
