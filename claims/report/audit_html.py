"""An audit as one page of HTML that needs nothing else: no script, no request, printable."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from claims.report.audit_shape import AuditReport
from claims.report.audit_words import gap_words, grouped, subject, summary, waiver_words
from claims.report.templates import allowed, environment, page_file

if TYPE_CHECKING:
    from jinja2 import Environment


def render(report: AuditReport) -> str:
    """The audit as a page; stored words are shown to the letter, and run nothing."""
    css = page_file("page.css") + page_file("audit.css")
    page = _environment().get_template("audit.html")
    return page.render(
        report=report,
        policy=f"default-src 'none'; style-src {allowed(css)}; base-uri 'none'",
        css=Markup(css),  # noqa: S704 -- a file of ours
        sentences=tuple(summary(report)),
        open=tuple(grouped(report.open)),
        waived=tuple(grouped(report.waived)),
        subject=subject,
        waiver_words=waiver_words,
        gap_words=gap_words,
    )


@cache
def _environment() -> Environment:
    return environment()
