"""What entries name as files and addresses: copied or fetched, and told, before it is entered."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from claims.actions.actor import Doing
from claims.actions.init import acting
from claims.archive.gather import Gathered, gathered, is_address
from claims.archive.limits import Limits
from claims.archive.store import Archive
from claims.cli.archiving_words import gathered_as_json, gathered_lines
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import progress, say, warn
from claims.exchange.entry_imprint import completed
from claims.report.inert import inert
from claims.settings import Settings
from claims.store.unit import read_unit


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: with the words of a transcript, and for how many seconds at most.

    ``propose`` takes from them what they say of themselves and the entry does not.
    """

    transcript: Path | None = None
    seconds: int | None = None
    propose: bool = False


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
        archive = stack.enter_context(gathering_into(settings, dry_run=dry_run))
        yield {
            one: stack.enter_context(_gathering(archive, one, page, how))
            for one, page in wanted.items()
        }


@contextmanager
def gathering_into(settings: Settings, *, dry_run: bool) -> Iterator[Archive]:
    """The archive that copies lie beside until they are kept; of a dry run nothing stays."""
    if not dry_run:
        yield Archive(settings.archive)
        return
    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        yield Archive(Path(folder))


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


def with_proposals(
    entries: Sequence[Mapping[str, Any]],
    copies: Mapping[str, Gathered],
    *,
    propose: bool,
    quiet: bool,
) -> tuple[Mapping[str, Any], ...]:
    """The entries, with what their files say of themselves where that is asked for.

    What they say is told in any case where an entry has no title; with ``quiet`` never, because
    standard error is then for faults in JSON alone.
    """
    found = []
    for entry in entries:
        copy = copies.get(str(entry.get("file")))
        filled, taken = completed(entry, copy.extracted.imprint) if copy else (entry, {})
        words = ", ".join(f"{name} “{inert(words)}”" for name, words in taken.items())
        if copy and not quiet and (propose or "title" in taken):
            more = "" if propose else "; --propose takes this"
            warn(f"{inert(copy.wanted)} says of itself: {words or 'nothing more'}{more}")
        found.append(filled if propose else entry)
    return tuple(found)


def describe_copies(copies: Mapping[str, Gathered]) -> None:
    """Print what was archived, or would be."""
    for one in copies.values():
        for line in gathered_lines(one):
            say(inert(line))


def copies_as_json(copies: Mapping[str, Gathered]) -> list[dict[str, object]]:
    """The same, as data of JSON."""
    return [gathered_as_json(one) for one in copies.values()]
