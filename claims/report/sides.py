"""The sides of a question: its positions, and the claims that stand apart from all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import Position, QuestionResult, ReadClaim
from claims.analysis.vocabulary import Stance, ValueKind
from claims.analysis.wording import plural, region
from claims.report.shape import ClaimEntry, PositionEntry, Side
from claims.report.words import letters, origins, quoted

LISTED = 20
"""How many claims a side lists in full; the side says how many it leaves out."""

_NO_PLACE = "In no position"
_HEADINGS = {
    Stance.DENIES: "Denied",
    Stance.DOUBTS: "Doubted",
    Stance.COULD_NOT_CONFIRM: "Looked, could not confirm (no denial)",
}
_GONE = "Withdrawn or superseded: shown, counted no more"
_ORDER = (_NO_PLACE, *_HEADINGS.values(), _GONE)


def reading_order(result: QuestionResult, casefile: Casefile) -> list[ReadClaim]:
    """The claims as the report tells them: position by position, then what stands apart.

    Within each, in the order of the text.
    """
    rank: dict[UUID, int] = {}
    for place, position in enumerate(result.positions):
        for claim in position.claims:
            rank.setdefault(claim, place)

    def key(read: ReadClaim) -> tuple[int, int, str, int, UUID]:
        document, start = _place(read, casefile)
        place = rank.get(read.claim.id, len(result.positions))
        return (place, _ORDER.index(_apart(read)), document, start, read.claim.id)

    return sorted(result.claims, key=key)


def _place(read: ReadClaim, casefile: Casefile) -> tuple[str, int]:
    passages = (casefile.passages.get(passage) for passage in read.claim.passages)
    start = next((found.start for found in passages if found and found.start is not None), 0)
    return casefile.documents[read.claim.document].title, start


def position_entries(
    result: QuestionResult, entries: Mapping[UUID, ClaimEntry]
) -> tuple[PositionEntry, ...]:
    """The positions with their letters and their answers in words."""
    return tuple(
        _position(position, letters(place).upper(), result, entries)
        for place, position in enumerate(result.positions)
    )


def _position(
    position: Position, label: str, result: QuestionResult, entries: Mapping[UUID, ClaimEntry]
) -> PositionEntry:
    words = origins(
        position.origins,
        position.origins_if_dependent,
        position.size,
        exact=result.exact,
        as_one=True,
    )
    return PositionEntry(
        label=label,
        claims=position.claims,
        size=position.size,
        origins=position.origins,
        origins_if_dependent=position.origins_if_dependent,
        origins_words=words,
        common=position.common,
        answer=_answer(position, result.question.value_kind, entries),
        opposed=position.opposed,
    )


def _answer(position: Position, kind: ValueKind, entries: Mapping[UUID, ClaimEntry]) -> str:
    """What the claims share; said to be a convention where no claim's own words say just that."""
    if position.common is None:
        return position.label
    readings = (entries[claim].reading for claim in position.claims)
    sharp = any(reading and reading.hard == position.common for reading in readings)
    return region(position.common, kind) + ("" if sharp else ", by convention")


def sides(
    result: QuestionResult,
    positions: Sequence[PositionEntry],
    entries: Mapping[UUID, ClaimEntry],
    linked: Iterable[Side],
) -> tuple[Side, ...]:
    """All sides as the report orders them; ``linked`` are those of other questions."""
    told: set[UUID] = set()
    found = [_side(position, entries, told) for position in positions]
    found += _standing_apart(result, entries)
    return (*found, *linked)


def _side(position: PositionEntry, entries: Mapping[UUID, ClaimEntry], told: set[UUID]) -> Side:
    """Positions may share claims: each claim is printed in full once, then by its tag."""
    held = sorted((entries[claim] for claim in position.claims), key=_by_tag)
    fresh = [claim for claim in held if claim.id not in told]
    again = [claim.tag for claim in held if claim.id in told]
    told.update(claim.id for claim in fresh)
    opposed = "; held by opposed parties alike" if position.opposed else ""
    return Side(
        heading=f"{position.label} · {position.answer}",
        counted=position.origins_words + opposed,
        claims=tuple(fresh),
        repeated=tuple(again),
        omitted=position.size - len(position.claims),
    )


def _standing_apart(result: QuestionResult, entries: Mapping[UUID, ClaimEntry]) -> Iterator[Side]:
    placed = {claim for position in result.positions for claim in position.claims}
    apart: dict[str, list[ReadClaim]] = {heading: [] for heading in _ORDER}
    for read in result.claims:
        if read.claim.id not in placed:
            apart[_apart(read)].append(read)
    for heading, reads in apart.items():
        if reads and not (heading == _NO_PLACE and _cut(result)):
            ordered = sorted((entries[read.claim.id] for read in reads), key=_by_tag)
            yield _bounded(heading, plural(len(reads), "claim"), ordered)


def _cut(result: QuestionResult) -> bool:
    """Whether the bound left claims out of the positions: those are counted there already."""
    short = any(position.size > len(position.claims) for position in result.positions)
    return short or result.positions_omitted > 0


def _apart(read: ReadClaim) -> str:
    if not read.counts:
        return _GONE
    return _HEADINGS.get(read.claim.stance, _NO_PLACE)


def _by_tag(claim: ClaimEntry) -> tuple[int, str]:
    return len(claim.tag), claim.tag


def _bounded(heading: str, counted: str, claims: Sequence[ClaimEntry]) -> Side:
    return Side(
        heading=heading,
        counted=counted,
        claims=tuple(claims[:LISTED]),
        omitted=max(0, len(claims) - LISTED),
    )


def linked_sides(
    result: QuestionResult,
    entries: Mapping[UUID, ClaimEntry],
    numbers: Mapping[UUID, int],
    casefile: Casefile,
) -> Iterator[Side]:
    """The claims of other questions that conflict with one of this question, by question.

    Those of an earlier question are printed in brief: a reader has met them there.
    """
    here = numbers[result.question.id]
    for question, claims in _linked(result, entries).items():
        number = numbers[question]
        ordered = sorted(claims.values(), key=_by_tag)
        asked = quoted(casefile.question[question].text)
        side = _bounded(f"From question {number}", asked, ordered)
        if number < here:
            side = replace(side, claims=(), brief=side.claims, counted="printed in full there")
        yield side


def _linked(
    result: QuestionResult, entries: Mapping[UUID, ClaimEntry]
) -> dict[UUID, dict[UUID, ClaimEntry]]:
    found: dict[UUID, dict[UUID, ClaimEntry]] = {}
    for verdict in result.relations:
        for claim in (verdict.a, verdict.b):
            entry = entries.get(claim)
            if verdict.relation.disputes and entry and entry.question != result.question.id:
                found.setdefault(entry.question, {})[claim] = entry
    return found
