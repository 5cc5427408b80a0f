"""The verdicts between the statements on one question, each distinct pair compared once.

Claims of one signature compare alike. Where there are more signatures than :data:`SIGNATURES`,
those are compared that can decide the result: the extremes of every class, every stance and
every accusation, then those most often said. The report states when that was so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.compare import compare
from claims.analysis.findings import Finding
from claims.analysis.statements import Statement, distinct
from claims.analysis.value_relations import inside
from claims.values.interval import Region

SIGNATURES = 120
"""Up to so many different statements, every pair is compared."""

EXTREMES = 5
"""So many statements at each end of each axis always take part."""


Group = tuple[Statement, ...]
"""The statements of one signature, in the order of their claims' ids."""


@dataclass(frozen=True)
class Pair:
    """Two groups, or one with itself, and how any statement of one stands to any of the other."""

    first: Group
    second: Group
    finding: Finding

    @property
    def a(self) -> Statement:
        """A statement of the first group."""
        return self.first[0]

    @property
    def b(self) -> Statement:
        """Another statement, of the second group."""
        return self.second[1 if self.first is self.second else 0]

    @property
    def number(self) -> int:
        """How many pairs of claims it stands for."""
        size = len(self.first)
        return size * (size - 1) // 2 if self.first is self.second else size * len(self.second)

    def claims(self) -> Iterator[tuple[Statement, Statement]]:
        """Every pair of claims that it stands for."""
        if self.first is self.second:
            return combinations(self.first, 2)
        return product(self.first, self.second)


@dataclass(frozen=True)
class Compared:
    """The statements of a question by signature, and the findings between signatures.

    ``groups`` holds the statements of each signature that took part; ``left_out`` counts the
    signatures that did not; ``pairs`` holds each unordered pair once, and each signature that
    more than one claim shares against itself.
    """

    groups: tuple[Group, ...]
    left_out: int
    pairs: tuple[Pair, ...]


def compare_all(
    statements: Iterable[Statement], casefile: Casefile, *, most: int = SIGNATURES
) -> Compared:
    """Compare every two statements that differ, and those that say the same with each other."""
    overridden = frozenset(c for o in casefile.overrides for c in (o.a, o.b))
    groups = [tuple(group) for group in distinct(statements, overridden).values()]
    chosen = representatives(groups, most)
    alike = [(group, group) for group in chosen if len(group) > 1]
    pairs = (
        Pair(first, second, compare(first[0], second[first is second], casefile))
        for first, second in (*alike, *combinations(chosen, 2))
    )
    return Compared(tuple(chosen), len(groups) - len(chosen), tuple(pairs))


def compare_again(before: Compared, read: Mapping[UUID, Statement], casefile: Casefile) -> Compared:
    """The same comparison with values read under another profile.

    ``read`` holds the claims anew. Only pairs of which a value reads differently are compared.
    """
    groups = {id(group): tuple(read[s.claim.id] for s in group) for group in before.groups}
    changed = {
        key
        for group, (key, new) in zip(before.groups, groups.items(), strict=True)
        if (group[0].hard, group[0].soft) != (new[0].hard, new[0].soft)
    }
    pairs = []
    for pair in before.pairs:
        first, second = groups[id(pair.first)], groups[id(pair.second)]
        finding = pair.finding
        if id(pair.first) in changed or id(pair.second) in changed:
            finding = compare(first[0], second[first is second], casefile)
        pairs.append(Pair(first, second, finding))
    return Compared(tuple(groups.values()), before.left_out, tuple(pairs))


def representatives(groups: Sequence[Group], most: int) -> list[Group]:
    """The groups that can decide the result, at most about ``most``; all where they are few."""
    if len(groups) <= most:
        return list(groups)
    chosen: dict[UUID, Group] = {}
    affirming: defaultdict[object, list[Group]] = defaultdict(list)
    for group in groups:
        if group[0].stance.affirms:
            affirming[group[0].common_class].append(group)
    for members in _classes(groups).values():
        rivals = affirming[members[0][0].common_class]
        for group in (*_extremes(members), *_contradicted(members, rivals)):
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
