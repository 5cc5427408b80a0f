"""The command that writes what is held as tables."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claims.cli import options
from claims.cli.page import examples

_DRY = typer.Option("--dry-run", help="Say what would be written; write nothing.")


class TablesAs(StrEnum):
    """What tables are written as."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PARQUET = "parquet"


def _named(words: str) -> Path:
    if not words.strip():
        message = "a name is empty; give the name of a new file or folder"
        raise typer.BadParameter(message)
    return Path(words).expanduser()


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("export", epilog=_EXPORT)(export)


_EXPORT = examples(
    "claims export flood.xlsx",
    "claims export tables/ --format csv",
    "claims export flood.xlsx --topic flood",
)


def export(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|FOLDER",
            help="A new workbook (.xlsx), or a new folder with a file for each table.",
            parser=_named,
        ),
    ],
    *,
    format: Annotated[  # noqa: A002 -- the flag is called so
        TablesAs | None,
        typer.Option("--format", help="What to write. [xlsx for a name in .xlsx, else csv]"),
    ] = None,
    topic: Annotated[
        str | None,
        typer.Option("--topic", metavar="TOPIC", help="Only this topic and what belongs to it."),
    ] = None,
    dry_run: Annotated[bool, _DRY] = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Write what is held as tables: a sheet for each kind of record.

    `claims import` reads them back without loss, and what was edited in them as edits. Columns
    whose names end in "in words" are there to be read. Nothing is ever replaced.
    """
    from claims.cli.exporting import How
    from claims.cli.exporting import export as run

    how = How(format=format and format.value, topic=topic, dry_run=dry_run, as_json=as_json)
    return run(context.obj.over(db, acting), path, how)
