"""``claims report``, ``claims demo`` and ``claims topic list``: what is held, in words."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from claims import actions
from claims.actions import DemoRequest, ReportRequest, TopicLine, TopicsRequest
from claims.analysis.outcomes import Dispute
from claims.archive.store import Archive
from claims.cli.ground import Ground, make, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.options import Colour, FailOn, Format
from claims.cli.printing import print_json, print_table, say, width_of_output
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


def report(
    ground: Ground, topic: str | None, wanted: Wanted, output: Path | None, fail_on: FailOn
) -> int:
    """Print the report of a topic; the exit code says whether it holds such findings."""
    settings = ground.settings()
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        request = ReportRequest(topic=topic, profile=wanted.profile, as_of=wanted.as_of)
        found = actions.report(session, actor, request, now())
    _write(_rendered(found, wanted, to_file=output is not None), output)
    return FINDINGS if _has_findings(found, fail_on) else OK


def demo(ground: Ground, wanted: Wanted) -> None:
    """Print the report of the example, from a database that is kept only where one is named."""
    with _demo_settings(ground) as settings:
        request = DemoRequest(archive=Archive(settings.archive), profile=wanted.profile)
        make(settings)
        with opened(settings) as engine, write_unit(engine) as session:
            actor = actions.beginner(session, settings.actor, "demo")
            found = actions.demo(session, actor, request, now())
        _write(_rendered(found, wanted, to_file=False), None)


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


def _rendered(found: Report, wanted: Wanted, *, to_file: bool) -> str:
    only: Only = "conflicts" if wanted.conflicts else "all"
    if wanted.format is Format.JSON:
        return in_json(found, only=only)
    if wanted.format is Format.MARKDOWN:
        return in_markdown(found, only=only)
    width = width_of_output(wanted.width)
    return in_text(found, width=width, colour=_coloured(wanted.colour, to_file=to_file), only=only)


def _coloured(when: Colour, *, to_file: bool) -> bool:
    """Colour where asked for; by itself only on a terminal that has not declined it.

    ``NO_COLOR`` is the convention of no-color.org: set and not empty, it turns colour off.
    """
    if when is not Colour.AUTO:
        return when is Colour.ALWAYS
    declined = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not to_file and not declined and sys.stdout.isatty()


def _write(text: str, output: Path | None) -> None:
    if output is None or str(output) == "-":
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


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
