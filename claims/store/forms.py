"""How each kind of record lies in the tables, worked out from its fields.

A field is a column of the same name. A field that names another record is a reference: the
column ``{field}_pk``. A :class:`Scope` or a :class:`ClaimValue` becomes columns with its field
as prefix; ordered parts that are searched for (speakers, passages) have tables of their own;
other lists and mappings are JSON text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, cast, get_type_hints
from uuid import UUID

from sqlalchemy import Table

from claims.analysis.fields import bare, target_of
from claims.analysis.records import ENTITIES, ClaimValue, Record, Scope, Speaker
from claims.store.codec import Convert, reader_of, same, writer_of
from claims.store.tables import METADATA
from claims.store.tables.judgement import MERGED


@dataclass(frozen=True)
class Slot:
    """One field and its column; ``target`` is the entity that a reference leads to."""

    field: str
    column: str
    write: Convert = same
    read: Convert = same
    target: str | None = None


@dataclass(frozen=True)
class Nest:
    """A dataclass within a record, spread over columns; ``absent`` columns are all empty."""

    field: str
    kind: type
    slots: tuple[Slot, ...]
    optional: bool


@dataclass(frozen=True)
class Choice:
    """A reference whose entity is named by another field (``by``), with a column for each."""

    field: str
    by: str
    columns: dict[str, str]


@dataclass(frozen=True)
class Part:
    """Ordered rows of their own: of a dataclass (``kind``), or of plain references (``None``)."""

    field: str
    table: Table
    owner: str
    kind: type | None
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Form:
    """How one kind of record lies in the tables."""

    kind: type[Record]
    table: Table
    slots: tuple[Slot, ...]
    nests: tuple[Nest, ...]
    choices: tuple[Choice, ...]
    parts: tuple[Part, ...]

    @property
    def entity(self) -> str:
        """The entity's name, which is its table's too."""
        return self.kind.entity

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that a record is read from, ``pk`` first."""
        nested = (slot.column for nest in self.nests for slot in nest.slots)
        chosen = (column for choice in self.choices for column in choice.columns.values())
        return ("pk", *(slot.column for slot in self.slots), *nested, *chosen)

    @cached_property
    def references(self) -> dict[str, str]:
        """The target of each column that refers to another record."""
        nested = (slot for nest in self.nests for slot in nest.slots)
        found = {s.column: s.target for s in (*self.slots, *nested) if s.target is not None}
        for choice in self.choices:
            found |= {column: target for target, column in choice.columns.items()}
        return found

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The fields that refer to a record of the same kind."""
        return tuple(slot.field for slot in self.slots if slot.target == self.entity)


_PARTS = {
    "claim.passages": "claim_passage",
    "claim.speakers": "speaker",
    "cross_check.questions": "cross_check_question",
    "cross_check.claims": "cross_check_claim",
    "inquiry.claims": "inquiry_claim",
}
_PART_TARGETS = {"passages": "passage", "questions": "question", "claims": "claim"}
_CHOICES = {
    "assessment.target": Choice("target", "of", {"source": "source_pk", "claim": "claim_pk"}),
    "source_relation.a": Choice(
        "a", "between", {"source": "a_source_pk", "document": "a_document_pk"}
    ),
    "source_relation.b": Choice(
        "b", "between", {"source": "b_source_pk", "document": "b_document_pk"}
    ),
    "merge.kept": Choice("kept", "of", {name: f"kept_{name}_pk" for name in MERGED}),
    "merge.merged": Choice("merged", "of", {name: f"merged_{name}_pk" for name in MERGED}),
}


def form_of(kind: type[Record]) -> Form:
    """How records of this kind lie in the tables."""
    return _form(kind.entity)


@cache
def _form(entity: str) -> Form:
    kind = next(kind for kind in ENTITIES if kind.entity == entity)
    hints = {name: hint for name, hint in _fields(kind) if name != "id"}
    paths = {name: f"{kind.entity}.{name}" for name in hints}
    parts = tuple(_part(kind, name) for name in hints if paths[name] in _PARTS)
    choices = tuple(_CHOICES[paths[name]] for name in hints if paths[name] in _CHOICES)
    nests = tuple(_nest(name, hint) for name, hint in hints.items() if _nested(hint))
    left = {
        name: hint
        for name, hint in hints.items()
        if not (_nested(hint) or paths[name] in _PARTS or paths[name] in _CHOICES)
    }
    slots = tuple(_slot(kind.entity, name, hint) for name, hint in left.items())
    table = METADATA.tables[kind.entity]
    return Form(kind, table, (Slot("id", "id"), *slots), nests, choices, parts)


def forms() -> tuple[Form, ...]:
    """The form of every kind of record, each after the kinds that its own columns refer to."""
    known = {kind.entity for kind in ENTITIES}
    return tuple(_form(table.name) for table in METADATA.sorted_tables if table.name in known)


def references(form: Form, record: Record) -> Iterator[tuple[str, str, UUID]]:
    """Every other record that this one names: the field, the entity, the id."""
    yield from _referred(form.slots, record, "")
    for nest in form.nests:
        yield from _referred(nest.slots, getattr(record, nest.field), f"{nest.field}.")
    for choice in form.choices:
        target = getattr(record, choice.by)
        if target in choice.columns:
            yield choice.field, target, getattr(record, choice.field)
    for part in form.parts:
        for number, item in enumerate(getattr(record, part.field)):
            where = f"{part.field}[{number}]"
            if part.kind is None:
                yield where, str(part.slots[0].target), item
            else:
                yield from _referred(part.slots, item, f"{where}.")


def targets_of(form: Form, records: Sequence[Record]) -> Iterator[tuple[str, Iterable[UUID]]]:
    """What many records of one kind name, field by field: the entity, and the ids."""
    yield from _targets(form.slots, records)
    for nest in form.nests:
        yield from _targets(nest.slots, list(_parts(records, nest.field)))
    for choice in form.choices:
        chosen = [(getattr(one, choice.by), getattr(one, choice.field)) for one in records]
        for target in choice.columns:
            yield target, [found for by, found in chosen if by == target]
    for part in form.parts:
        items = list(chain.from_iterable(_parts(records, part.field)))
        yield from (
            [(str(part.slots[0].target), items)]
            if part.kind is None
            else _targets(part.slots, items)
        )


def _targets(
    slots: tuple[Slot, ...], held: Sequence[object]
) -> Iterator[tuple[str, Iterable[UUID]]]:
    for slot in slots:
        if slot.target is not None:
            yield slot.target, filter(None, map(attrgetter(slot.field), held))


def _parts(records: Sequence[Record], field: str) -> Iterator[Any]:
    return filter(None, map(attrgetter(field), records))


def _referred(slots: tuple[Slot, ...], held: object, path: str) -> Iterator[tuple[str, str, UUID]]:
    for slot in slots:
        found = None if slot.target is None or held is None else getattr(held, slot.field)
        if slot.target is not None and found is not None:
            yield f"{path}{slot.field}", slot.target, found


def _fields(kind: type) -> Iterator[tuple[str, Any]]:
    """The fields of a dataclass with their types, apart from what belongs to the class."""
    hints = get_type_hints(kind)
    return ((field.name, hints[field.name]) for field in fields(cast("Any", kind)))


def _nested(hint: object) -> bool:
    return bare(hint) in {Scope, ClaimValue}


def _nest(name: str, hint: object) -> Nest:
    kind = bare(hint)
    slots = tuple(_slot(name, field, inner, f"{name}_") for field, inner in _fields(kind))
    return Nest(name, kind, slots, optional=kind is not hint)


def _part(kind: type[Record], name: str) -> Part:
    path = f"{kind.entity}.{name}"
    table, owner = METADATA.tables[_PARTS[path]], f"{kind.entity}_pk"
    if name in _PART_TARGETS:
        target = _PART_TARGETS[name]
        return Part(name, table, owner, None, (Slot("", f"{target}_pk", target=target),))
    slots = tuple(_slot("speaker", field, hint) for field, hint in _fields(Speaker))
    return Part(name, table, owner, Speaker, slots)


def _slot(owner: str, name: str, hint: object, prefix: str = "") -> Slot:
    target = target_of(owner, name, hint)
    if target is not None:
        return Slot(name, f"{prefix}{name}_pk", target=target)
    return Slot(name, f"{prefix}{name}", writer_of(hint), reader_of(hint))
