"""The history alone is enough to make every record again as it was after any change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine

from claims.analysis.canonical import content
from claims.analysis.records import Document, Record
from claims.analysis.vocabulary import Tier
from claims.store.codec import bare
from claims.store.log import payload_at
from claims.store.reader import get_record
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.store.undone import undone
from tests.store.worlds import NOW, an_id, flood, worlds


def _again(hint: Any, held: Any) -> Any:  # noqa: ANN401
    """The value of a type from its canonical form, where what says nothing is left out."""
    kind = bare(hint)
    if get_origin(kind) is tuple:
        return tuple(_again(get_args(kind)[0], item) for item in held or ())
    if get_origin(kind) is Mapping:
        inner = get_args(kind)[1]
        return {name: _again(inner, item) for name, item in (held or {}).items()}
    if is_dataclass(kind) and (held is not None or kind is hint):
        return _made(kind, held or {})
    if held is None or kind in {object, bool}:
        return held
    return datetime.fromisoformat(held) if kind is datetime else kind(held)


def _made(kind: Any, held: Mapping[str, Any]) -> Any:  # noqa: ANN401
    hints = get_type_hints(kind)
    return kind(**{one.name: _again(hints[one.name], held.get(one.name)) for one in fields(kind)})


def _rebuilt(kind: type[Record], payload: str | None) -> Record:
    assert payload is not None
    held = json.loads(payload)
    assert held["entity"] == kind.entity
    made: Record = _made(kind, {"id": held["id"], **held["content"]})
    return made


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
            made = _rebuilt(type(record), payload_at(session, record.id, 1))
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
        versions = [_rebuilt(Document, payload_at(session, first.id, n)) for n in (1, 2)]
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
