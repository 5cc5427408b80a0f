"""Making a database again from a backup: all of it, proved before it is put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from claims.actions.backup import Tell, kept_head, silent, told_tables
from claims.archive.store import Archive
from claims.errors import InputRefused, SchemaOutdated, VerificationFailed
from claims.exchange.backup_file import BackupReader, open_backup
from claims.exchange.backup_manifest import Manifest
from claims.store.places import new_place, refuse_without_room, trial_place
from claims.store.rebuild import index, is_known, prove, rebuild


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreRequest:
    """From which file into which database.

    ``database`` is an address; ``archive`` is ``None`` where the archived bytes are to be left
    out; ``force`` moves a database that is there already aside.
    """

    backup: Path
    database: str
    archive: Archive | None
    force: bool = False
    dry_run: bool = False
    tell: Tell = silent


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreResult:
    """What was restored; ``aside`` is what a database that was there before is called now.

    ``missing`` names archived bytes that neither the backup nor the archive holds.
    """

    made_at: str
    made_with: str
    engine: str
    seq: int
    head: str
    schema: str
    rows: int
    archived: int
    missing: tuple[str, ...]
    aside: str | None


def restore(request: RestoreRequest, now: datetime) -> RestoreResult:
    """Make the database of a backup again, or change nothing.

    The file is checked first, part by part. Then the database is made beside its place, brought
    to today's schema, and every hash of its history is computed again; only then it takes its
    place. There is no actor: whoever may write the database's place is trusted with it.

    Args:
        request: from where, where to.
        now: goes into the name of a database that is moved aside.

    Raises:
        NotFound: there is no such file.
        InputRefused: the file is no backup, or a later version of claims made it.
        VerificationFailed: it is cut off or altered, or its history does not add up.
        SchemaOutdated: its schema is not known to this version.
        SetupError: a database is there already, or the place cannot be written.
    """
    with open_backup(request.backup) as reader:
        manifest = reader.manifest
        _require_known(manifest)
        for done, _ in enumerate(reader.check()):
            request.tell("parts checked", done, len(manifest.sizes))
        refuse_without_room(request.database, _needed(manifest))
        aside = _rebuilt(reader, request, now)
    return _result(manifest, request, aside)


def _rebuilt(reader: BackupReader, request: RestoreRequest, now: datetime) -> str | None:
    about = reader.manifest.about
    url, force = request.database, request.force
    trial = request.dry_run
    place = trial_place(url, force=force) if trial else new_place(url, force=force, now=now)
    with place as (connection, aside), _plain_faults(request.backup):
        rebuild(connection, about.schema, told_tables(reader, request.tell))
        prove(connection, kept_head(reader.manifest))
        index(connection)
        if not request.dry_run:
            _put_archived(reader, request)
    return aside


def _put_archived(reader: BackupReader, request: RestoreRequest) -> None:
    """Put the archived bytes into the archive; what was altered there is set aside."""
    if request.archive is None:
        return
    parts = reader.manifest.archived
    for done, part in enumerate(parts, 1):
        data = reader.data(part)
        try:
            request.archive.add(data)
        except VerificationFailed:
            altered = request.archive.path(part.sha256)
            altered.rename(altered.with_name(f"{altered.name}.altered"))
            request.archive.add(data)
        request.tell("archived texts restored", done, len(parts))


def _require_known(manifest: Manifest) -> None:
    about = manifest.about
    if not is_known(about.schema):
        message = (
            f"the backup has the schema {about.schema}, which this version of claims does not"
            f" know; it was made by {about.made_with}; install that version, or a later one"
        )
        raise SchemaOutdated(message)


def _needed(manifest: Manifest) -> int:
    """About how many bytes the database and the archived texts take."""
    return 2 * sum(part.size for part in manifest.tables) + sum(
        part.size for part in manifest.archived
    )


@contextmanager
def _plain_faults(path: Path) -> Iterator[None]:
    """A row that no database can hold was not written by claims."""
    try:
        yield
    except (ValueError, InputRefused) as error:
        message = (
            f"the backup '{path}' does not hold what a database of claims holds ({error});"
            " nothing was restored; use another backup"
        )
        raise VerificationFailed(message) from error


def _result(manifest: Manifest, request: RestoreRequest, aside: str | None) -> RestoreResult:
    about, archive = manifest.about, request.archive
    gone = (name for name in manifest.missing if archive is None or not archive.has(name))
    return RestoreResult(
        made_at=about.made_at,
        made_with=about.made_with,
        engine=about.engine,
        seq=about.head_seq,
        head=about.head_hash,
        schema=about.schema,
        rows=manifest.rows,
        archived=len(manifest.archived) if archive else 0,
        missing=tuple(gone),
        aside=aside,
    )
