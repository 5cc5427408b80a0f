"""One run of the checks over a database: documents, then topics, then all of them in brief."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from uuid import UUID

from claims.actions.audit_cases import Cases
from claims.actions.audit_questions import Chunk, chunks
from claims.analysis.audit.case import (
    DocumentRow,
    Dossier,
    LinkState,
    Notice,
    ProjectFile,
    question_files,
)
from claims.analysis.audit.catalogue import (
    CHECKS,
    RULES,
    Check,
    audit_document,
    audit_project,
    audit_question,
)
from claims.analysis.audit.finding import NotChecked, Outcome, Severity
from claims.analysis.audit.plain import plain_outcome, plain_row, read_outcome, read_row
from claims.analysis.audit.quotes import lost_quotes
from claims.analysis.audit.rows import document_row
from claims.analysis.quote_find import QuoteIndex
from claims.analysis.records import (
    Assessment,
    Document,
    Passage,
    Question,
    Source,
    SourceRelation,
)
from claims.analysis.retractions import Retraction, concerned
from claims.analysis.vocabulary import DocumentStatus
from claims.archive.store import Archive
from claims.store.access import Access
from claims.store.audits import Kept, kept_outcomes, recorded
from claims.store.derive import project_profile
from claims.store.judged import assessments_of

Progress = Callable[[int], None]
"""Told how many documents and parts of topics were looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRequest:
    """What to audit, and by which checks.

    Without an ``archive`` no bytes are read, and what needs them is listed as not checked.
    ``documents`` narrows it to these: checks that compare questions or documents are then not
    made, and listed as such. ``links`` is what became of documents' addresses, where somebody
    looked (``claims.actions.check_links``); ``retractions`` are the notices of a list of them,
    ``None`` where none was read. ``afresh`` looks at everything again, whatever was kept from an
    earlier run.
    """

    archive: Archive | None
    checks: tuple[Check, ...] = CHECKS
    documents: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.MAJOR
    links: Mapping[UUID, LinkState] = field(default_factory=dict)
    retractions: Iterable[Retraction] | None = None
    afresh: bool = False
    progress: Progress = lambda _: None


class Run:
    """One run of the checks; ``outcomes`` grow with each step."""

    def __init__(self, seen: Access, request: AuditRequest) -> None:
        """Prepare to look at what may be seen.

        Raises:
            NotFound: a document that is named is not held.
        """
        self.request = request
        self.checks = request.checks
        self.cases = Cases(
            seen=seen,
            archive=request.archive,
            links=request.links,
            notices=_notices(seen, request.retractions),
            noticed=request.retractions is not None,
        )
        self.outcomes: list[Outcome] = []
        self.rows: dict[UUID, DocumentRow] = {}
        self.lost: list[tuple[Dossier, tuple[Passage, ...]]] = []
        self.fresh: list[Kept] = []
        self.looked_at: Counter[str] = Counter()
        self.reused = 0
        self.done = 0
        named = [seen.find(Document, one)[0].id for one in request.documents]
        self.only = named or None
        self._rules = f"{RULES} {' '.join(check.id for check in self.checks)}"

    def documents(self) -> None:
        """Look at each document, and again at those whose quotes stand in another one."""
        for batch in self.cases.batches(self.only):
            known = self._known(batch.subjects)
            for dossier, digest in self.cases.dossiers(batch):
                subject = batch.subject(dossier.document.id)
                self._document(subject, dossier, self._stamped(digest), known)
                self.done += 1
                self.request.progress(self.done)
        if self.lost:
            self._look_elsewhere()

    def topics(self) -> None:
        """Look at the questions of each topic, a part of its questions at a time."""
        if self.only is not None:
            self._unlooked("question")
            return
        for chunk in chunks(self.cases.seen):
            self._chunk(chunk)
            self.done += 1
            self.request.progress(self.done)

    def project(self) -> None:
        """Compare all documents and sources with each other."""
        if self.only is not None:
            self._unlooked("project")
            return
        seen, session = self.cases.seen, self.cases.seen.session
        sources = seen.records(Source)
        assessments = seen.records(Assessment, assessments_of(session, [one.id for one in sources]))
        self.looked_at["source"] = len(sources)
        case = ProjectFile(
            project=self.cases.project,
            documents=tuple(self.rows.values()),
            sources=tuple(sources),
            relations=tuple(seen.records(SourceRelation)),
            assessments=tuple(assessments),
            recorded=recorded(session, [one.id for one in (*sources, *assessments)]),
            contributors=self.cases.contributors,
        )
        self.outcomes += audit_project(case, self.checks)

    def _known(self, subjects: Iterable[UUID]) -> Mapping[UUID, Kept]:
        if self.request.afresh:
            return {}
        return kept_outcomes(self.cases.seen.session, self.cases.seen.clearance, subjects)

    def _stamped(self, digest: str) -> str:
        return sha256(f"{self._rules}\n{digest}".encode()).hexdigest()

    def _document(
        self, subject: UUID, dossier: Dossier, digest: str, known: Mapping[UUID, Kept]
    ) -> None:
        document = dossier.document
        self.looked_at["document"] += document.id not in self.rows
        self.looked_at["claim"] += len(dossier.claims)
        self.looked_at["passage"] += len(dossier.passages)
        held = known.get(subject)
        if held is not None and held.digest == digest:
            kept = json.loads(held.outcomes)
            self.outcomes += map(read_outcome, kept["outcomes"])
            self._row(read_row(document, kept["row"]))
            self.reused += 1
            return
        whole = self.cases.with_texts(dossier)
        found = list(audit_document(whole, self.checks))
        row = document_row(whole)
        self._row(row)
        if lost := lost_quotes(whole):
            self.lost.append((dossier, lost))  # where else they stand depends on other documents
            return
        self.outcomes += found
        told = {"outcomes": [plain_outcome(one) for one in found], "row": plain_row(row)}
        self.fresh.append(Kept(subject, digest, json.dumps(told, ensure_ascii=False)))

    def _row(self, row: DocumentRow) -> None:
        """Keep what a document is compared by; parts of it are put together."""
        earlier = self.rows.get(row.item.id)
        self.rows[row.item.id] = (
            row
            if earlier is None
            else replace(
                earlier,
                voices=earlier.voices | row.voices,
                leans_on=earlier.leans_on | row.leans_on,
            )
        )

    def _look_elsewhere(self) -> None:
        """Look for quotes that their own document lacks in the texts of all others."""
        elsewhere: dict[UUID, Document] = {}
        for document, text in self.cases.texts():
            index = QuoteIndex(text)
            for dossier, lost in self.lost:
                if dossier.document.id == document.id:
                    continue
                for passage in lost:
                    if index.find(passage.exact, language=passage.language).ok:
                        elsewhere.setdefault(passage.id, document)
        for dossier, lost in self.lost:
            places = {one.id: elsewhere[one.id] for one in lost if one.id in elsewhere}
            whole = replace(
                self.cases.with_texts(dossier),
                elsewhere={passage: document.id for passage, document in places.items()},
                others={**dossier.others, **{one.id: one for one in places.values()}},
            )
            self.outcomes += audit_document(whole, self.checks)

    def _chunk(self, chunk: Chunk) -> None:
        self.looked_at["question"] += len(chunk.questions)
        profile = project_profile(self.cases.seen.session)
        known = self._known([chunk.subject])
        casefile = chunk.casefile()
        digest = self._stamped(f"{profile} {chunk.digest(casefile)}")
        held = known.get(chunk.subject)
        if held is not None and held.digest == digest:
            self.outcomes += map(read_outcome, json.loads(held.outcomes))
            self.reused += 1
            return
        found = [
            outcome
            for case in question_files(casefile, profile)
            for outcome in audit_question(case, self.checks)
        ]
        self.outcomes += found
        told = json.dumps([plain_outcome(one) for one in found], ensure_ascii=False)
        self.fresh.append(Kept(chunk.subject, digest, told))

    def _unlooked(self, looks_at: str) -> None:
        """Say which checks were not made because only some documents were named."""
        why = "only the documents that were named were looked at"
        entity = Question.entity if looks_at == "question" else Document.entity
        self.outcomes += [
            NotChecked(check.id, entity, 0, why)
            for check in self.checks
            if looks_at in check.looks_at
        ]


def _notices(seen: Access, found: Iterable[Retraction] | None) -> Mapping[UUID, Notice]:
    """What a list of retractions says against the documents that it surely names."""
    if found is None:
        return {}
    told = {}
    for one in concerned(seen.records(Document), found):
        last = one.notices[-1]
        if one.sure and one.status is not DocumentStatus.CURRENT:
            told[one.document] = Notice(last.nature.lower(), last.date, str(last))
    return told
