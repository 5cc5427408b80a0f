"""Entering: topics, questions, sources, documents, claims, assessments, cross-checks and more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing
from claims.actions.copies import held_already
from claims.actions.entry_inquiries import inquiry_remarks
from claims.actions.entry_make import Data, Maker
from claims.actions.entry_names import called, claim_words, shortened
from claims.actions.entry_remarks import remarked
from claims.actions.entry_units import units_remarked
from claims.actions.entry_write import Plan, Terms, Written, again, carry_out
from claims.actions.once import digest
from claims.actions.similar import FEW, name_of, similar
from claims.analysis.records import Assessment, Claim, Record
from claims.archive.gather import Gathered
from claims.archive.store import Archive
from claims.errors import InputRefused
from claims.exchange.entry_read import Entry
from claims.exchange.fields import FIELDS, noun_of
from claims.store.cited import Wanted, claim_ids

MOST = 1_000
"""Entries of one request; more than these are better loaded from a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRequest:
    """What to enter: one entry or several of one entity, all or none.

    ``entries`` are fields by name, as ``docs/entering.md`` lists them. ``once`` is a key of the
    caller's: the same request with the same key is carried out once. ``files`` are the texts
    that documents name, ``copies`` what was gathered of the files and addresses that they name;
    ``archive`` is where they are kept and quotes are looked for.
    """

    entity: str
    entries: tuple[Data, ...]
    reason: str | None = None
    once: str | None = None
    dry_run: bool = False
    archive: Archive | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    copies: Mapping[str, Gathered] = field(default_factory=dict)


LOOKED_AT = 100
"""Entries of one request that are compared with what is held; a warning is no obligation."""


def add(session: Session, actor: Actor, request: AddRequest, now: datetime) -> Written:
    """Enter new records, with their passages, texts and grades.

    Args:
        session: of a writing unit, also for a dry run, which is taken back.
        actor: who enters; at least an enterer.
        request: the entries.
        now: the time of the changes.

    Raises:
        NotPermitted: the role or the clearance does not allow it.
        DocumentFaults: all faults of all entries; nothing is written.
        InputRefused: there is nothing to enter, too much, or a key was used for something else.
    """
    actor.require(Doing.ASSESS if request.entity == Assessment.entity else Doing.ENTER)
    _check(request)
    terms = terms_of("add", request)
    if done := again(session, actor, terms):
        return done
    maker = Maker(session, actor, now, request.archive, request.files, request.copies)
    entries = maker.make_all(request.entity, request.entries)
    plan = plan_of(f"{noun_of(request.entity)} add", maker, entries)
    if not request.dry_run:
        maker.keep_texts()
    return carry_out(session, actor, plan, terms, now)


def terms_of(verb: str, request: AddRequest) -> Terms:
    """The terms of a request, with the digest by which the same one is known again."""
    said = [verb, request.entity, request.entries, request.reason, dict(request.files)]
    said += [one.copy.sha256 for one in request.copies.values()]
    return Terms(
        reason=request.reason,
        once=request.once,
        digest=digest(_plain(said)) if request.once else "",
        dry_run=request.dry_run,
    )


def plan_of(name: str, maker: Maker, entries: list[Entry]) -> Plan:
    """The plan that writes entries, each with what comes with it."""
    plan = Plan(name=name, warnings=maker.warnings)
    for entry in entries:
        record = _superseding(maker, plan, entry.record)
        plan.inserts += [record, *entry.further]
        plan.shown += [record.id]
        plan.shown += [one.id for one in entry.further if isinstance(one, Assessment)]
        plan.warnings += [*units_remarked(maker, record), *_superseded_words(maker, record)]
        plan.warnings += remarked(maker, entry)
        plan.warnings += inquiry_remarks(maker.lookup.seen, record, maker.now)
        plan.warnings += held_already(maker.lookup.seen, entry.further)
    plan.warnings += _similar_words(maker, [entry.record for entry in entries])
    return plan


def _similar_words(maker: Maker, records: Sequence[Record]) -> list[str]:
    """Warnings about what is held already and looks the same."""
    return [
        f"“{shortened(name_of(record), 40)}” {other}"
        for record in records[:LOOKED_AT]
        for other in similar(maker.session, maker.actor, record)[:FEW]
    ]


def _superseded_words(maker: Maker, record: Record) -> list[str]:
    """A warning where a claim takes the place of one whose place was taken already."""
    if not isinstance(record, Claim) or record.supersedes is None:
        return []
    seen = maker.lookup.seen
    same = claim_ids(seen.session, seen.clearance, Wanted(question=record.question))
    newer = [one for one in seen.records(Claim, same) if one.supersedes == record.supersedes]
    if not newer:
        return []
    by = f"claim {called(newer[-1])} ({claim_words(seen, newer[-1])})"
    return [f"what it supersedes is superseded already, by the {by}; supersede that one instead"]


def _superseding(maker: Maker, plan: Plan, record: Record) -> Record:
    """An assessment takes the place of the one that the same person gave before."""
    if not isinstance(record, Assessment):
        return record
    held = maker.lookup.seen.records(Assessment)
    replaced = {one.supersedes for one in held}
    mine = [
        one
        for one in held
        if (one.target, one.scheme, one.assessed_by)
        == (record.target, record.scheme, record.assessed_by)
        and one.id not in replaced
    ]
    if not mine:
        return record
    plan.warnings.append(f"it takes the place of your {mine[-1].scheme.value} {mine[-1].code}")
    return replace(record, supersedes=mine[-1].id)


def _check(request: AddRequest) -> None:
    if request.entity not in FIELDS:
        message = f"{request.entity!r} cannot be entered; give one of {', '.join(FIELDS)}"
        raise InputRefused(message)
    if not request.entries:
        message = "there is nothing to enter; give at least one entry"
        raise InputRefused(message)
    if len(request.entries) > MOST:
        message = (
            f"{len(request.entries):,} entries at once are too many; give at most {MOST:,},"
            " or load a file"
        )
        raise InputRefused(message)


def _plain(data: object) -> object:
    """Data of JSON with bytes and fractions as text, so that it has a canonical form."""
    if isinstance(data, Mapping):
        return {str(name): _plain(item) for name, item in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(item) for item in data]
    if isinstance(data, bytes):
        return data.hex()
    return str(data) if isinstance(data, float) else data
