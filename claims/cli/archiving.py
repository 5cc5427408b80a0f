"""Archiving from the command line: what is copied or fetched, and how the answers are printed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing
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
from claims.archive.gather import Gathered, gathered, is_address
from claims.archive.limits import Limits
from claims.archive.store import Archive
from claims.cli.archiving_words import (
    copy_as_json,
    copy_lines,
    fault_as_json,
    gathered_as_json,
    gathered_lines,
)
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, print_table, progress, say
from claims.report.inert import inert
from claims.settings import Settings
from claims.store.unit import read_unit, write_unit

FAILED = 5
"""The exit code where something in the archive does not add up."""

_ID = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: with the words of a transcript, and for how many seconds at most."""

    transcript: Path | None = None
    seconds: int | None = None


@contextmanager
def copies_named(
    ground: Ground, entries: Sequence[Mapping[str, Any]], how: Reading, *, dry_run: bool
) -> Iterator[Mapping[str, Gathered]]:
    """What entries name as files and addresses, copied or fetched, by these names.

    Nothing is copied or fetched for somebody who may not enter it. A dry run leaves no trace in
    the archive's folder.
    """
    wanted = {one["file"]: _page_of(one) for one in entries if isinstance(one.get("file"), str)}
    if how.transcript is not None and len(wanted) != 1:
        message = "a transcript belongs to one file; give the file or the address that it is of"
        raise typer.BadParameter(message, param_hint="--transcript")
    if not wanted:
        yield {}
        return
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        acting(session, settings.actor).require(Doing.ENTER)
    with ExitStack() as stack:
        folder = settings.archive
        if dry_run:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="claims-")))
        archive = Archive(folder)
        yield {
            one: stack.enter_context(_gathering(archive, one, page, how))
            for one, page in wanted.items()
        }


def _page_of(entry: Mapping[str, Any]) -> str | None:
    """Which page of a web archive an entry means: the one that was asked for."""
    captured = entry.get("captured")
    words = captured.get("requested_url") if isinstance(captured, Mapping) else None
    return words if isinstance(words, str) else None


def _gathering(
    archive: Archive, wanted: str, page: str | None, how: Reading
) -> AbstractContextManager[Gathered]:
    progress(f"{'fetching' if is_address(wanted) else 'reading'} {inert(wanted)} …")
    limits = Limits() if how.seconds is None else Limits(seconds=how.seconds)
    return gathered(
        archive, wanted, now=now(), transcript=how.transcript, wanted_url=page, limits=limits
    )


def describe_copies(copies: Mapping[str, Gathered]) -> None:
    """Print what was archived, or would be."""
    for one in copies.values():
        for line in gathered_lines(one):
            say(inert(line))


def copies_as_json(copies: Mapping[str, Gathered]) -> list[dict[str, object]]:
    """The same, as data of JSON."""
    return [gathered_as_json(one) for one in copies.values()]


def add_copy(
    document: str,
    file: str,
    how: Reading,
    captured: Mapping[str, str],
    manner: Any,  # noqa: ANN401 (a Manner, whose module imports this one)
) -> None:
    """Archive another copy of a document."""
    from claims.cli.entering import write  # noqa: PLC0415 -- it imports this module

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
        raise typer.Exit(FAILED)


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
