"""An audit as one page of HTML that needs nothing else: no script, no request, printable."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from claims.report.audit_shape import AuditReport
from claims.report.audit_words import gap_words, grouped, subject, summary, waiver_words
from claims.report.page_words import shown

if TYPE_CHECKING:
    from jinja2 import Environment


def render(report: AuditReport) -> str:
    """The audit as a page; stored words are shown to the letter, and run nothing."""
    css = _file("page.css") + _file("audit.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    page = _environment().get_template("audit.html")
    return page.render(
        report=report,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'",
        css=Markup(css),  # noqa: S704 -- a file of ours
        sentences=tuple(summary(report)),
        open=tuple(grouped(report.open)),
        waived=tuple(grouped(report.waived)),
        subject=subject,
        waiver_words=waiver_words,
        gap_words=gap_words,
    )


@cache
def _file(name: str) -> str:
    return files("claims.report").joinpath("page_files", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - slow import

    return Environment(
        autoescape=True,
        finalize=shown,
        loader=FunctionLoader(_file),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
