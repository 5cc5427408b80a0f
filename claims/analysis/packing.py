"""The largest number of pairwise disjoint sets: how many claims draw on nothing in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

EXACT_UP_TO = 20
"""Connected sets of at most this many are packed exactly, larger ones by a lower bound."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many; ``exact`` is false where it is a lower bound."""

    number: int
    exact: bool


def most_disjoint(sets: Iterable[frozenset[str]]) -> Count:
    """The largest number of the given sets that share no member, two by two.

    Sets that touch directly or through others are packed together: exactly up to
    :data:`EXACT_UP_TO`, beyond that greedily, the smallest first. The order never matters.
    """
    number, exact = 0, True
    for component in _components(_undominated(set(sets))):
        small = len(component) <= EXACT_UP_TO
        number += _exact(component) if small else _greedy(component)
        exact &= small
    return Count(number, exact)


def _undominated(sets: set[frozenset[str]]) -> list[frozenset[str]]:
    """The sets without those that contain a set of one member: taking that one is never worse."""
    single = {member for group in sets if len(group) == 1 for member in group}
    kept = (s for s in sets if len(s) == 1 or (s and single.isdisjoint(s)))
    return sorted(kept, key=_order)


def _components(sets: list[frozenset[str]]) -> list[list[frozenset[str]]]:
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(sets):
        for member in group:
            holding[member].append(index)
    seen: set[int] = set()
    entered: set[str] = set()
    found: list[list[frozenset[str]]] = []
    for first in range(len(sets)):
        if first in seen:
            continue
        seen.add(first)
        reached, waiting = [], [first]
        while waiting:
            index = waiting.pop()
            reached.append(index)
            for member in sets[index] - entered:
                entered.add(member)
                fresh = [i for i in holding[member] if i not in seen]
                seen.update(fresh)
                waiting.extend(fresh)
        found.append([sets[index] for index in sorted(reached)])
    return found


def _exact(sets: Collection[frozenset[str]]) -> int:
    """The best of taking the first set, or leaving it."""
    rest = sorted(sets, key=_order)
    if len(rest) <= 1:
        return len(rest)
    first, others = rest[0], rest[1:]
    taken = 1 + _exact([group for group in others if first.isdisjoint(group)])
    if taken == len(rest):
        return taken
    return max(taken, _exact(others))


def _greedy(sets: Iterable[frozenset[str]]) -> int:
    used: set[str] = set()
    number = 0
    for group in sets:
        if used.isdisjoint(group):
            used |= group
            number += 1
    return number


def _order(group: frozenset[str]) -> tuple[int, list[str]]:
    return len(group), sorted(group)
