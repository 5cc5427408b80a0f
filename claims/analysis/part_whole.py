"""A part and its whole: only conflicts cross from one to the other.

The whole is a question that another is a ``subset_of``, or a claim of wider scope.
"""

from __future__ import annotations

from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.findings import Finding
from claims.analysis.outcomes import Relation
from claims.analysis.scopes import DIMENSIONS, recorded_link, stands
from claims.analysis.statements import Statement
from claims.analysis.value_relations import exceeds, inside
from claims.analysis.vocabulary import DateAspect, Stance, TermLink, ValueKind
from claims.values.category import Category
from claims.values.interval import SetRelation
from claims.values.truth import Truth

_AMOUNTS = {ValueKind.COUNT, ValueKind.DURATION}


def compare_across(part: Statement, whole: Statement, casefile: Casefile) -> Finding | None:
    """The conflict between claims on two questions linked by ``subset_of``, or ``None``.

    That the one is part of the other was declared by a person: the finding assumes it.
    """
    if part.question.value_kind is not whole.question.value_kind or not exclusive(part, whole):
        return None
    if not _still_a_part(part, whole, casefile):
        return None
    found = compare_part(part, whole, casefile)
    if found is None:
        return None
    sentence = f"What “{part.question.text}” asks is part of what “{whole.question.text}” asks."
    return found.assuming(sentence, Relation.NOT_COMPARABLE)


def exclusive(part: Statement, whole: Statement) -> bool:
    """Whether both questions have one true answer only."""
    return part.question.exclusive and whole.question.exclusive


def compare_part(part: Statement, whole: Statement, casefile: Casefile) -> Finding | None:
    """The conflict between a part and its whole, or ``None``."""
    if Stance.COULD_NOT_CONFIRM in {part.stance, whole.stance}:
        return None
    if part.question.value_kind is ValueKind.BOOLEAN:
        return _truths(part, whole)
    if whole.stance.affirms:
        both = part.stance.affirms and exclusive(part, whole)
        return _values(part, whole, casefile) if both else None
    return _denied_whole(part, whole) if part.stance.affirms else None


def _values(part: Statement, whole: Statement, casefile: Casefile) -> Finding | None:
    kind = part.question.value_kind
    if kind in _AMOUNTS:
        return _amounts(part, whole)
    if kind is ValueKind.DATE:
        return _dates(part, whole)
    return _categories(part, whole, casefile)


def _amounts(part: Statement, whole: Statement) -> Finding | None:
    if part.unit != whole.unit or _counted_later(part, whole):
        return None
    if part.scope.count_basis != whole.scope.count_basis:
        return None
    conflict = exceeds(part, whole)
    return Finding(conflict, "subset_exceeds_total", "a") if conflict else None


def _counted_later(part: Statement, whole: Statement) -> bool:
    """A part counted after its whole may have outgrown it."""
    if not whole.question.running_total or part.as_of is None or whole.as_of is None:
        return False
    return whole.as_of.hull.end < part.as_of.hull.start


def _dates(part: Statement, whole: Statement) -> Finding | None:
    if part.hard is None or whole.hard is None or part.hard.overlaps(whole.hard):
        return None
    before = part.hard.hull.end < whole.hard.hull.start
    late_start = whole.question.aspect is DateAspect.START and not before
    early_end = whole.question.aspect is DateAspect.END and before
    if late_start or early_end:
        return None
    return Finding(Relation.CONFLICT_HARD, "outside_whole", "a")


def _denied_whole(part: Statement, whole: Statement) -> Finding | None:
    """Who denies that anybody was killed denies that anybody was killed by shelling."""
    upward = whole.hard is not None and whole.hard.hull.hi is None
    if part.question.value_kind not in _AMOUNTS or (whole.value is not None and not upward):
        return None
    certainty = inside(part, whole)
    if certainty is None:
        return None
    hard = certainty == "hard" and whole.stance is Stance.DENIES
    relation = Relation.CONFLICT_HARD if hard else Relation.CONFLICT_SOFT
    return Finding(relation, "opposite_stance", "a")


_HOLDS_FOR_PARTS = "What is said of the whole is taken to hold for each part of it."


def _truths(part: Statement, whole: Statement) -> Finding | None:
    if _truth(part) == _truth(whole):
        return None
    doubted = Stance.DOUBTS in {part.stance, whole.stance}
    relation = Relation.CONFLICT_SOFT if doubted else Relation.CONFLICT_HARD
    stance_differs = part.stance.affirms != whole.stance.affirms
    reason = "opposite_stance" if stance_differs else "value_disjoint"
    return Finding(relation, reason, "a").assuming(_HOLDS_FOR_PARTS, Relation.COMPATIBLE)


def _truth(statement: Statement) -> bool:
    """What the statement comes to: to deny that it was so is to say that it was not."""
    said = not isinstance(statement.value, Truth) or statement.value.expression == "true"
    return said is statement.stance.affirms


def _categories(part: Statement, whole: Statement, casefile: Casefile) -> Finding | None:
    a, b = part.value, whole.value
    if not isinstance(a, Category) or not isinstance(b, Category) or a.stands_to(b) is not None:
        return None
    link = recorded_link((a.expression, *a.broader), (b.expression, *b.broader), casefile)
    if link is not TermLink.EXCLUSIVE:
        return None
    found = Finding(Relation.CONFLICT_HARD, "exclusive_categories", "a")
    return found.assuming(_HOLDS_FOR_PARTS, Relation.COMPATIBLE)


def _still_a_part(part: Statement, whole: Statement, casefile: Casefile) -> bool:
    """Whether no claim states a scope of its own that breaks the declared link."""
    return all(
        _fits(dimension, part, whole, casefile)
        for dimension in DIMENSIONS
        if getattr(whole.claim.scope, dimension) is not None
    ) and all(
        _narrows(dimension, part, casefile)
        for dimension in DIMENSIONS
        if getattr(part.claim.scope, dimension) is not None
    )


def _fits(dimension: str, part: Statement, whole: Statement, casefile: Casefile) -> bool:
    return _within(getattr(part.scope, dimension), getattr(whole.claim.scope, dimension), casefile)


def _narrows(dimension: str, part: Statement, casefile: Casefile) -> bool:
    asked = getattr(part.question.scope, dimension)
    return asked is None or _within(getattr(part.claim.scope, dimension), asked, casefile)


def _within(inner: UUID | str | None, outer: UUID | str, casefile: Casefile) -> bool:
    return stands(inner, outer, casefile) in {SetRelation.EQUAL, SetRelation.WITHIN}
