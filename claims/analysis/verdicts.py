"""The verdicts that a report lists, worst first, with their reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from claims.analysis.casefile import Casefile
from claims.analysis.explain import explain
from claims.analysis.outcomes import Dispute, Relation, Verdict
from claims.analysis.pairs import Compared, Pair
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
    compared: Compared, across: Sequence[Pair], casefile: Casefile, *, most: int
) -> Verdicts:
    """The verdicts on a question: the worst first, one of each kind of pair before the next."""
    pairs = sorted((*compared.pairs, *across), key=_order)
    reasons = {pair.finding.reason: None for pair in pairs if pair.finding.relation.disputes}
    listed = tuple(_verdict(a, b, pair, casefile) for a, b, pair in islice(_listing(pairs), most))
    omitted = sum(pair.number for pair in pairs) - len(listed)
    return Verdicts(worst(compared, across), tuple(reasons), listed, omitted)


def worst(compared: Compared, across: Sequence[Pair]) -> Dispute:
    """The worst dispute on a question."""
    found = {pair.finding.relation for pair in (*compared.pairs, *across)}
    return next((d for d in Dispute if d.value in found), Dispute.NONE)


def _order(pair: Pair) -> tuple[int, str, int, int]:
    rank = _RANK[pair.finding.relation]
    return rank, pair.finding.reason, pair.a.claim.id.int, pair.b.claim.id.int


def _listing(pairs: Sequence[Pair]) -> Iterator[tuple[Statement, Statement, Pair]]:
    """One pair of claims for each pair of groups, then all others, in the same order."""
    for pair in pairs:
        yield pair.a, pair.b, pair
    for pair in pairs:
        yield from ((a, b, pair) for a, b in islice(pair.claims(), 1, None))


def _verdict(a: Statement, b: Statement, pair: Pair, casefile: Casefile) -> Verdict:
    finding = pair.finding
    shared = finding.relation in _SHARE
    return Verdict(
        a=a.claim.id,
        b=b.claim.id,
        relation=finding.relation,
        reason=finding.reason,
        explanation=finding.said or explain(finding, a, b, casefile),
        assumption=finding.assumption,
        otherwise=finding.otherwise,
        independence=a.provenance.beside(b.provenance),
        common_hard=a.hard.intersection(b.hard) if shared and a.hard and b.hard else None,
        common_soft=a.soft.intersection(b.soft) if shared and a.soft and b.soft else None,
        computed=pair.computed.relation if pair.computed else None,
    )


_SHARE = {Relation.PARTLY_OVERLAPS, Relation.COMPATIBLE}
