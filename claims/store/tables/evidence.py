"""Tables of what is held: sources, documents, archived bytes, passages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid
from sqlalchemy.orm import Mapped
from sqlmodel import Field, col

from claims.analysis.vocabulary import (
    Anchor,
    Dependence,
    DocumentStatus,
    Part,
    Sensitivity,
    SourceKind,
    Tier,
    WayOfKnowing,
)
from claims.store.tables.base import (
    EditedRow,
    EntityRow,
    Row,
    apart,
    check,
    edited,
    entity,
    filled,
    instant,
    one_of,
    reference,
    sha256,
    target_of,
    together,
    truth,
)

CUSTODY = ("stored", "received", "checked", "copied", "handed_over")
"""What can happen to archived bytes."""


class SourceRow(EditedRow, table=True):
    """A voice: who speaks."""

    __table_args__ = (
        *edited(),
        *filled("name"),
        *truth("named"),
        one_of("kind", SourceKind),
        one_of("way_of_knowing", WayOfKnowing),
        one_of("sensitivity", Sensitivity),
    )

    name: str
    aliases: str
    identifiers: str
    kind: str
    party_pk: int | None = reference("party", index=True)
    named: bool
    way_of_knowing: str
    sensitivity: str
    note: str | None


class SourceRelationRow(EditedRow, table=True):
    """That one source, or one document, depends on another."""

    __table_args__ = (
        *edited(),
        *filled("basis"),
        one_of("kind", Dependence),
        target_of("between", ("source", "document"), "a", "b"),
        apart("a_source_pk", "b_source_pk"),
        apart("a_document_pk", "b_document_pk"),
    )

    between: str
    a_source_pk: int | None = reference("source", index=True)
    a_document_pk: int | None = reference("document", index=True)
    b_source_pk: int | None = reference("source", index=True)
    b_document_pk: int | None = reference("document", index=True)
    kind: str
    topic_pk: int | None = reference("topic")
    basis: str


class DocumentRow(EditedRow, table=True):
    """A bibliographic item with its own voice."""

    __table_args__ = (
        *edited(),
        *filled("language"),
        one_of("tier", Tier),
        one_of("status", DocumentStatus),
        one_of("sensitivity", Sensitivity),
        check("quotation_limit", "quotation_limit >= 0"),
    )

    csl: str
    voice_pk: int = reference("source", index=True)
    tier: str
    language: str
    status: str
    licence: str | None
    quotation_limit: int | None
    sensitivity: str


class SnapshotRow(EntityRow, table=True):
    """Archived bytes of a document, and the text taken from them."""

    __table_args__ = (
        *entity(),
        *filled("media_type", "extractor"),
        sha256("sha256"),
        sha256("text_sha256"),
        sha256("layout_sha256"),
        sha256("warc_sha256"),
        check("http_status", "http_status BETWEEN 100 AND 599"),
        check("length", "length >= 0"),
        instant("captured_at"),
    )

    document_pk: int = reference("document", index=True)
    sha256: str
    media_type: str
    text_sha256: str
    extractor: str
    length: int
    captured_at: str | None
    captured_by: str | None
    captured_with: str | None
    requested_url: str | None
    final_url: str | None
    http_status: int | None
    layout_sha256: str | None
    warc_sha256: str | None

    @classmethod
    def hashes(cls) -> tuple[Mapped[Any], ...]:
        """The columns that name archived bytes."""
        named = (cls.sha256, cls.text_sha256, cls.layout_sha256, cls.warc_sha256)
        return tuple(col(one) for one in named)


class CustodyRow(Row, table=True):
    """What happened to archived bytes, one entry after the other; each is a change as well."""

    __table_args__ = (*filled("created_by"), instant("created_at"), one_of("action", CUSTODY))

    id: UUID = Field(unique=True, sa_type=Uuid)
    created_by: str
    created_at: str
    snapshot_pk: int = reference("snapshot", index=True)
    action: str
    note: str | None


class PassageRow(EntityRow, table=True):
    """The citation: words of a document and where they stand."""

    __table_args__ = (
        *entity(),
        *filled("exact", "language"),
        together("offsets", "start", "end"),
        check("start", 'start >= 0 AND start <= "end"'),
        one_of("anchor", Anchor),
        one_of("part", Part),
        check("ocr_confidence", "CAST(ocr_confidence AS DOUBLE PRECISION) >= 0"),
    )

    document_pk: int = reference("document", index=True)
    snapshot_pk: int | None = reference("snapshot", index=True)
    exact: str
    prefix: str | None
    suffix: str | None
    start: int | None
    end: int | None
    anchor: str
    transcript_method: str | None
    ocr_confidence: str | None
    part: str
    locators: str
    language: str
    translations: str
