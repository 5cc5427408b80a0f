"""What hangs together: the texts of a document, the claims on a passage, the claims that are meant.

Ids and immutable records only; who may see them is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, exists, or_, select
from sqlalchemy.orm import Session

from claims.analysis.records import Passage, Snapshot
from claims.analysis.vocabulary import Sensitivity
from claims.store.clearance import CLAIM, CLAIM_PASSAGE, PASSAGE, SPEAKER, visible_claims
from claims.store.fetch import Fetch
from claims.store.tables import METADATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which claims are meant; ``None`` is any. Ids are those of records.

    ``source`` is anywhere in the chain. ``unassessed`` are claims without an assessment.
    """

    topic: UUID | None = None
    question: UUID | None = None
    source: UUID | None = None
    document: UUID | None = None
    stance: str | None = None
    unassessed: bool = False
    retracted: bool = False


def snapshots_of(session: Session, document: UUID) -> list[Snapshot]:
    """The snapshots of a document, in the order in which they were written."""
    table = METADATA.tables["snapshot"]
    return Fetch(session).records(Snapshot, table.c.document_pk == _row("document", document))


def snapshots_with(session: Session, sha256: str) -> list[Snapshot]:
    """The snapshots of these very bytes, of whatever document."""
    return Fetch(session).records(Snapshot, METADATA.tables["snapshot"].c.sha256 == sha256)


def passages_of(session: Session, document: UUID) -> list[Passage]:
    """The passages of a document, in the order in which they were written."""
    return Fetch(session).records(Passage, PASSAGE.c.document_pk == _row("document", document))


def only_cited_by(session: Session, claim: UUID, passages: Collection[UUID]) -> set[UUID]:
    """Those of the passages that no claim but this one cites."""
    others = (
        select(PASSAGE.c.id)
        .join(CLAIM_PASSAGE, CLAIM_PASSAGE.c.passage_pk == PASSAGE.c.pk)
        .join(CLAIM, CLAIM.c.pk == CLAIM_PASSAGE.c.claim_pk)
        .where(PASSAGE.c.id.in_(passages), CLAIM.c.id != claim)
    )
    return set(passages) - set(session.scalars(others))


def claim_ids(session: Session, clearance: Sensitivity, wanted: Wanted) -> Iterable[UUID]:
    """The claims that are meant and may be seen, the newest first."""
    conditions = [visible_claims(clearance), *_conditions(wanted)]
    return session.scalars(select(CLAIM.c.id).where(*conditions).order_by(CLAIM.c.pk.desc()))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    question = METADATA.tables["question"]
    found: list[ColumnElement[bool]] = []
    if wanted.topic is not None:
        asked = select(question.c.pk).where(question.c.topic_pk == _row("topic", wanted.topic))
        found.append(CLAIM.c.question_pk.in_(asked))
    if wanted.question is not None:
        found.append(CLAIM.c.question_pk == _row("question", wanted.question))
    if wanted.document is not None:
        found.append(CLAIM.c.document_pk == _row("document", wanted.document))
    if wanted.source is not None:
        found.append(_speaks(_row("source", wanted.source)))
    if wanted.stance is not None:
        found.append(CLAIM.c.stance == wanted.stance)
    if wanted.unassessed:
        found.append(~_assessed(METADATA.tables["assessment"]))
    if wanted.retracted:
        found.append(CLAIM.c.retracted_at.is_not(None))
    return found


def _speaks(source: Any) -> ColumnElement[bool]:  # noqa: ANN401 (a subquery of one number)
    speaker = SPEAKER.alias()
    chain = exists().where(speaker.c.claim_pk == CLAIM.c.pk, speaker.c.source_pk == source)
    return or_(CLAIM.c.origin_pk == source, chain)


def _assessed(assessment: Table) -> ColumnElement[bool]:
    return exists().where(assessment.c.claim_pk == CLAIM.c.pk)


def _row(entity: str, id_: UUID) -> Any:  # noqa: ANN401 (a subquery of one number)
    table = METADATA.tables[entity]
    return select(table.c.pk).where(table.c.id == id_).scalar_subquery()
