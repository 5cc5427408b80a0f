from __future__ import annotations

import pytest
from sqlalchemy import create_engine, select, union_all

from claims.store.tables import METADATA
from tests.ordering import watch

SOURCE = METADATA.tables["source"].c


@pytest.mark.parametrize(
    "statement",
    [
        select(SOURCE.id).order_by(SOURCE.name),
        select(SOURCE.id).order_by(SOURCE.pk, SOURCE.name.desc()),
        select(select(SOURCE.id).order_by(SOURCE.name).limit(3).subquery().c.id),
        union_all(
            select(select(SOURCE.id).order_by(SOURCE.name).subquery().c.id), select(SOURCE.id)
        ),
    ],
)
def test_sorting_by_a_text_is_noticed(statement: object) -> None:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    watch(engine)
    with (
        engine.connect() as connection,
        pytest.raises(AssertionError, match=r"in Python: \['source\.name"),
    ):
        connection.execute(statement)  # type: ignore[call-overload]  # any of them
    engine.dispose()


def test_sorting_by_a_number_passes() -> None:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    watch(engine)
    with engine.connect() as connection:
        wanted = select(SOURCE.name, SOURCE.id).order_by(SOURCE.pk.desc(), SOURCE.id)
        assert connection.execute(wanted).all() == []
    engine.dispose()
