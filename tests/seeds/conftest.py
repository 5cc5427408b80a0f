"""The example texts as the analysis sees them, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest

from claims.analysis.assess import assess_topic
from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import QuestionResult, ReadClaim, TopicResult, Verdict
from claims.analysis.records import (
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Opposition,
    Party,
    Passage,
    Place,
    Question,
    Record,
    RelationOverride,
    Snapshot,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Topic,
)
from claims.exchange.hand_coded import HandCoded, read_hand_coded

SEEDS = Path(__file__).parents[2] / "seeds"

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Reading:
    """One hand-coded file, its casefile and the results of its only topic."""

    file: HandCoded
    casefile: Casefile
    result: TopicResult

    def question(self, key: str) -> QuestionResult:
        return next(q for q in self.result.questions if q.question.key == key)

    def id_of(self, key: str) -> UUID:
        return next(claim.id for claim in self.casefile.claims if claim.key == key)

    def claim(self, question: str, key: str) -> ReadClaim:
        held = self.question(question).claims
        return next(read for read in held if read.claim.id == self.id_of(key))

    def verdict(self, question: str, one: str, other: str) -> Verdict:
        """How two claims stand to each other, whichever of them comes first."""
        pair = {self.id_of(one), self.id_of(other)}
        relations = self.question(question).relations
        return next(verdict for verdict in relations if {verdict.a, verdict.b} == pair)

    def notes(self, question: str) -> dict[str, int]:
        return {note.code: note.count for note in self.question(question).notes}

    def chain(self, key: str) -> list[str]:
        claim = next(claim for claim in self.casefile.claims if claim.key == key)
        return [self.casefile.sources[speaker.source].name for speaker in claim.speakers]


def casefile_of(records: Iterable[Record]) -> Casefile:
    """The casefile of records that hold one topic."""
    held = tuple(records)

    def every(kind: type[R]) -> tuple[R, ...]:
        return tuple(record for record in held if isinstance(record, kind))

    def by_id(kind: type[R]) -> dict[UUID, R]:
        return {record.id: record for record in every(kind)}

    (topic,) = every(Topic)
    return Casefile(
        topic=topic,
        questions=every(Question),
        claims=every(Claim),
        sources=by_id(Source),
        documents=by_id(Document),
        snapshots=by_id(Snapshot),
        passages=by_id(Passage),
        parties=by_id(Party),
        terms=by_id(Term),
        places=by_id(Place),
        oppositions=every(Opposition),
        source_relations=every(SourceRelation),
        term_relations=every(TermRelation),
        assessments=every(Assessment),
        overrides=every(RelationOverride),
        cross_checks=every(CrossCheck),
    )


def read_seed(name: str, profile: str = "default@1") -> Reading:
    """Read, check and assess ``seeds/<name>/claims.yaml``."""
    (file,) = read_hand_coded([SEEDS / name / "claims.yaml"])
    casefile = casefile_of(file.records)
    return Reading(file, casefile, assess_topic(casefile, profile=profile))


@pytest.fixture(scope="session")
def villages() -> Reading:
    """The article on the capture of Gushchular and Malibeyli."""
    return read_seed("malibeyli-gushchular")


@pytest.fixture(scope="session")
def flood() -> Reading:
    """The invented flood."""
    return read_seed("flood")
