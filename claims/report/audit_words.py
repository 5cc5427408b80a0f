"""The sentences of an audit that every format says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from claims.analysis.audit.catalogue import Check, check_of
from claims.analysis.audit.finding import NotChecked, Severity
from claims.analysis.wording import listed, number, plural
from claims.report.audit_shape import AuditReport, ToldFinding

Group = tuple[Check, Severity, Sequence[ToldFinding]]
"""The findings of one check that are equally severe."""


def summary(report: AuditReport) -> Iterator[str]:
    """What the audit comes to, in a few sentences."""
    worst = [f"{number(many)} {severity.word}" for severity, many in report.counts.items() if many]
    yield f"{plural(len(report.open), 'finding')}: {listed(worst)}." if worst else "No finding."
    if report.asked:
        verbs = "asks a person and decides" if report.asked == 1 else "ask a person and decide"
        yield f"{number(report.asked)} of them {verbs} nothing."
    if report.waived:
        verb = "was" if len(report.waived) == 1 else "were"
        yield f"{plural(len(report.waived), 'further finding')} {verb} waived."
    counted = [plural(many, entity) for entity, many in report.looked_at.items() if many]
    looked = listed(counted) if counted else "nothing: there is no record to look at"
    yield f"Looked at: {looked}, by {plural(len(report.checks), 'check')}."
    if report.not_checked:
        yield f"Not everything could be looked at: {plural(len(report.not_checked), 'gap')} below."
    else:
        yield "Each of these checks could look at all that it looks for."
    yield outcome(report)


def outcome(report: AuditReport) -> str:
    """Whether the audit passes, and by which measure."""
    if report.fail_on is None:
        return "The audit fails on nothing, as asked."
    least = f"{report.fail_on.word} or worse and not waived"
    many = len(report.failing)
    if many:
        found = f"{number(many)} finding is" if many == 1 else f"{number(many)} findings are"
        return f"The audit fails: {found} {least}."
    return f"The audit passes: no finding is {least}."


def grouped(findings: Sequence[ToldFinding]) -> Iterator[Group]:
    """Findings, sorted as they are, by check and severity."""
    for (check, severity), held in groupby(
        findings, key=lambda one: (one.finding.check, one.finding.severity)
    ):
        yield check_of(check), severity, tuple(held)


def heading(group: Group) -> str:
    """A line over a group: the check, how severe it is, what it looks for, and how often."""
    check, severity, held = group
    asks = ", asks a person" if check.asks else ""
    many = f" ({number(len(held))})" if len(held) > 1 else ""
    return f"{check.id} {severity.word}{asks}: {check.title}{many}"


def subject(told: ToldFinding) -> str:
    """What a finding is about: the kind of record, its name, and where it is coded or held."""
    about = told.finding.defect.subject
    where = told.where
    place = f"{where.file}:{where.line}" if where else str(about.id)[:8]
    return f"{about.entity.replace('_', ' ')} {about.name} [{place}]"


def waiver_words(told: ToldFinding) -> str | None:
    """Who accepted a finding, why, and until when; or that this is over."""
    if told.waiver is not None:
        held = told.waiver
        return f"waived by {held.granted_by} until {held.until}: {held.reason}"
    if told.expired is not None:
        held = told.expired
        return f"was waived by {held.granted_by} until {held.until}, which is past: {held.reason}"
    return None


def gap_words(gap: NotChecked) -> str:
    """What one check did not look at, and why."""
    entity = gap.entity.replace("_", " ")
    many = f"{plural(gap.count, entity)}: " if gap.count else ""
    return f"{many}{gap.why}"
