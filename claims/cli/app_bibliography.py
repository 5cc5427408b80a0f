"""The commands of bibliographies: in, out, duplicates and retractions."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claims.analysis.vocabulary import Tier
from claims.cli import options
from claims.cli.page import examples


class BibliographyFormat(StrEnum):
    """What a bibliography is written as."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    ENDNOTE = "endnote"


bibliography_app = typer.Typer(no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the app."""
    app.add_typer(
        bibliography_app,
        name="bibliography",
        help="Documents from BibTeX, RIS, CSL-JSON, EndNote and Zotero, and back.",
    )


def _named(words: str) -> Path:
    if not words.strip():
        message = "a name is empty; give the name of a file"
        raise typer.BadParameter(message)
    return Path(words).expanduser()


File = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="BibTeX, RIS, CSL-JSON or EndNote XML.", parser=_named),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Take in nothing if a record is left out or mended.")
]
Voice = Annotated[
    str | None,
    typer.Option(
        "--voice",
        metavar="SOURCE",
        help="Who speaks in all of them. [the newspaper or site, else the first author]",
    ),
]
Level = Annotated[
    Tier | None, typer.Option("--tier", help="How near they are to events. [by type]")
]
Namespace = Annotated[
    str | None,
    typer.Option(
        "--namespace",
        metavar="TEXT",
        help="In it a key means one document. [the file's name without its ending]",
    ),
]
RemoveGone = Annotated[
    bool,
    typer.Option("--remove-gone", help="Take out what the file named before and names no more."),
]


@bibliography_app.command(
    "import",
    epilog=examples(
        "claims bibliography import library.bib --dry-run",
        "claims bibliography import library.ris --strict",
        'claims bibliography import export/export.bib --voice "Human Rights Watch"',
    ),
)
def import_(
    context: typer.Context,
    file: File,
    *,
    dry_run: DryRun = False,
    strict: Strict = False,
    voice: Voice = None,
    tier: Level = None,
    namespace: Namespace = None,
    remove_gone: RemoveGone = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Import a bibliography, and archive the files that go with it.

    Good records come in; bad ones are named by line and reason, and the exit code is 1. The same
    file again changes nothing. `claims undo` takes an import back.
    """
    from claims.cli.bibliography import How
    from claims.cli.bibliography import import_bibliography as run

    how = How(
        dry_run=dry_run,
        strict=strict,
        voice=voice,
        tier=tier,
        namespace=namespace,
        remove_gone=remove_gone,
        as_json=as_json,
    )
    return run(context.obj.over(db, acting), file, how)


@bibliography_app.command(
    epilog=examples(
        "claims bibliography export --format bibtex",
        "claims bibliography export --topic flood --output flood.ris",
        "claims bibliography export report dispatch --output cited.json",
    )
)
def export(
    context: typer.Context,
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT…", help="Keys, titles or ids. [all documents]"),
    ] = None,
    *,
    topic: Annotated[
        str | None,
        typer.Option("--topic", metavar="TOPIC", help="What the claims on a topic rest on."),
    ] = None,
    format_: Annotated[
        BibliographyFormat | None,
        typer.Option("--format", help="What to write. [by the name of the file; else bibtex]"),
    ] = None,
    output: options.Output = None,
    db: options.Database = None,
    acting: options.Acting = None,
) -> int:
    """Write documents as a bibliography, for other programs to cite."""
    from claims.cli.bibliography import export_bibliography as run

    if documents and topic is not None:
        message = "name documents or a topic, not both"
        raise typer.BadParameter(message, param_hint="--topic")
    format_name = format_.value if format_ else None
    return run(context.obj.over(db, acting), tuple(documents or ()), topic, format_name, output)


@bibliography_app.command(
    epilog=examples("claims bibliography duplicates", "claims bibliography duplicates --json")
)
def duplicates(
    context: typer.Context,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """List documents that may be one: by DOI, ISBN, address, or title, publication and date.

    Nothing is merged: `claims document merge` does that, with a reason, and can be undone.
    """
    from claims.cli.merging import suggest as run

    run(context.obj.over(db, acting), "document", as_json=as_json)


@bibliography_app.command(
    epilog=examples(
        "claims bibliography retractions retraction_watch.csv",
        "claims bibliography retractions retraction_watch.csv --mark",
    )
)
def retractions(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A list as Retraction Watch has it.", parser=_named),
    ],
    *,
    mark: Annotated[
        bool, typer.Option("--mark", help="Set the status of the documents that it names.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be marked; change nothing.")
    ] = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Name the documents that were retracted or corrected, by a local list.

    They are told by DOI and PubMed id; a title of the same year or journal only suggests one and is
    never marked. The exit code is 1 where any is named. `claims undo` takes marks back.
    """
    from claims.cli.bibliography import retractions as run

    ground = context.obj.over(db, acting)
    return run(ground, file, mark=mark, dry_run=dry_run, as_json=as_json)
