"""The commands of releases: making one, and checking one that somebody got."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from claims.analysis.vocabulary import Sensitivity
from claims.cli import options
from claims.cli.page import examples

_MAKE, _VERIFY = "make", "verify"

Style = Annotated[
    str | None,
    typer.Option(
        "--style",
        metavar="STYLE",
        help="Add PDF and DOCX, cited so: chicago-notes, chicago-author-date, apa or a .csl file.",
    ),
]


class _Release(TyperGroup):
    """``claims release TOPIC FOLDER`` makes one: the word ``make`` need not be said."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 (private to Typer)
        """Say ``make`` where no command was said."""
        if args and args[0] not in {_MAKE, _VERIFY, "-h", "--help"}:
            args = [_MAKE, *args]
        return super().parse_args(ctx, args)


def _named(words: str) -> Path:
    if not words.strip():
        message = "a name is empty; give the name of a folder"
        raise typer.BadParameter(message)
    return Path(words).expanduser()


def register(app: typer.Typer) -> None:
    """Add the group ``release`` to the app."""
    group = typer.Typer(
        cls=_Release,
        help="Make a release to cite and to keep, or check one: claims release TOPIC FOLDER.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command(_MAKE, epilog=_MAKING)(make)
    group.command(_VERIFY, epilog=_VERIFYING)(verify)
    app.add_typer(group, name="release")


_MAKING = examples(
    "claims release make flood releases/",
    "claims release flood flood-2026 --style chicago-notes",
    "claims release flood team-only --clearance team --dry-run",
)
_VERIFYING = examples(
    "claims release verify flood-2026",
    "claims release verify flood-2026 --id 9f86d081884c7d65…",
)


def make(
    context: typer.Context,
    topic: Annotated[
        str, typer.Argument(metavar="TOPIC", help="Key, label, alias or start of the id.")
    ],
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="A new folder, or one to make it in.", parser=_named),
    ],
    *,
    style: Style = None,
    profile: options.Profile = None,
    clearance: Annotated[
        Sensitivity,
        typer.Option("--clearance", help="The most sensitive that may be told: all can read it."),
    ] = Sensitivity.PUBLIC,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be released; write nothing.")
    ] = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Make a dated folder of a topic: report, data, archive manifest, head, checksums.

    It tells what is public, unless --clearance says otherwise. All or nothing: the folder gets
    its name once it is whole. Its id is the SHA-256 of its file SHA256SUMS.
    """
    from claims.cli.releasing import Wanted
    from claims.cli.releasing import make as run

    wanted = Wanted(topic, folder, style, profile, clearance, dry_run)
    return run(context.obj.over(db, acting), wanted, as_json=as_json)


def verify(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="What `claims release` made.", parser=_named),
    ],
    *,
    cited: Annotated[
        str | None,
        typer.Option("--id", metavar="SHA256", help="The id that the release was cited by."),
    ] = None,
    as_json: options.Json = False,
) -> int:
    """Check that a release is what was released: nothing missing, altered or added.

    Ends with exit code 5 where something is wrong. Needs no database.
    """
    from claims.cli.releasing import verify as run

    return run(folder, cited, as_json=as_json)
