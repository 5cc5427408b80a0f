"""The rows of a picture: claims that say the same from one origin share a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.analysis.vocabulary import Stance
from claims.report.glossary import STANCES
from claims.report.shape import ClaimEntry, Confidence, Reading, Voice
from claims.report.words import quoted
from claims.values.interval import Region
from claims.values.quantity_data import counted_by_unit

_BELOW = Decimal("-Infinity")
_ABOVE = Decimal("Infinity")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRow:
    """Claims of one origin, one speaker and one reading; ``claims`` is never empty."""

    claims: tuple[ClaimEntry, ...]

    @property
    def first(self) -> ClaimEntry:
        """The claim that speaks for the row."""
        return self.claims[0]

    @property
    def reading(self) -> Reading | None:
        """How its words are read."""
        return self.first.reading

    @property
    def hard(self) -> Region | None:
        """What the words allow."""
        return self.reading.hard if self.reading else None

    @property
    def soft(self) -> Region | None:
        """The typical reading, where it differs from what the words allow."""
        return self.reading.soft if self.reading and self.reading.typical else None

    @property
    def said(self) -> str:
        """The words, each way of saying it once."""
        ways = (claim.reading.said for claim in self.claims if claim.reading)
        return ", ".join(map(quoted, dict.fromkeys(ways)))

    @property
    def who(self) -> str:
        """The origin, and the document that cites it."""
        return speaker(self.first.chain)

    @property
    def tags(self) -> str:
        """The names of its claims within the report."""
        return ", ".join(claim.tag for claim in self.claims)

    @property
    def affirms(self) -> bool:
        """Whether it puts its value forward and still stands."""
        return self.first.counts and self.first.stance.affirms

    @property
    def stance(self) -> str:
        """How it stands to the value, where it does not simply assert it."""
        if not self.first.counts:
            return "withdrawn or superseded, counted no more"
        return "" if self.first.stance.affirms else STANCES[self.first.stance]

    @property
    def confidence(self) -> str:
        """The level that somebody recorded."""
        return level(self.first.confidence)

    @property
    def extent(self) -> bool:
        """Whether a period was filled, rather than some day of it meant."""
        hull = self.hard.hull if self.hard else None
        if hull is None or self.reading is None or hull.lo == hull.hi:
            return False
        return self.reading.edtf is not None and not self.reading.allowed.startswith("some day, ")


def speaker(chain: Sequence[Voice]) -> str:
    """``Memorial, in Encyclopedia``; the origin first."""
    return ", in ".join(voices(chain))


def voices(chain: Sequence[Voice]) -> tuple[str, ...]:
    """The origin and, where it is cited, the voice of the document that cites it."""
    ends = (chain[-1], chain[0])[: len(chain)]
    return tuple(v.name if v.named else f"{v.name} [unnamed]" for v in ends)


def level(confidence: Confidence | None) -> str:
    """``confidence low``; a missing one is said to be missing."""
    return f"confidence {confidence.level}" if confidence else "confidence unassessed"


def rows(claims: Iterable[ClaimEntry]) -> tuple[PlotRow, ...]:
    """The claims in rows: clusters together, from the lowest figure up."""
    alike: dict[object, list[ClaimEntry]] = {}
    for claim in claims:
        alike.setdefault(_alike(claim), []).append(claim)
    found = [PlotRow(claims=tuple(same)) for same in alike.values()]
    lowest: dict[int, tuple[Decimal, ...]] = {}
    for row in found:
        cluster = row.first.origin_number
        lowest[cluster] = min(lowest.get(cluster, _place(row)), _place(row))

    def key(row: PlotRow) -> tuple[object, ...]:
        cluster = row.first.origin_number
        return (lowest[cluster], cluster, _place(row), len(row.first.tag), row.first.tag)

    return tuple(sorted(found, key=key))


def _alike(claim: ClaimEntry) -> object:
    read = claim.reading
    value = (read.hard, read.soft, read.allowed, unit_of(claim)) if read else None
    grade = claim.confidence.level if claim.confidence else None
    voices = tuple((voice.source, voice.name) for voice in claim.chain)
    stance = claim.stance if not claim.stance.affirms else Stance.ASSERTS
    return (claim.origin_number, voices, stance, claim.counts, claim.as_of, value, grade)


def _place(row: PlotRow) -> tuple[Decimal, ...]:
    """Where it begins and ends: the typical reading first, since "about 9" allows 0."""
    found: list[Decimal] = []
    for region in (row.soft or row.hard, row.hard):
        hull = region.hull if region else None
        found.append(_BELOW if hull is None or hull.lo is None else Decimal(hull.lo))
        found.append(_ABOVE if hull is None or hull.hi is None else Decimal(hull.hi))
    return tuple(found)


def unit_of(claim: ClaimEntry) -> str | None:
    """What the claim counts, where its words name it."""
    unit = claim.reading.unit if claim.reading else None
    return counted_by_unit().get(unit, unit) if unit else None


def drawn(row: PlotRow) -> bool:
    """Whether it has a place on the axis: who could not confirm a figure gives none."""
    return row.hard is not None and row.first.stance is not Stance.COULD_NOT_CONFIRM
