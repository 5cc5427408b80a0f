"""What comes later: a speaker says something new, or withdraws what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.edit import plan_of_edit, stored
from claims.actions.edit_fields import typed_fields
from claims.actions.entry import plan_of
from claims.actions.entry_make import Data, Maker, noun_for
from claims.actions.entry_write import Did, Terms, Written, again, carry_out
from claims.actions.once import digest
from claims.analysis.records import Assessment, Claim, Record
from claims.archive.store import Archive
from claims.errors import InputRefused
from claims.exchange.entry_form import spelt_out
from claims.exchange.fields import noun_of

SUPERSEDED = (Claim.entity, Assessment.entity)
"""What is superseded; everything else is edited."""

_KEPT = ("document", "question", "speakers", "scope", "accused", "sensitivity", "exposure_basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersedeRequest:
    """What a speaker, or an assessor, says instead: fields that are left out stay the same."""

    entity: str
    target: str
    fields: Data
    reason: str | None = None
    once: str | None = None
    dry_run: bool = False
    archive: Archive | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractRequest:
    """Which claim its speaker withdrew, when (EDTF) and why."""

    target: str
    at: str
    reason: str
    once: str | None = None
    dry_run: bool = False


def supersede(session: Session, actor: Actor, request: SupersedeRequest, now: datetime) -> Written:
    """Enter what a speaker says now instead of a claim, or how it is judged now.

    Raises:
        NotFound: there is no such record that may be seen.
        DocumentFaults: all faults of the fields.
        NotPermitted: the role does not allow it.
        InputRefused: the kind is edited, not superseded; or it was superseded already.
    """
    actor.require(Doing.ASSESS if request.entity == Assessment.entity else Doing.ENTER)
    if request.entity not in SUPERSEDED:
        message = f"a {noun_for(request.entity)} is edited, not superseded; use `edit`"
        raise InputRefused(message)
    said = ["supersede", request.entity, request.target, str(dict(request.fields))]
    terms = _terms(request.reason, request.once, said, dry_run=request.dry_run)
    if done := again(session, actor, terms):
        return done
    maker = Maker(session, actor, now, request.archive, request.files)
    held = stored(access(session, actor), request.entity, request.target).record
    data = _superseding_fields(maker, held, request)
    entries = maker.make_all(request.entity, [data])
    if isinstance(held, Assessment):
        newer = [_over(one.record, held) for one in entries]
        entries = [replace(one, record=new) for one, new in zip(entries, newer, strict=True)]
    plan = plan_of(f"{noun_of(request.entity)} supersede", maker, entries)
    if not request.dry_run:
        maker.keep_texts()
    return carry_out(session, actor, plan, terms, now)


def retract(session: Session, actor: Actor, request: RetractRequest, now: datetime) -> Written:
    """Note that the speaker withdrew a claim: it stays, and counts no more.

    Raises:
        NotFound: there is no such claim that may be seen.
        DocumentFaults: the time cannot be read, or is yet to come.
        NotPermitted: the role does not allow it.
    """
    actor.require(Doing.EDIT)
    said = ["retract", request.target, request.at, request.reason]
    terms = _terms(request.reason, request.once, said, dry_run=request.dry_run)
    if done := again(session, actor, terms):
        return done
    held = stored(access(session, actor), Claim.entity, request.target)
    changes = {"retracted": {"at": request.at, "reason": request.reason}}
    maker = Maker(session, actor, now)
    plan = plan_of_edit(maker, held, changes, "claim retract", Did.RETRACTED)
    return carry_out(session, actor, plan, terms, now)


def _terms(reason: str | None, once: str | None, said: list[str], *, dry_run: bool) -> Terms:
    return Terms(reason=reason, once=once, digest=digest(said) if once else "", dry_run=dry_run)


def _superseding_fields(maker: Maker, held: Record, request: SupersedeRequest) -> dict[str, Any]:
    """The fields of the new record: what was given, and else what the old one says."""
    seen = maker.lookup.seen
    before = typed_fields(seen, held)
    given = dict(request.fields)
    if isinstance(held, Assessment):
        graded = given.keys() & {"confidence", "reliability", "credibility", "verification"}
        kept = before.keys() - {"reason", *([held.scheme.value] if graded else [])}
        return {**{name: before[name] for name in kept}, **given}
    kept_fields = {name: before[name] for name in _KEPT if name in before}
    if isinstance(held, Claim) and given.get("document"):
        kept_fields["speakers"] = [str(held.origin)]
    spelt = spelt_out(request.entity, given)
    return {
        **kept_fields,
        **(spelt if isinstance(spelt, dict) else given),
        "supersedes": str(held.id),
    }


def _over(record: Record, held: Assessment) -> Record:
    return replace(record, supersedes=held.id) if isinstance(record, Assessment) else record
