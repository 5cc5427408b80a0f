"""The closed lists of the field: every word that a record may use for a kind, a stance, a grade."""

from __future__ import annotations

from enum import StrEnum


class ValueKind(StrEnum):
    """What an answer to a question looks like."""

    COUNT = "count"
    PROPORTION = "proportion"
    BOOLEAN = "boolean"
    CATEGORY = "category"
    DATE = "date"
    DURATION = "duration"
    PLACE = "place"
    TEXT = "text"


class DateAspect(StrEnum):
    """Which part of an event a question about a date asks for."""

    START = "start"
    END = "end"
    MOMENT = "moment"
    PERIOD = "period"


class Stance(StrEnum):
    """How the last identified speaker stands to the value.

    ``reports`` where the origin is unnamed or the speaker merely passes on what was said.
    """

    ASSERTS = "asserts"
    REPORTS = "reports"
    DENIES = "denies"
    DOUBTS = "doubts"
    COULD_NOT_CONFIRM = "could_not_confirm"

    @property
    def affirms(self) -> bool:
        """Whether the claim puts its value forward; only such claims count as origins."""
        return self in {Stance.ASSERTS, Stance.REPORTS}


class Explicitness(StrEnum):
    """How plainly the passage says it."""

    STATED = "stated"
    PRESUPPOSED = "presupposed"
    IMPLIED = "implied"


class SourceKind(StrEnum):
    """What kind of voice a source is."""

    NGO = "ngo"
    NEWSPAPER = "newspaper"
    BELLIGERENT = "belligerent"
    WITNESS = "witness"
    STATE = "state"
    IGO = "igo"
    COURT = "court"
    ENCYCLOPEDIA = "encyclopedia"
    ACADEMIC = "academic"
    DATASET = "dataset"
    UNKNOWN = "unknown"


class WayOfKnowing(StrEnum):
    """How a source came to know what it says."""

    WITNESSED = "witnessed"
    TOLD = "told"
    DEDUCED = "deduced"
    INDUCED = "induced"
    CANNOT_BE_JUDGED = "cannot_be_judged"


class Tier(StrEnum):
    """How far a document stands from the event."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"


class DocumentStatus(StrEnum):
    """Whether its publisher still stands by a document."""

    CURRENT = "current"
    CORRECTED = "corrected"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class Part(StrEnum):
    """The part of a document that a passage stands in."""

    HEADLINE = "headline"
    INFOBOX = "infobox"
    ABSTRACT = "abstract"
    BODY = "body"


class Anchor(StrEnum):
    """What a passage is fixed to."""

    TEXT = "text"
    PAGE_REGION = "page_region"
    TIME_SPAN = "time_span"


class TranslationMethod(StrEnum):
    """Who made a translation."""

    HUMAN = "human"
    MACHINE = "machine"
    MACHINE_REVIEWED = "machine_reviewed"


class Dependence(StrEnum):
    """Why two sources, or two documents, may not count as two origins."""

    DERIVES_FROM = "derives_from"
    QUOTES = "quotes"
    TRANSLATES = "translates"
    WIRE_COPY = "wire_copy"
    SAME_PUBLISHER = "same_publisher"
    SAME_AUTHOR = "same_author"
    SAME_PARTY = "same_party"
    FUNDED_BY = "funded_by"
    POSSIBLE_DEPENDENCY = "possible_dependency"

    @property
    def joins(self) -> bool:
        """Whether it makes one origin of two; the others only make their independence doubtful."""
        return self not in {Dependence.FUNDED_BY, Dependence.POSSIBLE_DEPENDENCY}

    @property
    def directed(self) -> bool:
        """Whether the first takes its words from the second."""
        return self in {
            Dependence.DERIVES_FROM,
            Dependence.QUOTES,
            Dependence.TRANSLATES,
            Dependence.WIRE_COPY,
        }


class TermLink(StrEnum):
    """What a person recorded about two categories that are not broader and narrower."""

    RECONCILABLE = "reconcilable"
    EXCLUSIVE = "exclusive"


class Scheme(StrEnum):
    """A scale that a source or a claim is judged on."""

    CONFIDENCE = "confidence"
    RELIABILITY = "reliability"
    CREDIBILITY = "credibility"
    VERIFICATION = "verification"
    LIKELIHOOD = "likelihood"


CODES: dict[Scheme, tuple[str, ...]] = {
    # GRADE's words for certainty, lowest first.
    Scheme.CONFIDENCE: ("very low", "low", "moderate", "high"),
    # Admiralty code (STANAG 2511): F and 6 say that it cannot be judged.
    Scheme.RELIABILITY: ("A", "B", "C", "D", "E", "F"),
    Scheme.CREDIBILITY: ("1", "2", "3", "4", "5", "6"),
    # Airwars' grading of civilian harm events.
    Scheme.VERIFICATION: ("confirmed", "fair", "weak", "contested", "discounted"),
    # Intelligence Community Directive 203.
    Scheme.LIKELIHOOD: (
        "almost no chance",
        "very unlikely",
        "unlikely",
        "roughly even chance",
        "likely",
        "very likely",
        "almost certain",
    ),
}
"""The codes of each scheme, worst or least likely first where the scheme has an order."""


class Sensitivity(StrEnum):
    """Who may see a record, and how far a contributor's clearance goes; each holds the former."""

    PUBLIC = "public"
    TEAM = "team"
    RESTRICTED = "restricted"


class Role(StrEnum):
    """What a contributor may do."""

    READER = "reader"
    ENTERER = "enterer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Decision(StrEnum):
    """What a reviewer says of a claim that somebody else entered."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class InquiryOutcome(StrEnum):
    """What came of a search."""

    NOTHING = "nothing"
    INCONCLUSIVE = "inconclusive"
    FOUND = "found"


class RangeBasis(StrEnum):
    """What the two ends of a range are the ends of."""

    SOURCES = "sources"
    TIME = "time"
    PLACES = "places"
    UNKNOWN = "unknown"
