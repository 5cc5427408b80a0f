"""Which statements are compared where a question holds too many to compare them all.

Those take part that can decide the result: the extremes of every class by hard and by soft
bounds, denials with what lies inside them, falls of a running total, categories of which a
relation is recorded; then those most often said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.statements import Statement
from claims.analysis.value_relations import falls_short, inside
from claims.values.category import Category
from claims.values.interval import Region

Group = tuple[Statement, ...]
"""The statements of one signature, in the order of their claims' ids."""

EXTREMES = 5
"""So many statements at each end of each axis always take part."""


def representatives(groups: Sequence[Group], casefile: Casefile, most: int) -> list[Group]:
    """The groups that can decide the result, at most about ``most``; all where they are few."""
    linked = {
        str(term) for relation in casefile.term_relations for term in (relation.a, relation.b)
    }
    if len(groups) <= most:
        return list(groups)
    chosen: dict[UUID, Group] = {}
    affirming: defaultdict[object, list[Group]] = defaultdict(list)
    for group in groups:
        if group[0].stance.affirms:
            affirming[group[0].common_class].append(group)
        if _names_a_linked_term(group[0], linked):
            chosen.setdefault(group[0].claim.id, group)
    for members in _classes(groups).values():
        rivals = affirming[members[0][0].common_class]
        for group in (*_extremes(members), *_contradicted(members, rivals), *_falls(members)):
            chosen.setdefault(group[0].claim.id, group)
    others = (group for group in groups if group[0].claim.id not in chosen)
    by_size = sorted(others, key=lambda group: (-len(group), group[0].claim.id.int))
    fill = by_size[: max(0, most - len(chosen))]
    return sorted((*chosen.values(), *fill), key=lambda group: group[0].claim.id.int)


def _classes(groups: Sequence[Group]) -> dict[object, list[Group]]:
    found: defaultdict[object, list[Group]] = defaultdict(list)
    for group in groups:
        first = group[0]
        found[first.stance, first.party, first.claim.accused, first.common_class].append(group)
    return found


def _extremes(members: list[Group]) -> Iterable[Group]:
    """The members that reach lowest and highest, by their hard and by their soft bounds."""
    for which in ("hard", "soft"):
        held = [(r, group) for group in members if (r := getattr(group[0], which)) is not None]
        low = sorted(held, key=lambda item: (item[0].hull.end, item[1][0].claim.id.int))
        high = sorted(held, key=lambda item: (_negative(item[0]), item[1][0].claim.id.int))
        yield from (group for _, group in low[:EXTREMES])
        yield from (group for _, group in high[:EXTREMES])


def _names_a_linked_term(statement: Statement, linked: set[str]) -> bool:
    """Whether somebody recorded how the category stands to another that is not above it."""
    value = statement.value
    if not isinstance(value, Category):
        return False
    return not linked.isdisjoint((value.expression, *value.broader))


def _falls(members: list[Group]) -> Iterator[Group]:
    """Running totals below an earlier one of another origin, with that one."""
    dated = [group for group in members if group[0].question.running_total and group[0].as_of]
    highest: list[Group] = []
    found = 0
    for group in sorted(dated, key=_counted_at):
        higher = next((h for h in highest if _fell(group[0], h[0])), None)
        if higher is not None and found < EXTREMES:
            found += 1
            yield from (higher, group)
        highest = sorted((*highest, group), key=_height, reverse=True)[:EXTREMES]


def _counted_at(group: Group) -> tuple[object, int]:
    as_of = group[0].as_of
    return (as_of.hull.end if as_of else 0), group[0].claim.id.int


def _height(group: Group) -> tuple[object, int]:
    hard = group[0].hard
    return (hard.hull.start if hard else (0, 0)), group[0].claim.id.int


def _fell(later: Statement, earlier: Statement) -> bool:
    return later.roots.isdisjoint(earlier.roots) and falls_short(later, earlier) is not None


def _contradicted(members: list[Group], affirming: Sequence[Group]) -> Iterator[Group]:
    """Denials and doubts, and for each one statement that lies in what it denies."""
    if members[0][0].stance.affirms:
        return
    for denied in members[:EXTREMES]:
        hit = {inside(group[0], denied[0]): group for group in affirming}
        yield from (group for certainty, group in hit.items() if certainty is not None)
        yield denied


def _negative(region: Region) -> tuple[object, int]:
    number, side = region.hull.start
    return -number, -side
