"""The objects that findings are about: how each is named, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable

from claims.analysis.audit.finding import Place, Subject
from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Passage,
    Question,
    Record,
    Snapshot,
    Source,
)

_LONG = 60
NAMED = 8
"""So many objects a sentence names; more are counted."""


def clipped(words: str, most: int = _LONG) -> str:
    """Words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def quoted(words: str, most: int = _LONG) -> str:
    """The same in quotation marks."""
    return f"“{clipped(words, most)}”"


def some(words: Iterable[str]) -> str:
    """The first of many words in a row, and how many are left out."""
    found = list(dict.fromkeys(words))
    more = len(found) - NAMED
    return ", ".join(found[:NAMED]) + (f" and {more} more" if more > 0 else "")


def claim_name(claim: Claim) -> str:
    """How a claim is named: by its author's key and the words of its value."""
    said = quoted(claim.value.said) if claim.value else claim.stance.value.replace("_", " ")
    return f"{claim.key or claim.id}: {said}"


def document_name(document: Document) -> str:
    """How a command names a document: by its key, else by the beginning of its id."""
    return document.key or str(document.id)[:8]


def of_claim(claim: Claim) -> Subject:
    """A claim."""
    return Subject(
        Claim.entity,
        claim.id,
        claim_name(claim),
        documents=(claim.document,),
        passages=claim.passages,
        claims=(claim.id,),
    )


def of_passage(passage: Passage) -> Subject:
    """A passage, by the beginning of its words."""
    return Subject(
        Passage.entity,
        passage.id,
        quoted(passage.exact),
        documents=(passage.document,),
        passages=(passage.id,),
        place=place_of(passage),
    )


def of_document(document: Document, *others: Document) -> Subject:
    """A document, by its title; ``others`` are documents that belong to the finding too."""
    documents = (document.id, *(other.id for other in others))
    return Subject(Document.entity, document.id, clipped(document.title), documents)


def of_snapshot(snapshot: Snapshot, document: Document) -> Subject:
    """An archived copy, by the title of its document."""
    name = f"copy of {clipped(document.title)}"
    return Subject(Snapshot.entity, snapshot.id, name, (document.id,))


def of_source(source: Source, claims: Iterable[Claim] = ()) -> Subject:
    """A source, by its name, with the claims that rest on it."""
    return _with_claims(source, source.name, claims)


def of_question(question: Question, claims: Iterable[Claim] = ()) -> Subject:
    """A question, by its text, with the claims that the finding is about."""
    return _with_claims(question, question.text, claims)


def of_assessment(assessment: Assessment, about: str) -> Subject:
    """An assessment, by its scheme and code and by what it is about."""
    name = f"{assessment.scheme.value} {assessment.code} of {about}"
    return Subject(Assessment.entity, assessment.id, name)


def _with_claims(record: Record, name: str, claims: Iterable[Claim]) -> Subject:
    held = tuple(claims)
    return Subject(
        record.entity,
        record.id,
        clipped(name),
        documents=tuple(dict.fromkeys(claim.document for claim in held)),
        passages=tuple(dict.fromkeys(one for claim in held for one in claim.passages)),
        claims=tuple(claim.id for claim in held),
    )


def place_of(passage: Passage) -> Place | None:
    """Where a passage stands, if that is recorded."""
    if passage.start is None or passage.end is None:
        return None
    return Place(passage.document, passage.start, passage.end)
