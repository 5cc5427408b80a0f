"""The report of one topic as a page, with the texts that its figures stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.actions.page_texts import PageTextsRequest, page_texts
from claims.actions.report import ReportRequest, told
from claims.analysis.without import without
from claims.archive.store import Archive
from claims.report.page import render
from claims.report.shape import Only, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which report, where its texts are archived, and which of its questions are shown."""

    report: ReportRequest
    archive: Archive
    only: Only = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The report, and the same as one HTML file."""

    report: Report
    html: str


def page(session: Session, actor: Actor, request: PageRequest, now: datetime) -> Page:
    """The report of a topic as one self-contained HTML file, with what would change its results.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; the page shows no more than they may see.
        request: which report, and how it is shown.
        now: printed as the time of the report.

    Raises:
        ClaimsError: whatever :func:`claims.actions.report.report` and
            :func:`claims.actions.page_texts.page_texts` raise.
    """
    with told(session, actor, request.report, now) as found:
        asked = PageTextsRequest(report=found.report, archive=request.archive)
        texts = page_texts(found.session, actor, asked, now)
        decisive = without(found.casefile, found.result)
        html = render(found.report, texts=texts, without=decisive, only=request.only)
        return Page(report=found.report, html=html)
