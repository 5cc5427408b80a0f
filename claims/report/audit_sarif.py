"""An audit as SARIF 2.1.0 (OASIS, 2020), the form in which tools of code review read findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from claims.analysis.audit.catalogue import Check
from claims.analysis.audit.finding import NotChecked, Severity
from claims.report.audit_shape import AuditReport, ToldFinding, Where
from claims.report.audit_words import gap_words, subject
from claims.report.inert import inert_json

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "note"}


def render(report: AuditReport, *, version: str) -> str:
    """:func:`as_sarif` as text; what could steer a terminal is escaped."""
    return inert_json(as_sarif(report, version=version)) + "\n"


def as_sarif(report: AuditReport, *, version: str) -> dict[str, Any]:
    """The audit as a SARIF log with one run.

    Critical findings are errors, major ones warnings, minor ones notes. A waiver in force is a
    suppression. What was not looked at is a notification of the run, so that no reader takes
    silence for a pass. Records of a database have no file: they are logical locations.

    Args:
        report: the audit.
        version: the version of claims, which SARIF wants to know.
    """
    order = {check.id: place for place, check in enumerate(report.checks)}
    driver = {
        "name": "claims",
        "semanticVersion": version,
        "rules": [_rule(check) for check in report.checks],
    }
    invocation = {
        "executionSuccessful": True,
        "endTimeUtc": f"{report.generated_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "toolExecutionNotifications": [_notification(gap, order) for gap in report.not_checked],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "unicodeCodePoints",
        "results": [_result(told, order) for told in report.findings],
        "properties": {"profile": report.profile, "rules": report.rules},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": "".join(part.capitalize() for part in check.name.split("_")),
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.documentation},
        "help": {"text": check.documentation, "markdown": check.documentation},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"severity": check.severity.word, "asks": check.asks},
    }


def _result(told: ToldFinding, order: dict[str, int]) -> dict[str, Any]:
    finding, defect = told.finding, told.finding.defect
    text = f"{subject(told)}: found {defect.found}; expected {defect.expected}. {defect.fix}"
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": order[finding.check],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(told)],
        "partialFingerprints": {"claims/v1": _fingerprint(finding.key)},
    }
    if told.waiver is not None:
        held = told.waiver
        why = f"{held.reason} ({held.granted_by}, until {held.until})"
        result["suppressions"] = [{"kind": "external", "justification": why}]
    return result


def _location(told: ToldFinding) -> dict[str, Any]:
    about = told.finding.defect.subject
    logical = {
        "name": about.name,
        "fullyQualifiedName": f"{about.entity}/{about.id}",
        "kind": about.entity,
    }
    found: dict[str, Any] = {"logicalLocations": [logical]}
    if told.where is not None:
        found["physicalLocation"] = _physical(told.where)
    return found


def _physical(where: Where) -> dict[str, Any]:
    place = {"uri": quote(PurePath(where.file).as_posix())}
    region = {"startLine": max(1, where.line), "startColumn": max(1, where.column)}
    return {"artifactLocation": place, "region": region}


def _fingerprint(key: Sequence[object]) -> str:
    """The same for the same finding of a later run, whatever lines were added above it."""
    return sha256("\n".join(map(str, key)).encode("utf-8", "surrogatepass")).hexdigest()


def _notification(gap: NotChecked, order: dict[str, int]) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": gap.check}
    if gap.check in order:
        rule["index"] = order[gap.check]
    text = f"{gap.check} not checked: {gap_words(gap)}"
    return {"level": "note", "message": {"text": text}, "associatedRule": rule}
