"""Tables of the history: head, changes, payloads, runs of actions, what files said last."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, Uuid
from sqlmodel import Field

from claims.store.tables.base import (
    WHOLE,
    Row,
    apart,
    check,
    filled,
    instant,
    one_of,
    reference,
    sha256,
    together,
)

ERASE = "erase"
"""The act of a change by which the earlier payloads of a record were blanked."""


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
    """One write; ``hash`` covers all other columns and, by ``previous``, all changes before.

    Without ``before_pk`` the record was not held, without ``after_pk`` it is no longer.
    """

    __table_args__ = (
        *filled("entity", "actor"),
        instant("at"),
        check("seq", "seq >= 1"),
        sha256("previous"),
        sha256("hash"),
        check("payload", "before_pk IS NOT NULL OR after_pk IS NOT NULL OR act IS NOT NULL"),
        one_of("act", (ERASE,)),
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
    act: str | None


class ActionRow(Row, table=True):
    """One run of an action that wrote something: which changes were made together.

    ``key`` is the one that the caller gave so that the same request is carried out once;
    ``request`` is the SHA-256 of that request.
    """

    __table_args__ = (
        UniqueConstraint("actor", "key"),
        *filled("name", "actor", "key"),
        instant("at"),
        sha256("request"),
        together("once", "key", "request"),
        check("changes", "first_seq <= last_seq"),
        apart("undoes_pk", "pk"),
    )

    id: UUID = Field(unique=True, sa_type=Uuid)
    name: str
    actor: str
    at: str
    reason: str | None
    first_seq: int = Field(sa_type=WHOLE, unique=True)
    last_seq: int = Field(sa_type=WHOLE)
    undoes_pk: int | None = reference("action", index=True)
    key: str | None
    request: str | None


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
