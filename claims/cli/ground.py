"""What a command stands on: its settings, the open database, the person who acts.

The only place of the command line that reads the environment, the platform's folders and the
clock.
"""

# ruff: noqa: PLC0415 -- laziness for start-up time: help pages must not load a database

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from claims.settings import Settings


@dataclass(frozen=True, slots=True)
class Ground:
    """The database and the actor as flags named them, before the command or after it."""

    db: str | None = None
    actor: str | None = None

    def over(self, db: str | None, actor: str | None) -> Ground:
        """The same, where the command's own flags win."""
        return Ground(self.db if db is None else db, self.actor if actor is None else actor)

    def settings(self, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings that follow from the flags, the environment and the platform.

        ``environment`` stands in for that of the process.

        Raises:
            SetupError: the database is named in a way that this version does not read.
        """
        from platformdirs import user_data_path

        from claims.errors import SetupError
        from claims.settings import settings

        found = settings(
            os.environ if environment is None else environment,
            data=user_data_path("claims", appauthor=False),
            here=_here(),
            database=self.db,
            actor=self.actor,
        )
        if found.file is not None and found.file.is_dir():
            message = f"the database '{found.file}' is a folder; give the path of a file in it"
            raise SetupError(message)
        return found


def _here() -> Path:
    from claims.errors import SetupError

    try:
        return Path.cwd()
    except FileNotFoundError:
        message = "the folder you are in is there no more; change to another one"
        raise SetupError(message) from None


def now() -> datetime:
    """The time of this command, in UTC."""
    return datetime.now(UTC)


def existing(settings: Settings) -> Settings:
    """The same settings, once it is sure that their SQLite file is there.

    A server is asked when its database is opened.

    Raises:
        SetupError: there is none; opening it would make an empty one.
    """
    from claims.errors import SetupError

    if settings.file is not None and not settings.file.is_file():
        message = (
            f"there is no database at '{settings.file}';"
            f" make one with `claims init{settings.flags}`"
        )
        raise SetupError(message)
    return settings


def make(settings: Settings) -> None:
    """Make the tables of the database, and a SQLite file with its folder where there is none.

    Raises:
        SetupError: the database cannot be made or reached, or holds other tables than ours.
    """
    from claims.store.migrate import upgrade

    if settings.file is not None:
        settings.file.parent.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database)


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """The database, ready to be read and written, and closed afterwards.

    Raises:
        SetupError: there is no database yet, or it cannot be used.
        SchemaOutdated: another version wrote it.
    """
    from claims.store.engine import open_engine
    from claims.store.revisions import require_current

    engine = open_engine(existing(settings).database)
    try:
        require_current(engine, flags=settings.flags)
        yield engine
    finally:
        engine.dispose()
