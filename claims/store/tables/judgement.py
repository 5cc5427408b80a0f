"""Tables of what people decided and did: assessments, reviews, inquiries, overrides, merges."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import UniqueConstraint, Uuid
from sqlmodel import Field

from claims.analysis.outcomes import Relation
from claims.analysis.vocabulary import CODES, Decision, InquiryOutcome, Sensitivity
from claims.store.tables.base import (
    EditedRow,
    EntityRow,
    Row,
    apart,
    check,
    edited,
    entity,
    filled,
    one_of,
    quoted,
    reference,
    sha256,
    target_of,
    truth,
)

MERGED = ("source", "question", "document")
"""The entities that can be merged."""

_GRADES = " OR ".join(
    f"(scheme = '{scheme}' AND code IN ({quoted(codes)}))" for scheme, codes in CODES.items()
)


class AssessmentRow(EntityRow, table=True):
    """What somebody thinks of a source or a claim, and why."""

    __table_args__ = (
        *entity(),
        *filled("reason", "assessed_by"),
        check("code", _GRADES),
        target_of("of", ("source", "claim")),
        apart("supersedes_pk", "pk"),
    )

    of: str
    source_pk: int | None = reference("source", index=True)
    claim_pk: int | None = reference("claim", index=True)
    scheme: str
    code: str
    reason: str
    assessed_by: str
    supersedes_pk: int | None = reference("assessment", index=True)


class ReviewRow(EntityRow, table=True):
    """What somebody other than its enterer decided about a claim as it stood."""

    __table_args__ = (
        *entity(),
        *filled("reason", "reviewed_by"),
        one_of("decision", Decision),
        sha256("claim_hash"),
    )

    claim_pk: int = reference("claim", index=True)
    decision: str
    claim_hash: str
    reason: str
    reviewed_by: str


class InquiryRow(EditedRow, table=True):
    """A search and what came of it."""

    __table_args__ = (
        *edited(),
        *filled("looked_for", "looked_in", "looked_by"),
        one_of("outcome", InquiryOutcome),
        one_of("sensitivity", Sensitivity),
    )

    topic_pk: int = reference("topic", index=True)
    question_pk: int | None = reference("question", index=True)
    looked_for: str
    looked_in: str
    looked_by: str
    looked_on: str | None
    words: str
    source_pk: int | None = reference("source", index=True)
    document_pk: int | None = reference("document", index=True)
    outcome: str
    note: str | None
    sensitivity: str


class InquiryClaimRow(Row, table=True):
    """The claims that rest on an inquiry, in its order."""

    __table_args__ = (
        UniqueConstraint("inquiry_pk", "position"),
        check("position", "position >= 0"),
    )

    inquiry_pk: int = reference("inquiry")
    position: int
    claim_pk: int = reference("claim", index=True)


class RelationOverrideRow(EditedRow, table=True):
    """What a person decided about two claims."""

    __table_args__ = (
        *edited(),
        *filled("reason"),
        *truth("independent"),
        apart("a_pk", "b_pk"),
        one_of("relation", Relation),
        check("decides", "relation IS NOT NULL OR independent IS NOT NULL"),
    )

    a_pk: int = reference("claim", index=True)
    b_pk: int = reference("claim", index=True)
    relation: str | None
    independent: bool | None
    reason: str


class WaiverRow(EditedRow, table=True):
    """That a finding is accepted; it may concern a record of any entity."""

    __table_args__ = (*edited(), *filled("check", "reason", "granted_by", "until"))

    check: str
    target: UUID = Field(sa_type=Uuid, index=True)
    reason: str
    granted_by: str
    until: str


class MergeRow(EditedRow, table=True):
    """That two records stand for one source, question or document."""

    __table_args__ = (
        *edited(),
        *filled("reason"),
        *truth("undone"),
        target_of("of", MERGED, "kept", "merged"),
        *(apart(f"kept_{target}_pk", f"merged_{target}_pk") for target in MERGED),
    )

    of: str
    kept_source_pk: int | None = reference("source")
    kept_question_pk: int | None = reference("question")
    kept_document_pk: int | None = reference("document")
    merged_source_pk: int | None = reference("source")
    merged_question_pk: int | None = reference("question")
    merged_document_pk: int | None = reference("document")
    reason: str
    undone: bool
