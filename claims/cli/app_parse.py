"""The commands that read words without a database, and those that look after the schema."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database

from __future__ import annotations

from typing import Annotated

import typer

from claims.cli import app_operation, options
from claims.cli.page import examples


def _group(summary: str) -> typer.Typer:
    return typer.Typer(help=summary, no_args_is_help=True, rich_markup_mode=None)


parse_app = _group("Read quantities and dates in words; needs no database.")
db_app = _group("Look after the schema of the database.")


def register(app: typer.Typer) -> None:
    """Add the groups ``parse`` and ``db`` to the app."""
    app.add_typer(parse_app, name="parse")
    app_operation.register_db(db_app)
    app.add_typer(db_app, name="db")


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
