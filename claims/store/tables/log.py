"""Tables of the history: the head, the changes, their payloads, and what files said last."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, Uuid
from sqlmodel import Field

from claims.store.tables.base import (
    WHOLE,
    Row,
    check,
    filled,
    instant,
    reference,
    sha256,
    together,
)


class HeadRow(Row, table=True):
    """The one row that says how far the log has come; writing locks it."""

    __table_args__ = (check("only", "pk = 1"), check("seq", "seq >= 0"), sha256("hash"))

    seq: int = Field(sa_type=WHOLE)
    hash: str


class PayloadRow(Row, table=True):
    """What a record held, as canonical JSON text, with the salt of its hash; both erasable."""

    __table_args__ = (together("erased", "salt", "text"), sha256("hash"))

    hash: str
    salt: str | None
    text: str | None


class ChangeRow(Row, table=True):
    """One write; ``hash`` covers all other columns and, by ``previous``, all changes before."""

    __table_args__ = (
        *filled("entity", "actor"),
        instant("at"),
        check("seq", "seq >= 1"),
        sha256("previous"),
        sha256("hash"),
        check("payload", "before_pk IS NOT NULL OR after_pk IS NOT NULL"),
        Index("ix_change_record", "record", "seq"),
    )

    seq: int = Field(sa_type=WHOLE, unique=True)
    entity: str
    record: UUID = Field(sa_type=Uuid)
    actor: str
    at: str
    reason: str | None
    before_pk: int | None = reference("payload")
    after_pk: int | None = reference("payload")
    previous: str
    hash: str


class BaselineRow(Row, table=True):
    """What a file said about a record when it was last loaded."""

    __table_args__ = (
        UniqueConstraint("namespace", "record"),
        *filled("entity", "created_by"),
        sha256("content_hash"),
        instant("created_at"),
    )

    namespace: UUID = Field(sa_type=Uuid)
    record: UUID = Field(sa_type=Uuid)
    entity: str
    key: str | None
    content_hash: str
    created_by: str
    created_at: str
