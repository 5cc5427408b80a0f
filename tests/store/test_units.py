from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from claims.analysis.records import Party
from claims.errors import InputRefused, SetupError
from claims.store.engine import create_database, database_path, open_engine
from claims.store.faults import explained, plain_faults
from claims.store.reader import all_records, get_record, head
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify_chain
from claims.store.writer import Writer
from tests.conftest import on
from tests.store.worlds import NOW, an_id


def _party(name: str, words: str = "The government") -> Party:
    return Party(id=an_id(name), name=words)


@on("sqlite", reason="its pragmas")
def test_sqlite_is_set_up_to_keep_every_write(engine: Engine) -> None:
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 500,
    }


def test_a_unit_that_fails_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with write_unit(engine) as session:
            Writer(session, "coder", NOW).insert(_party("government"))
            message = "the lights went out"
            raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="lights"):
        fail()
    with read_unit(engine) as session:
        assert all_records(session, Party) == []
        assert head(session).seq == 0
        assert session.scalar(text("SELECT count(*) FROM payload")) == 0


def test_a_second_writer_is_refused_while_the_first_holds_the_lock(
    url: str, engine: Engine
) -> None:
    other = open_engine(url, busy_timeout=0.1)
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert(_party("government"))
        with pytest.raises(SetupError, match="in use by another program"), write_unit(other):
            pass
        with read_unit(other) as reading:
            assert all_records(reading, Party) == []
    with read_unit(other) as reading:
        assert len(all_records(reading, Party)) == 1
    other.dispose()


def test_a_reader_sees_one_moment(engine: Engine) -> None:
    with read_unit(engine) as reading:
        assert all_records(reading, Party) == []
        with write_unit(engine) as session:
            Writer(session, "coder", NOW).insert(_party("government"))
        assert all_records(reading, Party) == []


def test_no_edit_of_several_writers_is_lost(url: str, engine: Engine) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert(_party("government", "0"))

    def count() -> None:
        own = open_engine(url)
        for _ in range(10):
            with write_unit(own) as session:
                held = get_record(session, Party, an_id("government"))
                assert held is not None
                party, version = held
                raised = _party("government", str(int(party.name) + 1))
                Writer(session, "coder", NOW).update(raised, version=version)
        own.dispose()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with read_unit(engine) as session:
        assert get_record(session, Party, an_id("government")) == (_party("government", "40"), 41)
        assert verify_chain(session).intact


def test_what_a_reading_unit_writes_is_refused_or_not_kept(engine: Engine) -> None:
    with suppress(SetupError), read_unit(engine) as session:
        session.execute(text("UPDATE head SET seq = 5"))
    with read_unit(engine) as session:
        assert head(session).seq == 0


def test_a_writer_needs_the_lock(engine: Engine) -> None:
    with read_unit(engine) as session, pytest.raises(ValueError, match="write_unit"):
        Writer(session, "coder", NOW)


def test_a_rule_of_the_schema_refuses_the_record(engine: Engine) -> None:
    with pytest.raises(InputRefused, match="ck_party_name_filled"), write_unit(engine) as session:
        Writer(session, "coder", NOW).insert(_party("nameless", ""))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("no address", "not the address of a database"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://host/claims", "names a postgresql database"),
        ("mysql://host/claims", "not the address|names a mysql database"),
        ("oracle17://host/claims", "names a oracle17 database"),
    ],
)
def test_an_address_that_cannot_be_used(url: str, words: str) -> None:
    with pytest.raises(SetupError, match=words):
        database_path(url)


def test_a_missing_database_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="`claims init`"):
        open_engine(f"sqlite:///{tmp_path / 'missing.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_database_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"the folder .*nowhere does not exist; make it"):
        create_database(f"sqlite:///{tmp_path / 'nowhere' / 'claims.db'}")
    with pytest.raises(SetupError, match="no database can be made at"):
        create_database(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear colleague, " * 100)
    with pytest.raises(SetupError, match="is not a database"):
        open_engine(f"sqlite:///{path}")


@on("sqlite", reason="a damaged file")
def test_a_damaged_database(url: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    with pytest.raises(SetupError, match="is damaged"):
        open_engine(url)


def test_a_database_that_can_only_be_read(sqlite_template: Path) -> None:
    raw = sqlite3.connect(f"file:{sqlite_template}?mode=ro", uri=True)
    with pytest.raises(SetupError, match="can only be read"), plain_faults("claims.db"):
        raw.execute("DELETE FROM claim")
    raw.close()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be opened"), plain_faults("claims.db"):
        sqlite3.connect(tmp_path)


def test_a_fault_of_the_program_stays_one() -> None:
    raw = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError), plain_faults("claims.db"):
        raw.execute("SELEKT 1")
    raw.close()
    assert explained(ValueError("x"), "claims.db") is None
