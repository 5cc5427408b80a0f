"""The command that finds what is held by its words."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from typing import Annotated

import typer

from claims.cli import options
from claims.cli.options import MOST, Colour
from claims.cli.page import examples

# No -h: words that must not be there begin with a minus, and may begin with any letter.
_CONTEXT = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command(
        "search",
        context_settings=_CONTEXT,
        epilog=examples(
            "claims search shelling",
            "claims search susa",
            "claims search '\"according to\"' kill* -wounded",
            "claims search memorial --in source",
            "claims search in:passage in:claim dozens --topic flood --json",
        ),
    )(_search)


def _search(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD…", help="What to look for.")
    ] = None,
    *,
    entity: Annotated[
        str | None,
        typer.Option(
            "--in", metavar="ENTITY", help="Only claim, passage, source, document, question …"
        ),
    ] = None,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Only what belongs to a topic.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=MOST, metavar="N", help="Hits to show.")
    ] = 20,
    offset: Annotated[
        int, typer.Option("--offset", min=0, max=MOST, metavar="N", help="Hits to pass over first.")
    ] = 0,
    width: options.Width = None,
    color: options.ColourWhen = Colour.AUTO,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Find quotes, claims, sources and all else by words.

    Accents, capital letters and keyboards make no difference: susa finds Şuşa. All words must be
    in one record. "Words in quotes" stand next to each other (quote them for the shell too),
    word* begins so, -word must not be there, in:source looks at sources only; all other signs are
    plain text. Ends with exit code 1 where nothing is found.
    """
    unknown = [word for word in words or () if word.startswith("--")]
    if unknown:
        message = f"there is no option {unknown[0]}"
        raise typer.BadParameter(message, param_hint="WORD")
    from claims.actions.search import SearchRequest
    from claims.cli.searching import search as run

    request = SearchRequest(
        query=" ".join(words or ()), entity=entity, topic=topic, limit=limit, offset=offset
    )
    return run(context.obj.over(db, acting), request, width, color, as_json=as_json)
