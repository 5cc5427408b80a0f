"""Which assessments there are of certain sources and claims."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.store.lookup import batches
from claims.store.tables import METADATA


def assessments_of(session: Session, targets: Collection[UUID]) -> list[UUID]:
    """The ids of all assessments of these sources and claims, superseded ones too."""
    made = METADATA.tables["assessment"]
    found: list[UUID] = []
    for entity in ("source", "claim"):
        table = METADATA.tables[entity]
        joined = select(made.c.id).join(table, table.c.pk == made.c[f"{entity}_pk"])
        for some in batches(targets):
            found += session.scalars(joined.where(table.c.id.in_(some)))
    return found
