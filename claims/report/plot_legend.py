"""The legend of a picture: every sign that it uses, drawn small, with its meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from claims.analysis.vocabulary import Stance
from claims.report.plot_letters import ACCENT, CONFLICT, INK, PAPER, SMALL, SOFT, Run, wrapped
from claims.report.plot_marks import typical_point, typical_stretch
from claims.report.plot_panel import Group
from claims.report.plot_rows import PlotRow
from claims.report.plot_sheet import Sheet
from claims.report.plot_svg import element, path

_INDENT = 50
_MIDDLE = 22
_STOPS = "M4,-6 V6 M38,-6 V6"
_WORDS: Mapping[str, str] = {
    "point": "an exact value",
    "span": "what the words allow",
    "excluded": "ring: this end itself is left out",
    "unbounded": "arrow: no bound on this side",
    "extent": "a period that was filled (else: some day of it)",
    "denied": "denied",
    "doubted": "doubted",
    "gone": "withdrawn or superseded: counted no more",
}


def draw_legend(sheet: Sheet, groups: Sequence[Group]) -> None:
    """The signs that these groups use, and what their positions share."""
    draw_signs(sheet, [row for group in groups for row in group.rows])
    _positions(sheet, groups)


def draw_signs(sheet: Sheet, held: Sequence[PlotRow]) -> None:
    """The signs that these rows use."""
    used = {sign for row in held for sign in _signs(row)}
    samples = _samples()
    for sign, words in _WORDS.items():
        if sign in used and used - {"", "point"}:
            _item(sheet, samples[sign], words)
    for words in dict.fromkeys(filter(None, map(_convention, held))):
        sample = typical_stretch(4, 34, 0) if "typical" in used else ""
        sample += element("svg", typical_point(), x=_MIDDLE, overflow="visible")
        _item(sheet, sample, words)


def _convention(row: PlotRow) -> str:
    """What the typical readings of the picture rest on, as the reading itself says it."""
    if row.soft is None or row.reading is None:
        return ""
    return row.reading.typical.partition(":")[0]


def _signs(row: PlotRow) -> Iterator[str]:
    parts = row.hard.parts if row.hard else ()
    spans = [part for part in parts if part.lo is None or part.lo != part.hi]
    stance = {Stance.DENIES: "denied", Stance.DOUBTS: "doubted"}.get(row.first.stance, "")
    if row.affirms and len(spans) < len(parts):
        yield "point"
    if spans:
        yield "extent" if row.extent else "span"
    if any(part.open_ends for part in spans):
        yield "excluded"
    if any(part.lo is None or part.hi is None for part in spans):
        yield "unbounded"
    yield stance if row.first.counts else "gone"
    if row.soft and any(part.lo != part.hi for part in row.soft.parts):
        yield "typical"


@cache
def _samples() -> Mapping[str, str]:
    across = "M4,0 H38"
    ring = {"r": 5.5, "cx": _MIDDLE, "fill": PAPER, "stroke_width": 2}
    mark = {"x": _MIDDLE, "y": -6, "text_anchor": "middle", "font_weight": 700, "fill": CONFLICT}
    return {
        "point": element("circle", cx=_MIDDLE, r=5.5, fill=INK),
        "span": path(f"{across} {_STOPS}", stroke_width=2),
        "excluded": path(across, stroke_width=2)
        + element("circle", cx=38, r=4, fill=PAPER, stroke=INK, stroke_width=2),
        "unbounded": path(f"{across} M31,-5 L38,0 L31,5", stroke_width=2),
        "extent": path(across, stroke_width=6),
        "denied": element("circle", **ring, stroke=CONFLICT)
        + path("M15,-7 L29,7 M15,7 L29,-7", stroke=CONFLICT, stroke_width=2),
        "doubted": element("circle", **ring, stroke=CONFLICT)
        + element("text", "?", **mark, font_size=13),
        "gone": element("circle", **ring, stroke=SOFT, stroke_dasharray="2 2"),
    }


def _item(sheet: Sheet, sample: str, words: str) -> None:
    here = element("svg", sample, y=f"{sheet.y + 9:g}", overflow="visible")
    sheet.front.append(here)
    room = sheet.size.room - _INDENT
    sheet.write(wrapped([Run(words, colour=SOFT, size=SMALL)], room), _INDENT)
    sheet.y += 2


def _positions(sheet: Sheet, groups: Sequence[Group]) -> None:
    found = [(group, position) for group in groups for position in group.positions]
    if not found:
        return
    sheet.y += 4
    heading = Run("What claims share (no average):", bold=True, size=SMALL)
    sheet.write(wrapped([heading], sheet.size.room))
    for group, position in found:
        of = f" of question {group.question.number}" if len(groups) > 1 else ""
        label = Run(position.label, bold=True, colour=ACCENT, size=SMALL)
        words = f"{of}: {position.answer}; {position.origins_words}"
        sheet.write(wrapped([label, Run(words, colour=SOFT, size=SMALL)], sheet.size.room))
