"""An audit as Markdown, for a talk page, a pull request or a word processor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.report.audit_shape import AuditReport, ToldFinding
from claims.report.audit_words import (
    gap_words,
    grouped,
    heading,
    subject,
    summary,
    waiver_words,
)
from claims.report.markdown import escape


def render(report: AuditReport) -> str:
    """The audit as GitHub-flavoured Markdown; stored words are shown to the letter."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: AuditReport) -> Iterator[str]:
    yield f"# Audit of {escape(report.title or 'a project')}"
    yield ""
    for sentence in summary(report):
        yield f"- {escape(sentence)}"
    yield from _groups(report.open, "##")
    if report.waived:
        yield ""
        yield "## Waived"
        yield from _groups(report.waived, "###")
    if report.not_checked:
        yield ""
        yield "## Not checked"
        yield ""
        for gap in report.not_checked:
            yield f"- **{gap.check}** {escape(gap_words(gap))}"


def _groups(findings: Sequence[ToldFinding], level: str) -> Iterator[str]:
    for group in grouped(findings):
        yield ""
        yield f"{level} {escape(heading(group))}"
        yield ""
        for told in group[2]:
            yield f"- **{escape(subject(told))}**: {_told(told)}"
        for fix in dict.fromkeys(told.finding.defect.fix for told in group[2]):
            yield ""
            yield f"*{escape(fix)}*"


def _told(told: ToldFinding) -> str:
    defect = told.finding.defect
    words = f" In “{told.words}”." if told.words else ""
    waiver = waiver_words(told)
    more = f" It {waiver}." if told.expired and waiver else f" ({waiver})" if waiver else ""
    return escape(f"found {defect.found}; expected {defect.expected}.{words}{more}")
