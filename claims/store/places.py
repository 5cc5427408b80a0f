"""Where a database is made again: beside its place first, and put there once it is proved.

The database that stood there before is never deleted: a file is given another name, a schema of
PostgreSQL is renamed. Whatever goes wrong before the last step leaves it as it was.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection

from claims.errors import SetupError
from claims.store.address import is_postgresql
from claims.store.engine import create_database, database_path, open_engine
from claims.store.faults import plain_faults
from claims.store.schemas import new_schema, refuse_held_schema

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; the names end so."""


Place = AbstractContextManager[tuple[Connection, str | None]]
"""A new database, and what the one that stood there before is called afterwards."""


def new_place(url: str, *, force: bool, now: datetime) -> Place:
    """A new empty database that stands at an address once the block has ended well.

    Args:
        url: the address of a SQLite file or of a PostgreSQL database.
        force: whether one that is held there is moved aside.
        now: goes into the name of what is moved aside.

    Raises:
        SetupError: a database is held there and may not be moved, somebody uses it, or it cannot
            be written.
    """
    if is_postgresql(url):
        return new_schema(url, force=force, now=now)
    return new_file(database_path(url), force=force, now=now)


@contextmanager
def trial_place(url: str, *, force: bool) -> Iterator[tuple[Connection, str | None]]:
    """A passing database where :func:`new_place` would make one, refused as there."""
    if is_postgresql(url):
        refuse_held_schema(url, force=force)
        folder = Path(tempfile.gettempdir())
    else:
        refuse_held(database_path(url), force=force)
        folder = database_path(url).parent
    with passing_database(folder) as connection:
        yield connection, None


def refuse_without_room(url: str, size: int) -> None:
    """Refuse a place whose disk has too little room for a database of a size in bytes.

    Raises:
        SetupError: it has; the message says how much is free.
    """
    if is_postgresql(url) or not database_path(url).parent.is_dir():
        return
    free = shutil.disk_usage(database_path(url).parent).free
    if free < size:
        message = (
            f"the backup needs about {size >> 20:,} MB and the disk of {database_path(url).parent}"
            f" has {free >> 20:,} MB left; make room, or name another place with --db"
        )
        raise SetupError(message)


@contextmanager
def passing_database(folder: Path) -> Iterator[Connection]:
    """A new empty database in a folder, which is deleted when the block ends.

    Raises:
        SetupError: it cannot be made there.
    """
    path = folder / f".claims-checking-{secrets.token_hex(6)}"
    try:
        with _made(path, str(folder)) as connection:
            yield connection
    finally:
        _delete(path)


@contextmanager
def new_file(
    target: Path, *, force: bool, now: datetime
) -> Iterator[tuple[Connection, str | None]]:
    """A new SQLite database that stands at ``target`` once the block has ended well."""
    refuse_held(target, force=force)
    path = target.with_name(f".{target.name}.restoring-{secrets.token_hex(6)}")
    aside = aside_name(target, now)
    try:
        with _made(path, str(target)) as connection:
            yield connection, str(aside) if is_held(target) else None
        _put(path, target, aside)
    finally:
        _delete(path)


def aside_name(target: Path, now: datetime) -> Path:
    """What a database is called once it was moved aside."""
    return target.with_name(f"{target.name}.before-restore-{now:%Y%m%dT%H%M%SZ}")


def refuse_held(target: Path, *, force: bool) -> None:
    """Refuse a place where a restore would have to move something aside, unless it may.

    Raises:
        SetupError: a database is held there, or no file can stand there.
    """
    if not target.parent.is_dir():
        message = f"the folder {target.parent} does not exist; make it, or name another database"
        raise SetupError(message)
    if target.exists() and not target.is_file():
        message = f"{target} is no file; name another database with --db"
        raise SetupError(message)
    if not force and is_held(target):
        message = (
            f"there is a database at {target} already; name another with --db,"
            " or add --force, which moves it aside and deletes nothing"
        )
        raise SetupError(message)


def is_held(target: Path) -> bool:
    """Whether anything stands at a path but an empty file or a database without history."""
    if not target.exists() or not target.stat().st_size:
        return any(beside.exists() for beside in _beside(target))
    try:
        with closing(_connected(target, "ro")) as raw:
            seq: object = raw.execute("SELECT seq FROM head").fetchone()
    except sqlite3.Error:  # whatever cannot be read is not ours to overwrite
        return True
    return seq != (0,)


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=1, isolation_level=None)


@contextmanager
def _made(path: Path, name: str) -> Iterator[Connection]:
    url = _url(path)
    create_database(url)
    engine = open_engine(url)
    try:
        with plain_faults(name), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _put(made: Path, target: Path, aside: Path) -> None:
    """Give a finished database its name, in one step; what stood there keeps another name."""
    if made.with_name(f"{made.name}-wal").exists():
        message = f"the new database {made} was not closed by all; nothing was restored; try again"
        raise SetupError(message)
    flush(made)
    with _alone(target):
        _keep(target, aside)
        made.replace(target)
    flush(target.parent)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Hold a database so that nobody else reads or writes it; a damaged one is not held."""
    if not target.exists() or not _is_whole(target):
        yield
        return
    with closing(_connected(target, "rw")) as raw:
        try:
            raw.execute("PRAGMA journal_mode=DELETE")  # what the WAL holds goes into the file
            raw.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            message = f"the database {target} is in use ({error}); end the programs that use it"
            raise SetupError(message) from error
        yield


def _is_whole(target: Path) -> bool:
    """Whether it can be opened at all; a file that cannot is left as it is, with its WAL."""
    try:
        with closing(_connected(target, "ro")) as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        return str(getattr(error, "sqlite_errorname", "")).startswith(
            ("SQLITE_BUSY", "SQLITE_CANT")
        )
    return True


def _keep(target: Path, aside: Path) -> None:
    """Give what stands at a path a second name; then only what SQLite keeps beside it goes."""
    if target.exists() and target.stat().st_size:
        _second_name(target, aside)
    for path in _beside(target):
        if path.exists():
            _second_name(path, aside.with_name(path.name.replace(target.name, aside.name, 1)))
    flush(target.parent)
    for path in _beside(target):
        path.unlink(missing_ok=True)


def _second_name(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except FileExistsError:
        message = f"{other} is there already; move it away and try again"
        raise SetupError(message) from None
    except OSError:  # a file system without second names
        shutil.copy2(path, other)
        flush(other)


def _delete(path: Path) -> None:
    for one in (path, *_beside(path)):
        with suppress(FileNotFoundError):
            one.unlink()


def _beside(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}{end}") for end in BESIDE]


def flush(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _url(path: Path) -> str:
    return f"sqlite:///{path.as_posix().replace('%', '%25')}"
