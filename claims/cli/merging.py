"""``claims source merge`` and its siblings: what may be one, what comes along, what changes."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims import actions
from claims.actions.merge import (
    MergeLine,
    MergeRequest,
    MergeResult,
    UnmergeRequest,
    merges,
)
from claims.actions.merge import (
    merge as merge_records,
)
from claims.actions.merge import (
    unmerge as part_records,
)
from claims.actions.similar import Similar, Suggestion, suggestions
from claims.analysis.wording import listed, plural
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, say
from claims.errors import InputRefused
from claims.report.inert import inert
from claims.store.unit import read_unit, write_unit

SHOWN = 20
"""Suggestions that are listed; more are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """Whether to write, whether to ask before it, and how to answer."""

    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


def suggest(ground: Ground, noun: str, *, as_json: bool) -> None:
    """List the pairs that may be one, the surest first."""
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        found = suggestions(session, actions.acting(session, settings.actor), noun)
    if as_json:
        print_json([_suggestion(one) for one in found])
        return
    if not found:
        say(f"No two {noun}s look like one.")
        return
    for one in found[:SHOWN]:
        say(f"{_named(one.kept)} and {_named(one.merged)}: {inert(one.reason)}")
        command = ["claims", noun, "merge", _handle(one.kept), _handle(one.merged)]
        say(f"  {inert(shlex.join(command))} --reason …")
    if len(found) > SHOWN:
        say(f"and {plural(len(found) - SHOWN, 'pair')} more; --json lists all")


def show(ground: Ground, noun: str, *, as_json: bool) -> None:
    """List the merges in force."""
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        found = merges(session, actions.acting(session, settings.actor), noun)
    if as_json:
        print_json([_line(one) for one in found])
        return
    if not found:
        say(f"No {noun} is merged into another.")
    for one in found:
        say(f"{_named(one.merged)} was merged into {_named(one.kept)}: {inert(one.reason)}")


def merge(ground: Ground, noun: str, names: tuple[str, str], reason: str, how: How) -> None:
    """Say that two are one, after showing what that changes and asking."""
    if how.dry_run or not how.yes:
        tried = _carry_out(ground, noun, names, reason, dry_run=True)
        if how.dry_run:
            _answer(tried, "Would merge", as_json=how.as_json)
            return
        if not _agreed(tried, how):
            say("Nothing was merged.")
            return
    done = _carry_out(ground, noun, names, reason, dry_run=False)
    _answer(done, "Merged", as_json=how.as_json)


def unmerge(ground: Ground, noun: str, named: str, reason: str | None, how: How) -> None:
    """Take a merge back."""
    settings = existing(ground.settings())
    request = UnmergeRequest(entity=noun, merged=named, reason=reason, dry_run=how.dry_run)
    with opened(settings) as engine, write_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        result = part_records(session, actor, request, now())
    _answer(result, "Would part" if how.dry_run else "Parted", as_json=how.as_json)


def _carry_out(
    ground: Ground, noun: str, names: tuple[str, str], reason: str, *, dry_run: bool
) -> MergeResult:
    settings = existing(ground.settings())
    kept, merged = names
    request = MergeRequest(entity=noun, kept=kept, merged=merged, reason=reason, dry_run=dry_run)
    with opened(settings) as engine, write_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        return merge_records(session, actor, request, now())


def _agreed(tried: MergeResult, how: How) -> bool:
    """Whether the person at the terminal says yes.

    Raises:
        InputRefused: there is nobody to ask.
    """
    if how.as_json or not sys.stdin.isatty():
        message = "nobody is there to ask; give --yes to merge, or --dry-run to look first"
        raise InputRefused(message)
    _describe(tried, "Would merge")
    sys.stdout.write("Merge? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _answer(result: MergeResult, did: str, *, as_json: bool) -> None:
    if as_json:
        print_json(_result(result))
        return
    _describe(result, did)
    if result.written.act is not None:
        say(f"\nTo take it back: claims undo {str(result.written.act)[:8]}")


def _describe(result: MergeResult, did: str) -> None:
    joint = "from" if did.endswith(("part", "Parted")) else "into"
    say(f"{did} {_named(result.merged)} {joint} {_named(result.kept)}.")
    if result.carried:
        told = listed(_counted(result.carried))
        say(f"  With it: {told}.")
    for effect in result.written.effects:
        say(f"  {inert(str(effect))}")
    if not result.written.effects:
        say("  No verdict changes.")


def _counted(carried: Mapping[str, int]) -> Iterable[str]:
    return (plural(count, _WORDS.get(kind, kind)) for kind, count in carried.items())


_WORDS = {
    "source_relation": "dependence",
    "cross_check": "cross-check",
    "snapshot": "archived text",
}


def _named(one: Similar) -> str:
    return inert(f"“{one.name}” ({_handle(one)})")


def _handle(one: Similar) -> str:
    return one.key or str(one.id)[:8]


def _result(result: MergeResult) -> dict[str, object]:
    written = result.written
    return {
        "action": str(written.act) if written.act else None,
        "kept": _record(result.kept),
        "merged": _record(result.merged),
        "carried": dict(result.carried),
        "effects": [one.plain for one in written.effects],
        "dry_run": written.dry_run,
    }


def _suggestion(one: Suggestion) -> dict[str, object]:
    return {"kept": _record(one.kept), "merged": _record(one.merged), "reason": one.reason}


def _line(one: MergeLine) -> dict[str, object]:
    return {
        "id": str(one.id),
        "kept": _record(one.kept),
        "merged": _record(one.merged),
        "reason": one.reason,
    }


def _record(one: Similar) -> dict[str, object]:
    return {"id": str(one.id), "key": one.key, "name": one.name}
