"""What a hand-coding file lists without keys: relations, oppositions, cross-checks.

Their keys are made from their members, so that the same members are the same record.
"""

from __future__ import annotations

from uuid import UUID

from claims.analysis.records import CrossCheck, Opposition, SourceRelation, TermRelation
from claims.analysis.vocabulary import Dependence, TermLink
from claims.exchange.coded_entities import topic_of
from claims.exchange.draft import Draft, unused, words_of
from claims.exchange.yaml_nodes import Node


def read_relations(draft: Draft) -> None:
    """Reads the relations of terms, of parties, and of sources or documents."""
    for read, section in (
        (_term_relation, "term_relations"),
        (_opposition, "oppositions"),
        (_source_relation, "source_relations"),
    ):
        for node in draft.root.items(section):
            read(draft, node)


def read_cross_checks(draft: Draft) -> None:
    """Reads the inconsistencies that the coder noticed."""
    for node in draft.root.items("cross_checks"):
        questions, claims = words_of(node, "questions"), words_of(node, "claims")
        if not questions and not claims:
            draft.fault(node, "neither questions nor claims", "what the check is about")
        key = unused(draft, "cross_check", "+".join((*questions, *claims)) or "check")
        draft.add(
            CrossCheck(
                id=draft.id("cross_check", key),
                key=key,
                topic=_checked_topic(draft, node),
                text=node.text("text") or "",
                reason=node.text("reason") or "",
                questions=draft.find_all(node.items("questions"), "question"),
                claims=draft.find_all(node.items("claims"), "claim"),
            ),
            node,
        )


def _checked_topic(draft: Draft, node: Node) -> UUID:
    """The topic of a cross-check: its own, that of its first question, or the only one."""
    first = next(iter(words_of(node, "questions")), None)
    question = draft.names.node("question", first)
    return topic_of(draft, node if node.get("topic") or question is None else question)


def _term_relation(draft: Draft, node: Node) -> None:
    a, b = draft.pair(node, "between", "term")
    key = "+".join(sorted(words_of(node, "between")))
    _check_once(draft, node, "term_relation", key)
    link = draft.word(node, "link", TermLink.RECONCILABLE)
    reason = node.text("reason") or ""
    id_ = draft.id("term_relation", key)
    draft.add(TermRelation(id=id_, key=key, a=a, b=b, link=link, reason=reason), node)


def _opposition(draft: Draft, node: Node) -> None:
    a, b = draft.pair(node, "between", "party")
    during = draft.edtf(node, "during")
    parts = ("+".join(sorted(words_of(node, "between"))), node.text("topic"), during)
    key = "/".join(part for part in parts if part)
    _check_once(draft, node, "opposition", key)
    topic = draft.ref(node, "topic", "topic")
    id_ = draft.id("opposition", key)
    draft.add(Opposition(id=id_, key=key, a=a, b=b, topic=topic, during=during), node)


def _source_relation(draft: Draft, node: Node) -> None:
    between = [name for name in ("sources", "documents") if node.get(name)]
    if len(between) != 1 and not node.lost & {"sources", "documents"}:
        found = "both sources and documents" if between else "neither sources nor documents"
        draft.fault(node, found, "two sources, or two documents")
    name = between[0] if between else "sources"
    entity = name.removesuffix("s")
    a, b = draft.pair(node, name, entity)
    kind = draft.word(node, "kind", Dependence.POSSIBLE_DEPENDENCY)
    members = words_of(node, name) if kind.directed else sorted(words_of(node, name))
    parts = (name, kind.value, "+".join(members), node.text("topic"))
    key = "/".join(part for part in parts if part)
    _check_once(draft, node, "source_relation", key)
    draft.add(
        SourceRelation(
            id=draft.id("source_relation", key),
            key=key,
            between=entity,
            a=a,
            b=b,
            kind=kind,
            topic=draft.ref(node, "topic", "topic"),
            basis=node.text("basis") or "",
        ),
        node,
    )


def _check_once(draft: Draft, node: Node, entity: str, key: str) -> None:
    """The same members again are a fault: they would be the same record."""
    if draft.id(entity, key) in draft.records:
        line, _ = draft.marks[draft.id(entity, key)]
        draft.fault(node, f"what line {line} says already", "each relation once")
