"""No list is in an order that depends on the engine: texts are not sorted by the database."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, Select, String, event
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import ColumnElement, UnaryExpression


def watch(engine: Engine) -> None:
    """Fail whatever asks this engine to sort by a text, unless it names the collation.

    The order of letters is a property of each PostgreSQL database, and rarely that of SQLite.
    """
    event.listen(engine, "before_execute", _look)


def _look(_: Connection, statement: object, *__: object) -> None:
    if isinstance(statement, visitors.Visitable):
        found = [str(one) for one in _sorted_by(statement) if _is_text(one)]
        if found and "pg_catalog" in str(statement):  # SQLAlchemy's own look at the schema
            return
        assert not found, f"sort by a number, or in Python: {found}"


def _sorted_by(statement: visitors.Visitable) -> Iterator[ColumnElement[object]]:
    for part in visitors.iterate(statement):  # type: ignore[arg-type]  # a statement is one
        if isinstance(part, Select):
            yield from part._order_by_clauses  # noqa: SLF001 (SQLAlchemy shows it nowhere else)


def _is_text(wanted: ColumnElement[object]) -> bool:
    named = getattr(wanted, "operator", None) is operators.collate
    inner = wanted.element if isinstance(wanted, UnaryExpression) else wanted
    kind = getattr(inner.type, "impl", inner.type)  # what SQLModel wraps
    return isinstance(kind, String) and not named
