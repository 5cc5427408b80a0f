"""``claims contributor``: who takes part, what they may do and what they may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.actions.init import acting
from claims.actions.people import (
    MEANINGS,
    PersonChange,
    PersonRequest,
    PersonResult,
    add_contributor,
    contributor,
    contributor_history,
    contributors,
    edit_contributor,
)
from claims.analysis.records import Contributor
from claims.analysis.vocabulary import Role, Sensitivity
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, print_pairs, print_table, say
from claims.report.inert import inert
from claims.store.unit import read_unit, write_unit

_SEEN = {
    Sensitivity.PUBLIC: "what is public",
    Sensitivity.TEAM: "what is public, and what is for the team",
    Sensitivity.RESTRICTED: "everything",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A contributor, as the flags said."""

    name: str
    role: Role | None
    clearance: Sensitivity | None
    version: int | None
    reason: str | None

    def request(self, *, dry_run: bool) -> PersonRequest:
        """The request of the action."""
        return PersonRequest(
            name=self.name,
            role=self.role,
            clearance=self.clearance,
            version=self.version,
            reason=self.reason,
            dry_run=dry_run,
        )


def add(ground: Ground, person: Person, *, dry_run: bool, as_json: bool) -> None:
    """Add a contributor and print them."""
    settings, request = existing(ground.settings()), person.request(dry_run=dry_run)
    with opened(settings) as engine, write_unit(engine) as session:
        actor = acting(session, settings.actor)
        result = add_contributor(session, actor, request, now())
    _tell(result, as_json=as_json)


def edit(ground: Ground, person: Person, *, dry_run: bool, as_json: bool) -> None:
    """Change a contributor and print what changed."""
    settings, request = existing(ground.settings()), person.request(dry_run=dry_run)
    with opened(settings) as engine, write_unit(engine) as session:
        actor = acting(session, settings.actor)
        result = edit_contributor(session, actor, request, now())
    _tell(result, as_json=as_json)


def listed(ground: Ground, *, as_json: bool) -> None:
    """Print everybody."""
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        found = contributors(session, acting(session, settings.actor), None, now())
    if as_json:
        print_json([_as_json(person) for person in found])
    else:
        rows = ((inert(one.name), one.role.value, one.clearance.value) for one in found)
        print_table([("Name", "Role", "Clearance"), *rows])


def show(ground: Ground, name: str, *, as_json: bool) -> None:
    """Print one contributor."""
    settings, request = existing(ground.settings()), PersonRequest(name=name)
    with opened(settings) as engine, read_unit(engine) as session:
        actor = acting(session, settings.actor)
        person, version = contributor(session, actor, request, now())
    if as_json:
        print_json(_as_json(person) | {"version": version})
    else:
        print_pairs(
            [
                ("Name", inert(person.name)),
                ("Role", f"{person.role.value}: {MEANINGS[person.role]}"),
                ("Clearance", f"{person.clearance.value}: sees {_SEEN[person.clearance]}"),
                ("Version", str(version)),
            ]
        )


def history(ground: Ground, name: str, *, as_json: bool) -> None:
    """Print who changed a contributor, and what."""
    settings, request = existing(ground.settings()), PersonRequest(name=name)
    with opened(settings) as engine, read_unit(engine) as session:
        actor = acting(session, settings.actor)
        found = contributor_history(session, actor, request, now())
    if as_json:
        print_json([_change_as_json(change) for change in found])
        return
    for change in found:
        say(f"{change.at}  {inert(change.by)}: {'; '.join(_changes(change))}")
        if change.reason:
            say(f"  {inert(change.reason)}")


def _tell(result: PersonResult, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "action": str(result.act) if result.act else None,
                "contributor": _as_json(result.contributor) | {"version": result.version},
                "before": _as_json(result.before) if result.before else None,
                "changed": result.changed,
                "dry_run": result.dry_run,
                "warnings": list(result.warnings),
            }
        )
        return
    person = result.contributor
    told = "; ".join(_differences(result.before, person)) or "nothing was to change"
    say(f"{inert(person.name)}: {told}")
    for warning in result.warnings:
        say(f"Note: {inert(warning)}")
    if result.dry_run:
        say("This was a dry run: nothing was stored.")


def _changes(change: PersonChange) -> Iterator[str]:
    if change.after is None:
        yield "removed"
    else:
        yield from _differences(change.before, change.after)


def _differences(before: Contributor | None, after: Contributor) -> Iterator[str]:
    if before is None:
        yield f"added as {after.role.value}, cleared for {after.clearance.value}"
        return
    for field in ("role", "clearance"):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield f"{field} {old.value} → {new.value}"


def _as_json(person: Contributor) -> dict[str, object]:
    return {
        "id": str(person.id),
        "name": person.name,
        "role": person.role.value,
        "clearance": person.clearance.value,
    }


def _change_as_json(change: PersonChange) -> dict[str, object]:
    return {
        "at": change.at,
        "by": change.by,
        "reason": change.reason,
        "before": _as_json(change.before) if change.before else None,
        "after": _as_json(change.after) if change.after else None,
    }
