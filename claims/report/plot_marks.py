"""The marks of a picture: one bar per reading, each sign with a shape of its own."""

from __future__ import annotations

from collections.abc import Iterator

from claims.analysis.vocabulary import Stance
from claims.report.plot_letters import ACCENT, CONFLICT, INK, PAPER, SOFT
from claims.report.plot_rows import PlotRow
from claims.report.plot_scale import Scale
from claims.report.plot_svg import Place, at, element, here, path, rule
from claims.values.interval import Interval

START, BORDER = Place(0), Place(100)
_DASHES = {Stance.DENIES: "6 3", Stance.DOUBTS: "6 3"}
_SOFT_HEIGHT = 11


def bar(row: PlotRow, scale: Scale, y: float) -> str:
    """The reading of the row at this height: typical below, what the words allow above it."""
    hard, soft = row.hard, row.soft
    if hard is None:
        return ""
    typical = (_typical(part, scale, y) for part in (soft.parts if soft else ()))
    joined = "" if len(hard.parts) == 1 else _between(row, scale, y)
    allowed = (_allowed(part, row, scale, y) for part in hard.parts)
    return "".join((*typical, joined, *allowed))


def colour(row: PlotRow) -> str:
    """Ink for what stands; the shapes tell the same without colour."""
    if not row.first.counts:
        return SOFT
    return INK if row.first.stance.affirms else CONFLICT


def _typical(part: Interval, scale: Scale, y: float) -> str:
    if part.lo is not None and part.lo == part.hi:
        return here(scale.place(part.lo), y, typical_point())
    left, right = _left(part, scale), _right(part, scale)
    return typical_stretch(at(left), at(right - left), y)


def typical_point() -> str:
    """A typical reading of one figure."""
    return element("rect", x=-4, y=-7, width=8, height=14, fill=ACCENT, opacity=0.45)


def typical_stretch(x: object, width: object, y: float) -> str:
    """A typical reading of several figures."""
    top = f"{y - _SOFT_HEIGHT / 2:g}"
    return element("rect", x=x, y=top, width=width, height=_SOFT_HEIGHT, fill=ACCENT, opacity=0.45)


def _left(part: Interval, scale: Scale) -> Place:
    return START if part.lo is None else scale.place(part.lo)


def _right(part: Interval, scale: Scale) -> Place:
    return BORDER if part.hi is None else scale.place(part.hi)


def _between(row: PlotRow, scale: Scale, y: float) -> str:
    """Readings of several parts ("8 or 11") hang together."""
    parts = row.hard.parts if row.hard else ()
    left, right = _left(parts[0], scale), _right(parts[-1], scale)
    return rule(at(left), y, at(right), y, stroke=colour(row), stroke_dasharray="1 4")


def _allowed(part: Interval, row: PlotRow, scale: Scale, y: float) -> str:
    if part.lo is not None and part.lo == part.hi:
        return here(scale.place(part.lo), y, *dot(row))
    left, right = at(_left(part, scale)), at(_right(part, scale))
    width = 6 if row.extent else 2
    look = {"stroke": colour(row), "stroke_width": width, "stroke_dasharray": _dashes(row)}
    return rule(left, y, right, y, **look) + "".join(_ends(part, row, scale, y))


def _dashes(row: PlotRow) -> str | None:
    return _DASHES.get(row.first.stance) if row.first.counts else "2 3"


def _ends(part: Interval, row: PlotRow, scale: Scale, y: float) -> Iterator[str]:
    look = colour(row)
    yield here(_left(part, scale), y, _end(part.lo is None, part.lo_open, look, turned=True))
    yield here(_right(part, scale), y, _end(part.hi is None, part.hi_open, look))
    if not row.affirms and row.first.counts:
        middle = _left(part, scale) if part.lo is not None else _right(part, scale)
        yield here(middle, y, *_verdict(row))


def _end(unbounded: bool, excluded: bool, stroke: str, *, turned: bool = False) -> str:  # noqa: FBT001
    """An arrow where nothing bounds it, a ring where the end is left out, else a stop."""
    if unbounded:
        side = 7 if turned else -7
        return path(f"M{side},-5 L0,0 L{side},5", stroke=stroke, stroke_width=2)
    if excluded:
        return element("circle", r=4, fill=PAPER, stroke=stroke, stroke_width=2)
    return path("M0,-6 V6", stroke=stroke, stroke_width=2)


def dot(row: PlotRow) -> tuple[str, ...]:
    """One figure: full where it is put forward, hollow where it is not."""
    if row.affirms:
        return (element("circle", r=5.5, fill=INK, stroke=PAPER, stroke_width=1),)
    dashes = None if row.first.counts else "2 2"
    ring = element(
        "circle", r=5.5, fill=PAPER, stroke=colour(row), stroke_width=2, stroke_dasharray=dashes
    )
    return (ring, *(_verdict(row) if row.first.counts else ()))


def _verdict(row: PlotRow) -> tuple[str, ...]:
    """A cross over what is denied, a question mark over what is doubted."""
    if row.first.stance is Stance.DOUBTS:
        look = {"text_anchor": "middle", "font_size": 13, "font_weight": 700, "fill": CONFLICT}
        return (element("text", "?", x=0, y=-8, **look),)
    return (path("M-7,-7 L7,7 M-7,7 L7,-7", stroke=CONFLICT, stroke_width=2),)
