"""What the checks look at: one document with all that rests on it, one question, or all in brief.

Memory stays bounded because the text of one document is held at a time; what must be compared
across documents is kept of each in a :class:`DocumentRow` of a few hundred bytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from claims.analysis.assess import assess_topic
from claims.analysis.casefile import Casefile
from claims.analysis.coverage import Sentence, sentences
from claims.analysis.dependence import Dependences
from claims.analysis.extracted import Stretch
from claims.analysis.origins import find_origins
from claims.analysis.outcomes import QuestionResult
from claims.analysis.pairs import SIGNATURES
from claims.analysis.quote_find import QuoteIndex
from claims.analysis.quote_finding import QuoteFinding
from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Inquiry,
    Party,
    Passage,
    Place,
    Project,
    Question,
    Review,
    Snapshot,
    Source,
    SourceRelation,
    Term,
    Topic,
)
from claims.analysis.statements import Statement
from claims.analysis.survey import Survey
from claims.analysis.vocabulary import Anchor


@dataclass(frozen=True, slots=True)
class HeldText:
    """What is held of one snapshot.

    ``bytes_ok`` says whether the bytes still have their SHA-256; ``None`` where none are held or
    nobody read them. ``altered`` names what has another SHA-256, as :attr:`Snapshot.kept` does,
    ``missing`` what the archive should hold and does not.
    ``text`` is the extracted text, ``None`` where none is held. ``pages`` are empty where the
    document has none, ``times`` where no transcript says when its words were spoken.
    """

    bytes_ok: bool | None = None
    altered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    text: str | None = None
    pages: tuple[Stretch, ...] = ()
    times: tuple[Stretch, ...] = ()


class LinkState(StrEnum):
    """What became of a document's address when somebody last looked.

    ``CHANGED`` shows something else than the archived copy, ``UNREACHABLE`` gave no answer that
    says more and may do so at another time, ``REFUSED`` was not looked at, for a reason of ours.
    """

    ALIVE = "alive"
    MOVED = "moved"
    CHANGED = "changed"
    DEAD = "dead"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Notice:
    """That a publisher retracted or corrected a document: what, when (EDTF), who says so."""

    kind: str
    date: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """Who entered a record, when, and when it was last changed; ``None`` where it is not known."""

    by: str
    at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """The index columns of a claim's value as stored, and the profile that they were derived by.

    ``None`` is an end without a bound, or no value at all.
    """

    profile: str
    hard_lo: float | None = None
    hard_hi: float | None = None
    soft_lo: float | None = None
    soft_hi: float | None = None


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """One document with everything that rests on it: what most checks look at.

    ``claims`` are those read in the document, ``passages`` all of the document's. ``held`` tells
    of each snapshot what the archive holds. ``further`` are passages that only claims cite which
    are not among ``claims``: of another part, or hidden. The mappings hold what the
    claims refer to, and may hold more. ``others`` are documents that a chain of speakers names.
    ``elsewhere`` says of a passage in which other document its quote was found, for those that
    :func:`lost_quotes` named. What was not looked for is ``None``: ``link``, ``record`` (the
    CSL-JSON item of the document's identifier), ``notice``, ``recorded``, ``stored``. ``noticed``
    says whether a list of retractions was read. ``contributors`` is how many people enter and
    assess.
    """

    document: Document
    project: Project | None = None
    snapshots: tuple[Snapshot, ...] = ()
    held: Mapping[UUID, HeldText] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    claims: tuple[Claim, ...] = ()
    further: tuple[Passage, ...] = ()
    questions: Mapping[UUID, Question] = field(default_factory=dict)
    topics: Mapping[UUID, Topic] = field(default_factory=dict)
    sources: Mapping[UUID, Source] = field(default_factory=dict)
    others: Mapping[UUID, Document] = field(default_factory=dict)
    parties: Mapping[UUID, Party] = field(default_factory=dict)
    terms: Mapping[UUID, Term] = field(default_factory=dict)
    places: Mapping[UUID, Place] = field(default_factory=dict)
    assessments: tuple[Assessment, ...] = ()
    reviews: tuple[Review, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    link: LinkState | None = None
    record: Mapping[str, object] | None = None
    noticed: bool = False
    notice: Notice | None = None
    elsewhere: Mapping[UUID, UUID] = field(default_factory=dict)
    recorded: Mapping[UUID, Recorded] | None = None
    stored: Mapping[UUID, Bounds] | None = None
    contributors: int | None = None

    @property
    def profile(self) -> str:
        """The project's profile of vague words."""
        return self.project.profile if self.project else "default@1"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the project works in."""
        return self.project.languages if self.project else ("en",)

    @cached_property
    def passage(self) -> Mapping[UUID, Passage]:
        """The passages by id."""
        return {passage.id: passage for passage in self.passages}

    def text_of(self, passage: Passage) -> str | None:
        """The extracted text that a passage stands in: its snapshot's, else the newest held."""
        if passage.snapshot is not None:
            held = self.held.get(passage.snapshot)
            return held.text if held else None
        texts = (self.held[s.id].text for s in reversed(self.snapshots) if s.id in self.held)
        return next((text for text in texts if text is not None), None)

    @cached_property
    def quote_findings(self) -> Mapping[UUID, QuoteFinding | None]:
        """What is found of each passage's words in its text; ``None`` where none can be looked at.

        Each text is folded once, however many passages stand in it.
        """
        indexes: dict[UUID | None, QuoteIndex | None] = {}
        found: dict[UUID, QuoteFinding | None] = {}
        for passage in self.passages:
            if passage.snapshot not in indexes:
                text = self.text_of(passage)
                indexes[passage.snapshot] = None if text is None else QuoteIndex(text)
            index = indexes[passage.snapshot]
            looked = index is not None and passage.anchor is Anchor.TEXT
            found[passage.id] = _look_for(passage, index) if index and looked else None
        return found

    def sentences_of(self, passage: Passage) -> tuple[Sentence, ...]:
        """The sentences of the text that a passage stands in; each text is split once."""
        if passage.snapshot not in self._sentences:
            self._sentences[passage.snapshot] = sentences(self.text_of(passage) or "")
        return self._sentences[passage.snapshot]

    @cached_property
    def _sentences(self) -> dict[UUID | None, tuple[Sentence, ...]]:
        return {}

    @cached_property
    def live(self) -> tuple[Claim, ...]:
        """The claims that count: neither retracted nor superseded by another of the document."""
        replaced = {claim.supersedes for claim in self.claims}
        return tuple(c for c in self.claims if c.retracted_at is None and c.id not in replaced)

    def quotes(self, claim: Claim) -> tuple[Passage, ...]:
        """The passages that a claim cites, of those that are here."""
        return tuple(self.passage[one] for one in claim.passages if one in self.passage)


def _look_for(passage: Passage, index: QuoteIndex) -> QuoteFinding:
    return index.find(
        passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
        language=passage.language,
    )


@dataclass(frozen=True, kw_only=True)
class QuestionFile:
    """One question with its claims and its result: what checks across documents look at.

    ``casefile`` holds at least the question, its claims and what these refer to, with the
    assessments and overrides of the claims. ``dependences`` are those of the casefile, where
    they are at hand: the questions of one casefile share them.
    """

    casefile: Casefile
    result: QuestionResult
    profile: str = "default@1"
    dependences: Dependences | None = None

    @cached_property
    def survey(self) -> Survey:
        """The statements of the question as the profile reads them."""
        known = self.dependences or Dependences(self.casefile)
        origins = {self.question.id: find_origins(self.claims, known)}
        return Survey(self.casefile, self.profile, origins, signatures=SIGNATURES)

    @cached_property
    def live(self) -> tuple[Statement, ...]:
        """The statements that count: neither retracted nor superseded."""
        return self.survey.live(self.question.id)

    @property
    def question(self) -> Question:
        """The question."""
        return self.result.question

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims on the question, in the order of their ids."""
        return self.casefile.claims_on.get(self.question.id, ())


def question_files(casefile: Casefile, profile: str) -> Iterator[QuestionFile]:
    """One file for each question of a casefile."""
    known = Dependences(casefile)
    for result in assess_topic(casefile, profile=profile).questions:
        yield QuestionFile(casefile=casefile, result=result, profile=profile, dependences=known)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """What is kept of a document to compare it with all others.

    ``item`` is the document with only those parts of its CSL-JSON item that tell it from others;
    ``sketch`` samples the runs of words in its text, or in its quotes where no text is held;
    ``voices`` are all sources that speak in it, ``leans_on`` the documents that its chains of
    speakers name.
    """

    item: Document
    sketch: array[int] = field(default_factory=lambda: array("Q"))
    voices: frozenset[UUID] = frozenset()
    leans_on: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class ProjectFile:
    """All documents in brief, and the sources with how they depend on each other.

    ``assessments`` are those of sources; ``recorded`` tells of sources and their assessments.
    """

    project: Project | None = None
    documents: tuple[DocumentRow, ...] = ()
    sources: tuple[Source, ...] = ()
    relations: tuple[SourceRelation, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    recorded: Mapping[UUID, Recorded] | None = None
    contributors: int | None = None
