"""The text of a Word document: its body, then its notes, then what stands above and below pages.

Tracked deletions, hidden words and comments are left out, and a note says so: they are no part of
what the document says now.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

from claims.analysis.extracted import Extracted, Stretch
from claims.archive.limits import Limits, refuse
from claims.archive.office import Flow
from claims.archive.office_imprint import properties
from claims.archive.packed import Packed, unpacked
from claims.archive.signs import DOCX, WORD_BODY

EXTRACTOR = "docx@1"

_WHAT = "a Word document"
_AFTER = (
    ("word/footnotes.xml", "footnotes"),
    ("word/endnotes.xml", "endnotes"),
    (r"word/header\d*\.xml", "page headers"),
    (r"word/footer\d*\.xml", "page footers"),
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SKIPPED = {
    "del": "deletions that are tracked",
    "moveFrom": "deletions that are tracked",
    "Fallback": "",
}
_OFF = {"0", "false", "off"}
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def extracted(file: IO[bytes], _limits: Limits, _hints: dict[str, str]) -> Extracted:
    """The text of a Word document.

    Raises:
        Unreadable: it is damaged, locked, unpacks out of proportion, or has no text.
    """
    left_out: Counter[str] = Counter()
    with unpacked(file, _WHAT) as packed:
        body = next((name for name in packed.names if WORD_BODY.fullmatch(name)), "")
        texts = [(_text(packed, body, left_out), "")]
        for pattern, called in _AFTER:
            names = (name for name in packed.names if re.fullmatch(pattern, name))
            found = dict.fromkeys(_text(packed, name, left_out) for name in sorted(names))
            texts += [(text, called) for text in found if text]
        commented = "word/comments.xml" in packed.names
        own = properties(packed, "docProps/core.xml", "creator")
    text = "\n\n".join(text for text, _ in texts if text)
    if not text:
        refuse(f"{_WHAT} without text", "one with text")
    return Extracted(
        text=text,
        extractor=EXTRACTOR,
        media_type=DOCX,
        main=(Stretch(0, len(texts[0][0])),),
        notes=tuple(_notes([called for _, called in texts], left_out, commented=commented)),
        imprint=own,
    )


def _text(packed: Packed, name: str, left_out: Counter[str]) -> str:
    reader = _Reader(left_out)
    packed.parse(name, reader.start, reader.end, reader.words)
    return reader.flow.text()


def _notes(called: list[str], left_out: Counter[str], *, commented: bool) -> Iterator[str]:
    after = list(dict.fromkeys(name for name in called if name))
    if after:
        yield f"After the body stand: {', '.join(after)}."
    for what, count in sorted(left_out.items()):
        yield f"Left out: {what} ({count:,})."
    if commented:
        yield "Left out: comments."


class _Reader:
    """Follows the elements of one part."""

    def __init__(self, left_out: Counter[str]) -> None:
        self.flow = Flow()
        self._left_out = left_out
        self._skipping = 0
        self._in_words = 0
        self._in_run = False
        self._hidden = False
        self._first_cells: list[bool] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        if self._skipping or self._skips(name, given):
            self._skipping += 1
        elif name in {"tbl", "tr", "tc"}:
            self._table(name)
        else:
            self._words(name, given)

    def _words(self, name: str, given: dict[str, str]) -> None:
        match name:
            case "p":
                self.flow.begin()
            case "r":
                self._in_run, self._hidden = True, False
            case "t":
                self._in_words += 1
            case "vanish":
                self._hidden = given.get("val") not in _OFF
            case _:
                self._sign(name)

    def _table(self, name: str) -> None:
        if name == "tbl":
            self.flow.table()
        elif name == "tr":
            self._first_cells.append(True)
            self.flow.row()
        else:
            first = self._first_cells[-1] if self._first_cells else True
            self._first_cells[-1:] = [False] if self._first_cells else []
            self.flow.cell(first=first)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        match name:
            case "p":
                self.flow.end()
            case "t":
                self._in_words -= 1
            case "r":
                self._in_run = False
            case "tbl":
                self.flow.table()
            case "tr":
                self._first_cells.pop()
            case "tc":
                self.flow.cell_end()
            case _:
                pass

    def words(self, words: str) -> None:
        """Characters; those of a run's text are words."""
        if self._skipping or not self._in_words:
            return
        if self._hidden:
            self._left_out["stretches of hidden words"] += 1
        else:
            self.flow.add(words)

    def _skips(self, name: str, given: dict[str, str]) -> bool:
        if name in {"footnote", "endnote"}:
            return given.get("type") in _SEPARATORS
        if name not in _SKIPPED:
            return False
        if what := _SKIPPED[name]:
            self._left_out[what] += 1
        return True

    def _sign(self, name: str) -> None:
        if not self._in_run or self._hidden:
            return
        if name in _SIGNS:
            self.flow.add(_SIGNS[name])
        elif name == "sym":
            self._left_out["signs of symbol fonts"] += 1
