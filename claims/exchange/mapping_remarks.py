"""What is wrong or odd about the rows of a table, each told by its row, its column and the rule."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import TypeVar

from claims.errors import InputRefused
from claims.exchange.mapping_columns import Cells, Columns, filler
from claims.exchange.mapping_template import braced, template
from claims.exchange.mapping_values import Dating
from claims.exchange.structure import listed, suggestion
from claims.exchange.table_rows import Remarks
from claims.exchange.yaml_nodes import shortened, shown

_OR_ABOVE = (
    "; where an empty cell means the one above, name its column under fill_down: in the mapping"
)

Word = TypeVar("Word", bound=StrEnum)


class RowWords:
    """The words of the row that is being read, and the faults found in them."""

    def __init__(self, columns: Columns, dating: Dating) -> None:
        """Begin before the first row."""
        self.columns = columns
        self.faults = Remarks(columns.table.file)
        self.flags = Remarks(columns.table.file)
        self.cells: Cells = {}
        self.row = 0
        self._dating = dating

    def fill(self, text: str | None) -> str:
        """The words that a template gives."""
        if text is None:
            return ""
        return filler(text)(self.cells)

    def name(self, text: str) -> str:
        """The same for a name: none where all its columns outside of brackets are empty."""
        bare = template(text).bare
        return self.fill(text) if not bare or any(map(self.cells.get, bare)) else ""

    def place(self, *texts: str | None) -> int:
        """The column, from 1, that the first template with a column takes its words from."""
        return next((p for t in texts if (p := self.columns.place(t, self.cells))), 0)

    def fault(self, found: str, expected: str, *texts: str | None) -> None:
        """Notes that the row cannot be stored."""
        place = self.place(*texts)
        self.faults.fault(self.row, place, self.columns.called(place, self.row), found, expected)

    def nameless(self, what: str, expected: str, text: str) -> None:
        """Notes that :meth:`name` gave nothing, at the column that should have given it."""
        bare = map(braced, template(text).bare)
        self.fault(f"no {what}", f"{expected}{_OR_ABOVE}", next(bare, text))

    def odd(self, found: str, kept: str, *texts: str | None) -> None:
        """Notes that the row is odd, and what is stored of it."""
        place = self.place(*texts)
        self.flags.fault(self.row, place, self.columns.called(place, self.row), found, kept)

    def refused(self, error: InputRefused, words: str, expected: str, *texts: str | None) -> None:
        """Notes words that the parser of a value refuses."""
        self.fault(shortened(error, words), expected, *texts)

    def word(self, kind: type[Word], text: str | None, usual: Word) -> Word:
        """The word of a closed list that a template gives."""
        words = self.fill(text)
        if not words:
            return usual
        plain = words.casefold().replace(" ", "_")
        with suppress(ValueError):
            return kind(plain)
        known = [one.value for one in kind]
        expected = (
            f"one of {listed(known)}{suggestion(plain, known)}, or words in the mapping for it"
        )
        self.fault(shown(words), expected, text)
        return usual

    def date(self, text: str | None) -> str | None:
        """The EDTF that a template of dates gives."""
        if text is None:
            return None
        try:
            return self._dating.edtf(text, self.cells)
        except InputRefused as error:
            self.refused(error, self.fill(text), "a date", text)
            return None
