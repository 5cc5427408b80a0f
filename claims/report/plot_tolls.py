"""Tolls as they grew: running totals over the days they were told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from claims.analysis.statements import days_of
from claims.analysis.vocabulary import ValueKind
from claims.report.plot_letters import (
    ACCENT,
    ACROSS,
    SMALL,
    SOFT,
    Run,
    clipped,
    width_of,
    wrapped,
)
from claims.report.plot_marks import colour, dot
from claims.report.plot_panel import draw_axis, who_runs
from claims.report.plot_rows import PlotRow, drawn, rows
from claims.report.plot_scale import Scale, scale
from claims.report.plot_sheet import Sheet
from claims.report.plot_svg import Place, at, element, here, letters, path, rule
from claims.report.shape import QuestionEntry
from claims.values.interval import Interval, Number, Region

HEIGHT = 190
"""How high the chart of a toll is, in pixels."""

_LONGEST = 110
_DOTTED = "2 4"
_ASIDE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TollPoint:
    """A running total as told of the days from ``first`` to ``last``."""

    row: PlotRow
    first: Number
    last: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A question with the running totals given for it, in the order of their days."""

    question: QuestionEntry
    points: tuple[TollPoint, ...]


def tolls(questions: Iterable[QuestionEntry]) -> tuple[Toll, ...]:
    """The running totals of which at least two are told with their days."""
    found = (
        Toll(question=q, points=tuple(sorted(_points(q), key=_order)))
        for q in questions
        if q.question.running_total and q.kind is ValueKind.COUNT
    )
    return tuple(toll for toll in found if len(toll.points) > 1)


def _points(question: QuestionEntry) -> Iterator[TollPoint]:
    for row in filter(drawn, rows(question.claims)):
        days = days_of(row.first.as_of)
        if days and days.hull.lo is not None and days.hull.hi is not None:
            yield TollPoint(row=row, first=days.hull.lo, last=days.hull.hi)


def _order(point: TollPoint) -> tuple[Number, Number, str]:
    return point.last, point.first, point.row.first.tag


def draw_toll(sheet: Sheet, toll: Toll) -> None:
    """The chart of a toll, and its figures in words."""
    text = f"{toll.question.number}. {clipped(toll.question.question.text, _LONGEST)}"
    heading = [Run(text, bold=True), Run("  as it grew", colour=SOFT)]
    sheet.write(wrapped(heading, sheet.size.room))
    begin = sheet.y
    days = [Region.of(point.first, point.last) for point in toll.points]
    across = scale(ValueKind.DATE, [(span, None) for span in days])
    regions = [(p.row.hard, p.row.soft) for p in toll.points if p.row.hard]
    upward = scale(ValueKind.COUNT, regions)
    top = sheet.y + 10
    sheet.y = top + HEIGHT
    _draw_levels(sheet, upward, toll.question.question.unit or "")
    for series in _series(toll.points):
        sheet.bars.extend(_steps(series, across, upward, sheet.y))
    for point in toll.points:
        sheet.bars.append(_mark(point, across, upward, sheet.y))
    sheet.bars.extend(_labels(toll.points, across, upward, sheet.y))
    draw_axis(sheet, across, "", top)
    end = sheet.y
    if sheet.size.beside:
        sheet.y = begin
    _draw_words(sheet, toll.points, upward)
    sheet.y = max(end, sheet.y) + 12


def _draw_levels(sheet: Sheet, upward: Scale, unit: str) -> None:
    """Levels are written inside the chart, above their lines: a margin would cost a phone width."""
    named = [tick for tick in upward.ticks if tick.words]
    for tick in named:
        y = _height(upward.place(tick.value), sheet.y)
        words = f"{tick.words} {unit}" if tick is named[-1] else tick.words
        sheet.back.append(
            rule("0%", f"{y:.1f}", "100%", f"{y:.1f}", stroke=SOFT, stroke_opacity=0.3)
        )
        sheet.bars.append(letters((Run(words, colour=SOFT, size=SMALL),), 0, y - 3))


def _height(place: Place, bottom: float) -> float:
    return round(bottom - float(place) * HEIGHT / 100, 1)


def _series(points: Sequence[TollPoint]) -> Iterator[list[TollPoint]]:
    """The figures of each origin that still stand, in the order of their days."""
    by_origin: dict[int, list[TollPoint]] = {}
    for point in points:
        if point.row.affirms and point.row.hard and point.row.hard.hull.lo is not None:
            by_origin.setdefault(point.row.first.origin_number, []).append(point)
    yield from by_origin.values()


def _steps(series: Sequence[TollPoint], across: Scale, up: Scale, bottom: float) -> Iterator[str]:
    look = {"stroke": SOFT, "stroke_width": 1.5, "stroke_dasharray": _DOTTED}
    for before, after in pairwise(series):
        left, right = at(across.place(before.last)), at(across.place(after.last))
        low, high = (_height(up.place(_lowest(p)), bottom) for p in (before, after))
        yield rule(left, low, right, low, **look)
        yield rule(right, low, right, high, **look)


def _lowest(point: TollPoint) -> Number:
    low = point.row.hard.hull.lo if point.row.hard else None
    return 0 if low is None else low


def _mark(point: TollPoint, across: Scale, up: Scale, bottom: float) -> str:
    """A dot for one figure, an upright line for several; a level line where the day is not one."""
    row, x = point.row, across.place(point.last)
    y = _height(up.place(_lowest(point)), bottom)
    spread = rule(at(across.place(point.first)), y, at(x), y, stroke=colour(row), stroke_width=1.5)
    shapes = [_upright(part, row, up, bottom) for part in (row.hard.parts if row.hard else ())]
    typical = [_typical(part, up, bottom) for part in (row.soft.parts if row.soft else ())]
    inside = element("svg", *typical, *shapes, x=at(x), overflow="visible")
    level = spread if point.first != point.last else ""
    return element("g", level, inside, class_="plot-row", data_claims=row.tags)


def _labels(points: Sequence[TollPoint], across: Scale, up: Scale, bottom: float) -> Iterator[str]:
    """The claims at each place of the chart, where several share it with one label for all."""
    places: dict[tuple[Place, float], list[str]] = {}
    for point in points:
        place = across.place(point.last), _height(up.place(_lowest(point)), bottom)
        places.setdefault(place, []).append(point.row.first.tag)
    for (x, y), tags in places.items():
        words = tags[0] if len(tags) == 1 else f"{tags[0]} and {len(tags) - 1} more"
        run = Run(words, colour=SOFT, size=SMALL)
        left = float(x) * ACROSS / 100 < width_of(words, SMALL) + _ASIDE
        written = letters((run,), _ASIDE if left else -_ASIDE, y - 7, None if left else "end")
        yield element("svg", written, x=at(x), overflow="visible")


def _upright(part: Interval, row: PlotRow, up: Scale, bottom: float) -> str:
    low, high = _reach(part, up, bottom)
    if part.lo is not None and part.lo == part.hi:
        return here(Decimal(0), low, *dot(row))
    end = f"M-5,{high + 7:g} L0,{high:g} L5,{high + 7:g}" if part.hi is None else f"M-5,{high:g} H5"
    dashes = None if row.affirms else "4 3"
    return path(
        f"M-5,{low:g} H5 M0,{low:g} V{high:g} {end}",
        stroke=colour(row),
        stroke_width=2,
        stroke_dasharray=dashes,
    )


def _typical(part: Interval, up: Scale, bottom: float) -> str:
    low, high = _reach(part, up, bottom)
    tall = max(low - high, 3)
    return element(
        "rect", x=-5, y=f"{high:g}", width=10, height=f"{tall:g}", fill=ACCENT, opacity=0.45
    )


def _reach(part: Interval, up: Scale, bottom: float) -> tuple[float, float]:
    low = bottom if part.lo is None else _height(up.place(part.lo), bottom)
    high = bottom - HEIGHT if part.hi is None else _height(up.place(part.hi), bottom)
    return low, high


def _draw_words(sheet: Sheet, points: Sequence[TollPoint], upward: Scale) -> None:
    sheet.y += 4
    for point in points:
        row = point.row
        tags = Run(f"{clipped(row.tags, 24)}  ", colour=SOFT, size=SMALL)
        said = Run(clipped(row.said, _LONGEST), apart=True, struck=not row.first.counts)
        told = "".join(f"; {words}" for words in (f"as of {row.first.as_of}", row.stance) if words)
        rest = Run(told, colour=SOFT, size=SMALL)
        sheet.write(wrapped([tags, said, Run("  "), *who_runs(row), rest], sheet.size.words))
    note = "dotted: the lower end as an origin last told it, up to its next figure"
    words = "; ".join(filter(None, (note, upward.remark)))
    sheet.write(wrapped([Run(words, colour=SOFT, size=SMALL)], sheet.size.words))
