from __future__ import annotations

import pytest
from sqlalchemy import Engine

from claims.store.unit import read_unit
from claims.store.verify import verify
from tests.conftest import slow_on_postgresql
from tests.store.tampering import DEEDS, populate, tamper, unguarded
from tests.store.undone import undone


@pytest.fixture
def lived_in(engine: Engine) -> Engine:
    populate(engine)
    return engine


def _found(engine: Engine, number: int) -> str | None:
    """What a verification misses of one thing done beneath the program, if it does."""
    missed = None
    with undone(engine) as session:
        unguarded(session)
        done = tamper(session, number)
        session.flush()
        told = "\n".join(map(str, verify(session, kept=done.kept, limit=10_000).breaks))
        for name in done.names:
            if not any(one in told for one in name.split("|")):
                missed = f"{number}: {done.what}: {name!r} is not in: {told[:600] or 'nothing'}"
    return missed


def test_nothing_is_found_where_nothing_was_done(lived_in: Engine) -> None:
    with read_unit(lived_in) as session:
        found = verify(session)
    assert found.breaks == ()
    assert found.changes > 60
    assert len(found.erased) == 1


@slow_on_postgresql
def test_what_is_done_beneath_the_program_is_found_and_named(lived_in: Engine) -> None:
    """Each thing that can be done, once on each engine."""
    missed = [_found(lived_in, number) for number in range(len(DEEDS))]
    assert [one for one in missed if one] == []


@pytest.mark.slow
def test_three_hundred_random_changes_are_found_and_named(lived_in: Engine) -> None:
    missed = [_found(lived_in, number) for number in range(1000, 1300)]
    assert [one for one in missed if one] == []
