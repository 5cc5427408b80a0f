"""Carrying out what was typed in: one run of an action, with what it changed for the verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, access, check_write
from claims.actions.effects import Effect, effects, touched, verdicts
from claims.actions.entry_names import named
from claims.actions.once import replayed
from claims.actions.sight import discreet
from claims.analysis.canonical import content_hash
from claims.analysis.records import KINDS, Record
from claims.store.acts import Act, Run, steps
from claims.store.payloads import is_record, record_of
from claims.store.writer import Writer


class Did(StrEnum):
    """What became of a record."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    RETRACTED = "retracted"
    RESTORED = "restored"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenItem:
    """One record: what it is called, its version now (0 where it is removed), what was done."""

    entity: str
    id: UUID
    key: str | None
    name: str
    version: int
    state: Did


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did, or would have done: its run, its records, its effects, its warnings.

    ``replayed`` says that the same request was carried out before and that nothing was done now.
    """

    act: UUID | None
    items: tuple[WrittenItem, ...]
    effects: tuple[Effect, ...] = ()
    warnings: tuple[str, ...] = ()
    dry_run: bool = False
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A record as it is held, the version that was read, and as it shall be."""

    before: Record
    after: Record
    version: int


@dataclass(slots=True, kw_only=True)
class Plan:
    """What a run of an action will do.

    ``shown`` are the records that the answer names, where these are not all of them.
    """

    name: str
    inserts: list[Record] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    removes: list[Record] = field(default_factory=list)
    shown: list[UUID] = field(default_factory=list)
    did: Did | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def records(self) -> list[Record]:
        """All records, as they are and as they shall be."""
        changed = [record for one in self.updates for record in (one.before, one.after)]
        return [*self.inserts, *changed, *self.removes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a write is carried out: why, under which key of the caller, in earnest or not."""

    reason: str | None = None
    once: str | None = None
    digest: str = ""
    dry_run: bool = False


def again(session: Session, actor: Actor, terms: Terms) -> Written | None:
    """What the same request wrote before, where its key was used already.

    Raises:
        InputRefused: the key was used for another request, or cannot be used.
    """
    act = replayed(session, actor, terms.once, terms.digest)
    if act is None:
        return None
    return Written(act=act.id, items=tuple(_items_of(session, actor, act)), replayed=True)


def carry_out(session: Session, actor: Actor, plan: Plan, terms: Terms, now: datetime) -> Written:
    """Write what a plan says, as one run of an action; a dry run is taken back.

    Raises:
        NotPermitted: the actor may not make a record that sensitive, or less so.
        StaleVersion: somebody changed a record after it was read.
        InputRefused: the database cannot hold a record.
    """
    for record in plan.inserts:
        check_write(actor, None, record, terms.reason)
    for one in plan.updates:
        check_write(actor, one.before, one.after, terms.reason)
    questions = touched(session, plan.records)
    before = verdicts(session, actor, questions)
    run = Run(plan.name, key=terms.once, request=terms.digest if terms.once else None)
    writer = Writer(session, actor.name, now, terms.reason, run=run)
    with discreet(actor), session.begin_nested() as trial:
        versions = _write(writer, plan)
        after = verdicts(session, actor, questions)
        items = tuple(_items(session, actor, plan, versions))
        if terms.dry_run:
            trial.rollback()
    return Written(
        act=None if terms.dry_run else writer.act,
        items=items,
        effects=effects(before, after),
        warnings=tuple(plan.warnings),
        dry_run=terms.dry_run,
    )


def _write(writer: Writer, plan: Plan) -> dict[UUID, int]:
    """The version of each record that was updated; the order keeps every reference leading on."""
    if plan.inserts:
        writer.insert_all(plan.inserts)
    versions = {one.after.id: writer.update(one.after, version=one.version) for one in plan.updates}
    if plan.removes:
        writer.remove_all(plan.removes)
    return versions


def _items(
    session: Session, actor: Actor, plan: Plan, versions: dict[UUID, int]
) -> list[WrittenItem]:
    seen = access(session, actor)
    found: list[WrittenItem] = []
    for record in plan.inserts:
        held = seen.get(type(record), record.id)
        version = held[1] if held else 1
        found.append(_item(session, actor, record, version, plan.did or Did.ADDED))
    for one in plan.updates:
        same = content_hash(one.before) == content_hash(one.after)
        did = Did.UNCHANGED if same else plan.did or Did.CHANGED
        found.append(_item(session, actor, one.after, versions[one.after.id], did))
    found += [_item(session, actor, record, 0, Did.REMOVED) for record in plan.removes]
    return [item for item in found if not plan.shown or item.id in plan.shown]


def _item(session: Session, actor: Actor, record: Record, version: int, did: Did) -> WrittenItem:
    return WrittenItem(
        entity=record.entity,
        id=record.id,
        key=record.key,
        name=named(access(session, actor), record),
        version=version,
        state=did,
    )


def _items_of(session: Session, actor: Actor, act: Act) -> Sequence[WrittenItem]:
    """The records of a run that was carried out before, as it left them."""
    seen = access(session, actor)
    found: dict[UUID, WrittenItem] = {}
    for step in steps(session, act):
        text = step.after or step.before
        if text is None or not is_record(step.entity):
            continue
        record = record_of(text)
        held = seen.get(KINDS[step.entity], step.record)
        did = Did.REMOVED if step.after is None else Did.CHANGED if step.before else Did.ADDED
        made = _item(session, actor, record, held[1] if held else 0, did)
        earlier = found.get(step.record)
        found[step.record] = made if earlier is None else replace(made, state=earlier.state)
    return [item for item in found.values() if item.entity not in _SILENT] or list(found.values())


_SILENT = {"passage", "snapshot"}
"""What comes with other records, and is not named on its own."""
