"""The command that imports tables."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims.cli import options
from claims.cli.page import examples


def _named(words: str) -> Path:
    if not words.strip():
        message = "a name is empty; give the name of a file or a folder"
        raise typer.BadParameter(message)
    return Path(words).expanduser()


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("import", epilog=_EXAMPLES)(import_)


_EXAMPLES = examples(
    "claims import figures.xlsx --dry-run",
    "claims import figures.csv --mapping figures.yaml --yes",
    "claims import figures.csv --save-mapping figures.yaml --dry-run",
    "claims import exported.xlsx --yes",
)


Table = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="A table: CSV, TSV, XLSX, JSONL or Parquet; or what `claims export` wrote.",
        parser=_named,
    ),
]
Mapping = Annotated[
    str | None,
    typer.Option(
        "--mapping",
        metavar="NAME|FILE",
        help="Which column gives what: a mapping that comes with claims, or a file. [guessed]",
    ),
]
SaveMapping = Annotated[
    Path | None,
    typer.Option("--save-mapping", metavar="FILE", help="Save the mapping, to mend and use again."),
]


def import_(
    context: typer.Context,
    file: Table,
    *,
    mapping: Mapping = None,
    save_mapping: SaveMapping = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="The sheet of a workbook. [the first]")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Store without asking.")] = False,
    remove_gone: Annotated[
        bool,
        typer.Option("--remove-gone", help="Take out what the table said before and says no more."),
    ] = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Import a table: all of it, or nothing.

    Shows which column becomes what and what would change, and asks before it stores. The same
    table again changes nothing. Every defect is listed at once; `claims undo` takes an import back.
    """
    from claims.cli.importing import How
    from claims.cli.importing import import_table as run

    how = How(
        mapping=mapping,
        save_mapping=save_mapping,
        sheet=sheet,
        dry_run=dry_run,
        yes=yes,
        remove_gone=remove_gone,
        as_json=as_json,
    )
    return run(context.obj.over(db, acting), file, how)
