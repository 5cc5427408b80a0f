"""Every command with its options. What a command does is imported when it is run."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims import __version__
from claims.cli import options
from claims.cli.ground import Ground
from claims.cli.options import Colour, FailOn, Format
from claims.cli.page import EPILOG, SUMMARY, examples


def _group(summary: str) -> typer.Typer:
    return typer.Typer(help=summary, no_args_is_help=True, rich_markup_mode=None)


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
topic_app = _group("List the events and situations that are documented.")
parse_app = _group("Read quantities and dates in words; needs no database.")
db_app = _group("Look after the schema of the database.")


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
        'claims init --title "The flood" --as "Second coder" --db flood.db',
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

    The first contributor is the administrator. Again with the same words changes nothing;
    with another --as it adds a contributor, who may enter claims.
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

    return run(context.obj.over(db, acting), chosen, dry_run=dry_run, as_json=as_json)


@app.command(
    epilog=examples(
        "claims report",
        'claims report "the flood" --conflicts',
        "claims report flood --format markdown --output flood.md",
        "claims report flood --profile acled@1 --fail-on hard",
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
    width: options.Width = None,
    color: options.ColourWhen = Colour.AUTO,
    fail_on: Annotated[
        FailOn,
        typer.Option("--fail-on", help="End with exit code 1 from which finding on."),
    ] = FailOn.NEVER,
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
    wanted = reporting.Wanted(format_, profile, conflicts, width, color)
    return reporting.report(context.obj.over(db, acting), topic, wanted, output, fail_on)


@topic_app.command("list", epilog=examples("claims topic list", "claims topic list --json"))
def topic_list(
    context: typer.Context,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """List the topics, with their dates and how many questions and claims they have."""
    from claims.cli.reporting import topics

    topics(context.obj.over(db, acting), as_json=as_json)


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


@parse_app.command(
    "quantity",
    epilog=examples(
        'claims parse quantity "dozens of people" "at least 40"',
        'claims parse quantity "several" --profile pitf@1 --json',
        "claims parse quantity --json < texts.txt",
    ),
)
def parse_quantity(
    texts: options.Texts = None,
    *,
    profile: options.Profile = None,
    locale: options.Locale = "en",
    as_json: options.Json = False,
) -> int:
    """Read how many: the interval that words allow, and the typical one."""
    from claims.cli.parsing import quantities

    return quantities(texts, profile or "default@1", locale, as_json=as_json)


@parse_app.command(
    "when",
    epilog=examples(
        'claims parse when "since October 1991"',
        'claims parse when "at midnight on February 10" --context 1992 --json',
    ),
)
def parse_when(
    texts: options.Texts = None,
    *,
    context_date: Annotated[
        str | None,
        typer.Option("--context", metavar="EDTF", help="The date that a missing year is from."),
    ] = None,
    locale: options.Locale = "en",
    as_json: options.Json = False,
) -> int:
    """Read when: the date as EDTF, its earliest and its latest day."""
    from claims.cli.parsing import dates

    return dates(texts, context_date, locale, as_json=as_json)


@parse_app.command(
    "profiles",
    epilog=examples("claims parse profiles", "claims parse profiles --profile acled@1 --json"),
)
def parse_profiles(*, profile: options.Profile = None, as_json: options.Json = False) -> None:
    """Print the table of a profile: phrase, what it allows, what is typical, and its origin."""
    from claims.cli.parsing import phrases

    phrases(profile or "default@1", as_json=as_json)


@db_app.command("current", epilog=examples("claims db current"))
def db_current(
    context: typer.Context, *, db: options.Database = None, as_json: options.Json = False
) -> None:
    """Say which schema the database has, and which this version reads."""
    from claims.cli.setup import current

    current(context.obj.over(db, None), as_json=as_json)


@db_app.command("upgrade", epilog=examples("claims db upgrade"))
def db_upgrade(context: typer.Context, *, db: options.Database = None) -> None:
    """Bring the database to the schema of this version."""
    from claims.cli.setup import upgrade

    upgrade(context.obj.over(db, None))


# Last, so that the overview lists the single commands first.
app.add_typer(topic_app, name="topic")
app.add_typer(parse_app, name="parse")
app.add_typer(db_app, name="db")
