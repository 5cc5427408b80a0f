"""The commands of the audit: audit, waiver."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claims.cli import options
from claims.cli.entry_flags import DryRun
from claims.cli.page import examples


class AuditFormat(StrEnum):
    """What an audit is written as."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    MARKDOWN = "markdown"
    HTML = "html"


class Least(StrEnum):
    """From which severity on a finding fails the audit."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    NEVER = "never"


Documents = Annotated[
    list[str] | None,
    typer.Argument(metavar="DOCUMENT", help="Only these documents. [everything]"),
]
Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="ID", help="Only this check, A01 to A40.")
]
FailOn = Annotated[
    Least, typer.Option("--fail-on", help="End with exit code 1 from which severity on.")
]
Format = Annotated[AuditFormat, typer.Option("--format", help="What to write.")]
CodedFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--files", metavar="FILE|FOLDER", help="Audit hand-coded files, without a database."
    ),
]
Retractions = Annotated[
    Path | None,
    typer.Option("--retractions", metavar="FILE", help="A list in the layout of Retraction Watch."),
]
Network = Annotated[
    bool, typer.Option("--network", help="Also look whether addresses still answer.")
]
Afresh = Annotated[
    bool, typer.Option("--afresh", help="Look again at what has not changed since last time.")
]
Fix = Annotated[
    list[str] | None,
    typer.Option("--fix", metavar="ID", help="Propose the mechanical mends of this check."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Make the proposed mends.")]
Explain = Annotated[
    str | None, typer.Option("--explain", metavar="ID", help="Explain a check, and end.")
]


waiver_app = typer.Typer(
    help="Findings of the audit that somebody accepts for a time.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(
        "audit",
        epilog=examples(
            "claims audit",
            "claims audit article --only A02 --only A19",
            "claims audit --format html --output audit.html",
            "claims audit --files seeds/ --format sarif",
            "claims audit --fix A20 --yes",
            "claims audit --explain A21",
        ),
    )(_audit)
    waiver_app.command(
        "add",
        epilog=examples(
            'claims waiver add A12 source Ministry --reason "its archive is closed" \\',
            "    --until 2027-12-31",
        ),
    )(waiver_add)
    waiver_app.command("list", epilog=examples("claims waiver list", "claims waiver list --json"))(
        waiver_list
    )
    waiver_app.command("remove", epilog=examples("claims waiver remove 3f2a91c0"))(waiver_remove)
    app.add_typer(waiver_app, name="waiver")


def _audit(
    context: typer.Context,
    documents: Documents = None,
    *,
    only: Only = None,
    fail_on: FailOn = Least.MAJOR,
    format_: Format = AuditFormat.TEXT,
    output: options.Output = None,
    files: CodedFiles = None,
    retractions: Retractions = None,
    network: Network = False,
    afresh: Afresh = False,
    fix: Fix = None,
    yes: Yes = False,
    explain: Explain = None,
    width: options.Width = None,
    db: options.Database = None,
    acting: options.Acting = None,
) -> int:
    """Say of every citation whether a reader may trust it.

    Forty checks: whether the words stand in the archived text, whether value, hedge and stance
    are those of the words, who is behind it, whether it will be there tomorrow. What could not be
    looked at is listed. Ends with exit code 1 where a finding is as severe as --fail-on, unless it
    was waived (`claims waiver`).
    """
    from claims.cli import auditing

    if explain is not None:
        return auditing.explain(explain)
    ground = context.obj.over(db, acting)
    _refuse_idle(fix, files, yes=yes)
    if fix:
        return auditing.fix(ground, fix, documents or (), yes=yes)
    wanted = auditing.Wanted(
        documents=tuple(documents or ()),
        only=tuple(only or ()),
        fail_on=fail_on,
        format=format_,
        output=output,
        retractions=retractions,
        network=network,
        afresh=afresh,
        width=width,
    )
    return auditing.audit_folder(files, wanted) if files else auditing.audit(ground, wanted)


def _refuse_idle(fix: Fix, files: CodedFiles, *, yes: bool) -> None:
    """Refuse what would be passed over in silence."""
    if yes and not fix:
        message = "makes the mends that --fix proposes; name a check with --fix"
        raise typer.BadParameter(message, param_hint="--yes")
    if fix and files:
        message = "mends what a database holds; correct hand-coded files by hand"
        raise typer.BadParameter(message, param_hint="--fix")


def waiver_add(
    context: typer.Context,
    check: Annotated[str, typer.Argument(metavar="CHECK", help="A01 to A40.")],
    entity: Annotated[
        str, typer.Argument(metavar="KIND", help="What it is about: claim, source …")
    ],
    target: Annotated[
        str, typer.Argument(metavar="RECORD", help="Its key, name, id or the beginning of the id.")
    ],
    *,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; every audit shows it.")
    ],
    until: Annotated[
        datetime,
        typer.Option("--until", formats=["%Y-%m-%d"], metavar="DAY", help="The last day of it."),
    ],
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Accept a finding for a time: it stays listed, and fails no audit until then."""
    from claims.actions.waivers import WaiveRequest
    from claims.cli.auditing import waiver_add as run

    request = WaiveRequest(
        check=check,
        entity=entity,
        target=target,
        reason=reason,
        until=until.date(),
        dry_run=dry_run,
    )
    run(context.obj.over(db, acting), request, as_json=as_json)


def waiver_list(
    context: typer.Context,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """List the waivers: what they accept, who granted them, why, and until when."""
    from claims.cli.auditing import waiver_list as run

    run(context.obj.over(db, acting), as_json=as_json)


def waiver_remove(
    context: typer.Context,
    waiver: Annotated[
        str, typer.Argument(metavar="WAIVER", help="Its id, or the beginning of it.")
    ],
    *,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why it holds no more.")
    ] = None,
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Take a waiver back before its day, so that the finding counts again."""
    from claims.actions.waivers import UnwaiveRequest
    from claims.cli.auditing import waiver_remove as run

    request = UnwaiveRequest(waiver=waiver, reason=reason, dry_run=dry_run)
    run(context.obj.over(db, acting), request, as_json=as_json)
