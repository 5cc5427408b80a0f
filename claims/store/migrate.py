"""Bringing a database to this version's schema, or back to an older one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import IntegrityError

from claims.errors import SchemaOutdated, SetupError
from claims.store.engine import (
    WRITES,
    check_usable,
    create_database,
    database_name,
    open_engine,
)
from claims.store.faults import plain_faults
from claims.store.losses import check_losses, contents
from claims.store.revisions import check_none_of_others, head, known, migrations, newer, revision_of

DERIVED = "DERIVED"
"""What a migration calls its list of tables that are made again from the others."""


def config() -> Config:
    """Alembic's configuration, the same for a checkout and for an installed package."""
    made = Config()
    made.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


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
    if not known(revision):
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
        found = revision_of(connection)
    if found is not None and not known(found):
        raise SchemaOutdated(newer(name, found))
    check_none_of_others(tables, name)


def _derived() -> frozenset[str]:
    scripts = _scripts().walk_revisions()
    return frozenset(name for one in scripts for name in getattr(one.module, DERIVED, ()))


def _config_on(connection: Connection) -> Config:
    settings = config()
    settings.attributes["connection"] = connection
    return settings


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())
