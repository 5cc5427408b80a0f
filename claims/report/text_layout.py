"""Blocks of text laid out in columns: what a terminal report is made of.

A table of the drawing library measures and wraps every cell several times; a report of a thousand
questions is laid out here in half the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

GAP = 2
"""Blanks between two columns."""


@dataclass(frozen=True)
class Block:
    """Cells beside each other, each in a column of the same width, behind a ``lead``.

    The lead (a number, a mark or blanks) stands on the first line; the others are indented by
    its width. ``columns`` counts the columns where there may be fewer cells than that.
    """

    lead: Text
    cells: Sequence[Text]
    columns: int = 1


def text(words: str = "", style: str = "") -> Text:
    """Words in one style."""
    from rich.text import Text  # noqa: PLC0415 - rich is slow to import

    return Text(words, style=style)


def block(words: str | Text, *, lead: str = "", style: str = "", lead_style: str = "dim") -> Block:
    """One cell behind a lead."""
    cell = text(words, style) if isinstance(words, str) else words
    return Block(text(lead, lead_style), (cell,))


def blank() -> Block:
    """An empty line."""
    return block("")


def laid(found: Block, console: Console, width: int) -> Text:
    """The block in lines of at most ``width`` columns."""
    lead = found.lead.cell_len
    column = (width - lead - GAP * (found.columns - 1)) // found.columns
    cells = [cell.wrap(console, column, overflow="fold") for cell in found.cells]
    printed = text()
    for place, row in enumerate(zip_longest(*cells)):
        if place:
            printed.append("\n" + " " * lead)
        else:
            printed.append_text(found.lead)
        for part in _padded(row, column):
            printed.append_text(part)
    return printed


def _padded(row: Sequence[Text | None], column: int) -> Iterator[Text]:
    """The cells of one line, each but the last filled up to its column."""
    for place, part in enumerate(row):
        found = part or text()
        if place < len(row) - 1:
            found.pad_right(max(0, column - found.cell_len) + GAP)
        yield found
