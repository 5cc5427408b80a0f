"""What a step back to an older schema would throw away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, column, func, inspect, select, table, text

from claims.errors import SetupError

Contents = Mapping[str, Mapping[str, int]]
"""By table and column: how many rows hold something there; ``""`` counts the rows."""


def contents(connection: Connection, derived: frozenset[str]) -> Contents:
    """What every table of the database holds, by column.

    ``derived`` are tables that are made again from the others, such as an index; those whose
    names begin with one of them and ``_`` belong to it.
    """
    names = inspect(connection).get_table_names()
    return {name: _filled(connection, name) for name in names if not _is_part(name, derived)}


def check_losses(connection: Connection, held: Contents, *, name: str, revision: str) -> None:
    """Refuse a step back that has taken away tables or columns which held something.

    Raises:
        SetupError: some did; the message names each.
    """
    lost = list(_lost(connection, held))
    if lost:
        message = (
            f"the schema {revision} cannot hold what the database {name} holds in"
            f" {', '.join(lost)}; nothing was changed; make a copy and force it, or keep the schema"
        )
        raise SetupError(message)


def _lost(connection: Connection, held: Contents) -> Iterator[str]:
    left = set(inspect(connection).get_table_names())
    for name, filled in sorted(held.items()):
        if name not in left and filled[""]:
            yield _counted(name, filled[""])
        elif name in left:
            gone = filled.keys() - {"", *_columns(connection, name)}
            yield from (
                _counted(f"{name}.{one}", filled[one]) for one in sorted(gone) if filled[one]
            )


def _counted(name: str, rows: int) -> str:
    return f"{name} ({rows} {'row' if rows == 1 else 'rows'})"


def _filled(connection: Connection, name: str) -> Mapping[str, int]:
    columns = _columns(connection, name)
    counts = [func.count(column(one)) for one in columns]
    row = connection.execute(select(func.count(text("*")), *counts).select_from(table(name))).one()
    return dict(zip(("", *columns), row, strict=True))


def _columns(connection: Connection, name: str) -> tuple[str, ...]:
    return tuple(connection.execute(select(text("*")).select_from(table(name)).limit(0)).keys())


def _is_part(name: str, derived: frozenset[str]) -> bool:
    return any(name == one or name.startswith(f"{one}_") for one in derived)
