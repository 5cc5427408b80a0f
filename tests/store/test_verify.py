from __future__ import annotations

import sqlite3
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from claims.analysis.blank import blanked
from claims.analysis.canonical import content_hash
from claims.analysis.records import Claim, ClaimValue, Party, Record
from claims.store.acts import Run
from claims.store.baseline import Baseline, set_baseline
from claims.store.breaks import Break
from claims.store.engine import open_engine
from claims.store.forms import forms
from claims.store.history import Head, payload_hash
from claims.store.log import head
from claims.store.tables.claim import ClaimRow
from claims.store.unit import read_unit, write_unit
from claims.store.verify import Check, amount, verify
from claims.store.writer import Writer
from tests.conftest import on, slow_on_postgresql
from tests.store.tampering import Hand, populate, rehash
from tests.store.worlds import NOW, an_id, flood

LAW = "the law demands it"


def _check(engine: Engine, kept: Head | None = None) -> Check:
    with read_unit(engine) as session:
        return verify(session, kept=kept)


def _claims(records: list[Record]) -> list[Claim]:
    return [one for one in records if isinstance(one, Claim)]


def _fill(engine: Engine, claims: int = 3) -> Head:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(flood(claims))
        return head(session)


# --- no false alarm -----------------------------------------------------------------------------


def test_an_empty_database_adds_up(engine: Engine) -> None:
    assert _check(engine) == Check(head=Head())


def test_every_column_is_compared(engine: Engine) -> None:
    """A column that is added later belongs to the record, or is derived and compared as well."""
    common = {"pk", "id", "created_by", "created_at", "content_hash", "version"}
    derived = {"origin_pk", "value_kind", "profile", "earliest_day", "latest_day"} | {
        f"{name}{end}"
        for name in ("hard", "soft")
        for end in ("", "_lo", "_hi", "_lo_open", "_hi_open")
    }
    for form in forms():
        known = {*form.columns, *common, *(derived if form.entity == "claim" else ())}
        assert {column.name for column in form.table.c} <= known
    assert derived <= {column.name for column in ClaimRow.metadata.tables["claim"].c}
    assert _check(engine).intact


def _legal_edits(engine: Engine, edits: int, portion: int) -> None:
    """Random things that people do: enter, edit, remove, bring back, look after bytes, erase."""
    rng = Random(1)  # noqa: S311 (the same each time)
    world = flood(60)
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(world)
    held = {one.id: one for one in _claims(world)}
    gone: dict[UUID, Claim] = {}
    versions = dict.fromkeys(held, 1)
    done = 0
    while done < edits:
        with write_unit(engine) as session:
            now = NOW + timedelta(minutes=done)
            writer = Writer(session, rng.choice(["coder", "reviewer"]), now, run=Run("edit"))
            for _ in range(portion):
                done += 1
                _one_edit(rng, writer, held, gone, versions)
                if done % 97 == 0:
                    writer.insert(Party(id=an_id(f"party {done}"), name=f"party {done}"))
                if done % 101 == 0:
                    writer.custody(an_id("snapshot"), "checked", f"by hand, {done}")
                if done % 499 == 0:
                    victim = rng.choice(list(held))
                    held[victim] = blanked(held[victim])
                    writer.erase(victim, "claim", held[victim])
                    versions[victim] += 1


def _one_edit(
    rng: Random,
    writer: Writer,
    held: dict[UUID, Claim],
    gone: dict[UUID, Claim],
    versions: dict[UUID, int],
) -> None:
    if gone and rng.random() < 0.2:
        back = gone.pop(rng.choice(list(gone)))
        writer.insert(back)
        held[back.id] = back
        versions[back.id] += 1
    elif len(held) > 20 and rng.random() < 0.1:
        one = held.pop(rng.choice(list(held)))
        writer.remove_all([one])
        gone[one.id] = one
        versions[one.id] += 1
    else:
        one = held[rng.choice(list(held))]
        number = str(rng.randint(1, 10**6))
        value = ClaimValue(said=f"{number} people", expression=number)
        held[one.id] = replace(one, value=value, note=number)
        versions[one.id] = writer.update(held[one.id], version=versions[one.id])


@slow_on_postgresql
def test_legal_edits_raise_no_alarm(engine: Engine) -> None:
    _legal_edits(engine, 300, 10)
    assert _check(engine).breaks == ()


@pytest.mark.slow
def test_ten_thousand_legal_edits_raise_no_alarm(engine: Engine) -> None:
    _legal_edits(engine, 10_000, 50)
    found = _check(engine)
    assert found.breaks == ()
    assert found.changes > 10_000


# --- what is told -------------------------------------------------------------------------------


@on("sqlite", reason="somebody opens the file with another program")
def test_a_change_made_with_another_program_is_told(any_url: str, backend: str) -> None:
    assert backend == "sqlite"
    engine = open_engine(any_url)
    _fill(engine)
    engine.dispose()
    with sqlite3.connect(Path(any_url.removeprefix("sqlite:///"))) as other:
        other.execute("UPDATE claim SET value_said = '800 people' WHERE key = 'claim-1'")
    other.close()
    engine = open_engine(any_url)
    found = _check(engine)
    engine.dispose()
    assert found.breaks == (
        Break(
            entity="claim",
            record=an_id("claim 1"),
            name="claim-1",
            what="it was altered beneath the program",
            field="value_said",
            found="'800 people'",
            expected="'9 people'",
        ),
    )
    assert str(found.breaks[0]) == (
        f"claim 'claim-1' {an_id('claim 1')}: it was altered beneath the program: its 'value_said'"
        " is '800 people', the history says '9 people'"
    )


def test_a_derived_column_is_derived_again(engine: Engine) -> None:
    _fill(engine)
    with write_unit(engine) as session:
        session.execute(text("UPDATE claim SET hard_hi = 99 WHERE key = 'claim-1'"))
    (found,) = _check(engine).breaks
    assert (found.field, found.found, found.expected) == ("hard_hi", "99.0", "9.0")


def test_an_erased_record_is_told_as_erased_and_not_as_altered(engine: Engine) -> None:
    populate(engine)
    found = _check(engine)
    assert found.intact
    (erased,) = found.erased
    assert (erased.record, erased.actor, erased.reason) == (
        an_id("claim 5"),
        "administrator",
        "the law",
    )


def test_what_was_erased_must_stay_so(engine: Engine) -> None:
    """Somebody puts the words back from a backup: true words, but against the law."""
    world = flood()
    claim = _claims(world)[0]
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(world)
        kept = session.execute(
            text("SELECT pk, text, salt FROM payload WHERE text LIKE '%claim-0%'")
        ).one()
    with write_unit(engine) as session:
        Writer(session, "administrator", NOW, LAW).erase(claim.id, "claim", blanked(claim))
        session.execute(
            text("UPDATE payload SET text = :text, salt = :salt WHERE pk = :pk"), kept._asdict()
        )
    (found,) = _check(engine).breaks
    assert str(claim.id) in str(found)
    assert "is there again" in str(found)


@pytest.mark.parametrize("words", ["no JSON", "[]", '{"content":{},"entity":"tale","id":"1"}'])
def test_a_history_forged_with_its_hashes_must_hold_the_record(engine: Engine, words: str) -> None:
    """All hashes are made anew, so that the chain is whole, over a content that is no record."""
    _fill(engine)
    with write_unit(engine) as session:
        pk = session.scalar(text("SELECT pk FROM payload WHERE text LIKE '%claim-0%'"))
        forged = {"text": words, "hash": payload_hash("00", words), "pk": pk}
        set_all = "UPDATE payload SET text = :text, salt = '00', hash = :hash WHERE pk = :pk"
        session.execute(text(set_all), forged)
        rehash(Hand(session, Random(0)))  # noqa: S311 (nothing is drawn)
    (found,) = _check(engine).breaks
    assert str(an_id("claim 0")) in str(found)
    assert "holds another record or none" in str(found)


@pytest.mark.parametrize("words", ["no JSON", "[]", "{}"])
def test_what_a_file_said_is_not_blamed_for_an_unreadable_history(
    engine: Engine, words: str
) -> None:
    world = flood()
    claim = _claims(world)[0]
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(world)
        said = Baseline(claim.entity, claim.key, content_hash(replace(claim, note="earlier")))
        set_baseline(session, an_id("file"), {claim.id: said}, actor="coder", now=NOW)
        where = text("UPDATE payload SET text = :words WHERE text LIKE '%claim-0%'")
        session.execute(where, {"words": words})
    (found,) = _check(engine).breaks
    assert "what its file said" not in str(found)
    assert str(claim.id) in str(found)


def test_more_breaks_than_asked_for_are_counted(engine: Engine) -> None:
    _fill(engine, 20)
    with write_unit(engine) as session:
        session.execute(text("UPDATE claim SET note = 'forged'"))
    with read_unit(engine) as session:
        found = verify(session, limit=5)
    assert (len(found.breaks), found.total, found.intact) == (5, 20, False)


# --- kept heads ---------------------------------------------------------------------------------


def test_a_kept_head_is_met(engine: Engine) -> None:
    kept = _fill(engine)
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert(Party(id=an_id("later"), name="later"))
    assert _check(engine, kept).intact
    assert _check(engine, Head(0, kept.hash)).intact
    assert _check(engine, Head()).intact


@pytest.mark.parametrize(
    ("seq", "digit", "told"),
    [
        (3, "1", "change 3 .*the history was rewritten here or before"),
        (900, "1", "the log ends with change 15, and the kept head is change 900"),
        (0, "1", "no change of the log has the hash of the kept head, 1111"),
    ],
)
def test_a_head_that_is_no_part_of_the_log_is_told(
    engine: Engine, seq: int, digit: str, told: str
) -> None:
    _fill(engine)
    (found,) = _check(engine, Head(seq, digit * 64)).breaks
    with pytest.raises(AssertionError, match=told):
        raise AssertionError(str(found))


def test_a_whole_file_put_back_is_seen_with_a_kept_head_alone(engine: Engine) -> None:
    world = flood()
    _fill(engine)
    with write_unit(engine) as session:
        claim = _claims(world)[0]
        Writer(session, "coder", NOW).update(replace(claim, note="later"), version=1)
        kept = head(session)
        session.rollback()  # as if an older copy of the whole file took its place
    assert _check(engine).intact
    (found,) = _check(engine, kept).breaks
    assert "an older copy was put in the place of the database" in str(found)


# --- many ---------------------------------------------------------------------------------------


def _peak(engine: Engine) -> int:
    """Bytes that a verification holds at most."""
    with read_unit(engine) as session:
        verify(session)  # what is made once and kept does not count
        tracemalloc.start()
        try:
            found = verify(session)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert found.intact
    return peak


@slow_on_postgresql
def test_memory_does_not_grow_with_the_log(engine: Engine) -> None:
    """Four times as much takes about as much memory; a list of all would take four times that."""
    _fill(engine, 600)
    few = _peak(engine)
    with write_unit(engine) as session:
        more = flood(2400)[8 + 2 * 600 :]
        Writer(session, "coder", NOW).insert_all(more)
    many = _peak(engine)
    assert many < 2 * few
    assert many < 60_000_000


def test_progress_tells_of_every_change_and_row(engine: Engine) -> None:
    populate(engine)
    told: list[int] = []
    with read_unit(engine) as session:
        found = verify(session, progress=told.append)
        assert sum(told) == amount(session) == found.changes + found.records
