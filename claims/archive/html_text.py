"""The text that a browser would show of a page, from its elements."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

Element: TypeAlias = Any
"""An element of a page; lxml tells no types."""


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HIDDEN = _names(
    "head script style noscript template iframe object embed audio video canvas svg datalist"
    " select title"
)
_APART = _names(
    "p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table figure hr section article header footer"
    " nav aside main form fieldset address"
)
_BLOCKS = _APART | _names(
    "html body div li dt dd tr caption thead tbody tfoot figcaption details summary legend center"
    " option menu dir frameset noframes"
)
_CELLS = frozenset(("td", "th"))
_PREFORMATTED = frozenset(("pre", "textarea", "listing", "xmp"))
_WHITE = re.compile(r"[ \t\r\n\f]+")
_DISPLAY_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def visible_text(tree: Element) -> str:
    """The text of a page and of nothing that a browser hides by itself."""
    written = _Written()
    hidden = preformatted = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = str(element.tag)
        if event == "start":
            hidden += hidden > 0 or _is_hidden(element, name)
            preformatted += name in _PREFORMATTED
            if not hidden:
                written.begin(name, first=element.getprevious() is None)
                written.add(element.text or "", kept=preformatted > 0)
            continue
        preformatted -= name in _PREFORMATTED
        if not hidden:
            written.end(name)
        hidden -= hidden > 0
        if not hidden:
            written.add(element.tail or "", kept=preformatted > 0)
    return written.text()


def _is_hidden(element: Element, name: str) -> bool:
    return (
        name in _HIDDEN
        or "hidden" in element.attrib
        or _DISPLAY_NONE.search(element.get("style", "")) is not None
    )


class _Written:
    """Pieces of text, and the break that is due before the next of them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._due = ""
        self._space = False
        self._cells: list[int] = []

    def begin(self, name: str, *, first: bool) -> None:
        """An element begins; ``first`` says whether it is the first in the one around it."""
        if name == "br":
            self._pieces.append("\n")
            self._space = False
        elif name in _CELLS:
            self._space = False
            self._due += "" if first else "\t"
            self._cells.append(len(self._pieces))
        else:
            self._block(name)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _CELLS and self._cells:
            self._space = False
            if self._cells.pop() < len(self._pieces):
                self._due = ""
        else:
            self._block(name)

    def add(self, text: str, *, kept: bool) -> None:
        """Text, with its white space kept or run together."""
        if not kept:
            text = _WHITE.sub(" ", text)
            if text.startswith(" "):
                self._space = self._space or not self._at_start()
                text = text[1:]
        if not text:
            return
        self._flush()
        ends = text.endswith(" ") and not kept
        self._pieces.append(text[:-1] if ends else text)
        self._space = ends

    def text(self) -> str:
        """All of it, without breaks at either end."""
        return "".join(self._pieces).strip(" \t\r\n\f")

    def _block(self, name: str) -> None:
        if name in _BLOCKS:
            self._space = False
            self._break("\n\n" if name in _APART else "\n")

    def _break(self, due: str) -> None:
        """Let a break be due, unless a longer one is, or a cell or the text has not begun yet."""
        begun = self._cells[-1] if self._cells else 0
        if begun < len(self._pieces):
            self._due = max(self._due.rstrip("\t"), due, key=len)

    def _at_start(self) -> bool:
        return bool(self._due) or not self._pieces or self._pieces[-1].endswith("\n")

    def _flush(self) -> None:
        if self._due:
            self._pieces.append(self._due)
        elif self._space:
            self._pieces.append(" ")
        self._due, self._space = "", False
