"""Importing tables: batch by batch within one unit, all of it or nothing, as one run of an action.

However long the table is, only one batch of it is in memory at a time, besides the ids of what
an earlier version of the same table said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access, check_write
from claims.actions.importing_plan import Chunk, chunks, plan_of_export, plan_of_rows, without_last
from claims.actions.load_checks import conflicts, hidden_before, refuse_the_future
from claims.actions.load_plan import LoadItem, Plan, State
from claims.actions.sight import discreet
from claims.analysis.records import ENTITIES, KINDS, Assessment, Claim, Record, Topic
from claims.errors import DocumentFaults, Fault, InputRefused
from claims.exchange.entity_tables import Export
from claims.exchange.mapped import Mapped
from claims.store.acts import Run
from claims.store.baseline import (
    Baseline,
    baseline,
    baseline_places,
    forget,
    has_baseline,
    place_of,
    set_baseline,
)
from claims.store.bulk import uncollected
from claims.store.forms import form_of
from claims.store.lookup import batches
from claims.store.reader import all_records
from claims.store.resolve import parents_first
from claims.store.writer import Writer

REASON = "claims import"
"""Why a change was made, as the history tells it."""

MOST_LISTED = 1_000
"""Records of a result, and conflicts, that are told one by one."""

_LISTED = frozenset({State.UPDATED, State.KEPT, State.REMOVED, State.GONE})

_KEEPS = (
    "an export does not say what is gone from it, so nothing can be taken out by it;"
    " leave out --remove-gone, and remove the records with `claims`"
)


_ANOTHER = (
    "{file} has none of the {number:,} claims that were imported under its namespace before, so it"
    " seems to be another table and not a newer version of the same; nothing was taken out;"
    " leave out --remove-gone, or give the table a namespace of its own in its mapping"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What to import: a table read by a mapping, or the sheets of an export.

    ``remove_gone`` takes out what the table said when it was last imported and says no more.
    ``progress`` is told now and then which row was the last one to be dealt with.
    """

    table: Mapped | Export
    dry_run: bool = False
    remove_gone: bool = False
    progress: Callable[[int], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What happened to the records; after a dry run: what would have happened.

    ``counts`` has by entity how many records are in each state. ``items`` are those that are
    neither new nor unchanged, row by row, what is gone last; ``unlisted`` counts further ones.
    ``topics`` are the labels of the topics that the table is about.
    """

    counts: Mapping[str, Mapping[State, int]]
    items: tuple[LoadItem, ...]
    unlisted: int
    topics: tuple[str, ...]
    dry_run: bool
    removed: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was written, or would be."""
        changing = {State.NEW, State.UPDATED} | ({State.GONE} if self.removed else set())
        return any(changing & counts.keys() for counts in self.counts.values())


def import_table(
    session: Session, actor: Actor, request: ImportRequest, now: datetime
) -> ImportResult:
    """Stores what a table says: new records, and changes that nobody contradicts.

    Args:
        session: of a writing unit, or of any unit for a dry run.
        actor: who imports; at least an enterer, cleared for everything that is compared.
        request: the table, and whether this is a dry run.
        now: the time of the changes.

    Raises:
        NotPermitted: a reader may not import; nobody may compare what they may not see.
        DocumentFaults: the table holds what was erased, or what was changed both in it and in
            the database since it was last imported; nothing is kept of it.
        InputRefused: the database cannot hold a record, an export cannot say what is gone, or
            what is to be taken out seems to be of another table.
    """
    actor.require(Doing.LOAD)
    if request.remove_gone and isinstance(request.table, Export):
        raise InputRefused(_KEEPS)
    run = _Importing(session, actor, request, now)
    waiting = chunks(request.table)
    while True:
        with uncollected():
            chunk = next(waiting, None)
            if chunk is None:
                break
            run.take(chunk)
    run.refuse()
    run.end()
    return run.result()


@dataclass(slots=True)
class _Importing:
    """One run: what it has seen, counted and written so far."""

    session: Session
    actor: Actor
    request: ImportRequest
    now: datetime
    counts: defaultdict[str, Counter[State]] = field(default_factory=lambda: defaultdict(Counter))
    items: list[LoadItem] = field(default_factory=list)
    unlisted: int = 0
    faults: list[Fault] = field(default_factory=list)
    unnamed: int = 0
    topics: dict[str, None] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    writer: Writer | None = None
    namespace: UUID | None = None
    before: bool = False
    again: bool = False

    def __post_init__(self) -> None:
        """Begin: whether this table was imported before, and who writes."""
        if not self.request.dry_run:
            run = Run("import")
            self.writer = Writer(self.session, self.actor.name, self.now, REASON, run=run)
        if isinstance(self.request.table, Mapped):
            self.namespace = self.request.table.namespace
            self.before = has_baseline(self.session, self.namespace)

    def take(self, chunk: Chunk) -> None:
        """Compare some records with the database, and write what is new or changed in them."""
        refuse_the_future(chunk, self.now)
        records = [record for file in chunk for record in file.records]
        last = self._last(records)
        self.again |= any(one.entity == Claim.entity for one in last.values())
        plan = self._plan(chunk, last)
        self._tell(plan.items)
        if self.writer is not None and not self.faults:
            self._write(self.writer, plan)
            self._remember(plan, last)
        topics = (record.label for record in records if isinstance(record, Topic))
        self.topics.update(dict.fromkeys(topics))
        if self.request.progress is not None:
            rows = (row for file in chunk for row, _ in file.marks.values())
            self.request.progress(max(rows, default=0))

    def refuse(self) -> None:
        """Refuse the whole table where it and the database were both changed."""
        if self.unnamed:
            found = f"{self.unnamed:,} more conflicts"
            self.faults.append(Fault(self.request.table.file, 0, 0, "table", found, "none"))
        if self.faults:
            raise DocumentFaults(tuple(self.faults))

    def end(self) -> None:
        """Tell of what the table says no more, and take it out where that was asked for."""
        if not self.before or self.namespace is None:
            return
        places = (one for one in baseline_places(self.session, self.namespace))
        gone = [place for place in places if place.int not in self.seen]
        if self.request.remove_gone and not self.again:
            self._refuse_another(self.namespace, gone)
        for some in batches(gone):
            self._end(self.namespace, some)

    def _refuse_another(self, namespace: UUID, gone: Sequence[UUID]) -> None:
        """Refuse to take out all claims of a table for one that shares none with it."""
        told = (one for some in batches(gone) for one in self._remembered(namespace, some).values())
        number = sum(one.entity == Claim.entity for one in told)
        if number:
            raise InputRefused(_ANOTHER.format(file=self.request.table.file, number=number))

    def result(self) -> ImportResult:
        """What came of it."""
        order = [kind.entity for kind in ENTITIES if kind.entity in self.counts]
        return ImportResult(
            counts={entity: dict(self.counts[entity]) for entity in order},
            items=tuple(self.items),
            unlisted=self.unlisted,
            topics=tuple(self.topics),
            dry_run=self.request.dry_run,
            removed=self.request.remove_gone,
        )

    def _last(self, records: Sequence[Record]) -> dict[UUID, Baseline]:
        """What the table said of these records when it was last imported."""
        if not self.before or self.namespace is None:
            return {}
        places = [place_of(self.namespace, record) for record in records]
        self.seen.update(place.int for place in places)
        return self._remembered(self.namespace, places)

    def _remembered(self, namespace: UUID, places: Sequence[UUID]) -> dict[UUID, Baseline]:
        found = baseline(self.session, namespace, places)
        for hidden in hidden_before(access(self.session, self.actor), found):
            del found[hidden]
        return found

    def _plan(self, chunk: Chunk, last: Mapping[UUID, Baseline]) -> Plan:
        if isinstance(self.request.table, Export):
            plan = plan_of_export(self.session, self.actor, chunk, self.request.table)
        else:
            plan = plan_of_rows(self.session, self.actor, chunk, last)
        for record in plan.inserts:
            check_write(self.actor, None, record, None)
        return plan

    def _tell(self, items: Iterable[LoadItem]) -> None:
        for item in items:
            self.counts[item.entity][item.state] += 1
            if item.state is State.CONFLICT:
                self._fault(item)
            elif item.state in _LISTED and len(self.items) < MOST_LISTED:
                self.items.append(item)
            else:
                self.unlisted += item.state in _LISTED

    def _fault(self, item: LoadItem) -> None:
        found = conflicts([item])
        room = max(0, MOST_LISTED - len(self.faults))
        self.faults += found[:room]
        self.unnamed += len(found[room:])

    def _write(self, writer: Writer, plan: Plan) -> None:
        if plan.inserts:
            writer.insert_all(plan.inserts, plan.contents)
        updates: defaultdict[type[Record], list[Record]] = defaultdict(list)
        for record in plan.updates:
            updates[type(record)].append(record)
        for kind, records in updates.items():
            for record in parents_first(form_of(kind), records):
                writer.update(record, version=None)

    def _remember(self, plan: Plan, last: Mapping[UUID, Baseline]) -> None:
        if self.namespace is None:
            return
        actor, said = self.actor.name, plan.remembered
        set_baseline(self.session, self.namespace, said, actor=actor, now=self.now, before=last)

    def _end(self, namespace: UUID, places: Sequence[UUID]) -> None:
        last = self._remembered(namespace, places)
        gone = list(self._still_held(last))
        self._tell(without_last(gone, last))
        if self.request.remove_gone and self.writer is not None and gone:
            with discreet(self.actor):
                self.writer.remove_all(gone)
            forget(self.session, gone)

    def _still_held(self, last: Mapping[UUID, Baseline]) -> Iterator[Record]:
        seen = access(self.session, self.actor)
        ids: defaultdict[str, list[UUID]] = defaultdict(list)
        for place, said in last.items():
            ids[said.entity].append(place)
        keys = {last[place].key for place in ids.pop(Assessment.entity, ())}
        if keys:
            held = {one.key: one for one in seen.records(Assessment) if one.key in keys}
            yield from held.values()
        for entity, some in ids.items():
            yield from all_records(self.session, KINDS[entity], some)
