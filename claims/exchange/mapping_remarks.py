"""What is wrong or odd about the rows of a table, each told by its row, its column and the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import StrEnum
from operator import itemgetter
from typing import Generic, TypeVar

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

_MOST_KNOWN = 20_000
"""Different cells of which it is known at a time what they give."""

Word = TypeVar("Word", bound=StrEnum)
Found = TypeVar("Found")


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
        self._dates: dict[str, Once[str | None]] = {}

    @property
    def remarks(self) -> int:
        """How much was remarked so far."""
        told = (self.faults, self.flags)
        return sum(len(one.faults) + one.unnamed for one in told)

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
        known = self._dates.get(text)
        if known is None:
            known = self._dates[text] = Once(self, (text,), lambda: self._date(text))
        return known()

    def _date(self, text: str) -> str | None:
        try:
            return self._dating.edtf(text, self.cells)
        except InputRefused as error:
            self.refused(error, self.fill(text), "a date", text)
            return None


class Once(Generic[Found]):
    """What the cells under some templates give: worked out once for equal cells.

    Cells of which something was remarked are looked at in each row anew, so that each is told.
    """

    def __init__(
        self, words: RowWords, texts: Iterable[str | None], work: Callable[[], Found]
    ) -> None:
        """Know nothing yet; ``work`` looks at the row that is being read."""
        names = dict.fromkeys(n for text in texts if text for n in template(text).columns)
        self._key: Callable[[Cells], object] = itemgetter(*names) if names else lambda _: None
        self._known: dict[object, Found] = {}
        self._words = words
        self._work = work

    def __call__(self) -> Found:
        """What the row gives."""
        key = self._key(self._words.cells)
        return self._known[key] if key in self._known else self._worked_out(key)

    def _worked_out(self, key: object) -> Found:
        before = self._words.remarks
        found = self._work()
        if self._words.remarks == before:
            if len(self._known) == _MOST_KNOWN:
                self._known.clear()
            self._known[key] = found
        return found
