"""History and reports of the past, as those may see them who look today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.erase import EraseRequest, erase
from claims.actions.history import Did, HistoryRequest, HistoryResult, history
from claims.actions.report import ReportRequest, report
from claims.analysis.records import Claim, Project, Record, Source
from claims.analysis.vocabulary import Role, Sensitivity
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound, NotPermitted
from claims.report.json import as_json, render
from claims.report.shape import Report
from claims.store.acts import Run
from claims.store.log import head
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id, flood

ADMIN = Actor("administrator", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
READER = Actor("reader", Role.READER, Sensitivity.PUBLIC)
CANARY = "canary-words"
DAY = timedelta(days=1)
LATE = NOW + timedelta(days=30)


def _claim(number: int = 1) -> Claim:
    found = next(one for one in flood(9) if one.id == an_id(f"claim {number}"))
    assert isinstance(found, Claim)
    return found


@pytest.fixture
def lived(any_engine: Engine) -> Engine:
    """Day 0: a load. Day 1: an edit. Day 2: a removal. Day 3: it comes back."""
    records: Sequence[Record] = [Project(id=an_id("project"), title="The flood"), *flood()]
    _write(any_engine, 0, lambda writer: writer.insert_all(records), "load")
    edited = replace(_claim(), note="checked", verb="said")
    _write(any_engine, 1, lambda writer: writer.update(edited, version=1), "claim edit")
    _write(any_engine, 2, lambda writer: writer.remove_all([_claim(2)]), "claim remove")
    _write(any_engine, 3, lambda writer: writer.insert(_claim(2)), "undo")
    return any_engine


def _write(engine: Engine, day: int, work: object, name: str, reason: str | None = None) -> None:
    assert callable(work)
    with write_unit(engine) as session:
        work(Writer(session, "coder", NOW + day * DAY, reason, run=Run(name)))


def _history(engine: Engine, actor: Actor = ADMIN, **asked: object) -> HistoryResult:
    with read_unit(engine) as session:
        return history(session, actor, HistoryRequest(**asked), LATE)  # type: ignore[arg-type]


def _report(
    engine: Engine, as_of: str | None, actor: Actor = ADMIN, now: datetime = LATE
) -> Report:
    with read_unit(engine) as session:
        return report(session, actor, ReportRequest(as_of=as_of), now)


# --- runs ---------------------------------------------------------------------------------------


def test_the_newest_actions_come_first(lived: Engine) -> None:
    runs = _history(lived).runs
    assert [(run.name, run.actor, run.at[:10]) for run in runs] == [
        ("undo", "coder", "2026-02-03"),
        ("claim remove", "coder", "2026-02-02"),
        ("claim edit", "coder", "2026-02-01"),
        ("load", "coder", "2026-01-31"),
    ]
    assert dict(runs[2].counts) == {("claim", Did.EDITED): 1}
    assert (runs[2].first, runs[2].last) == (17, 17)
    assert [run.name for run in _history(lived, limit=1).runs] == ["undo"]
    assert [run.name for run in _history(lived, entity="passage").runs] == ["load"]


def test_numbers_of_changes_are_for_administrators(lived: Engine) -> None:
    assert {(run.first, run.last) for run in _history(lived, READER).runs} == {(None, None)}
    versions = _history(lived, READER, target="claim-1").versions
    assert {one.seq for one in versions} == {None}


# --- versions -----------------------------------------------------------------------------------


def test_each_version_tells_what_was_different(lived: Engine) -> None:
    found = _history(lived, target="claim-1")
    assert (found.entity, found.id, found.name) == ("claim", an_id("claim 1"), "claim-1")
    first, second = found.versions
    assert (first.did, second.did) == (Did.ENTERED, Did.EDITED)
    assert {one.field: one.after for one in first.differences}["speakers"] == (
        "paper, ministry said"
    )
    assert [(one.field, one.before, one.after) for one in second.differences] == [
        ("verb", "nothing", "said"),
        ("note", "nothing", "checked"),
    ]


def test_removals_and_returns_are_told(lived: Engine) -> None:
    found = _history(lived, target=str(an_id("claim 2"))[:8], entity="claim")
    assert [one.did for one in found.versions] == [Did.ENTERED, Did.REMOVED, Did.BROUGHT_BACK]
    _write(lived, 4, lambda writer: writer.remove_all([_claim(2)]), "claim remove")
    assert len(_history(lived, target="claim-2").versions) == 4


def test_what_is_not_there_is_told(lived: Engine) -> None:
    with pytest.raises(NotFound, match="no record 'nothing such' that you may see"):
        _history(lived, target="nothing such")
    with pytest.raises(InputRefused, match="no kind of record 'cliam'"):
        _history(lived, target="claim-1", entity="cliam")


# --- what may not be seen -----------------------------------------------------------------------


@pytest.fixture
def secretive(lived: Engine) -> Engine:
    """A restricted witness: a claim names her for a while, another for good, and reasons do."""
    witness = Source(
        id=an_id("witness"), key="witness", name=CANARY, sensitivity=Sensitivity.RESTRICTED
    )
    told = replace(
        _claim(),
        speakers=(_claim().speakers[0], replace(_claim().speakers[1], source=witness.id)),
        note=CANARY,
    )
    hers = replace(
        _claim(), id=an_id("hers"), key="hers", sensitivity=Sensitivity.RESTRICTED, note=CANARY
    )
    _write(lived, 5, lambda writer: writer.insert_all([witness, hers]), "source add", CANARY)
    _write(lived, 6, lambda writer: writer.update(told, version=2), "claim edit")
    _write(lived, 7, lambda writer: writer.update(_claim(), version=3), "claim edit")
    _write(lived, 8, lambda writer: writer.remove_all([hers]), "claim remove", CANARY)
    return lived


def test_hidden_records_leave_no_trace_in_a_history(secretive: Engine, lived: Engine) -> None:
    assert CANARY in repr(_history(secretive))
    seen = _history(secretive, READER)
    assert CANARY not in repr(seen)
    assert "source add" not in {run.name for run in seen.runs}
    assert "hers" not in repr(seen)
    with pytest.raises(NotFound):
        _history(secretive, READER, target="hers")
    with pytest.raises(NotFound):
        _history(secretive, READER, target=str(an_id("witness"))[:8])
    assert lived is secretive


def test_a_version_that_names_a_hidden_record_is_not_told(secretive: Engine) -> None:
    assert len(_history(secretive, target="claim-1").versions) == 4
    seen = _history(secretive, READER, target="claim-1").versions
    assert [one.number for one in seen] == [1, 2, 4]
    assert CANARY not in repr(seen)


def test_a_report_of_the_past_shows_what_may_be_seen_today(secretive: Engine) -> None:
    """What is restricted today was perhaps public then; it is hidden all the same."""
    for day in range(9):
        told = render(_report(secretive, f"{(NOW + day * DAY).date()}", READER))
        assert CANARY not in told
    assert CANARY in render(_report(secretive, "2026-02-06"))
    public = replace(_claim(0), note="shown then")
    _write(secretive, 9, lambda writer: writer.update(public, version=1), "claim edit")
    hidden = replace(public, sensitivity=Sensitivity.RESTRICTED)
    before = _report(secretive, "2026-01-31", READER).summary.claims
    _write(secretive, 10, lambda writer: writer.update(hidden, version=2), "claim edit")
    assert _report(secretive, "2026-01-31", READER).summary.claims == before - 1
    assert _report(secretive, "2026-01-31").summary.claims == 3


# --- reports of the past ------------------------------------------------------------------------


def test_a_report_is_what_it_was(lived: Engine) -> None:
    assert [_report(lived, f"2026-02-0{day}").summary.claims for day in (1, 2, 3)] == [3, 2, 3]
    told = as_json(_report(lived, "2026-02-02"))
    assert told["as_of"] == "2026-02-02"
    assert told["head"]["seq"] == 18


def test_a_report_made_then_equals_one_made_now(any_engine: Engine) -> None:
    """All but the words that say of when it is; the head too is that of then."""
    made = []
    for day in range(4):
        if day == 0:
            records = [Project(id=an_id("project"), title="The flood"), *flood(8)]
            _write(any_engine, 0, lambda writer, r=records: writer.insert_all(r), "load")
        else:
            changed = replace(_claim(day), note=f"note {day}", verb="told us")
            _write(any_engine, day, lambda writer, c=changed: writer.update(c, version=1), "edit")
        with read_unit(any_engine) as session:
            made.append((head(session), render(_report(any_engine, None))))
    for then, words in made:
        for named in (str(then.seq), then.hash, then.hash[:10]):
            again = render(_report(any_engine, named))
            assert again.replace(f'"as_of": "change {then.seq}"', '"as_of": null') == words


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("yesterday", InputRefused, "'yesterday' is no moment that can be read"),
        ("2026-02-30", InputRefused, "no moment that can be read"),
        ("2030-01-01", InputRefused, "still to come"),
        ("900", NotFound, "there is no change 900; the last one is 19"),
        ("0123456789abcdef", NotFound, "no change has a hash"),
        ("1999-01-01", NotFound, "no topic was held yet as of 1999-01-01"),
    ],
)
def test_a_moment_that_is_none_is_refused(
    lived: Engine, text: str, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        _report(lived, text)


def test_a_time_is_read_in_its_zone(lived: Engine) -> None:
    edit = "2026-02-02T12:00:00"
    assert _report(lived, edit).summary.claims == 2
    assert _report(lived, "2026-02-02T11:59:59Z").summary.claims == 3
    assert _report(lived, f"{edit}+01:00").summary.claims == 3
    assert _report(lived, f"{edit}-01:00").summary.claims == 2


def test_only_administrators_name_a_change(lived: Engine) -> None:
    assert _report(lived, "2026-02-02", READER).head_seq == 0
    for named in ("17", "0123456789abcdef"):
        with pytest.raises(NotPermitted):
            _report(lived, named, READER)


def test_what_was_erased_is_not_in_a_report_of_the_past(lived: Engine, tmp_path: Path) -> None:
    request = EraseRequest(
        entity="claim", target="claim-1", reason="law", archive=Archive(tmp_path / "archive")
    )
    with read_unit(lived) as session:
        then = head(session)
    assert "9 people" in render(_report(lived, str(then.seq)))
    with write_unit(lived) as session:
        erase(session, ADMIN, request, NOW + 9 * DAY)
    told = _report(lived, str(then.seq))
    assert told.summary.claims == 3
    assert '"9 people"' not in render(told)
