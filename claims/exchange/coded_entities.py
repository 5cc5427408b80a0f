"""What a hand-coding file declares with a key: topics, terms, places, sources, questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from claims.analysis.canonical import content_id
from claims.analysis.records import (
    Assessment,
    Claim,
    Party,
    Place,
    Question,
    Scope,
    Source,
    Term,
    Topic,
)
from claims.analysis.vocabulary import (
    DateAspect,
    Scheme,
    Sensitivity,
    SourceKind,
    ValueKind,
    WayOfKnowing,
)
from claims.exchange.draft import NOBODY, SECTIONS, Draft, names_of, words_of
from claims.exchange.structure import listed
from claims.exchange.yaml_nodes import Node, shown

_LIMITS = {"latitude": Decimal(90), "longitude": Decimal(180)}


def read_entities(draft: Draft) -> None:
    """Reads every section whose entries have keys, but the documents."""
    for section, entity in SECTIONS.items():
        if entity in _READERS:
            for key, node in draft.root.entries(section).items():
                read_entity(draft, entity, key, node)


def read_entity(draft: Draft, entity: str, key: str, node: Node) -> None:
    """Reads one entry of a section: a topic, term, place, party, source or question."""
    _READERS[entity](draft, key, node)


def read_scope(draft: Draft, node: Node) -> Scope:
    """The scope of a question or a claim."""
    scope = node.get("scope")
    if scope is None:
        return Scope()
    return Scope(
        measure=draft.ref(scope, "measure", "term"),
        population=draft.ref(scope, "population", "term"),
        cause=draft.ref(scope, "cause", "term"),
        actor=draft.ref(scope, "actor", "term"),
        area=draft.ref(scope, "area", "place"),
        period=draft.edtf(scope, "period"),
        count_basis=draft.ref(scope, "count_basis", "term"),
    )


def topic_of(draft: Draft, node: Node) -> UUID:
    """The topic that a question or a cross-check names, or the only one there is."""
    if named := draft.ref(node, "topic", "topic"):
        return named
    topics = draft.names.keys("topic")
    if len(topics) == 1:
        return draft.id("topic", topics[0])
    if "topic" not in node.lost:
        found = "no field 'topic'"
        expected = f"one of the topics {listed(topics)}" if topics else "a topic in the file"
        draft.fault(node, found, expected)
    return NOBODY


def assess(draft: Draft, node: Node, target: Source | Claim, scheme: Scheme) -> None:
    """Reads what the coder thinks of a source or a claim, where the file says it."""
    graded = node.get(scheme.value)
    if graded is None:
        return
    nameless = Assessment(
        id=NOBODY,
        key=f"{target.entity}/{target.key}/{scheme.value}",
        of=target.entity,
        target=target.id,
        scheme=scheme,
        code=graded.text("level") or graded.text("code") or "",
        reason=graded.text("reason") or "",
        assessed_by=draft.root.text("coder") or "",
    )
    id_ = content_id(draft.names.namespace, nameless)
    draft.add(replace(nameless, id=id_), graded)


def _topic(draft: Draft, key: str, node: Node) -> None:
    draft.add(
        Topic(
            id=draft.id("topic", key),
            key=key,
            label=node.text("label") or "",
            aliases=names_of(node, "aliases"),
            part_of=draft.ref(node, "part_of", "topic"),
            dates=draft.edtf(node, "dates"),
            place=draft.ref(node, "place", "place"),
        ),
        node,
    )


def _term(draft: Draft, key: str, node: Node) -> None:
    draft.add(
        Term(
            id=draft.id("term", key),
            key=key,
            label=node.text("label") or "",
            scheme=node.text("scheme"),
            broader=draft.ref(node, "broader", "term"),
            aliases=names_of(node, "aliases"),
        ),
        node,
    )


def _place(draft: Draft, key: str, node: Node) -> None:
    draft.add(
        Place(
            id=draft.id("place", key),
            key=key,
            name=node.text("name") or "",
            names=names_of(node, "names"),
            gazetteer=node.text("gazetteer"),
            latitude=_degrees(draft, node, "latitude"),
            longitude=_degrees(draft, node, "longitude"),
            uncertainty=_metres(draft, node),
            part_of=draft.ref(node, "part_of", "place"),
        ),
        node,
    )


def _degrees(draft: Draft, node: Node, name: str) -> Decimal | None:
    words = node.text(name)
    if words is None:
        return None
    degrees = Decimal(words)
    if abs(degrees) > _LIMITS[name]:
        draft.fault(node, shown(words), f"degrees from -{_LIMITS[name]} to {_LIMITS[name]}", name)
    return degrees


def _metres(draft: Draft, node: Node) -> Decimal | None:
    words = node.text("uncertainty")
    if words is None:
        return None
    if words.startswith("-"):
        draft.fault(node, shown(words), "metres, not below 0", "uncertainty")
    return Decimal(words)


def _party(draft: Draft, key: str, node: Node) -> None:
    draft.add(Party(id=draft.id("party", key), key=key, name=node.text("name") or ""), node)


def _source(draft: Draft, key: str, node: Node) -> None:
    source = Source(
        id=draft.id("source", key),
        key=key,
        name=node.text("name") or "",
        aliases=words_of(node, "aliases"),
        identifiers={scheme: item.words for scheme, item in node.entries("identifiers").items()},
        kind=draft.word(node, "kind", SourceKind.UNKNOWN),
        party=draft.ref(node, "party", "party"),
        named=draft.yes(node, "named", default=True),
        way_of_knowing=draft.word(node, "way_of_knowing", WayOfKnowing.CANNOT_BE_JUDGED),
        sensitivity=draft.word(node, "sensitivity", Sensitivity.PUBLIC),
        note=node.text("note"),
    )
    draft.add(source, node)
    assess(draft, node, source, Scheme.RELIABILITY)


def _question(draft: Draft, key: str, node: Node) -> None:
    kind = draft.word(node, "kind", ValueKind.TEXT)
    draft.add(
        Question(
            id=draft.id("question", key),
            key=key,
            topic=topic_of(draft, node),
            text=node.text("text") or "",
            value_kind=kind,
            aspect=_aspect(draft, node),
            unit=node.text("unit"),
            exclusive=draft.yes(node, "exclusive", default=True),
            running_total=draft.yes(node, "running_total", default=False),
            subset_of=_whole(draft, node),
            scope=read_scope(draft, node),
        ),
        node,
    )


def _aspect(draft: Draft, node: Node) -> DateAspect | None:
    """The aspect of a date; required there, and meaningless elsewhere."""
    aspect, kind = node.text("aspect"), node.text("kind")
    if kind == "date" and aspect is None and "aspect" not in node.lost:
        draft.fault(node, "a date without an aspect", f"aspect: {listed(DateAspect)}")
    if kind not in {"date", None} and aspect is not None:
        draft.fault(node, f"an aspect of a {kind}", "an aspect only where kind is date", "aspect")
    return DateAspect(aspect) if aspect else None


def _whole(draft: Draft, node: Node) -> UUID | None:
    """The question that a question is a subset of; both must ask for one kind of value."""
    found = draft.ref(node, "subset_of", "question")
    whole = draft.names.node("question", node.text("subset_of"))
    kinds = (node.text("kind"), whole.text("kind") if whole else None)
    if all(kinds) and kinds[0] != kinds[1]:
        said = f"a {kinds[0]} within the {kinds[1]} {shown(node.text('subset_of') or '')}"
        draft.fault(node, said, "a question of the same kind", "subset_of")
    return found


_READERS: Mapping[str, Callable[[Draft, str, Node], None]] = {
    "place": _place,
    "term": _term,
    "party": _party,
    "topic": _topic,
    "source": _source,
    "question": _question,
}
