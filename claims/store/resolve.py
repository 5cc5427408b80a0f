"""Finding what new records refer to, and putting them in an order in which they can be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.analysis.records import ENTITIES, Record, Waiver
from claims.errors import InputRefused
from claims.store.forms import Form, form_of, references, targets_of
from claims.store.lookup import numbers
from claims.store.validate import named


@dataclass
class Numbers:
    """The ``pk`` of every record that a write needs to know, by entity and id."""

    held: defaultdict[str, dict[UUID, int]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, entity: str, record: UUID) -> int:
        """The ``pk`` of one record; it must have been resolved before."""
        return self.held[entity][record]

    def resolve(self, session: Session, records: Sequence[Record]) -> None:
        """Find all that the records refer to, in the database or among themselves.

        Raises:
            InputRefused: something is neither here nor there; the message names both ends.
        """
        new: defaultdict[str, set[UUID]] = defaultdict(set)
        wanted: defaultdict[str, set[UUID]] = defaultdict(set)
        for form, some in _by_form(records):
            new[form.entity].update(record.id for record in some)
            for entity, targets in targets_of(form, some):
                wanted[entity].update(targets)
        lost = False
        for entity, targets in wanted.items():
            asked = targets - new[entity]
            found = numbers(session, entity, asked)
            self.held[entity].update(found)
            lost = lost or len(found) < len(asked)
        for record in records if lost else ():
            self._check(record, new)
        waivers = [record for record in records if isinstance(record, Waiver)]
        if waivers:
            _check_waivers(session, waivers, set().union(*new.values()))

    def _check(self, record: Record, new: Mapping[str, set[UUID]]) -> None:
        for where, entity, target in references(form_of(type(record)), record):
            if target not in new.get(entity, ()) and target not in self.held[entity]:
                noun = entity.replace("_", " ")
                message = (
                    f"{named(record)}: its field {where!r} names the {noun} {target},"
                    f" which is not held; load that {noun} first"
                )
                raise InputRefused(message)


def _by_form(records: Sequence[Record]) -> Iterator[tuple[Form, list[Record]]]:
    """The records by their kind."""
    kinds: defaultdict[type[Record], list[Record]] = defaultdict(list)
    for record in records:
        kinds[type(record)].append(record)
    return ((form_of(kind), some) for kind, some in kinds.items())


def parents_first(form: Form, records: Sequence[Record]) -> list[Record]:
    """The records so that each comes after those of its own kind that it refers to.

    Raises:
        InputRefused: a record comes back to itself, such as a place that is part of itself.
    """
    if not form.own:
        return list(records)
    waiting = {record.id: record for record in records}
    ordered: dict[UUID, Record] = {}
    for record in records:
        path: dict[UUID, Record] = {}
        step: Record | None = record
        while step is not None and step.id not in ordered:
            if step.id in path:
                raise InputRefused(_circle(step, form))
            path[step.id] = step
            step = next((waiting[p] for p in _parents(form, step) if p in waiting), None)
        ordered.update((one.id, one) for one in reversed(path.values()))
    return list(ordered.values())


def check_new(
    session: Session, by_kind: Mapping[str, Sequence[Record]], known: Container[UUID]
) -> None:
    """Refuse new records that are held already; what the history does not know never was.

    Raises:
        InputRefused: one is held, or two have the same id.
    """
    for entity, records in by_kind.items():
        once = {record.id: record for record in records if record.id in known}
        for held in numbers(session, entity, once):
            message = f"{named(once[held])} is held already; update it instead"
            raise InputRefused(message)
        if len({record.id for record in records}) < len(records):
            message = f"two records of the entity {entity!r} have the same id; give each its own"
            raise InputRefused(message)


def check_no_circle(session: Session, form: Form, record: Record) -> None:
    """Refuse a change by which a record would come back to itself.

    Raises:
        InputRefused: it would, such as a place that becomes part of its own part.
    """
    for name in form.own:
        above = form.table.alias()
        column = f"{name}_pk"
        parent = getattr(record, name)
        while parent is not None:
            if parent == record.id:
                raise InputRefused(_circle(record, form))
            statement = select(above.c.id).join(form.table, form.table.c[column] == above.c.pk)
            parent = session.scalar(statement.where(form.table.c.id == parent))


def _parents(form: Form, record: Record) -> list[UUID]:
    found = (getattr(record, name) for name in form.own)
    return [parent for parent in found if parent is not None]


def _circle(record: Record, form: Form) -> str:
    field_name = form.own[0]
    return f"{named(record)}: its {field_name!r} leads back to itself; break the circle"


def _check_waivers(session: Session, waivers: Sequence[Waiver], new: set[UUID]) -> None:
    """A waiver may name a record of any entity."""
    missing = {waiver.target: waiver for waiver in waivers if waiver.target not in new}
    for kind in ENTITIES:
        for found in numbers(session, kind.entity, missing):
            missing.pop(found)
    for target, waiver in missing.items():
        message = f"{named(waiver)}: it names {target}, and no record with that id is held"
        raise InputRefused(message)
