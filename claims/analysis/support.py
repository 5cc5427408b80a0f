"""How well a question is supported: agreed independently, compatible, repeated, single."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from claims.analysis.origins import Origins
from claims.analysis.outcomes import Relation, Support
from claims.analysis.packing import EXACT_UP_TO
from claims.analysis.pairs import Compared, Pair
from claims.analysis.statements import Statement
from claims.values.kinds import PLACED, RANGED

TRIES = 20
"""So many sets of claims, the largest first, are counted for the best support."""

BEARING = frozenset({Relation.AGREE, Relation.COMPATIBLE, Relation.UNCORROBORATED})
"""The relations that the support of a question depends on; no other bears on it."""


@dataclass(frozen=True, slots=True)
class Supported:
    """The support, its n where origins are independent, and whether n is more than a bound.

    ``claims`` are those that the support rests on, where their origins are independent. The
    support is ``settled`` where fewer claims could not give a better one: every set was counted,
    and counted exactly.
    """

    support: Support
    number: int
    exact: bool
    claims: tuple[UUID, ...] = ()
    settled: bool = True


def find_support(
    statements: Sequence[Statement],
    compared: Compared,
    origins: Origins,
    *,
    enough: int | None = None,
) -> Supported:
    """The best support that the statements which count give to any one answer.

    ``enough`` origins end the search; without it, the largest number is looked for.

    "Agreed" and "compatible" take every possible dependency to be real. What serves its own
    side cannot confirm, so it is left out where anything else affirms.
    """
    affirming = [s for s in statements if s.stance.affirms]
    if not affirming:
        return Supported(Support.UNANSWERED, 0, exact=True)
    able = [s for s in affirming if not self_serving(s)]
    confirming = {s.claim.id for s in able or affirming}
    agreed = _largest(_equal(affirming, confirming), origins, enough)
    if able and agreed.number > 1:
        return replace(agreed, support=Support.AGREED_INDEPENDENT)
    compatible = _largest(_compatible(compared, confirming), origins, enough)
    if able and compatible.number > 1:
        kind = Support.COMPATIBLE_INDEPENDENT
        return replace(compatible, support=kind, settled=agreed.settled)
    settled = agreed.settled and compatible.settled
    if any(p.finding.relation is Relation.UNCORROBORATED for p in compared.pairs):
        return Supported(Support.UNCORROBORATED, 1, exact=True, settled=settled)
    said = _compatible(compared, {s.claim.id for s in affirming})
    repeated = any(len(claims) > 1 for claims in said)
    kind = Support.REPEATED if repeated else Support.SINGLE
    return Supported(kind, 1, exact=True, settled=settled)


def self_serving(statement: Statement) -> bool:
    """Whether a party to the conflict blames somebody else."""
    accused, party = statement.claim.accused, statement.party
    return party is not None and accused is not None and accused != party


def against_interest(statement: Statement) -> bool:
    """Whether a party to the conflict blames itself."""
    return statement.party is not None and statement.claim.accused == statement.party


def _equal(statements: Iterable[Statement], confirming: set[UUID]) -> list[list[UUID]]:
    """The claims that give the very same answer to the very same question."""
    numbers: dict[object, int] = {}
    answers: dict[str, int] = {}
    found: defaultdict[object, list[UUID]] = defaultdict(list)
    for s in statements:
        if s.claim.id not in confirming or s.value is None or says_no_number(s):
            continue
        words = s.value.expression
        if words not in answers:
            answers[words] = numbers.setdefault(_answer(s), len(numbers))
        at = s.claim.as_of if s.question.running_total else None
        found[s.common_class, answers[words], at].append(s.claim.id)
    return list(found.values())


def says_no_number(statement: Statement) -> bool:
    """Whether a value on an axis has no typical reading: "many" said twice agrees on nothing."""
    return statement.soft is None and isinstance(statement.value, RANGED)


def _answer(statement: Statement) -> object:
    """What statements must share to give the very same answer."""
    if isinstance(statement.value, PLACED):
        return statement.value.identity
    return statement.hard, statement.soft


def _compatible(compared: Compared, confirming: set[UUID]) -> list[list[UUID]]:
    """For each answer: the claims that give it, or a wider answer that it lies within."""
    fitting: defaultdict[UUID, list[UUID]] = defaultdict(list)
    by_first = {group[0].claim.id: group for group in compared.groups}
    claims = {
        first: [s.claim.id for s in group if s.claim.id in confirming]
        for first, group in by_first.items()
        if group[0].stance.affirms
    }
    for first, own in claims.items():
        fitting[first].extend(own[:1])
    for pair in compared.pairs:
        a, b = pair.first[0].claim.id, pair.second[0].claim.id
        if a not in claims or b not in claims or not _fits(pair):
            continue
        if a == b:
            fitting[a].extend(claims[a][1:])
            continue
        if pair.finding.narrower != "b":
            fitting[a].extend(claims[b])
        if pair.finding.narrower != "a":
            fitting[b].extend(claims[a])
    return list(fitting.values())


def _fits(pair: Pair) -> bool:
    return pair.finding.relation in {Relation.AGREE, Relation.COMPATIBLE}


def _largest(groups: list[list[UUID]], origins: Origins, enough: int | None) -> Supported:
    """The largest number of origins in any of the groups, the largest groups tried first."""
    best, exact, claims = 0, True, list[UUID]()
    ranked = sorted(groups, key=lambda group: (-len(group), sorted(group)[:1]))
    for tried, group in enumerate(ranked):
        if len(group) <= best or (enough is not None and best >= enough):
            break
        if tried >= TRIES:
            exact = False
            break
        count = origins.count_if_dependent(group)
        if count.number > best:
            best, exact, claims = count.number, count.exact, group
    several = [group for group in groups if len(group) > 1]
    settled = len(several) <= TRIES and all(len(group) <= EXACT_UP_TO for group in several)
    return Supported(Support.SINGLE, best, exact, tuple(claims), settled)
