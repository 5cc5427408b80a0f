from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine, select

from claims.analysis.canonical import content_hash
from claims.analysis.records import ENTITIES, Record
from claims.store.forms import form_of
from claims.store.reader import all_records, get_record
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify_chain
from claims.store.writer import Writer
from tests.conftest import slow_on_postgresql
from tests.store.undone import undone
from tests.store.worlds import NOW, flood, worlds


def _of(kind: type[Record], records: Sequence[Record]) -> list[Record]:
    return sorted((one for one in records if type(one) is kind), key=lambda one: one.id)


@slow_on_postgresql
@given(records=worlds())
@settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is too large to be shrunk soon
    suppress_health_check=list(HealthCheck),
)
def test_every_record_comes_back_as_it_was(engine: Engine, records: list[Record]) -> None:
    with undone(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
        for kind in ENTITIES:
            found = all_records(session, kind)
            assert sorted(found, key=lambda one: one.id) == _of(kind, records)
            table = form_of(kind).table
            rows = session.execute(select(table.c.id, table.c.content_hash))
            hashes = {row[0]: row[1] for row in rows}
            assert hashes == {one.id: content_hash(one) for one in _of(kind, records)}
        assert verify_chain(session).intact


def test_a_record_comes_back_with_its_version(engine: Engine) -> None:
    records = flood()
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
    with read_unit(engine) as session:
        for record in records:
            assert get_record(session, type(record), record.id) == (record, 1)


def test_some_records_come_back_in_the_order_written(engine: Engine) -> None:
    records = flood(600)
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
    claims = [one for one in records if one.entity == "claim"]
    wanted = [one.id for one in claims[50:590]]
    with read_unit(engine) as session:
        found = all_records(session, type(claims[0]), reversed(wanted))
        assert found == claims[50:590]
        assert all_records(session, type(claims[0]), []) == []
