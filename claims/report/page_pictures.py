"""The pictures of a page: drawings with their words and the figures behind them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from claims.report.plot import citation_graph, interval_plot, timeline
from claims.report.plot_shape import Plot
from claims.report.plot_svg import RIM
from claims.report.shape import QuestionEntry, Report


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot as a page prints it."""

    title: str
    words: str
    drawing: Markup
    wide: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pictures of a report; ``plots`` by the number of their question."""

    plots: Mapping[int, Picture]
    timeline: Picture | None
    graph: Picture | None


def pictures(report: Report) -> Pictures:
    """Draw everything of the report that can be drawn."""
    parts = _parts(report)
    drawn = ((q.number, interval_plot(q, parts[q.question.id])) for q in report.questions)
    return Pictures(
        {number: _picture(plot) for number, plot in drawn if plot},
        _maybe(timeline(report)),
        _maybe(citation_graph(report)),
    )


def _parts(report: Report) -> defaultdict[UUID | None, list[QuestionEntry]]:
    """The questions that ask for a part of another, by the id of the whole."""
    found: defaultdict[UUID | None, list[QuestionEntry]] = defaultdict(list)
    for question in report.questions:
        found[question.question.subset_of].append(question)
    return found


def _maybe(plot: Plot | None) -> Picture | None:
    return _picture(plot) if plot else None


def _picture(plot: Plot) -> Picture:
    return Picture(
        title=plot.title,
        words=plot.words,
        drawing=Markup(_short(plot.svg)),  # noqa: S704 - drawn by us, its words escaped there
        wide=Markup(_short(plot.wide)),  # noqa: S704 - as above
        columns=plot.columns,
        rows=plot.rows,
    )


_FALLBACK = re.compile(r"(var\(--[a-z-]+), (?:#[0-9a-f]+|[a-z-]+(?:, [a-z-]+)*)\)")


def _short(svg: str) -> str:
    """The drawing without what the style of the page says once for all of them."""
    return _FALLBACK.sub(r"\1)", svg.replace(RIM, ""))
