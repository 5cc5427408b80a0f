"""Undo: what an action did is taken back by new changes, and the history keeps both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.actions.once import digest, replayed
from claims.actions.undo import Undone, UndoRequest, UndoResult, undo
from claims.analysis.records import Claim, Source
from claims.analysis.vocabulary import Role, Sensitivity
from claims.errors import InputRefused, NotFound, NotPermitted, StaleVersion
from claims.store.acts import Run, acts
from claims.store.log import head
from claims.store.reader import get_record
from claims.store.unit import write_unit
from claims.store.verify import verify_chain
from claims.store.writer import Writer
from tests.store.worlds import NOW, flood

*WORLD, PASSAGE, CLAIM = flood(1)
PAPER = next(record for record in WORLD if isinstance(record, Source))
CODER = Actor("coder", Role.ENTERER, Sensitivity.PUBLIC)
REVIEWER = Actor("reviewer", Role.REVIEWER, Sensitivity.PUBLIC)
READER = Actor("reader", Role.READER, Sensitivity.PUBLIC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def session(empty: Engine) -> Iterator[Session]:
    """A world that one contributor loaded, and a claim that another entered."""
    with write_unit(empty) as opened:
        Writer(opened, "reviewer", NOW, run=Run("load")).insert_all(WORLD)
        Writer(opened, "coder", NOW, run=Run("claim add")).insert_all([PASSAGE, CLAIM])
        yield opened


def _undo(
    session: Session, actor: Actor = CODER, action: str | UUID | None = None, *, dry: bool = False
) -> UndoResult:
    named = None if action is None else str(action)
    return undo(session, actor, UndoRequest(action=named, reason="slip", dry_run=dry), LATER)


def _edit(session: Session, actor: str, **changes: object) -> UUID | None:
    held = get_record(session, Claim, CLAIM.id)
    assert held is not None
    writer = Writer(session, actor, NOW, run=Run("claim edit"))
    writer.update(replace(cast("Any", held[0]), **changes), version=held[1])
    return writer.act


def _note(session: Session) -> str | None:
    held = get_record(session, Claim, CLAIM.id)
    assert held is not None
    return held[0].note


def _did(result: UndoResult) -> list[tuple[Undone, UUID]]:
    return [(item.did, item.record.id) for item in result.items]


def test_what_was_added_is_removed_and_the_verdict_falls_back(session: Session) -> None:
    result = _undo(session)
    assert _did(result) == [(Undone.REMOVED, CLAIM.id), (Undone.REMOVED, PASSAGE.id)]
    assert get_record(session, Claim, CLAIM.id) is None
    assert [str(effect) for effect in result.effects] == ["killed: SINGLE → UNANSWERED"]
    assert acts(session)[0].undoes == result.undone.id
    assert verify_chain(session).intact


def test_what_was_changed_is_as_before(session: Session) -> None:
    _edit(session, "coder", note="one")
    _edit(session, "coder", note="two")
    assert _did(_undo(session)) == [(Undone.REVERTED, CLAIM.id)]
    assert _note(session) == "one"
    _undo(session)
    assert _note(session) is None
    _undo(session)
    assert get_record(session, Claim, CLAIM.id) is None
    with pytest.raises(NotFound, match="'coder' has done nothing that could be undone"):
        _undo(session)


def test_what_was_removed_is_back(session: Session) -> None:
    Writer(session, "coder", NOW, run=Run("claim remove")).remove_all([CLAIM])
    assert _did(_undo(session)) == [(Undone.BROUGHT_BACK, CLAIM.id)]
    assert get_record(session, Claim, CLAIM.id) == (CLAIM, 3)


def test_an_undo_is_undone_by_naming_it(session: Session) -> None:
    _edit(session, "coder", note="kept")
    first = _undo(session)
    assert _note(session) is None
    again = _undo(session, action=first.act)
    assert _note(session) == "kept"
    with pytest.raises(InputRefused, match=rf"was undone already; `claims undo {again.act}"[:40]):
        _undo(session, action=first.act)
    assert _undo(session).undone.name == "claim edit"  # which holds again
    assert _note(session) is None


def test_a_dry_run_tells_the_same_and_writes_nothing(session: Session) -> None:
    before = head(session)
    planned = _undo(session, dry=True)
    assert head(session) == before
    assert get_record(session, Claim, CLAIM.id) == (CLAIM, 1)
    done = _undo(session)
    assert (planned.items, planned.effects) == (done.items, done.effects)
    assert (planned.act, planned.dry_run, done.dry_run) == (None, True, False)


def test_what_somebody_changed_since_is_not_overwritten(session: Session) -> None:
    _edit(session, "coder", note="mine")
    _edit(session, "reviewer", note="theirs")
    with pytest.raises(StaleVersion, match=r"reviewer has changed the claim claim-0 since, by"):
        _undo(session)
    assert _note(session) == "theirs"


def test_what_something_now_refers_to_stays(session: Session) -> None:
    load = acts(session, actor="reviewer")[0]
    with pytest.raises(InputRefused, match="something else still refers to it"):
        _undo(session, REVIEWER, load.id)
    assert get_record(session, Source, PAPER.id) is not None


def test_others_actions_take_a_reviewer(session: Session) -> None:
    load, mine = (acts(session, actor=name)[0] for name in ("reviewer", "coder"))
    with pytest.raises(NotPermitted, match="may not undo what others did"):
        _undo(session, CODER, load.id)
    with pytest.raises(NotPermitted, match="has the role reader"):
        _undo(session, READER)
    assert _undo(session, REVIEWER, mine.id).undone.id == mine.id


def test_what_may_not_be_seen_is_answered_as_if_it_never_was(session: Session) -> None:
    act = _edit(session, "coder", sensitivity=Sensitivity.RESTRICTED)
    with pytest.raises(NotFound, match="was carried out; `claims history` lists those"):
        _undo(session, action=act)
    cleared = Actor("coder", Role.REVIEWER, Sensitivity.RESTRICTED)
    assert _did(_undo(session, cleared)) == [(Undone.REVERTED, CLAIM.id)]


def test_lowering_a_sensitivity_by_undo_takes_a_reviewer(session: Session) -> None:
    _edit(session, "coder", sensitivity=Sensitivity.RESTRICTED)
    with pytest.raises(NotPermitted, match="lower the sensitivity"):
        _undo(session, Actor("coder", Role.ENTERER, Sensitivity.RESTRICTED))


def test_an_erasure_is_never_undone(session: Session) -> None:
    writer = Writer(session, "coder", NOW, run=Run("erase"))
    writer.erase(CLAIM.id, "claim", CLAIM)
    with pytest.raises(InputRefused, match="what was erased, which nothing brings back"):
        _undo(session)


def test_an_action_that_changed_no_record_is_told(session: Session) -> None:
    snapshot = next(record for record in WORLD if record.entity == "snapshot")
    writer = Writer(session, "coder", NOW, run=Run("document check"))
    writer.custody(snapshot.id, "checked")
    with pytest.raises(InputRefused, match="changed no record; there is nothing to undo"):
        _undo(session, action=writer.act)


# --- the same request twice --------------------------------------------------------------------


def test_a_key_is_used_for_one_request(session: Session) -> None:
    request = digest({"entity": "claim", "fields": {"value": "8"}})
    assert replayed(session, CODER, "k1", request) is None
    run = Run("claim edit", key="k1", request=request)
    writer = Writer(session, "coder", NOW, run=run)
    writer.update(replace(cast("Any", CLAIM), note="x"), version=1)
    found = replayed(session, CODER, "k1", request)
    assert found is not None
    assert found.id == writer.act
    assert replayed(session, REVIEWER, "k1", request) is None
    assert replayed(session, CODER, None, request) is None
    with pytest.raises(InputRefused, match="was used already, for another request"):
        replayed(session, CODER, "k1", digest({"entity": "claim"}))


@pytest.mark.parametrize("key", ["", "  ", "x" * 201, "a\nb"])
def test_a_key_is_one_short_line(session: Session, key: str) -> None:
    with pytest.raises(InputRefused, match="cannot be used; give up to 200 printable"):
        replayed(session, CODER, key, "0" * 64)
