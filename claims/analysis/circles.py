"""Attributions that run in a circle: A cites B, and B cites A."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from uuid import UUID


def circles(edges: Mapping[UUID, set[UUID]]) -> tuple[tuple[UUID, ...], ...]:
    """The groups of two and more that all reach each other, each sorted, in sorted order."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError:
        pass
    else:
        return ()
    reach = {start: _reached(start, edges) for start in edges}
    found = {
        tuple(sorted(other for other in reach[start] if start in reach.get(other, set())))
        for start in edges
        if start in reach[start]
    }
    return tuple(sorted(found))


def _reached(start: UUID, edges: Mapping[UUID, set[UUID]]) -> set[UUID]:
    seen: set[UUID] = set()
    waiting = list(edges[start])
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(edges.get(current, ()))
    return seen
