"""Who cites whom: each voice on a line, and from who cites a track with arrows to the cited.

The chains of speakers tell it. A drawing of nodes strewn over a plane is unreadable on a phone and
different every time; here names stand in full below each other, and the tracks run beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from claims.analysis.wording import listed, plural
from claims.report.plot_citations import Citation, Citations, citations, ordered
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
COLUMNS = ("citing", "cited", "claims", "number_of_claims", "verbs", "cited_document_held")

_MOST = 60
_TRACKS = 8
_APART = 13
_WIDTH = 336
_NAMED = 3
_LONGEST = 90
_GAP = 9
_TOLD = 12
_DASHES = (None, "7 3", "2 3", "9 3 2 3")
"""Tracks beside each other differ by more than their place."""


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


def citation_graph(report: Report) -> Plot | None:
    """Who cites whom, and which voices count as one origin; ``None`` where nobody cites anybody."""
    found = citations(report)
    order = list(ordered(found))
    if not found.links:
        return None
    shown = order[:_MOST]
    tracks = _tracks(found, shown)
    left = 12 + _APART * (1 + max(tracks.values(), default=0)) + 8
    nodes, bottom = _nodes(found, shown, left)
    body = [*_frames(found, nodes, left), *_lines(found, nodes, tracks, left)]
    body += [_dot(node, left, held=node.voice.source in found.held) for node in nodes.values()]
    body += [block(node.words, left + 12, node.top) for node in nodes.values()]
    legend, height = _legend(bottom + 6, omitted=len(order) - len(shown))
    words = _words(found)
    return Plot(
        svg=picture("plot-graph", TITLE, words, height, *body, *legend),
        title=TITLE,
        words=words,
        columns=COLUMNS,
        rows=tuple(_row(link, found) for link in found.links),
    )


def _tracks(found: Citations, shown: Sequence[UUID]) -> dict[UUID, int]:
    """The track of each voice that cites: short ones next to the names, none over another."""
    place = {voice: index for index, voice in enumerate(shown)}
    spans = []
    for voice in shown:
        ends = [place[link.inner] for link in found.cited(voice) if link.inner in place]
        if ends:
            spans.append((min(place[voice], *ends), max(place[voice], *ends), voice))
    taken: list[list[tuple[int, int]]] = []
    tracks: dict[UUID, int] = {}
    for first, last, voice in sorted(spans, key=lambda s: (s[1] - s[0], s[0])):
        free = (i for i, held in enumerate(taken) if all(b < first or last < a for a, b in held))
        track = next(free, len(taken)) if len(taken) < _TRACKS else next(free, _TRACKS - 1)
        taken += [[]] if track == len(taken) else []
        taken[track].append((first, last))
        tracks[voice] = track
    return tracks


def _nodes(found: Citations, shown: Sequence[UUID], left: float) -> tuple[dict[UUID, _Node], float]:
    nodes: dict[UUID, _Node] = {}
    y = 4.0
    for head, members in groupby(shown, key=lambda voice: found.clusters.get(voice, voice)):
        cluster = tuple(members)
        joined = len(found.cluster(head)) > 1
        y += LEADING + 4 if joined else 0
        for voice in cluster:
            words = tuple(_node_words(found, voice, _WIDTH - left - 20))
            bottom = y + LEADING * len(words)
            nodes[voice] = _Node(voice=found.voices[voice], words=words, top=y, bottom=bottom)
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


def _frames(found: Citations, nodes: Mapping[UUID, _Node], left: float) -> Iterator[str]:
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
            width=f"{_WIDTH - left + 8:g}",
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
    found: Citations, nodes: Mapping[UUID, _Node], tracks: Mapping[UUID, int], left: float
) -> Iterator[str]:
    """From each voice that cites: out to its track, along it, and in to whom it cites."""
    for voice, track in tracks.items():
        x = left - 16 - _APART * track
        look = {"stroke": INK, "stroke_width": 1.3, "stroke_opacity": 0.75}
        dashes = _DASHES[track % len(_DASHES)]
        start = nodes[voice].y + 3
        targets = [nodes[link.inner].y for link in found.cited(voice) if link.inner in nodes]
        steps = "".join(
            f"M{left:g},{start:g} H{x:g} V{y - 2:g} H{left - 8:g} " for y in sorted(targets)
        )
        heads = "".join(f"M{left - 12:g},{y - 6:g} l5,4 l-5,4 " for y in sorted(targets))
        yield path(steps.rstrip(), **look, stroke_dasharray=dashes)
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


def _legend(y: float, *, omitted: int) -> tuple[list[str], float]:
    told = [
        (element("circle", cx=14, r=5, fill=INK), "a document of its own is held"),
        (_ring(None), "only cited: its own document is not held"),
        (_ring("2 2"), "a voice that the text does not name"),
        (path("M2,0 H24 M19,-4 l5,4 l-5,4", stroke_width=1.3), "cites"),
    ]
    parts = []
    for sample, words in told:
        parts.append(element("svg", sample, y=f"{y + 9:g}", overflow="visible"))
        lines = wrapped([Run(words, colour=SOFT, size=SMALL)], _WIDTH - 40)
        parts.append(block(lines, 36, y))
        y += LEADING * len(lines) + 2
    if omitted > 0:
        words = f"Not drawn: {plural(omitted, 'further voice')}; all citations are in the data."
        lines = wrapped([Run(words, size=SMALL)], _WIDTH)
        parts.append(block(lines, 0, y))
        y += LEADING * len(lines)
    return parts, y + 6


def _ring(dashes: str | None) -> str:
    look = {"fill": PAPER, "stroke": INK, "stroke_width": 1.6, "stroke_dasharray": dashes}
    return element("circle", cx=14, r=5, **look)


def _words(found: Citations) -> str:
    told = [
        f"{_name(found.voices[link.outer])} cites {_name(found.voices[link.inner])}"
        f" in {plural(len(link.claims), 'claim')}"
        for link in found.links
    ]
    rest = len(told) - _TOLD
    told = [*told[:_TOLD], *([f"and {plural(rest, 'further citation')} in the data"] * (rest > 0))]
    told += [f"counted as one origin: {names}" for names in _joined(found)][:_TOLD]
    return "; ".join(told) + "."


def _joined(found: Citations) -> Iterator[str]:
    heads = dict.fromkeys(found.clusters.get(voice, voice) for voice in found.voices)
    for cluster in (found.cluster(head) for head in heads):
        if len(cluster) > 1:
            yield listed(_name(found.voices[voice]) for voice in cluster)


def _name(voice: Voice) -> str:
    return clipped(voice.name if voice.named else f"{voice.name} [unnamed]", _LONGEST)


def _row(link: Citation, found: Citations) -> tuple[str, ...]:
    return (
        found.voices[link.outer].name,
        found.voices[link.inner].name,
        ", ".join(claim.tag for claim in link.claims),
        str(len(link.claims)),
        "; ".join(link.verbs),
        "yes" if link.inner in found.held else "no",
    )
