"""An audit as JSON data."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from claims.analysis.audit.plain import plain_outcome
from claims.analysis.records import Waiver
from claims.report.audit_shape import AuditReport, ToldFinding
from claims.report.inert import inert_json

FORMAT = "claims-audit@1"
"""The version of this format; it changes when a field changes its meaning or goes."""


def render(report: AuditReport) -> str:
    """:func:`as_json` as text; what could steer a terminal is escaped."""
    return inert_json(as_json(report)) + "\n"


def as_json(report: AuditReport) -> dict[str, Any]:
    """The audit as data: what was found, waived, and not looked at; stored words to the letter."""
    return {
        "format": FORMAT,
        "title": report.title,
        "rules": report.rules,
        "profile": report.profile,
        "generated_at": report.generated_at.astimezone(UTC).isoformat(),
        "checks": [check.id for check in report.checks],
        "looked_at": dict(report.looked_at),
        "counts": {severity.word: many for severity, many in report.counts.items()},
        "fail_on": report.fail_on.word if report.fail_on else None,
        "failed": bool(report.failing),
        "reused": report.reused,
        "findings": [_finding(told) for told in report.findings],
        "not_checked": [plain_outcome(gap) for gap in report.not_checked],
    }


def _finding(told: ToldFinding) -> dict[str, Any]:
    where = told.where
    return {
        **plain_outcome(told.finding),
        "words": told.words,
        "file": where.file if where else None,
        "line": where.line if where else None,
        "column": where.column if where else None,
        "waiver": _waiver(told.waiver),
        "expired_waiver": _waiver(told.expired),
    }


def _waiver(waiver: Waiver | None) -> dict[str, str] | None:
    if waiver is None:
        return None
    return {
        "id": str(waiver.id),
        "reason": waiver.reason,
        "granted_by": waiver.granted_by,
        "until": waiver.until,
    }
