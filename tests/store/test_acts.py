"""Runs of actions, and records that leave the tables and come back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from claims.analysis.records import Claim, Document, Passage, Record, Snapshot, Source, Waiver
from claims.errors import InputRefused, NotFound
from claims.store.acts import (
    Run,
    act_by_key,
    act_of_change,
    acts,
    find_act,
    last_change,
    steps,
)
from claims.store.codec import instant_text
from claims.store.custody import custody
from claims.store.log import head, payload_at
from claims.store.payloads import record_of
from claims.store.reader import all_records, get_record
from claims.store.unit import write_unit
from claims.store.verify import verify_chain
from claims.store.writer import Writer
from tests.conftest import slow_on_postgresql
from tests.store.undone import undone
from tests.store.worlds import NOW, an_id, flood, worlds

TOPIC, PLACE, TERM, QUESTION, SOURCE, MINISTRY, DOCUMENT, SNAPSHOT, PASSAGE, CLAIM = flood(1)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with write_unit(engine) as opened:
        Writer(opened, "coder", NOW, "first", run=Run("load")).insert_all(flood(1))
        yield opened


def _claim(**changes: object) -> Claim:
    return cast("Claim", replace(cast("Any", CLAIM), **changes))


# --- runs --------------------------------------------------------------------------------------


def test_what_one_writer_writes_is_one_run(session: Session) -> None:
    writer = Writer(session, "reviewer", LATER, "second look", run=Run("claim edit"))
    writer.update(_claim(note="a"), version=1)
    writer.update(_claim(note="b"), version=2)
    newest, loaded = acts(session)
    assert (newest.id, newest.name, newest.actor) == (writer.act, "claim edit", "reviewer")
    assert (newest.reason, newest.at) == ("second look", instant_text(LATER))
    assert (loaded.first, loaded.last) == (1, newest.first - 1)
    assert (newest.last, newest.last - newest.first) == (head(session).seq, 1)


def test_a_writer_that_writes_nothing_leaves_no_run(session: Session) -> None:
    writer = Writer(session, "reviewer", LATER)
    writer.update(_claim(), version=1)
    writer.insert_all([])
    writer.remove_all([])
    assert writer.act is None
    assert len(acts(session)) == 1


def test_runs_of_one_contributor_the_newest_first(session: Session) -> None:
    for number, actor in enumerate(("a", "b", "a")):
        writer = Writer(session, actor, LATER, run=Run(f"edit {number}"))
        writer.update(_claim(note=str(number)), version=None)
    assert [act.name for act in acts(session, actor="a")] == ["edit 2", "edit 0"]
    assert [act.name for act in acts(session, limit=2)] == ["edit 2", "edit 1"]


def test_a_run_is_found_by_the_beginning_of_its_id(session: Session) -> None:
    (act,) = acts(session)
    assert find_act(session, f" {str(act.id)[:8].upper()} ") == act
    for wrong in ("ffffffff" if str(act.id)[0] != "f" else "eeeeeeee", str(act.id)[:3], ""):
        with pytest.raises(NotFound, match="`claims history` lists"):
            find_act(session, wrong)


def test_a_beginning_that_two_runs_share_is_refused(session: Session) -> None:
    Writer(session, "coder", LATER).update(_claim(note="x"), version=1)
    one, two = acts(session)
    for act, number in ((one, 1), (two, 2)):
        session.execute(
            text("UPDATE action SET id = :id WHERE first_seq = :first"),
            {"id": _bound(session, UUID(int=(0xABCD << 112) + number)), "first": act.first},
        )
    with pytest.raises(InputRefused, match="2 actions begin with 'abcd'; give more"):
        find_act(session, "abcd")


def _bound(session: Session, value: UUID) -> str:
    return value.hex if session.get_bind().dialect.name == "sqlite" else str(value)


def test_a_key_leads_to_its_run_and_its_request(session: Session) -> None:
    run = Run("claim add", key="k1", request="a" * 64)
    writer = Writer(session, "coder", LATER, run=run)
    writer.update(_claim(note="x"), version=1)
    found = act_by_key(session, "coder", "k1")
    assert found is not None
    assert (found[0].id, found[1]) == (writer.act, "a" * 64)
    assert act_by_key(session, "reviewer", "k1") is None


def test_the_same_key_is_never_written_twice(session: Session) -> None:
    run = Run("claim add", key="k1", request="a" * 64)
    Writer(session, "coder", LATER, run=run).update(_claim(note="x"), version=1)
    with pytest.raises(Exception, match=r"(?i)unique"), session.begin_nested():
        Writer(session, "coder", LATER, run=run).update(_claim(note="y"), version=2)


def test_the_steps_of_a_run_tell_before_and_after(session: Session) -> None:
    writer = Writer(session, "coder", LATER)
    writer.update(_claim(note="x"), version=1)
    writer.remove_all([_claim(note="x")])
    edit, removal = steps(session, acts(session)[0])
    assert (record_of(edit.before or ""), record_of(edit.after or "")) == (CLAIM, _claim(note="x"))
    assert (removal.before, removal.after) == (edit.after, None)
    assert not edit.lost
    assert last_change(session, CLAIM.id) == removal.seq == head(session).seq
    act = act_of_change(session, removal.seq)
    assert act is not None
    assert act.id == writer.act
    assert act_of_change(session, 10_000) is None
    assert last_change(session, an_id("nobody")) == 0


def test_an_undo_of_an_undo_frees_the_first_run_again(session: Session) -> None:
    first = Writer(session, "coder", LATER, run=Run("edit"))
    first.update(_claim(note="x"), version=1)
    second = Writer(session, "coder", LATER, run=Run("undo", undoes=first.act))
    second.update(_claim(), version=2)
    assert [act.undone_by for act in acts(session)] == [None, second.act, None]
    third = Writer(session, "coder", LATER, run=Run("undo", undoes=second.act))
    third.update(_claim(note="x"), version=3)
    assert [act.undone_by for act in acts(session)] == [None, third.act, None, None]


# --- removal -----------------------------------------------------------------------------------


def test_a_removed_record_is_gone_but_its_history_is_not(session: Session) -> None:
    Writer(session, "reviewer", LATER, "entered in error").remove_all([CLAIM])
    assert get_record(session, Claim, CLAIM.id) is None
    assert record_of(payload_at(session, CLAIM.id, 1) or "") == CLAIM
    assert payload_at(session, CLAIM.id, 2) is None
    assert verify_chain(session).intact


def test_a_record_that_comes_back_counts_on_and_keeps_its_maker(session: Session) -> None:
    Writer(session, "reviewer", LATER).remove_all([CLAIM])
    Writer(session, "another", LATER).insert(CLAIM)
    assert get_record(session, Claim, CLAIM.id) == (CLAIM, 3)
    made = session.execute(text("SELECT created_by, created_at FROM claim")).one()
    assert tuple(made) == ("coder", instant_text(NOW))
    assert record_of(payload_at(session, CLAIM.id, 3) or "") == CLAIM
    assert verify_chain(session).intact


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (PASSAGE, "still named by 1 claim;"),
        (QUESTION, "the question killed is still named by 1 claim;"),
        (SOURCE, "the source paper is still named by 1 document and 1 claim"),
        (DOCUMENT, "still named by 1 claim and 1 snapshot and 1 passage"),
    ],
)
def test_what_others_refer_to_is_not_removed(session: Session, record: Record, named: str) -> None:
    with pytest.raises(InputRefused, match=named):
        Writer(session, "coder", LATER).remove_all([record])
    assert get_record(session, type(record), record.id) == (record, 1)


def test_what_is_waived_is_not_removed(session: Session) -> None:
    waiver = Waiver(
        id=an_id("waiver"),
        check="A01",
        target=CLAIM.id,
        reason="known",
        granted_by="reviewer",
        until="2027-01-01",
    )
    writer = Writer(session, "coder", LATER)
    writer.insert(waiver)
    with pytest.raises(InputRefused, match="still named by a waiver"):
        writer.remove_all([CLAIM])
    writer.remove_all([CLAIM, waiver])
    assert get_record(session, Claim, CLAIM.id) is None


def test_what_is_not_held_cannot_be_removed(session: Session) -> None:
    writer = Writer(session, "coder", LATER)
    writer.remove_all([CLAIM])
    with pytest.raises(NotFound, match="the claim claim-0 is not held; it was removed already"):
        writer.remove_all([CLAIM])


def test_the_custody_log_goes_with_its_snapshot(session: Session) -> None:
    writer = Writer(session, "coder", LATER)
    writer.remove_all([CLAIM, PASSAGE, SNAPSHOT])
    assert custody(session, SNAPSHOT.id) == ()
    writer.insert(SNAPSHOT)
    assert [entry.action for entry in custody(session, SNAPSHOT.id)] == ["stored"]
    assert get_record(session, Snapshot, SNAPSHOT.id) == (SNAPSHOT, 1)
    assert verify_chain(session).intact


@slow_on_postgresql
@given(records=worlds())
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is too large to be shrunk soon
    suppress_health_check=list(HealthCheck),
)
def test_all_that_is_removed_together_comes_back_equal(
    engine: Engine, records: list[Record]
) -> None:
    with undone(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
        Writer(session, "coder", LATER).remove_all(records)
        assert not [
            one for kind in {type(r) for r in records} for one in all_records(session, kind)
        ]
        Writer(session, "coder", LATER).insert_all(records)
        for record in records:
            held = get_record(session, type(record), record.id)
            assert held is not None
            assert held == (record, 1 if record.immutable else 3)
        assert verify_chain(session).intact


# --- erasing -----------------------------------------------------------------------------------


def test_what_is_erased_is_in_no_payload(session: Session) -> None:
    blanked = replace(cast("Any", SOURCE), name="[erased]")
    Writer(session, "admin", LATER, "asked to").erase(SOURCE.id, "source", blanked)
    assert get_record(session, Source, SOURCE.id) == (blanked, 2)
    assert payload_at(session, SOURCE.id, 1) is None
    assert record_of(payload_at(session, SOURCE.id, 2) or "") == blanked
    texts = session.scalars(text("SELECT text FROM payload WHERE text LIKE '%a newspaper%'")).all()
    assert texts == []
    (step,) = steps(session, acts(session)[0])
    assert (step.act, step.lost) == ("erase", True)


def test_an_immutable_record_can_be_erased(session: Session) -> None:
    blanked = replace(cast("Any", PASSAGE), exact="[erased]")
    Writer(session, "admin", LATER, "asked to").erase(PASSAGE.id, "passage", blanked)
    assert get_record(session, Passage, PASSAGE.id) == (blanked, 1)


def test_what_was_removed_before_can_be_erased(session: Session) -> None:
    writer = Writer(session, "admin", LATER, "asked to")
    writer.remove_all([CLAIM])
    writer.erase(CLAIM.id, "claim", None)
    assert get_record(session, Claim, CLAIM.id) is None
    assert payload_at(session, CLAIM.id, 1) is None
    assert get_record(session, Document, DOCUMENT.id) == (DOCUMENT, 1)
