from __future__ import annotations

import re
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
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
from claims.store import migrate
from claims.store.engine import create_database, open_engine
from claims.store.reader import all_records, head
from claims.store.tables import METADATA
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, flood


@pytest.fixture
def alembic_config() -> Config:
    return migrate.config()


@pytest.fixture
def alembic_engine(tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'migrated.db'}"
    create_database(url)
    engine = open_engine(url)
    yield engine
    engine.dispose()


def _ddl(path: Path) -> dict[str, list[str]]:
    """By name: the rules and columns that SQLite keeps for each table and index, in any order."""
    with sqlite3.connect(path) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    raw.close()
    found = {name: sorted(re.split(r",?\s*\n\s*", sql.strip())) for name, sql in rows}
    found.pop(migrate.VERSION_TABLE, None)
    return found


def test_the_migrations_make_what_the_tables_say(template: Path, tmp_path: Path) -> None:
    """Alembic's own comparison does not see CHECKs on SQLite; the text of the schema does."""
    path = tmp_path / "models.db"
    engine = create_engine(f"sqlite:///{path}")
    METADATA.create_all(engine)
    engine.dispose()
    made, wanted = _ddl(template), _ddl(path)
    assert made.keys() == wanted.keys()
    assert {name: lines for name, lines in made.items() if lines != wanted[name]} == {}
    assert sum("CHECK" in line for lines in made.values() for line in lines) > 150


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


def test_an_empty_place_gets_a_database_that_only_its_owner_may_read(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    url = f"sqlite:///{path}"
    assert migrate.current(url) is None
    migrate.upgrade(url)
    assert migrate.current(url) == migrate.head()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    engine = open_engine(url)
    migrate.require_current(engine)
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


def test_references_are_checked_again_after_migrating(url: str) -> None:
    migrate.upgrade(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_an_upgrade_that_would_lose_references_is_undone(url: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "claims.db") as raw:
        raw.execute("INSERT INTO speaker (pk, claim_pk, position, source_pk) VALUES (1, 77, 0, 77)")
        raw.execute("DELETE FROM alembic_version")
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN"
            " ('speaker', 'alembic_version')"
        ).fetchall():
            raw.execute(f'DROP TABLE "{name}"')
        raw.execute("ALTER TABLE speaker RENAME TO kept")
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall():
            raw.execute(f'DROP INDEX "{name}"')
    raw.close()
    with pytest.raises(SetupError, match="refers to missing rows"):
        migrate.upgrade(url)
    with sqlite3.connect(tmp_path / "claims.db") as raw:
        tables = {
            name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    raw.close()
    assert tables == {"kept", "alembic_version"}


def _set_revision(engine: Engine, revision: str | None) -> None:
    with write_unit(engine) as session:
        session.execute(text("DELETE FROM alembic_version"))
        if revision is not None:
            session.execute(text("INSERT INTO alembic_version VALUES (:r)"), {"r": revision})


def test_a_schema_of_the_future_is_refused(url: str, engine: Engine) -> None:
    _set_revision(engine, "9999")
    with pytest.raises(SchemaOutdated, match=r"9999.*install the version that wrote it"):
        migrate.require_current(engine)
    with pytest.raises(SchemaOutdated, match="install the version"):
        migrate.upgrade(url)


def test_an_older_schema_is_refused_with_the_command(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "head", lambda: "0002")
    with pytest.raises(SchemaOutdated, match=r"older schema 0001.*`claims db upgrade`"):
        migrate.require_current(engine)


def test_a_database_without_tables_is_refused_with_the_command(engine: Engine) -> None:
    _set_revision(engine, None)
    with pytest.raises(SchemaOutdated, match="`claims init`"):
        migrate.require_current(engine)


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE photos (name TEXT)")
    raw.close()
    with pytest.raises(SetupError, match="something else"):
        migrate.upgrade(f"sqlite:///{path}")
    assert _ddl(path).keys() == {"photos"}


def test_a_file_name_may_hold_signs_that_mean_something_in_addresses(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/100 % of #1.db"
    migrate.upgrade(url)
    assert migrate.current(url) == migrate.head()
    assert (tmp_path / "100 % of #1.db").is_file()


def test_migrations_are_not_written_as_a_script() -> None:
    with pytest.raises(SystemExit, match="run them with a connection"):
        command.upgrade(migrate.config(), "head", sql=True)
