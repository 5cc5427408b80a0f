from __future__ import annotations

import re
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from pytest_alembic.tests import (  # noqa: F401 (collected from here)
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from claims.errors import SchemaOutdated, SetupError
from claims.store import migrate, revisions
from claims.store.engine import create_database, database_path, open_engine
from claims.store.reader import all_records, head
from claims.store.tables import METADATA, audit, search
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.conftest import on
from tests.store.schema import schema, schema_of
from tests.store.worlds import NOW, flood


@pytest.fixture
def alembic_config() -> Config:
    return migrate.config()


@pytest.fixture
def alembic_engine(empty_url: str) -> Iterator[Engine]:
    create_database(empty_url)
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def test_the_migrations_make_what_the_tables_say(url: str, tmp_path: Path) -> None:
    """Alembic's own comparison does not see CHECKs on SQLite; the schema's own words do."""
    path = tmp_path / "models.db"
    engine = create_engine(f"sqlite:///{path}")
    if url.startswith("postgresql"):
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA models"))
        engine = engine.execution_options(schema_translate_map={None: "models"})
    METADATA.create_all(engine)
    with engine.connect() as connection:
        wanted = schema_of(connection, "models")
    engine.dispose()
    made = schema(url)
    derived = (search.PREFIX, audit.PREFIX)
    assert {n for n in made if not any(one in n for one in derived)} == set(wanted)
    assert {name: made[name] for name, lines in wanted.items() if made[name] != lines} == {}
    assert sum("CHECK" in line for lines in wanted.values() for line in lines) > 150


def test_the_schema_is_valid_for_postgresql() -> None:
    """No type of one engine alone, and no name that PostgreSQL would cut off."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy
    statements = [
        str(CreateTable(table).compile(dialect=dialect)) for table in METADATA.sorted_tables
    ]
    indexes = [index for table in METADATA.sorted_tables for index in table.indexes]
    statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    names = {
        name for one in statements for name in re.findall(r"(?:CONSTRAINT|INDEX|TABLE) (\w+)", one)
    }
    assert {name for name in names if len(name) > 63} == set()
    assert all("JSON" not in one and "CASCADE" not in one for one in statements)


def test_every_constraint_has_a_name() -> None:
    nameless = [
        f"{table.name}: {constraint}"
        for table in METADATA.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert nameless == []


@on("sqlite", reason="who may read a file")
def test_an_empty_place_gets_a_database_that_only_its_owner_may_read(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    assert stat.S_IMODE(database_path(empty_url).stat().st_mode) == 0o600


def test_an_empty_place_gets_all_tables(empty_url: str) -> None:
    assert revisions.current(empty_url) is None
    migrate.upgrade(empty_url)
    assert revisions.current(empty_url) == revisions.head()
    engine = open_engine(empty_url)
    revisions.require_current(engine)
    with read_unit(engine) as session:
        assert head(session).seq == 0
    engine.dispose()


def test_upgrading_what_is_current_changes_nothing(url: str, engine: Engine) -> None:
    records = flood()
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
    migrate.upgrade(url)
    with read_unit(engine) as session:
        assert [one for kind in {type(r) for r in records} for one in all_records(session, kind)]
        assert head(session).seq == len(records) + 1  # and the snapshot's custody


@on("sqlite", reason="PostgreSQL never stops checking them")
def test_references_are_checked_again_after_migrating(url: str) -> None:
    migrate.upgrade(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


@on("sqlite", reason="PostgreSQL never stops checking them")
def test_an_upgrade_that_would_lose_references_is_undone(url: str) -> None:
    newest = ScriptDirectory.from_config(migrate.config()).get_revision(revisions.head())
    before = str(newest.down_revision)
    migrate.downgrade(url, before, force=True)
    with sqlite3.connect(database_path(url)) as raw:
        raw.execute("INSERT INTO speaker (pk, claim_pk, position, source_pk) VALUES (1, 77, 0, 77)")
    raw.close()
    held = schema(url)
    with pytest.raises(SetupError, match="refers to missing rows"):
        migrate.upgrade(url)
    assert (revisions.current(url), schema(url)) == (before, held)


def _set_revision(engine: Engine, revision: str | None) -> None:
    with write_unit(engine) as session:
        session.execute(text("DELETE FROM alembic_version"))
        if revision is not None:
            session.execute(text("INSERT INTO alembic_version VALUES (:r)"), {"r": revision})


def test_a_schema_of_the_future_is_refused(url: str, engine: Engine) -> None:
    _set_revision(engine, "9999")
    with pytest.raises(SchemaOutdated, match=r"9999.*install the version that wrote it"):
        revisions.require_current(engine)
    with pytest.raises(SchemaOutdated, match="install the version"):
        migrate.upgrade(url)


def test_an_older_schema_is_refused_with_the_command(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "head", lambda: "9998")
    with pytest.raises(SchemaOutdated, match=r"older schema \d{4} .*`claims db upgrade`"):
        revisions.require_current(engine)


def test_a_database_without_tables_is_refused_with_the_command(engine: Engine) -> None:
    _set_revision(engine, None)
    with pytest.raises(SchemaOutdated, match="`claims init`"):
        revisions.require_current(engine)


def test_a_command_that_is_suggested_names_the_database(engine: Engine) -> None:
    _set_revision(engine, None)
    with pytest.raises(SchemaOutdated, match=r"`claims init --db x\.db`"):
        revisions.require_current(engine, flags=" --db x.db")


def test_the_database_of_another_program_is_left_alone(empty_url: str) -> None:
    create_database(empty_url)
    engine = open_engine(empty_url)
    with write_unit(engine) as session:
        session.execute(text("CREATE TABLE photos (name TEXT)"))
    with pytest.raises(SetupError, match="something else") as refused:
        revisions.require_current(engine)
    assert "claims init" not in str(refused.value)
    engine.dispose()
    with pytest.raises(SetupError, match="something else"):
        migrate.upgrade(empty_url)
    assert schema(empty_url).keys() == {"photos"}


def test_a_file_name_may_hold_signs_that_mean_something_in_addresses(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/100 % of #1.db"
    migrate.upgrade(url)
    assert revisions.current(url) == revisions.head()
    assert (tmp_path / "100 % of #1.db").is_file()


def test_migrations_are_not_written_as_a_script() -> None:
    with pytest.raises(SystemExit, match="run them with a connection"):
        command.upgrade(migrate.config(), "head", sql=True)


def test_the_revisions_are_those_of_the_migrations() -> None:
    """They are read from the names of the files, since Alembic takes long to import."""
    scripts = ScriptDirectory.from_config(migrate.config())
    assert revisions.head() == scripts.get_current_head()
    assert all(revisions.known(one.revision) for one in scripts.walk_revisions())
    assert not revisions.known("9999")
