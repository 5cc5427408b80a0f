"""Auditing the citations of a database: what each check finds, and what nobody looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.audit_run import AuditRequest, Run
from claims.actions.waivers import standing
from claims.report.audit_shape import AuditReport, sorted_findings, unseen
from claims.store.audits import Kept, keep_outcomes
from claims.store.derive import project_profile


@dataclass(frozen=True, kw_only=True)
class AuditResult:
    """The report of an audit, and the outcomes that :func:`keep_audit` keeps for the next one."""

    report: AuditReport
    kept: tuple[Kept, ...] = ()


def audit(session: Session, actor: Actor, request: AuditRequest, now: datetime) -> AuditResult:
    """May a reader trust that each citation holds? What the checks find, and what they cannot see.

    What the actor may not see is not audited, and not counted.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; anybody may.
        request: the checks, the archive, and what else is known.
        now: the time of the audit; waivers are in force until their day is over.

    Raises:
        NotFound: a document that is named is not held.
        SetupError: the archive cannot be read.
    """
    actor.require(Doing.READ)
    run = Run(access(session, actor), request)
    run.documents()
    run.topics()
    run.project()
    found = standing(run.cases.seen, run.outcomes, now)
    report = AuditReport(
        title=run.cases.project.title if run.cases.project else "",
        checks=request.checks,
        findings=sorted_findings(found),
        not_checked=unseen(run.outcomes),
        looked_at=dict(run.looked_at),
        generated_at=now,
        profile=project_profile(session),
        fail_on=request.fail_on,
        reused=run.reused,
    )
    return AuditResult(report=report, kept=tuple(run.fresh))


def keep_audit(session: Session, actor: Actor, result: AuditResult, now: datetime) -> None:
    """Keep the outcomes of an audit, so that the next one looks only at what has changed.

    They follow from the records, so that keeping them is no change that the history tells of.

    Args:
        session: of a writing unit.
        actor: who made the audit.
        result: the audit.
        now: unused; every action has it.

    Raises:
        NotPermitted: a reader writes nothing.
    """
    del now
    actor.require(Doing.ENTER)
    keep_outcomes(session, actor.clearance, result.kept)
