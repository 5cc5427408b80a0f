"""From what was typed in to records: names looked up, forms checked, values and quotes read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, access
from claims.actions.copies import has_text, layout_of, snapshot_of
from claims.actions.entry_find import Lookup, resolved
from claims.actions.entry_names import called
from claims.analysis.pages import locators_of
from claims.analysis.records import (
    KINDS,
    Assessment,
    Claim,
    Document,
    Passage,
    Project,
    Record,
    Snapshot,
)
from claims.analysis.text_places import Places
from claims.archive.gather import Gathered
from claims.archive.store import Archive
from claims.errors import DocumentFaults, Fault
from claims.exchange.coded_texts import SourceText
from claims.exchange.entry_form import read_form
from claims.exchange.entry_read import Entry, Held, read_entry
from claims.exchange.yaml_nodes import Node, shown
from claims.store.cited import snapshots_of
from claims.values.when import when_from_expression

Data = Mapping[str, Any]
"""The fields of one entry, as JSON has them."""


@dataclass(slots=True)
class Maker:
    """Makes records within one request; ``made`` are those made so far."""

    session: Session
    actor: Actor
    now: datetime
    archive: Archive | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    copies: Mapping[str, Gathered] = field(default_factory=dict)
    lookup: Lookup = field(init=False)
    warnings: list[str] = field(default_factory=list)
    again: dict[UUID, Record] = field(default_factory=dict)
    texts: list[SourceText] = field(default_factory=list)
    places: dict[UUID, Places | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look names up among what the actor may see."""
        self.lookup = Lookup(access(self.session, self.actor))

    def make_all(self, entity: str, entries: Sequence[Data]) -> list[Entry]:
        """The records of several entries; a later one may name an earlier one.

        Raises:
            DocumentFaults: with all faults of all entries.
        """
        faults: list[Fault] = []
        found: list[Entry] = []
        for number, data in enumerate(entries, 1):
            file = noun_for(entity) if len(entries) == 1 else f"{noun_for(entity)} {number}"
            made, wrong = self.make(entity, data, file, uuid4())
            faults += wrong
            found += [] if wrong else [self.own(entry) for entry in made]
            self.lookup.new += [] if wrong else [entry.record for entry in made]
        if faults:
            raise DocumentFaults(tuple(faults))
        for entry in found:
            self.texts += [entry.text] if entry.text else []
        return found

    def make(
        self, entity: str, data: Data, file: str, own: UUID, *, place: bool = True
    ) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
        """What one entry says, and its faults; ``place`` says to look for the quote's place."""
        node, faults = read_form(entity, data, file)
        if node is None or not isinstance(node.value, dict):
            return (), faults
        node, unknown = resolved(self.lookup, entity, node, file)
        text = self._text(node) if place and entity == Claim.entity else None
        entries, wrong = read_entry(entity, node, self._held(text, node), file=file, own=own)
        for remark in (remark for entry in entries for remark in entry.remarks):
            self._warn(remark)
        found = [*faults, *unknown, *wrong, *self._further_faults(entity, node, entries, file, own)]
        return entries, tuple(dict.fromkeys(self._readable(fault) for fault in found))

    def _readable(self, fault: Fault) -> Fault:
        """The fault with names where the readers, who know only ids, say an id."""
        found, expected = fault.found, fault.expected
        for id_, record in self.lookup.held.items():
            if str(id_) in found or str(id_) in expected:
                name = called(record)
                found = found.replace(str(id_), name)
                expected = expected.replace(str(id_), name)
        if fault.field == "quote" and expected.endswith("to the letter"):
            expected += (
                " (`claims claim propose` shows them as they stand there);"
                " or unplaced, where the archived text lacks them"
            )
        return replace(fault, found=found, expected=expected)

    def own(self, entry: Entry) -> Entry:
        """The entry with passages and texts of its own; equal ones of one request are one."""
        ids: dict[UUID, UUID] = {}
        further: list[Record] = []
        for record in entry.further:
            if isinstance(record, Assessment):
                further.append(record)
                continue
            known = self.again.get(record.id)
            if known is None:
                known = self.again[record.id] = replace(self._located(record), id=uuid4())
                further.append(known)
            ids[record.id] = known.id
        record = entry.record
        if isinstance(record, Claim):
            passages = tuple(ids.get(one, one) for one in record.passages)
            record = replace(record, passages=passages)
        return replace(entry, record=record, further=tuple(further))

    def _located(self, record: Record) -> Record:
        """A passage whose page nobody gave gets that on which its words stand, and a warning."""
        if not isinstance(record, Passage) or record.locators or record.start is None:
            return record
        places = self._places(record.snapshot)
        if places is None or record.end is None:
            return record
        found = locators_of(record.start, record.end, places)
        for one in found:
            self._warn(
                f"{one.kind} {one.value} is proposed, where the words stand;"
                f" --locator {one.kind}=… says otherwise"
            )
        return replace(record, locators=found)

    def _places(self, snapshot: UUID | None) -> Places | None:
        """The places of the text that quotes are looked for in, where its layout is held."""
        if snapshot is None or self.archive is None:
            return None
        if snapshot not in self.places:
            copy = self.lookup.seen.records(Snapshot, [snapshot])
            read = layout_of(copy[0], self.archive) if copy else None
            self.places[snapshot] = Places(read) if read else None
        return self.places[snapshot]

    def keep_texts(self) -> None:
        """Put the texts on disk before any row that names them is kept."""
        for text in self.texts:
            if self.archive is not None:
                self.archive.add(text.data)
        for copy in self.copies.values():
            if self.archive is not None:
                copy.keep(self.archive)

    def _held(self, text: tuple[UUID, SourceText] | None, node: Node) -> Held:
        project = next(iter(self.lookup.seen.records(Project)), None)
        name = node.text("text")
        return Held(
            records=self.lookup.held,
            coder=self.actor.name,
            language=project.languages[0] if project and project.languages else "en",
            locale=project.locale if project else "en",
            text=text,
            files={name: self.files.get(name, b"")} if name else {},
            copies={name: snapshot_of(one, self.actor) for name, one in self.copies.items()},
        )

    def _text(self, node: Node) -> tuple[UUID, SourceText] | None:
        """The archived text of the claim's document, or nothing with a warning."""
        named = node.text("document")
        document = self.lookup.get(Document, UUID(named)) if named else None
        if document is None:
            return None
        snapshot = newest_text(self.session, document)
        if snapshot is None or self.archive is None:
            self._warn(f"{shown(document.title)} has no archived text: its quotes are not checked")
            return None
        if node.text("unplaced") in {"yes", "true"}:
            self._warn("the quote was not looked for in the archived text")
            return None
        data = self.archive.read(snapshot.text_sha256)
        return snapshot.id, SourceText(document.id, document.title, data, snapshot.sha256)

    def _warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def _further_faults(
        self, entity: str, node: Node, entries: Sequence[Entry], file: str, own: UUID
    ) -> list[Fault]:
        found = self._key_faults(entity, node, file, own)
        found += [fault for entry in entries for fault in _future(entry, file, self.now)]
        name = node.text("text")
        if entity == Document.entity and name and name not in self.files:
            said = f"{shown(name)}, which was not handed over"
            found.append(Fault(file, 0, 0, "text", said, "the bytes of the text with its name"))
        name = node.text("file")
        if entity == Document.entity and name and name not in self.copies:
            said = f"{shown(name)}, which was not handed over"
            expected = (
                "a file of a new document; another copy is taken by `claims document snapshot`"
            )
            found.append(Fault(file, 0, 0, "file", said, expected))
        return found

    def _key_faults(self, entity: str, node: Node, file: str, own: UUID) -> list[Fault]:
        """A key is of use only where no other record of the kind has it."""
        key = node.text("key")
        if key is None:
            return []
        held = [one.id for one in self.lookup.seen.called(KINDS[entity]) if one.key == key]
        held += [one.id for one in self.lookup.new if one.entity == entity and one.key == key]
        if not set(held) - {own}:
            return []
        found = f"{shown(key)}, which another {noun_for(entity)} has"
        return [Fault(file, 0, 0, "key", found, "a key that is not used yet")]


def noun_for(entity: str) -> str:
    """What a message calls an entity."""
    return entity.replace("_", " ")


def newest_text(session: Session, document: Document) -> Snapshot | None:
    """The newest snapshot of a document that has a text; of an erased one none is left."""
    held = [one for one in snapshots_of(session, document.id) if has_text(one)]
    return held[-1] if held else None


def _future(entry: Entry, file: str, now: datetime) -> list[Fault]:
    """Nothing was withdrawn or captured after tomorrow: a day is left for the zones of clocks."""
    last = (now + timedelta(days=1)).date().isoformat()
    past = "a time that is past; mend the year"
    record, found = entry.record, []
    if isinstance(record, Claim) and record.retracted_at:
        earliest = when_from_expression(record.retracted_at).earliest
        if earliest is not None and earliest.isoformat() > last:
            told = f"{earliest.isoformat()}, which is yet to come"
            found.append(Fault(file, 0, 0, "retracted.at", told, past))
    for held in entry.further:
        captured = held.captured_at if isinstance(held, Snapshot) else None
        if captured is not None and captured.isoformat()[:10] > last:
            told = f"{captured.isoformat()}, which is yet to come"
            found.append(Fault(file, 0, 0, "captured.at", told, past))
    return found
