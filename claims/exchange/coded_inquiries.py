"""What a hand-coding file says was looked for: searches, most of which found nothing."""

from __future__ import annotations

from uuid import UUID

from claims.analysis.records import Inquiry
from claims.analysis.vocabulary import InquiryOutcome, Sensitivity
from claims.exchange.coded_entities import topic_of
from claims.exchange.draft import Draft, unused, words_of
from claims.exchange.yaml_nodes import Node


def read_inquiries(draft: Draft) -> None:
    """Reads the searches that were made, and what came of them.

    One without a key is called by what it is about, numbered where there are several.
    """
    for node in draft.root.items("inquiries"):
        about = node.text("question") or node.text("topic") or "inquiry"
        key = node.text("key") or unused(draft, "inquiry", about)
        draft.add(
            Inquiry(
                id=draft.id("inquiry", key),
                key=key,
                topic=_topic(draft, node),
                question=draft.ref(node, "question", "question"),
                looked_for=node.text("looked_for") or "",
                looked_in=node.text("looked_in") or "",
                looked_by=node.text("looked_by") or draft.root.text("coder") or "",
                looked_on=draft.edtf(node, "looked_on"),
                words=words_of(node, "words"),
                source=draft.ref(node, "source", "source"),
                document=draft.ref(node, "document", "document"),
                outcome=draft.word(node, "outcome", InquiryOutcome.NOTHING),
                claims=draft.find_all(node.items("claims"), "claim"),
                note=node.text("note"),
                sensitivity=draft.word(node, "sensitivity", Sensitivity.PUBLIC),
            ),
            node,
        )


def _topic(draft: Draft, node: Node) -> UUID:
    """The topic of an inquiry: its own, that of its question, or the only one."""
    question = draft.names.node("question", node.text("question"))
    return topic_of(draft, node if node.get("topic") or question is None else question)
