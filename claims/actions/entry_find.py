"""What people mean by the names in what they type: each looked up among what they may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from claims.analysis.records import (
    KINDS,
    Claim,
    CrossCheck,
    Document,
    Inquiry,
    Passage,
    Question,
    Record,
    Source,
    Topic,
)
from claims.analysis.vocabulary import Stance, ValueKind
from claims.errors import ClaimsError, Fault, InputRefused, NotFound
from claims.exchange.fields import FIELDS, Kind, noun_of
from claims.exchange.structure import listed
from claims.exchange.yaml_nodes import Node, shown
from claims.store.access import Access
from claims.store.cited import passages_of

R = TypeVar("R", bound=Record)

_NAMED_VALUES = {ValueKind.CATEGORY: "term", ValueKind.PLACE: "place"}


@dataclass(slots=True)
class Lookup:
    """Finds what names mean, and remembers it; ``new`` are records typed before in this request."""

    seen: Access
    new: list[Record] = field(default_factory=list)
    held: dict[UUID, Record] = field(default_factory=dict)
    known: dict[tuple[str, str], Record] = field(default_factory=dict)

    def find(self, entity: str, words: str) -> Record:
        """The record that is meant.

        Raises:
            NotFound: there is none that may be seen.
            InputRefused: there are several.
        """
        found = self.known.get((entity, words))
        if found is None:
            typed = [one for one in self.new if one.entity == entity and _called(one, words)]
            found = typed[0] if typed else self.seen.find(KINDS[entity], words)[0]
            self.known[entity, words] = found
        return self.keep(found)

    def keep(self, record: R) -> R:
        """Remember a record with those that its reading depends on."""
        if record.id not in self.held:
            self.held[record.id] = record
            if isinstance(record, Question):
                self.get(Topic, record.topic)
            elif isinstance(record, Document):
                self.get(Source, record.voice)
            elif isinstance(record, Claim):
                self.get(Question, record.question)
        return record

    def get(self, kind: type[R], id_: UUID) -> R | None:
        """A record by its id, where it may be seen."""
        held = self.held.get(id_)
        if isinstance(held, kind):
            return held
        typed = [one for one in self.new if one.id == id_ and isinstance(one, kind)]
        found = typed[0] if typed else (self.seen.get(kind, id_) or (None, 0))[0]
        return None if found is None else self.keep(found)


def resolved(lookup: Lookup, entity: str, node: Node, file: str) -> tuple[Node, tuple[Fault, ...]]:
    """The entry with ids for names, without those that name nothing; and the faults that say so."""
    resolver = _Resolver(lookup, file)
    for path, of in _references(entity):
        node = _changed(node, path, partial(resolver.one, entity=of))
    node = _COMPLETED.get(entity, _Resolver.as_it_is)(resolver, node)
    return node, tuple(resolver.faults)


def _references(entity: str) -> list[tuple[tuple[str, ...], str]]:
    named = [(one.path, one.of) for one in FIELDS[entity] if one.kind is Kind.REFERENCE]
    return [*named, (("supersedes",), "claim")] if entity == Claim.entity else named


@dataclass(slots=True)
class _Resolver:
    lookup: Lookup
    file: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: Node, name: str, found: str, expected: str) -> None:
        at = node.path_to(name) if name else node.path
        self.faults.append(Fault(self.file, 0, 0, at, found, expected))

    def one(self, node: Node, entity: str) -> Node | None:
        """The id of what a node names, or nothing with a fault."""
        try:
            found = self.lookup.find(entity, node.words)
        except (NotFound, InputRefused) as error:
            self.fault(node, "", *_unknown(entity, node.words, error))
            return None
        return Node(node.path, 0, 0, str(found.id))

    def as_it_is(self, node: Node) -> Node:
        return node

    def question(self, node: Node) -> Node:
        """A question belongs to the only topic, unless it says to which."""
        if node.get("topic") or "topic" in node.lost:
            return node
        held = [*self.lookup.seen.records(Topic), *_of(Topic, self.lookup.new)]
        if len(held) == 1:
            return _with(node, "topic", Node("topic", 0, 0, str(self.lookup.keep(held[0]).id)))
        names = listed(topic.key or topic.label for topic in held)
        expected = (
            f"topic: one of {names}" if held else "a topic; enter one with `claims topic add`"
        )
        self.fault(node, "topic", "no topic", expected)
        return _without(node, "topic")

    def cross_check(self, node: Node) -> Node:
        """A cross-check is on the topic of what it is about."""
        if node.get("topic") or "topic" in node.lost:
            return node
        topic = self._topic_of(node)
        return node if topic is None else _with(node, "topic", Node("topic", 0, 0, str(topic)))

    def inquiry(self, node: Node) -> Node:
        """An inquiry is on the topic of its question, or else of a claim that rests on it."""
        if node.get("topic") or "topic" in node.lost:
            return node
        topic = self._topic_of(node)
        return (
            self.question(node)
            if topic is None
            else _with(node, "topic", Node("topic", 0, 0, str(topic)))
        )

    def _topic_of(self, node: Node) -> UUID | None:
        asked = [UUID(item.words) for item in node.items("questions")]
        asked += [UUID(words)] if (words := node.text("question")) else []
        claims = [self.lookup.get(Claim, UUID(item.words)) for item in node.items("claims")]
        asked += [claim.question for claim in claims if claim]
        questions = [self.lookup.get(Question, one) for one in asked]
        return next((question.topic for question in questions if question), None)

    def claim(self, node: Node) -> Node:
        """A claim: its chain without the document's voice, its further passages, its value."""
        document = self._held(Document, node, "document")
        node = self._chain(node, document)
        if document is not None and node.items("also_in"):
            node = self._further(node, document)
        question = self._held(Question, node, "question")
        entity = _NAMED_VALUES.get(question.value_kind) if question else None
        if entity and node.text("stance") != Stance.COULD_NOT_CONFIRM.value:
            return self._named_value(node, entity)
        return node

    def _held(self, kind: type[R], node: Node, name: str) -> R | None:
        words = node.text(name)
        return self.lookup.get(kind, UUID(words)) if words else None

    def _chain(self, node: Node, document: Document | None) -> Node:
        chain = node.items("speakers")
        found = [(item, self._speaker(item)) for item in chain]
        if any(speaker is None for _, speaker in found):
            return _without(node, "speakers")
        speakers = [speaker for _, speaker in found if speaker is not None]
        voice = str(document.voice) if document else ""
        if speakers and (speakers[0].text("source") or speakers[0].words) == voice:
            speakers = speakers[1:]
        if not speakers:
            return node if not chain else _dropped(node, "speakers")
        return _with(node, "speakers", Node("speakers", 0, 0, tuple(speakers)))

    def _speaker(self, node: Node) -> Node | None:
        if isinstance(node.value, str):
            return self.one(node, "source")
        for name in ("source", "document"):
            node = _changed(node, (name,), partial(self.one, entity=name))
        return None if node.lost else node

    def _further(self, node: Node, document: Document) -> Node:
        """Further passages by key or id where they are held, else as words of the text."""
        held = passages_of(self.lookup.seen.session, document.id)
        items = []
        for item in node.items("also_in"):
            named = [one for one in held if _names(one, item.words)]
            if named:
                self.lookup.held[named[0].id] = named[0]
            items.append(Node(item.path, 0, 0, str(named[0].id)) if named else item)
        return _with(node, "also_in", Node("also_in", 0, 0, tuple(items)))

    def _named_value(self, node: Node, entity: str) -> Node:
        """The value of a category or a place names a term or a place."""
        given = node.get("value") or node.get("said") or node.get("quote")
        if given is None:
            return node
        found = self.one(Node("value", 0, 0, given.words), entity)
        return _without(node, "value") if found is None else _with(node, "value", found)


_COMPLETED: Mapping[str, Callable[[_Resolver, Node], Node]] = {
    Question.entity: _Resolver.question,
    CrossCheck.entity: _Resolver.cross_check,
    Inquiry.entity: _Resolver.inquiry,
    Claim.entity: _Resolver.claim,
}


def _unknown(entity: str, words: str, error: ClaimsError) -> tuple[str, str]:
    """What was found and what was expected, from what the search for a name says."""
    noun = entity.replace("_", " ")
    if isinstance(error, InputRefused):
        return shown(words), f"one {noun}: {error}"
    _, _, hint = str(error).partition("; ")
    near = f"; {hint}" if hint.startswith("the nearest") else ""
    return (
        f"{shown(words)}, which names no {noun}",
        f"a {noun} that is held{near}, or one entered before with `claims {noun_of(entity)} add`",
    )


def _called(record: Record, words: str) -> bool:
    names = (
        getattr(record, name, None)
        for name in ("key", "name", "label", "text", "title", "looked_for")
    )
    return words.casefold() in {str(name).casefold() for name in (*names, record.id) if name}


def _names(passage: Passage, words: str) -> bool:
    beginning = len(words) >= 4 and str(passage.id).startswith(words.casefold())  # noqa: PLR2004
    return words == passage.key or beginning


def _of(kind: type[R], records: list[Record]) -> list[R]:
    return [record for record in records if isinstance(record, kind)]


def _changed(node: Node, path: tuple[str, ...], change: Callable[[Node], Node | None]) -> Node:
    """The tree with one field changed, or cut out where nothing comes of it."""
    name, *rest = path
    item = node.get(name)
    if item is None:
        return node
    found = _changed(item, tuple(rest), change) if rest else _each(item, change)
    return _without(node, name) if found is None else _with(node, name, found)


def _each(item: Node, change: Callable[[Node], Node | None]) -> Node | None:
    if not isinstance(item.value, tuple):
        return change(item)
    found = [change(one) for one in item.value]
    kept = tuple(one for one in found if one is not None)
    return Node(item.path, 0, 0, kept) if len(kept) == len(found) else None


def _fields(node: Node) -> dict[str, Any]:
    return dict(node.value) if isinstance(node.value, dict) else {}


def _with(node: Node, name: str, item: Node) -> Node:
    values = {**_fields(node), name: item}
    return Node(node.path, 0, 0, values, dict.fromkeys(values, (0, 0)), node.lost)


def _without(node: Node, name: str) -> Node:
    """The tree without a field that was refused."""
    cut = _dropped(node, name)
    return Node(cut.path, 0, 0, cut.value, cut.marks, cut.lost | {name})


def _dropped(node: Node, name: str) -> Node:
    values = {key: item for key, item in _fields(node).items() if key != name}
    return Node(node.path, 0, 0, values, dict.fromkeys(values, (0, 0)), node.lost)
