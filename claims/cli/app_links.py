"""The command that looks at the addresses of documents."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database

from __future__ import annotations

from typing import Annotated

import typer

from claims.cli import options
from claims.cli.entry_complete import completing
from claims.cli.page import examples

Documents = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DOCUMENT",
        help="Key, title or start of the id. [all documents]",
        autocompletion=completing("document"),
        show_default=False,
    ),
]


def register(documents: typer.Typer) -> None:
    """Add ``links`` to the commands of ``claims document``."""
    documents.command(
        "links",
        epilog=examples("claims document links", "claims document links article report --json"),
    )(document_links)


def document_links(
    context: typer.Context,
    documents: Documents = None,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Look in the network whether addresses still show what was cited.

    Servers learn that somebody looks. Nothing is written. Ends with exit code 1 where an address
    is dead and nothing of the document is archived.
    """
    from claims.cli.linking import links as run

    return run(context.obj.over(db, acting), documents or [], as_json=as_json)
