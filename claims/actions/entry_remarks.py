"""What the audit would find in a claim that is about to be entered, said at once as a warning."""

from __future__ import annotations

from claims.actions.entry_make import Maker
from claims.analysis.audit.case import Dossier
from claims.analysis.audit.catalogue import audit_document, check_of
from claims.analysis.audit.finding import AuditFinding
from claims.analysis.records import Claim, Document, Passage, Question, Source
from claims.exchange.entry_read import Entry

CHECKED = tuple(check_of(name) for name in ("A17", "A19", "A20", "A21"))
"""The checks that look at the words of a claim alone: attribution, value, hedge and stance."""


def remarked(maker: Maker, entry: Entry) -> list[str]:
    """A sentence for each finding; entering goes on, since the coder may know better."""
    claim = entry.record
    if not isinstance(claim, Claim):
        return []
    document = maker.lookup.get(Document, claim.document)
    question = maker.lookup.get(Question, claim.question)
    if document is None or question is None:
        return []
    voices = {speaker.source for speaker in claim.speakers}
    dossier = Dossier(
        document=document,
        passages=tuple(one for one in entry.further if isinstance(one, Passage)),
        claims=(claim,),
        questions={question.id: question},
        sources={one.id: one for one in maker.lookup.seen.records(Source, voices)},
    )
    found = audit_document(dossier, CHECKED)
    return [_sentence(one) for one in found if isinstance(one, AuditFinding)]


def _sentence(finding: AuditFinding) -> str:
    defect = finding.defect
    return f"{defect.found}; expected {defect.expected} ({finding.check}, `claims audit`)"
