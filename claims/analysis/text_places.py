"""Where in a text something stands, as people say it: page, paragraph, line, time.

Lines end with a line break of any system. A paragraph is a run of lines that are not blank. In a
paged document both are counted on each page anew: "page 12, line 5" is what a reader can look up.
A time belongs to the piece of the transcript that was begun last.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import count, zip_longest

from claims.analysis.extracted import Extracted, Stretch
from claims.analysis.records import Locator

ADDRESSED = ("page", "paragraph", "line", "timestamp")
"""The kinds of locator, by their names in CSL, that a place in a text is given by."""

_BREAK = re.compile(r"\r\n|\r|\n")
_TIME = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:[.,]\d+)?")
_DASH = re.compile(r"\s*[-‒–—]\s*")


class Places:
    """The places of one text; made once, it answers as often as it is asked."""

    def __init__(self, extracted: Extracted) -> None:
        """Look where the pages, paragraphs, lines and times of the text begin."""
        text = extracted.text
        parts = extracted.pages or (Stretch(0, len(text)),)
        lines = [tuple(_lines(text, part)) for part in parts]
        self._whole = (Stretch(0, len(text)),)
        self._units = {
            "page": extracted.pages,
            "paragraph": tuple(one for some in lines for one in _paragraphs(text, some)),
            "line": tuple(one for some in lines for one in some),
            "timestamp": extracted.times,
        }
        self._starts = {kind: [unit.start for unit in units] for kind, units in self._units.items()}

    def of(self, start: int) -> tuple[Locator, ...]:
        """The locators of the code point at ``start``; kinds that the text lacks are left out."""
        found = ((kind, self._at(kind, start)) for kind in ADDRESSED)
        return tuple(
            Locator(kind=kind, value=unit.label) for kind, unit in found if unit is not None
        )

    def find(self, locators: Iterable[Locator]) -> tuple[Stretch, ...]:
        """The stretches of the text that fit all of some locators; none if there is no such place.

        Ranges (``12–13``) and lists (``12, 15``) are understood. Locators of other kinds than
        :data:`ADDRESSED` say nothing about the text and are passed over.
        """
        found: tuple[Stretch, ...] = self._whole
        for kind in ADDRESSED:
            for locator in locators if isinstance(locators, tuple) else tuple(locators):
                if locator.kind == kind:
                    fitting = tuple(self._named(kind, locator.value))
                    found = tuple(_common(found, fitting))
        return found

    def _at(self, kind: str, start: int) -> Stretch | None:
        place = bisect_right(self._starts[kind], start)
        return self._units[kind][place - 1] if place else None

    def _named(self, kind: str, value: str) -> Iterator[Stretch]:
        """The units that a locator names, one by one or as ranges.

        Where a first unit occurs more than once (on each page), its range ends before the next.
        """
        for word in value.split(","):
            exact = self._labelled(kind, word.strip())
            first, *rest = _DASH.split(word.strip())
            if exact or len(rest) != 1:
                yield from exact
                continue
            starts, ends = self._labelled(kind, first), self._labelled(kind, rest[0])
            for start, following in zip_longest(starts, starts[1:]):
                within = (one.end for one in ends if one.start >= start.start)
                end = next(within, None)
                if end is not None and (following is None or end < following.start):
                    yield Stretch(start.start, end, word.strip())

    def _labelled(self, kind: str, label: str) -> tuple[Stretch, ...]:
        if kind == "timestamp":
            return self._spoken(label)
        return tuple(unit for unit in self._units[kind] if unit.label == label)

    def _spoken(self, label: str) -> tuple[Stretch, ...]:
        wanted = seconds(label)
        if wanted is None:
            return ()
        begun = [unit for unit in self._units["timestamp"] if (seconds(unit.label) or 0) <= wanted]
        return tuple(begun[-1:])


def seconds(time: str) -> int | None:
    """The whole seconds of a time such as ``1:05`` or ``00:01:05``; None for other words."""
    if (match := _TIME.fullmatch(time.strip())) is None:
        return None
    hours, minutes, rest = match.groups("0")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def _lines(text: str, part: Stretch) -> Iterator[Stretch]:
    """The lines of a part, counted from 1, without their line breaks; the last may be empty."""
    start, number = part.start, count(1)
    while True:
        match = _BREAK.search(text, start, part.end)
        yield Stretch(start, match.start() if match else part.end, str(next(number)))
        if match is None:
            return
        start = match.end()


def _paragraphs(text: str, lines: Iterable[Stretch]) -> Iterator[Stretch]:
    """The runs of lines that are not blank, counted from 1."""
    start = end = None
    number = count(1)
    for line in lines:
        if text[line.start : line.end].strip():
            start, end = line.start if start is None else start, line.end
        elif start is not None and end is not None:
            yield Stretch(start, end, str(next(number)))
            start = None
    if start is not None and end is not None:
        yield Stretch(start, end, str(next(number)))


def _common(some: Iterable[Stretch], others: tuple[Stretch, ...]) -> Iterator[Stretch]:
    """What two lists of stretches have in common; a page without text is a place, too."""
    for one in some:
        for other in others:
            start, end = max(one.start, other.start), min(one.end, other.end)
            if start < end or (start == end and other.start == other.end):
                yield Stretch(start, end, other.label)
