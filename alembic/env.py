"""Runs the migrations on the connection that the caller hands over.

`claims.store.migrate` and the tests hand one over. A developer who uses Alembic's own command
names the database: ``alembic -x url=sqlite:///dev.db revision --autogenerate -m "..."``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine
from sqlmodel.sql.sqltypes import AutoString

from claims.store.engine import WRITES, check_foreign_keys, open_engine, without_foreign_keys
from claims.store.tables import METADATA, audit, search


def _render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 (alembic's hook)
    """Write texts as what they are, so that migrations do not depend on SQLModel."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


@contextmanager
def _connection() -> Iterator[Connection]:
    given = context.config.attributes.get("connection")
    if isinstance(given, Connection):
        yield given
        return
    engine = given if isinstance(given, Engine) else open_engine(_url())
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        yield connection


def _url() -> str:
    url = context.get_x_argument(as_dictionary=True).get("url")
    if url is None:
        message = "name the database: alembic -x url=sqlite:///PATH … (or postgresql://…)"
        raise SystemExit(message)
    return url


def _compared(name: str | None, kind: str, _: object) -> bool:
    """Leave out what search and audits keep: it follows from the records, and is none of them."""
    return not (kind == "table" and (name or "").startswith((search.PREFIX, audit.PREFIX)))


def _asked(when: Literal["before", "after"]) -> Callable[..., Any]:
    """What the caller wants to do within the same transaction."""
    asked: Callable[..., Any] = context.config.attributes.get(when, lambda *_: None)
    return asked


def _migrate() -> None:
    with _connection() as connection, without_foreign_keys(connection):
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_as_batch=True,
            render_item=_render,
            include_name=_compared,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            held = _asked("before")(connection)
            context.run_migrations()
            check_foreign_keys(connection)
            _asked("after")(connection, held)


if context.is_offline_mode():
    message = "the migrations look at the database they change; run them with a connection"
    raise SystemExit(message)
_migrate()
