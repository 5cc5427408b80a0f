"""``claims release``: what it prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from claims import actions
from claims.actions.release import ReleaseRequest, ReleaseResult, release
from claims.actions.release_parts import MANIFEST
from claims.actions.release_verify import (
    VerifyReleaseRequest,
    VerifyReleaseResult,
    verify_release,
)
from claims.analysis.vocabulary import Sensitivity
from claims.archive.store import Archive
from claims.cli.ground import Ground, now, opened
from claims.cli.guard import OK
from claims.cli.printing import print_json, print_pairs, say, warn
from claims.errors import VerificationFailed
from claims.report.cite_style import citation_style
from claims.report.inert import inert
from claims.store.unit import read_unit

_UNCITED = (
    "Not checked: whether it is the release that was cited. Give the id that it was cited by"
    " with --id."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to release, as the flags said."""

    topic: str
    folder: Path
    style: str | None
    profile: str | None
    clearance: Sensitivity
    dry_run: bool


def make(ground: Ground, wanted: Wanted, *, as_json: bool) -> int:
    """Make a release, and say how to cite it."""
    settings = ground.settings()
    request = ReleaseRequest(
        topic=wanted.topic,
        folder=wanted.folder,
        archive=Archive(settings.archive),
        profile=wanted.profile,
        clearance=wanted.clearance,
        style=citation_style(wanted.style) if wanted.style is not None else None,
        dry_run=wanted.dry_run,
    )
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        made = release(session, actor, request, now())
    if as_json:
        print_json({**asdict(made), "path": str(made.path), "dry_run": wanted.dry_run})
    else:
        _describe(made, dry_run=wanted.dry_run)
    return OK


def _describe(made: ReleaseResult, *, dry_run: bool) -> None:
    if made.head_seq:
        state = f"change {made.head_seq:,}, {made.head_hash}"
    else:
        state = f"digest of what may be seen, {made.head_hash}"
    pairs = [
        ("Release", f"{made.path}{' (not written: a dry run)' if dry_run else ''}"),
        ("Topic", inert(made.topic)),
        ("Tells", f"what is {made.clearance}"),
        ("Head", state),
    ]
    if not dry_run:
        size = sum(file.size for file in made.files)
        pairs += [("Files", f"{len(made.files):,}, {size:,} bytes"), ("Id", made.id)]
    print_pairs(pairs)
    for warning in made.warnings:
        warn(f"\nWarning: {warning}.")
    if not dry_run:
        say("\nCite it with its id; whoever gets it can check it with `claims release verify`.")


def verify(folder: Path, cited: str | None, *, as_json: bool) -> int:
    """Check a release; 5 where something is wrong with it."""
    found = verify_release(VerifyReleaseRequest(folder=folder, id=cited), now())
    if as_json:
        print_json(_as_json(found))
    else:
        _report(found, cited)
    return OK if found.intact else VerificationFailed.exit_code


def _as_json(found: VerifyReleaseResult) -> dict[str, object]:
    return {
        "intact": found.intact,
        "id": found.id,
        "files": found.files,
        "faults": list(found.faults),
        "release": dict(found.told),
    }


def _report(found: VerifyReleaseResult, cited: str | None) -> None:
    for fault in found.faults:
        say(f"{fault}.")
    if not found.intact:
        count = "1 fault was" if len(found.faults) == 1 else f"{len(found.faults)} faults were"
        say(f"\nThis is not what was released: {count} found.")
        return
    known = {name: inert(str(found.told.get(name))) for name in ("title", "made_at", "made_by")}
    print_pairs(
        [
            ("Release", known["title"]),
            ("Made", f"{known['made_at']} by {known['made_by']}"),
            ("Head", _head(found)),
            ("Id", found.id),
        ]
    )
    say(f"\nEverything adds up: {found.files:,} files, as {MANIFEST} names them.")
    if cited is None:
        say(_UNCITED)


def _head(found: VerifyReleaseResult) -> str:
    head = found.told.get("head")
    if not isinstance(head, dict):
        return "none"
    told = (head.get(name) for name in ("kind", "seq", "hash"))
    return inert(" ".join(str(one) for one in told if one))
