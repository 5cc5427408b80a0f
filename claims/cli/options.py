"""The options that several commands share, each said once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """What a report is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    NOTES = "notes"
    WIKITEXT = "wikitext"
    JSONLD = "jsonld"


class Colour(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class FailOn(StrEnum):
    """From which finding on a report ends with exit code 1."""

    HARD = "hard"
    SOFT = "soft"
    ANY = "any"
    NEVER = "never"


MOST = 1_000_000_000
"""The largest number that an option of a count takes: more than any database holds."""


def named(words: str) -> Path:
    """The path of a file or a folder; a name without words would mean the folder one is in."""
    if not words.strip():
        message = "a name is empty; give the name of a file or a folder"
        raise typer.BadParameter(message)
    return Path(words)


Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="The database: the path of a SQLite file, sqlite:///path, or"
        " postgresql://user@host/database."
        " [CLAIMS_DATABASE_URL; else claims.db in your data folder]",
    ),
]
Acting = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="NAME",
        help="The contributor who acts. [CLAIMS_ACTOR; else the only administrator]",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, errors too.")]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        help="The table of vague words, such as default@1, acled@1 or pitf@1.",
    ),
]
Locale = Annotated[
    str,
    typer.Option("--locale", metavar="TAG", help="How digits and words are written."),
]
ReportFormat = Annotated[
    Format, typer.Option("--format", help="What to write: for reading, to hand in, or as data.")
]
Style = Annotated[
    str | None,
    typer.Option(
        "--style",
        metavar="NAME|FILE",
        help="How docx, pdf, notes and wikitext cite: chicago-notes, chicago-author-date, apa, or"
        " a .csl file. [chicago-notes]",
    ),
]
Width = Annotated[
    int | None,
    typer.Option("--width", min=40, max=1000, metavar="N", help="Columns. [the terminal's]"),
]
ColourWhen = Annotated[Colour, typer.Option("--color", help="Colour the text. NO_COLOR is obeyed.")]
Conflicts = Annotated[
    bool,
    typer.Option("--conflicts/--all", help="Print only what is in dispute, or everything."),
]
Schema = Annotated[bool, typer.Option("--schema", help="Print the JSON Schema instead.")]
Texts = Annotated[
    list[str] | None,
    typer.Argument(metavar="TEXT", help="Each a text to read; without any, one a line on input."),
]
Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE|FOLDER", help="Hand-coded files, or folders of them.", parser=named
    ),
]
Topic = Annotated[
    str | None,
    typer.Argument(
        metavar="TOPIC", help="Key, label, alias or start of the id; not needed where there is one."
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")
]
