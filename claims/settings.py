"""Where a command works and who acts: worked out once, from what a shell was given.

A flag wins over the environment, the environment over the default. Nothing here reads the
environment, a file or the clock: the shell passes in what it read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claims.errors import SetupError

DATABASE_VARIABLE = "CLAIMS_DATABASE_URL"
ACTOR_VARIABLE = "CLAIMS_ACTOR"
ARCHIVE_VARIABLE = "CLAIMS_ARCHIVE_DIR"

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The ground of one command.

    ``file`` is the SQLite file, ``archive`` the folder of archived texts, both absolute;
    ``actor`` the name of the contributor who acts, ``None`` where nobody was named.
    """

    file: Path
    archive: Path
    actor: str | None = None

    @property
    def database(self) -> str:
        """The address of the database, as the store reads it."""
        return f"{_SQLITE}{self.file.as_posix()}"


def settings(
    environment: Mapping[str, str],
    *,
    data: Path,
    here: Path,
    database: str | None = None,
    actor: str | None = None,
) -> Settings:
    """The settings that follow from flags, environment and defaults.

    Args:
        environment: the variables ``CLAIMS_DATABASE_URL``, ``CLAIMS_ACTOR`` and
            ``CLAIMS_ARCHIVE_DIR``; others are ignored, an empty one counts as absent.
        data: the platform's folder for a user's data, where the default database lies.
        here: the folder that relative paths start from.
        database: what ``--db`` said: a path, or an address ``sqlite:///path``.
        actor: what ``--as`` said.

    Raises:
        SetupError: the database is named in a way that this version does not read.
    """
    named = database or environment.get(DATABASE_VARIABLE)
    file = here / _file(named) if named else data / "claims.db"
    folder = environment.get(ARCHIVE_VARIABLE)
    return Settings(
        file=file,
        archive=here / Path(folder).expanduser() if folder else beside(file),
        actor=_name(actor) or _name(environment.get(ACTOR_VARIABLE)),
    )


def beside(file: Path) -> Path:
    """The archive folder that belongs to a database file: ``x.db`` has ``x-archive``."""
    return file.with_name(f"{file.stem}-archive")


def _file(named: str) -> Path:
    """The path that an address or a bare path means; ``?`` and ``#`` end a path in an address."""
    named = _SQLITE if named == "sqlite://" else named
    if "://" in named and not named.startswith(_SQLITE):
        engine = named.partition("://")[0]
        message = (
            f"the database address begins with '{engine}://', which this version does not read;"
            " give a path, or an address that begins with 'sqlite:///'"
        )
        raise SetupError(message)
    path = named.removeprefix(_SQLITE)
    if not path or path == ":memory:":
        message = (
            "a database in memory is gone when the command ends; give the path of a file with --db"
        )
        raise SetupError(message)
    if "?" in path or "#" in path:
        message = f"the database path '{path}' holds '?' or '#'; choose a path without them"
        raise SetupError(message)
    return Path(path).expanduser()


def _name(text: str | None) -> str | None:
    """A name without the space around it; nothing where only space is left."""
    return (text or "").strip() or None
