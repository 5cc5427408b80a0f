"""The history alone is enough to make every record again as it was after any change."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine

from claims.analysis.canonical import content
from claims.analysis.records import Document, Record
from claims.analysis.vocabulary import Tier
from claims.store.log import payload_at
from claims.store.payloads import record_of
from claims.store.reader import get_record
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.conftest import slow_on_postgresql
from tests.store.undone import undone
from tests.store.worlds import NOW, an_id, flood, worlds


@slow_on_postgresql
@given(records=worlds())
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is too large to be shrunk soon
    suppress_health_check=list(HealthCheck),
)
def test_every_record_can_be_made_again_from_its_payload(
    engine: Engine, records: list[Record]
) -> None:
    with undone(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
        for record in records:
            made = record_of(payload_at(session, record.id, 1) or "")
            assert get_record(session, type(record), record.id) == (made, 1)


def test_a_payload_gives_back_each_version(engine: Engine) -> None:
    (first,) = (one for one in flood() if isinstance(one, Document))
    second = Document(
        id=first.id, csl={"title": "x"}, voice=first.voice, tier=Tier.TERTIARY, language="en"
    )
    with write_unit(engine) as session:
        writer = Writer(session, "coder", NOW)
        writer.insert_all(flood())
        writer.update(second, version=1)
        versions = [record_of(payload_at(session, first.id, n) or "") for n in (1, 2)]
    assert versions == [first, second]


def test_a_row_holds_no_more_than_its_payload(engine: Engine) -> None:
    """Otherwise the history could not tell two records apart that the table tells apart."""
    csl = {"issued": {"date-parts": [[2016, 5]]}, "volume": 7, "note": None, "author": []}
    given = Document(
        id=an_id("numbers"), csl=csl, voice=an_id("paper"), tier=Tier.PRIMARY, language="en"
    )
    with write_unit(engine) as session:
        writer = Writer(session, "coder", NOW)
        writer.insert_all([*flood(), given])
        kept = get_record(session, Document, given.id)
    assert kept is not None
    assert kept[0].csl == {"issued": {"date-parts": [["2016", "5"]]}, "volume": "7"}
    assert content(kept[0]) == content(given)
