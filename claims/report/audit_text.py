"""An audit as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from claims.report.audit_shape import AuditReport, ToldFinding
from claims.report.audit_words import (
    gap_words,
    grouped,
    heading,
    outcome,
    subject,
    summary,
    waiver_words,
)
from claims.report.inert import inert


def render(report: AuditReport, *, width: int = 80) -> str:
    """The audit in lines of at most ``width`` columns, the worst findings first."""
    return "\n".join(_lines(report, width)) + "\n"


def _lines(report: AuditReport, width: int) -> Iterator[str]:
    yield from _wrapped(f"Audit of {report.title or 'a project'}", width)
    for sentence in summary(report):
        yield from _wrapped(sentence, width)
    yield from _groups(report.open, width)
    if report.waived:
        yield ""
        yield "Waived:"
        yield from _groups(report.waived, width)
    if report.not_checked:
        yield ""
        yield "Not checked:"
        for gap in report.not_checked:
            yield from _wrapped(gap_words(gap), width, f"  {gap.check}  ")
    if report.open:
        yield ""
        yield from _wrapped(outcome(report), width)


def _groups(findings: Sequence[ToldFinding], width: int) -> Iterator[str]:
    for group in grouped(findings):
        yield ""
        yield from _wrapped(heading(group), width)
        held = group[2]
        for place, told in enumerate(held):
            yield from _finding(told, width)
            following = held[place + 1 :]
            fix = told.finding.defect.fix
            if not following or following[0].finding.defect.fix != fix:
                yield from _wrapped(fix, width, "  → ")


def _finding(told: ToldFinding, width: int) -> Iterator[str]:
    defect = told.finding.defect
    yield from _wrapped(subject(told), width, "  ")
    yield from _wrapped(f"found {defect.found}", width, "    ")
    yield from _wrapped(f"expected {defect.expected}", width, "    ")
    if told.words:
        yield from _wrapped(f"in “{told.words}”", width, "    ")
    if words := waiver_words(told):
        yield from _wrapped(words, width, "    ")


def _wrapped(words: str, width: int, indent: str = "") -> list[str]:
    line = " ".join(inert(words).split())
    return textwrap.wrap(
        line, width, initial_indent=indent, subsequent_indent=" " * len(indent)
    ) or [""]
