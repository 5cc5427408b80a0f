"""How two claims on one question stand to each other.

The steps are tried in order, and the first that has something to say decides:
unit and count basis, stance, mutual accusation, scope, as-of time, value.
"""

from __future__ import annotations

from collections.abc import Callable

from claims.analysis.casefile import Casefile
from claims.analysis.findings import Finding
from claims.analysis.outcomes import Relation
from claims.analysis.part_whole import compare_part
from claims.analysis.scopes import (
    ScopeFinding,
    ScopeRelation,
    compare_scopes,
    count_bases_differ,
)
from claims.analysis.statements import Statement, days_of
from claims.analysis.value_relations import compare_values, falls_short, inside
from claims.analysis.vocabulary import Stance

Step = Callable[[Statement, Statement, Casefile], Finding | None]


def compare(a: Statement, b: Statement, casefile: Casefile) -> Finding:
    """How ``a`` stands to ``b``; both answer the same question.

    Exchanging the two gives the same finding, flipped.
    """
    for step in STEPS:
        found = step(a, b, casefile)
        if found is not None:
            return _with_inherited_scope(found, a, b, casefile)
    return _with_inherited_scope(compare_values(a, b, casefile), a, b, casefile)


def by_unit(a: Statement, b: Statement, casefile: Casefile) -> Finding | None:
    """Families are not people, a share is not a count, and two count bases give two numbers."""
    del casefile
    if a.value is None or b.value is None:
        return None
    if a.unit != b.unit or a.measure != b.measure or count_bases_differ(a, b):
        return Finding(Relation.NOT_COMPARABLE, "unit_of_count")
    return None


def by_stance(a: Statement, b: Statement, casefile: Casefile) -> Finding | None:
    """Who affirms, who denies, who doubts, who looked and could not confirm.

    Silence is no stance: a claim that could not be confirmed is neither denied nor false.
    """
    if a.stance.affirms and b.stance.affirms:
        return None
    if not a.stance.affirms and not b.stance.affirms:
        return Finding(Relation.COMPATIBLE, "not_opposed")
    scope = compare_scopes(a, b, casefile)
    if scope.relation is ScopeRelation.APART:
        return _apart(scope)
    if Stance.COULD_NOT_CONFIRM in {a.stance, b.stance}:
        return Finding(Relation.UNCORROBORATED, "could_not_confirm")
    if scope.relation is not ScopeRelation.EQUAL:
        return _nested(scope, a, b, casefile)
    affirmed, denied = (a, b) if a.stance.affirms else (b, a)
    certainty = inside(affirmed, denied)
    if certainty is None:
        return Finding(Relation.COMPATIBLE, "outside_denial")
    hard = certainty == "hard" and denied.stance is Stance.DENIES
    relation = Relation.CONFLICT_HARD if hard else Relation.CONFLICT_SOFT
    return Finding(relation, "opposite_stance")


def by_accusation(a: Statement, b: Statement, casefile: Casefile) -> Finding | None:
    """Two opposed parties that each blame the other."""
    blamed = a.claim.accused == b.party and b.claim.accused == a.party
    if not blamed or a.party is None or b.party is None:
        return None
    if not opposed(a, b, casefile):
        return None
    return Finding(Relation.MUTUAL_ACCUSATION, "mutual_accusation")


def opposed(a: Statement, b: Statement, casefile: Casefile) -> bool:
    """Whether the parties of the two origins are recorded as opposed on this topic and time."""
    pair = {a.party, b.party}
    if None in pair or len(pair) == 1:
        return False
    topic_days = days_of(casefile.topic.dates)
    for opposition in casefile.oppositions:
        if pair != {opposition.a, opposition.b}:
            continue
        if opposition.topic not in {None, casefile.topic.id}:
            continue
        days = days_of(opposition.during)
        if days is None or topic_days is None or days.overlaps(topic_days):
            return True
    return False


def by_scope(a: Statement, b: Statement, casefile: Casefile) -> Finding | None:
    """Narrower and wider statements; a part may exceed its whole, but never agrees with it."""
    scope = compare_scopes(a, b, casefile)
    if scope.relation is ScopeRelation.EQUAL:
        return None
    if scope.relation is ScopeRelation.APART:
        return _apart(scope)
    return _nested(scope, a, b, casefile)


def by_time(a: Statement, b: Statement, casefile: Casefile) -> Finding | None:
    """A growing toll: a later figure may be higher; a lower one of another origin conflicts."""
    del casefile
    if not a.question.running_total or a.as_of is None or b.as_of is None:
        return None
    if a.as_of.overlaps(b.as_of):
        return None
    earlier, later = (a, b) if a.as_of.hull.end < b.as_of.hull.start else (b, a)
    fall = falls_short(later, earlier)
    if fall is None:
        return Finding(Relation.COMPATIBLE, "as_of")
    if a.roots & b.roots:
        return Finding(Relation.SUPERSEDED, "as_of")
    return Finding(fall, "falling_total")


STEPS: tuple[Step, ...] = (by_unit, by_stance, by_accusation, by_scope, by_time)


def _nested(scope: ScopeFinding, a: Statement, b: Statement, casefile: Casefile) -> Finding:
    """Of two statements, one on a part of what the other is on."""
    compatible = Finding(Relation.COMPATIBLE, "scope", "a")
    if scope.relation is ScopeRelation.SUBSET:
        return compare_part(a, b, casefile) or compatible
    return (compare_part(b, a, casefile) or compatible).flipped


def _apart(scope: ScopeFinding) -> Finding:
    return Finding(Relation.NOT_COMPARABLE, f"scope_{scope.dimension}")


def _with_inherited_scope(
    finding: Finding, a: Statement, b: Statement, casefile: Casefile
) -> Finding:
    """Name what a relation assumes: an unstated scope, or figures of one unstated time."""
    if finding.relation in _ASSUME_NOTHING:
        return finding
    inherited = compare_scopes(a, b, casefile).inherited
    if inherited:
        silent = a if getattr(a.claim.scope, inherited[0]) is None else b
        named = " and ".join(inherited).replace("_", " ")
        sentence = f"“{silent.said}” states no {named}; that of the question is assumed."
        return finding.assuming(sentence, Relation.NOT_COMPARABLE)
    undated = a.question.running_total and (a.as_of is None or b.as_of is None)
    if undated and finding.relation.disputes and finding.reason != "opposite_stance":
        sentence = "Both figures of this running total are taken to be of the same time."
        return finding.assuming(sentence, Relation.COMPATIBLE)
    return finding


_ASSUME_NOTHING = {
    Relation.NOT_COMPARABLE,
    Relation.UNCORROBORATED,
    Relation.MUTUAL_ACCUSATION,
}
