"""What was entered in error goes; what went, or was otherwise before, comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.edit import Stored, stored
from claims.actions.entry_make import noun_for
from claims.actions.entry_names import named, shortened
from claims.actions.entry_write import Did, Plan, Terms, Update, Written, carry_out
from claims.analysis.records import (
    KINDS,
    Assessment,
    Claim,
    Document,
    Passage,
    Question,
    Record,
    Source,
    Topic,
)
from claims.errors import InputRefused, NotFound
from claims.exchange.fields import noun_of
from claims.store.access import Access
from claims.store.cited import Wanted, claim_ids, only_cited_by, passages_of, snapshots_of
from claims.store.removed import removed_like, removed_with, version_of

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRequest:
    """Which record was entered in error, and why it goes."""

    entity: str
    target: str
    reason: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BringBackRequest:
    """What to bring back: a removed record, an earlier version, or a claim that was retracted."""

    entity: str
    target: str
    version: int | None = None
    reason: str | None = None
    dry_run: bool = False


def remove(session: Session, actor: Actor, request: RemoveRequest, now: datetime) -> Written:
    """Take out a record that was entered in error; its history stays, and it can come back.

    The passages that only a claim cites go with it, the archived copies of a document with it,
    and one's own assessments of what goes. The bytes of a copy stay in the archive.

    Raises:
        NotFound: there is no such record that may be seen.
        InputRefused: others refer to it; the message names them.
        NotPermitted: the role does not allow it.
    """
    actor.require(Doing.EDIT)
    seen = access(session, actor)
    held = stored(seen, request.entity, request.target).record
    _refuse_named(seen, actor, held)
    copies = snapshots_of(session, held.id) if isinstance(held, Document) else []
    own = _own_assessments(seen, actor, held)
    plan = Plan(
        name=f"{noun_of(request.entity)} remove",
        removes=[*own, held, *_passages_of(seen, held), *copies],
        shown=[held.id],
        warnings=[_copies_words(len(copies))] if copies else [],
    )
    terms = Terms(reason=request.reason, dry_run=request.dry_run)
    return carry_out(session, actor, plan, terms, now)


def bring_back(session: Session, actor: Actor, request: BringBackRequest, now: datetime) -> Written:
    """Bring back a removed record, an earlier version, or a claim that was retracted.

    Raises:
        NotFound: there is no such record, nor was there one that may be seen.
        InputRefused: there is nothing to bring back, or no such version.
        NotPermitted: the role does not allow it.
    """
    actor.require(Doing.EDIT)
    seen = access(session, actor)
    terms = Terms(reason=request.reason, dry_run=request.dry_run)
    name = f"{noun_of(request.entity)} restore"
    try:
        held = stored(seen, request.entity, request.target)
    except NotFound as unknown:
        plan = _removed_plan(seen, request, name, unknown)
        return carry_out(session, actor, plan, terms, now)
    return carry_out(session, actor, _restoring(seen, held, request, name), terms, now)


def _own_assessments(seen: Access, actor: Actor, held: Record) -> list[Record]:
    """What the actor themself thought of a record; what others thought must not go with it."""
    others = _assessments(seen, held, but_of=actor.name)
    return [one for one in reversed(_assessments(seen, held)) if one not in others]


def _assessments(seen: Access, held: Record, but_of: str | None = None) -> list[Assessment]:
    """What people thought of a record, in the order written; without what one of them thought."""
    if not isinstance(held, Claim | Source):
        return []
    found = [one for one in seen.records(Assessment) if one.target == held.id]
    return [one for one in found if one.assessed_by != but_of]


def _passages_of(seen: Access, held: Record) -> Sequence[Record]:
    if isinstance(held, Document):
        return passages_of(seen.session, held.id)
    if not isinstance(held, Claim):
        return []
    alone = only_cited_by(seen.session, held.id, held.passages)
    return [one for one in seen.records(Passage, alone) if one.key is None]


def _copies_words(count: int) -> str:
    which = "1 archived copy goes" if count == 1 else f"{count} archived copies go"
    return f"{which} with it; the bytes stay in the archive, and the custody log in the history"


def _refuse_named(seen: Access, actor: Actor, held: Record) -> None:
    """Refuse to remove what others refer to, naming those that the actor may see."""
    named_by = [*_referring(seen, held), *_assessments(seen, held, but_of=actor.name)]
    if not named_by:
        return
    listed = "; ".join(
        f"{noun_for(one.entity)} {one.key or str(one.id)[:8]} ({shortened(named(seen, one), 40)})"
        for one in named_by[:_SHOWN]
    )
    more = f" and {len(named_by) - _SHOWN} more" if len(named_by) > _SHOWN else ""
    message = (
        f"the {noun_for(held.entity)} {held.key or str(held.id)[:8]} cannot be removed, because"
        f" others refer to it: {listed}{more}; change or remove those first"
    )
    raise InputRefused(message)


def _referring(seen: Access, held: Record) -> list[Record]:
    if isinstance(held, Topic):
        return [
            one
            for one in (*seen.records(Question), *seen.records(Topic))
            if held.id in {getattr(one, "topic", None), getattr(one, "part_of", None)}
        ]
    if isinstance(held, Claim):
        same = claim_ids(seen.session, seen.clearance, Wanted(question=held.question))
        return [one for one in seen.records(Claim, same) if one.supersedes == held.id]
    wanted = {
        Question: Wanted(question=held.id),
        Source: Wanted(source=held.id),
        Document: Wanted(document=held.id),
    }.get(type(held))
    if wanted is None:
        return []
    claims = seen.records(Claim, claim_ids(seen.session, seen.clearance, wanted))
    voiced = [
        one for one in seen.records(Document) if isinstance(held, Source) and one.voice == held.id
    ]
    parts = [
        one
        for one in seen.records(Question)
        if isinstance(held, Question) and one.subset_of == held.id
    ]
    return [*claims, *voiced, *parts]


def _removed_plan(seen: Access, request: BringBackRequest, name: str, unknown: NotFound) -> Plan:
    """The plan that writes again what a removal took out."""
    found = removed_like(seen.session, request.entity, request.target)
    if len(found) > 1:
        message = f"several removed records begin with {request.target!r}; give more of the id"
        raise InputRefused(message)
    records = removed_with(seen.session, found[0]) if found else []
    if request.version is not None and found:
        records = _in_version(seen, records, found[0], request.version)
    if not records or not all(_visible(seen, record) for record in records):
        raise unknown
    return Plan(name=name, inserts=records, shown=[found[0]], did=Did.RESTORED)


def _visible(seen: Access, record: Record) -> bool:
    """Whether a record that is not held would be seen: itself, and all that it names."""
    somebody = Actor("", clearance=seen.clearance)
    sensitivity = getattr(record, "sensitivity", None)
    own = sensitivity is None or somebody.may_see(sensitivity)
    return own and all(seen.get(KINDS[kind], id_) is not None for kind, id_ in _needs(record))


def _needs(record: Record) -> list[tuple[str, UUID]]:
    """The records whose visibility a record shares."""
    if isinstance(record, Claim):
        voices = [("source", speaker.source) for speaker in record.speakers]
        own = [("document", one.document) for one in record.speakers if one.document]
        return [("document", record.document), *voices, *own]
    if isinstance(record, Document):
        return [("source", record.voice)]
    return []


def _in_version(seen: Access, records: list[Record], target: UUID, version: int) -> list[Record]:
    earlier = version_of(seen.session, target, version)
    if earlier is None:
        message = f"the removed record has no version {version}; leave --version out"
        raise InputRefused(message)
    return [earlier if one.id == target else one for one in records]


def _restoring(seen: Access, held: Stored, request: BringBackRequest, name: str) -> Plan:
    """The plan that brings a record that is held back to what it was."""
    record = held.record
    if request.version is not None:
        earlier = version_of(seen.session, record.id, request.version)
        if earlier is None or record.immutable or not _visible(seen, earlier):
            message = (
                f"the {noun_for(record.entity)} has no version {request.version} to go back to;"
                f" it is in version {held.version}"
            )
            raise InputRefused(message)
        changed = Update(before=record, after=earlier, version=held.version)
    elif isinstance(record, Claim) and record.retracted_at is not None:
        again_said = replace(record, retracted_at=None, retracted_reason=None)
        changed = Update(before=record, after=again_said, version=held.version)
    else:
        message = (
            f"the {noun_for(record.entity)} is held and not retracted; name a --version to go back"
            " to, or undo the action with `claims undo`"
        )
        raise InputRefused(message)
    return Plan(name=name, updates=[changed], shown=[record.id], did=Did.RESTORED)
