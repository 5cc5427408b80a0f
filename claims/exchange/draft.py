"""One hand-coding file while it is being read: its faults, its records, the keys it may use.

Files of one namespace are read as one work: a key declared in one may be used in the others.
After a fault the reading goes on with a stand-in, so that all faults are found; what was read is
used only where there is no fault at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from claims.analysis.canonical import content_hash, keyed_id
from claims.analysis.records import Record
from claims.errors import Fault, InvalidWhen
from claims.exchange.structure import listed, suggestion
from claims.exchange.yaml_nodes import Node, shortened, shown
from claims.values.when import when_from_expression

NOBODY = UUID(int=0)
"""Stands where a reference was refused."""

SECTIONS = {
    "topics": "topic",
    "terms": "term",
    "places": "place",
    "parties": "party",
    "sources": "source",
    "questions": "question",
    "documents": "document",
}
"""The sections whose entries have keys, and the entity that each holds."""

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Declared:
    """Where a key is declared."""

    file: str
    node: Node


@dataclass(slots=True)
class Names:
    """The keys that the files of one namespace declare, and the records made of them.

    ``unsure`` are the entities of which a file's section was refused: no key of theirs is unknown.
    ``ids`` holds the ids, by entity and key, that are not made of the namespace and the key.
    """

    namespace: UUID
    declared: dict[str, dict[str, Declared]] = field(default_factory=dict)
    claim_keys: dict[Node, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    made: dict[tuple[str, str], tuple[str, int, Record]] = field(default_factory=dict)
    ids: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def declare(self, entity: str, key: str, file: str, node: Node) -> Declared | None:
        """Notes a key; gives back where it was declared before, if it was."""
        known = self.declared.setdefault(entity, {})
        earlier = known.get(key)
        if earlier is None:
            known[key] = Declared(file, node)
        return earlier

    def node(self, entity: str, key: str | None) -> Node | None:
        """The node that declares a key."""
        found = self.declared.get(entity, {}).get(key or "")
        return found.node if found else None

    def keys(self, entity: str) -> tuple[str, ...]:
        """All keys of one entity, in the order of the files."""
        return tuple(self.declared.get(entity, ()))

    def entities_of(self, key: str) -> list[str]:
        """The entities that have this key."""
        return [entity for entity, known in self.declared.items() if key in known]


@dataclass(slots=True)
class Draft:
    """One file: what was found wrong in it, and what was made of it."""

    file: str
    folder: Path
    root: Node
    names: Names
    faults: list[Fault] = field(default_factory=list)
    records: dict[UUID, Record] = field(default_factory=dict)
    marks: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def fault(self, node: Node, found: str, expected: str, name: str | None = None) -> None:
        """Notes a fault at a node, or at the value of one of its fields."""
        at = (node.get(name) if name else None) or node
        path = node.path_to(name) if name else node.path
        self.faults.append(Fault(self.file, at.line, at.column, path or "file", found, expected))

    def declare(self) -> None:
        """Notes everything declared with a key, also what was refused for its form."""
        for section, entity in SECTIONS.items():
            node = self.root.get(section)
            for key, mark in node.marks.items() if node else ():
                declared = node.get(key) if node else None
                self.names.declare(entity, key, self.file, declared or Node(key, *mark, {}))
        lost = {entity for section, entity in SECTIONS.items() if section in self.root.lost}
        self.names.unsure |= lost | ({"claim"} if "document" in lost else set())

    def id(self, entity: str, key: str) -> UUID:
        """The id of the record that this file's namespace calls ``key``."""
        known = self.names.ids.get((entity, key))
        return known or keyed_id(self.names.namespace, entity, key)

    def add(self, record: Record, node: Node) -> None:
        """Keeps a record; the same key with other content is a fault."""
        self.records[record.id] = record
        self.marks.setdefault(record.id, (node.line, node.column))
        if record.key is None:
            return
        slot = (record.entity, record.key)
        file, line, first = self.names.made.setdefault(slot, (self.file, node.line, record))
        if file != self.file and content_hash(first) != content_hash(record):
            found = f"{shown(record.key)} with other content than in {file}, line {line}"
            self.fault(node, found, "the same key with the same content in files of one namespace")

    def ref(self, node: Node, name: str, entity: str) -> UUID | None:
        """The record that a field names, or nothing where the field is left out."""
        target = node.get(name)
        return None if target is None else self.find(target, entity)

    def must(self, node: Node, name: str, entity: str) -> UUID:
        """The record that a required field names."""
        return self.ref(node, name, entity) or NOBODY

    def find(self, node: Node, entity: str) -> UUID:
        """The record that a node names; an unknown key is a fault."""
        key = node.words
        if self.names.node(entity, key) is None and entity not in self.names.unsure:
            self.fault(node, *self._unknown(key, entity))
        return self.id(entity, key)

    def find_all(self, nodes: tuple[Node, ...], entity: str) -> tuple[UUID, ...]:
        """The records that the nodes of a list name."""
        return tuple(self.find(node, entity) for node in nodes)

    def pair(self, node: Node, name: str, entity: str) -> tuple[UUID, UUID]:
        """The two different records that a field names."""
        items = node.items(name)
        a, b = (*self.find_all(items, entity), NOBODY, NOBODY)[:2]
        if a == b and len(items) > 1:
            self.fault(
                node, f"{shown(items[0].words)} twice", f"two different {_plural(entity)}", name
            )
        return a, b

    def edtf(self, node: Node, name: str) -> str | None:
        """The canonical EDTF of a field, or nothing where it is left out."""
        words = node.text(name)
        if words is None:
            return None
        try:
            when = when_from_expression(words)
        except InvalidWhen as error:
            self.fault(node, f"{shown(words)} ({shortened(error, words)})", _EDTF, name)
            return None
        if when.expression != when.edtf:
            self.fault(node, shown(words), _EDTF, name)
        return when.edtf

    def word(self, node: Node, name: str, default: Word) -> Word:
        """The word of a closed list; ``default`` where the field is left out."""
        words = node.text(name)
        return default if words is None else type(default)(words)

    def yes(self, node: Node, name: str, *, default: bool) -> bool:
        """What a yes-or-no field says; ``default`` where it is left out."""
        words = node.text(name)
        return default if words is None else words in {"yes", "true"}

    def _unknown(self, key: str, entity: str) -> tuple[str, str]:
        known = self.names.keys(entity)
        others = self.names.entities_of(key)
        but = f", which is a {others[0].replace('_', ' ')}" if others else ""
        found = f"the unknown {entity.replace('_', ' ')} {shown(key)}{but}"
        if not known:
            return found, f"the key of a {entity} that is declared in the file; none is"
        return found, f"one of the {_plural(entity)} {listed(known)}{suggestion(key, known)}"


_EDTF = "a date in EDTF (ISO 8601-2), as 2021-07-14 or 2021-07-14/2021-07-16"


def _plural(entity: str) -> str:
    return {"party": "parties"}.get(entity, f"{entity}s")


def unused(draft: Draft, entity: str, key: str) -> str:
    """The key, numbered where this file has used it already."""
    number, numbered = 1, key
    while draft.id(entity, numbered) in draft.records:
        number += 1
        numbered = f"{key}/{number}"
    return numbered


def names_of(node: Node, name: str) -> dict[str, tuple[str, ...]]:
    """Names by language."""
    return {
        language: tuple(item.words for item in names.value)
        for language, names in node.entries(name).items()
        if isinstance(names.value, tuple)
    }


def words_of(node: Node, name: str) -> tuple[str, ...]:
    """The words of a list."""
    return tuple(item.words for item in node.items(name))
