"""What happened when, by every account: the dates of a report, and tolls as they grew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.analysis.vocabulary import ValueKind
from claims.analysis.wording import day, listed, plural
from claims.report.plot_data import COLUMNS, data
from claims.report.plot_legend import draw_signs
from claims.report.plot_letters import SMALL, SOFT, Line, Run, clipped, wrapped
from claims.report.plot_panel import draw_axis, draw_row
from claims.report.plot_rows import PlotRow, drawn
from claims.report.plot_scale import scale
from claims.report.plot_shape import Plot
from claims.report.plot_sheet import NARROW, WIDE, Sheet, Size
from claims.report.plot_tolls import Toll, draw_toll, tolls
from claims.report.shape import ClaimEntry, QuestionEntry, Report
from claims.values.interval import Number
from claims.values.when_days import Day

TITLE = "What happened when, by each account"

_SEVERAL = "Each stretch of time has an axis and a scale of its own."
_STRETCHES = 4
_NAMED = 3
_LONGEST = 110
_TOLD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """A question about a date, with its answers; ``first`` and ``last`` are their known days."""

    question: QuestionEntry
    rows: tuple[PlotRow, ...]
    first: Number
    last: Number


def timeline(report: Report) -> Plot | None:
    """The dates of a report on one axis, and its running totals as they grew.

    Dates that are far apart are drawn in stretches, each with an axis of its own. ``None`` where
    the report holds neither a date nor a running total with its day.
    """
    dated = sorted(filter(None, map(_dated, report.questions)), key=_order)
    grown = tolls(report.questions)
    if not dated and not grown:
        return None
    narrow, wide = (_drawn(dated, grown, size) for size in (NARROW, WIDE))
    words = _words(dated, grown)
    asked = sorted(
        (*(one.question for one in dated), *(toll.question for toll in grown)),
        key=lambda question: question.number,
    )
    return Plot(
        svg=narrow.picture("plot-timeline", TITLE, words),
        wide=wide.picture("plot-timeline-wide", TITLE, words),
        title=TITLE,
        words=words,
        columns=COLUMNS,
        rows=tuple(row for question in asked for row in data(question)),
    )


def _drawn(dated: Sequence[_Dated], grown: Sequence[Toll], size: Size) -> Sheet:
    sheet = Sheet(size)
    stretches = _stretches(dated, _STRETCHES)
    if len(stretches) > 1:
        sheet.write(wrapped([Run(_SEVERAL, colour=SOFT, size=SMALL)], size.room))
        sheet.y += 4
    for stretch in stretches:
        _draw_stretch(sheet, stretch)
    draw_signs(sheet, [row for one in dated for row in one.rows])
    for toll in grown:
        sheet.y += 14
        draw_toll(sheet, toll)
    return sheet


def _dated(question: QuestionEntry) -> _Dated | None:
    if question.kind is not ValueKind.DATE:
        return None
    alike: dict[object, list[ClaimEntry]] = {}
    for claim in question.claims:
        read = claim.reading
        value = (read.hard, read.soft, read.allowed) if read else None
        key = (value, claim.stance.affirms or claim.stance, claim.counts)
        alike.setdefault(key, []).append(claim)
    rows = tuple(row for row in (PlotRow(claims=tuple(a)) for a in alike.values()) if drawn(row))
    hulls = [row.hard.hull for row in rows if row.hard]
    ends = sorted(end for hull in hulls for end in (hull.lo, hull.hi) if end is not None)
    if not ends:
        return None
    return _Dated(question=question, rows=rows, first=ends[0], last=ends[-1])


def _order(one: _Dated) -> tuple[Number, Number, int]:
    return one.first, one.last, one.question.number


def _stretches(dated: Sequence[_Dated], most: int) -> list[Sequence[_Dated]]:
    """Cut where nothing happens for longer than half of the time that there is."""
    span = max((one.last for one in dated), default=0) - dated[0].first if dated else 0
    widest, place = max(
        (
            (after.first - max(one.last for one in dated[: index + 1]), index + 1)
            for index, (_, after) in enumerate(pairwise(dated))
        ),
        default=(0, 0),
    )
    if not dated or most == 1 or widest * 2 <= span:
        return [dated] if dated else []
    before = _stretches(dated[:place], most - 1)
    return before + _stretches(dated[place:], most - len(before))


def _draw_stretch(sheet: Sheet, dated: Sequence[_Dated]) -> None:
    readings = [(row.hard, row.soft) for one in dated for row in one.rows if row.hard]
    axis, top = scale(ValueKind.DATE, readings), sheet.y
    for one in dated:
        _draw_question(sheet, one)
        for row in one.rows:
            draw_row(sheet, row, _row_words(row, sheet.size.words), axis)
    draw_axis(sheet, axis, "", top)
    sheet.y += 14


def _draw_question(sheet: Sheet, one: _Dated) -> None:
    text = f"{one.question.number}. {clipped(one.question.question.text, _LONGEST)}"
    headline = Run(f"  {one.question.headline}", colour=SOFT, size=SMALL)
    sheet.write(wrapped([Run(text, bold=True), headline], sheet.size.words))


def _row_words(row: PlotRow, room: int) -> list[Line]:
    tags = Run(f"{clipped(row.tags, 24)}  ", colour=SOFT, size=SMALL)
    said = Run(clipped(row.said, _LONGEST), apart=True, struck=not row.first.counts)
    who = Run(f"  {_who(row)}", colour=SOFT, size=SMALL, apart=True)
    stance = Run(f"; {row.stance}" if row.stance else "", colour=SOFT, size=SMALL)
    return wrapped([tags, said, who, stance], room)


def _who(row: PlotRow) -> str:
    names = list(dict.fromkeys(claim.chain[-1].name for claim in row.claims))
    more = len(names) - _NAMED
    shown = names if more <= 0 else [*names[:_NAMED], f"{more} more"]
    return clipped(listed(shown), _LONGEST)


def _words(dated: Sequence[_Dated], grown: Sequence[Toll]) -> str:
    told = [
        f"{one.question.question.text} {_who(row)}: {_when(row)}"
        for one in dated
        for row in one.rows
    ]
    told += [
        f"{toll.question.question.text} As of {day(Day.fromordinal(int(point.last)))}, "
        f"{_who(point.row)}: {point.row.said}"
        for toll in grown
        for point in toll.points
    ]
    rest = len(told) - _TOLD
    more = [f"and {plural(rest, 'further answer')} in the data"] if rest > 0 else []
    return "; ".join((*told[:_TOLD], *more)) + "."


def _when(row: PlotRow) -> str:
    return f"{row.said}, {row.reading.allowed}" if row.reading else row.said
