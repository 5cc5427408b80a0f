"""Whether the tables of a database are those that this version of claims declares.

They are compared, in the words of the engine's own catalogue, with those that the migrations make
in a new place, which is taken away again.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, text

from claims.store.engine import WRITES, database_name, is_sqlite, open_engine
from claims.store.faults import plain_faults
from claims.store.places import passing_database
from claims.store.rebuild import migrate_on

Catalogue = Mapping[str, frozenset[str]]
"""By the name of a table, index or trigger: its columns and rules, in the engine's words."""

_POSTGRESQL = text("""
SELECT r.relname, 'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_class r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
WHERE r.relkind = 'r' AND r.relnamespace = to_regnamespace(current_schema())
UNION ALL
SELECT r.relname, c.conname || ' ' || pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
WHERE r.relnamespace = to_regnamespace(current_schema()) AND c.contype <> 'n'
UNION ALL
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
UNION ALL
SELECT t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
WHERE r.relnamespace = to_regnamespace(current_schema()) AND NOT t.tgisinternal
""")


def drift(url: str) -> tuple[str, ...]:
    """Each table, column, rule or index that is missing, strange or unlike what is declared.

    Args:
        url: the address of a database with this version's schema.

    Raises:
        SetupError: the database cannot be read, or no place to compare with can be made.
    """
    engine = open_engine(url)
    try:
        with plain_faults(database_name(engine)), engine.connect() as connection:
            held = _catalogue(connection)
            declared = _declared() if is_sqlite(connection) else None
        if declared is None:
            writing = engine.execution_options(**{WRITES: True})
            with plain_faults(database_name(engine)), writing.connect() as connection:
                declared = _declared_beside(connection)
    finally:
        engine.dispose()
    return tuple(_differences(held, declared))


def _declared() -> Catalogue:
    with (
        tempfile.TemporaryDirectory(prefix="claims-check-") as folder,
        passing_database(Path(folder)) as connection,
    ):
        migrate_on(connection, "head")
        return _catalogue(connection)


def _declared_beside(connection: Connection) -> Catalogue:
    """What the migrations make in a schema of its own, within a transaction that is undone."""
    name = f"claims_check_{uuid4().hex}"
    with connection.begin() as transaction:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
        connection.exec_driver_sql(f"SET LOCAL search_path TO {name}")
        migrate_on(connection, "head")
        found = _catalogue(connection)
        transaction.rollback()
    return found


def _catalogue(connection: Connection) -> Catalogue:
    if is_sqlite(connection):
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql > ''")
        return {name: frozenset(_lines(sql)) for name, sql in rows}
    within = str(connection.exec_driver_sql("SELECT current_schema()").scalar())
    found: dict[str, set[str]] = {}
    for name, line in connection.execute(_POSTGRESQL):
        found.setdefault(name, set()).add(line.replace(f"{within}.", ""))
    return {name: frozenset(lines) for name, lines in found.items()}


def _lines(sql: str) -> list[str]:
    plain = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql.strip())
    return re.split(r",?\s*\n\s*", plain)


def _differences(held: Catalogue, declared: Catalogue) -> list[str]:
    found = [f"{name} is missing" for name in sorted(declared.keys() - held.keys())]
    found += [f"{name} is not declared" for name in sorted(held.keys() - declared.keys())]
    for name in sorted(held.keys() & declared.keys()):
        found += [f"{name} lacks: {line}" for line in sorted(declared[name] - held[name])]
        found += [f"{name} has besides: {line}" for line in sorted(held[name] - declared[name])]
    return found
