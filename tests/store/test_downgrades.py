"""Stepping back to older schemas and up again, and being killed on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event

from claims.analysis.canonical import content
from claims.analysis.records import Inquiry, Record
from claims.errors import SchemaOutdated, SetupError
from claims.store import migrate, revisions
from claims.store.engine import database_path, open_engine
from claims.store.forms import forms
from claims.store.reader import all_records
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify, verify_chain
from claims.store.writer import Writer
from tests.postgres import Server
from tests.store import killed_upgrades
from tests.store.everything import everything
from tests.store.schema import digests, schema
from tests.store.worlds import NOW

ROOT = Path(__file__).parents[2]
Digests = Mapping[str, Mapping[str, str]]


def _revisions() -> list[str]:
    """All schemas, the newest first."""
    scripts = ScriptDirectory.from_config(migrate.config()).walk_revisions()
    return [one.revision for one in scripts]


def _fill(engine: Engine, *, but: type[Record] | None = None) -> None:
    """Writes a record of every kind, ``but`` for one that an older schema cannot hold."""
    records = [one for one in everything() if type(one) is not but]
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)


def _contents(engine: Engine) -> dict[type[Record], list[str]]:
    """What the records of each kind hold, as the hashes of contents cover it."""
    with read_unit(engine) as session:
        assert verify_chain(session).intact
        return {
            form.kind: [content(one) for one in all_records(session, form.kind)] for form in forms()
        }


def _same(held: Digests, wanted: Digests) -> Digests:
    """What differs in the columns that both have."""
    return {
        name: {
            one: value for one, value in columns.items() if wanted[name].get(one, value) != value
        }
        for name, columns in held.items()
        if any(wanted.get(name, {}).get(one, value) != value for one, value in columns.items())
    }


def test_down_and_up_again_keeps_all_that_the_older_schema_can_hold(
    url: str, engine: Engine
) -> None:
    _fill(engine)
    engine.dispose()
    at_head, tables, made = digests(url), schema(url), _contents(engine)
    engine.dispose()
    held = at_head
    for older in _revisions()[1:]:
        migrate.downgrade(url, older, force=True)
        held = digests(url)
        assert revisions.current(url) == older
        assert held["claim"] == at_head["claim"]
        assert _same(held, at_head) == {}
        with pytest.raises(SchemaOutdated, match=f"older schema {older}"):
            revisions.require_current(engine)
        engine.dispose()
    migrate.upgrade(url)
    assert schema(url) == tables
    assert _same(digests(url), {name: held.get(name, {}) for name in at_head}) == {}
    kept = {kind: texts for kind, texts in _contents(engine).items() if kind.entity in held}
    assert kept == {kind: made[kind] for kind in kept}
    assert len(kept) >= 19
    engine.dispose()
    for older in reversed(_revisions()[:-1]):  # and each step by itself
        migrate.downgrade(url, older, force=True)
        migrate.upgrade(url)
    assert schema(url) == tables
    assert {kind: _contents(engine)[kind] for kind in kept} == kept


def test_a_migration_raises_no_false_alarm(url: str, engine: Engine) -> None:
    _fill(engine, but=Inquiry)
    engine.dispose()
    migrate.downgrade(url, "0002")
    migrate.upgrade(url)
    with read_unit(engine) as session:
        assert verify(session).breaks == ()
    engine.dispose()


_LOST = (
    r"action \(1 row\), inquiry \(1 row\), inquiry_claim \(1 row\), review \(1 row\); nothing was"
)


def test_a_step_back_that_would_lose_something_is_refused(url: str, engine: Engine) -> None:
    _fill(engine)
    engine.dispose()
    held, tables = digests(url), schema(url)
    with pytest.raises(SetupError, match=_LOST) as no:
        migrate.downgrade(url, "0001")
    assert "claim" not in str(no.value).replace("claims", "").replace("inquiry_claim", "")
    assert (revisions.current(url), digests(url), schema(url)) == (revisions.head(), held, tables)
    migrate.downgrade(url, "0001", force=True)
    assert revisions.current(url) == "0001"
    assert digests(url).keys() == held.keys() - {"action", "review", "inquiry", "inquiry_claim"}


def test_a_step_back_without_a_loss_needs_no_force(url: str) -> None:
    migrate.downgrade(url, "0001")
    assert revisions.current(url) == "0001"


def test_there_is_no_such_schema(url: str) -> None:
    with pytest.raises(SetupError, match=f"no schema 9999; the newest is {revisions.head()}"):
        migrate.downgrade(url, "9999")


def test_a_column_that_would_be_lost_is_named(url: str, engine: Engine) -> None:
    _fill(engine)
    with write_unit(engine) as session:
        session.connection().exec_driver_sql("UPDATE change SET act = 'erase' WHERE seq = 2")
    engine.dispose()
    with pytest.raises(SetupError, match=r"action \(1 row\), change\.act \(1 row\), inquiry"):
        migrate.downgrade(url, "0001")


@pytest.fixture
def copies(backend: str, url: str, request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Copies of a database that is filled and of the first schema."""
    engine = open_engine(url)
    _fill(engine)
    engine.dispose()
    migrate.downgrade(url, "0001", force=True)
    with ExitStack() as stack:
        if backend == "sqlite":
            paths = [database_path(url).with_name(f"{number}.db") for number in range(5)]
            yield [f"sqlite:///{shutil.copy(database_path(url), path)}" for path in paths]
        else:
            server: Server = request.getfixturevalue("postgres")
            name = url.partition("?")[0].rpartition("/")[2]
            yield [stack.enter_context(server.database(name)) for _ in range(5)]


def _statements(url: str) -> int:
    """How many statements an upgrade runs; only its second commit keeps what they did."""
    seen: list[str] = []
    commits: list[Connection] = []

    def count(connection: Connection) -> None:
        commits.append(connection)

    def keep(_: Connection, __: object, statement: str, *___: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    event.listen(Engine, "commit", count)
    try:
        migrate.upgrade(url)
    finally:
        event.remove(Engine, "before_cursor_execute", keep)
        event.remove(Engine, "commit", count)
    assert len(commits) == 2
    return len(seen)


def test_an_upgrade_that_is_killed_leaves_the_old_schema(copies: list[str]) -> None:
    *killed, whole = copies
    held, tables = digests(whole), schema(whole)
    steps = _statements(whole)
    assert steps > 20
    moments = [str(steps // 3), str(steps * 2 // 3), str(steps - 2), "commit"]
    words = [f"{moment}={url}" for moment, url in zip(moments, killed, strict=True)]
    found = subprocess.run(
        [sys.executable, killed_upgrades.__file__, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == [str(int(signal.SIGKILL))] * len(killed), found.stderr
    for url in killed:
        assert (revisions.current(url), digests(url), schema(url)) == ("0001", held, tables)
        migrate.upgrade(url)
        assert (revisions.current(url), schema(url)) == (revisions.head(), schema(whole))
        assert digests(url)["claim"] == held["claim"]
