"""The verdicts between the statements on one question, each distinct pair compared once.

Claims of one signature compare alike. Where there are more signatures than :data:`SIGNATURES`,
only representatives are compared, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.compare import compare
from claims.analysis.findings import Finding
from claims.analysis.outcomes import Relation
from claims.analysis.records import RelationOverride
from claims.analysis.representatives import Group, representatives
from claims.analysis.statements import Statement, distinct

SIGNATURES = 120
"""Up to so many different statements, every pair is compared."""


@dataclass(frozen=True)
class Pair:
    """Two groups, or one with itself, and how any statement of one stands to any of the other.

    ``computed`` is the finding that a person's decision about two claims replaced.
    """

    first: Group
    second: Group
    finding: Finding
    computed: Finding | None = None

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
    chosen = representatives(groups, casefile, most)
    alike = [(group, group) for group in chosen if len(group) > 1]
    decided = decisions(casefile)
    pairs = (
        _pair(first, second, compare(first[0], second[first is second], casefile), decided)
        for first, second in (*alike, *combinations(chosen, 2))
    )
    return Compared(tuple(chosen), len(groups) - len(chosen), tuple(pairs))


Decisions = Mapping[frozenset[UUID], RelationOverride]


def decisions(casefile: Casefile) -> Decisions:
    """What people decided about pairs of claims, by the two ids; claims in it stand alone."""
    ordered = sorted(casefile.overrides, key=lambda override: override.id)
    return {frozenset((o.a, o.b)): o for o in ordered if o.relation is not None}


def _pair(first: Group, second: Group, finding: Finding, decided: Decisions) -> Pair:
    """The pair, with what a person decided in place of what was computed."""
    override = decided.get(frozenset((first[0].claim.id, second[0].claim.id))) if decided else None
    if override is None:
        return Pair(first, second, finding)
    said = Finding(Relation(str(override.relation)), "override", said=override.reason)
    return Pair(first, second, said, finding)


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
        finding, computed = pair.finding, pair.computed
        read_anew = id(pair.first) in changed or id(pair.second) in changed
        if computed is None and read_anew:
            finding = compare(first[0], second[first is second], casefile)
        pairs.append(Pair(first, second, finding, computed))
    return Compared(tuple(groups.values()), before.left_out, tuple(pairs))
