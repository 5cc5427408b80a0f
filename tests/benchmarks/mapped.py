"""The peer of the store's reads: the same tables mapped for the ORM, read by one joined load.

Links are mapped as rows of their own. A collection through a ``secondary`` table would make
SQLite read all of that table, which would be no fair comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Table, select
from sqlalchemy.orm import Session, joinedload, registry, relationship

from claims.store.tables import METADATA


class ClaimEntity:
    """A mapped claim."""

    cited: Any
    speakers: Any


class Link:
    """A mapped place of a passage in a claim."""

    passage: Any


class SpeakerEntity:
    """A mapped speaker."""

    source: Any


class PassageEntity:
    """A mapped passage."""


class SourceEntity:
    """A mapped source."""


def table(name: str) -> Table:
    """A table of the store."""
    return METADATA.tables[name]


def map_entities() -> None:
    """Map the tables of a question's claims for the ORM."""
    mapped = registry(metadata=METADATA)
    in_order = {name: table(name).c.position for name in ("claim_passage", "speaker")}
    mapped.map_imperatively(PassageEntity, table("passage"))
    mapped.map_imperatively(SourceEntity, table("source"))
    mapped.map_imperatively(
        Link, table("claim_passage"), properties={"passage": relationship(PassageEntity)}
    )
    mapped.map_imperatively(
        SpeakerEntity, table("speaker"), properties={"source": relationship(SourceEntity)}
    )
    mapped.map_imperatively(
        ClaimEntity,
        table("claim"),
        properties={
            "cited": relationship(Link, order_by=in_order["claim_passage"]),
            "speakers": relationship(SpeakerEntity, order_by=in_order["speaker"]),
        },
    )


def by_orm(engine: Engine, question: UUID) -> Sequence[Any]:
    """The claims of a question by one joined load."""
    asked, claim = table("question").c, table("claim").c
    statement = (
        select(ClaimEntity)
        .join(table("question"), asked.pk == claim.question_pk)
        .where(asked.id == question)
        .order_by(claim.pk)
        .options(
            joinedload(ClaimEntity.cited).joinedload(Link.passage),
            joinedload(ClaimEntity.speakers).joinedload(SpeakerEntity.source),
        )
    )
    with Session(engine) as session:
        return session.scalars(statement).unique().all()
