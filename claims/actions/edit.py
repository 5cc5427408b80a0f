"""Editing: the coder erred.

What a speaker said anew, or withdrew, is in :mod:`claims.actions.later`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.edit_fields import (
    CITED,
    Collision,
    collisions,
    overlaid,
    told_fields,
    typed_fields,
)
from claims.actions.entry_inquiries import inquiry_remarks
from claims.actions.entry_make import Data, Maker, newest_text, noun_for
from claims.actions.entry_write import Did, Plan, Terms, Update, Written, again, carry_out
from claims.actions.once import digest
from claims.analysis.records import KINDS, Claim, Document, Question, Record, Snapshot
from claims.analysis.vocabulary import Scheme
from claims.archive.store import Archive
from claims.errors import DocumentFaults, InputRefused, NotFound, StaleVersion
from claims.exchange.entry_form import spelt_out
from claims.exchange.entry_read import Entry
from claims.exchange.fields import FIELDS, noun_of
from claims.store.access import Access
from claims.store.authors import authors
from claims.store.cited import Wanted, claim_ids
from claims.store.removed import version_of

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it is stored, and its version."""

    record: Record
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRequest:
    """Which record to change, and what: only the fields that ``changes`` names.

    ``None`` takes a field out. ``version`` is the one that the change was made from; without it
    the record is changed as it is now. ``merge`` keeps what others changed meanwhile in other
    fields.
    """

    entity: str
    target: str
    changes: Data
    version: int | None = None
    merge: bool = False
    reason: str | None = None
    once: str | None = None
    dry_run: bool = False
    archive: Archive | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def edit(session: Session, actor: Actor, request: EditRequest, now: datetime) -> Written:
    """Change a record: the coder erred, or knows better.

    Args:
        session: of a writing unit, also for a dry run, which is taken back.
        actor: who edits; at least an enterer.
        request: the record, the changes, and the version that they were made from.
        now: the time of the change.

    Raises:
        NotFound: there is no such record that may be seen.
        StaleVersion: somebody changed it after ``version``; the message shows both changes.
        DocumentFaults: all faults of the changes.
        NotPermitted: the role or the clearance does not allow it.
        InputRefused: its kind is never changed, or there is nothing to change.
    """
    actor.require(Doing.EDIT)
    _check(request)
    said = (request.entity, request.target, dict(request.changes), request.reason)
    key = digest(["edit", *map(str, said)]) if request.once else ""
    terms = Terms(reason=request.reason, once=request.once, digest=key, dry_run=request.dry_run)
    if done := again(session, actor, terms):
        return done
    seen = access(session, actor)
    held = stored(seen, request.entity, request.target)
    changes = cast("Data", spelt_out(request.entity, request.changes))
    _refuse_stale(seen, request, held, changes)
    maker = Maker(session, actor, now, request.archive, request.files)
    plan = plan_of_edit(maker, held, changes, f"{noun_of(request.entity)} edit")
    if not request.dry_run:
        maker.keep_texts()
    return carry_out(session, actor, plan, terms, now)


def stored(seen: Access, entity: str, target: str) -> Stored:
    """The record that is meant, as it is stored.

    Raises:
        NotFound: there is none that may be seen.
        InputRefused: there are several.
    """
    kind = KINDS[entity]
    found = seen.stored(kind, seen.find(kind, target)[0].id)
    if found is None:
        message = f"{target!r} was taken away while it was looked for; try again"
        raise NotFound(message)
    return Stored(*found)


def plan_of_edit(
    maker: Maker, held: Stored, changes: Data, name: str, did: Did | None = None
) -> Plan:
    """The plan that changes a record; only what the changes concern becomes other.

    Raises:
        DocumentFaults: the changes cannot be read; faults of what was there before are not told.
    """
    record = held.record
    entity, file, own = record.entity, noun_for(record.entity), record.id
    fields_held = typed_fields(maker.lookup.seen, record)
    place = bool(CITED & changes.keys())
    before, known = maker.make(entity, fields_held, file, own, place=place)
    wanted = overlaid(record, fields_held, changes)
    after, found = maker.make(entity, wanted, file, own, place=place)
    faults = tuple(fault for fault in found if fault not in known)
    if faults or not after:
        raise DocumentFaults(faults or found)
    base = before[0].record if before else after[0].record
    return _planned(maker, held, base, after[0], Plan(name=name, did=did))


def _planned(maker: Maker, held: Stored, base: Record, entry: Entry, plan: Plan) -> Plan:
    record = _only_changed(held.record, base, entry.record)
    further = [one for one in entry.further if _is_new(maker, base, record, one)]
    _refuse_other_kind(maker, held.record, record)
    made = maker.own(replace(entry, record=record, further=tuple(further)))
    plan.inserts = list(made.further)
    plan.updates = [Update(before=held.record, after=made.record, version=held.version)]
    plan.shown = [held.record.id]
    before = set(inquiry_remarks(maker.lookup.seen, base, maker.now))
    odd = inquiry_remarks(maker.lookup.seen, made.record, maker.now)
    plan.warnings = [*maker.warnings, *(one for one in odd if one not in before)]
    maker.texts += [entry.text] if entry.text else []
    return plan


def _refuse_other_kind(maker: Maker, held: Record, record: Record) -> None:
    """The values of claims were read as answers of one kind; another kind is another question."""
    if not isinstance(held, Question) or not isinstance(record, Question):
        return
    seen = maker.lookup.seen
    answers = claim_ids(seen.session, seen.clearance, Wanted(question=held.id))
    count = sum(1 for _ in answers) if record.value_kind is not held.value_kind else 0
    if count:
        message = (
            f"{count} {'claim answers' if count == 1 else 'claims answer'} the question as a"
            f" {held.value_kind.value}, so its kind stays; enter another question of the kind"
            f" {record.value_kind.value}"
        )
        raise InputRefused(message)


def _only_changed(held: R, base: Record, wanted: Record) -> R:
    """What is held, with those fields new that the edit reads otherwise than before."""
    changed: dict[str, Any] = {
        one.name: getattr(wanted, one.name)
        for one in fields(wanted)
        if getattr(wanted, one.name) != getattr(base, one.name)
    }
    if isinstance(held, Claim) and isinstance(base, Claim) and "passages" in changed:
        same = dict(zip(base.passages, held.passages, strict=False))
        changed["passages"] = tuple(same.get(one, one) for one in changed["passages"])
    return replace(held, **changed)


def _is_new(maker: Maker, base: Record, record: Record, further: Record) -> bool:
    """Whether what came with an entry is not there yet: another passage, another text."""
    if isinstance(further, Snapshot) and isinstance(record, Document):
        newest = newest_text(maker.session, record)
        return newest is None or newest.sha256 != further.sha256
    if isinstance(record, Claim) and isinstance(base, Claim):
        return further.id in record.passages and further.id not in base.passages
    return False


def _check(request: EditRequest) -> None:
    if request.entity not in FIELDS:
        message = f"{request.entity!r} cannot be edited; give one of {', '.join(FIELDS)}"
        raise InputRefused(message)
    if KINDS[request.entity].immutable:
        noun = noun_of(request.entity)
        message = f"an {request.entity} is never changed; `claims {noun} supersede` gives a new one"
        raise InputRefused(message)
    if not request.changes:
        message = "there is nothing to change; name at least one field"
        raise InputRefused(message)
    grades = [one.value for one in Scheme if one.value in request.changes]
    if grades:
        message = (
            f"a grade ({', '.join(grades)}) is no part of the {request.entity};"
            f" give a new one with `claims assess add --{request.entity} …`"
        )
        raise InputRefused(message)


def _refuse_stale(seen: Access, request: EditRequest, held: Stored, changes: Data) -> None:
    """Refuse a change made from another version, unless it can be merged and shall be."""
    record = held.record
    if request.version is None or request.version == held.version:
        return
    base = version_of(seen.session, record.id, request.version)
    if base is None:
        message = (
            f"the {noun_for(record.entity)} has no version {request.version}; it is in version"
            f" {held.version}; read it with `claims {noun_of(record.entity)} show`"
        )
        raise InputRefused(message)
    old = told_fields(seen, base)
    found = collisions(old, told_fields(seen, record), overlaid(base, old, changes))
    if not request.merge or any(one.both for one in found):
        raise StaleVersion(_stale_words(seen, request, held, found))


def _stale_words(
    seen: Access, request: EditRequest, held: Stored, found: Sequence[Collision]
) -> str:
    record = held.record
    who = authors(seen.session, [record.id])[record.id]
    first = (
        f"the {noun_for(record.entity)} {record.key or str(record.id)[:8]} was changed after you"
        f" read it: you read version {request.version}, it is in version {held.version},"
        f" by {who.edited_by} at {who.edited_at}"
    )
    fields_told = [
        f"  {one.name}: read {one.base!r}, theirs {one.theirs!r}, yours {one.yours!r}"
        + (" (both changed it)" if one.both else "")
        for one in found
    ]
    both = any(one.both for one in found)
    last = (
        "nothing was changed; read it again and repeat your change with"
        f" --version {held.version}" + ("" if both else ", or keep both changes with --merge")
    )
    return "\n".join([first, *fields_told, last])
