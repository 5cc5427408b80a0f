"""Checks of where a quote is said to stand: page, line, time."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from claims.analysis.audit.case import Dossier, HeldText
from claims.analysis.audit.defects import of_passage
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.extracted import Stretch
from claims.analysis.records import Locator, Passage

_PAGED = ("page", "number-of-pages", "ISBN", "volume")
"""What a document with pages says of itself."""

_RANGE = re.compile(r"\s*(?:[-–—]|to)\s*")
_OFF = Decimal(10)
"""So many seconds a time may be off, also behind the beginning of the last words; ours."""

_CLOCK = re.compile(r"(?:(?:(\d{1,6}):)?(\d{1,6}):)?(\d{1,9}(?:\.\d{1,6})?)")

Told = Iterator[Defect | Unseen]


def locator_wrong(dossier: Dossier) -> Told:
    """A quote does not say where it stands, or it stands somewhere else.

    A reader with the book in hand needs the page. A page beyond the last one, a line that holds
    other words or a minute after the end of a recording shows that the quote was taken from
    another edition, or from memory.

    What to do: look the quote up and correct the locator. A quote that is anchored in an
    archived text needs none, and neither does one of a web page.

    Limits: pages are compared with the pages of the archived copy, else with the item's `page`
    or `number-of-pages`; lines with those of the page in the extracted text, or of all of it where
    the copy has no pages; times with those of an archived transcript, and may be 10 seconds off
    (ours: subtitles say when words begin, people when they heard them). Other locators (section,
    table, figure) are not looked at.
    """
    for passage in dossier.passages:
        if passage.locators:
            for locator in passage.locators:
                yield from _checked(dossier, passage, locator)
        elif passage.start is None and not _is_page_of_the_web(dossier):
            yield Defect(
                of_passage(passage),
                found="no page, line or time, and no place in an archived text",
                expected="where in the document the quote stands",
                fix="Give a locator, such as the page.",
            )


def _is_page_of_the_web(dossier: Dossier) -> bool:
    """Whether a document is read at an address and has no pages, so that its words are searched."""
    csl = dossier.document.csl
    return bool(csl.get("URL")) and not any(csl.get(name) for name in _PAGED)


def _checked(dossier: Dossier, passage: Passage, locator: Locator) -> Told:
    if locator.kind == "page":
        yield from _page(dossier, passage, locator.value)
    elif locator.kind == "line":
        yield from _line(dossier, passage, locator.value)
    elif locator.kind == "timestamp":
        yield from _time(dossier, passage, locator.value)


def _held(dossier: Dossier, passage: Passage) -> HeldText:
    return dossier.held.get(passage.snapshot, HeldText()) if passage.snapshot else HeldText()


def _page(dossier: Dossier, passage: Passage, value: str) -> Told:
    pages = _held(dossier, passage).pages
    if pages:
        yield from _page_of_copy(pages, passage, value)
        return
    first, last = _printed(dossier)
    if last is None:
        yield Unseen("passage", 1, "it is not known which pages the document has")
        return
    beyond = [n for n in _numbers(value) if not first <= n <= last]
    if beyond:
        yield _outside(passage, f"page {value}", f"a page from {first} to {last}")


def _printed(dossier: Dossier) -> tuple[int, int | None]:
    """The first and the last page that the bibliographic item gives."""
    csl = dossier.document.csl
    ends = _numbers(str(csl.get("page") or ""))
    if len(ends) > 1:
        return min(ends), max(ends)
    count = _numbers(str(csl.get("number-of-pages") or ""))
    return 1, count[0] if count else None


def _page_of_copy(pages: tuple[Stretch, ...], passage: Passage, value: str) -> Told:
    """A page by its printed label, or by its number from 1 where none is printed."""
    labels = [page.label.strip() or str(number) for number, page in enumerate(pages, 1)]
    wanted = [part for part in _RANGE.split(value.strip()) if part]
    places = [_place(labels, part) for part in wanted]
    told = [place for place in places if place is not None]
    if not told or len(told) < len(places):
        yield _outside(passage, f"page {value}", f"a page from {labels[0]} to {labels[-1]}")
        return
    if passage.start is None:
        return
    here = next((n for n, page in enumerate(pages) if page.start <= passage.start < page.end), None)
    if here is not None and not min(told) <= here <= max(told):
        yield _elsewhere(passage, f"page {value}", f"page {labels[here]}", ("page", labels[here]))


def _place(labels: list[str], wanted: str) -> int | None:
    return labels.index(wanted) if wanted in labels else None


def _line(dossier: Dossier, passage: Passage, value: str) -> Told:
    text = dossier.text_of(passage)
    numbers = _numbers(value)
    if text is None:
        yield Unseen("passage", 1, "no archived text is held to count its lines")
        return
    pages = _pages_of(passage, _held(dossier, passage).pages or (Stretch(0, len(text)),))
    most = max((_line_at(text, page, page.end) for page in pages), default=0)
    if not numbers or not pages:
        return
    if max(numbers) > most:
        yield _outside(passage, f"line {value}", f"a line from 1 to {most}")
    elif passage.start is not None and passage.end is not None:
        ends = (passage.start, min(passage.end, pages[0].end) - 1)
        first, last = (_line_at(text, pages[0], at) for at in ends)
        if not (first <= max(numbers) and min(numbers) <= last):
            yield _elsewhere(passage, f"line {value}", f"line {first}", ("line", str(first)))


def _pages_of(passage: Passage, pages: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The page on which a quote begins, or all where its place is not known."""
    at = passage.start
    return tuple(page for page in pages if at is None or page.start <= at < page.end)


def _line_at(text: str, page: Stretch, at: int) -> int:
    """The line that a place in the text is in; each page counts its lines from 1."""
    breaks = _breaks(text)
    return bisect_left(breaks, at) - bisect_left(breaks, page.start) + 1


@lru_cache(maxsize=1)
def _breaks(text: str) -> array[int]:
    """Where the lines of the text that was looked at last end."""
    return array("Q", (match.start() for match in re.finditer("\r\n|\r|\n", text)))


def _time(dossier: Dossier, passage: Passage, value: str) -> Told:
    pieces = _held(dossier, passage).times
    begins = [_seconds(piece.label) or Decimal(0) for piece in pieces]
    given = [_seconds(part) for part in _RANGE.split(value.strip())]
    wanted = [time for time in given if time is not None]
    if not begins:
        yield Unseen("passage", 1, "no archived transcript says when its words were spoken")
    elif len(wanted) < len(given):
        yield _outside(passage, f"the time {value}", "a time such as 1:02:03")
    elif max(wanted) > max(begins) + _OFF:
        last = pieces[begins.index(max(begins))].label
        yield _outside(passage, f"the time {value}", f"a time up to {last}, when the last begin")
    elif here := _spoken(passage, pieces):
        first, after = here[0], here[-1] + 1
        until = begins[after] if after < len(begins) else max(begins)
        if max(wanted) < begins[first] - _OFF or min(wanted) > max(until, begins[first]) + _OFF:
            right = pieces[first].label
            yield _elsewhere(passage, f"the time {value}", right, ("timestamp", right))


def _spoken(passage: Passage, pieces: tuple[Stretch, ...]) -> list[int]:
    """Which pieces of a transcript a quote stands in; none where its place is not known."""
    if passage.start is None or passage.end is None:
        return []
    ends = (passage.start, passage.end)
    return [n for n, one in enumerate(pieces) if one.start < ends[1] and ends[0] < one.end]


def _seconds(clock: str) -> Decimal | None:
    match = _CLOCK.fullmatch(clock)
    if match is None:
        return None
    hours, minutes, rest = match.groups()
    return Decimal(hours or 0) * 3600 + Decimal(minutes or 0) * 60 + Decimal(rest)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,9}", text)]


def _outside(passage: Passage, found: str, expected: str) -> Defect:
    return Defect(
        of_passage(passage),
        found=f"{found}, which the document does not have",
        expected=expected,
        fix="Look the quote up again and correct its locator.",
    )


def _elsewhere(passage: Passage, found: str, expected: str, right: tuple[str, str]) -> Defect:
    kind, value = right
    kept = [f"{one.kind} {one.value}" for one in passage.locators if one.kind != kind]
    return Defect(
        of_passage(passage),
        found=f"{found}, where other words stand",
        expected=f"{expected}, where the quote stands",
        fix=f"Correct the locator to {kind} {value}.",
        change=("locators", (*kept, f"{kind} {value}")),
    )
