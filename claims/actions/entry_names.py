"""How an answer names a record: in a few words that a person recognizes."""

from __future__ import annotations

from uuid import UUID

from claims.analysis.records import (
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Inquiry,
    Party,
    Place,
    Question,
    Record,
    Snapshot,
    Source,
    Term,
    Topic,
)
from claims.analysis.vocabulary import Stance
from claims.store.access import Access

_SHORT = 72

_STANCES = {
    Stance.ASSERTS: "asserts",
    Stance.REPORTS: "reports",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.COULD_NOT_CONFIRM: "could not confirm",
}


def named(seen: Access, record: Record) -> str:
    """A record in a few words: a claim as "Memorial reports “dozens”", a source by its name."""
    if isinstance(record, Claim):
        return claim_words(seen, record)
    if isinstance(record, Assessment):
        target = _of(seen, Source if record.of == "source" else Claim, record.target)
        return f"{record.scheme.value} {record.code} of {target}"
    if isinstance(record, Snapshot):
        return shortened(f"copy of {_of(seen, Document, record.document)}")
    return shortened(_plain_name(record))


def called(record: Record) -> str:
    """The key of a record, else its name, else the beginning of its id."""
    words = (
        getattr(record, name, None)
        for name in ("key", "name", "label", "title", "text", "looked_for")
    )
    return str(next((word for word in words if word), str(record.id)[:8]))


def claim_words(seen: Access, claim: Claim) -> str:
    """Who says what, in one line."""
    origin = _of(seen, Source, claim.origin)
    if claim.value is not None:
        return shortened(f"{origin} {_STANCES[claim.stance]} “{claim.value.said}”")
    return shortened(f"{origin} {_STANCES[claim.stance]}: {_of(seen, Question, claim.question)}")


def shortened(words: str, most: int = _SHORT) -> str:
    """Words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _of(seen: Access, kind: type[Record], id_: UUID) -> str:
    found = seen.get(kind, id_)
    if found is None:
        return str(id_)[:8]
    record = found[0]
    return claim_words(seen, record) if isinstance(record, Claim) else _plain_name(record)


def _plain_name(record: Record) -> str:
    if isinstance(record, Topic | Term):
        return record.label
    if isinstance(record, Source | Place | Party):
        return record.name
    if isinstance(record, Question | CrossCheck):
        return record.text
    if isinstance(record, Inquiry):
        return record.looked_for
    if isinstance(record, Document):
        return record.title
    return record.key or str(record.id)[:8]
