"""One record that is typed in, read by the readers of the hand-coding format.

An entry names other records by their ids: whoever calls has looked up what a person meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from claims.analysis.canonical import namespace_id
from claims.analysis.records import Assessment, Document, Passage, Record, Snapshot
from claims.errors import Fault
from claims.exchange.coded_documents import read_item
from claims.exchange.coded_entities import read_entity
from claims.exchange.coded_inquiries import read_inquiries
from claims.exchange.coded_relations import read_cross_checks, read_relations
from claims.exchange.coded_texts import SourceText, add_copy, add_snapshot, given_text
from claims.exchange.draft import Draft, Names
from claims.exchange.entry_assess import read_assessments
from claims.exchange.entry_fields import fields_of
from claims.exchange.entry_quote import read_quoted
from claims.exchange.yaml_nodes import Node

NEW = "new"
"""What the readers call the record that is being typed in."""

TYPED = namespace_id("claims/typed")
"""Where the ids of passages and texts that are typed in come from: the same words, the same id."""

_WHOLE = "as a whole"
"""The field of a fault that no single field has."""

_LISTED = {
    "source_relation": ("source_relations", read_relations),
    "opposition": ("oppositions", read_relations),
    "term_relation": ("term_relations", read_relations),
    "cross_check": ("cross_checks", read_cross_checks),
    "inquiry": ("inquiries", read_inquiries),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What an entry stands on.

    ``records`` are those that it refers to, by id, with those that these depend on (the topic
    of a question, the voice of a document). ``text`` is the archived text of a claim's document
    with the id of its snapshot; ``files`` are texts that were handed over, by their names, and
    ``copies`` what is known of files and pages, as snapshots of no document yet.
    """

    records: Mapping[UUID, Record] = field(default_factory=dict)
    coder: str = ""
    language: str = "en"
    locale: str = "en"
    text: tuple[UUID, SourceText] | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    copies: Mapping[str, Snapshot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was typed in: the record, what comes with it, and the text to archive.

    ``remarks`` say what was entered otherwise than it was typed.
    """

    record: Record
    further: tuple[Record, ...] = ()
    text: SourceText | None = None
    remarks: tuple[str, ...] = ()


def read_entry(
    entity: str, node: Node, held: Held, *, file: str, own: UUID
) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The records that an entry describes, and its faults; with faults they are of no use.

    Args:
        entity: what is entered.
        node: its fields, after :func:`claims.exchange.entry_form.read_form`.
        held: what it stands on.
        file: what faults call it.
        own: the id that the record shall have.

    Returns:
        One entry; of an assessment one for each scale that it names.
    """
    draft = _draft(entity, node, held, file, own)
    text = _READERS.get(entity, _read_plain)(draft, entity, node, held)
    faults = (replace(one, field=_WHOLE) if one.field == "file" else one for one in draft.faults)
    return tuple(_entries(draft, entity, node, own, text)), tuple(faults)


def _draft(entity: str, node: Node, held: Held, file: str, own: UUID) -> Draft:
    root: dict[str, Node] = {
        "coder": Node("coder", 0, 0, held.coder),
        "language": Node("language", 0, 0, held.language),
    }
    if entity in _LISTED:
        root[_LISTED[entity][0]] = Node("", 0, 0, (node,))
    names = Names(TYPED)
    names.ids[entity, NEW] = own
    for id_, record in held.records.items():
        names.ids[record.entity, str(id_)] = id_
        names.declare(record.entity, str(id_), file, described(record))
    return Draft(file, Path(), Node("", 0, 0, root), names)


def described(record: Record) -> Node:
    """A record that is held, as the readers would find it in a file; names are ids."""
    if isinstance(record, Passage):
        return Node("", 0, 0, {"quote": Node("", 0, 0, record.exact)})
    return _plain(fields_of(record, lambda _, id_: str(id_)))


def _plain(data: Any) -> Node:  # noqa: ANN401 (data of JSON)
    if isinstance(data, Mapping):
        return Node("", 0, 0, {name: _plain(item) for name, item in data.items()})
    if isinstance(data, list):
        return Node("", 0, 0, tuple(_plain(item) for item in data))
    return Node("", 0, 0, {True: "yes", False: "no"}[data] if data in (True, False) else str(data))


Reader = Callable[[Draft, str, Node, Held], SourceText | None]


def _read_plain(draft: Draft, entity: str, node: Node, held: Held) -> None:
    del held
    if entity in _LISTED:
        _LISTED[entity][1](draft)
    else:
        read_entity(draft, entity, NEW, node)


def _read_document(draft: Draft, entity: str, node: Node, held: Held) -> SourceText | None:
    record = read_item(draft, NEW, node)
    draft.add(record, node)
    copy, name = node.text("file"), node.text("text")
    if copy is not None and name is not None:
        draft.fault(node, "a text beside a file", "file alone, whose text is taken from it", "text")
    if copy is not None and copy in held.copies:
        add_copy(draft, replace(record, key=None), node, held.copies[copy])
    if copy is not None:
        return None
    if name is None:
        if node.get("captured") and "text" not in node.lost:
            draft.fault(
                node, f"captured, but no text of the {entity}", "text: what was saved", "captured"
            )
        return None
    text = given_text(draft, record.id, node, held.files[name])
    if text is not None:
        add_snapshot(draft, replace(record, key=None), node, text)
    return text


def _read_claim(draft: Draft, entity: str, node: Node, held: Held) -> None:
    draft.names.claim_keys[node] = NEW
    draft.names.declare(entity, NEW, draft.file, node)
    document = held.records.get(UUID(node.text("document") or str(UUID(int=0))))
    if isinstance(document, Document):
        read_quoted(draft, document, node, held.text, held.locale)


def _read_assessment(draft: Draft, entity: str, node: Node, held: Held) -> None:
    del entity
    read_assessments(draft, node, held.coder)


_READERS: Mapping[str, Reader] = {
    "document": _read_document,
    "claim": _read_claim,
    "assessment": _read_assessment,
}


def _entries(
    draft: Draft, entity: str, node: Node, own: UUID, text: SourceText | None
) -> list[Entry]:
    """The records with the ids and keys of what is typed in."""
    made = list(draft.records.values())
    main = [record for record in made if record.entity == entity]
    if entity == Assessment.entity:
        return [Entry(record=_anew(one, uuid4())) for one in main]
    further = tuple(
        _anew(one, uuid4()) if isinstance(one, Assessment) else replace(one, key=None)
        for one in made
        if one.entity != entity
    )
    key = node.text("key")
    remarks = tuple(draft.remarks)
    return [
        Entry(record=replace(one, id=own, key=key), further=further, text=text, remarks=remarks)
        for one in main[:1]
    ]


def _anew(record: Record, id_: UUID) -> Record:
    return replace(record, id=id_, key=None)
