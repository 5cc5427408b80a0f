"""A panel of a picture: rows over one axis, with brackets, positions and gridlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from claims.analysis.vocabulary import ValueKind
from claims.analysis.wording import region
from claims.report.plot_letters import (
    ACCENT,
    ACROSS,
    LEADING,
    SMALL,
    SOFT,
    Line,
    Run,
    anchored,
    clipped,
    wrapped,
)
from claims.report.plot_marks import BORDER, START, bar
from claims.report.plot_rows import PlotRow, drawn, voices
from claims.report.plot_scale import Scale
from claims.report.plot_sheet import Sheet
from claims.report.plot_svg import Place, at, block, element, letters, path, rule
from claims.report.shape import PositionEntry, QuestionEntry
from claims.values.interval import Interval, Region

_LONGEST = 110
_TAGS = 24
_BAR = 22
_GAP = 14
_MOST_BANDS = 6


@dataclass(frozen=True, kw_only=True)
class Group:
    """The rows of one question on an axis; ``heading`` is empty where there is only one."""

    question: QuestionEntry
    rows: tuple[PlotRow, ...]
    heading: str

    @property
    def positions(self) -> tuple[PositionEntry, ...]:
        """The positions that rest on these rows and have something in common to show."""
        held = {claim.id for row in self.rows for claim in row.claims}
        found = tuple(
            p for p in self.question.positions if p.common and held.intersection(p.claims)
        )
        return found if len(held) > 1 and len(found) <= _MOST_BANDS else ()


def draw_group(sheet: Sheet, group: Group, scale: Scale, *, graded: bool) -> None:
    """The rows of a group, with what its positions share behind them.

    ``graded`` says whether the rows tell how far each is trusted.
    """
    if group.heading:
        sheet.y += 4
        heading = Run(clipped(group.heading, _LONGEST), bold=True)
        sheet.write(wrapped([heading], sheet.size.words))
        sheet.y += 4
    top = sheet.y
    sheet.y += _letter_rows(group.positions, scale) * 16
    kind = group.question.kind
    for _, cluster in groupby(group.rows, key=lambda row: row.first.origin_number):
        room = sheet.size.words
        told = [(row, row_words(row, kind, room, graded=graded)) for row in cluster]
        _cluster(sheet, told, scale)
    sheet.back.extend(_bands(group.positions, scale, top, sheet.y))


def _cluster(sheet: Sheet, told: Sequence[tuple[PlotRow, list[Line]]], scale: Scale) -> None:
    top = sheet.y
    for row, words in told:
        draw_row(sheet, row, words, scale)
    if len(told) > 1:
        sheet.front.append(bracket(top + 2, sheet.y - _GAP))


def draw_row(sheet: Sheet, row: PlotRow, words: Sequence[Line], scale: Scale) -> None:
    """The words of a row and its bar, as a group that a page can find by its claims."""
    height = LEADING * len(words)
    middle = sheet.y + height / 2 if sheet.size.beside else sheet.y + height + 9
    told, marks = block(words, 0, sheet.y), bar(row, scale, middle)
    look = {"class_": "plot-row", "data_claims": row.tags}
    if sheet.size.beside:
        sheet.front.append(element("g", told, **look))
        sheet.bars.append(element("g", marks, **look))
    else:
        sheet.front.append(element("g", told, marks, **look))
        height += _BAR
    sheet.y += height + _GAP


def bracket(top: float, bottom: float) -> str:
    """The bracket around rows that count as one origin."""
    middle = (top + bottom) / 2
    words = element(
        "text",
        "one origin",
        transform=f"rotate(-90 -13 {middle:g})",
        x=-13,
        y=f"{middle:g}",
        text_anchor="middle",
        font_size=11,
        fill=SOFT,
    )
    return path(f"M-4,{top:g} H-9 V{bottom:g} H-4", stroke=SOFT, stroke_width=1.5) + words


def row_words(row: PlotRow, kind: ValueKind, room: int, *, graded: bool) -> list[Line]:
    """The words said, who says them, and how they are read, in lines of so many pixels."""
    struck = not row.first.counts
    tags = Run(f"{clipped(row.tags, _TAGS)}  ", colour=SOFT, size=SMALL)
    said = Run(clipped(row.said, _LONGEST), bold=True, struck=struck, apart=True)
    first = wrapped([tags, said, Run("  "), *who_runs(row)], room)
    grade = [row.confidence] if graded else []
    second = "; ".join(filter(None, (*reading_words(row, kind), *grade)))
    return first + wrapped([Run(second, colour=SOFT, size=SMALL)], room)


def who_runs(row: PlotRow) -> list[Run]:
    """The origin and the document that cites it, each kept apart from the other's direction."""
    runs: list[Run] = []
    for name in voices(row.first.chain):
        runs += [Run(", in ")] if runs else []
        runs.append(Run(clipped(name, _LONGEST), apart=True))
    return runs


def reading_words(row: PlotRow, kind: ValueKind) -> Iterator[str]:
    """How the words of a row are read, part by part."""
    yield row.stance
    read = row.reading
    if read and read.hard and not (read.hard.is_point and kind is ValueKind.COUNT):
        yield read.allowed
    if row.soft:
        yield f"typically read as {region(row.soft, kind)}"
    elif read and read.typical:
        yield "no typical reading"
    if row.first.as_of:
        yield f"as of {row.first.as_of}"


def draw_axis(sheet: Sheet, scale: Scale, unit: str, top: float) -> None:
    """The axis under the rows, its gridlines behind them up to ``top``."""
    y = sheet.y
    sheet.back[:0] = (
        rule(at(x), top, at(x), y, stroke=SOFT, stroke_opacity=0.22)
        for x in (scale.place(tick.value) for tick in scale.ticks)
    )
    begin = scale.place(scale.ticks[1].value) if scale.zero else START
    sheet.bars.append(rule(at(begin), y, at(BORDER), y, stroke=SOFT))
    if scale.zero:
        sheet.bars.append(
            rule(at(scale.place(0)), y, at(begin), y, stroke=SOFT, stroke_dasharray="2 3")
        )
    for tick in scale.ticks:
        x = scale.place(tick.value)
        sheet.bars.append(rule(at(x), y, at(x), y + 5, stroke=SOFT))
        sheet.bars.append(_tick_words(tick.words, x, y + 18))
    sheet.y += 24
    words = "; ".join(filter(None, (unit, scale.remark)))
    if words:
        sheet.write_below(wrapped([Run(words, colour=SOFT, size=SMALL)], ACROSS))


def _tick_words(words: str, x: Place, y: float) -> str:
    anchor = anchored(words, x)[0]
    return letters((Run(words, colour=SOFT, size=SMALL),), at(x), y, anchor) if words else ""


def _bands(
    positions: Sequence[PositionEntry], scale: Scale, top: float, bottom: float
) -> Iterator[str]:
    for position, level in zip(positions, _levels(positions, scale), strict=True):
        common = position.common
        for part in common.parts if common else ():
            yield _band(part, scale, top, bottom)
        if common:
            first = at(_start(common, scale))
            run = Run(position.label, bold=True, colour=ACCENT, size=SMALL)
            yield letters((run,), first, top + 12 + 16 * level, "middle")


def _band(part: Interval, scale: Scale, top: float, bottom: float) -> str:
    left = START if part.lo is None else scale.place(part.lo)
    right = BORDER if part.hi is None else scale.place(part.hi)
    height = f"{bottom - top:g}"
    edge = {"stroke": ACCENT, "stroke_dasharray": "3 3", "stroke_opacity": 0.7}
    ends = dict.fromkeys(x for x in (left, right) if START < x < BORDER)
    sides = "".join(rule(at(x), top, at(x), bottom, **edge) for x in ends)
    look = {"fill": ACCENT, "opacity": 0.09}
    return element("rect", x=at(left), y=top, width=at(right - left), height=height, **look) + sides


def _start(common: Region, scale: Scale) -> Place:
    low = common.hull.lo
    return START if low is None else scale.place(low)


def _letter_rows(positions: Sequence[PositionEntry], scale: Scale) -> int:
    return 1 + max(_levels(positions, scale), default=-1)


def _levels(positions: Sequence[PositionEntry], scale: Scale) -> list[int]:
    """On which line each letter stands, so that no two touch."""
    ends: list[float] = []
    found = []
    for position in positions:
        here = float(_start(position.common, scale)) * ACROSS / 100 if position.common else 0
        level = next((i for i, end in enumerate(ends) if abs(here - end) > 14), len(ends))  # noqa: PLR2004
        ends[level : level + 1] = [here]
        found.append(level)
    return found


def axis_readings(groups: Iterable[Group]) -> list[tuple[Region, Region | None]]:
    """What an axis must have room for."""
    return [(r.hard, r.soft) for g in groups for r in g.rows if drawn(r) and r.hard is not None]
