"""The commands that look after a database: backing up, restoring, examining."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims.cli import options
from claims.cli.page import examples

_ARCHIVE = typer.Option("--archive/--no-archive", help="With the archived texts, or without.")
_DRY = typer.Option("--dry-run", help="Check everything and say what would be done; do nothing.")

Archived = Annotated[bool, _ARCHIVE]
Dry = Annotated[bool, _DRY]


def _named(words: str) -> Path:
    if not words.strip():
        message = "a name is empty; give the name of a file or a folder"
        raise typer.BadParameter(message)
    return Path(words).expanduser()


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("backup", epilog=_BACKUP)(backup)
    app.command("restore", epilog=_RESTORE)(restore)
    app.command("doctor", epilog=_DOCTOR)(doctor)


def register_db(db: typer.Typer) -> None:
    """Add ``check`` to the commands of ``claims db``."""
    db.command("check", epilog=examples("claims db check", "claims db check --json"))(db_check)


_BACKUP = examples(
    "claims backup backups/",
    "claims backup flood.claims.zip --no-archive",
    "claims backup backups/ --dry-run",
)
_RESTORE = examples(
    "claims restore flood.claims.zip --db restored.db",
    "claims restore flood.claims.zip --dry-run",
    "claims restore flood.claims.zip --db postgresql://user@host/flood",
)
_DOCTOR = examples("claims doctor", "claims doctor --json")


def backup(
    context: typer.Context,
    target: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|FOLDER", help="A new file, or a folder for one.", parser=_named
        ),
    ],
    *,
    archive: Archived = True,
    dry_run: Dry = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Write all that the database holds into one proved file.

    The file gets its name only after a database was made from it and verified. It is the same
    for SQLite and PostgreSQL. Ends with exit code 1 where archived texts are missing.
    """
    from claims.cli.operating import How
    from claims.cli.operating import backup as run

    how = How(archive=archive, dry_run=dry_run, as_json=as_json)
    return run(context.obj.over(db, acting), target, how)


def restore(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="BACKUP", help="What `claims backup` wrote.", parser=_named)
    ],
    *,
    archive: Archived = True,
    force: Annotated[
        bool, typer.Option("--force", help="Move a database that is there aside; delete nothing.")
    ] = False,
    dry_run: Dry = False,
    db: options.Database = None,
    as_json: options.Json = False,
) -> int:
    """Make the database of a backup again, all or nothing.

    --db names where; a backup of SQLite can be restored into PostgreSQL, and the other way round.
    """
    from claims.cli.operating import How
    from claims.cli.operating import restore as run

    how = How(archive=archive, dry_run=dry_run, as_json=as_json, force=force)
    return run(context.obj.over(db, None), file, how)


def doctor(
    context: typer.Context,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> int:
    """Examine the database; name what is wrong, and its mending.

    Ends with exit code 1 where something is wrong. Nothing is changed.
    """
    from claims.cli.operating import doctor as run

    return run(context.obj.over(db, acting), as_json=as_json)


def db_check(
    context: typer.Context, *, db: options.Database = None, as_json: options.Json = False
) -> int:
    """Compare the tables of the database with those that this version of claims declares.

    Ends with exit code 1 where they differ.
    """
    from claims.cli.operating import db_check as run

    return run(context.obj.over(db, None), as_json=as_json)
