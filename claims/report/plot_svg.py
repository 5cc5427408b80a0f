"""SVG that fits any width: places along the width are percentages, all else is in pixels.

A drawing scaled as a whole would be illegible on a phone or huge on a desk. Here bars stretch with
the page and letters do not, so that lines of text are broken for the narrowest page, by estimated
widths. Only presentation attributes are written: a strict content security policy blocks ``style``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from html import escape

from claims.report.inert import right_to_left
from claims.report.plot_letters import INK, LEADING, PAPER, SIZE, Line, Run, safe

_ISOLATE, _END = "\u2068", "\u2069"
"""Around words whose direction of writing must not reach beyond them."""

_USUAL = (Run(""), Run("", apart=True))
"""The look that letters have by themselves."""

Place = Decimal
"""A place along the width, in per cent."""


def attributes(**named: object) -> str:
    """Attributes in the order given; ``None`` is left out, ``_`` is written as ``-``."""
    return "".join(
        [f' {_name(name)}="{_escaped(str(v))}"' for name, v in named.items() if v is not None]
    )


@cache
def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


@lru_cache(4096)
def _escaped(value: str) -> str:
    return escape(value)


def element(name: str, *children: str, **named: object) -> str:
    """One element with its attributes and children."""
    inside = "".join(children)
    tag = name + attributes(**named)
    return f"<{tag}>{inside}</{name}>" if inside else f"<{tag}/>"


def at(place: Place | int) -> str:
    """A place along the width as an attribute."""
    return f"{Decimal(place).quantize(Decimal('0.01')).normalize():f}%"


RIM = attributes(stroke=PAPER, stroke_width=3, stroke_linejoin="round", paint_order="stroke")
"""What gives letters their rim."""


def rule(x1: object, y1: object, x2: object, y2: object, **look: object) -> str:
    """A straight line; places along the width may be percentages."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **{"stroke": INK, **look})


def here(place: Place | int, y: float, *shapes: str) -> str:
    """Shapes drawn in pixels around a place along the width and a height."""
    return element("svg", *shapes, x=at(place), y=f"{y:g}", overflow="visible")


def path(steps: str, **look: object) -> str:
    """A path in pixels."""
    return element("path", d=steps, **{"fill": "none", "stroke": INK, **look})


def letters(line: Line, x: object, y: float, anchor: str | None = None) -> str:
    """One line of text, on a rim of paper that keeps the lines behind it off the letters.

    Each run is kept apart from its neighbours' direction of writing.
    """
    words = "".join(map(_letters, line))
    return f"<text{attributes(x=x, y=f'{y:g}', text_anchor=anchor)}{RIM}>{words}</text>"


def _letters(run: Run) -> str:
    mixed = run.apart and right_to_left(run.text)
    words = escape(f"{_ISOLATE}{run.text}{_END}" if mixed else run.text, quote=False)
    if run.saying("") in _USUAL:
        return words
    return element(
        "tspan",
        words,
        fill=run.colour if run.colour != INK else None,
        font_size=run.size if run.size != SIZE else None,
        font_weight=600 if run.bold else None,
        text_decoration="line-through" if run.struck else None,
        stroke="none" if run.struck else None,
    )


def block(lines: Sequence[Line], x: object, top: float, anchor: str | None = None) -> str:
    """Lines of text below each other, the first under ``top``."""
    return "".join(
        letters(line, x, top + LEADING * (place + 1) - 4, anchor)
        for place, line in enumerate(lines)
    )


def picture(
    identifier: str, title: str, words: str, height: float, *body: str, look: str = "plot"
) -> str:
    """The whole drawing, with its name and its description for those who do not see it."""
    return element(
        "svg",
        element("title", escape(safe(title), quote=False), id=f"{identifier}-title"),
        element("desc", escape(safe(words), quote=False), id=f"{identifier}-desc"),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        id=identifier,
        class_=look,
        role="img",
        aria_labelledby=f"{identifier}-title",
        aria_describedby=f"{identifier}-desc",
        width="100%",
        height=f"{height:g}",
        direction="ltr",
        fill=INK,
        font_family="var(--sans, system-ui, sans-serif)",
        font_size=SIZE,
    )
