"""How the scopes of two statements stand to each other, and what had to be assumed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.reading import ancestors
from claims.analysis.records import Scope
from claims.analysis.statements import Statement, days_of
from claims.analysis.vocabulary import TermLink
from claims.values.category import by_path
from claims.values.interval import SetRelation

DIMENSIONS = tuple(f.name for f in fields(Scope) if f.name != "count_basis")
"""What a scope says, in the order in which differences are named."""


class ScopeRelation(StrEnum):
    """How the scope of one statement stands to that of another."""

    EQUAL = "equal"
    SUBSET = "subset"
    SUPERSET = "superset"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class ScopeFinding:
    """The relation; the dimension that keeps the two apart; dimensions that one left unstated."""

    relation: ScopeRelation
    dimension: str | None = None
    inherited: tuple[str, ...] = ()


EQUAL_SCOPE = ScopeFinding(ScopeRelation.EQUAL)


def compare_scopes(a: Statement, b: Statement, casefile: Casefile) -> ScopeFinding:
    """The scopes of two statements on one question, dimension by dimension.

    A dimension that a claim leaves unstated is taken from the question, which is an assumption
    where the other claim states it. All equal: equal; all equal or narrower: subset; anything
    else (overlapping, disjoint, unknown) keeps the two apart.
    """
    if a.claim.scope == b.claim.scope:
        return EQUAL_SCOPE
    found: set[SetRelation] = set()
    inherited: list[str] = []
    for dimension in DIMENSIONS:
        relation = stands(getattr(a.scope, dimension), getattr(b.scope, dimension), casefile)
        if relation not in {SetRelation.EQUAL, SetRelation.WITHIN, SetRelation.CONTAINS}:
            return ScopeFinding(ScopeRelation.APART, dimension)
        found.add(relation)
        if found >= {SetRelation.WITHIN, SetRelation.CONTAINS}:
            return ScopeFinding(ScopeRelation.APART, dimension)
        if _stated(dimension, a) != _stated(dimension, b):
            inherited.append(dimension)
    if SetRelation.WITHIN in found:
        return ScopeFinding(ScopeRelation.SUBSET, None, tuple(inherited))
    if SetRelation.CONTAINS in found:
        return ScopeFinding(ScopeRelation.SUPERSET, None, tuple(inherited))
    return ScopeFinding(ScopeRelation.EQUAL, None, tuple(inherited))


def count_bases_differ(a: Statement, b: Statement) -> bool:
    """Whether the two count on different bases (villages by administration, by common name)."""
    return a.scope.count_basis != b.scope.count_basis


def _stated(dimension: str, statement: Statement) -> bool:
    return getattr(statement.claim.scope, dimension) is not None


def stands(
    mine: UUID | str | None, other: UUID | str | None, casefile: Casefile
) -> SetRelation | None:
    """How two entries of one dimension stand: periods by their days, all else by hierarchy.

    ``None`` where one is unstated or nothing is recorded of the two.
    """
    if mine == other:
        return SetRelation.EQUAL
    if mine is None or other is None:
        return None
    if isinstance(mine, str) or isinstance(other, str):
        first, second = days_of(str(mine)), days_of(str(other))
        return first.relation(second) if first and second else None
    return _related(mine, other, casefile)


def _related(a: UUID, b: UUID, casefile: Casefile) -> SetRelation | None:
    held = casefile.places if a in casefile.places else casefile.terms
    above_a = tuple(str(i) for i in ancestors(a, held))
    above_b = tuple(str(i) for i in ancestors(b, held))
    return by_path(str(a), above_a, str(b), above_b)


def recorded_link(
    path_a: tuple[str, ...], path_b: tuple[str, ...], casefile: Casefile
) -> TermLink | None:
    """What a person recorded about two categories, or about a broader one of each.

    Exclusive prevails where both are recorded.
    """
    links = {
        relation.link
        for relation in casefile.term_relations
        if _joins(str(relation.a), str(relation.b), path_a, path_b)
    }
    if TermLink.EXCLUSIVE in links:
        return TermLink.EXCLUSIVE
    return TermLink.RECONCILABLE if links else None


def _joins(a: str, b: str, path_a: tuple[str, ...], path_b: tuple[str, ...]) -> bool:
    return (a in path_a and b in path_b) or (b in path_a and a in path_b)
