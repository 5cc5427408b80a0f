"""The command that shows an archived text with what was entered from it."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from typing import Annotated

import typer

from claims.cli import options
from claims.cli.options import Colour
from claims.cli.page import examples


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        "read",
        epilog=examples(
            "claims read article",
            "claims read article --bare",
            "claims read article --snapshot 3f2a91c0 --json",
        ),
    )(_read)


def _read(
    context: typer.Context,
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="Key, title or start of the id.")
    ],
    *,
    bare: Annotated[
        bool, typer.Option("--bare", help="Only the sentences without a claim.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Also what stands outside the main text: menus, notes.")
    ] = False,
    snapshot: Annotated[
        str | None,
        typer.Option("--snapshot", metavar="ID", help="Which archived copy. [the newest]"),
    ] = None,
    width: options.Width = None,
    color: options.ColourWhen = Colour.AUTO,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Show an archived text sentence by sentence, with its claims.

    The words that claims quote are marked, each claim stands below its sentence, and a dot marks
    the sentences that hold none.
    """
    from claims.cli.reading import Look
    from claims.cli.reading import read as run

    run(context.obj.over(db, acting), document, snapshot, Look(width, color, bare, whole, as_json))
