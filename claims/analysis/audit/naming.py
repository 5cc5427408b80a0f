"""How a finding names an object, so that a person knows which it is."""

from __future__ import annotations

from claims.analysis.records import Assessment, Claim, Document, Passage, Source

_LONG = 60


def clipped(words: str, most: int = _LONG) -> str:
    """Words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def quoted(words: str, most: int = _LONG) -> str:
    """The same in quotation marks."""
    return f"“{clipped(words, most)}”"


def claim_name(claim: Claim) -> str:
    """A claim by its author's key and the words of its value, else by its id."""
    said = quoted(claim.value.said) if claim.value else claim.stance.value.replace("_", " ")
    return f"{claim.key or claim.id}: {said}"


def passage_name(passage: Passage) -> str:
    """A passage by the beginning of its words."""
    return quoted(passage.exact)


def document_name(document: Document) -> str:
    """A document by its title."""
    return clipped(document.title)


def source_name(source: Source) -> str:
    """A source by its name."""
    return clipped(source.name)


def assessment_name(assessment: Assessment) -> str:
    """An assessment by its scheme and its code."""
    return f"{assessment.scheme.value} {assessment.code}"
