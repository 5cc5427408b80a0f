"""The commands by which two sources, questions or documents are said to be one."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from claims.cli import options
from claims.cli.page import examples

MERGEABLE = ("source", "question", "document")
"""The nouns that have the command."""

_EXAMPLES = {
    "source": (
        "claims source merge",
        'claims source merge memorial memorial-hrc --reason "one office, two names"',
        'claims source merge --undo memorial-hrc --reason "two offices after all"',
    ),
    "question": (
        "claims question merge",
        'claims question merge killed dead --reason "asked twice" --dry-run',
    ),
    "document": (
        "claims document merge",
        'claims document merge report report-copy --reason "the same file" --yes',
    ),
}

Kept = Annotated[
    str | None, typer.Argument(metavar="KEPT", help="The one to keep: key, name or id.")
]
Merged = Annotated[
    str | None, typer.Argument(metavar="MERGED", help="The one that is the same as it.")
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="Why they are one; kept with it.")
]
Undo = Annotated[
    str | None,
    typer.Option("--undo", metavar="MERGED", help="Take back the merge of this one."),
]
Listed = Annotated[bool, typer.Option("--list", help="List what is merged.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Merge without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")]


def register(groups: Mapping[str, typer.Typer]) -> None:
    """Add ``merge`` to the groups of commands on sources, questions and documents."""
    for noun in MERGEABLE:
        groups[noun].command("merge", epilog=examples(*_EXAMPLES[noun]))(_command(noun))


def _command(noun: str) -> Callable[..., None]:
    def merge(
        context: typer.Context,
        kept: Kept = None,
        merged: Merged = None,
        *,
        reason: Reason = None,
        undo: Undo = None,
        listed: Listed = False,
        yes: Yes = False,
        dry_run: DryRun = False,
        db: options.Database = None,
        acting: options.Acting = None,
        as_json: options.Json = False,
    ) -> None:
        from claims.cli import merging

        ground = context.obj.over(db, acting)
        how = merging.How(dry_run=dry_run, yes=yes, as_json=as_json)
        if listed:
            merging.show(ground, noun, as_json=as_json)
        elif undo is not None:
            merging.unmerge(ground, noun, undo, reason, how)
        elif kept is None:
            merging.suggest(ground, noun, as_json=as_json)
        elif merged is None:
            message = "name two: the one to keep, and the one that is the same as it"
            raise typer.BadParameter(message, param_hint="MERGED")
        else:
            merging.merge(ground, noun, (kept, merged), reason or "", how)

    merge.__doc__ = f"""Say that two {noun}s are one: they count, are listed and are named as one.

    Without names it lists {noun}s that may be one, with the reason. Nothing is rewritten: all
    that names the merged {noun} is read as naming the kept one, until the merge is undone.
    """
    return merge
