"""All tables of the store, one for each entity and its ordered parts; see ``base`` for types."""

from __future__ import annotations

from claims.store.tables import claim, evidence, judgement, log, subject
from claims.store.tables.base import METADATA

__all__ = ["METADATA", "claim", "evidence", "judgement", "log", "subject"]
