"""How the claims of a question stand to each other, grouped for reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from claims.analysis.outcomes import Relation, Verdict
from claims.analysis.vocabulary import ValueKind
from claims.analysis.wording import region
from claims.report.glossary import INDEPENDENCE, RELATIONS, reason_words
from claims.report.shape import PairGroup

Key = tuple[Relation, str, str, str | None, Relation | None, Relation | None]

_SUPPORTING = {Relation.AGREE, Relation.COMPATIBLE}


def groups(
    verdicts: Iterable[Verdict], tags: Mapping[UUID, str], kind: ValueKind
) -> tuple[PairGroup, ...]:
    """The verdicts by relation, reason and assumption, in the order in which they come."""
    found: dict[Key, list[Verdict]] = {}
    for verdict in verdicts:
        key = (
            verdict.relation,
            INDEPENDENCE[verdict.independence] if verdict.relation in _SUPPORTING else "",
            verdict.reason,
            verdict.assumption,
            verdict.otherwise,
            verdict.computed,
        )
        found.setdefault(key, []).append(verdict)
    return tuple(_group(key, members, tags, kind) for key, members in found.items())


def _group(
    key: Key, members: list[Verdict], tags: Mapping[UUID, str], kind: ValueKind
) -> PairGroup:
    relation, independence, reason, assumption, otherwise, computed = key
    explanations = dict.fromkeys(_explained(verdict, kind) for verdict in members)
    return PairGroup(
        relation=relation,
        independence=independence,
        heading=RELATIONS[relation],
        reason=reason,
        reason_words=reason_words(reason),
        pairs=tuple(sorted(((tags[v.a], tags[v.b]) for v in members), key=_in_order)),
        explanations=tuple(explanations),
        assumption=assumption,
        otherwise=RELATIONS[otherwise] if otherwise else None,
        computed=RELATIONS[computed] if computed else None,
    )


def _in_order(pair: tuple[str, str]) -> tuple[int, str, int, str]:
    """Tags in the order of the report: ``1b`` before ``1aa`` before ``10a``."""
    return len(pair[0]), pair[0], len(pair[1]), pair[1]


def _explained(verdict: Verdict, kind: ValueKind) -> str:
    if verdict.relation is not Relation.PARTLY_OVERLAPS:
        return verdict.explanation
    return " ".join((verdict.explanation, *_common(verdict, kind)))


def _common(verdict: Verdict, kind: ValueKind) -> Iterable[str]:
    """Both common ranges, side by side: neither is put in place of the other."""
    if verdict.common_hard:
        yield f"The words of both allow: {region(verdict.common_hard, kind)}."
    if verdict.common_soft:
        yield f"Both typical readings, by convention, hold: {region(verdict.common_soft, kind)}."
