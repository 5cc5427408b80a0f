"""What a picture of a report is: its drawing, its words and the data behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A picture of a report.

    ``svg`` is a drawing for narrow pages and phones, ``wide`` the same for pages of 640 pixels and
    more: each one ``<svg>`` element for a page (no style element, no script, no link, no outside
    file; its colours are the page's ``--ink``, ``--paper``, ``--soft``, ``--accent`` and
    ``--conflict``, with fallbacks). It is as wide as its container, its text does not shrink;
    a drawing of the class ``beside`` has its words in a margin of 340 pixels left of it.
    ``words`` tell the same without the drawing. ``columns`` and ``rows`` are the data behind it,
    to the letter as recorded: whoever writes them into a spreadsheet makes formulas inert.
    """

    svg: str
    wide: str
    title: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
