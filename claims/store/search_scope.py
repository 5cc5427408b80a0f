"""What belongs to a topic, and what rests on a passage, as far as a clearance may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from claims.analysis.vocabulary import Sensitivity
from claims.store.clearance import visible
from claims.store.lookup import batches
from claims.store.tables import METADATA

_T = METADATA.tables
_TOPIC, _QUESTION, _CLAIM = _T["topic"].c, _T["question"].c, _T["claim"].c
_CITED, _SPOKEN, _PASSAGE = _T["claim_passage"].c, _T["speaker"].c, _T["passage"].c


def of_topic(session: Session, topic: UUID, clearance: Sensitivity) -> Mapping[str, set[UUID]]:
    """The ids of what belongs to a topic, by entity: its questions, what was said on them, by whom.

    Sources, documents and passages belong to it through claims that the clearance may see, so
    that none is found by a claim that is hidden.
    """
    asked = select(_TOPIC.pk).where(_TOPIC.id == topic).scalar_subquery()
    claims = (
        select(_CLAIM.pk)
        .join(_T["question"], _QUESTION.pk == _CLAIM.question_pk)
        .where(_QUESTION.topic_pk == asked, visible("claim", clearance))
    )
    found = {entity: set(session.scalars(one)) for entity, one in _through(claims).items()}
    for entity in ("question", "cross_check", "inquiry", "source_relation"):
        columns = _T[entity].c
        found[entity] = set(session.scalars(select(columns.id).where(columns.topic_pk == asked)))
    return found | {"topic": {topic}}


def resting_on(
    session: Session, passages: Collection[UUID], clearance: Sensitivity
) -> Mapping[UUID, list[UUID]]:
    """By passage: the claims that rest on it and may be seen, in the order written."""
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for some in batches(passages):
        rows = session.execute(
            select(_PASSAGE.id, _CLAIM.id)
            .join_from(_T["passage"], _T["claim_passage"], _CITED.passage_pk == _PASSAGE.pk)
            .join(_T["claim"], _CLAIM.pk == _CITED.claim_pk)
            .where(_PASSAGE.id.in_(some), visible("claim", clearance))
            .order_by(_CLAIM.pk)
        )
        for passage, claim in rows:
            found[passage].append(claim)
    return found


def _through(claims: Select[Any]) -> dict[str, Any]:
    """By entity: the selection of the ids of what these claims are made of."""
    cited = select(_CITED.passage_pk).where(_CITED.claim_pk.in_(claims))
    documents = union(
        select(_CLAIM.document_pk).where(_CLAIM.pk.in_(claims)),
        select(_PASSAGE.document_pk).where(_PASSAGE.pk.in_(cited)),
        select(_SPOKEN.document_pk).where(_SPOKEN.claim_pk.in_(claims)),
    )
    within = {
        "claim": _CLAIM.pk.in_(claims),
        "passage": _PASSAGE.pk.in_(cited),
        "document": _T["document"].c.pk.in_(select(documents.subquery().c[0])),
        "source": _T["source"].c.pk.in_(
            select(_SPOKEN.source_pk).where(_SPOKEN.claim_pk.in_(claims))
        ),
        "assessment": _T["assessment"].c.claim_pk.in_(claims),
        "review": _T["review"].c.claim_pk.in_(claims),
        "relation_override": _T["relation_override"].c.a_pk.in_(claims),
    }
    return {entity: select(_T[entity].c.id).where(where) for entity, where in within.items()}
