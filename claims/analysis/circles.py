"""Attributions that run in a circle: A cites B, and B cites A."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

Edges = Mapping[UUID, set[UUID]]


def circles(edges: Edges) -> tuple[tuple[UUID, ...], ...]:
    """The groups of two and more that all reach each other, each sorted, in sorted order.

    Two walks through the graph, one along the edges and one against them (Kosaraju's
    algorithm), each in linear time.
    """
    back: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for start, ends in edges.items():
        for end in ends:
            back[end].add(start)
    seen: set[UUID] = set()
    finished = [node for start in edges for node in _walk(start, edges, seen)]
    seen = set()
    groups = (tuple(sorted(_walk(start, back, seen))) for start in reversed(finished))
    return tuple(sorted(group for group in groups if len(group) > 1))


def _walk(start: UUID, edges: Edges, seen: set[UUID]) -> Iterable[UUID]:
    """The nodes not yet seen that are reached from ``start``, each after those it leads to."""
    if start in seen:
        return
    seen.add(start)
    trail = [(start, iter(edges.get(start, ())))]
    while trail:
        node, ends = trail[-1]
        following = next((end for end in ends if end not in seen), None)
        if following is None:
            trail.pop()
            yield node
        else:
            seen.add(following)
            trail.append((following, iter(edges.get(following, ()))))
