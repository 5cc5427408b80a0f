"""The schema and its versions: where the migrations are, and whether a database is up to date."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import IntegrityError

from claims.errors import SchemaOutdated, SetupError
from claims.store.address import is_postgresql
from claims.store.engine import (
    WRITES,
    check_usable,
    create_database,
    database_name,
    database_path,
    open_engine,
)
from claims.store.faults import plain_faults
from claims.store.losses import check_losses, contents

VERSION_TABLE = "alembic_version"
"""Where a database keeps the revision of its schema."""

DERIVED = "DERIVED"
"""What a migration calls its list of tables that are made again from the others."""


def config() -> Config:
    """Alembic's configuration, the same for a checkout and for an installed package."""
    made = Config()
    made.set_main_option("script_location", str(_migrations()).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def head() -> str:
    """The revision of the schema that this version reads and writes."""
    return str(_scripts().get_current_head())


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


def upgrade(url: str) -> None:
    """Bring the database at ``url`` to this version's schema, all of it or nothing.

    A new SQLite file is made, and can be read by its owner alone; a PostgreSQL database must be
    there, and empty or one of claims.

    Raises:
        SetupError: the database cannot be opened or made, or holds other tables than ours.
        SchemaOutdated: a newer version of claims wrote it.
    """
    create_database(url)
    with _writing(url) as connection:
        _check_upgradable(connection, database_name(connection.engine))
        command.upgrade(_config_on(connection), "head")


def downgrade(url: str, revision: str, *, force: bool = False) -> None:
    """Take the database at ``url`` back to an older schema, all of it or nothing.

    Args:
        url: the database's address.
        revision: the older schema, such as ``0001``.
        force: throw away what the older schema cannot hold.

    Raises:
        SetupError: there is no such older schema, or it cannot hold something that is in the
            database; the message names the tables and columns. Nothing was changed.
        SchemaOutdated: a newer version of claims wrote the database.
    """
    if not _known(revision):
        message = f"there is no schema {revision}; the newest is {head()}"
        raise SetupError(message)
    with _writing(url) as connection:
        name = database_name(connection.engine)
        _check_upgradable(connection, name)
        settings = _config_on(connection)
        if not force:
            settings.attributes["before"] = partial(contents, derived=_derived())
            settings.attributes["after"] = partial(check_losses, name=name, revision=revision)
        try:
            command.downgrade(settings, revision)
        except IntegrityError as error:
            message = (
                f"the schema {revision} cannot hold all records of the database {name}"
                f" ({error.orig}); nothing was changed"
            )
            raise SetupError(message) from error


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
    elif _known(found):
        message = (
            f"the database {name} has the older schema {found} and this version needs {head()};"
            f" make a copy and run `claims db upgrade{flags}`"
        )
    else:
        message = _newer(name, found)
    raise SchemaOutdated(message)


@contextmanager
def _writing(url: str) -> Iterator[Connection]:
    engine = open_engine(url)
    writing = engine.execution_options(**{WRITES: True})
    try:
        with plain_faults(database_name(engine)), writing.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _check_upgradable(connection: Connection, name: str) -> None:
    """Refuse what a migration would spoil; nothing stays locked or begun."""
    with connection.begin():
        check_usable(connection)
        tables = set(inspect(connection).get_table_names())
        found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and not _known(found):
        raise SchemaOutdated(_newer(name, found))
    _check_none_of_others(tables, name)


def _check_ours(engine: Engine, name: str) -> None:
    with plain_faults(name), engine.connect() as connection:
        _check_none_of_others(set(inspect(connection).get_table_names()), name)


def _check_none_of_others(tables: AbstractSet[str], name: str) -> None:
    if tables and VERSION_TABLE not in tables:
        message = f"the database {name} holds tables of something else; name another database"
        raise SetupError(message)


def _derived() -> frozenset[str]:
    scripts = _scripts().walk_revisions()
    return frozenset(name for one in scripts for name in getattr(one.module, DERIVED, ()))


def _config_on(connection: Connection) -> Config:
    settings = config()
    settings.attributes["connection"] = connection
    return settings


def _revision(engine: Engine) -> str | None:
    with plain_faults(database_name(engine)), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _known(revision: str) -> bool:
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def _newer(name: str, found: str) -> str:
    return (
        f"the database {name} has the schema {found}, which this version of claims does not know;"
        " install the version that wrote it, or a later one"
    )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def _migrations() -> Path:
    """The folder of migrations: inside an installed package, beside the package in a checkout."""
    package = Path(__file__).parents[1]
    carried = package / "_alembic"
    return carried if carried.is_dir() else package.parent / "alembic"
