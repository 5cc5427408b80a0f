"""The largest number of claims that draw on nothing in common, two by two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from claims.analysis.voices import Voices

EXACT_UP_TO = 20
"""Connected items of at most this many are packed exactly, more of them by a lower bound."""


class Item(NamedTuple):
    """What one claim draws on, and the ``barred`` members that must not stand beside it.

    Barring is mutual: where one item bars a member of another, that one bars a member of it.
    """

    members: frozenset[str]
    barred: frozenset[str] = frozenset()

    def beside(self, other: Item) -> bool:
        """Whether the two share nothing and do not bar each other."""
        return self.members.isdisjoint(other.members) and self.barred.isdisjoint(other.members)


class Count(NamedTuple):
    """How many; ``exact`` is false where it is a lower bound."""

    number: int
    exact: bool


def most_disjoint(items: Iterable[Item]) -> Count:
    """The largest number of items that can stand beside each other, two by two.

    Items that touch directly or through others are packed together: exactly up to
    :data:`EXACT_UP_TO`, beyond that greedily, the smallest first. The order never matters.
    """
    number, exact = 0, True
    for component in _components(_undominated(set(items))):
        small = len(component) <= EXACT_UP_TO
        number += _exact(component) if small else _greedy(component)
        exact &= small
    return Count(number, exact)


def _undominated(items: set[Item]) -> list[Item]:
    """Without the items that hold the one member of another: taking that one is never worse."""
    free = {member for item in items if not item.barred for member in _only(item)}
    return [item for item in items if _only(item) or free.isdisjoint(item.members)]


def _only(item: Item) -> frozenset[str]:
    """The members of an item that has but one."""
    return item.members if len(item.members) == 1 else frozenset()


def _components(items: list[Item]) -> Collection[list[Item]]:
    held = {member for item in items for member in item.members}
    joined = Voices()
    for barred, members in {item.barred: item.members for item in items if item.barred}.items():
        first = next(iter(members))
        joined.join_all([first, *(barred & held)])
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        joined.join_all(item.members)
    for item in items:
        found[joined.head(next(iter(item.members)))].append(item)
    return found.values()


def _exact(items: list[Item]) -> int:
    """The best of taking the first item, or leaving it."""
    if len(items) <= 1:
        return len(items)
    first, others = items[0], items[1:]
    fitting = [item for item in others if first.beside(item)]
    taken = 1 + _exact(fitting)
    return taken if len(fitting) == len(others) else max(taken, _exact(others))


def _greedy(items: Iterable[Item]) -> int:
    used: set[str] = set()
    barred: set[str] = set()
    number = 0
    for item in sorted(items, key=_order):
        if used.isdisjoint(item.members) and barred.isdisjoint(item.members):
            used |= item.members
            barred |= item.barred
            number += 1
    return number


def _order(item: Item) -> tuple[int, list[str]]:
    return len(item.members), sorted(item.members)
