"""The schema and its versions: where the migrations are, and whether a database is up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect

from claims.errors import SchemaOutdated, SetupError
from claims.store.engine import WRITES, create_database, database_name, database_path, open_engine
from claims.store.faults import plain_faults

VERSION_TABLE = "alembic_version"
"""Where a database keeps the revision of its schema."""


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
    if not database_path(url).is_file():
        return None
    engine = open_engine(url)
    try:
        return _revision(engine)
    finally:
        engine.dispose()


def upgrade(url: str) -> None:
    """Bring the database at ``url`` to this version's schema, all of it or nothing; make it if new.

    A new file can be read by its owner alone.

    Raises:
        SetupError: the database cannot be opened or made, or holds other tables than ours.
        SchemaOutdated: a newer version of claims wrote it.
    """
    create_database(url)
    engine = open_engine(url)
    writing = engine.execution_options(**{WRITES: True})
    try:
        with plain_faults(database_name(engine)), writing.connect() as connection:
            _check_upgradable(connection, database_name(engine))
            _run(connection)
    finally:
        engine.dispose()


def require_current(engine: Engine) -> None:
    """Refuse a database whose schema is not the one this version reads and writes.

    Raises:
        SchemaOutdated: the schema is older, newer or not there; the message names the command.
    """
    found, name = _revision(engine), database_name(engine)
    if found == head():
        return
    if found is None:
        message = f"the database {name} holds no tables of claims; run `claims init`"
    elif _known(found):
        message = (
            f"the database {name} has the older schema {found} and this version needs {head()};"
            " make a copy and run `claims db upgrade`"
        )
    else:
        message = _newer(name, found)
    raise SchemaOutdated(message)


def _check_upgradable(connection: Connection, name: str) -> None:
    """Refuse what a migration would spoil; nothing stays locked or begun."""
    with connection.begin():
        tables = set(inspect(connection).get_table_names())
        found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and not _known(found):
        raise SchemaOutdated(_newer(name, found))
    if tables and VERSION_TABLE not in tables:
        message = f"the database {name} holds tables of something else; name another database"
        raise SetupError(message)


def _run(connection: Connection) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


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
