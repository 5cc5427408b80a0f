"""``claims report``, ``claims demo`` and ``claims topic list``: what is held, in words."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from claims import actions
from claims.actions import (
    Actor,
    DemoRequest,
    LinkedDataRequest,
    PageRequest,
    ReportRequest,
    TopicLine,
    TopicsRequest,
)
from claims.analysis.outcomes import Dispute
from claims.archive.store import Archive
from claims.cli.ground import Ground, make, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.options import Colour, FailOn, Format
from claims.cli.printing import (
    hand_over,
    is_standard,
    print_json,
    print_table,
    say,
    warn,
    width_of_output,
)
from claims.errors import InputRefused
from claims.report.json import render as in_json
from claims.report.json import report_schema
from claims.report.markdown import render as in_markdown
from claims.report.shape import Only, Report
from claims.report.text import render as in_text
from claims.settings import ARCHIVE_VARIABLE, Settings
from claims.store.unit import read_unit, write_unit

_FINDINGS: Mapping[FailOn, frozenset[Dispute]] = {
    FailOn.NEVER: frozenset(),
    FailOn.HARD: frozenset({Dispute.CONFLICT_HARD}),
    FailOn.SOFT: frozenset({Dispute.CONFLICT_HARD, Dispute.CONFLICT_SOFT}),
    FailOn.ANY: frozenset(Dispute) - {Dispute.NONE},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a report is to be printed, as the flags said."""

    format: Format
    profile: str | None
    conflicts: bool
    width: int | None
    colour: Colour
    as_of: str | None = None
    style: str | None = None

    @property
    def only(self) -> Only:
        """Which questions are printed."""
        return "conflicts" if self.conflicts else "all"


def report(
    ground: Ground, topic: str | None, wanted: Wanted, output: Path | None, fail_on: FailOn
) -> int:
    """Print the report of a topic; the exit code says whether it holds such findings."""
    _check(wanted, output)
    settings = ground.settings()
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        found, written = _made(session, actor, settings, wanted, topic, to_file=output is not None)
    hand_over(written, output)
    return FINDINGS if _has_findings(found, fail_on) else OK


def demo(ground: Ground, wanted: Wanted) -> None:
    """Print the report of the example, from a database that is kept only where one is named."""
    with _demo_settings(ground) as settings:
        request = DemoRequest(archive=Archive(settings.archive), profile=wanted.profile)
        make(settings)
        with opened(settings) as engine, write_unit(engine) as session:
            actor = actions.beginner(session, settings.actor, "demo")
            found = actions.demo(session, actor, request, now())
            asked = str(found.topic.id)
            _, written = _made(session, actor, settings, wanted, asked, to_file=False)
        hand_over(written, None)


def schema() -> int:
    """Print the JSON Schema of a report in JSON."""
    print_json(report_schema())
    return OK


def topics(ground: Ground, *, as_json: bool) -> None:
    """Print the topics that are held."""
    settings = ground.settings()
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        found = actions.topics(session, actor, TopicsRequest(), now())
    if as_json:
        print_json([_topic_as_json(line) for line in found])
    elif found:
        heading = ("Topic", "Key", "Dates", "Questions", "Claims")
        print_table([heading, *(_topic_row(line) for line in found)])
    else:
        say("No topic is held yet. Load a hand-coded file with `claims load FILE`.")


@contextmanager
def _demo_settings(ground: Ground) -> Iterator[Settings]:
    """The database named by the flag alone: a demonstration never enters a project's own."""
    if ground.db is not None:
        yield _demo_at(ground)
        return
    with tempfile.TemporaryDirectory(prefix="claims-demo-") as folder:
        yield Ground(str(Path(folder) / "demo.db"), ground.actor).settings({})


def _demo_at(ground: Ground) -> Settings:
    """The archive lies beside a file; that of a server's database is where the environment says."""
    found = ground.settings({})
    if found.folder:
        return found
    return ground.settings({ARCHIVE_VARIABLE: os.environ.get(ARCHIVE_VARIABLE, "")})


_CITING = {Format.DOCX, Format.PDF, Format.NOTES, Format.WIKITEXT}
_BYTES = {Format.DOCX, Format.PDF}


def _check(wanted: Wanted, output: Path | None) -> None:
    """Refuse what makes no sense before the report is made, which may take a while."""
    if wanted.style is not None and wanted.format not in _CITING:
        message = f"--style is for docx, pdf, notes and wikitext, not for {wanted.format.value}"
        raise InputRefused(message)
    if wanted.conflicts and wanted.format is Format.JSONLD:
        message = "jsonld holds the whole topic; leave out --conflicts"
        raise InputRefused(message)
    if wanted.format in _BYTES and is_standard(output) and sys.stdout.isatty():
        message = f"{wanted.format.value} is not for a terminal; name a file with --output"
        raise InputRefused(message)


def _made(  # noqa: PLR0913 (what is read, by whom, and how it is written)
    session: Session,
    actor: Actor,
    settings: Settings,
    wanted: Wanted,
    topic: str | None,
    *,
    to_file: bool,
) -> tuple[Report, str | bytes]:
    request = ReportRequest(topic=topic, profile=wanted.profile, as_of=wanted.as_of)
    if wanted.format is Format.HTML:
        archive = Archive(settings.archive)
        asked = PageRequest(report=request, archive=archive, only=wanted.only)
        page = actions.page(session, actor, asked, now())
        return page.report, page.html
    if wanted.format is Format.JSONLD:
        data = actions.linked_data(session, actor, LinkedDataRequest(report=request), now())
        return data.report, data.json_ld
    found = actions.report(session, actor, request, now())
    return found, _rendered(found, wanted, to_file=to_file)


def _rendered(found: Report, wanted: Wanted, *, to_file: bool) -> str | bytes:
    if wanted.format in _CITING:
        return _handed_in(found, wanted)
    if wanted.format is Format.JSON:
        return in_json(found, only=wanted.only)
    if wanted.format is Format.MARKDOWN:
        return in_markdown(found, only=wanted.only)
    coloured = _coloured(wanted.colour, to_file=to_file)
    width = width_of_output(wanted.width)
    return in_text(found, width=width, colour=coloured, only=wanted.only)


def _handed_in(found: Report, wanted: Wanted) -> str | bytes:
    """The report with citations, as a document; what a reader should know of it is said."""
    from claims.report.cite_style import DEFAULT, citation_style  # noqa: PLC0415 -- slow to import
    from claims.report.docx import in_docx  # noqa: PLC0415 -- as above
    from claims.report.handed import handed  # noqa: PLC0415 -- as above
    from claims.report.notes import written_with_notes  # noqa: PLC0415 -- as above
    from claims.report.pdf import in_pdf, missing_words  # noqa: PLC0415 -- as above
    from claims.report.wikitext import in_wikitext  # noqa: PLC0415 -- as above

    document = handed(found, citation_style(wanted.style or DEFAULT), only=wanted.only)
    for remark in document.remarks:
        warn(f"Warning: {remark}")
    if wanted.format is Format.DOCX:
        return in_docx(document)
    if wanted.format is Format.NOTES:
        return written_with_notes(document)
    if wanted.format is Format.WIKITEXT:
        return in_wikitext(document)
    made = in_pdf(document)
    if lacking := missing_words(made.missing):
        warn(f"Warning: {lacking}")
    return made.data


def _coloured(when: Colour, *, to_file: bool) -> bool:
    """Colour where asked for; by itself only on a terminal that has not declined it.

    ``NO_COLOR`` is the convention of no-color.org: set and not empty, it turns colour off.
    """
    if when is not Colour.AUTO:
        return when is Colour.ALWAYS
    declined = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not to_file and not declined and sys.stdout.isatty()


def _has_findings(found: Report, fail_on: FailOn) -> bool:
    disputes = {question.dispute for question in found.questions}
    examined = fail_on is FailOn.ANY and bool(found.cross_checks)
    return examined or not disputes.isdisjoint(_FINDINGS[fail_on])


def _topic_as_json(line: TopicLine) -> dict[str, object]:
    return {
        "id": str(line.id),
        "key": line.key,
        "label": line.label,
        "dates": line.dates,
        "questions": line.questions,
        "claims": line.claims,
    }


def _topic_row(line: TopicLine) -> tuple[str, ...]:
    counts = (f"{line.questions:,}", f"{line.claims:,}")
    return (line.label, line.key or "", line.dates or "", *counts)
