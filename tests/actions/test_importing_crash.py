"""Imports that are killed, or run out of room: nothing of them is kept, and they can go again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Select, func, select

from claims.store.engine import open_engine
from claims.store.reader import head
from claims.store.tables import METADATA
from claims.store.unit import read_unit
from claims.store.verify import verify
from tests.actions import importing_alone, tables_made
from tests.conftest import slow_on_postgresql

ROOT = Path(__file__).parents[2]
KILLED = -9

Import = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def importing(any_url: str, tmp_path: Path) -> Import:
    """What imports so many rows into the database of this test, to some end."""
    mapping = tables_made.mapping(tmp_path)

    def run(number: int, *end: object) -> subprocess.CompletedProcess[str]:
        table = tmp_path / f"{number}.csv"
        if not table.exists():
            tables_made.write(table, tables_made.rows(number))
        words = [importing_alone.__file__, any_url, str(table), str(mapping), *map(str, end)]
        return subprocess.run(
            [sys.executable, *words],
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def _held(url: str) -> dict[str, int]:
    """How many rows each table has, once it is sure that all of it is whole."""
    engine = open_engine(url)
    with read_unit(engine) as session:
        assert verify(session).intact
        assert head(session).seq == session.scalar(_count("change"))
        found = {name: session.scalar(_count(name)) or 0 for name in METADATA.tables}
    engine.dispose()
    return {name: count for name, count in found.items() if count}


def _count(table: str) -> Select[int]:
    return select(func.count()).select_from(METADATA.tables[table])


def _nothing_stays(
    url: str, importing: Import, number: int, moments: list[tuple[object, ...]]
) -> None:
    before = _held(url)
    for moment in moments:
        assert importing(number, *moment).returncode == KILLED
        assert _held(url) == before
    done = importing(number, "well")
    assert done.stdout == "stored\n", done.stderr
    assert _held(url)["claim"] == number
    again = importing(number, "well")
    assert again.stdout == "unchanged\n", (again.returncode, again.stderr)


@slow_on_postgresql
def test_of_an_import_that_is_killed_nothing_stays(any_url: str, importing: Import) -> None:
    _nothing_stays(any_url, importing, 2_500, [("row", 2_000), ("commit",)])


def _nothing_stays_without_room(url: str, importing: Import, number: int, room: int) -> None:
    before = _held(url)
    told = importing(number, "room", room)
    assert "is full" in told.stdout or "cannot be read or written" in told.stdout, told
    assert told.returncode == 0
    assert _held(url) == before
    done = importing(number, "well")
    assert done.stdout == "stored\n", (done.returncode, done.stderr)
    assert _held(url)["claim"] == number


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_of_an_import_without_room_nothing_stays(any_url: str, importing: Import) -> None:
    _nothing_stays_without_room(any_url, importing, 2_500, 3_000_000)


@pytest.mark.slow
def test_of_100_000_rows_that_are_killed_nothing_stays(any_url: str, importing: Import) -> None:
    moments = [("row", row) for row in (1, 50_000, 99_999)]
    _nothing_stays(any_url, importing, 100_000, [*moments, ("commit",)])


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_of_100_000_rows_without_room_nothing_stays(any_url: str, importing: Import) -> None:
    _nothing_stays_without_room(any_url, importing, 100_000, 60_000_000)
