"""What an audit asks of the store besides records: who entered what, intervals, kept outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, delete, exists, func, insert, select
from sqlalchemy.orm import Session

from claims.analysis.audit.case import Bounds, Recorded
from claims.analysis.vocabulary import Sensitivity
from claims.store.authors import authors
from claims.store.clearance import (
    CLAIM,
    CLAIM_PASSAGE,
    PASSAGE,
    visible,
    visible_claims,
)
from claims.store.dump import STREAM
from claims.store.lookup import batches
from claims.store.tables import METADATA
from claims.store.tables.audit import KEPT


@dataclass(frozen=True, slots=True)
class Kept:
    """The outcomes of one document or topic, as JSON text, and the digest they hold for."""

    subject: UUID
    digest: str
    outcomes: str


def recorded(session: Session, records: Iterable[UUID]) -> Mapping[UUID, Recorded]:
    """Who entered each record and when, and when it was changed last."""
    return {
        record: Recorded(
            by=found.entered_by,
            at=datetime.fromisoformat(found.entered_at),
            changed_at=datetime.fromisoformat(found.edited_at),
        )
        for record, found in authors(session, records).items()
    }


def stored_bounds(session: Session, claims: Iterable[UUID]) -> Mapping[UUID, Bounds]:
    """The index columns of each claim's value, as they are stored."""
    columns = CLAIM.c
    chosen = select(
        *(columns.id, columns.profile, columns.hard_lo, columns.hard_hi),
        *(columns.soft_lo, columns.soft_hi),
    )
    return {
        row[0]: Bounds(*row[1:])
        for some in batches(sorted(set(claims)))
        for row in session.execute(chosen.where(columns.id.in_(some)))
    }


def claims_by_question(
    session: Session, topic: UUID, clearance: Sensitivity
) -> Sequence[tuple[UUID, int]]:
    """The questions of a topic, in the order written, each with its number of visible claims."""
    question, asked = METADATA.tables["question"], METADATA.tables["topic"]
    number = (
        select(func.count())
        .select_from(CLAIM)
        .where(CLAIM.c.question_pk == question.c.pk, visible_claims(clearance))
        .scalar_subquery()
    )
    here = select(asked.c.pk).where(asked.c.id == topic).scalar_subquery()
    chosen = select(question.c.id, number).where(question.c.topic_pk == here)
    return [(row[0], row[1]) for row in session.execute(chosen.order_by(question.c.pk))]


def kept_outcomes(
    session: Session, clearance: Sensitivity, subjects: Iterable[UUID]
) -> Mapping[UUID, Kept]:
    """The outcomes that are kept of these documents and topics for a clearance."""
    chosen = select(KEPT.c.subject, KEPT.c.digest, KEPT.c.outcomes).where(
        KEPT.c.clearance == clearance.value
    )
    return {
        row[0]: Kept(*row)
        for some in batches(sorted(set(subjects)))
        for row in session.execute(chosen.where(KEPT.c.subject.in_(some)))
    }


def keep_outcomes(session: Session, clearance: Sensitivity, kept: Iterable[Kept]) -> None:
    """Keep outcomes in place of those that were kept of the same documents and topics."""
    for some in batches(kept):
        subjects = [one.subject for one in some]
        gone = delete(KEPT).where(KEPT.c.clearance == clearance.value)
        session.execute(gone.where(KEPT.c.subject.in_(subjects)))
        rows = [
            {
                "subject": one.subject,
                "clearance": clearance.value,
                "digest": one.digest,
                "outcomes": one.outcomes,
            }
            for one in some
        ]
        session.execute(insert(KEPT), rows)


def forget_outcomes(session: Session) -> None:
    """Forget all that is kept: it quotes what may have to be erased."""
    session.execute(delete(KEPT))


def claims_by_document(session: Session, clearance: Sensitivity) -> Iterator[tuple[UUID, UUID]]:
    """Each visible document with each of its visible claims, in the order written.

    A document without claims comes once, with itself in the place of a claim.
    """
    document = METADATA.tables["document"]
    claim = CLAIM.alias()
    seen = select(CLAIM.c.pk).where(visible_claims(clearance))
    joined = document.outerjoin(
        claim, (claim.c.document_pk == document.c.pk) & claim.c.pk.in_(seen)
    )
    chosen = select(document.c.id, claim.c.id).select_from(joined)
    rows = session.execute(
        chosen.where(visible("document", clearance)).order_by(document.c.pk, claim.c.pk),
        execution_options={"yield_per": STREAM},
    )
    for found, made in rows:
        yield found, found if made is None else made


def uncited_passages(session: Session, documents: Iterable[UUID]) -> Sequence[UUID]:
    """The ids of those passages of some documents that no claim cites, in the order written."""
    passage, document = PASSAGE, METADATA.tables["document"]
    chosen = (
        select(passage.c.id)
        .join(document, document.c.pk == passage.c.document_pk)
        .where(~exists().where(CLAIM_PASSAGE.c.passage_pk == passage.c.pk))
        .order_by(passage.c.pk)
    )
    return _found(session, chosen, document, documents)


def snapshots_held(session: Session, documents: Iterable[UUID]) -> Sequence[UUID]:
    """The ids of the snapshots of some documents, in the order written."""
    snapshot, document = METADATA.tables["snapshot"], METADATA.tables["document"]
    chosen = select(snapshot.c.id).join(document, document.c.pk == snapshot.c.document_pk)
    return _found(session, chosen.order_by(snapshot.c.pk), document, documents)


def reviews_of(session: Session, claims: Iterable[UUID]) -> Sequence[UUID]:
    """The ids of the reviews of some claims."""
    review = METADATA.tables["review"]
    chosen = select(review.c.id).join(CLAIM, CLAIM.c.pk == review.c.claim_pk)
    return _found(session, chosen.order_by(review.c.pk), CLAIM, claims)


def inquiries_of(session: Session, claims: Iterable[UUID]) -> Sequence[UUID]:
    """The ids of the inquiries that some claims rest on."""
    inquiry, resting = METADATA.tables["inquiry"], METADATA.tables["inquiry_claim"]
    chosen = (
        select(inquiry.c.id)
        .join(resting, resting.c.inquiry_pk == inquiry.c.pk)
        .join(CLAIM, CLAIM.c.pk == resting.c.claim_pk)
        .order_by(inquiry.c.pk)
    )
    return list(dict.fromkeys(_found(session, chosen, CLAIM, claims)))


def _found(
    session: Session, chosen: Select[Any], owner: Table, owners: Iterable[UUID]
) -> list[UUID]:
    """The chosen ids of what belongs to some owners, as many owners at a time as a query takes."""
    return [
        found
        for some in batches(sorted(set(owners)))
        for found in session.scalars(chosen.where(owner.c.id.in_(some)))
    ]
