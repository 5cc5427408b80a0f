"""Rival figures on one axis, as intervals: what the words allow, and how they are typically read.

Nothing is averaged: no mean, no midpoint, no sum is drawn or told. Typical readings are
conventions of the profile of vague words, and are named so in the legend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.analysis.vocabulary import ValueKind
from claims.analysis.wording import plural
from claims.report.plot_data import COLUMNS, data
from claims.report.plot_legend import draw_legend
from claims.report.plot_letters import SMALL, SOFT, Run, clipped, wrapped
from claims.report.plot_panel import (
    Group,
    axis_readings,
    draw_axis,
    draw_group,
    reading_words,
    who_runs,
)
from claims.report.plot_rows import PlotRow, drawn, rows, unit_of
from claims.report.plot_scale import scale
from claims.report.plot_shape import Plot
from claims.report.plot_sheet import NARROW, WIDE, Sheet, Size
from claims.report.shape import QuestionEntry

DRAWN_KINDS = frozenset({ValueKind.COUNT, ValueKind.PROPORTION, ValueKind.DATE, ValueKind.DURATION})
"""The kinds of answers that lie on an axis."""

Panels = list[tuple[str, list[Group]]]
"""Groups by what they count."""

_BESIDE = {
    ValueKind.COUNT: "Beside the axis: no figure, which is not zero",
    ValueKind.PROPORTION: "Beside the axis: no figure, which is not zero",
    ValueKind.DATE: "Beside the axis: no date",
    ValueKind.DURATION: "Beside the axis: no length of time",
}
_UNGRADED = "Confidence: unassessed for every claim here."
_TOLD = 12
_LONGEST = 200


def interval_plot(question: QuestionEntry, parts: Sequence[QuestionEntry] = ()) -> Plot | None:
    """The figures given for a question on one axis, ``None`` where there is nothing to compare.

    That is where no figure has a place on an axis, and where there is but one with two ends that
    needs no convention to be read.

    Args:
        question: the question.
        parts: questions whose answers are parts of its answer, drawn on the same axis.
    """
    asked = (question, *(part for part in parts if part.kind is question.kind))
    panels = _panels(asked) if question.kind in DRAWN_KINDS else []
    if not _worth_drawing(asked, panels):
        return None
    title = _title(question)
    words = _words(asked)
    narrow, wide = (_drawn(asked, panels, size) for size in (NARROW, WIDE))
    identifier = f"plot-question-{question.number}"
    return Plot(
        svg=narrow.picture(identifier, title, words),
        wide=wide.picture(f"{identifier}-wide", title, words),
        title=title,
        words=words,
        columns=COLUMNS,
        rows=tuple(row for each in asked for row in data(each)),
    )


def _drawn(asked: Sequence[QuestionEntry], panels: Panels, size: Size) -> Sheet:
    sheet = Sheet(size)
    graded = any(claim.confidence for each in asked for claim in each.claims)
    for unit, groups in panels:
        _draw_panel(sheet, unit, groups, graded=graded)
    _draw_beside(sheet, asked, graded=graded)
    if not graded:
        sheet.write(wrapped([Run(_UNGRADED, colour=SOFT, size=SMALL)], size.room))
        sheet.y += 4
    draw_legend(sheet, [group for _, groups in panels for group in groups])
    return sheet


def _worth_drawing(asked: Sequence[QuestionEntry], panels: Panels) -> bool:
    """Whether there are figures to compare, or one that is read by a convention or unbounded."""
    found = [row for _, groups in panels for group in groups for row in group.rows]
    beside = any(next(_beside(question), None) for question in asked)
    return len(found) > 1 or any(map(_to_be_read, found)) or (beside and bool(found))


def _to_be_read(row: PlotRow) -> bool:
    hull = row.hard.hull if row.hard else None
    return row.soft is not None or (hull is not None and None in {hull.lo, hull.hi})


def _panels(asked: Sequence[QuestionEntry]) -> Panels:
    """The groups by what they count: boats and families have no axis in common."""
    found: dict[str, list[Group]] = {}
    for question in asked:
        by_unit: dict[str, list[PlotRow]] = {}
        for row in filter(drawn, rows(question.claims)):
            by_unit.setdefault(_unit(question, row), []).append(row)
        for unit, held in by_unit.items():
            heading = "" if question is asked[0] else f"Of which: {_title(question)}"
            group = Group(question=question, rows=tuple(held), heading=heading)
            found.setdefault(unit, []).append(group)
    return list(found.items())


def _unit(question: QuestionEntry, row: PlotRow) -> str:
    if question.kind is not ValueKind.COUNT:
        return ""
    return unit_of(row.first) or question.question.unit or ""


def _title(question: QuestionEntry) -> str:
    return f"{question.number}. {question.question.text}"


def _draw_panel(sheet: Sheet, unit: str, groups: Sequence[Group], *, graded: bool) -> None:
    axis, top = scale(groups[0].question.kind, axis_readings(groups)), sheet.y
    for group in groups:
        draw_group(sheet, group, axis, graded=graded)
    draw_axis(sheet, axis, unit, top)
    sheet.y += 10


def _beside(question: QuestionEntry) -> Iterator[PlotRow]:
    return (row for row in rows(question.claims) if not drawn(row))


def _draw_beside(sheet: Sheet, asked: Sequence[QuestionEntry], *, graded: bool) -> None:
    """What gives no figure is said in words: it is not a zero."""
    found = [row for question in asked for row in _beside(question)]
    if not found:
        return
    room = sheet.size.room
    sheet.write(wrapped([Run(_BESIDE[asked[0].kind], bold=True)], room))
    for row in found:
        tags = Run(f"{clipped(row.tags, _LONGEST)}  ", colour=SOFT, size=SMALL)
        said = Run(f" {clipped(row.said, _LONGEST)}" if row.said else "", apart=True)
        told = (Run(f": {_stance(row)}"), said, Run(f"; {row.confidence}" if graded else ""))
        sheet.write(wrapped([tags, *who_runs(row), *told], room))
    sheet.y += 8


def _stance(row: PlotRow) -> str:
    return row.stance or "gives none"


def _words(asked: Sequence[QuestionEntry]) -> str:
    told = [f"{_who(row)}: {_told(row, q.kind)}" for q in asked for row in rows(q.claims)]
    claims = plural(sum(len(question.claims) for question in asked), "claim")
    rest = len(told) - _TOLD
    more = [f"and {plural(rest, 'further row')} in the data"] if rest > 0 else []
    return f"{claims} as intervals, nothing averaged. " + "; ".join((*told[:_TOLD], *more)) + "."


def _who(row: PlotRow) -> str:
    return clipped(row.who, _LONGEST)


def _told(row: PlotRow, kind: ValueKind) -> str:
    parts = [clipped(row.said, _LONGEST), *reading_words(row, kind), row.confidence]
    return ", ".join(filter(None, parts))
