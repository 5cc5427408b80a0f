"""What a database's own catalogue says, and what its tables hold, to compare two databases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import Connection, inspect, text

from claims.store import revisions
from claims.store.engine import is_sqlite, open_engine

Schema = Mapping[str, list[str]]
"""By the name of a table or index: its columns and rules in the engine's words, in any order."""

_POSTGRESQL = """
SELECT r.relname, 'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_class r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
WHERE r.relkind = 'r' AND r.relnamespace = to_regnamespace(:schema)
UNION ALL
SELECT r.relname, c.conname || ' ' || pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
WHERE r.relnamespace = to_regnamespace(:schema)
UNION ALL
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = :schema
"""


def schema(url: str) -> Schema:
    """The schema of a database without the table of its version."""
    engine = open_engine(url)
    with engine.connect() as connection:
        found = schema_of(connection, "public")
    engine.dispose()
    return {name: lines for name, lines in found.items() if revisions.VERSION_TABLE not in name}


def schema_of(connection: Connection, within: str) -> Schema:
    """What the catalogue says; ``within`` is the schema, where the engine has several."""
    if is_sqlite(connection):
        return _sqlite(connection)
    found: dict[str, list[str]] = {}
    for name, line in connection.execute(text(_POSTGRESQL), {"schema": within}):
        found.setdefault(name, []).append(line.replace(f"{within}.", ""))
    return {name: sorted(lines) for name, lines in found.items()}


def _sqlite(connection: Connection) -> Schema:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    plain = {row[0]: re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", row[1]) for row in rows}
    return {name: sorted(re.split(r",?\s*\n\s*", sql.strip())) for name, sql in plain.items()}


def digests(url: str) -> Mapping[str, Mapping[str, str]]:
    """By table and column: the hash of all values, in the order of the rows' numbers.

    Tables that are made again from the others are left out.
    """
    engine = open_engine(url)
    with engine.connect() as connection:
        names = [
            name
            for name in inspect(connection).get_table_names()
            if not name.startswith(("search_", "audit_", revisions.VERSION_TABLE))
        ]
        found = {name: _digests(connection, name) for name in names}
    engine.dispose()
    return found


def _digests(connection: Connection, name: str) -> Mapping[str, str]:
    rows = connection.execute(text(f'SELECT * FROM "{name}" ORDER BY pk'))  # noqa: S608 (a table's name)
    names = tuple(rows.keys())
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return {
        one: sha256(repr(held).encode()).hexdigest()
        for one, held in zip(names, columns, strict=True)
    }
