"""Archived copies from the command line: adding, listing, checking them and handing them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer
from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.actions.copy_export import CopyExportRequest, export_copies
from claims.actions.custody import (
    CheckRequest,
    CustodyAddRequest,
    CustodyEntry,
    CustodyRequest,
    add_custody,
    check_copies,
    custody_log,
    note_checks,
)
from claims.actions.entry_names import called
from claims.actions.entry_write import Written
from claims.actions.init import acting
from claims.actions.snapshots import (
    SnapshotRequest,
    SnapshotsRequest,
    add_snapshot,
    snapshots,
)
from claims.analysis.records import Document
from claims.analysis.wording import number, plural
from claims.archive.store import Archive
from claims.cli.archiving_words import (
    copy_as_json,
    copy_lines,
    fault_as_json,
)
from claims.cli.entering import Manner, write
from claims.cli.gathering import Reading, copies_named
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, print_table, say
from claims.errors import VerificationFailed
from claims.report.inert import inert
from claims.settings import Settings
from claims.store.unit import read_unit, write_unit

_ID = 8


def add_copy(
    document: str,
    file: str,
    how: Reading,
    captured: Mapping[str, str],
    manner: Manner,
) -> None:
    """Archive another copy of a document."""
    entry = ({"file": file, "captured": captured},)
    with copies_named(manner.ground, entry, how, dry_run=manner.dry_run) as copies:

        def run(session: Session, actor: Actor, settings: Settings) -> Written:
            request = SnapshotRequest(
                document=document,
                copy=copies[file],
                archive=Archive(settings.archive),
                captured=captured,
                reason=manner.reason,
                once=manner.once,
                dry_run=manner.dry_run,
            )
            return add_snapshot(session, actor, request, now())

        write(manner, run, copies)


def list_copies(ground: Ground, document: str, *, as_json: bool) -> None:
    """Print the archived copies of a document."""
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        archive = Archive(settings.folder) if settings.folder else None
        request = SnapshotsRequest(document=document, archive=archive)
        found = snapshots(session, acting(session, settings.actor), request, now())
    if as_json:
        print_json([copy_as_json(one) for one in found.copies])
        return
    if not found.copies:
        name = called(found.document)
        say(f"No copy is archived; `claims document snapshot {inert(name)} FILE` archives one.")
    for one in found.copies:
        for line in copy_lines(one):
            say(inert(line))


def show_custody(  # noqa: PLR0913 (what the flags say)
    ground: Ground,
    document: str,
    action: str | None,
    note: str | None,
    snapshot: str | None,
    *,
    as_json: bool,
) -> None:
    """Print the custody logs of a document's copies, or the entry that was added."""
    settings = existing(ground.settings())
    if action is None and (note or snapshot):
        message = "say with --add what happened: received, checked, copied or handed_over"
        raise typer.BadParameter(message)
    with opened(settings) as engine:
        if action is None:
            with read_unit(engine) as session:
                asked = CustodyRequest(document=document)
                _, found = custody_log(session, acting(session, settings.actor), asked, now())
        else:
            with write_unit(engine) as session:
                adding = CustodyAddRequest(
                    document=document, action=action, note=note, snapshot=snapshot
                )
                one = add_custody(session, acting(session, settings.actor), adding, now())[1]
                found = (one,)
    _print_custody(found, as_json=as_json)


def _print_custody(found: Sequence[CustodyEntry], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "snapshot": str(one.snapshot),
                    "action": one.entry.action,
                    "by": one.entry.by,
                    "at": one.entry.at,
                    "note": one.entry.note,
                }
                for one in found
            ]
        )
        return
    if not found:
        say("No copy is archived, so nothing happened to one.")
        return
    rows = [
        (
            *(str(one.snapshot)[:_ID], one.entry.at, one.entry.action),
            *(inert(one.entry.by), inert(one.entry.note or "")),
        )
        for one in found
    ]
    print_table([("Copy", "When", "What", "By", "Note"), *rows])


def check(ground: Ground, documents: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Read archived copies again, write that down, and print what is wrong."""
    settings = existing(ground.settings())
    with opened(settings) as engine:
        with read_unit(engine) as session:
            request = CheckRequest(archive=Archive(settings.archive), documents=documents)
            found = check_copies(session, acting(session, settings.actor), request, now())
        if not dry_run and found.snapshots:
            with write_unit(engine) as session:
                note_checks(session, acting(session, settings.actor), found, now())
    if as_json:
        print_json(
            {
                "documents": found.documents,
                "copies": len(found.snapshots),
                "files": found.files,
                "faults": [fault_as_json(one) for one in found.faults],
            }
        )
    else:
        of = f"{plural(found.files, 'file')} of {_copies(len(found.snapshots))}"
        for one in found.faults:
            say(inert(f"{_titled(one.document)}: {one.what}: {one.told}"))
        if found.faults:
            say(f"{number(len(found.faults))} of {of} missing or altered.")
        else:
            say(f"{of[0].upper()}{of[1:]}: all there, and unaltered.")
    if found.faults:
        raise typer.Exit(VerificationFailed.exit_code)


def _copies(count: int) -> str:
    return "1 archived copy" if count == 1 else f"{number(count)} archived copies"


def _titled(document: Document) -> str:
    return f"document {called(document)} (“{document.title}”)"


def export(
    ground: Ground, document: str, folder: Path, snapshot: str | None, *, as_json: bool
) -> None:
    """Write the copies of a document into a new folder."""
    settings = existing(ground.settings())
    with opened(settings) as engine, write_unit(engine) as session:
        request = CopyExportRequest(
            document=document, folder=folder, archive=Archive(settings.archive), snapshot=snapshot
        )
        found = export_copies(session, acting(session, settings.actor), request, now())
    if as_json:
        print_json({"folder": str(found.folder), "copies": found.copies, "files": found.files})
        return
    rows = [(inert(name), sha256) for name, sha256 in found.files.items()]
    print_table([("File", "SHA-256"), *rows])
    named = inert(str(found.folder))
    say(f"{_copies(found.copies)} written to '{named}', and into the custody log.")
