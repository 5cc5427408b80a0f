"""The commands of archived copies, in the group of documents."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any

import typer

from claims.cli import options
from claims.cli.document_options import (
    CapturedAt,
    CapturedBy,
    CapturedWith,
    File,
    MaybeFile,
    Propose,
    RequestedUrl,
    Seconds,
    Target,
    Targets,
    Transcript,
    Which,
)
from claims.cli.entry_commands import WRITES
from claims.cli.entry_flags import DryRun, Once, Why, flagged
from claims.cli.options import named
from claims.cli.page import examples


def register(group: typer.Typer) -> None:
    """Add the commands to the group of documents."""
    for run, lines in _COMMANDS:
        name = run.__name__.removeprefix("document_")
        group.command(name, epilog=examples(*lines))(run)


def adding(entity: str) -> Callable[..., object]:
    """The command that enters documents, with what is archived of them."""

    def run(
        context: typer.Context,
        fields: dict[str, Any],
        *,
        file: str | None,
        transcript: Path | None,
        seconds: int | None,
        propose: bool,
        **given: Any,  # noqa: ANN401 (a flag's value)
    ) -> None:
        from claims.cli.entering import Manner, add_entries
        from claims.cli.gathering import Reading

        ground = context.obj.over(given.pop("db", None), given.pop("acting", None))
        found = fields if file is None else {**fields, "file": file}
        add_entries(
            entity, found, Manner(ground, **given), Reading(transcript, seconds, propose=propose)
        )

    before = (
        Parameter("file", Parameter.POSITIONAL_OR_KEYWORD, annotation=MaybeFile, default=None),
        Parameter("transcript", Parameter.KEYWORD_ONLY, annotation=Transcript, default=None),
        Parameter("seconds", Parameter.KEYWORD_ONLY, annotation=Seconds, default=None),
        Parameter("propose", Parameter.KEYWORD_ONLY, annotation=Propose, default=False),
    )
    return flagged(entity, run, WRITES, before=before)


def document_snapshot(
    context: typer.Context,
    document: Target,
    file: File,
    *,
    transcript: Transcript = None,
    seconds: Seconds = None,
    captured_at: CapturedAt = None,
    captured_by: CapturedBy = None,
    captured_with: CapturedWith = None,
    requested_url: RequestedUrl = None,
    reason: Why = None,
    once: Once = None,
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Archive another copy of a document.

    The same bytes with the same text add nothing, unless you say more of how they were captured
    than is known. What was quoted stays in the older copy, until `claims document reanchor` finds
    it in this one.
    """
    from claims.cli.archiving import add_copy
    from claims.cli.entering import Manner
    from claims.cli.gathering import Reading

    captured = {
        "at": captured_at,
        "by": captured_by,
        "with": captured_with,
        "requested_url": requested_url,
    }
    given = {name: words for name, words in captured.items() if words is not None}
    ground = context.obj.over(db, acting)
    add_copy(
        document,
        file,
        Reading(transcript, seconds),
        given,
        Manner(ground, reason, once, dry_run, as_json),
    )


def document_snapshots(
    context: typer.Context,
    document: Target,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """List the archived copies of a document: when, by whom and from where, and what is missing."""
    from claims.cli.archiving import list_copies

    list_copies(context.obj.over(db, acting), document, as_json=as_json)


def document_custody(
    context: typer.Context,
    document: Target,
    *,
    add: Annotated[
        str | None,
        typer.Option(
            "--add",
            metavar="WORD",
            help="What happened to a copy: received, checked, copied or handed_over.",
        ),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="Details, such as to whom.")
    ] = None,
    snapshot: Which = None,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Show what happened to the archived copies of a document, or add to it with --add.

    That a copy was stored, checked or exported with claims is written by itself.
    """
    from claims.cli.archiving import show_custody

    ground = context.obj.over(db, acting)
    show_custody(ground, document, add, note, snapshot, as_json=as_json)


def document_check(
    context: typer.Context,
    documents: Targets = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check, but write nothing into the custody logs.")
    ] = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Read archived copies again and compare each file with its SHA-256.

    What was altered or is missing is named with its document and file, and how to mend it. Every
    copy gets an entry in its custody log.
    """
    from claims.cli.archiving import check

    check(context.obj.over(db, acting), tuple(documents or ()), dry_run=dry_run, as_json=as_json)


def document_export(
    context: typer.Context,
    document: Target,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A new folder, which is made.", parser=named)
    ],
    *,
    snapshot: Annotated[
        str | None, typer.Option("--snapshot", metavar="ID", help="Only this copy. [all]")
    ] = None,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Write the archived copies of a document into a new folder, to hand them out.

    With each copy go its text, the layout of that, the record of its fetch, and a manifest with
    all hashes and the custody log, into which the export is written.
    """
    from claims.cli.archiving import export

    export(context.obj.over(db, acting), document, folder, snapshot, as_json=as_json)


def document_reanchor(
    context: typer.Context,
    document: Target,
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="ID", help="Which copy to cite from. [the newest]")
    ] = None,
    reason: Why = None,
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Look for what claims quote from older copies in a newer one, and cite it from there.

    Words that are unchanged or moved are cited from the newer copy, in one action. Words that
    were altered, stand at several places or are gone are listed and left, with exit code 1.
    """
    from claims.cli.reanchoring import run_reanchor

    run_reanchor(context.obj.over(db, acting), document, to, reason, dry_run, as_json=as_json)


_COMMANDS: tuple[tuple[Callable[..., object], tuple[str, ...]], ...] = (
    (
        document_snapshot,
        (
            'claims document snapshot "The flood" page-of-june.html',
            'claims document snapshot "The flood" https://example.org/flood --dry-run',
        ),
    ),
    (document_snapshots, ('claims document snapshots "The flood"',)),
    (
        document_custody,
        (
            'claims document custody "The flood"',
            'claims document custody "The flood" --add handed_over --note "to the court"',
        ),
    ),
    (document_check, ("claims document check", 'claims document check "The flood" --json')),
    (document_export, ('claims document export "The flood" for-the-court',)),
    (
        document_reanchor,
        (
            'claims document reanchor "The flood" --dry-run',
            'claims document reanchor "The flood" --to 5f2c91d0',
        ),
    ),
)
