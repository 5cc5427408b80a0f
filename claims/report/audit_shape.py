"""The result of an audit as its readers get it: findings, waivers, and what was not looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from claims.analysis.audit.catalogue import RULES, Check
from claims.analysis.audit.finding import (
    AuditFinding,
    NotChecked,
    Outcome,
    Severity,
    gathered,
)
from claims.analysis.records import Waiver


@dataclass(frozen=True, slots=True)
class Where:
    """Where in a file a record was coded: its path as it was given, line and column from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding with the waiver that stands over it.

    ``waiver`` is in force, ``expired`` was until its day. ``where`` is the record's place in a
    hand-coded file, ``words`` those of the text that the finding is about.
    """

    finding: AuditFinding
    waiver: Waiver | None = None
    expired: Waiver | None = None
    where: Where | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class AuditReport:
    """What the checks found, worst first, and what they did not look at.

    ``looked_at`` counts records by kind. ``fail_on`` is the severity from which on an unwaived
    finding fails the audit; ``None`` never does. ``reused`` counts the documents and topics whose
    outcomes were kept from an earlier run, because nothing that they rest on has changed.
    """

    title: str
    checks: tuple[Check, ...]
    findings: tuple[ToldFinding, ...]
    not_checked: tuple[NotChecked, ...]
    looked_at: Mapping[str, int]
    generated_at: datetime
    profile: str
    fail_on: Severity | None = Severity.MAJOR
    rules: str = RULES
    reused: int = 0

    @cached_property
    def open(self) -> tuple[ToldFinding, ...]:
        """The findings that nobody waived."""
        return tuple(one for one in self.findings if one.waiver is None)

    @property
    def waived(self) -> tuple[ToldFinding, ...]:
        """The findings that somebody accepted, for now."""
        return tuple(one for one in self.findings if one.waiver is not None)

    @property
    def failing(self) -> tuple[ToldFinding, ...]:
        """The findings for which the audit fails."""
        least = self.fail_on
        if least is None:
            return ()
        return tuple(one for one in self.open if one.finding.severity >= least)

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many open findings there are of each severity, the worst first."""
        found = Counter(one.finding.severity for one in self.open)
        return {severity: found[severity] for severity in sorted(Severity, reverse=True)}

    @property
    def asked(self) -> int:
        """How many open findings ask a person and decide nothing."""
        return sum(one.finding.asks for one in self.open)


def sorted_findings(found: Iterable[ToldFinding]) -> tuple[ToldFinding, ...]:
    """Findings as they are listed: the worst first, then by check, then by the name of the object.

    Each is listed once, whichever way it was come upon.
    """
    once = {(one.finding.key, one.finding.defect.expected): one for one in found}
    return tuple(
        sorted(
            once.values(),
            key=lambda one: (
                -one.finding.severity,
                one.finding.check,
                one.finding.defect.subject.name,
                str(one.finding.defect.subject.id),
                one.finding.defect.found,
                one.finding.defect.expected,
            ),
        )
    )


def unseen(outcomes: Iterable[Outcome]) -> tuple[NotChecked, ...]:
    """What was not looked at, each reason once for each check."""
    return gathered(tuple(one for one in outcomes if isinstance(one, NotChecked)))
