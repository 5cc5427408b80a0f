"""Two sizes of one picture: words above their bars on a phone, left of them on a desk.

As newspapers do: a drawing that only stretches would leave its words in the narrow column that a
phone has room for. The page shows the size that fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.report.plot_letters import LEADING, Line
from claims.report.plot_svg import block, element, picture

GUTTER, SHARE = 26, "91%"
"""Where rows begin, and the share of the width they have: the brackets stand left of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How a picture uses its width: pixels of text that a row has, and that a line has elsewhere.

    ``beside`` says whether bars stand beside their words: these are then written left of the
    drawing, which the page gives a margin of ``ASIDE`` pixels.
    """

    words: int
    room: int
    beside: bool


ASIDE = 340
NARROW = Size(words=304, room=304, beside=False)
WIDE = Size(words=290, room=600, beside=True)
"""For pages of 640 pixels and more."""


@dataclass
class Sheet:
    """What has been drawn, from the top down to ``y``; ``back`` lies behind all else."""

    size: Size
    y: float = 0
    back: list[str] = field(default_factory=list)
    bars: list[str] = field(default_factory=list)
    front: list[str] = field(default_factory=list)

    def write(self, lines: Sequence[Line], x: object = 0) -> None:
        """Lines of text, each below the other."""
        self.front.append(block(lines, x, self.y))
        self.y += LEADING * len(lines)

    def write_below(self, lines: Sequence[Line]) -> None:
        """Lines of text below an axis."""
        self.bars.append(block(lines, 0, self.y))
        self.y += LEADING * len(lines)

    def area(self) -> str:
        """Everything, right of the gutter."""
        drawn, words = "".join((*self.back, *self.bars)), "".join(self.front)
        if self.size.beside:
            return drawn + element("svg", words, x=GUTTER - ASIDE, overflow="visible")
        return element("svg", drawn, words, x=GUTTER, width=SHARE, overflow="visible")

    def picture(self, identifier: str, title: str, words: str) -> str:
        """The whole drawing."""
        look = "plot beside" if self.size.beside else "plot"
        return picture(identifier, title, words, self.y + 6, self.area(), look=look)
