"""What a report holds: frozen data, computed once, from which every renderer prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from claims.analysis.outcomes import Changed, Dispute, Note, Relation, Support, Verdict
from claims.analysis.records import Document, Locator, Question, Topic
from claims.analysis.vocabulary import Explicitness, RangeBasis, Stance, ValueKind
from claims.report.dependences import Dependency
from claims.report.inquiries import InquiryEntry
from claims.values.interval import Region
from claims.values.profiles import ProfileRow

Only = Literal["all", "conflicts"]
"""Which questions a renderer prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One speaker of a chain, from the document's own voice to the origin."""

    source: UUID
    name: str
    verb: str | None
    named: bool
    document_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document as cited; ``number`` is that of the citation, ``place`` is in words.

    ``translations`` are sentences that say into which language, by whom and how.
    """

    number: int
    exact: str
    start: int | None
    end: int | None
    place: str
    title: str
    translations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a claim says, as said and as read under the profile of the report.

    ``hard`` and ``soft`` are on the axis of the question's kind (whole numbers, parts of one,
    day ordinals, seconds) and ``None`` for the kinds without an axis, whose answer is ``value``.
    ``typical`` is empty where the typical reading adds nothing to ``allowed``.
    """

    said: str
    allowed: str
    typical: str
    hard: Region | None
    soft: Region | None
    edtf: str | None
    earliest: str | None
    latest: str | None
    value: str | bool | None
    unit: str | None
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """A level that somebody recorded, with the reason given."""

    level: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """One claim as printed; ``tag`` names it within the report ("3b": of question 3).

    ``marks`` are short remarks: what was inferred, presupposed, counted by the coder, withdrawn.
    ``origin_number`` is equal for claims of one origin within their question.
    """

    id: UUID
    key: str | None
    tag: str
    question: UUID
    quotes: tuple[Quote, ...]
    chain: tuple[Voice, ...]
    chain_words: str
    stance: Stance
    explicitness: Explicitness
    verb: str | None
    hedges: tuple[str, ...]
    reading: Reading | None
    range_basis: RangeBasis | None
    counted_by_coder: bool
    as_of: str | None
    confidence: Confidence | None
    counts: bool
    unnamed_origin: bool
    origin_number: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionEntry:
    """A set of claims that can all be true together; ``answer`` is what they share, in words."""

    label: str
    claims: tuple[UUID, ...]
    size: int
    origins: int
    origins_if_dependent: int
    origins_words: str
    common: Region | None
    answer: str
    opposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A column of a question: a position, or claims that stand apart from all positions.

    ``claims`` are printed in full; ``brief`` only with their values, since they stand in full
    under the question that the side is from. ``repeated`` are the tags of claims printed on an
    earlier side; ``omitted`` counts claims that the bound of the report leaves out.
    """

    heading: str
    counted: str
    claims: tuple[ClaimEntry, ...]
    brief: tuple[ClaimEntry, ...] = ()
    repeated: tuple[str, ...] = ()
    omitted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PairGroup:
    """Pairs of claims of one relation, with one reason, on one assumption.

    ``independence`` says in words, for claims that agree or are compatible, whether they count
    as two origins; it is empty for the others.
    """

    relation: Relation
    independence: str
    heading: str
    reason: str
    reason_words: str
    pairs: tuple[tuple[str, str], ...]
    explanations: tuple[str, ...]
    assumption: str | None
    otherwise: str | None
    computed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEntry:
    """One question with its two results and everything printed under it."""

    number: int
    question: Question
    subset_of: int | None
    status: str
    dispute: Dispute
    support: Support
    supported_by: int
    headline: str
    support_words: str
    origins: int
    origins_if_dependent: int
    origins_words: str
    exact: bool
    reasons: tuple[str, ...]
    notes: tuple[Note, ...]
    claims: tuple[ClaimEntry, ...]
    positions: tuple[PositionEntry, ...]
    positions_omitted: int
    sides: tuple[Side, ...]
    groups: tuple[PairGroup, ...]
    relations: tuple[Verdict, ...]
    relations_omitted: int | None
    changes: tuple[Changed, ...]
    remarks: tuple[str, ...]

    @property
    def kind(self) -> ValueKind:
        """The kind of its answers."""
        return self.question.value_kind

    @property
    def disputed(self) -> bool:
        """Whether sources conflict on it."""
        return self.dispute is not Dispute.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report; ``also`` are questions printed elsewhere that belong here too."""

    code: str
    title: str
    lead: str
    questions: tuple[QuestionEntry, ...]
    also: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheckEntry:
    """An inconsistency between questions that a person noticed."""

    id: UUID
    key: str | None
    text: str
    reason: str
    questions: tuple[tuple[UUID, int, str], ...]
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageEntry:
    """A numbered citation: a place in a document, and the claims that rest on it."""

    number: int
    id: UUID
    exact: str
    start: int | None
    end: int | None
    place: str
    claims: tuple[str, ...]
    locators: tuple[Locator, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A document as cited, with its cited passages in the order of the text."""

    document: Document
    title: str
    authors: str
    container: str
    date: str
    url: str
    accessed: str
    captured: str
    sha256: str | None
    passages: tuple[PassageEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How many questions have each headline, and what the report rests on.

    ``accepted`` counts the claims that a second person accepted; ``None`` where that is not known.
    """

    questions: int
    claims: int
    documents: int
    unassessed: int
    accepted: int | None
    statuses: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a renderer needs.

    ``head_seq`` and ``head_hash`` say where the change log stood; ``rows`` are the rows of the
    profile that a value of this report was read by. ``as_of`` is the moment of the past that it
    tells of, as it was asked for.
    """

    topic: Topic
    profile: str
    rows: tuple[ProfileRow, ...]
    head_seq: int
    head_hash: str
    generated_at: datetime
    summary: Summary
    sections: tuple[Section, ...]
    questions: tuple[QuestionEntry, ...]
    cross_checks: tuple[CrossCheckEntry, ...]
    inquiries: tuple[InquiryEntry, ...]
    documents: tuple[DocumentEntry, ...]
    not_checked: tuple[str, ...]
    dependences: tuple[Dependency, ...] = ()
    as_of: str | None = None
    only: Only = "all"
