"""``claims history``: who did what, and how a record came to be what it is."""

from __future__ import annotations

from dataclasses import asdict

from claims import actions
from claims.actions.history import HistoryRequest, HistoryResult, RunLine, VersionLine
from claims.actions.history import history as tell
from claims.analysis.differences import Difference
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, say
from claims.report.inert import inert
from claims.store.unit import read_unit


def history(
    ground: Ground, entity: str | None, record: str | None, limit: int, *, as_json: bool
) -> None:
    """Print the newest actions, or the versions of one record."""
    settings = existing(ground.settings())
    request = HistoryRequest(entity=entity, target=record, limit=limit)
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        result = tell(session, actor, request, now())
    if as_json:
        print_json(history_as_json(result))
    else:
        describe_history(result)


def describe_history(result: HistoryResult) -> None:
    """Print a history in words."""
    if result.entity is None:
        for run in result.runs:
            say(_run_line(run))
        if not result.runs:
            say("Nothing was done yet that you may see.")
        return
    say(inert(f"{_noun(result.entity)} {result.name} ({result.id})"))
    for version in result.versions:
        say(f"\n{_version_line(version)}")
        for one in version.differences:
            say(f"  {_difference(one, first=version.did == 'entered')}")
        if version.lost:
            say("  what it held then was erased since")


def history_as_json(result: HistoryResult) -> dict[str, object]:
    """A history as JSON data."""
    if result.entity is None:
        return {"actions": [_run_as_json(run) for run in result.runs]}
    return {
        "entity": result.entity,
        "id": str(result.id),
        "name": result.name,
        "versions": [_version_as_json(version) for version in result.versions],
    }


def _run_line(run: RunLine) -> str:
    counts = (
        f"{count} {_noun(entity) if count == 1 else _plural(entity)} {did.value}"
        for (entity, did), count in run.counts.items()
    )
    line = f"{_short(run.at)}  {str(run.id)[:8]}  {run.actor}  {run.name}: {', '.join(counts)}"
    if run.reason:
        line += f" ({run.reason})"
    if run.first is not None:
        line += f"  [changes {run.first}–{run.last}]"
    return inert(line + (", undone since" if run.undone else ""))


def _version_line(version: VersionLine) -> str:
    line = f"{version.number}. {version.did.value} by {version.actor}, {_short(version.at)}"
    if version.action:
        line += f", by {version.action} {str(version.run)[:8]}"
    if version.seq is not None:
        line += f", change {version.seq}"
    return inert(line + (f": {version.reason}" if version.reason else ""))


def _difference(one: Difference, *, first: bool) -> str:
    if first:
        return inert(f"{one.field}: {one.after}")
    return inert(f"{one.field}: {one.words or f'{one.before} → {one.after}'}")


def _run_as_json(run: RunLine) -> dict[str, object]:
    counts = [
        {"entity": entity, "did": did.value, "count": count}
        for (entity, did), count in run.counts.items()
    ]
    told = {name: getattr(run, name) for name in ("name", "actor", "at", "reason", "undone")}
    return {"id": str(run.id), **told, "counts": counts, "first": run.first, "last": run.last}


def _version_as_json(version: VersionLine) -> dict[str, object]:
    names = ("number", "actor", "at", "reason", "action", "lost", "seq")
    return {
        **{name: getattr(version, name) for name in names},
        "did": version.did.value,
        "run": str(version.run) if version.run else None,
        "differences": [asdict(one) for one in version.differences],
    }


_PLURALS = {"party": "parties", "custody": "custody entries"}


def _plural(entity: str) -> str:
    return _PLURALS.get(entity) or f"{_noun(entity)}s"


def _noun(entity: str | None) -> str:
    return (entity or "").replace("_", " ")


def _short(at: str) -> str:
    """A time to the minute, in UTC."""
    return f"{at[:10]} {at[11:16]}"
