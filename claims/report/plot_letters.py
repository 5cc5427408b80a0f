"""Letters of a picture: how wide they are, about, and where a line of them is broken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

from claims.report.inert import inert, right_to_left

INK = "var(--ink, #1b1f24)"
PAPER = "var(--paper, #ffffff)"
SOFT = "var(--soft, #57606a)"
ACCENT = "var(--accent, #0b5cad)"
CONFLICT = "var(--conflict, #a4161a)"

SIZE, SMALL = 13, 12
"""Sizes of letters, in pixels."""

LEADING = 17
"""From one line of text to the next, in pixels."""

_NARROW, _THIN, _LOWER, _UPPER, _BROAD, _WIDE = 0.33, 0.42, 0.63, 0.74, 0.95, 1.02
"""Widths of kinds of letters, in their size: those of a broad typeface, so that others fit too."""

_BOLD = 1.1
_SLIM = frozenset("iljI|.,:;'!’‘“”() ")
ACROSS = 310
"""How many pixels wide the place for a drawing is on the narrowest page."""

_APART = 8
_HANGING = frozenset(",;:.")
"""Signs that begin no line: they may hang over the end of the one before."""

_KEPT = 2048
"""So many broken texts are kept: legends and names come again under every question."""

_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_PIECES = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look within a line; ``apart`` for a name or words that come from outside."""

    text: str
    bold: bool = False
    colour: str = INK
    struck: bool = False
    size: int = SIZE
    apart: bool = False

    def saying(self, text: str) -> Run:
        """Other letters of the same look."""
        return Run(text, self.bold, self.colour, self.struck, self.size, self.apart)

    def alike(self, other: Run) -> bool:
        """Whether the two have the same look."""
        return self.saying("") == other.saying("")


Line = tuple[Run, ...]


def safe(text: str) -> str:
    """The text as XML can hold it, on one line, unable to reorder its surroundings."""
    return _NO_CHARACTER.sub(lambda found: f"‹U+{ord(found[0]):04X}›", inert(text))


def width_of(text: str, size: int = SIZE, *, bold: bool = False) -> float:
    """About how wide the text is in pixels; rather too wide than too narrow."""
    return size * (_BOLD if bold else 1) * sum(map(_width, text))


@cache
def _width(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    if character in _SLIM:
        return _NARROW
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return _WIDE
    if character in "rtf-":
        return _THIN
    if character in "mwMW%@—→…":
        return _BROAD
    other_script = character > "\u036f" and not right_to_left(character)
    return _UPPER if character.isupper() or other_script else _LOWER


def wrapped(runs: Iterable[Run], width: float) -> list[Line]:
    """The runs broken into lines of at most this many pixels, between words where there are any."""
    return list(_wrapped(tuple(runs), width))


@lru_cache(_KEPT)
def _wrapped(runs: Line, width: float) -> tuple[Line, ...]:
    lines: list[list[Run]] = [[]]
    room = width
    for run, text in _pieces(runs, width):
        if _extent(run, text.rstrip()) > room and lines[-1] and text.rstrip() not in _HANGING:
            lines.append([])
            room = width
        room -= _extent(run, text)
        _add(lines[-1], run, text)
    return tuple(tuple(line) for line in lines if line)


def _add(line: list[Run], run: Run, text: str) -> None:
    """Letters at the end of a line, joined to those before them that look the same."""
    if line and line[-1].alike(run):
        text = line.pop().text + text
    line.append(run.saying(text))


def _extent(run: Run, text: str) -> float:
    return width_of(text, run.size, bold=run.bold)


def _pieces(runs: Iterable[Run], width: float) -> Iterator[tuple[Run, str]]:
    for run in runs:
        for word in _PIECES.findall(safe(run.text)):
            for part in _parts(word, width, run):
                yield run, part


def _parts(word: str, width: float, run: Run) -> Iterator[str]:
    """A word that is longer than a line, in parts; a script without blanks is broken anywhere."""
    if _extent(run, word) <= width and not _unspaced(word):
        yield word
        return
    part = ""
    for character in word:
        joins = unicodedata.combining(character) or character == "\u200d"
        if part and not joins and (_unspaced(part) or _extent(run, part + character) > width):
            yield part
            part = ""
        part += character
    yield part


def _unspaced(text: str) -> bool:
    return unicodedata.east_asian_width(text[0]) in {"W", "F"}


def clipped(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis; whole letters with their accents."""
    if len(text) <= limit:
        return text
    cut = limit - 1
    while cut > 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return text[:cut].rstrip() + "…"


def anchored(words: str, place: Decimal) -> tuple[str, float, float]:
    """How words under a place along the width are aligned, and where they begin and end.

    In pixels of the narrowest page: near a border they are kept inside it.
    """
    here, wide = float(place) * ACROSS / 100, width_of(words, SMALL)
    if here < wide / 2:
        return "start", here, here + wide
    if here > ACROSS - wide / 2:
        return "end", here - wide, here
    return "middle", here - wide / 2, here + wide / 2


def clear(labels: Iterable[tuple[str, Decimal]]) -> bool:
    """Whether words under places along the width, from left to right, leave room between them."""
    spans = [anchored(words, place)[1:] for words, place in labels if words]
    return all(end + _APART <= start for (_, end), (start, _) in pairwise(spans))
