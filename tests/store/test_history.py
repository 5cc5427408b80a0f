from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from claims.analysis.canonical import content
from claims.analysis.records import Party
from claims.errors import VerificationFailed
from claims.store.history import START, Head, Link, change_hash, payload, payload_hash
from claims.store.reader import head
from claims.store.unit import read_unit, write_unit
from claims.store.verify import Check, verify_chain
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id, flood

GOVERNMENT = Party(id=UUID(int=7), name="Größe “x”")


def _salts() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{next(numbers):032x}"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_the_hashes_are_what_the_description_says() -> None:
    """Recomputed from the words of the description alone."""
    told = payload("party", GOVERNMENT.id, content(GOVERNMENT))
    assert told == (
        '{"content":{"name":"Größe “x”"},"entity":"party",'
        '"id":"00000000-0000-0000-0000-000000000007"}'
    )
    assert payload_hash("0a" * 16, told) == _sha256("0a" * 16 + "\n" + told)
    link = Link(
        seq=12,
        entity="party",
        id=GOVERNMENT.id,
        actor="coder",
        at="2026-01-31T12:00:00.000000Z",
        reason=None,
        before=None,
        after="b" * 64,
        previous=START,
    )
    assert change_hash(link) == _sha256(
        '{"actor":"coder","after":"' + "b" * 64 + '","at":"2026-01-31T12:00:00.000000Z",'
        '"entity":"party","id":"00000000-0000-0000-0000-000000000007",'
        '"previous":"' + "0" * 64 + '","seq":"12"}'
    )


def test_a_payload_is_canonical_json() -> None:
    told = payload("party", GOVERNMENT.id, content(GOVERNMENT))
    again = json.dumps(json.loads(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert told == again


def _write(engine: Engine) -> Head:
    """Two inserts and an edit."""
    with write_unit(engine) as session:
        writer = Writer(session, "coder", NOW, "first load", salt=_salts())
        writer.insert_all([GOVERNMENT, Party(id=UUID(int=8), name="The residents")])
    with write_unit(engine) as session:
        writer = Writer(session, "reviewer", NOW, "typing error", salt=lambda: "f" * 32)
        writer.update(Party(id=GOVERNMENT.id, name="The government"), version=1)
    with read_unit(engine) as session:
        return head(session)


def _check(engine: Engine) -> Check:
    with read_unit(engine) as session:
        return verify_chain(session)


def test_each_write_appends_one_change(engine: Engine) -> None:
    last = _write(engine)
    with read_unit(engine) as session:
        rows = session.execute(
            text(
                "SELECT seq, entity, actor, reason, before_pk, after_pk, previous, hash"
                " FROM change ORDER BY seq"
            )
        ).all()
    assert [tuple(row[:6]) for row in rows] == [
        (1, "party", "coder", "first load", None, 1),
        (2, "party", "coder", "first load", None, 2),
        (3, "party", "reviewer", "typing error", 1, 3),
    ]
    assert [row.previous for row in rows] == [START, rows[0].hash, rows[1].hash]
    assert last == Head(3, rows[2].hash)


def test_the_way_of_hashing_never_changes(engine: Engine) -> None:
    """Databases in use were written this way: never mend this number, mend the code."""
    assert _write(engine).hash == "8ddb3e205b2bf2bf2cbf08c2d2de00da3238ace0e6ad2952daaa5198d4a968e9"


def test_an_untouched_chain_is_intact(engine: Engine) -> None:
    assert _check(engine) == Check(head=Head())
    last = _write(engine)
    found = _check(engine)
    assert found.intact
    assert found.head == last


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        ("UPDATE change SET actor = 'nobody' WHERE seq = 2", [2]),
        ("UPDATE change SET at = '1999-01-01T00:00:00.000000Z' WHERE seq = 2", [2]),
        ("UPDATE change SET reason = NULL WHERE seq = 1", [1]),
        ("UPDATE payload SET text = replace(text, 'residents', 'citizens') WHERE pk = 2", [2]),
        ("UPDATE payload SET salt = replace(salt, '0', '1') WHERE pk = 2", [2]),
        ("UPDATE payload SET text = NULL, salt = NULL WHERE pk = 2", [2]),
        ("UPDATE payload SET hash = replace(hash, substr(hash, 1, 1), '_') WHERE pk = 2", [2, 2]),
        ("UPDATE change SET before_pk = 2 WHERE seq = 3", [3, 3]),
        ("UPDATE change SET before_pk = NULL WHERE seq = 3", [3, 3]),
        ("UPDATE head SET seq = 2", [0]),
        ("UPDATE head SET hash = replace(hash, substr(hash, 1, 1), '_')", [0]),
        ("DELETE FROM change WHERE seq = 3", [0, 0]),
        ("DELETE FROM change WHERE seq = 2", [0, 0]),
        ("DELETE FROM change", [0, 0, 0, 0]),
    ],
)
def test_tampering_is_found(engine: Engine, tampering: str, expected: list[int]) -> None:
    _write(engine)
    with write_unit(engine) as session:
        session.execute(text(tampering))
    found = _check(engine)
    assert [one.seq for one in found.breaks] == expected
    assert not found.intact


def test_a_history_without_a_head_is_refused(engine: Engine) -> None:
    _write(engine)
    with write_unit(engine) as session:
        session.execute(text("DELETE FROM head"))
    assert [str(one) for one in _check(engine).breaks] == ["the head of the log was taken out"]
    with pytest.raises(VerificationFailed, match="no head any more"):
        _write(engine)


def test_a_rewritten_entry_breaks_the_next(engine: Engine) -> None:
    """Whoever alters an entry and its own hash has to rewrite all that follow, and the head."""
    _write(engine)
    with write_unit(engine) as session:
        session.execute(
            text("UPDATE change SET hash = replace(hash, substr(hash, 1, 1), '_') WHERE seq = 1")
        )
    assert [one.seq for one in _check(engine).breaks] == [1, 2]


def test_the_breaks_are_listed_within_a_limit(engine: Engine) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(flood(20))
        session.execute(text("UPDATE payload SET text = text || ' '"))
    with read_unit(engine) as session:
        assert len(verify_chain(session, limit=5).breaks) == 5
        assert len(verify_chain(session).breaks) == head(session).seq


def test_random_salts_hide_what_is_guessed(engine: Engine) -> None:
    with write_unit(engine) as session:
        writer = Writer(session, "coder", NOW)
        writer.insert(Party(id=an_id("one"), name="The same"))
        writer.insert(Party(id=an_id("two"), name="The same"))
        salts = session.execute(text("SELECT salt FROM payload")).scalars().all()
    assert len(set(salts)) == 2
    assert all(len(salt) == 32 for salt in salts)


def test_a_change_that_leaves_nothing_is_a_link_like_any_other(engine: Engine) -> None:
    """What an erased record held before stays named by its hash; after it, there is nothing."""
    last = _write(engine)
    with write_unit(engine) as session:
        before = session.execute(text("SELECT hash FROM payload WHERE pk = 2")).scalar_one()
        link = Link(
            seq=4,
            entity="party",
            id=UUID(int=8),
            actor="administrator",
            at="2026-02-01T00:00:00.000000Z",
            reason="erased for the protection of a witness",
            before=before,
            after=None,
            previous=last.hash,
        )
        values = {"hash": change_hash(link), "record": link.id.hex, "previous": last.hash}
        session.execute(
            text(
                "INSERT INTO change (pk, seq, entity, record, actor, at, reason, before_pk,"
                " previous, hash) VALUES (4, 4, 'party', :record, 'administrator',"
                " '2026-02-01T00:00:00.000000Z', 'erased for the protection of a witness', 2,"
                " :previous, :hash)"
            ),
            values,
        )
        session.execute(text("UPDATE head SET seq = 4, hash = :hash"), {"hash": values["hash"]})
    assert _check(engine).intact
