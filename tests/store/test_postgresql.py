"""What PostgreSQL alone can have wrong, and what the person at the keyboard is told."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, text

from claims.analysis.records import Party
from claims.errors import InputRefused, SetupError
from claims.store import migrate
from claims.store import postgresql as of_postgresql
from claims.store.address import database_of
from claims.store.engine import database_name, open_engine
from claims.store.reader import all_records, head
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.postgres import Server
from tests.store.worlds import NOW, an_id

SECRET = "s3cret"  # noqa: S105 (of a server that lives as long as the test)


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    opened = open_engine(postgres_url, busy_timeout=0.3)
    yield opened
    opened.dispose()


@pytest.fixture
def login(postgres: Server, postgres_url: str) -> Iterator[str]:
    """Somebody who needs a password, which is ``s3cret``, and may only read."""
    with _only_here(postgres):
        postgres.run(f"CREATE ROLE locked LOGIN PASSWORD '{SECRET}'")
        with postgres.connect(database_of(postgres_url)) as connection:
            connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO locked")
        yield postgres_url.replace("claims@", f"locked:{SECRET}@")
        with postgres.connect(database_of(postgres_url)) as connection:
            connection.execute("DROP OWNED BY locked")


@contextmanager
def _only_here(server: Server) -> Iterator[None]:
    """Take the user away at the end; only one worker at a time can have it."""
    with server.connect() as connection:
        connection.execute("SELECT pg_advisory_lock(1992)")
        try:
            yield
        finally:
            connection.execute("DROP ROLE IF EXISTS locked")


def _open(url: str) -> str:
    """What opening a database is refused with."""
    with pytest.raises(SetupError) as refused:
        open_engine(url).dispose()
    return str(refused.value)


def test_a_wrong_password_is_named_and_not_repeated(login: str) -> None:
    words = _open(login.replace(SECRET, "0ther"))
    assert "refuses this user or password" in words
    assert "0ther" not in words
    assert "postgresql://locked@/test_" in words


def test_a_user_who_may_only_read_can_read(login: str) -> None:
    engine = open_engine(login)
    with read_unit(engine) as session:
        assert head(session).seq == 0
    with pytest.raises(SetupError, match="you have no right to do this") as no:
        _write(engine)
    assert SECRET not in str(no.value)
    engine.dispose()


def test_a_database_that_is_not_there(postgres: Server) -> None:
    assert "there is no database postgresql://claims@/nowhere" in _open(postgres.url("nowhere"))
    with pytest.raises(SetupError, match="make one there with `createdb`"):
        migrate.upgrade(postgres.url("nowhere"))


@pytest.mark.parametrize("place", ["127.0.0.1:1", "nowhere.invalid"])
def test_a_server_that_is_not_there(place: str) -> None:
    words = _open(f"postgresql://me:{SECRET}@{place}/claims")
    assert f"the server of postgresql://me@{place}/claims cannot be reached" in words
    assert SECRET not in words


def test_an_option_that_the_driver_does_not_know(postgres_url: str) -> None:
    assert "check its options" in _open(f"{postgres_url}&nonsense=1")
    assert "check its options" in _open(f"{postgres_url}&sslmode=nonsense")


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:  # noqa: ANN401 (the interpreter's)
        if name.startswith("psycopg"):
            raise ModuleNotFoundError(name)
        return real(name, *rest, **named)

    for name in [one for one in sys.modules if one.startswith("psycopg")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SetupError, match=r"pip install 'claims\[postgres\]'"):
        open_engine("postgresql://host/claims")


def _write(engine: Engine, name: str = "north") -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert(Party(id=an_id(name), name=name))


def _own_backend(engine: Engine) -> int:
    with read_unit(engine) as session:
        return int(session.scalar(text("SELECT pg_backend_pid()")) or 0)


def test_a_connection_that_was_ended_in_between_is_made_again(
    postgres: Server, engine: Engine
) -> None:
    _write(engine)
    postgres.run(f"SELECT pg_terminate_backend({_own_backend(engine)}, 5000)")
    _write(engine, "south")
    with read_unit(engine) as session:
        assert [one.name for one in all_records(session, Party)] == ["north", "south"]


def test_a_connection_that_is_ended_in_a_unit_keeps_nothing_of_it(
    postgres: Server, engine: Engine
) -> None:
    def written() -> None:
        with write_unit(engine) as session:
            Writer(session, "coder", NOW).insert(Party(id=an_id("north"), name="north"))
            postgres.run(
                f"SELECT pg_terminate_backend({session.scalar(text('SELECT pg_backend_pid()'))})"
            )

    with pytest.raises(SetupError, match="ended the connection"):
        written()
    with read_unit(engine) as session:
        assert all_records(session, Party) == []


def test_a_write_is_on_the_disk_whatever_the_server_says(
    postgres: Server, postgres_url: str
) -> None:
    name = database_of(postgres_url)
    postgres.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    engine = open_engine(postgres_url)
    with write_unit(engine) as session:
        assert session.scalar(text("SHOW synchronous_commit")) == "on"
        assert session.scalar(text("SHOW transaction_isolation")) == "read committed"
    with read_unit(engine) as session:
        assert session.scalar(text("SHOW transaction_isolation")) == "repeatable read"
    engine.dispose()


def test_a_stricter_server_stays_strict(postgres: Server, postgres_url: str) -> None:
    name = database_of(postgres_url)
    postgres.run(f"ALTER DATABASE {name} SET synchronous_commit = remote_apply")
    engine = open_engine(postgres_url)
    with write_unit(engine) as session:
        assert session.scalar(text("SHOW synchronous_commit")) == "remote_apply"
    engine.dispose()


def test_a_reading_unit_cannot_write(engine: Engine) -> None:
    with pytest.raises(SetupError, match="can only be read"), read_unit(engine) as session:
        session.execute(text("UPDATE head SET seq = 5"))


def test_a_database_that_takes_no_writes(postgres: Server, postgres_url: str) -> None:
    name = database_of(postgres_url)
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    engine = open_engine(postgres_url)
    with pytest.raises(SetupError, match="name the server that takes writes"):
        _write(engine)
    engine.dispose()


def test_what_takes_too_long_is_said(postgres: Server, postgres_url: str) -> None:
    postgres.run(f"ALTER DATABASE {database_of(postgres_url)} SET statement_timeout = 20")
    engine = open_engine(postgres_url)
    with pytest.raises(SetupError, match="took too long"), read_unit(engine) as session:
        session.execute(text("SELECT pg_sleep(5)"))
    engine.dispose()


def test_a_nul_in_a_question_to_the_database_is_refused(engine: Engine) -> None:
    with pytest.raises(InputRefused, match="NUL"), read_unit(engine) as session:
        session.execute(text("SELECT 1 FROM party WHERE name = :name"), {"name": "a\0b"})


def test_a_server_without_room(postgres: Server, postgres_url: str) -> None:
    postgres.run(f"ALTER DATABASE {database_of(postgres_url)} CONNECTION LIMIT 0")
    with _only_here(postgres):
        postgres.run("CREATE ROLE locked LOGIN PASSWORD 's3cret'")
        assert "no room for another connection" in _open(
            postgres_url.replace("claims@", f"locked:{SECRET}@")
        )


def test_a_database_that_cannot_hold_every_letter(postgres: Server) -> None:
    name = "latin_" + an_id("latin").hex
    postgres.run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1'")
    with pytest.raises(SetupError, match=r"keeps texts in LATIN1.*--encoding=UTF8"):
        migrate.upgrade(postgres.url(name))
    postgres.run(f"DROP DATABASE {name}")


def test_a_server_that_is_too_old(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_postgresql, "OLDEST", 99)
    with (
        postgres.database() as url,
        pytest.raises(SetupError, match=r"is PostgreSQL \d+ and claims needs 99 or later"),
    ):
        migrate.upgrade(url)


def test_the_lock_is_taken_before_there_are_tables(postgres: Server) -> None:
    with postgres.database() as url:
        first, second = open_engine(url), open_engine(url, busy_timeout=0.1)
        with (
            write_unit(first),
            pytest.raises(SetupError, match="in use by another program"),
            write_unit(second),
        ):
            pass
        first.dispose()
        second.dispose()


def test_the_database_has_a_name_without_its_password(login: str) -> None:
    engine = open_engine(login)
    assert database_name(engine) == login.replace(f":{SECRET}", "").replace("+psycopg", "")
    engine.dispose()
