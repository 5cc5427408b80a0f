"""``claims erase``: what goes, what stays and may tell the same, and the files written anew."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, replace

from claims import actions
from claims.actions.actor import Doing
from claims.actions.echoes import LookAt
from claims.actions.erase import EraseItem, EraseRequest, EraseResult
from claims.actions.erase import erase as carry_out
from claims.archive.store import Archive
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import INTERRUPTED, OK
from claims.cli.printing import print_json, progress, say
from claims.errors import InputRefused
from claims.report.inert import inert
from claims.store.erasure import scrub
from claims.store.unit import read_unit, write_unit

SHOWN = 12
"""Lines of one kind that are printed; the others are counted."""


LONGEST = 60
"""Characters of a name that are printed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to erase and how, as the flags say."""

    entity: str
    record: str
    reason: str
    dry_run: bool
    yes: bool


def erase(ground: Ground, wanted: Wanted, *, as_json: bool) -> int:
    """Show what goes, ask, erase, and write the database's files anew."""
    settings = existing(ground.settings())
    request = EraseRequest(
        entity=wanted.entity,
        target=wanted.record,
        reason=wanted.reason,
        archive=Archive(settings.archive),
        dry_run=True,
    )
    with opened(settings) as engine:
        with read_unit(engine) as session:
            actor = actions.acting(session, settings.actor)
            plan = carry_out(session, actor, request, now())
        if wanted.dry_run or not as_json:
            _show(plan, as_json=as_json)
        if wanted.dry_run:
            return OK
        if not wanted.yes and not _agreed():
            say("Nothing was erased.")
            return INTERRUPTED
        with write_unit(engine) as session:
            actor = actions.acting(session, settings.actor)
            result = carry_out(session, actor, replace(request, dry_run=False), now())
        progress("Writing the files anew …")
        scrub(engine)
    if as_json:
        print_json(_as_json(result))
    else:
        say(f"\nErased: {_counted(result.items)}. Nothing brings it back.")
        say("Backups and copies made before still hold it: destroy them, or erase there too.")
    return OK


def finish_erasing(ground: Ground, *, as_json: bool) -> int:
    """Write the database's files anew, where an erasure could not."""
    settings = existing(ground.settings())
    with opened(settings) as engine:
        with read_unit(engine) as session:
            actions.acting(session, settings.actor).require(Doing.ERASE)
        scrub(engine)
    if as_json:
        print_json({"finished": True})
    else:
        say("The files were written anew; they hold nothing that was erased.")
    return OK


def _agreed() -> bool:
    if not sys.stdin.isatty():
        message = "nothing brings back what is erased; say --yes to erase it without being asked"
        raise InputRefused(message)
    sys.stdout.write("\nNothing brings it back. Erase it? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _show(plan: EraseResult, *, as_json: bool) -> None:
    if as_json:
        print_json(_as_json(plan))
        return
    say("To be erased:")
    for item in plan.items[:SHOWN]:
        say(inert(f"  {_item_line(item)}"))
    if len(plan.items) > SHOWN:
        say(f"  … and {_counted(plan.items[SHOWN:])}")
    for one in plan.bytes:
        say(f"  the archived bytes {one}")
    for one in plan.shared:
        say(f"Stays, since another snapshot has the same bytes: {one}")
    _show_what_stays(plan)
    say("\nReasons of changes and names of contributors can never be erased.")


def _show_what_stays(plan: EraseResult) -> None:
    if plan.look_at:
        say("\nStays; look at these too:")
    for told in plan.look_at[:SHOWN]:
        say(inert(f"  {_look_line(told)}"))
    if len(plan.look_at) > SHOWN:
        say(f"  … and {len(plan.look_at) - SHOWN} more; --dry-run --json lists all")
    if plan.unsearched:
        say(f"{plan.unsearched} more texts of it were not looked for elsewhere.")


def _item_line(item: EraseItem) -> str:
    versions = "1 version" if item.versions == 1 else f"{item.versions} versions"
    line = f"{_noun(item.entity)} {_short(item.name)} ({str(item.id)[:8]}, {versions})"
    return line if item.why == "named" else f"{line}: {item.why}"


def _look_line(told: LookAt) -> str:
    named = f"{_noun(told.entity)} {_short(told.name)} ({str(told.id)[:8]})"
    if told.seq:
        return f"change {told.seq} of {named}: {told.why}, and cannot go"
    return f"{named}: {told.why}"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _counted(items: tuple[EraseItem, ...]) -> str:
    counts = Counter(item.entity for item in items)
    return ", ".join(f"{n} {_noun(entity)}{'' if n == 1 else 's'}" for entity, n in counts.items())


def _as_json(result: EraseResult) -> dict[str, object]:
    return {
        "dry_run": result.dry_run,
        "action": str(result.act) if result.act else None,
        "erased": [
            {
                "entity": item.entity,
                "id": str(item.id),
                "name": item.name or None,
                "versions": item.versions,
                "why": item.why,
            }
            for item in result.items
        ],
        "bytes": list(result.bytes),
        "shared_bytes": list(result.shared),
        "look_at": [
            {
                "entity": one.entity,
                "id": str(one.id),
                "name": one.name,
                "why": one.why,
                "change": one.seq or None,
            }
            for one in result.look_at
        ],
        "texts_not_looked_for": result.unsearched,
    }


def _noun(entity: str) -> str:
    return entity.replace("_", " ")
