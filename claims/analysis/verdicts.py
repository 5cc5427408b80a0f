"""The verdicts that a report lists, worst first, with their reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.explain import explain
from claims.analysis.findings import Finding
from claims.analysis.outcomes import Dispute, Relation, Verdict
from claims.analysis.pairs import Compared, Pair
from claims.analysis.records import RelationOverride
from claims.analysis.statements import Statement

_WORST_FIRST = (
    Relation.CONFLICT_HARD,
    Relation.CONFLICT_SOFT,
    Relation.MUTUAL_ACCUSATION,
    Relation.TENSION,
    Relation.UNCORROBORATED,
    Relation.UNCLASSIFIED,
    Relation.SUPERSEDED,
    Relation.PARTLY_OVERLAPS,
    Relation.NOT_COMPARABLE,
    Relation.COMPATIBLE,
    Relation.NO_CONFLICT,
    Relation.AGREE,
)
_RANK = {relation: rank for rank, relation in enumerate(_WORST_FIRST)}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The dispute, the codes of what it rests on, the listed verdicts and how many are not."""

    dispute: Dispute
    reasons: tuple[str, ...]
    listed: tuple[Verdict, ...]
    omitted: int


def list_verdicts(
    compared: Compared,
    across: Sequence[Pair],
    casefile: Casefile,
    *,
    most: int,
) -> Verdicts:
    """The verdicts on a question: the worst first, one of each kind of pair before the next."""
    decided = _overrides(casefile)
    pairs = sorted((*compared.pairs, *across), key=lambda p: _order(p, decided))
    judged = [(pair, _overridden(pair, decided)) for pair in pairs]
    reasons = {pair.finding.reason: None for pair, relation in judged if relation.disputes}
    listed = tuple(
        _verdict(a, b, pair.finding, decided, casefile)
        for a, b, pair in islice(_listing(pairs), most)
    )
    dispute = worst(compared, across, casefile)
    return Verdicts(dispute, tuple(reasons), listed, sum(p.number for p in pairs) - len(listed))


def worst(compared: Compared, across: Sequence[Pair], casefile: Casefile) -> Dispute:
    """The worst dispute on a question, after what people decided about single pairs."""
    decided = _overrides(casefile)
    found = {_overridden(pair, decided) for pair in (*compared.pairs, *across)}
    return next((d for d in Dispute if d.value in found), Dispute.NONE)


def _overrides(casefile: Casefile) -> Mapping[frozenset[UUID], RelationOverride]:
    ordered = sorted(casefile.overrides, key=lambda override: override.id)
    return {frozenset((o.a, o.b)): o for o in ordered if o.relation is not None}


def _overridden(pair: Pair, decided: Mapping[frozenset[UUID], RelationOverride]) -> Relation:
    """The relation that counts; claims that a person decided about stand in groups of one."""
    if not decided:
        return pair.finding.relation
    override = decided.get(frozenset((pair.a.claim.id, pair.b.claim.id)))
    if override is None or override.relation is None:
        return pair.finding.relation
    return Relation(override.relation)


def _order(
    pair: Pair, decided: Mapping[frozenset[UUID], RelationOverride]
) -> tuple[int, str, int, int]:
    rank = _RANK[_overridden(pair, decided)]
    return rank, pair.finding.reason, pair.a.claim.id.int, pair.b.claim.id.int


def _listing(pairs: Sequence[Pair]) -> Iterator[tuple[Statement, Statement, Pair]]:
    """One pair of claims for each pair of groups, then all others, in the same order."""
    for pair in pairs:
        yield pair.a, pair.b, pair
    for pair in pairs:
        yield from ((a, b, pair) for a, b in islice(pair.claims(), 1, None))


def _verdict(
    a: Statement,
    b: Statement,
    finding: Finding,
    decided: Mapping[frozenset[UUID], RelationOverride],
    casefile: Casefile,
) -> Verdict:
    override = decided.get(frozenset((a.claim.id, b.claim.id)))
    relation = Relation(override.relation) if override and override.relation else finding.relation
    overlap = relation in _SHARE and a.hard is not None and b.hard is not None
    return Verdict(
        a=a.claim.id,
        b=b.claim.id,
        relation=relation,
        reason="override" if override else finding.reason,
        explanation=override.reason if override else explain(finding, a, b, casefile),
        assumption=finding.assumption,
        otherwise=finding.otherwise,
        independence=a.provenance.beside(b.provenance),
        common_hard=a.hard.intersection(b.hard) if overlap and a.hard and b.hard else None,
        common_soft=a.soft.intersection(b.soft) if overlap and a.soft and b.soft else None,
        computed=finding.relation if override else None,
    )


_SHARE = {Relation.PARTLY_OVERLAPS, Relation.COMPATIBLE}
