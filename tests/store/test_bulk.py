"""Very many rows at once: stored as any other rows are, under every rule of the schema, or not."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from claims.store.bulk import insert_columns, uncollected
from claims.store.tables import METADATA
from claims.store.unit import read_unit, write_unit
from tests.store.worlds import an_id

TABLE = METADATA.tables["baseline"]
FILE, OTHER = an_id("file"), an_id("other file")
WHEN = "2026-01-01T00:00:00.000000Z"
HOSTILE = (
    *("a\tb", "a\nb", "a\r\nb", "\\N", "\\.", "\\", "a\\tb", "", " ", "'; DROP TABLE baseline; --"),
    *('"quoted"', "{1,2}", "NULL", "ё ə 漢字 👩‍🚒", "\u202eback", "\x01\x7f", "x" * 100_000),
)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A writing unit on an empty database."""
    with write_unit(engine) as opened:
        yield opened


def _columns(keys: Sequence[str | None], **other: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Rows of what a file said, a record for each key."""
    number = len(keys)
    return {
        "pk": range(1, number + 1),
        "namespace": [FILE] * number,
        "record": [an_id(f"row {at}") for at in range(number)],
        "entity": ["claim"] * number,
        "key": keys,
        "content_hash": ["0" * 64] * number,
        "created_by": ["coder"] * number,
        "created_at": [WHEN] * number,
        **other,
    }


def _rows(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _held(session: Session) -> list[dict[str, Any]]:
    found = session.execute(select(TABLE).order_by(TABLE.c.pk)).mappings()
    return [dict(row) for row in found]


def test_rows_come_back_as_they_were_given(session: Session) -> None:
    columns = _columns(["r1", None, *HOSTILE])
    insert_columns(session, TABLE, columns)
    assert _held(session) == _rows(columns)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.none() | st.text(st.characters(exclude_characters="\0", codec="utf-8"))))
def test_any_text_comes_back(session: Session, keys: list[str | None]) -> None:
    session.execute(delete(TABLE))
    insert_columns(session, TABLE, _columns(keys))
    assert [row["key"] for row in _held(session)] == keys


def test_they_are_stored_as_rows_that_are_inserted_one_by_one(session: Session) -> None:
    columns = _columns(["r1", None])
    session.execute(insert(TABLE), _rows({**columns, "namespace": [OTHER] * 2}))
    insert_columns(session, TABLE, {**columns, "pk": [3, 4]})
    raw = "SELECT record, entity, key, content_hash, created_by, created_at FROM baseline"
    first, second, *bulk = session.execute(text(f"{raw} ORDER BY pk")).all()
    assert bulk == [first, second]
    found = select(TABLE.c.pk).where(TABLE.c.namespace == FILE, TABLE.c.record == an_id("row 1"))
    assert session.scalars(found).all() == [4]


def test_columns_come_in_any_order_and_those_left_out_are_empty(session: Session) -> None:
    columns = _columns(["r1"])
    told = {name: columns[name] for name in reversed(columns) if name != "key"}
    insert_columns(session, TABLE, told)
    assert _held(session) == _rows({**columns, "key": [None]})


def test_no_rows_are_no_trouble(session: Session) -> None:
    insert_columns(session, TABLE, _columns([]))
    assert _held(session) == []


@pytest.mark.parametrize(
    "broken",
    [
        {"entity": ["claim", "claim", ""]},
        {"content_hash": ["0" * 64, "0" * 64, "short"]},
        {"record": [an_id("seven"), an_id("eight"), an_id("seven")]},
        {"pk": [1, 2, 1]},
        {"created_by": ["coder", "coder", None]},
        {"created_at": [WHEN, WHEN, "yesterday"]},
    ],
    ids=lambda broken: next(iter(broken)),
)
def test_one_row_against_a_rule_of_the_schema_refuses_all(
    session: Session, broken: Mapping[str, Sequence[Any]]
) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        insert_columns(session, TABLE, _columns(["r1", "r2", "r3"], **broken))
    assert _held(session) == []
    insert_columns(session, TABLE, _columns(["again"]))
    assert [row["key"] for row in _held(session)] == ["again"]


def test_a_column_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(DBAPIError, match="colour"), session.begin_nested():
        insert_columns(session, TABLE, _columns(["r1"], colour=["red"]))
    assert _held(session) == []


def test_columns_of_unequal_length_are_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="zip"), session.begin_nested():
        insert_columns(session, TABLE, _columns(["r1", "r2"], created_by=["coder"]))
    assert _held(session) == []


def test_they_belong_to_the_open_unit(engine: Engine) -> None:
    with write_unit(engine) as session:
        insert_columns(session, TABLE, _columns(["r1"]))
        with read_unit(engine) as beside:
            assert _held(beside) == []
        session.rollback()
    with read_unit(engine) as after:
        assert _held(after) == []


def test_what_a_unit_commits_is_held(engine: Engine) -> None:
    with write_unit(engine) as session:
        insert_columns(session, TABLE, _columns(["r1"]))
    with read_unit(engine) as after:
        (row,) = _held(after)
    assert (row["key"], type(row["record"])) == ("r1", UUID)


@pytest.mark.parametrize("running", [True, False])
def test_the_search_for_rubbish_is_paused_and_left_as_it_was(*, running: bool) -> None:
    before = gc.isenabled()
    (gc.enable if running else gc.disable)()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() is running
        with pytest.raises(ZeroDivisionError), uncollected():
            _ = 1 / 0
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()
