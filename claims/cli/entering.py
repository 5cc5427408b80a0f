"""Entering and editing from the command line: what was given to actions, and their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import typer
from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.actions.edit import EditRequest, edit
from claims.actions.entry import AddRequest, add
from claims.actions.entry_write import Did, Written, WrittenItem
from claims.actions.init import acting
from claims.actions.later import RetractRequest, SupersedeRequest, retract, supersede
from claims.actions.removal import BringBackRequest, RemoveRequest, bring_back, remove
from claims.analysis.vocabulary import Scheme
from claims.archive.gather import Gathered
from claims.archive.store import Archive
from claims.cli import prompting
from claims.cli.entry_input import entries, files_of
from claims.cli.flag_faults import told_by_flags
from claims.cli.gathering import (
    Reading,
    copies_as_json,
    copies_named,
    describe_copies,
    with_proposals,
)
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, say
from claims.exchange.fields import FIELDS, Field, noun_of
from claims.report.inert import inert
from claims.settings import Settings
from claims.store.unit import write_unit

Fields = Mapping[str, Any]
NONE: Mapping[str, Gathered] = MappingProxyType({})
"""What most writes archive."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a write is carried out and answered, as the flags said."""

    ground: Ground
    reason: str | None = None
    once: str | None = None
    dry_run: bool = False
    as_json: bool = False


def add_entries(
    entity: str,
    fields: Fields,
    manner: Manner,
    how: Reading = Reading(),  # noqa: B008 (frozen)
) -> None:
    """Enter what the flags say, what a person answers, or what is on standard input."""
    given = _given(entity, fields, manner)
    if given is None:
        return
    documents = given if entity == "document" else ()
    files, dry_run = files_of(documents), manner.dry_run
    with copies_named(manner.ground, documents, how, dry_run=dry_run) as copies:
        if copies:
            given = with_proposals(given, copies, propose=how.propose, quiet=manner.as_json)

        def run(session: Session, actor: Actor, settings: Settings) -> Written:
            request = AddRequest(
                entity=entity,
                entries=given,
                reason=manner.reason,
                once=manner.once,
                dry_run=manner.dry_run,
                archive=Archive(settings.archive),
                files=files,
                copies=copies,
            )
            return add(session, actor, request, now())

        with told_by_flags(entity, fields):
            write(manner, run, copies)


def _given(entity: str, fields: Fields, manner: Manner) -> tuple[Fields, ...] | None:
    """The entries, asked for where a person gave no flag; ``None`` where they thought better."""
    if not fields and not manner.as_json and prompting.interactive():
        fields = prompting.ask(entity, manner.ground, manner.reason) or {}
        if not fields:
            return None
    if fields:
        return (_graded(fields, manner.reason),)
    return entries(as_json=manner.as_json, call=f"{noun_of(entity)} add")


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit changes: fields, fields to clear, the version read, whether to merge."""

    fields: Fields
    clear: tuple[str, ...] = ()
    version: int | None = None
    merge: bool = False


def edit_record(entity: str, target: str, change: Change, manner: Manner) -> None:
    """Change the fields that the flags name, or those on standard input."""
    given = {**change.fields, **_cleared(entity, change.clear)}
    if not given:
        call = f"{noun_of(entity)} edit"
        given = dict(_single(entries(as_json=manner.as_json, call=call)))
    files = files_of((given,)) if entity == "document" else {}

    def run(session: Session, actor: Actor, settings: Settings) -> Written:
        request = EditRequest(
            entity=entity,
            target=target,
            changes=given,
            version=change.version,
            merge=change.merge,
            reason=manner.reason,
            once=manner.once,
            dry_run=manner.dry_run,
            archive=Archive(settings.archive),
            files=files,
        )
        return edit(session, actor, request, now())

    write(manner, run)


def supersede_record(entity: str, target: str, fields: Fields, manner: Manner) -> None:
    """Enter what is said instead of a claim, or how it is judged now."""
    call = f"{noun_of(entity)} supersede"
    given = dict(fields) or dict(_single(entries(as_json=manner.as_json, call=call)))

    def run(session: Session, actor: Actor, settings: Settings) -> Written:
        request = SupersedeRequest(
            entity=entity,
            target=target,
            fields=_graded(given, manner.reason) if entity == "claim" else given,
            reason=manner.reason,
            once=manner.once,
            dry_run=manner.dry_run,
            archive=Archive(settings.archive),
        )
        return supersede(session, actor, request, now())

    write(manner, run)


def retract_claim(target: str, at: str, manner: Manner) -> None:
    """Note that a speaker withdrew a claim."""
    request = RetractRequest(
        target=target,
        at=at,
        reason=manner.reason or "",
        once=manner.once,
        dry_run=manner.dry_run,
    )
    write(manner, lambda session, actor, _: retract(session, actor, request, now()))


def remove_record(entity: str, target: str, manner: Manner) -> None:
    """Take out what was entered in error."""
    request = RemoveRequest(
        entity=entity, target=target, reason=manner.reason, dry_run=manner.dry_run
    )
    write(manner, lambda session, actor, _: remove(session, actor, request, now()))


def restore_record(entity: str, target: str, version: int | None, manner: Manner) -> None:
    """Bring back what was removed, retracted or otherwise before."""
    request = BringBackRequest(
        entity=entity,
        target=target,
        version=version,
        reason=manner.reason,
        dry_run=manner.dry_run,
    )
    write(manner, lambda session, actor, _: bring_back(session, actor, request, now()))


def write(
    manner: Manner,
    run: Callable[[Session, Actor, Settings], Written],
    copies: Mapping[str, Gathered] = NONE,
) -> None:
    """Carry a write out and print its answer, with what was archived in it."""
    settings = existing(manner.ground.settings())
    with opened(settings) as engine, write_unit(engine) as session:
        result = run(session, acting(session, settings.actor), settings)
    if manner.as_json:
        print_json(as_json(result) | ({"copies": copies_as_json(copies)} if copies else {}))
    else:
        describe_copies(copies)
        _describe(result)


def _graded(fields: Fields, reason: str | None) -> Fields:
    """The reason goes with the grades, where there are any."""
    graded = any(isinstance(fields.get(scheme.value), str) for scheme in Scheme)
    return {"reason": reason, **fields} if graded else fields


def _cleared(entity: str, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields to take out, nested as JSON has them."""
    found: dict[str, Any] = {}
    for name in names:
        place = found
        *steps, last = _named(entity, name).path
        for step in steps:
            place = place.setdefault(step, {})
        place[last] = None
    return found


def _named(entity: str, name: str) -> Field:
    """The field that a person means by its name or its flag."""
    wanted = name.removeprefix("--").lower().replace("_", "-")
    for one in FIELDS[entity]:
        if wanted in {one.flag.removeprefix("--"), one.name.lower().replace("_", "-")}:
            return one
    flags = ", ".join(one.flag.removeprefix("--") for one in FIELDS[entity])
    message = f"there is no field {name!r}; give one of {flags}"
    raise typer.BadParameter(message, param_hint="--clear")


def _single(found: tuple[Fields, ...]) -> Fields:
    if len(found) == 1:
        return found[0]
    message = f"{len(found)} objects were given; give one, with the fields to change"
    raise typer.BadParameter(message, param_hint="standard input")


def as_json(result: Written) -> dict[str, object]:
    """The answer to a write, as data of JSON."""
    return {
        "action": str(result.act) if result.act else None,
        "dry_run": result.dry_run,
        "replayed": result.replayed,
        "items": [
            {
                "entity": item.entity,
                "id": str(item.id),
                "key": item.key,
                "name": item.name,
                "version": item.version,
                "state": _state(item, dry_run=result.dry_run),
            }
            for item in result.items
        ],
        "effects": [effect.plain for effect in result.effects],
        "warnings": list(result.warnings),
        "bring_back": bring_back_with(result),
    }


def bring_back_with(result: Written) -> str | None:
    """The command that brings back what a write removed; ``None`` where it removed nothing."""
    gone = any(item.state is Did.REMOVED for item in result.items)
    return f"claims undo {str(result.act)[:8]}" if gone and result.act is not None else None


def _state(item: WrittenItem, *, dry_run: bool) -> str:
    """What became of a record, or would have become of it."""
    would = "would be " if dry_run and item.state is not Did.UNCHANGED else ""
    return f"{would}{item.state.value}"


def _describe(result: Written) -> None:
    if result.replayed:
        say("This request was carried out before; nothing was done now.")
    for item in result.items:
        say(_line(item, dry_run=result.dry_run))
    for warning in result.warnings:
        say(f"Note: {inert(warning)}")
    for effect in result.effects:
        say(inert(str(effect)))
    if call := bring_back_with(result):
        say(f"To bring it back: {call}")
    if result.dry_run:
        say("This was a dry run: nothing was stored.")


def _line(item: WrittenItem, *, dry_run: bool) -> str:
    noun = item.entity.replace("_", " ")
    called = f"{noun} {inert(item.key or str(item.id)[:8])}"
    if item.state is Did.UNCHANGED:
        return f"{called} is as it was (version {item.version}): {inert(item.name)}"
    version = f" (version {item.version})" if item.version else ""
    return f"{called} {_state(item, dry_run=dry_run)}{version}: {inert(item.name)}"
