"""``claims backup``, ``claims restore``, ``claims doctor`` and ``claims db check``."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from claims import actions
from claims.actions.backup import BackupRequest, BackupResult, Tell
from claims.actions.backup import backup as back_up
from claims.actions.doctor import DoctorRequest
from claims.actions.doctor import doctor as examine
from claims.actions.doctor_places import Place
from claims.actions.doctor_shape import Finding, State
from claims.actions.restore import RestoreRequest, RestoreResult
from claims.actions.restore import restore as put_back
from claims.archive.store import Archive
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.printing import print_json, print_pairs, say, warn
from claims.settings import Settings
from claims.store.address import database_of
from claims.store.drift import drift
from claims.store.health import MOUNTS
from claims.store.revisions import head
from claims.store.unit import read_unit

_WIDTH = max(len(state) for state in State)

_OFTEN = 0.2
"""Seconds between two lines on how far a long work has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What the flags of ``claims backup`` and ``claims restore`` said."""

    archive: bool
    dry_run: bool
    as_json: bool
    force: bool = False


def backup(ground: Ground, target: Path, how: How) -> int:
    """Back the database up; 1 where archived bytes are missing from the backup."""
    settings = ground.settings()
    request = BackupRequest(
        target=target,
        name=_stem(settings),
        archive=Archive(settings.archive) if how.archive else None,
        dry_run=how.dry_run,
        tell=teller(),
    )
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        result = back_up(session, actor, request, now())
    if how.as_json:
        print_json({**asdict(result), "path": str(result.path), "dry_run": how.dry_run})
    else:
        _describe_backup(result, archive=how.archive)
    return FINDINGS if result.missing else OK


def restore(ground: Ground, file: Path, how: How) -> int:
    """Make the database of a backup again; 1 where archived bytes are in neither."""
    settings = ground.settings()
    request = RestoreRequest(
        backup=file,
        database=settings.database,
        archive=Archive(settings.archive) if how.archive else None,
        force=how.force,
        dry_run=how.dry_run,
        tell=teller(),
    )
    result = put_back(request, now())
    if how.as_json:
        print_json({**asdict(result), "database": settings.name, "dry_run": how.dry_run})
    else:
        _describe_restore(settings, result, dry_run=how.dry_run)
    return FINDINGS if result.missing else OK


def doctor(ground: Ground, *, as_json: bool) -> int:
    """Examine the database; 1 where something is wrong."""
    settings = existing(ground.settings())
    place = Place(file=settings.file, archive=settings.folder, mounts=_mounts())
    request = DoctorRequest(database=settings.database, place=place, actor=settings.actor)
    found = examine(request, now())
    if as_json:
        print_json({"database": settings.name, "findings": [asdict(one) for one in found]})
    else:
        _describe_findings(settings, found)
    return FINDINGS if any(one.state is State.WRONG for one in found) else OK


def db_check(ground: Ground, *, as_json: bool) -> int:
    """Compare the tables with those declared; 1 where they differ."""
    settings = ground.settings()
    with opened(settings):
        found = drift(settings.database)
    if as_json:
        print_json({"database": settings.name, "schema": head(), "differences": found})
    elif found:
        for one in found:
            say(one)
        warn(
            f"\nThe tables of {settings.name} are not those of the schema {head()}: something else"
            " changed them. Restore a backup into a new database, and use that."
        )
    else:
        say(f"The tables of {settings.name} are those of the schema {head()}.")
    return FINDINGS if found else OK


def _mounts() -> str | None:
    try:
        return MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return None


def _describe_findings(settings: Settings, found: Sequence[Finding]) -> None:
    say(f"{settings.name}\n")
    order = (State.WRONG, State.WELL, State.NOT_CHECKED)
    for one in sorted(found, key=lambda one: order.index(one.state)):
        say(f"{one.state:<{_WIDTH}}  {one.check}: {one.found}")
        if one.fix:
            say(f"{'':<{_WIDTH}}  mend it: {one.fix}")
    count = sum(one.state is State.WRONG for one in found)
    told = "Nothing is wrong." if not count else f"{count} of {len(found)} checks found a fault."
    say(f"\n{told}")


def _stem(settings: Settings) -> str:
    """What the file of a backup is named after."""
    if settings.file is not None:
        return settings.file.stem
    return database_of(settings.database) or "claims"


def _describe_backup(result: BackupResult, *, archive: bool) -> None:
    pairs = [
        ("Backup", f"{result.path}{'' if result.size else ' (not written: a dry run)'}"),
        ("Head", f"change {result.seq:,}, {result.head}"),
        ("Schema", result.schema),
        ("Rows", f"{result.rows:,}"),
        ("Archived texts", f"{result.archived:,}" if archive else "left out"),
    ]
    if result.size is not None:
        pairs += [("Bytes", f"{result.size:,}"), ("SHA-256", str(result.sha256))]
    print_pairs(pairs)
    _warn_missing(result.missing)
    if result.size is not None:
        say("\nProved: the file was read back, and a database made from it was verified.")


def _describe_restore(settings: Settings, result: RestoreResult, *, dry_run: bool) -> None:
    print_pairs(
        [
            ("Database", f"{settings.name}{' (not written: a dry run)' if dry_run else ''}"),
            ("Backup of", f"{result.made_at}, {result.engine}, {result.made_with}"),
            ("Head", f"change {result.seq:,}, {result.head}"),
            ("Schema", result.schema),
            ("Rows", f"{result.rows:,}"),
            ("Archived texts", f"{result.archived:,}"),
            *([("Moved aside to", result.aside)] if result.aside else []),
        ]
    )
    _warn_missing(result.missing)
    if dry_run:
        say("\nProved: a database was made from the backup, verified, and taken away again.")


def _warn_missing(missing: Sequence[str]) -> None:
    if missing:
        listed = ", ".join(missing[:5]) + (" …" if len(missing) > len(missing[:5]) else "")
        count = (
            "1 archived text is" if len(missing) == 1 else f"{len(missing):,} archived texts are"
        )
        warn(f"\nWarning: {count} missing or altered in the archive: {listed}")


def teller() -> Tell:
    """Says on a terminal how far the work is, on one line that is written over."""
    last = 0.0

    def tell(what: str, done: int, total: int) -> None:
        nonlocal last
        ended = done >= total
        if not sys.stderr.isatty() or not (ended or time.monotonic() - last > _OFTEN):
            return
        last = time.monotonic()
        sys.stderr.write(f"\r\033[K{'' if ended else f'{what}: {done:,} of {total:,}'}")
        sys.stderr.flush()

    return tell
