"""``claims load``: hand-coded files into the database, and what that changes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from claims import actions
from claims.actions import LoadItem, LoadRequest, LoadResult, State
from claims.archive.store import Archive
from claims.cli.ground import Ground, now, opened
from claims.cli.guard import OK
from claims.cli.printing import print_json, print_table, progress, say
from claims.exchange.hand_coded import read_hand_coded
from claims.exchange.hand_coded import schema as format_schema
from claims.report.inert import inert
from claims.store.unit import read_unit, write_unit

SHOWN = (State.UPDATED, State.KEPT, State.REMOVED, State.GONE)
_STATES = (State.NEW, State.UPDATED, State.UNCHANGED, State.KEPT, State.REMOVED, State.GONE)
MEANINGS = {
    State.UPDATED: "changed in the file",
    State.KEPT: "changed in the database, and kept as it is there",
    State.REMOVED: "removed from the database since it was loaded, and not loaded again",
    State.GONE: "gone from the file, but still in the database and in its reports;"
    " --remove-gone takes it out",
}
TAKEN_OUT = "gone from the file, and taken out of the database"


def load(
    ground: Ground, paths: Sequence[Path], *, dry_run: bool, remove_gone: bool, as_json: bool
) -> int:
    """Load the files, or show what loading would do; all of them or none."""
    settings = ground.settings()
    with opened(settings) as engine:
        progress("Reading the files …")
        files = read_hand_coded(paths)
        request = LoadRequest(
            files=files,
            archive=Archive(settings.archive),
            dry_run=dry_run,
            remove_gone=remove_gone,
        )
        progress("Comparing them with the database …")
        with read_unit(engine) if dry_run else write_unit(engine) as session:
            actor = actions.acting(session, settings.actor)
            result = actions.load(session, actor, request, now())
    if as_json:
        print_json(_as_json(result))
    else:
        _describe(result, ground.db)
    return OK


def schema() -> int:
    """Print the JSON Schema of the hand-coding format."""
    print_json(format_schema())
    return OK


def _describe(result: LoadResult, db: str | None) -> None:
    print_table(list(table_of(result.counts)))
    for state in SHOWN:
        found = [item for item in result.items if item.state is state]
        if found:
            gone = state is State.GONE and result.removed
            say(f"\n{(TAKEN_OUT if gone else MEANINGS[state]).capitalize()}:")
        for item in found:
            describe_item(item)
    say(f"\n{_summary(result, db)}")


def table_of(found: Mapping[str, Mapping[State, int]]) -> Iterator[tuple[str, ...]]:
    """Kinds of records down, what happens to them across; states that do not occur are left out."""
    held = [state for state in _STATES if any(state in c for c in found.values())]
    yield ("", *(state.value for state in held))
    for entity, counts in found.items():
        numbers = (f"{counts[state]:,}" if state in counts else "–" for state in held)
        yield (_word(entity), *numbers)


def describe_item(item: LoadItem) -> None:
    """Say what happens to one record, field by field where it changes."""
    place = f"{item.file}:{item.line}:{item.column}: " if item.line else ""
    say(f"  {inert(place)}{_word(item.entity)} {inert(item.key or str(item.id))}")
    for change in item.changes:
        say(f"    {change.name}: {inert(change.before)} → {inert(change.after)}")


def _summary(result: LoadResult, db: str | None) -> str:
    if result.dry_run:
        return "This was a dry run: nothing was stored."
    if not result.changed:
        return "Nothing was changed."
    topics = [item.key for item in result.items if item.entity == "topic" and item.key]
    words = ["claims", "report", *topics[:1], *(["--db", db] if db else [])]
    others = f" (or {', '.join(map(inert, topics[1:]))})" if topics[1:] else ""
    return f"Stored. Next: {inert(shlex.join(words))}{others}"


def _as_json(result: LoadResult) -> dict[str, object]:
    return {
        "dry_run": result.dry_run,
        "changed": result.changed,
        "counts": counts_as_json(result.counts),
        "items": [item_as_json(item) for item in result.items],
    }


def counts_as_json(found: Mapping[str, Mapping[State, int]]) -> dict[str, dict[str, int]]:
    """How many records of each entity are in each state."""
    return {
        entity: {state.value: count for state, count in counts.items()}
        for entity, counts in found.items()
    }


def item_as_json(item: LoadItem) -> dict[str, object]:
    """One record of a plan as JSON has it."""
    return {
        "state": item.state.value,
        "entity": item.entity,
        "id": str(item.id),
        "key": item.key,
        "file": item.file or None,
        "line": item.line or None,
        "column": item.column or None,
        "changes": [
            {"field": change.name, "before": change.before, "after": change.after}
            for change in item.changes
        ],
    }


def _word(entity: str) -> str:
    return entity.replace("_", " ")
