"""Backing a database up: everything it holds at one moment, in one file that was proved."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from claims import __version__
from claims.actions.actor import Actor, Doing
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound, SetupError, VerificationFailed
from claims.exchange.backup_file import PIECE, BackupReader, BackupWriter, open_backup
from claims.exchange.backup_manifest import About, Column, Manifest
from claims.store.codec import instant_text
from claims.store.dump import (
    Layout,
    archived_names,
    engine_name,
    layouts,
    row_count,
    rows_of,
)
from claims.store.history import Head
from claims.store.places import flush, passing_database
from claims.store.reader import head
from claims.store.rebuild import Tables, prove, rebuild
from claims.store.revisions import head as newest_schema

ENDING = ".claims.zip"
"""How the name of a backup ends where only a folder was given."""

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""
    del what, done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRequest:
    """Where to, under what name, and with which archived bytes.

    ``target`` is a new file, or a folder in which a file named after ``name`` and the time is
    made. ``archive`` is ``None`` where the archived bytes are to be left out.
    """

    target: Path
    name: str
    archive: Archive | None
    dry_run: bool = False
    tell: Tell = silent


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupResult:
    """What was backed up: the file, its size in bytes and SHA-256 (``None`` in a dry run).

    ``missing`` names archived bytes that the database names and the archive does not hold whole.
    """

    path: Path
    seq: int
    head: str
    schema: str
    rows: int
    archived: int
    missing: tuple[str, ...]
    size: int | None = None
    sha256: str | None = None


def backup(session: Session, actor: Actor, request: BackupRequest, now: datetime) -> BackupResult:
    """Write everything that the database holds at this moment into one new file.

    Others may go on writing. The file gets its name once it has been read back, a database has
    been made from it, and every hash of its history has been computed again. Whatever ends the
    work before that leaves no file of that name.

    Args:
        session: an open unit of reading; all is read from the one moment that it sees.
        actor: who asks.
        request: where to, and with what.
        now: kept in the backup, and in its name where a folder was given.

    Raises:
        NotPermitted: the actor is no administrator.
        InputRefused: the file is there already.
        SetupError: it cannot be written; the message says why.
        VerificationFailed: the database does not add up, so that no backup was made of it.
    """
    actor.require(Doing.BACKUP)
    path = _path(request, now)
    about = _about(session, request, now)
    if request.dry_run:
        return _foreseen(session, request, path, about)
    with _unfinished(path) as file_path:
        manifest = _written(session, request, about, file_path)
        _prove(file_path, request.tell)
        flush(file_path)
        size, sha256 = file_path.stat().st_size, _sha256(file_path)
        _name(file_path, path)
    return _result(path, manifest, size, sha256)


def _path(request: BackupRequest, now: datetime) -> Path:
    path = request.target
    if path.is_dir():
        path /= f"{request.name}-{now:%Y-%m-%dT%H%M%SZ}{ENDING}"
    if path.exists():
        message = f"'{path}' is there already, and a backup never replaces a file; name another"
        raise InputRefused(message)
    if not path.parent.is_dir():
        message = f"the folder '{path.parent}' does not exist; make it, or name another"
        raise SetupError(message)
    return path


def _about(session: Session, request: BackupRequest, now: datetime) -> About:
    at = head(session)
    return About(
        made_at=instant_text(now),
        made_with=f"claims {__version__}",
        engine=engine_name(session),
        schema=newest_schema(),
        head_seq=at.seq,
        head_hash=at.hash,
        archive=request.archive is not None,
    )


def _written(session: Session, request: BackupRequest, about: About, path: Path) -> Manifest:
    with _plain_faults(path), _private(path) as file:
        writer = BackupWriter(file)
        try:
            _write_tables(session, writer, request.tell)
            missing = _write_archived(session, writer, request)
            manifest = writer.finish(about, missing)
        except BaseException:
            writer.abandon()
            raise
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _private(path: Path) -> IO[bytes]:
    """A new file that only its owner may read: it holds what the database hides from others."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _write_tables(session: Session, writer: BackupWriter, tell: Tell) -> None:
    held = layouts()
    total, done = sum(row_count(session, layout) for layout in held), 0
    for layout in held:
        columns = [Column(*column) for column in layout.columns]
        for count in writer.table(layout.name, columns, rows_of(session, layout)):
            done += count
            tell("rows written", done, total)


def _write_archived(
    session: Session, writer: BackupWriter, request: BackupRequest
) -> tuple[str, ...]:
    if request.archive is None:
        return ()
    names, missing = archived_names(session), []
    for done, sha256 in enumerate(names, 1):
        try:
            writer.archived(sha256, request.archive.read(sha256))
        except (NotFound, VerificationFailed):
            missing.append(sha256)
        request.tell("archived texts written", done, len(names))
    return tuple(missing)


def _prove(path: Path, tell: Tell) -> None:
    """Read the file back, make a database of it, and check that as any database is checked."""
    with open_backup(path) as reader:
        for done, _ in enumerate(reader.check()):
            tell("parts read back", done, len(reader.manifest.sizes))
        with passing_database(path.parent) as connection:
            rebuild(connection, reader.manifest.about.schema, told_tables(reader, tell))
            prove(connection, kept_head(reader.manifest))


def told_tables(reader: BackupReader, tell: Tell) -> Tables:
    """The tables of a backup and their rows; tells how many rows were read."""
    total, done = reader.manifest.rows, 0
    for table in reader.manifest.tables:
        columns = tuple((column.name, column.kind) for column in table.columns)
        yield Layout(table.name, columns), reader.rows(table)
        done += table.rows
        tell("rows read back", done, total)


def kept_head(manifest: Manifest) -> Head:
    """The head of the history that a backup holds."""
    return Head(manifest.about.head_seq, manifest.about.head_hash)


def _foreseen(session: Session, request: BackupRequest, path: Path, about: About) -> BackupResult:
    names = archived_names(session) if request.archive else ()
    missing = tuple(name for name in names if request.archive and not request.archive.has(name))
    return BackupResult(
        path=path,
        seq=about.head_seq,
        head=about.head_hash,
        schema=about.schema,
        rows=sum(row_count(session, layout) for layout in layouts()),
        archived=len(names) - len(missing),
        missing=missing,
    )


def _result(path: Path, manifest: Manifest, size: int, sha256: str) -> BackupResult:
    return BackupResult(
        path=path,
        seq=manifest.about.head_seq,
        head=manifest.about.head_hash,
        schema=manifest.about.schema,
        rows=manifest.rows,
        archived=len(manifest.archived),
        missing=manifest.missing,
        size=size,
        sha256=sha256,
    )


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A name beside the backup's own, under which nobody takes it for a backup."""
    beside = path.with_name(f".{path.name}.partial-{secrets.token_hex(6)}")
    try:
        yield beside
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


@contextmanager
def _plain_faults(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = (
            f"the backup cannot be written in '{path.parent}': {why}; no backup was made;"
            " make room there, or name another folder"
        )
        raise SetupError(message) from error


def _name(made: Path, path: Path) -> None:
    """Give a proved backup its name; a file that came to stand there meanwhile stays."""
    try:
        os.link(made, path)
    except FileExistsError:
        message = f"'{path}' is there already, and a backup never replaces a file; name another"
        raise InputRefused(message) from None
    except OSError:  # a file system without second names
        made.rename(path)
    flush(path.parent)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
