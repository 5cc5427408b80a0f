"""Loading hand-coded files: all of them or none, and the same again changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access, check_write
from claims.actions.load_checks import (
    check_clearance,
    hidden_before,
    refuse_conflicts,
    refuse_erased,
    refuse_the_future,
)
from claims.actions.load_plan import FieldChange, LoadItem, Plan, State, plan_namespace
from claims.actions.sight import discreet
from claims.analysis.records import ENTITIES, KINDS, Assessment, Claim, Passage, Record
from claims.archive.store import Archive
from claims.exchange.hand_coded import HandCoded
from claims.store.acts import Run
from claims.store.baseline import Baseline, baseline, forget, set_baseline
from claims.store.forms import form_of
from claims.store.reader import all_records
from claims.store.resolve import parents_first
from claims.store.writer import Writer

__all__ = ["FieldChange", "LoadItem", "LoadRequest", "LoadResult", "State", "load"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRequest:
    """The files to load, where their texts are archived, and whether to write at all.

    ``remove_gone`` takes out what the files said when they were last loaded and say no more.
    ``name`` is what the action is called in the history.
    """

    files: tuple[HandCoded, ...]
    archive: Archive
    name: str = "load"
    dry_run: bool = False
    remove_gone: bool = False

    @property
    def reason(self) -> str:
        """Why a change was made, as the history tells it."""
        return f"claims {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadResult:
    """What happened to every record, in the order of the files; what is gone comes last.

    After a dry run: what would have happened. ``removed`` says that what is gone was taken out.
    """

    items: tuple[LoadItem, ...]
    dry_run: bool
    removed: bool = False

    @property
    def counts(self) -> Mapping[str, Mapping[State, int]]:
        """By entity: how many records are in each state; only states that occur."""
        found: defaultdict[str, Counter[State]] = defaultdict(Counter)
        for item in self.items:
            found[item.entity][item.state] += 1
        order = [kind.entity for kind in ENTITIES if kind.entity in found]
        return {entity: dict(found[entity]) for entity in order}

    @property
    def changed(self) -> bool:
        """Whether anything was written, or would be."""
        changing = {State.NEW, State.UPDATED} | ({State.GONE} if self.removed else set())
        return any(item.state in changing for item in self.items)


def load(session: Session, actor: Actor, request: LoadRequest, now: datetime) -> LoadResult:
    """Stores what the files say: new records, and changes that nobody contradicts.

    Args:
        session: of a writing unit, or of any unit for a dry run.
        actor: who loads; at least an enterer, cleared for everything that is compared.
        request: the files, the archive, and whether this is a dry run.
        now: the time of the changes.

    Raises:
        NotPermitted: a reader may not load; nobody may compare what they may not see.
        DocumentFaults: the files hold what was erased, or what was changed both in them and in
            the database since the last load; everything is shown, and nothing is written.
        InputRefused: the database cannot hold a record.
    """
    actor.require(Doing.LOAD)
    refuse_the_future(request.files, now)
    refuse_erased(session, request.files)
    plans = {
        namespace: _plan(session, actor, files, namespace, request.reason)
        for namespace, files in _by_namespace(request.files).items()
    }
    items = tuple(item for plan in plans.values() for item in plan.items)
    refuse_conflicts(items)
    if request.dry_run:
        _check_archived(request)
    else:
        _archive(request)
        writer = Writer(session, actor.name, now, request.reason, run=Run(request.name))
        _write(writer, plans.values())
        if request.remove_gone:
            gone = [record for plan in plans.values() for record in plan.gone]
            with discreet(actor):
                writer.remove_all(gone)
            forget(session, gone)
        for namespace, plan in plans.items():
            set_baseline(session, namespace, plan.remembered, actor=actor.name, now=now)
    return LoadResult(items=items, dry_run=request.dry_run, removed=request.remove_gone)


def _by_namespace(files: Iterable[HandCoded]) -> Mapping[UUID, list[HandCoded]]:
    found: defaultdict[UUID, list[HandCoded]] = defaultdict(list)
    for file in files:
        found[file.namespace].append(file)
    return found


def _plan(
    session: Session, actor: Actor, files: Sequence[HandCoded], namespace: UUID, reason: str
) -> Plan:
    seen = access(session, actor)
    last = baseline(session, namespace)
    for hidden in hidden_before(seen, last):
        del last[hidden]
    held = _held(session, files, last)
    check_clearance(actor, seen, held.values(), [r for file in files for r in file.records])
    plan = plan_namespace(files, held, seen.records(Assessment), last)
    for record in plan.updates:
        check_write(actor, held.get(record.id), record, reason)
    return plan


def _held(
    session: Session, files: Sequence[HandCoded], last: Mapping[UUID, Baseline]
) -> dict[UUID, Record]:
    """What the database has of the files' records, now and last time, and what it cites."""
    wanted: defaultdict[type[Record], dict[UUID, None]] = defaultdict(dict)
    for record in (record for file in files for record in file.records):
        wanted[type(record)][record.id] = None
    for id_, said in last.items():
        wanted[KINDS[said.entity]][id_] = None
    found: list[Record] = []
    for kind, ids in wanted.items():
        found += all_records(session, kind, tuple(ids))
    cited = [passage for r in found if isinstance(r, Claim) for passage in r.passages]
    found += all_records(session, Passage, cited)
    return {record.id: record for record in found}


def _check_archived(request: LoadRequest) -> None:
    """Reads the texts that are held already, so that a dry run tells of one that was altered."""
    for text in (text for file in request.files for text in file.texts):
        if request.archive.has(text.sha256):
            request.archive.read(text.sha256)


def _archive(request: LoadRequest) -> None:
    """Puts the texts on disk before any row that names them is kept; those held are checked."""
    for text in (text for file in request.files for text in file.texts):
        request.archive.add(text.data)


def _write(writer: Writer, plans: Iterable[Plan]) -> None:
    made = list(plans)
    if inserts := [record for plan in made for record in plan.inserts]:
        writer.insert_all(inserts)
    updates: defaultdict[type[Record], list[Record]] = defaultdict(list)
    for record in (record for plan in made for record in plan.updates):
        updates[type(record)].append(record)
    for kind, records in updates.items():
        for record in parents_first(form_of(kind), records):  # no circle, not even for a moment
            writer.update(record, version=None)
