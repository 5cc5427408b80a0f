"""Every command with its options. What a command does is imported when it is run."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims import __version__
from claims.cli import (
    app_audit,
    app_bibliography,
    app_entry,
    app_export,
    app_history,
    app_import,
    app_links,
    app_merge,
    app_operation,
    app_parse,
    app_people,
    app_quote,
    app_read,
    app_release,
    app_search,
    app_undo,
    options,
)
from claims.cli.ground import Ground
from claims.cli.options import Colour, FailOn, Format
from claims.cli.page import EPILOG, SUMMARY, examples


def _some(files: list[Path] | None) -> list[Path]:
    if not files:
        message = "give at least one file or folder"
        raise typer.BadParameter(message, param_hint="FILE|FOLDER")
    return files


def _version(asked: bool) -> None:  # noqa: FBT001 -- Typer's way of calling
    if asked:
        typer.echo(f"claims {__version__}")
        raise typer.Exit


app = typer.Typer(
    help=SUMMARY,
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(
    context: typer.Context,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help="Print the version."),
    ] = False,
) -> None:
    """Keep what holds for every command; the command itself may say otherwise."""
    del version  # the callback has answered it
    context.obj = Ground(db, acting)


@app.command(
    epilog=examples(
        "claims init",
        'claims init --title "The flood" --as "First coder" --db flood.db',
        "claims init --db postgresql://user@host/flood",
    )
)
def init(
    context: typer.Context,
    *,
    title: Annotated[str | None, typer.Option(help="What the project is called.")] = None,
    profile: options.Profile = None,
    locale: Annotated[
        str | None, typer.Option(metavar="TAG", help="How its texts write digits. [en]")
    ] = None,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Make the database, its project and its first contributor.

    The first contributor is the administrator, who adds others with `claims contributor add`.
    Again with the same words changes nothing.
    """
    from claims.cli.setup import init as run

    run(context.obj.over(db, acting), title, profile, locale, as_json=as_json)


@app.command(
    epilog=examples("claims demo", "claims demo --format markdown", "claims demo --db demo.db")
)
def demo(
    context: typer.Context,
    *,
    format_: options.ReportFormat = Format.TEXT,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="URL", help="Keep the database here. [a temporary one]"),
    ] = None,
    profile: options.Profile = None,
    conflicts: options.Conflicts = False,
    width: options.Width = None,
    color: options.ColourWhen = Colour.AUTO,
) -> None:
    """Load the example that comes with claims and print its report.

    Nothing is left behind, unless --db says where to keep the database.
    """
    from claims.cli.reporting import Wanted
    from claims.cli.reporting import demo as run

    wanted = Wanted(format_, profile, conflicts, width, color)
    run(context.obj.over(db, None), wanted)


@app.command(
    epilog=examples(
        "claims load my-text.yaml",
        "claims load texts/ --dry-run",
        "claims load --schema > hand-coding.schema.json",
    )
)
def load(
    context: typer.Context,
    files: options.Files = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; change nothing.")
    ] = False,
    remove_gone: Annotated[
        bool,
        typer.Option("--remove-gone", help="Take out what the files said before and say no more."),
    ] = False,
    schema: options.Schema = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Load hand-coded files: all of them, or none.

    The same files again change nothing. Every fault of every file is listed at once.
    """
    if schema:
        from claims.cli.loading import schema as show

        return show()
    chosen = _some(files)
    from claims.cli.loading import load as run

    ground = context.obj.over(db, acting)
    return run(ground, chosen, dry_run=dry_run, remove_gone=remove_gone, as_json=as_json)


@app.command(
    epilog=examples(
        "claims report",
        'claims report "the flood" --conflicts',
        "claims report flood --format html --output flood.html",
        "claims report flood --format docx --style apa --output flood.docx",
        "claims report flood --profile acled@1 --fail-on hard",
        "claims report flood --as-of 2026-01-31",
    )
)
def report(
    context: typer.Context,
    topic: options.Topic = None,
    *,
    format_: options.ReportFormat = Format.TEXT,
    profile: options.Profile = None,
    conflicts: options.Conflicts = False,
    output: options.Output = None,
    style: options.Style = None,
    width: options.Width = None,
    color: options.ColourWhen = Colour.AUTO,
    fail_on: Annotated[
        FailOn,
        typer.Option("--fail-on", help="End with exit code 1 from which finding on."),
    ] = FailOn.NEVER,
    as_of: app_history.AsOf = None,
    schema: options.Schema = False,
    db: options.Database = None,
    acting: options.Acting = None,
) -> int:
    """Report where the sources of a topic conflict or agree.

    hard: values that cannot both be true. soft: also those that only typically differ. any: every
    dispute, and every inconsistency to examine.
    """
    from claims.cli import reporting

    if schema:
        return reporting.schema()
    wanted = reporting.Wanted(format_, profile, conflicts, width, color, as_of, style)
    return reporting.report(context.obj.over(db, acting), topic, wanted, output, fail_on)


@app.command(epilog=examples("claims coverage my-text.yaml", "claims coverage texts/ --json"))
def coverage(
    files: options.Files = None,
    *,
    as_json: options.Json = False,
) -> int:
    """List every sentence of a text with its claims.

    A sentence without a claim is listed with the reason that its coder gave. Ends with
    exit code 1 where a sentence has neither. Needs no database.
    """
    chosen = _some(files)
    from claims.cli.covering import coverage as run

    return run(chosen, as_json=as_json)


# Last, so that the overview lists the single commands first.
app_audit.register(app)
app_import.register(app)
app_export.register(app)
app_release.register(app)
app_read.register(app)
app_search.register(app)
app_undo.register(app)
app_history.register(app)
app_operation.register(app)
app_entry.register(app)
app_merge.register(app_entry.GROUPS)
app_links.register(app_entry.GROUPS["document"])
app_people.register(app)
app_bibliography.register(app)
app_quote.register(app)
app_parse.register(app)
