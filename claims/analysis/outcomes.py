"""What the analysis finds: verdicts on pairs, positions, the two results of a question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from claims.analysis.records import Claim, CrossCheck, Question, Topic
from claims.values.interval import Region
from claims.values.relation import Value


class Relation(StrEnum):
    """How two claims stand to each other."""

    AGREE = "AGREE"
    COMPATIBLE = "COMPATIBLE"
    PARTLY_OVERLAPS = "PARTLY_OVERLAPS"
    CONFLICT_HARD = "CONFLICT_HARD"
    CONFLICT_SOFT = "CONFLICT_SOFT"
    MUTUAL_ACCUSATION = "MUTUAL_ACCUSATION"
    TENSION = "TENSION"
    UNCORROBORATED = "UNCORROBORATED"
    SUPERSEDED = "SUPERSEDED"
    NOT_COMPARABLE = "NOT_COMPARABLE"
    UNCLASSIFIED = "UNCLASSIFIED"
    NO_CONFLICT = "NO_CONFLICT"

    @property
    def disputes(self) -> bool:
        """Whether the pair puts its question in dispute."""
        return self in _DISPUTING


_DISPUTING = frozenset(
    {
        Relation.CONFLICT_HARD,
        Relation.CONFLICT_SOFT,
        Relation.MUTUAL_ACCUSATION,
        Relation.TENSION,
    }
)


class Dispute(StrEnum):
    """The worst conflict on a question, worst first."""

    CONFLICT_HARD = "CONFLICT_HARD"
    CONFLICT_SOFT = "CONFLICT_SOFT"
    MUTUAL_ACCUSATION = "MUTUAL_ACCUSATION"
    TENSION = "TENSION"
    NONE = "NONE"


class Support(StrEnum):
    """The best support of a question, best first; UNCORROBORATED replaces REPEATED and SINGLE."""

    AGREED_INDEPENDENT = "AGREED_INDEPENDENT"
    COMPATIBLE_INDEPENDENT = "COMPATIBLE_INDEPENDENT"
    REPEATED = "REPEATED"
    SINGLE = "SINGLE"
    UNCORROBORATED = "UNCORROBORATED"
    UNANSWERED = "UNANSWERED"


class Independence(StrEnum):
    """Whether two claims count as two origins."""

    INDEPENDENT = "independent"
    POSSIBLY_DEPENDENT = "possibly_dependent"
    SAME_ORIGIN = "same_origin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How claim ``a`` stands to claim ``b``, why, and what that rests on.

    ``otherwise`` is what the relation would be without the ``assumption``; ``computed`` is the
    relation that a person's override replaced; ``common_hard`` and ``common_soft`` are printed
    where the two overlap, and are never averaged.
    """

    a: UUID
    b: UUID
    relation: Relation
    reason: str
    explanation: str
    assumption: str | None = None
    otherwise: Relation | None = None
    independence: Independence = Independence.INDEPENDENT
    common_hard: Region | None = None
    common_soft: Region | None = None
    computed: Relation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A maximal set of claims whose values all overlap each other.

    ``common`` is what they share (soft bounds, hard where there are none), on the axis of the
    question; ``None`` for categories, places and texts, whose shared answer is ``label``.
    ``claims`` holds at most the bound of the report; ``size`` counts them all.
    ``opposed`` says that two parties opposed to each other hold it together.
    """

    claims: tuple[UUID, ...]
    size: int
    origins: int
    origins_if_dependent: int
    common: Region | None
    label: str
    opposed: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader of the two results must know; ``count`` of what, the code says."""

    code: str
    count: int
    explanation: str


@dataclass(frozen=True, slots=True)
class Changed:
    """That a question would have other results under another profile of vague words."""

    profile: str
    dispute: Dispute
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadClaim:
    """A claim with its value read under a profile, and whether it counts.

    ``cluster`` numbers the origin within its question (from 1), the same for claims of one
    origin. ``counts`` is false for what was retracted or superseded: shown, counted no more.
    """

    claim: Claim
    value: Value | None
    cluster: int
    counts: bool
    unnamed: bool
    self_serving: bool = False
    against_interest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """The two results of a question, with all that a report prints of it.

    ``origins`` counts the independent origins of what is asserted or reported;
    ``origins_if_dependent`` the same where every possible dependency is taken to be real.
    ``supported_by`` is the n of AGREED_INDEPENDENT(n) and COMPATIBLE_INDEPENDENT(n).
    ``exact`` is false where a count is a lower bound. ``relations`` holds at most the bound of
    the report, worst first; ``relations_omitted`` counts the others, ``None`` where they were
    never listed (a question too large to compare pair by pair).
    """

    question: Question
    dispute: Dispute
    support: Support
    supported_by: int
    origins: int
    origins_if_dependent: int
    exact: bool
    notes: tuple[Note, ...]
    reasons: tuple[str, ...]
    claims: tuple[ReadClaim, ...]
    positions: tuple[Position, ...]
    positions_omitted: int
    relations: tuple[Verdict, ...]
    relations_omitted: int | None
    changes: tuple[Changed, ...] = ()

    @property
    def status(self) -> str:
        """The headline: the dispute if there is one, else the support."""
        return str(self.support if self.dispute is Dispute.NONE else self.dispute)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResult:
    """The results of every question of a topic, in the order in which they were asked."""

    topic: Topic
    profile: str
    questions: tuple[QuestionResult, ...]
    cross_checks: tuple[CrossCheck, ...]
