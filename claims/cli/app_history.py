"""The commands of history and proof: history, head, verify, erase."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims.cli import options
from claims.cli.options import MOST
from claims.cli.page import examples

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="As it was then: a day (to its end, UTC) or a time; an administrator may name a"
        " change by its number or hash.",
    ),
]
"""For the commands that can look at the past."""


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(
        "history",
        epilog=examples(
            "claims history",
            "claims history --entity claim --limit 5",
            "claims history C7",
            "claims history 3f2a91c0 --json",
        ),
    )(_history)
    app.command(
        "verify",
        epilog=examples(
            "claims verify",
            "claims verify --head 4711:9f86d081…",
            "claims verify --head head.json --key '11qYAYKxCrfVS/7TyWQ…'",
        ),
    )(_verify)
    app.command(
        "head",
        epilog=examples(
            "claims head",
            "claims head --new-key signing.key",
            "claims head --sign signing.key > head.json",
        ),
    )(_head)
    app.command(
        "erase",
        epilog=examples(
            'claims erase source "A witness" --reason "protection of a witness" --dry-run',
            'claims erase document D3 --reason "order of the court" --yes',
            "claims erase --finish",
        ),
    )(_erase)


def _history(
    context: typer.Context,
    record: Annotated[
        str | None,
        typer.Argument(
            metavar="RECORD", help="Key, name or start of the id of a record. [newest actions]"
        ),
    ] = None,
    *,
    entity: Annotated[
        str | None,
        typer.Option("--entity", metavar="KIND", help="What it is: claim, source, question …"),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=MOST, metavar="N", help="How many, the newest.")
    ] = 20,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """List what was done, or every version of one record.

    Removed records are found by their key or the start of their id.
    """
    from claims.cli.recounting import history as run

    run(context.obj.over(db, acting), entity, record, limit, as_json=as_json)


def _verify(
    context: typer.Context,
    *,
    kept: Annotated[
        str | None,
        typer.Option(
            "--head",
            metavar="SEQ:HASH|HASH|FILE",
            help="A head that was kept elsewhere, or the file of a signed one.",
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--key", metavar="PUBLIC", help="The public key of who signed the head."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=MOST, metavar="N", help="How many breaks to list.")
    ] = 100,
    progress: Annotated[
        bool,
        typer.Option("--progress/--no-progress", help="Show how far it is, on a terminal."),
    ] = True,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Prove that nothing was altered beneath the program.

    Recomputes the chain of all changes, and compares every row with what its last change left.
    Each thing found is named; the exit code is 5 then. For administrators.
    """
    from claims.cli.proving import Wanted
    from claims.cli.proving import verify as run

    wanted = Wanted(kept, key, limit, progress)
    return run(context.obj.over(db, acting), wanted, as_json=as_json)


def _head(
    context: typer.Context,
    *,
    sign: Annotated[
        Path | None,
        typer.Option("--sign", metavar="KEYFILE", help="Sign it with this private key."),
    ] = None,
    new_key: Annotated[
        Path | None,
        typer.Option(
            "--new-key",
            metavar="KEYFILE",
            help="Make a private key in a new file, and print the public one.",
        ),
    ] = None,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Print the head of the change log, to be kept elsewhere.

    With a head that was kept elsewhere, `claims verify --head` finds that the history was
    rewritten or cut. For administrators.
    """
    from claims.cli import proving

    if sign is not None and new_key is not None:
        message = "give one of them: first make a key, then sign with it"
        raise typer.BadParameter(message, param_hint="--sign, --new-key")
    if new_key is not None:
        proving.new_key(new_key, as_json=as_json)
        return
    proving.head(context.obj.over(db, acting), sign, as_json=as_json)


def _erase(
    context: typer.Context,
    entity: Annotated[
        str | None, typer.Argument(metavar="KIND", help="What it is: source, document, claim …")
    ] = None,
    record: Annotated[
        str | None, typer.Argument(metavar="RECORD", help="Its key, name or the start of its id.")
    ] = None,
    *,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="TEXT", help="Why; kept for good, so name nobody in it."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be erased; erase nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    finish: Annotated[
        bool,
        typer.Option("--finish", help="Only write the files anew, after an erasure cut short."),
    ] = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Erase what a record says, in all its versions, for good.

    With a document go its archived bytes and quotes. What it was tied to stays, and the history
    says that it was erased, by whom, when and why. For administrators.
    """
    from claims.cli.erasing import Wanted, erase, finish_erasing

    ground = context.obj.over(db, acting)
    if finish:
        return finish_erasing(ground, as_json=as_json)
    if entity is None or record is None or reason is None:
        message = "say what to erase, and why: claims erase KIND RECORD --reason TEXT"
        raise typer.BadParameter(message, param_hint="KIND RECORD --reason")
    return erase(ground, Wanted(entity, record, reason, dry_run, yes), as_json=as_json)
