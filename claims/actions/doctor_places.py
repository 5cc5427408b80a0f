"""Examining where a database lies: its drive, its rights, its room, what was left behind."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from claims.actions.doctor_shape import Finding, not_checked, well, wrong
from claims.store import health

_SPARE = 64 << 20
"""Bytes that should be free besides room for a second copy of the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the parts of a database lie.

    ``file`` is ``None`` for a database on a server, ``archive`` where no folder was named.
    ``mounts`` is the system's list of file systems, ``None`` where it has none.
    """

    file: Path | None
    archive: Path | None
    mounts: str | None


def place_findings(place: Place, now: datetime) -> Iterator[Finding]:
    """What can be seen without opening the database."""
    folders = [one for one in (place.file and place.file.parent, place.archive) if one]
    if place.file is not None:
        yield _drive(place.file, place.mounts)
        yield _space(place.file)
    else:
        yield not_checked("drive", "the server's disks are seen only on the server")
    if place.archive is None:
        yield wrong(
            "archive folder",
            "no folder for archived texts is named",
            "name one that everybody who works with the database uses: CLAIMS_ARCHIVE_DIR=/path",
        )
    yield from _rights(place)
    yield _left_over(folders, now)


def _drive(file: Path, mounts: str | None) -> Finding:
    if mounts is None:
        return not_checked("drive", "this system does not list its drives")
    kind = health.drive_of(file, mounts)
    if health.is_network(kind):
        return wrong(
            "drive",
            f"{file} lies on a network drive ({kind}), where SQLite's locks do not hold",
            "move the database to a disk of this computer, or use PostgreSQL",
        )
    return well("drive", f"the database lies on a disk of this computer ({kind or 'unnamed'})")


def _space(file: Path) -> Finding:
    free, size = health.free_space(file), health.size_of(file)
    told = f"{free >> 20:,} MB are free; the database takes {size >> 20:,} MB"
    if free < size + _SPARE:
        fix = f"make room on the disk of {file.parent}: there should be {_SPARE >> 20} MB more than"
        return wrong("free space", told, f"{fix} the database takes")
    return well("free space", told)


def _rights(place: Place) -> Iterator[Finding]:
    paths = [] if place.file is None else health.with_beside(place.file)
    found = health.open_to_strangers([*paths, *([place.archive] if place.archive else [])])
    for path, rights in found:
        yield wrong(
            "rights",
            f"everybody on this computer may use {path} (rights {rights})",
            f"take the right away: chmod o-rwx {shlex.quote(str(path))}",
        )
    if not found:
        yield well("rights", "no stranger on this computer may use the files of the database")


def _left_over(folders: list[Path], now: datetime) -> Finding:
    found = health.left_over(folders, now)
    if found:
        listed = ", ".join(str(path) for path in found[:5])
        fix = f"delete what was left: rm {' '.join(shlex.quote(str(path)) for path in found)}"
        return wrong("left-over files", f"a work that was broken off left {listed}", fix)
    return well("left-over files", "no unfinished file of a broken-off work lies about")
