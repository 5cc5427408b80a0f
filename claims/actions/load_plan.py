"""What loading would do: the file, the database and the last load compared, record by record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import partial
from uuid import UUID

from claims.analysis.canonical import content, content_hash, content_id, hash_of
from claims.analysis.csl_dates import edtf_of
from claims.analysis.records import Assessment, Passage, Record
from claims.exchange.hand_coded import HandCoded
from claims.store.baseline import Baseline, place_of

_SHORT = 60
"""Code points of a passage that stand for it in a message."""

_SILENT = frozenset({"passage", "snapshot"})
_ITEM = "csl"


class State(StrEnum):
    """What happens to a record."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    KEPT = "kept"
    CONFLICT = "conflict"
    GONE = "gone"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, as words: in the database (``before``) and in the file (``after``)."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadItem:
    """One record of the plan; ``file``, ``line`` and ``column`` are empty where it is gone."""

    state: State
    entity: str
    id: UUID
    key: str | None
    file: str = ""
    line: int = 0
    column: int = 0
    changes: tuple[FieldChange, ...] = ()


@dataclass(slots=True)
class Plan:
    """What happens to every record of a namespace, what is written, what is remembered.

    ``contents`` has by id the canonical content of what is inserted.
    """

    items: list[LoadItem] = field(default_factory=list)
    inserts: list[Record] = field(default_factory=list)
    contents: dict[UUID, str] = field(default_factory=dict)
    updates: list[Record] = field(default_factory=list)
    gone: list[Record] = field(default_factory=list)
    remembered: dict[UUID, Baseline] = field(default_factory=dict)


def plan_namespace(
    files: Sequence[HandCoded],
    held: Mapping[UUID, Record],
    assessed: Sequence[Assessment],
    last: Mapping[UUID, Baseline],
    *,
    by_id: bool = False,
) -> Plan:
    """The plan for all files of one namespace.

    Args:
        files: the files, all of one namespace.
        held: the database's records with the ids of the files' records, and of those that the
            files named when they were last loaded.
        assessed: the database's assessments of the files' sources and claims.
        last: what the files said when they were last loaded, by id; for an assessment by the id
            that its key gives.
        by_id: whether an assessment is known by its id as all else is, not by what it is of.
    """
    planner = _Planner(held, _in_force(assessed), last, partial(_names, files, held, last), by_id)
    seen: set[UUID] = set()
    for file in files:
        for record in (record for record in file.records if record.id not in seen):
            seen.add(record.id)
            planner.add(file, record)
    planner.gone({found.key: found for found in assessed})
    return planner.plan


@dataclass(slots=True)
class _Planner:
    held: Mapping[UUID, Record]
    in_force: Mapping[tuple[UUID, str], Sequence[Assessment]]
    last: Mapping[UUID, Baseline]
    named: Callable[[], Mapping[UUID, str]]
    by_id: bool
    plan: Plan = field(default_factory=Plan)
    _names: Mapping[UUID, str] | None = None

    def add(self, file: HandCoded, record: Record) -> None:
        """Plans one record of a file."""
        place = place_of(file.namespace, record)
        text = content(record)
        here = hash_of(text)
        self.plan.remembered[place] = Baseline(record.entity, record.key, here)
        state: State
        before: Record | None
        after: Record
        if isinstance(record, Assessment) and not self.by_id:
            state, before, after = self._assessment(place, file.namespace, record, here)
        else:
            state, before, after = self._state(record, here), self.held.get(record.id), record
        if state is State.NEW or (state is State.UPDATED and record.immutable):
            self.plan.inserts.append(after)
            self.plan.contents[after.id] = text if after is record else content(after)
        elif state is State.UPDATED:
            self.plan.updates.append(after)
        shown = state in {State.UPDATED, State.KEPT, State.CONFLICT} and before is not None
        line, column = file.marks.get(record.id, (0, 0))
        self.plan.items.append(
            LoadItem(
                state=state,
                entity=record.entity,
                id=after.id,
                key=record.key,
                file=file.file,
                line=line,
                column=column,
                changes=tuple(self._changes(before, after)) if shown and before else (),
            )
        )

    def gone(self, assessments: Mapping[str | None, Assessment]) -> None:
        """Notes what the files no longer say and the database still holds.

        Passages and snapshots go with their claims and documents, and are not told apart.
        ``assessments`` are those held, by key, the newest last.
        """
        for place, last in self.last.items():
            opinion = last.entity == Assessment.entity
            held = assessments.get(last.key) if opinion else self.held.get(place)
            if place in self.plan.remembered or held is None:
                continue
            self.plan.gone.append(held)
            if last.entity not in _SILENT:
                gone = LoadItem(state=State.GONE, entity=last.entity, id=held.id, key=last.key)
                self.plan.items.append(gone)

    def _state(self, record: Record, here: str) -> State:
        """The three-way comparison of a record, by hash, that is not an assessment."""
        held, last = self.held.get(record.id), self.last.get(record.id)
        if held is None:
            return State.REMOVED if last is not None and last.content_hash == here else State.NEW
        there = content_hash(held)
        if here == there or record.immutable:
            return State.UNCHANGED
        if last is not None and last.content_hash == here:
            return State.KEPT
        if last is not None and last.content_hash == there:
            return State.UPDATED
        return State.CONFLICT

    def _assessment(
        self, place: UUID, namespace: UUID, record: Assessment, here: str
    ) -> tuple[State, Assessment | None, Assessment]:
        """The same for an assessment, where a change is a new one that supersedes the old."""
        in_force = self.in_force.get((record.target, record.scheme), ())
        same = [found for found in in_force if _opinion(found) == _opinion(record)]
        if same:
            return State.UNCHANGED, same[0], same[0]
        last = self.last.get(place)
        if not in_force:
            removed = last is not None and last.content_hash == here
            return State.REMOVED if removed else State.NEW, None, record
        earlier = [found for found in in_force if last and _hash(found) == last.content_hash]
        if last and last.content_hash == here:
            return State.KEPT, in_force[0], record
        if not earlier:
            return State.CONFLICT, in_force[0], record
        superseding = replace(record, supersedes=earlier[0].id)
        return (
            State.UPDATED,
            earlier[0],
            replace(superseding, id=content_id(namespace, superseding)),
        )

    def _changes(self, before: Record, after: Record) -> Iterator[FieldChange]:
        left_out = {"id", "supersedes"} if isinstance(after, Assessment) else {"id"}
        for name in (f.name for f in fields(after) if f.name not in left_out):
            yield from self._change(name, getattr(before, name), getattr(after, name))

    def _change(self, name: str, old: object, new: object) -> Iterator[FieldChange]:
        """What changes in a field; of a bibliographic item each variable for itself."""
        if name == _ITEM and isinstance(old, Mapping) and isinstance(new, Mapping):
            for variable in dict.fromkeys((*old, *new)):
                yield from self._change(f"{name}.{variable}", old.get(variable), new.get(variable))
            return
        told = FieldChange(name, self._words(old), self._words(new))
        if old != new or told.before != told.after:
            yield told

    def _words(self, value: object) -> str:
        """A value of a field for a reader; other records go by their names."""
        if isinstance(value, UUID):
            if self._names is None:
                self._names = self.named()
            return self._names.get(value, str(value))
        if isinstance(value, tuple | list):
            return ", ".join(self._words(item) for item in value) or "nothing"
        if value is None or value in ({}, ""):
            return "nothing"
        if isinstance(value, bool):
            return "yes" if value else "no"
        return self._structure(value)

    def _structure(self, value: object) -> str:
        if isinstance(value, Mapping) and "date-parts" in value:
            return edtf_of(value)
        if isinstance(value, Mapping):
            return ", ".join(f"{name}: {self._words(item)}" for name, item in sorted(value.items()))
        if not hasattr(value, "__dataclass_fields__"):
            return str(value)
        parts = {f.name: getattr(value, f.name) for f in fields(value)}  # type: ignore[arg-type]
        said = {name: item for name, item in parts.items() if item not in (None, (), {}, False)}
        return ", ".join(f"{n}: {self._words(item)}" for n, item in said.items()) or "nothing"


def _in_force(
    assessments: Sequence[Assessment],
) -> Mapping[tuple[UUID, str], Sequence[Assessment]]:
    """The assessments that nothing supersedes, by target and scheme."""
    replaced = {found.supersedes for found in assessments}
    kept: defaultdict[tuple[UUID, str], list[Assessment]] = defaultdict(list)
    for found in sorted(assessments, key=lambda found: found.id):
        if found.id not in replaced:
            kept[found.target, found.scheme].append(found)
    return kept


def _opinion(assessment: Assessment) -> str:
    """The content without what it supersedes: the same opinion of the same coder."""
    return content(replace(assessment, supersedes=None))


def _hash(assessment: Assessment) -> str:
    return content_hash(replace(assessment, supersedes=None))


def _names(
    files: Sequence[HandCoded], held: Mapping[UUID, Record], last: Mapping[UUID, Baseline]
) -> dict[UUID, str]:
    """How a reader knows the records: by key, a passage by its words."""
    known = [*held.values(), *(record for file in files for record in file.records)]
    before = {id_: said.key for id_, said in last.items() if said.key}
    return before | {record.id: _name(record) for record in known}


def _name(record: Record) -> str:
    if isinstance(record, Passage):
        return (
            f"“{record.exact if len(record.exact) <= _SHORT else record.exact[: _SHORT - 1] + '…'}”"
        )
    return record.key or str(record.id)
