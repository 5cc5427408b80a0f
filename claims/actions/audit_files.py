"""Auditing hand-coded files without a database: a hook before a commit, a step of a CI."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from claims.analysis.audit.assemble import Assembled
from claims.analysis.audit.case import HeldText, Recorded
from claims.analysis.audit.catalogue import (
    CHECKS,
    Check,
    audit_document,
    audit_project,
    audit_question,
)
from claims.analysis.audit.finding import AuditFinding, Outcome, Severity
from claims.analysis.records import Claim, Document, Passage, Question, Record, Snapshot, Source
from claims.exchange.hand_coded import HandCoded
from claims.report.audit_shape import AuditReport, ToldFinding, Where, sorted_findings, unseen

_COUNTED = (Document, Claim, Passage, Question, Source)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilesRequest:
    """The files to audit (``read_hand_coded``), by which checks, and when that fails."""

    files: tuple[HandCoded, ...]
    checks: tuple[Check, ...] = CHECKS
    fail_on: Severity | None = Severity.MAJOR
    title: str = "hand-coded files"


def audit_files(request: AuditFilesRequest, now: datetime) -> AuditReport:
    """What the checks find in hand-coded files, each finding with its file and line.

    Files of one namespace are one work. What only a database knows (times, custody, waivers,
    stored intervals) is listed as not checked.

    Args:
        request: the files and the checks.
        now: printed as the time of the audit.
    """
    outcomes: list[Outcome] = []
    for files in _works(request.files):
        outcomes += _work(files, request.checks)
    places = {id_: (file.file, mark) for file in request.files for id_, mark in file.marks.items()}
    texts = {text.document: text.text for file in request.files for text in file.texts}
    told = (
        ToldFinding(one, where=_where(one, places), words=_words(one, texts))
        for one in outcomes
        if isinstance(one, AuditFinding)
    )
    records = {record.id: type(record) for file in request.files for record in file.records}
    counted = Counter(records.values())
    return AuditReport(
        title=request.title,
        checks=request.checks,
        findings=sorted_findings(told),
        not_checked=unseen(outcomes),
        looked_at={kind.entity: counted[kind] for kind in _COUNTED},
        generated_at=now,
        profile="default@1",
        fail_on=request.fail_on,
    )


def _works(files: Iterable[HandCoded]) -> Iterable[Sequence[HandCoded]]:
    found: defaultdict[UUID, list[HandCoded]] = defaultdict(list)
    for file in files:
        found[file.namespace].append(file)
    return found.values()


def _work(files: Sequence[HandCoded], checks: Sequence[Check]) -> Iterator[Outcome]:
    records = {record.id: record for file in files for record in file.records}
    coders = {record.id: file.coder for file in files for record in file.records}
    assembled = Assembled(
        records.values(),
        held=dict(_held(files, records)),
        recorded={id_: Recorded(coder) for id_, coder in coders.items()},
        contributors=len(set(coders.values())),
    )
    for dossier in assembled.dossiers():
        yield from audit_document(dossier, checks)
    for case in assembled.questions():
        yield from audit_question(case, checks)
    yield from audit_project(assembled.project(), checks)


def _held(
    files: Sequence[HandCoded], records: Mapping[UUID, Record]
) -> Iterator[tuple[UUID, HeldText]]:
    """The text of each snapshot, as the file beside the coding holds it."""
    texts = {text.sha256: text.text for file in files for text in file.texts}
    for record in records.values():
        if isinstance(record, Snapshot) and record.sha256 in texts:
            yield record.id, HeldText(bytes_ok=True, text=texts[record.sha256])


def _where(
    finding: AuditFinding, places: Mapping[UUID, tuple[str, tuple[int, int]]]
) -> Where | None:
    """The place of the record in its file, or of the first record that belongs to it."""
    subject = finding.defect.subject
    for id_ in (subject.id, *subject.claims, *subject.passages, *subject.documents):
        if id_ in places:
            file, (line, column) = places[id_]
            return Where(file, line, column)
    return None


def _words(finding: AuditFinding, texts: Mapping[UUID, str]) -> str | None:
    place = finding.defect.place
    if place is None or place.document not in texts:
        return None
    return texts[place.document][place.start : place.end]
