"""Who cites whom: each voice on a line, and from who cites a track with arrows to the cited.

The chains of speakers tell it; what somebody recorded about who depends on whom is drawn with it,
dashed. A drawing of nodes strewn over a plane is unreadable on a phone and
different every time; here names stand in full below each other, and the tracks run beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from claims.analysis.wording import plural
from claims.report.dependences import Dependency
from claims.report.plot_citations import Citations, citations, ordered
from claims.report.plot_graph_words import COLUMNS, rows, words
from claims.report.plot_letters import (
    ACCENT,
    INK,
    LEADING,
    PAPER,
    SMALL,
    SOFT,
    Line,
    Run,
    clipped,
    wrapped,
)
from claims.report.plot_shape import Plot
from claims.report.plot_svg import block, element, path, picture
from claims.report.shape import Report, Voice

TITLE = "Who cites whom"

_MOST = 60
_TRACKS = 8
_APART = 13
_NARROW, _WIDE = 336, 620
_NAMED = 3
_LONGEST = 90
_GAP = 9
_DASHES = (None, "2 3", "9 3 2 3")
"""Tracks beside each other differ by more than their place."""

_DASHED = "6 3"
_CITES = {"stroke": INK, "stroke_width": 1.3, "stroke_opacity": 0.75}
_RECORDED = {"stroke": ACCENT, "stroke_width": 1.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """A voice at a height, ``y`` being that of its name; ``bottom`` where its words end."""

    voice: Voice
    words: tuple[Line, ...]
    top: float
    bottom: float

    @property
    def y(self) -> float:
        return self.top + LEADING - 9


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Lines from one voice to others; ``recorded`` where they are no citations."""

    start: UUID
    ends: tuple[UUID, ...]
    recorded: Dependency | None = None


def citation_graph(report: Report) -> Plot | None:
    """Who cites whom, who is recorded to depend on whom, and which voices count as one origin.

    ``None`` where nobody does.
    """
    found = citations(report)
    if not found.links and not any(map(found.depending, found.voices)):
        return None
    told = words(found)
    return Plot(
        svg=_drawing("plot-graph", found, told, _NARROW),
        wide=_drawing("plot-graph-wide", found, told, _WIDE),
        title=TITLE,
        words=told,
        columns=COLUMNS,
        rows=tuple(rows(found)),
    )


def _drawing(identifier: str, found: Citations, told: str, width: float) -> str:
    order = list(ordered(found))
    shown = order[:_MOST]
    tracks = _tracks(list(_bundles(found, shown)), shown)
    left = 12 + _APART * (1 + max(tracks.values(), default=0)) + 8
    nodes, bottom = _nodes(found, shown, left, width)
    body = [*_frames(found, nodes, left, width), *_lines(nodes, tracks, left)]
    body += [_dot(node, left, held=node.voice.source in found.held) for node in nodes.values()]
    body += [block(node.words, left + 12, node.top) for node in nodes.values()]
    dashed = any(bundle.recorded for bundle in tracks)
    legend, height = _legend(bottom + 6, width, dashed=dashed, omitted=len(order) - len(shown))
    return picture(identifier, TITLE, told, height, *body, *legend)


def _bundles(found: Citations, shown: Sequence[UUID]) -> Iterator[_Bundle]:
    """What is drawn: all that a voice cites, and each recorded relation by itself."""
    for voice in shown:
        cited = tuple(link.inner for link in found.cited(voice) if link.inner in shown)
        if cited:
            yield _Bundle(voice, cited)
        yield from (_Bundle(voice, (d.b,), d) for d in found.depending(voice) if d.b in shown)


def _tracks(bundles: Sequence[_Bundle], shown: Sequence[UUID]) -> dict[_Bundle, int]:
    """The track of each bundle: short ones next to the names, none over another."""
    place = {voice: index for index, voice in enumerate(shown)}
    spans = []
    for bundle in bundles:
        stops = [place[voice] for voice in (bundle.start, *bundle.ends)]
        spans.append((min(stops), max(stops), bundle))
    taken: list[list[tuple[int, int]]] = []
    tracks: dict[_Bundle, int] = {}
    for first, last, bundle in sorted(spans, key=lambda s: (s[1] - s[0], s[0])):
        free = (i for i, held in enumerate(taken) if all(b < first or last < a for a, b in held))
        track = next(free, len(taken)) if len(taken) < _TRACKS else next(free, _TRACKS - 1)
        taken += [[]] if track == len(taken) else []
        taken[track].append((first, last))
        tracks[bundle] = track
    return tracks


def _nodes(
    found: Citations, shown: Sequence[UUID], left: float, width: float
) -> tuple[dict[UUID, _Node], float]:
    nodes: dict[UUID, _Node] = {}
    y = 4.0
    for head, members in groupby(shown, key=lambda voice: found.clusters.get(voice, voice)):
        cluster = tuple(members)
        joined = len(found.cluster(head)) > 1
        y += LEADING + 4 if joined else 0
        for voice in cluster:
            lines = tuple(_node_words(found, voice, width - left - 20))
            bottom = y + LEADING * len(lines)
            nodes[voice] = _Node(voice=found.voices[voice], words=lines, top=y, bottom=bottom)
            y = bottom + _GAP
        y += 6 if joined else 0
    return nodes, y


def _node_words(found: Citations, voice: UUID, room: float) -> Iterator[Line]:
    name = found.voices[voice]
    shown = clipped(name.name if name.named else f"{name.name} [unnamed]", _LONGEST)
    yield from wrapped([Run(shown, bold=True, apart=True)], room)
    citing = found.citing(voice)
    told = [(clipped(found.voices[link.outer].name, 40), len(link.claims)) for link in citing]
    if told:
        runs = [Run("cited by ", colour=SOFT, size=SMALL)]
        for place, (who, count) in enumerate(told[:_NAMED]):
            runs += [Run("; ", colour=SOFT, size=SMALL)] if place else []
            runs.append(Run(who, colour=SOFT, size=SMALL, apart=True))
            runs.append(Run(f" in {plural(count, 'claim')}", colour=SOFT, size=SMALL))
        if len(told) > _NAMED:
            runs.append(Run(f"; {len(told) - _NAMED} more", colour=SOFT, size=SMALL))
        yield from wrapped(runs, room)
    cited = len(found.cited(voice))
    if cited:
        yield from wrapped([Run(f"cites {plural(cited, 'voice')}", colour=SOFT, size=SMALL)], room)
    for one in found.depending(voice):
        verb = Run(f"{one.words} ", colour=ACCENT, size=SMALL)
        whom = Run(clipped(found.voices[one.b].name, 40), colour=ACCENT, size=SMALL, apart=True)
        yield from wrapped([verb, whom, Run(", as recorded", colour=ACCENT, size=SMALL)], room)


def _frames(
    found: Citations, nodes: Mapping[UUID, _Node], left: float, width: float
) -> Iterator[str]:
    """A frame around voices that counted as one origin."""
    for head, members in groupby(nodes, key=lambda voice: found.clusters.get(voice, voice)):
        cluster = [nodes[voice] for voice in members]
        if len(found.cluster(head)) == 1:
            continue
        top, bottom = cluster[0].top - LEADING - 2, cluster[-1].bottom + 5
        yield element(
            "rect",
            x=f"{left - 9:g}",
            y=f"{top:g}",
            width=f"{width - left + 8:g}",
            height=f"{bottom - top:g}",
            rx=4,
            fill=ACCENT,
            fill_opacity=0.07,
            stroke=ACCENT,
            stroke_opacity=0.6,
            stroke_dasharray="4 3",
        )
        label = Run("counted as one origin", colour=ACCENT, size=SMALL)
        yield block([(label,)], f"{left + 12:g}", top)


def _lines(
    nodes: Mapping[UUID, _Node], tracks: Mapping[_Bundle, int], left: float
) -> Iterator[str]:
    """From each voice that cites: out to its track, along it, and in to whom it cites."""
    for bundle, track in tracks.items():
        x = left - 16 - _APART * track
        one = bundle.recorded
        look = _RECORDED if one else _CITES
        dashes = _DASHED if one else _DASHES[track % len(_DASHES)]
        start = nodes[bundle.start].y + (6 if one else 3)
        targets = sorted(nodes[voice].y + (3 if one else 0) for voice in bundle.ends)
        steps = "".join(f"M{left:g},{start:g} H{x:g} V{y - 2:g} H{left - 8:g} " for y in targets)
        heads = "".join(f"M{left - 12:g},{y - 6:g} l5,4 l-5,4 " for y in targets)
        yield path(steps.rstrip(), **look, stroke_dasharray=dashes)
        if not (one and one.mutual):
            yield path(heads.rstrip(), **look)


def _dot(node: _Node, left: float, *, held: bool) -> str:
    """Full where a document of its own is held, hollow where it is only cited."""
    dashes = None if node.voice.named else "2 2"
    return element(
        "circle",
        cx=f"{left:g}",
        cy=f"{node.y:g}",
        r=5,
        fill=INK if held else PAPER,
        stroke=INK,
        stroke_width=1.6,
        stroke_dasharray=dashes,
    )


def _legend(y: float, width: float, *, dashed: bool, omitted: int) -> tuple[list[str], float]:
    told = [
        (element("circle", cx=14, r=5, fill=INK), "a document of its own is held"),
        (_ring(None), "only cited: its own document is not held"),
        (_ring("2 2"), "a voice that the text does not name"),
        (path("M2,0 H24 M19,-4 l5,4 l-5,4", stroke_width=1.3), "cites"),
    ]
    if dashed:
        sample = path("M2,0 H24", **_RECORDED, stroke_dasharray=_DASHED)
        told.append((sample, "depends on it, as somebody recorded; the words say how"))
    parts = []
    for sample, meaning in told:
        parts.append(element("svg", sample, y=f"{y + 9:g}", overflow="visible"))
        lines = wrapped([Run(meaning, colour=SOFT, size=SMALL)], width - 40)
        parts.append(block(lines, 36, y))
        y += LEADING * len(lines) + 2
    if omitted > 0:
        note = f"Not drawn: {plural(omitted, 'further voice')}; all citations are in the data."
        lines = wrapped([Run(note, size=SMALL)], width)
        parts.append(block(lines, 0, y))
        y += LEADING * len(lines)
    return parts, y + 6


def _ring(dashes: str | None) -> str:
    look = {"fill": PAPER, "stroke": INK, "stroke_width": 1.6, "stroke_dasharray": dashes}
    return element("circle", cx=14, r=5, **look)
