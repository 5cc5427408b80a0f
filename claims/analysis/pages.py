"""On which page words stand, or at which time they are spoken: what a citation should say."""

from __future__ import annotations

from claims.analysis.records import Locator
from claims.analysis.text_places import Places

KINDS = frozenset({"page", "timestamp"})
"""What a reader looks up; lines and paragraphs are counted otherwise by every program."""


def locators_of(start: int, end: int, places: Places) -> tuple[Locator, ...]:
    """The page of some words, ``12``, or their pages, ``12–13``; likewise of times.

    Args:
        start: where the words begin, in code points of the text.
        end: where they end; half-open, and behind ``start``.
        places: the places of the text; one without pages and times has nothing to say.
    """
    last = {one.kind: one.value for one in places.of(end - 1)}
    found = ((one.kind, one.value, last[one.kind]) for one in places.of(start))
    return tuple(
        Locator(kind=kind, value=first if first == until else f"{first}–{until}")
        for kind, first, until in found
        if kind in KINDS
    )
