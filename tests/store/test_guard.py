"""What is read is what was written, or an error is told; see also ``test_damage``."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Engine, text

from claims.analysis.records import Claim, Place
from claims.errors import VerificationFailed
from claims.store.engine import open_engine
from claims.store.guard import check_file
from claims.store.reader import all_records
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.conftest import on
from tests.store.worlds import NOW, flood


@pytest.fixture
def held(engine: Engine) -> Engine:
    with write_unit(engine) as session:
        Writer(session, "a keeper", NOW).insert_all(flood(5))
    return engine


def alter(engine: Engine, statement: str) -> None:
    with write_unit(engine) as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claim SET value_expression = '80' WHERE pk = 3",
        "UPDATE claim SET stance = 'denies' WHERE pk = 3",
        "UPDATE claim SET content_hash = (SELECT hash FROM head) WHERE pk = 3",
        "UPDATE speaker SET verb = 'denied' WHERE claim_pk = 3 AND position = 1",
        "DELETE FROM speaker WHERE claim_pk = 3 AND position = 1",
        "UPDATE claim_passage SET passage_pk = 1 WHERE claim_pk = 3",
    ],
)
def test_an_altered_record_is_not_read(held: Engine, statement: str) -> None:
    with read_unit(held) as session:
        assert len(all_records(session, Claim)) == 5
    alter(held, statement)
    with read_unit(held) as session, pytest.raises(VerificationFailed, match="the claim "):
        all_records(session, Claim)


def test_what_no_record_can_hold_is_not_read(held: Engine) -> None:
    alter(held, "UPDATE place SET names = '{' WHERE pk = 1")
    with read_unit(held) as session, pytest.raises(VerificationFailed, match="cannot be read"):
        all_records(session, Place)


def test_a_head_that_is_not_of_the_last_change_is_told(held: Engine) -> None:
    with read_unit(held) as session:
        check_file(session)
    alter(held, "UPDATE head SET seq = seq + 1")
    with read_unit(held) as session, pytest.raises(VerificationFailed, match="the head"):
        check_file(session)


@on("sqlite", reason="PostgreSQL sees to its own files")
def test_rows_that_are_found_no_more_are_told(held: Engine, url: str) -> None:
    """The index by which a report finds its claims was emptied; each row is as it was."""
    held.dispose()
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_claim_document_pk'"
        ).fetchone()
    with open(path, "r+b") as file:  # noqa: PTH123 (the file as it is)
        file.seek((page - 1) * 4096)
        file.write(b"\x0a" + bytes(4) + b"\x10\x00\x00")  # an index without entries
    engine = open_engine(url)
    with read_unit(engine) as session:
        assert len(all_records(session, Claim)) == 5
        found = session.execute(text("SELECT pk FROM claim WHERE document_pk = 1")).all()
        assert found == []
        with pytest.raises(VerificationFailed, match="the database is damaged"):
            check_file(session)
    engine.dispose()
