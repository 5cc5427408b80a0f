"""The arguments and options of the commands of archived copies, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims.cli.entry_complete import completing
from claims.cli.options import named

Target = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT",
        help="Its key, name, id or the beginning of its id.",
        autocompletion=completing("document"),
    ),
]
Targets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DOCUMENT",
        help="Its key, name, id or the beginning of its id. [all]",
        autocompletion=completing("document"),
    ),
]
File = Annotated[
    str,
    typer.Argument(metavar="FILE|URL", help="A file, or an address, which is fetched."),
]
MaybeFile = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE|URL", help="What is archived: a file, or an address, which is fetched."
    ),
]
Transcript = Annotated[
    Path | None,
    typer.Option(
        "--transcript",
        metavar="FILE",
        help="The words of a picture, a recording or a film: a text, .srt or .vtt.",
        parser=named,
    ),
]
Seconds = Annotated[
    int | None,
    typer.Option(
        "--seconds",
        min=1,
        max=3600,
        metavar="N",
        help="How long reading a file may take, where you trust it. [10]",
    ),
]
Propose = Annotated[
    bool,
    typer.Option(
        "--propose",
        help="Take the title, author, date and site that the file itself names, where you name"
        " none; they are shown, and --dry-run shows them first.",
    ),
]
CapturedAt = Annotated[
    str | None, typer.Option("--captured-at", metavar="TIME", help="When it was saved.")
]
CapturedBy = Annotated[
    str | None, typer.Option("--captured-by", metavar="TEXT", help="Who saved it, by role.")
]
CapturedWith = Annotated[
    str | None, typer.Option("--captured-with", metavar="TEXT", help="With what.")
]
RequestedUrl = Annotated[
    str | None,
    typer.Option(
        "--requested-url",
        metavar="URL",
        help="The address that was asked for; in a web archive, the page that is meant.",
    ),
]
Which = Annotated[
    str | None,
    typer.Option("--snapshot", metavar="ID", help="Which copy, by its id. [the newest]"),
]
