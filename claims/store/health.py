"""What a doctor looks at: the engine's settings, the files and their disk, the index of search."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.analysis.records import ENTITIES
from claims.analysis.search_texts import SEARCHED, entry_words
from claims.store.fetch import Fetch
from claims.store.lookup import batches
from claims.store.places import BESIDE
from claims.store.tables import METADATA
from claims.store.tables.search import ENTRY

MOUNTS = Path("/proc/mounts")
"""Where Linux lists the file systems; where it is not there, a drive cannot be told."""

NETWORK = ("9p", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "nfs", "smb", "virtiofs")
"""How the names of file systems begin that other machines serve."""

FUSE = ("fuse.sshfs", "fuse.rclone", "fuse.gvfsd", "fuse.s3fs", "fuse.davfs", "fuse.gluster")
"""The same, by programs."""

_STRANGERS = stat.S_IRWXO
_AGE = timedelta(hours=1)
"""How old an unfinished file is before nobody can be working on it."""


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can lose pages where two connections write and checkpoint at once.

    It is in 3.7.0 to 3.51.2 and was mended in 3.51.3, and in the releases 3.44.6 and 3.50.7 of
    older lines (sqlite.org/wal.html, "The WAL-Reset Bug").
    """
    mended = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
    least = mended.get((version[0], version[1]), (3, 51, 3))
    return (3, 7, 0) <= version < least


def sqlite_settings(session: Session) -> Mapping[str, str]:
    """The settings of a connection as claims opens it, by their names in SQLite."""
    run = session.connection().exec_driver_sql
    names = ("journal_mode", "synchronous", "foreign_keys")
    return {name: str(run(f"PRAGMA {name}").scalar()) for name in names}


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite library that this Python uses."""
    return sqlite3.sqlite_version_info


def structure_faults(session: Session) -> list[str]:
    """What SQLite says of its file: nothing, or the first things that are wrong."""
    run = session.connection().exec_driver_sql
    found = [str(said) for (said,) in run("PRAGMA integrity_check(5)") if said != "ok"]
    lost = run("PRAGMA foreign_key_check").first()
    return [*found, *([f"{lost[0]} refers to missing rows of {lost[2]}"] if lost else [])]


def postgresql_settings(session: Session) -> Mapping[str, str]:
    """The settings of a server that its data depend on, and what the connection is."""
    run = session.connection().exec_driver_sql
    names = ("fsync", "full_page_writes", "synchronous_commit", "server_version", "data_checksums")
    found = {name: str(run(f"SHOW {name}").scalar()) for name in (*names, "server_encoding")}
    found["superuser"] = str(
        run("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").scalar()
    )
    found["host"] = str(run("SELECT host(inet_server_addr())").scalar() or "")
    found["tls"] = str(run("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").scalar())
    return found


def drive_of(path: Path, mounts: str) -> str:
    """The kind of file system that a path lies on, as the system's list of mounts tells it."""
    whole = path.resolve()
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        place = parts[1].replace("\\040", " ")
        if len(place) >= len(best) and whole.is_relative_to(place):
            best, kind = place, parts[2]
    return kind


def is_network(kind: str) -> bool:
    """Whether a kind of file system is served by another machine."""
    return kind.startswith(NETWORK) or kind.startswith(FUSE)


def open_to_strangers(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files and folders that everybody on the machine may use, with their rights."""
    found = []
    for path in paths:
        if path.exists():
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & _STRANGERS:
                found.append((path, f"{mode:04o}"))
    return found


def with_beside(file: Path) -> list[Path]:
    """A SQLite file and what SQLite keeps beside it."""
    return [file, *(file.with_name(f"{file.name}{end}") for end in BESIDE)]


def left_over(folders: Sequence[Path], now: datetime) -> list[Path]:
    """Unfinished files of works that were broken off, which nobody is working on any more."""
    marks = (".restoring-", ".partial-", ".claims-checking-")
    return sorted(
        path
        for folder in folders
        for path in _hidden(folder)
        if any(mark in path.name for mark in marks)
        and now.timestamp() - path.stat().st_mtime > _AGE.total_seconds()
    )


def _hidden(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from folder.glob(".*")


def free_space(path: Path) -> int:
    """Bytes that are free on the disk of a path."""
    return shutil.disk_usage(path if path.is_dir() else path.parent).free


def size_of(file: Path) -> int:
    """Bytes of a SQLite database, with what has not been written into its file yet."""
    return sum(one.stat().st_size for one in with_beside(file) if one.exists())


def search_in_step(session: Session) -> bool:
    """Whether search looks through the words of the records as they are."""
    entries = 0
    for kind in ENTITIES:
        if kind.entity not in SEARCHED:
            continue
        pks = METADATA.tables[kind.entity].c.pk
        for some in batches(session.scalars(select(pks).order_by(pks)).all()):
            records = Fetch(session).records(kind, pks.between(some[0], some[-1]))
            wanted = {one.id: words for one in records if (words := entry_words(one))}
            if _held_words(session, wanted) != wanted:
                return False
            entries += len(wanted)
    return entries == len(session.scalars(select(ENTRY.c.pk)).all())


def _held_words(session: Session, wanted: Mapping[UUID, str]) -> dict[UUID, str]:
    statement = select(ENTRY.c.record, ENTRY.c.words).where(ENTRY.c.record.in_(wanted))
    return {row[0]: row[1] for row in session.execute(statement)}
