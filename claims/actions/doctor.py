"""Examining a database and where it lies: each thing that is wrong, with its mending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.doctor_places import Place, place_findings
from claims.actions.doctor_server import server_findings
from claims.actions.doctor_shape import Finding, not_checked, well, wrong
from claims.actions.init import acting
from claims.analysis.blank import NO_HASH
from claims.analysis.records import Contributor, Document, Snapshot
from claims.analysis.vocabulary import Role
from claims.archive.store import Archive
from claims.errors import ClaimsError, NotFound, SchemaOutdated
from claims.store import health
from claims.store.engine import is_sqlite, open_engine
from claims.store.reader import all_records
from claims.store.revisions import head, require_current
from claims.store.unit import read_unit

_SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")
_SAFE = ("2", "3")
_BACKUP = "restore the newest good backup: claims restore BACKUP --force"
_LISTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorRequest:
    """The database to examine: its address, where its parts lie, and who asks.

    ``actor`` is the name of a contributor, ``None`` for the only administrator.
    """

    database: str
    place: Place
    actor: str | None = None


def doctor(request: DoctorRequest, now: datetime) -> tuple[Finding, ...]:
    """Examine a database, its engine, its files and its archive; nothing is changed.

    It opens the database itself, since a damaged one may not open at all: that is a finding too.
    What would tell of hidden records (archived texts, search) is looked at for administrators
    only; for others it is listed as not checked.

    Args:
        request: what to examine.
        now: to tell what was left behind from what somebody is working on.
    """
    return (*place_findings(request.place, now), *_guarded(request))


def _guarded(request: DoctorRequest) -> Iterator[Finding]:
    """What is seen in the open database; that it cannot be read is a finding as well."""
    try:
        engine = open_engine(request.database)
        try:
            yield from _opened(engine, request)
        finally:
            engine.dispose()
    except SchemaOutdated as error:
        yield wrong("schema", str(error), "claims db upgrade, after a backup")
    except ClaimsError as error:
        yield wrong("database", str(error), _BACKUP)


def _opened(engine: Engine, request: DoctorRequest) -> Iterator[Finding]:
    with read_unit(engine) as session:
        if is_sqlite(engine):
            yield _settings(session)
            yield _structure(session)
        else:
            yield from server_findings(session)
    require_current(engine)
    yield well("schema", f"it is {head()}, which this version of claims reads and writes")
    with read_unit(engine) as session:
        if is_sqlite(engine):
            yield _version(session)
        yield from _records(session, request)
    yield not_checked("history", "whether anything was altered beneath claims: claims verify")


def _settings(session: Session) -> Finding:
    found = health.sqlite_settings(session)
    synchronous = _SYNCHRONOUS[int(found["synchronous"])]
    told = f"journal mode {found['journal_mode']}, synchronous {synchronous}"
    if found["journal_mode"] != "wal":
        fix = "open it with claims where its folder can be written; WAL is switched on by itself"
        return wrong("settings", f"{told}: readers and writers block each other", fix)
    if found["synchronous"] not in _SAFE:
        fix = "write with claims only, which sets synchronous to FULL"
        return wrong("settings", f"{told}: a power cut can lose acknowledged writes", fix)
    return well("settings", told)


def _structure(session: Session) -> Finding:
    found = health.structure_faults(session)
    if found:
        return wrong("structure", f"the file is damaged: {'; '.join(found)}", _BACKUP)
    return well("structure", "SQLite finds its file whole and all references filled")


def _version(session: Session) -> Finding:
    version = health.sqlite_version()
    name = f"SQLite {'.'.join(map(str, version))}"
    if not health.has_wal_reset_bug(version):
        return well("SQLite", f"{name} does not have the WAL-reset bug")
    writers = [one for one in all_records(session, Contributor) if one.role is not Role.READER]
    told = f"{name} can lose pages where two programs write at the same moment (WAL-reset bug)"
    if len(writers) < 2:  # noqa: PLR2004 (one alone writes one after the other)
        return well("SQLite", f"{told}; one contributor alone writes here")
    fix = "use a Python with SQLite 3.51.3 or later (3.44.6 and 3.50.7 are mended too), or"
    return wrong(
        "SQLite", f"{told}, and {len(writers)} contributors write here", f"{fix} PostgreSQL"
    )


def _records(session: Session, request: DoctorRequest) -> Iterator[Finding]:
    try:
        actor = acting(session, request.actor)
        actor.require(Doing.DIAGNOSE)
    except ClaimsError as error:
        yield not_checked("archived texts", str(error))
        yield not_checked("search", str(error))
        return
    yield _archived(session, actor, request.place)
    if health.search_in_step(session):
        yield well("search", "search looks through the words of the records as they are")
    else:
        fix = "make a backup and restore it, which makes the index anew"
        yield wrong("search", "search looks through other words than the records hold", fix)


def _archived(session: Session, actor: Actor, place: Place) -> Finding:
    if place.archive is None:
        return not_checked("archived texts", "no folder for them is named")
    archive, seen = Archive(place.archive), access(session, actor)
    named: defaultdict[str, set[UUID]] = defaultdict(set)
    what: dict[str, str] = {}
    for one in seen.records(Snapshot):
        for sha256, kept in one.kept.items():
            if sha256 != NO_HASH:
                named[sha256].add(one.document)
                what[sha256] = kept
    lost = {one: f"the {what[one]} {why}" for one in named if (why := _fault(archive, one))}
    if not lost:
        return well("archived texts", f"all {len(named):,} are there and unaltered")
    titles = {one.id: one.title for one in seen.records(Document)}
    told = [
        f"{why} for {' and '.join(sorted(repr(titles[one]) for one in named[sha256]))} ({sha256})"
        for sha256, why in lost.items()
    ]
    more = f" and {len(told) - _LISTED:,} more" if len(told) > _LISTED else ""
    fix = f"put the files back into {place.archive}: claims restore BACKUP brings those it holds"
    return wrong("archived texts", f"{'; '.join(told[:_LISTED])}{more}", fix)


def _fault(archive: Archive, sha256: str) -> str | None:
    try:
        archive.check(sha256)
    except NotFound:
        return "is missing"
    except ClaimsError:
        return "is altered or unreadable"
    return None
