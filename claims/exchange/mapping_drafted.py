"""A claim of a row before its id is known, and what comes with it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from claims.analysis.records import Claim, ClaimValue, Passage, Question
from claims.analysis.vocabulary import Scheme, Stance
from claims.exchange.mapping_sources import Rest, Voice


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade that a row gives to its claims."""

    scheme: Scheme
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What becomes a claim of a row, and what comes with it.

    ``own`` is the key that tells it apart, unless another row has the same.
    """

    row: int
    column: int
    own: str
    question: Question
    stance: Stance
    value: ClaimValue | None
    voice: Voice
    rest: Rest
    as_of: str | None
    passage: Passage
    grades: tuple[Grade, ...]

    @property
    def content(self) -> tuple[object, ...]:
        """What two rows that cite the same words must share to say the same."""
        said = (self.value.said, self.value.expression) if self.value else None
        return (said, self.stance, self.rest, self.grades)

    def claim(self, id_: UUID, key: str, passage: UUID) -> Claim:
        """The claim under an id and a key, with the id of its passage."""
        rest, voice = self.rest, self.voice
        unnamed = self.stance is Stance.ASSERTS and not voice.named
        return Claim(
            id=id_,
            key=key,
            document=voice.document,
            passages=(passage,),
            question=self.question.id,
            stance=Stance.REPORTS if unnamed else self.stance,
            speakers=voice.speakers,
            value=self.value,
            explicitness=rest.explicitness,
            verb=rest.verb,
            hedges=rest.hedges,
            as_of=self.as_of,
            accused=rest.accused,
            sensitivity=rest.sensitivity,
            note=voice.noted(rest.note),
        )
