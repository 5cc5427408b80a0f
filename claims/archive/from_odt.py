"""The text of an OpenDocument text: its body, then its notes.

White space runs together, as the format says. Comments and tracked deletions are left out, and a
note says so.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import IO

from claims.analysis.extracted import Extracted, Stretch
from claims.archive.limits import MIB, Limits, refuse
from claims.archive.office import Flow
from claims.archive.office_imprint import properties
from claims.archive.packed import Packed, unpacked
from claims.archive.signs import ODT

EXTRACTOR = "odt@1"

_WHAT = "an OpenDocument text"
_MANIFEST = "META-INF/manifest.xml"
_SKIPPED = {"annotation": "comments", "tracked-changes": "changes that are tracked"}
_SILENT = {"note-citation", "title", "desc"}
_PARAGRAPHS = {"p", "h"}
_CELLS = {"table-cell", "covered-table-cell"}
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000


def extracted(file: IO[bytes], _limits: Limits, _hints: dict[str, str]) -> Extracted:
    """The text of an OpenDocument text.

    Raises:
        Unreadable: it is damaged, locked, unpacks out of proportion, or has no text.
    """
    reader = _Reader()
    with unpacked(file, _WHAT) as packed:
        _refuse_locked(packed)
        packed.parse("content.xml", reader.start, reader.end, reader.words)
        own = properties(packed, "meta.xml", "initial-creator")
    body, notes = reader.body.text(), reader.notes.text()
    text = "\n\n".join(part for part in (body, notes) if part)
    if not text:
        refuse(f"{_WHAT} without text", "one with text")
    after = ("After the body stand: footnotes and endnotes.",) if notes else ()
    left_out = (f"Left out: {what} ({count:,})." for what, count in sorted(reader.left_out.items()))
    return Extracted(
        text=text,
        extractor=EXTRACTOR,
        media_type=ODT,
        main=(Stretch(0, len(body)),),
        notes=(*after, *left_out),
        imprint=own,
    )


def _refuse_locked(packed: Packed) -> None:
    if _MANIFEST in packed.names:
        with packed.opened(_MANIFEST) as part:
            if b"encryption-data" in part.read(MIB):
                refuse(f"{_WHAT} that is locked with a password", "the document saved without one")


class _Reader:
    """Follows the elements of the content."""

    def __init__(self) -> None:
        self.body = Flow()
        self.notes = Flow()
        self.left_out: Counter[str] = Counter()
        self._flow = self.body
        self._skipping = 0
        self._after_space = [True]
        self._first_cells: list[bool] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        if self._skipping or name in _SKIPPED or name in _SILENT:
            self.left_out.update(
                [_SKIPPED[name]] if not self._skipping and name in _SKIPPED else []
            )
            self._skipping += 1
        elif name in _PARAGRAPHS:
            self._flow.begin()
            self._after_space.append(True)
        elif name == "note":
            self._flow = self.notes
        elif name.startswith("table") or name in _CELLS:
            self._table(name)
        else:
            self._sign(name, given)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
        elif name in _PARAGRAPHS:
            self._flow.end()
            self._after_space.pop()
        elif name == "note":
            self._flow = self.body
        elif name == "table":
            self._flow.table()
        elif name == "table-row":
            self._first_cells.pop()
        elif name in _CELLS:
            self._flow.cell_end()

    def words(self, words: str) -> None:
        """Characters; those of a paragraph are words."""
        if self._skipping:
            return
        words = _WHITE.sub(" ", words)
        words = words.removeprefix(" ") if self._after_space[-1] else words
        if words:
            self._flow.add(words)
            self._after_space[-1] = words.endswith(" ")

    def _table(self, name: str) -> None:
        if name == "table":
            self._flow.table()
        elif name == "table-row":
            self._first_cells.append(True)
            self._flow.row()
        elif name in _CELLS:
            first = self._first_cells[-1] if self._first_cells else True
            self._first_cells[-1:] = [False] if self._first_cells else []
            self._flow.cell(first=first)

    def _sign(self, name: str, given: dict[str, str]) -> None:
        if name == "s":
            count = given.get("c", "1")
            self._flow.add(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() else 1))
        elif name == "tab":
            self._flow.add("\t")
        elif name == "line-break":
            self._flow.add("\n")
            self._after_space[-1] = True
