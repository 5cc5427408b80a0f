"""The command that tells whether a quote stands in its text as it is given."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims.cli import options
from claims.cli.page import examples

quote_app = typer.Typer(
    help="Tell whether quotes stand in their texts.", no_args_is_help=True, rich_markup_mode=None
)


def register(app: typer.Typer) -> None:
    """Add the group ``quote`` to the app."""
    app.add_typer(quote_app, name="quote")


@quote_app.command(
    "check",
    epilog=examples(
        'claims quote check --document article.txt --quote "nobody confirmed it"',
        'claims quote check --document article --quote "8" --prefix "Result: " --json',
        "claims quote check --document article --quotes quotes.txt",
    ),
)
def check(
    context: typer.Context,
    *,
    document: Annotated[
        str,
        typer.Option(
            "--document", metavar="FILE|KEY", help="A file, or an archived document by its key."
        ),
    ],
    quote: Annotated[
        str | None, typer.Option("--quote", metavar="TEXT", help="The quote; - reads it.")
    ] = None,
    quotes: Annotated[
        Path | None,
        typer.Option("--quotes", metavar="FILE", help="A file of quotes, one a line."),
    ] = None,
    prefix: Annotated[
        str | None, typer.Option("--prefix", help="What stands just before the quote.")
    ] = None,
    suffix: Annotated[
        str | None, typer.Option("--suffix", help="What stands just after the quote.")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="TAG", help="The language of the text. [en]"),
    ] = None,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Tell whether a quote stands in a text as it is given, and what was changed if not.

    A file needs no database. What an archived document has not is looked for in the others. Ends
    with exit code 1 where a quote is altered, spliced, ambiguous, too short, absent or from another
    document.
    """
    from claims.cli.quoting import Asked
    from claims.cli.quoting import check as run

    asked = Asked(quote, quotes, prefix, suffix, language)
    return run(context.obj.over(db, acting), document, asked, as_json=as_json)
