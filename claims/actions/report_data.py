"""What is known of one topic as linked data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.actions.report import ReportRequest, told
from claims.exchange.linked_data import URN, render
from claims.report.shape import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedDataRequest:
    """Which report, and what the addresses of its records begin with."""

    report: ReportRequest
    base: str = URN


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """The report, and its records and relations as JSON-LD."""

    report: Report
    json_ld: str


def linked_data(
    session: Session, actor: Actor, request: LinkedDataRequest, now: datetime
) -> LinkedData:
    """The records and relations of a topic as one JSON-LD document.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; nothing is told that they may not see.
        request: which report, and the base of the addresses.
        now: told as the time at which it was made.

    Raises:
        InputRefused: the base cannot begin an address.
        ClaimsError: whatever :func:`claims.actions.report.report` raises.
    """
    with told(session, actor, request.report, now) as found:
        text = render(found.casefile, found.result, generated_at=now, base=request.base)
        return LinkedData(report=found.report, json_ld=text)
