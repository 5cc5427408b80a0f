"""The table of folded words that search looks through.

It has its own metadata: all in it follows from the records and can be made again, so it is no
part of what backups compare, hashes cover or :data:`claims.store.tables.METADATA` lists. What
each engine needs besides (a full-text table of SQLite, an index of PostgreSQL) is made by the
migration; all of it has a name that begins with :data:`PREFIX`.
"""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table, Uuid

from claims.store.tables.base import WHOLE

PREFIX = "search_"
"""How the names of all tables begin that serve search alone."""

INDEX = "search_index"
"""SQLite's full-text table over the words of :data:`ENTRY`; other tables of FTS5 extend its name.

It holds no text, no positions and no lengths: those are in the entry, and phrases and ranks are
worked out from there.
"""

SEARCH = MetaData()
"""What search needs."""

ENTRY = Table(
    "search_entry",
    SEARCH,
    Column("pk", WHOLE, primary_key=True, autoincrement=False),
    Column("entity", String(), nullable=False),
    Column("record", Uuid(), nullable=False, unique=True),
    Column("words", String(), nullable=False),
)
"""The folded words of each record that has any, in the order of its texts (see ``SEPARATOR``)."""
