"""The records of a project: what is typed in or loaded, as frozen data.

One class per entity, the same fields in the tables, the hand-coding files and the reports.
Records refer to each other by ``id`` (a UUID). What is computed (disputes, positions) is never
stored in them. Dates within records are EDTF text; times are aware ``datetime`` in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from claims.analysis.vocabulary import (
    Anchor,
    DateAspect,
    Decision,
    Dependence,
    DocumentStatus,
    Explicitness,
    InquiryOutcome,
    Part,
    RangeBasis,
    Role,
    Scheme,
    Sensitivity,
    SourceKind,
    Stance,
    TermLink,
    Tier,
    TranslationMethod,
    ValueKind,
    WayOfKnowing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: its ``id``, and the author's ``key`` where it came from a file."""

    entity: ClassVar[str]
    immutable: ClassVar[bool] = False

    id: UUID
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """The conventions that hold for everything in one database."""

    entity: ClassVar[str] = "project"

    title: str
    profile: str = "default@1"
    languages: tuple[str, ...] = ("en",)
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor(Record):
    """A person who enters, reviews or reads."""

    entity: ClassVar[str] = "contributor"

    name: str
    role: Role = Role.ENTERER
    clearance: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """An event or a situation that questions are asked about."""

    entity: ClassVar[str] = "topic"

    label: str
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    part_of: UUID | None = None
    dates: str | None = None
    place: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """A coded category; ``scheme`` names the list it belongs to (measure, population, cause …)."""

    entity: ClassVar[str] = "term"

    label: str
    scheme: str | None = None
    broader: UUID | None = None
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRelation(Record):
    """That two categories can both be true (reconcilable), or cannot (exclusive)."""

    entity: ClassVar[str] = "term_relation"

    a: UUID
    b: UUID
    link: TermLink
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A place: gazetteer id, or point (degrees, WGS 84) with its uncertainty in metres."""

    entity: ClassVar[str] = "place"

    name: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gazetteer: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    uncertainty: Decimal | None = None
    part_of: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a question or a claim is about; ``None`` is unstated.

    ``area`` is a Place, ``period`` an EDTF period, every other dimension a Term.
    """

    measure: UUID | None = None
    population: UUID | None = None
    cause: UUID | None = None
    actor: UUID | None = None
    area: UUID | None = None
    period: str | None = None
    count_basis: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Record):
    """The point at issue: one question, of one topic, that claims answer."""

    entity: ClassVar[str] = "question"

    topic: UUID
    text: str
    value_kind: ValueKind
    aspect: DateAspect | None = None
    unit: str | None = None
    exclusive: bool = True
    running_total: bool = False
    subset_of: UUID | None = None
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Record):
    """A party to the conflict."""

    entity: ClassVar[str] = "party"

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposition(Record):
    """That two parties are opposed; on one topic or on all, always or ``during`` a period."""

    entity: ClassVar[str] = "opposition"

    a: UUID
    b: UUID
    topic: UUID | None = None
    during: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A voice: who speaks. Not ``named`` where the text does not say who ("eyewitnesses")."""

    entity: ClassVar[str] = "source"

    name: str
    aliases: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    kind: SourceKind = SourceKind.UNKNOWN
    party: UUID | None = None
    named: bool = True
    way_of_knowing: WayOfKnowing = WayOfKnowing.CANNOT_BE_JUDGED
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRelation(Record):
    """That ``a`` depends on ``b``; ``between`` says what both are, ``source`` or ``document``."""

    entity: ClassVar[str] = "source_relation"

    between: str
    a: UUID
    b: UUID
    kind: Dependence
    topic: UUID | None = None
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A bibliographic item (``csl``: a CSL-JSON item) with its own voice.

    Numbers in ``csl`` are kept as text and what says nothing is dropped; both mean the same there.
    """

    entity: ClassVar[str] = "document"

    csl: Mapping[str, object]
    voice: UUID
    tier: Tier
    language: str
    status: DocumentStatus = DocumentStatus.CURRENT
    licence: str | None = None
    quotation_limit: int | None = None
    sensitivity: Sensitivity = Sensitivity.PUBLIC

    @property
    def title(self) -> str:
        """The title of the item, or its key where it has none."""
        return str(self.csl.get("title") or self.key or self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(Record):
    """Archived bytes of a document, and the text taken from them; ``length`` in code points.

    ``layout_sha256`` names what says where the text's pages and main parts begin and end,
    ``warc_sha256`` the record of the exchange in which the bytes were fetched.
    """

    entity: ClassVar[str] = "snapshot"
    immutable: ClassVar[bool] = True

    document: UUID
    sha256: str
    media_type: str
    text_sha256: str
    extractor: str
    length: int
    captured_at: datetime | None = None
    captured_by: str | None = None
    captured_with: str | None = None
    requested_url: str | None = None
    final_url: str | None = None
    http_status: int | None = None
    layout_sha256: str | None = None
    warc_sha256: str | None = None

    @property
    def kept(self) -> Mapping[str, str]:
        """What the archive keeps of it: by SHA-256, each once, what it is."""
        named = (
            (self.warc_sha256, "record of the fetch"),
            (self.layout_sha256, "layout"),
            (self.text_sha256, "text"),
            (self.sha256, "archived copy"),
        )
        return {sha256: what for sha256, what in named if sha256 is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where in the document, by CSL's kinds of locator (page, paragraph, line, timestamp)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A translation of a passage's words."""

    language: str
    text: str
    translator: str
    method: TranslationMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Record):
    """The citation: words of a document (W3C Web Annotation selectors).

    ``start`` and ``end`` are half-open, in Unicode code points of the snapshot's extracted text.
    """

    entity: ClassVar[str] = "passage"
    immutable: ClassVar[bool] = True

    document: UUID
    snapshot: UUID | None = None
    exact: str
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None
    anchor: Anchor = Anchor.TEXT
    transcript_method: str | None = None
    ocr_confidence: Decimal | None = None
    part: Part = Part.BODY
    locators: tuple[Locator, ...] = ()
    language: str
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One voice in the chain of who says that who says; ``document`` is its own, where held."""

    source: UUID
    verb: str | None = None
    document: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimValue:
    """A value as said, and its parsed expression, from which intervals derive under a profile.

    ``expression`` is the canonical text of the value's kind (for a category or a place, the
    record's UUID); ``inferred`` names parts that the words do not give, each with its basis.
    """

    said: str
    expression: str
    range_basis: RangeBasis | None = None
    counted_by_coder: bool = False
    inferred: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """What a speaker says, through a chain of speakers, about one question.

    ``speakers`` run from the document's own voice (0) to the origin; ``retracted_at`` is when
    the speaker withdrew it; ``supersedes`` names the claim that the same speaker made before.
    """

    entity: ClassVar[str] = "claim"

    document: UUID
    passages: tuple[UUID, ...]
    question: UUID
    stance: Stance
    speakers: tuple[Speaker, ...]
    value: ClaimValue | None = None
    explicitness: Explicitness = Explicitness.STATED
    verb: str | None = None
    hedges: tuple[str, ...] = ()
    as_of: str | None = None
    scope: Scope = Scope()
    accused: UUID | None = None
    supersedes: UUID | None = None
    retracted_at: str | None = None
    retracted_reason: str | None = None
    calendar: str | None = None
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    exposure_basis: str | None = None
    note: str | None = None

    @property
    def origin(self) -> UUID:
        """The source at the end of the chain."""
        return self.speakers[-1].source


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """What somebody thinks of a source or a claim, and why; ``of`` says which of the two."""

    entity: ClassVar[str] = "assessment"
    immutable: ClassVar[bool] = True

    of: str
    target: UUID
    scheme: Scheme
    code: str
    reason: str
    assessed_by: str
    supersedes: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """What somebody other than its enterer decided about a claim as it stood.

    ``claim_hash`` is the content hash of the claim that was looked at: after an edit, the claim
    has another, and awaits a review again. The newest review of a claim holds.
    """

    entity: ClassVar[str] = "review"
    immutable: ClassVar[bool] = True

    claim: UUID
    decision: Decision
    claim_hash: str
    reason: str
    reviewed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheck(Record):
    """An inconsistency between questions that a person noticed."""

    entity: ClassVar[str] = "cross_check"

    topic: UUID
    text: str
    reason: str
    questions: tuple[UUID, ...] = ()
    claims: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry(Record):
    """A search and what came of it: what was looked for, where, by whom, when, with what words.

    Genealogists call one that found nothing a negative search. It denies nothing. ``claims`` are
    those that rest on it: of the stance could_not_confirm. ``looked_on`` is EDTF.
    """

    entity: ClassVar[str] = "inquiry"

    topic: UUID
    question: UUID | None = None
    looked_for: str
    looked_in: str
    looked_by: str
    looked_on: str | None = None
    words: tuple[str, ...] = ()
    source: UUID | None = None
    document: UUID | None = None
    outcome: InquiryOutcome = InquiryOutcome.NOTHING
    claims: tuple[UUID, ...] = ()
    note: str | None = None
    sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationOverride(Record):
    """What a person decided about two claims; the computed relation stays visible.

    ``relation`` replaces the verdict; ``independent`` replaces the label of independence.
    """

    entity: ClassVar[str] = "relation_override"

    a: UUID
    b: UUID
    relation: str | None = None
    independent: bool | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Record):
    """That a finding of an audit check is accepted, by whom, why, and until when (EDTF day)."""

    entity: ClassVar[str] = "waiver"

    check: str
    target: UUID
    reason: str
    granted_by: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Record):
    """That ``merged`` is the same source, question or document (``of``) as ``kept``."""

    entity: ClassVar[str] = "merge"

    of: str
    kept: UUID
    merged: UUID
    reason: str
    undone: bool = False


ENTITIES: tuple[type[Record], ...] = (
    Project,
    Contributor,
    Place,
    Term,
    TermRelation,
    Party,
    Topic,
    Opposition,
    Source,
    SourceRelation,
    Document,
    Snapshot,
    Passage,
    Question,
    Claim,
    Assessment,
    Review,
    CrossCheck,
    Inquiry,
    RelationOverride,
    Waiver,
    Merge,
)
"""Every kind of record, each after the kinds it refers to (except within its own kind)."""

KINDS: Mapping[str, type[Record]] = {kind.entity: kind for kind in ENTITIES}
"""Every kind of record by its name."""
