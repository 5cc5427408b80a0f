"""The command that takes back what an action did."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from typing import Annotated

import typer

from claims.cli import options
from claims.cli.page import examples

ActionName = Annotated[
    str | None,
    typer.Argument(
        metavar="ACTION",
        help="The id of an action, or its beginning; `claims history` lists them. [your last one]",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        "undo",
        epilog=examples(
            "claims undo --dry-run",
            "claims undo",
            'claims undo 3f2a91c0 --reason "wrong document"',
        ),
    )(_undo)


def _undo(
    context: typer.Context,
    action: ActionName = None,
    *,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why, kept in the history.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; change nothing.")
    ] = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Take back what an action did.

    It is your own last action, or the one named. What it added is removed, what it changed is as
    before, what it removed is back; the history keeps both. An undo is undone by naming it.
    Refused where a record was changed since.
    """
    from claims.cli.undoing import undo as run

    run(context.obj.over(db, acting), action, reason, dry_run=dry_run, as_json=as_json)
