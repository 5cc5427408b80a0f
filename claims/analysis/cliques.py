"""Maximal sets of mutually overlapping intervals, found by one sweep over their ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.values.interval import Interval, Region


@dataclass(frozen=True, slots=True)
class Clique:
    """What a maximal set of intervals shares, and how much weight lies in it."""

    common: Interval
    weight: int


def cliques(regions: Sequence[tuple[Region, int]]) -> Iterator[Clique]:
    """The maximal cliques of regions, each given with its weight, in rising order.

    A region of several points takes part with each of its points. A clique ends at each end of
    an interval that follows a start: before that end nothing was left out, after it one is
    gone. Chains of overlaps are no cliques: their common range may be empty. n log n.
    """
    events = [
        event
        for region, weight in regions
        for part in region.parts
        for event in ((part.start, 0, part, weight), (part.end, 1, part, weight))
    ]
    events.sort(key=lambda event: (event[0], event[1]))
    weight, last_start = 0, None
    for _, is_end, part, heavy in events:
        if not is_end:
            weight += heavy
            last_start = part
            continue
        if last_start is not None:
            common = Interval(last_start.lo, part.hi, last_start.lo_open, part.hi_open)
            yield Clique(common, weight)
            last_start = None
        weight -= heavy


def paths(nodes: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    """The maximal chains of a hierarchy: each named node below which no other named one lies.

    Nodes come with their ancestors, nearest first; a chain is the node and its named ancestors.
    """
    named = {node for node, _ in nodes}
    above_some = {ancestor for _, above in nodes for ancestor in above}
    for node, above in sorted(nodes):
        if node not in above_some:
            yield (node, *(ancestor for ancestor in above if ancestor in named))
