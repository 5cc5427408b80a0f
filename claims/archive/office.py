"""The text of a word processor's document, put together from its paragraphs and tables.

Paragraphs stand apart by a blank line; in a table the rows by a line break and the cells by tabs.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Flow:
    """Paragraphs in the order they end, with the break that each needs before it.

    A paragraph inside another (of a text box) stands before the one around it.
    """

    _pieces: list[str] = field(default_factory=list)
    _open: list[list[str]] = field(default_factory=list)
    _cells: list[bool] = field(default_factory=list)
    _due: str = ""

    def begin(self) -> None:
        """A paragraph begins."""
        self._open.append([])

    def add(self, words: str) -> None:
        """Words of the paragraph that was begun last; words outside of any are no text."""
        if self._open:
            self._open[-1].append(words)

    def end(self) -> None:
        """The paragraph ends; one without words leaves no trace."""
        words = "".join(self._open.pop()) if self._open else ""
        if not words.strip():
            return
        if self._pieces:
            self._pieces.append(self._due)
        self._pieces.append(words)
        self._due = "\n" if self._cells else "\n\n"
        self._cells[-1:] = [True] if self._cells else []

    def table(self) -> None:
        """A table begins or ends: a blank line, unless it stands in a cell."""
        if not self._cells:
            self._due = "\n\n"

    def row(self) -> None:
        """A row begins."""
        if self._due != "\n\n":
            self._due = "\n"

    def cell(self, *, first: bool) -> None:
        """A cell begins."""
        self._cells.append(False)
        if not first:
            self._due += "\t"

    def cell_end(self) -> None:
        """A cell ends; the break after its words gives way to what comes next."""
        if self._cells and self._cells.pop():
            self._due = ""

    def text(self) -> str:
        """All paragraphs."""
        return "".join(self._pieces)
