"""Two values of one question and one scope: the table of domain.md §4, row by row."""

from __future__ import annotations

from decimal import Decimal

from claims.analysis.casefile import Casefile
from claims.analysis.findings import Finding
from claims.analysis.outcomes import Relation
from claims.analysis.scopes import recorded_link
from claims.analysis.statements import Statement
from claims.analysis.vocabulary import DateAspect, TermLink, ValueKind
from claims.values.category import Category
from claims.values.interval import Number, Region, SetRelation
from claims.values.kinds import PLACED, RANGED
from claims.values.relation import Placed
from claims.values.when import When

ROUND_FROM = 100
"""Only multiples of this count as rounded; 10 v. 8 stays a hard conflict."""


def compare_values(a: Statement, b: Statement, casefile: Casefile) -> Finding:
    """The relation of two values that are said of the same thing."""
    if isinstance(a.value, RANGED) and isinstance(b.value, RANGED):
        found = _ranges(a, b)
    elif isinstance(a.value, Category) and isinstance(b.value, Category):
        found = _categories(a.value, b.value, casefile)
    elif isinstance(a.value, PLACED) and isinstance(b.value, PLACED):
        found = _placed(a.value, b.value)
    else:
        found = Finding(Relation.NOT_COMPARABLE, "no_value")
    rivals = found.relation.disputes or found.relation is Relation.UNCLASSIFIED
    if rivals and not a.question.exclusive:
        return Finding(Relation.NO_CONFLICT, "not_exclusive")
    return found


def _ranges(a: Statement, b: Statement) -> Finding:
    if a.hard is None or b.hard is None:
        return Finding(Relation.NOT_COMPARABLE, "no_value")
    if not a.hard.overlaps(b.hard):
        if differ_by_rounding(a, b):
            return Finding(Relation.CONFLICT_SOFT, "rounding")
        return Finding(Relation.CONFLICT_HARD, "value_disjoint")
    if a.soft is None or b.soft is None:
        return Finding(Relation.NOT_COMPARABLE, "no_number")
    if a.hard == b.hard and a.soft == b.soft:
        return Finding(Relation.AGREE, "same_wording" if is_vague(a) else "equal_value")
    if not a.soft.overlaps(b.soft):
        return Finding(Relation.CONFLICT_SOFT, "typical_range_disjoint")
    return _overlapping(a, b, a.soft.relation(b.soft), a.hard.relation(b.hard))


def _overlapping(a: Statement, b: Statement, soft: SetRelation, hard: SetRelation) -> Finding:
    by = hard if soft is SetRelation.EQUAL else soft
    if by is SetRelation.OVERLAPS:
        return Finding(Relation.PARTLY_OVERLAPS, "overlaps")
    if both_extents(a, b):
        return Finding(Relation.PARTLY_OVERLAPS, "extents_differ")
    reason = "precision" if a.question.value_kind is ValueKind.DATE else "refines"
    narrower = "a" if by is SetRelation.WITHIN else "b"
    return Finding(Relation.COMPATIBLE, reason, narrower)


def both_extents(a: Statement, b: Statement) -> bool:
    """Whether both say how long something lasted: an extent refines nothing."""
    if a.question.aspect is not DateAspect.PERIOD:
        return False
    return all(isinstance(s.value, When) and s.value.nature == "extent" for s in (a, b))


def is_vague(statement: Statement) -> bool:
    """Whether the words leave the value open: allowed and typical readings differ."""
    return statement.hard != statement.soft


def differ_by_rounding(a: Statement, b: Statement) -> bool:
    """Whether two disjoint counts lie within half the granularity of a round one of them.

    The granularity is the largest power of ten that divides a multiple of 100: 1,500 v. 1,497.
    """
    if a.question.value_kind is not ValueKind.COUNT or a.hard is None or b.hard is None:
        return False
    low, high = sorted((a.hard.hull, b.hard.hull), key=lambda hull: hull.start)
    facing = [Decimal(end) for end in (low.hi, high.lo) if end is not None]
    gap = facing[-1] - facing[0]
    return gap > 0 and any(2 * gap < granularity(end) for end in facing)


def granularity(number: Number) -> int:
    """The largest power of ten that divides a multiple of 100; 0 for every other number."""
    if number == 0 or number % ROUND_FROM != 0:
        return 0
    whole, power = int(number), ROUND_FROM
    while whole % (power * 10) == 0:
        power *= 10
    return power


def exceeds(part: Statement, whole: Statement) -> Relation | None:
    """Whether a part is greater than its whole: hard, soft (typically, or by rounding) or not."""
    if _above(part.hard, whole.hard):
        rounded = differ_by_rounding(part, whole)
        return Relation.CONFLICT_SOFT if rounded else Relation.CONFLICT_HARD
    return Relation.CONFLICT_SOFT if _above(part.soft, whole.soft) else None


def falls_short(later: Statement, earlier: Statement) -> Relation | None:
    """Whether a later running total is lower than an earlier one: hard, soft or not."""
    return exceeds(earlier, later)


def _above(a: Region | None, b: Region | None) -> bool:
    return a is not None and b is not None and b.hull.end < a.hull.start


def inside(affirmed: Statement, denied: Statement) -> str | None:
    """Whether what is affirmed lies in what is denied: ``hard``, ``soft`` (typically) or ``None``.

    A denial that carries no value denies whatever answers the question.
    """
    if denied.value is None:
        return "hard"
    if isinstance(affirmed.value, PLACED) and isinstance(denied.value, PLACED):
        stands = affirmed.value.stands_to(denied.value)
        return "hard" if stands in {SetRelation.EQUAL, SetRelation.WITHIN} else None
    if denied.hard is None or affirmed.hard is None:
        return None
    if affirmed.hard.within(denied.hard):
        return "hard"
    typical = affirmed.soft is not None and affirmed.soft.within(denied.hard)
    return "soft" if typical else None


def _categories(a: Category, b: Category, casefile: Casefile) -> Finding:
    stands = a.stands_to(b)
    if stands is SetRelation.EQUAL:
        return Finding(Relation.AGREE, "same_category")
    if stands is not None:
        narrower = "a" if stands is SetRelation.WITHIN else "b"
        return Finding(Relation.COMPATIBLE, "broader_narrower", narrower)
    link = recorded_link((a.expression, *a.broader), (b.expression, *b.broader), casefile)
    if link is TermLink.EXCLUSIVE:
        return Finding(Relation.CONFLICT_HARD, "exclusive_categories")
    if link is TermLink.RECONCILABLE:
        return Finding(Relation.TENSION, "reconcilable_categories")
    return Finding(Relation.UNCLASSIFIED, "no_recorded_relation")


def _placed(a: Placed, b: Placed) -> Finding:
    """Truth values, places and texts, each of which knows how it stands to another."""
    stands = a.stands_to(b)
    if stands is SetRelation.EQUAL:
        return Finding(Relation.AGREE, f"same_{a.kind}")
    if stands is SetRelation.DISJOINT:
        reason = "too_far_apart" if a.kind == "place" else "value_disjoint"
        return Finding(Relation.CONFLICT_HARD, reason)
    if stands is SetRelation.OVERLAPS:
        return Finding(Relation.PARTLY_OVERLAPS, "within_uncertainty")
    if stands is None:
        return Finding(Relation.UNCLASSIFIED, "no_recorded_relation")
    narrower = "a" if stands is SetRelation.WITHIN else "b"
    return Finding(Relation.COMPATIBLE, "part_of", narrower)
