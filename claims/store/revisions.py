"""Which schema a database has, and which one this version reads and writes.

Every command asks this, so it is answered without Alembic, which takes longer to import than most
commands run.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from claims.errors import SchemaOutdated, SetupError
from claims.store.address import is_postgresql
from claims.store.engine import database_name, database_path, open_engine
from claims.store.faults import plain_faults

VERSION_TABLE = "alembic_version"
"""Where a database keeps the revision of its schema."""

_REVISION = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608 (a name of ours)


def head() -> str:
    """The revision of the schema that this version reads and writes."""
    return max(_revisions())


def known(revision: str) -> bool:
    """Whether this version has the migration to a revision."""
    return revision in _revisions()


def current(url: str) -> str | None:
    """The revision of the database at ``url``; ``None`` where there is none yet.

    Raises:
        SetupError: the database cannot be opened.
    """
    if not is_postgresql(url) and not database_path(url).is_file():
        return None
    engine = open_engine(url)
    try:
        return _revision(engine)
    finally:
        engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """The revision of the database that a connection leads to; ``None`` where it has none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(_REVISION).scalar()


def require_current(engine: Engine, *, flags: str = "") -> None:
    """Refuse a database whose schema is not the one this version reads and writes.

    Args:
        engine: the database.
        flags: what to add to the commands that a message suggests, such as `` --db x.db``.

    Raises:
        SchemaOutdated: the schema is older, newer or not there; the message names the command.
        SetupError: the database holds the tables of another program.
    """
    found, name = _revision(engine), database_name(engine)
    if found == head():
        return
    if found is None:
        _check_ours(engine, name)
        message = f"the database {name} holds no tables of claims; run `claims init{flags}`"
    elif known(found):
        message = (
            f"the database {name} has the older schema {found} and this version needs {head()};"
            f" make a copy and run `claims db upgrade{flags}`"
        )
    else:
        message = newer(name, found)
    raise SchemaOutdated(message)


def _check_ours(engine: Engine, name: str) -> None:
    with plain_faults(name), engine.connect() as connection:
        check_none_of_others(set(inspect(connection).get_table_names()), name)


def check_none_of_others(tables: AbstractSet[str], name: str) -> None:
    """Refuse a database that holds the tables of another program."""
    if tables and VERSION_TABLE not in tables:
        message = f"the database {name} holds tables of something else; name another database"
        raise SetupError(message)


def newer(name: str, found: str) -> str:
    """What is said of a database that a newer version of claims wrote."""
    return (
        f"the database {name} has the schema {found}, which this version of claims does not know;"
        " install the version that wrote it, or a later one"
    )


def migrations() -> Path:
    """The folder of migrations: inside an installed package, beside the package in a checkout."""
    package = Path(__file__).parents[1]
    carried = package / "_alembic"
    return carried if carried.is_dir() else package.parent / "alembic"


def _revisions() -> frozenset[str]:
    """The migrations are files whose names begin with their revision."""
    return frozenset(
        path.name.partition("_")[0] for path in migrations().glob("versions/[0-9]*_*.py")
    )


def _revision(engine: Engine) -> str | None:
    with plain_faults(database_name(engine)), engine.connect() as connection:
        return revision_of(connection)
