"""``claims audit`` and ``claims waiver``: whether a reader may trust each citation."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import typer
from sqlalchemy import Engine

from claims import __version__, actions
from claims.actions.actor import Actor, Doing
from claims.actions.audit import AuditResult, keep_audit
from claims.actions.audit import audit as carry_out
from claims.actions.audit_files import AuditFilesRequest, audit_files
from claims.actions.audit_fix import Mend, MendRequest, mend
from claims.actions.audit_run import AuditRequest
from claims.actions.links import LinksRequest, check_links
from claims.actions.waivers import UnwaiveRequest, WaiveRequest, unwaive, waive, waivers
from claims.analysis.audit.case import LinkState
from claims.analysis.audit.catalogue import CHECKS, Check, check_of
from claims.analysis.audit.finding import Severity
from claims.analysis.audit.manual import explained
from claims.analysis.wording import plural
from claims.archive.store import Archive
from claims.cli.app_audit import AuditFormat, Least
from claims.cli.bar import bar
from claims.cli.entering import as_json as written_as_json
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.printing import hand_over, print_json, print_table, say, width_of_output
from claims.exchange.hand_coded import read_hand_coded
from claims.exchange.retraction_list import read_retractions
from claims.report import audit_html, audit_json, audit_markdown, audit_sarif, audit_text
from claims.report.audit_shape import AuditReport
from claims.report.audit_words import subject
from claims.report.inert import inert
from claims.settings import Settings
from claims.store.unit import read_unit, write_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is audited, by which checks, and how it is told."""

    documents: tuple[str, ...]
    only: tuple[str, ...]
    fail_on: Least
    format: AuditFormat
    output: Path | None
    retractions: Path | None
    network: bool
    afresh: bool
    width: int | None

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks that are asked for, in their order."""
        if not self.only:
            return CHECKS
        asked = {check_of(name).id for name in self.only}
        return tuple(check for check in CHECKS if check.id in asked)

    @property
    def least(self) -> Severity | None:
        """The severity from which on a finding fails the audit."""
        return None if self.fail_on is Least.NEVER else Severity[self.fail_on.value.upper()]


def audit(ground: Ground, wanted: Wanted) -> int:
    """Audit the database and print what was found."""
    checks = wanted.checks
    settings = existing(ground.settings())
    with opened(settings) as engine:
        links = _links(engine, settings, wanted) if wanted.network else {}
        with read_unit(engine) as session, bar("Auditing", noun="part") as progress:
            actor = actions.acting(session, settings.actor)
            listed = read_retractions(wanted.retractions) if wanted.retractions else None
            request = AuditRequest(
                archive=_archive(settings),
                checks=checks,
                documents=wanted.documents,
                fail_on=wanted.least,
                links=links,
                retractions=listed,
                afresh=wanted.afresh,
                progress=progress,
            )
            result = carry_out(session, actor, request, now())
        _keep(engine, actor, result)
    hand_over(_rendered(result.report, wanted), wanted.output)
    return FINDINGS if result.report.failing else OK


def audit_folder(paths: Sequence[Path], wanted: Wanted) -> int:
    """Audit hand-coded files and print what was found."""
    if wanted.documents or wanted.network or wanted.retractions:
        message = "goes with no document, --network or --retractions; these need a database"
        raise typer.BadParameter(message, param_hint="--files")
    request = AuditFilesRequest(
        files=read_hand_coded(paths),
        checks=wanted.checks,
        fail_on=wanted.least,
        title=", ".join(str(path) for path in paths),
    )
    report = audit_files(request, now())
    hand_over(_rendered(report, wanted), wanted.output)
    return FINDINGS if report.failing else OK


def explain(name: str) -> int:
    """Print what a check looks for, why, and what to do."""
    sys.stdout.write(explained(check_of(name)))
    return OK


def fix(ground: Ground, checks: Sequence[str], documents: Sequence[str], *, yes: bool) -> int:
    """Show the mends of some checks, or make them; 1 where one is left to be made."""
    settings = existing(ground.settings())
    with opened(settings) as engine, write_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        request = MendRequest(
            archive=_archive(settings),
            checks=tuple(checks),
            documents=tuple(documents),
            dry_run=not yes,
        )
        found = mend(session, actor, request, now())
    for one in found:
        _tell_mend(one, made=yes)
    left = [one for one in found if one.refused or not yes]
    if not found:
        say(f"No finding of {', '.join(checks)} has a mechanical mend.")
    elif not yes:
        say("Nothing was changed; --yes makes these edits, each of which can be undone.")
    return FINDINGS if left else OK


def waiver_add(ground: Ground, request: WaiveRequest, *, as_json: bool) -> None:
    """Grant a waiver."""
    settings = existing(ground.settings())
    with opened(settings) as engine, write_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        result = waive(session, actor, request, now())
    if as_json:
        print_json(written_as_json(result))
        return
    (item,) = result.items
    until = request.until.isoformat()
    verb = "would be waived" if request.dry_run else "is waived"
    if result.replayed:
        verb = "is waived already, for that reason,"
    say(f"{check_of(request.check).id} of {request.entity} {request.target} {verb} until {until}")
    if not request.dry_run:
        say(f"To take it back: claims waiver remove {str(item.id)[:8]}")


def waiver_remove(ground: Ground, request: UnwaiveRequest, *, as_json: bool) -> None:
    """Take a waiver back."""
    settings = existing(ground.settings())
    with opened(settings) as engine, write_unit(engine) as session:
        result = unwaive(session, actions.acting(session, settings.actor), request, now())
    if as_json:
        print_json(written_as_json(result))
    else:
        (item,) = result.items
        say(f"waiver {str(item.id)[:8]} {'would be ' if request.dry_run else ''}removed")


def waiver_list(ground: Ground, *, as_json: bool) -> None:
    """Print the waivers."""
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        found = waivers(session, actions.acting(session, settings.actor), None, now())
    if as_json:
        print_json(
            [
                {
                    "id": str(one.id),
                    "check": one.check,
                    "entity": one.entity,
                    "target": str(one.target),
                    "name": one.name,
                    "reason": one.reason,
                    "granted_by": one.granted_by,
                    "until": one.until.isoformat(),
                    "in_force": one.in_force,
                }
                for one in found
            ]
        )
    elif not found:
        say("No finding is waived; `claims waiver add` accepts one for a time.")
    else:
        rows = [
            (
                str(one.id)[:8],
                one.check,
                f"{one.entity} {inert(one.name)}",
                one.until.isoformat() + ("" if one.in_force else " (past)"),
                inert(one.granted_by),
                inert(one.reason),
            )
            for one in found
        ]
        print_table([("Id", "Check", "About", "Until", "By", "Why"), *rows])


def _archive(settings: Settings) -> Archive | None:
    """The archive; a PostgreSQL database may be audited without one."""
    return Archive(settings.folder) if settings.folder else None


def _links(engine: Engine, settings: Settings, wanted: Wanted) -> Mapping[UUID, LinkState]:
    with read_unit(engine) as session, bar("Looking at addresses", noun="link") as progress:
        actor = actions.acting(session, settings.actor)
        request = LinksRequest(
            documents=wanted.documents,
            archive=_archive(settings),
            tell=lambda done, _: progress(done),
        )
        return check_links(session, actor, request, now()).states


def _keep(engine: Engine, actor: Actor, result: AuditResult) -> None:
    """Keep what was found for the next audit, where the actor may write."""
    if result.kept and actor.may(Doing.ENTER):
        with write_unit(engine) as session:
            keep_audit(session, actor, result, now())


def _rendered(report: AuditReport, wanted: Wanted) -> str:
    match wanted.format:
        case AuditFormat.TEXT:
            return audit_text.render(report, width=width_of_output(wanted.width))
        case AuditFormat.JSON:
            return audit_json.render(report)
        case AuditFormat.SARIF:
            return audit_sarif.render(report, version=__version__)
        case AuditFormat.MARKDOWN:
            return audit_markdown.render(report)
        case AuditFormat.HTML:
            return audit_html.render(report)


def _tell_mend(one: Mend, *, made: bool) -> None:
    say(inert(f"{one.told.finding.check} {subject(one.told)}"))
    for name, value in one.changes.items():
        say(f"  {name}: {inert(str(value))}")
    if one.refused:
        say(f"  cannot be made: {inert(one.refused)}")
    elif made and one.written:
        effects = plural(len(one.written.effects), "verdict")
        say(f"  done; {effects} changed; `claims undo {str(one.written.act)[:8]}` takes it back")
