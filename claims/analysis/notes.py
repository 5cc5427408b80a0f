"""What a reader of the two results of a question must know besides them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claims.analysis.casefile import Casefile
from claims.analysis.origins import Origins
from claims.analysis.outcomes import Note, Position, Relation
from claims.analysis.pairs import Compared, Pair
from claims.analysis.records import Claim
from claims.analysis.statements import Statement
from claims.analysis.support import against_interest, self_serving
from claims.analysis.vocabulary import RangeBasis, Stance
from claims.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Ground:
    """What notes are made from: the statements that count, all claims, and what was found."""

    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    casefile: Casefile
    compared: Compared
    across: tuple[Pair, ...]
    origins: Origins
    positions: tuple[Position, ...]
    positions_omitted: int
    origin_count: int
    origin_count_if_dependent: int
    exact: bool


def notes(ground: Ground) -> tuple[Note, ...]:
    """The notes of a question, in a fixed order; each is left out where it has nothing to say."""
    found = [note for rule in RULES for note in rule(ground)]
    return tuple(note for note in found if note.count)


def not_comparable(ground: Ground) -> Iterable[Note]:
    """Pairs of claims that speak of different things, by the reason."""
    counts: Counter[str] = Counter()
    for pair in ground.compared.pairs:
        if pair.finding.relation is Relation.NOT_COMPARABLE:
            counts[pair.finding.reason] += pair.number
    for reason, number in sorted(counts.items()):
        why = _WHY_NOT.get(reason, f"their {reason.removeprefix('scope_')} differs or is unknown")
        yield Note("NOT_COMPARABLE", number, f"{_pairs(number)} cannot be compared: {why}.")


_WHY_NOT = {
    "unit_of_count": "they count different things, or on different bases",
    "no_number": "a word such as “many” is no number",
    "no_value": "one of them gives no value that the question asks for",
}


def range_unresolved(ground: Ground) -> Iterable[Note]:
    """Ranges of which nobody knows whether sources, times or places differ."""
    number = sum(_range_basis(s) is RangeBasis.UNKNOWN for s in ground.statements)
    yield Note(
        "RANGE_UNRESOLVED",
        number,
        f"{_claims(number)} a range without saying whether its ends are two sources, two times "
        "or two places.",
    )


def _range_basis(statement: Statement) -> RangeBasis | None:
    value = statement.claim.value
    if value is not None and value.range_basis is not None:
        return value.range_basis
    if isinstance(statement.value, Quantity) and statement.value.range_basis is not None:
        return RangeBasis(statement.value.range_basis)
    return None


def by_stance(ground: Ground) -> Iterable[Note]:
    """Who could not confirm, who denies, who doubts."""
    stances = Counter(s.stance for s in ground.statements)
    unconfirmed = stances[Stance.COULD_NOT_CONFIRM]
    yield Note(
        "UNCONFIRMED",
        unconfirmed,
        f"{_claims(unconfirmed, 'says', 'say')} that somebody looked and could not confirm it; "
        "that is neither a denial nor a finding that it is false.",
    )
    denied = stances[Stance.DENIES]
    yield Note("DENIED", denied, f"{_claims(denied, 'denies', 'deny')} it.")
    doubted = stances[Stance.DOUBTS]
    yield Note("DOUBTED", doubted, f"{_claims(doubted, 'doubts', 'doubt')} it.")


def unclassified(ground: Ground) -> Iterable[Note]:
    """Answers of which nobody recorded how they stand to each other."""
    pairs = ground.compared.pairs
    number = sum(p.number for p in pairs if p.finding.relation is Relation.UNCLASSIFIED)
    yield Note(
        "UNCLASSIFIED",
        number,
        f"{_pairs(number)} give answers in different words, and nobody has recorded whether "
        "both can be true.",
    )


def unnamed(ground: Ground) -> Iterable[Note]:
    """Claims whose origin the text does not name."""
    affirming = (s.claim.id for s in ground.statements if s.stance.affirms)
    number = sum(ground.origins.by_claim[claim].unnamed for claim in affirming)
    yield Note(
        "UNNAMED_ORIGIN",
        number,
        f"{_claims(number, 'comes', 'come')} from an origin that the text does not name; it "
        "counts within the document that cites it and never adds an origin.",
    )


def possibly_dependent(ground: Ground) -> Iterable[Note]:
    """Origins that may be one and the same."""
    number = ground.origin_count - ground.origin_count_if_dependent
    yield Note(
        "POSSIBLY_DEPENDENT",
        number,
        f"{ground.origin_count} origins, possibly {ground.origin_count_if_dependent}: some were "
        "read in one document, cite each other, or may depend on each other.",
    )


def divergent_origin(ground: Ground) -> Iterable[Note]:
    """One origin credited with values that conflict."""
    number = sum(_one_origin(pair) for pair in (*ground.compared.pairs, *ground.across))
    yield Note(
        "DIVERGENT_ORIGIN",
        number,
        "One origin is credited with values that conflict; suspect the transcription first.",
    )


def _one_origin(pair: Pair) -> bool:
    if not pair.finding.relation.disputes or pair.finding.relation is Relation.MUTUAL_ACCUSATION:
        return False
    roots = frozenset().union(*(statement.roots for statement in pair.first))
    return any(not roots.isdisjoint(statement.roots) for statement in pair.second)


def parties(ground: Ground) -> Iterable[Note]:
    """Whose interest a claim serves, and where opposed parties agree."""
    serving = sum(s.stance.affirms and self_serving(s) for s in ground.statements)
    yield Note(
        "SELF_SERVING",
        serving,
        f"{_claims(serving, 'blames', 'blame')} another side and cannot confirm anything.",
    )
    against = sum(s.stance.affirms and against_interest(s) for s in ground.statements)
    yield Note(
        "AGAINST_INTEREST",
        against,
        f"{_claims(against, 'goes', 'go')} against the interest of the side that makes it.",
    )
    opposed = sum(position.opposed for position in ground.positions)
    yield Note(
        "OPPOSED_PARTIES_AGREE",
        opposed,
        "Parties that are opposed to each other hold the same position, which is worth more "
        "than agreement between allies.",
    )


def circular(ground: Ground) -> Iterable[Note]:
    """Attributions that run in a circle."""
    number = len(ground.origins.circles)
    yield Note(
        "CIRCULAR_ATTRIBUTION",
        number,
        "Sources attribute what they say to each other in a circle; they count as one origin.",
    )


def counted_no_more(ground: Ground) -> Iterable[Note]:
    """Claims that their speakers withdrew or replaced."""
    retracted = sum(claim.retracted_at is not None for claim in ground.claims)
    yield Note(
        "RETRACTED", retracted, f"{_claims(retracted, 'was', 'were')} withdrawn by the speaker."
    )
    replaced = sum(claim.id in ground.casefile.superseded for claim in ground.claims)
    yield Note(
        "SUPERSEDED",
        replaced,
        f"{_claims(replaced, 'was', 'were')} replaced by a later statement of the same speaker.",
    )


def coding(ground: Ground) -> Iterable[Note]:
    """What the coder added, and what nobody has judged yet."""
    counted = sum(bool(s.claim.value and s.claim.value.counted_by_coder) for s in ground.statements)
    yield Note(
        "COUNTED_BY_CODER",
        counted,
        f"{_claims(counted)} a number that the coder counted; the text lists, but does not count.",
    )
    unassessed = sum(s.claim.id not in ground.casefile.confidence for s in ground.statements)
    yield Note(
        "UNASSESSED",
        unassessed,
        f"{_claims(unassessed, 'has', 'have')} no assessment of confidence yet.",
    )


def bounds(ground: Ground) -> Iterable[Note]:
    """Where the question was too large to compare everything with everything."""
    left_out = ground.compared.left_out
    yield Note(
        "COMPARED_IN_PART",
        left_out,
        f"{left_out} of {left_out + len(ground.compared.groups)} different statements were not "
        "compared one by one; the extremes of every kind were.",
    )
    yield Note(
        "AT_LEAST",
        int(not ground.exact),
        "Too many origins are entangled to count them exactly; their number is a lower bound.",
    )


Rule = Callable[[Ground], Iterable[Note]]

RULES: tuple[Rule, ...] = (
    not_comparable,
    range_unresolved,
    by_stance,
    unclassified,
    unnamed,
    possibly_dependent,
    divergent_origin,
    parties,
    circular,
    counted_no_more,
    coding,
    bounds,
)


def _claims(number: int, one: str = "gives", many: str = "give") -> str:
    return f"1 claim {one}" if number == 1 else f"{number} claims {many}"


def _pairs(number: int) -> str:
    return "1 pair of claims" if number == 1 else f"{number} pairs of claims"
