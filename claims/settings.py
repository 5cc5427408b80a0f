"""Where a command works and who acts: worked out once, from what a shell was given.

A flag wins over the environment, the environment over the default. Nothing here reads the
environment, a file or the clock: the shell passes in what it read.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from claims.errors import SetupError
from claims.store.address import is_postgresql, postgresql_address, shown

DATABASE_VARIABLE = "CLAIMS_DATABASE_URL"
ACTOR_VARIABLE = "CLAIMS_ACTOR"
ARCHIVE_VARIABLE = "CLAIMS_ARCHIVE_DIR"

_SQLITE = "sqlite:///"
_ADDRESS = re.compile(r"((?:sqlite|file):|[^/]*://).*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The ground of one command.

    ``file`` is the SQLite file, or ``address`` that of a PostgreSQL database: one of the two.
    ``folder`` is that of the archived texts, ``None`` where nobody named one and there is no file
    to lie beside. Paths are absolute. ``actor`` is the name of the contributor who acts, ``None``
    where nobody was named. ``flag`` says whether ``--db`` named the database.
    """

    file: Path | None = None
    address: str | None = field(default=None, repr=False)  # may hold a password
    folder: Path | None
    actor: str | None = None
    flag: bool = False

    @property
    def database(self) -> str:
        """The address of the database, as the store reads it; ``%`` is written ``%25`` in one."""
        if self.file is None:
            return str(self.address)
        return f"{_SQLITE}{self.file.as_posix().replace('%', '%25')}"

    @property
    def name(self) -> str:
        """What to call the database: its file, or its address without the password."""
        return shown(str(self.address)) if self.file is None else str(self.file)

    @property
    def flags(self) -> str:
        """What names this database again in a command that a message suggests."""
        return f" --db {shlex.quote(self.name)}" if self.flag else ""

    @property
    def archive(self) -> Path:
        """The folder of the archived texts.

        Raises:
            SetupError: nobody named one for a PostgreSQL database, which lies in no folder.
        """
        if self.folder is None:
            message = (
                f"texts are archived in a folder, and none belongs to {self.name};"
                f" name the one that everybody who works with it uses: {ARCHIVE_VARIABLE}=/path"
            )
            raise SetupError(message)
        return self.folder


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
        database: what ``--db`` said: a path, an address ``sqlite:///path`` or
            ``postgresql://user@host:port/database``.
        actor: what ``--as`` said.

    Raises:
        SetupError: the database or the archive is named in a way that this version does not
            read, or a flag is empty.
    """
    _refuse_empty("--db", database)
    _refuse_empty("--as", actor)
    named = database or _name(environment.get(DATABASE_VARIABLE))
    address = postgresql_address(named) if named and is_postgresql(named) else None
    file = None if address else _writable(here / _file(named) if named else data / "claims.db")
    folder = _name(environment.get(ARCHIVE_VARIABLE))
    return Settings(
        file=file,
        address=address,
        folder=_writable(here / _folder(folder)) if folder else beside(file) if file else None,
        actor=_name(actor) or _name(environment.get(ACTOR_VARIABLE)),
        flag=database is not None,
    )


def beside(file: Path) -> Path:
    """The archive folder that belongs to a database file: ``x.db`` has ``x-archive``."""
    return file.with_name(f"{file.stem}-archive")


def _file(named: str) -> Path:
    """The path that an address or a bare path means; ``?`` and ``#`` end a path in an address."""
    named = _SQLITE if named == "sqlite://" else named
    address = _ADDRESS.fullmatch(named)
    if address and not named.startswith(_SQLITE):
        message = (
            f"the database address begins with '{address[1]}', which this version does not read;"
            " give a path, or an address that begins with 'sqlite:///' or 'postgresql://'"
        )
        raise SetupError(message)
    path = unquote(named.removeprefix(_SQLITE)) if address else named
    if not path or path == ":memory:":
        message = (
            "a database in memory is gone when the command ends; give the path of a file with --db"
        )
        raise SetupError(message)
    if "?" in path or "#" in path:
        message = f"the database path '{path}' holds '?' or '#'; choose a path without them"
        raise SetupError(message)
    file = _path(path)
    if file.name in {"", ".."}:
        message = f"the database path '{path}' names a folder; give the path of a file in it"
        raise SetupError(message)
    return file


def _folder(named: str) -> Path:
    """The folder of archived texts; what would be an address elsewhere is none here."""
    if "://" in named:
        message = (
            f"{ARCHIVE_VARIABLE} is the address '{named}', which this version does not read;"
            " give the path of a folder"
        )
        raise SetupError(message)
    return _path(named)


def _path(words: str) -> Path:
    """A path with its ``~`` written out; two slashes at its beginning mean one."""
    try:
        return Path(re.sub("^//+", "/", words)).expanduser()
    except RuntimeError:
        message = f"nobody's home folder is known for '{words}'; write the path out"
        raise SetupError(message) from None


def _writable(path: Path) -> Path:
    """The same path, once it is sure that a database and a message can name it.

    Raises:
        SetupError: it holds bytes that are no UTF-8.
    """
    try:
        path.as_posix().encode("utf-8")
    except UnicodeEncodeError:
        message = f"the path {str(path)!a} is not UTF-8; choose a path in UTF-8"
        raise SetupError(message) from None
    return path


def _refuse_empty(flag: str, given: str | None) -> None:
    """An empty flag is a variable that was not set: acting without it would do something else."""
    if given is not None and not given.strip():
        message = f"{flag} is given without words; say what is meant, or leave {flag} out"
        raise SetupError(message)


def _name(text: str | None) -> str | None:
    """A name without the space around it; nothing where only space is left."""
    return (text or "").strip() or None
