"""What an audit finds, and what it did not look at."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import IntEnum
from uuid import UUID

Plain = str | int | bool | None | tuple[str, ...]
"""A value that JSON can hold: what a proposal puts into a field."""


class Severity(IntEnum):
    """How much a finding hurts a reader's trust; the greater, the worse."""

    MINOR = 1
    MAJOR = 2
    CRITICAL = 3

    @property
    def word(self) -> str:
        """``minor``, ``major`` or ``critical``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document: half-open, in code points of its extracted text."""

    document: UUID
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mechanical mend: put ``value`` into ``field`` of one record (``csl.accessed`` goes in)."""

    entity: str
    id: UUID
    field: str
    value: Plain


@dataclass(frozen=True, slots=True)
class Subject:
    """The object that a finding is about, and what belongs to it.

    ``name`` is how a person knows it; ``place`` are its words, where they have a place.
    """

    entity: str
    id: UUID
    name: str
    documents: tuple[UUID, ...] = ()
    passages: tuple[UUID, ...] = ()
    claims: tuple[UUID, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """What one check finds wrong with one object, before the catalogue says which check it was.

    ``found``, ``expected`` and ``fix`` are for a reader who knows nothing of checks: what is
    there, what should be, and a sentence that says how to mend it. ``severity`` is set only where
    it differs from the check's own. ``at`` are the words meant, where they are not the subject's;
    ``change`` is the field, and its new value, that would mend it.
    """

    subject: Subject
    _: KW_ONLY
    found: str
    expected: str
    fix: str
    severity: Severity | None = None
    at: Place | None = None
    change: tuple[str, Plain] | None = None

    @property
    def place(self) -> Place | None:
        """The words that the finding is about."""
        return self.at or self.subject.place

    @property
    def proposal(self) -> Proposal | None:
        """The mechanical mend, if there is one."""
        if self.change is None:
            return None
        return Proposal(self.subject.entity, self.subject.id, *self.change)


@dataclass(frozen=True, slots=True)
class Unseen:
    """That a check could not look at ``count`` objects, for want of data."""

    entity: str
    count: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFinding:
    """One finding of one check; ``asks`` where it asks a person and decides nothing."""

    check: str
    severity: Severity
    asks: bool
    defect: Defect

    @property
    def key(self) -> tuple[str, UUID, str]:
        """What makes two findings of two runs the same one."""
        return self.check, self.defect.subject.id, self.defect.found


@dataclass(frozen=True, slots=True)
class NotChecked:
    """That a check did not look at ``count`` objects of a kind, and why."""

    check: str
    entity: str
    count: int
    why: str


Outcome = AuditFinding | NotChecked


def gathered(outcomes: tuple[NotChecked, ...]) -> tuple[NotChecked, ...]:
    """Each reason once for each check and kind of object, with all its objects counted."""
    counts: dict[tuple[str, str, str], int] = {}
    for one in outcomes:
        key = (one.check, one.entity, one.why)
        counts[key] = counts.get(key, 0) + one.count
    return tuple(
        NotChecked(check, entity, count, why)
        for (check, entity, why), count in sorted(counts.items())
    )
