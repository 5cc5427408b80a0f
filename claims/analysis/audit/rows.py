"""What is kept of a document to compare it with all others, made while its dossier is at hand."""

from __future__ import annotations

from dataclasses import replace

from claims.analysis.audit.case import DocumentRow, Dossier
from claims.analysis.audit.copying import sketch

_TELLS = ("title", "DOI", "ISBN", "URL", "container-title", "issued")


def document_row(dossier: Dossier) -> DocumentRow:
    """The row of a document: a few kilobytes, whatever the length of its text."""
    document = dossier.document
    texts = [text for one in dossier.held.values() if (text := one.text) is not None]
    speakers = [speaker for claim in dossier.claims for speaker in claim.speakers]
    told = {name: document.csl[name] for name in _TELLS if name in document.csl}
    return DocumentRow(
        item=replace(document, csl=told),
        sketch=sketch(texts or [passage.exact for passage in dossier.passages]),
        voices=frozenset(speaker.source for speaker in speakers),
        leans_on=frozenset(s.document for s in speakers if s.document is not None),
    )
