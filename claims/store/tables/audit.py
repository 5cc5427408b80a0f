"""The table of outcomes that an audit keeps, so that the next one need not look again.

It has its own metadata, as the index of search has: all in it follows from the records and the
archived texts and can be made again. It is no part of what backups hold or hashes cover.
"""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table, Uuid

AUDIT = MetaData()
"""What an audit keeps."""

PREFIX = "audit_"
"""How the names of its tables begin."""

KEPT = Table(
    "audit_kept",
    AUDIT,
    Column("subject", Uuid(), primary_key=True),
    Column("clearance", String(), primary_key=True),
    Column("digest", String(), nullable=False),
    Column("outcomes", String(), nullable=False),
)
"""The outcomes of one document or topic as one clearance sees it, while its digest is the same."""
