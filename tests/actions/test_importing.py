from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.importing import ImportRequest, ImportResult, import_table
from claims.actions.load_plan import State
from claims.actions.undo import UndoRequest, undo
from claims.analysis.records import Claim, Source
from claims.analysis.vocabulary import Role
from claims.errors import DocumentFaults, InputRefused, NotPermitted
from claims.exchange import mapped as exchange_mapped
from claims.exchange.mapped import read_mapped
from claims.exchange.mapping import read_mapping
from claims.exchange.table import open_table
from claims.store.acts import acts
from claims.store.reader import all_records, head
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify
from claims.store.writer import Writer
from tests.actions import tables_made
from tests.actions.conftest import NOW

Import = Callable[..., ImportResult]
CODER = Actor("coder")


@pytest.fixture
def importing(any_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """What imports rows in batches of three."""
    monkeypatch.setattr(exchange_mapped, "BATCH", 3)
    mapping = read_mapping(str(tables_made.mapping(tmp_path)))

    def run(
        cells: list[tables_made.Cells],
        actor: Actor = CODER,
        *,
        dry_run: bool = False,
        remove_gone: bool = False,
    ) -> ImportResult:
        path = tables_made.write(tmp_path / "table.csv", cells)
        unit = read_unit if dry_run else write_unit
        with open_table(path) as table, unit(any_engine) as session:
            request = ImportRequest(
                table=read_mapped(table, mapping), dry_run=dry_run, remove_gone=remove_gone
            )
            return import_table(session, actor, request, NOW)

    return run


def _claims(engine: Engine) -> list[Claim]:
    with read_unit(engine) as session:
        assert verify(session).intact
        return all_records(session, Claim)


def _seq(engine: Engine) -> int:
    with read_unit(engine) as session:
        return head(session).seq


def test_a_table_is_imported_as_one_action(any_engine: Engine, importing: Import) -> None:
    result = importing(tables_made.rows(8))
    assert result.counts["claim"] == {State.NEW: 8}
    assert result.counts["topic"] == {State.NEW: 8}
    assert result.changed
    assert result.topics[0] == "Flood 0"
    assert [one.key for one in _claims(any_engine)] == [f"r{number}" for number in range(8)]
    with read_unit(any_engine) as session:
        (run,) = acts(session)
        assert (run.name, run.first, run.last) == ("import", 1, head(session).seq)


def test_the_same_table_again_changes_nothing(any_engine: Engine, importing: Import) -> None:
    importing(tables_made.rows(8))
    before = _seq(any_engine)
    again = importing(tables_made.rows(8))
    assert not again.changed
    assert again.items == ()
    assert again.counts["claim"] == {State.UNCHANGED: 8}
    assert _seq(any_engine) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(any_engine: Engine, importing: Import) -> None:
    tried = importing(tables_made.rows(8), dry_run=True)
    assert _seq(any_engine) == 0
    assert tried.counts == importing(tables_made.rows(8)).counts


def test_an_updated_table_shows_row_by_row_what_changes(
    any_engine: Engine, importing: Import
) -> None:
    cells = tables_made.rows(8)
    importing(cells)
    cells[5] = (*cells[5][:3], 77, *cells[5][4:])
    result = importing([*cells[:7], *tables_made.rows(9)[8:]])
    updated = [item for item in result.items if item.state is State.UPDATED]
    assert [(one.key, one.line) for one in updated] == [("r5", 7)]
    assert {change.name for change in updated[0].changes} == {"value", "passages"}
    gone = {(item.entity, item.key) for item in result.items if item.state is State.GONE}
    assert ("claim", "r7") in gone
    assert result.counts["claim"] == {
        State.NEW: 1,
        State.UPDATED: 1,
        State.UNCHANGED: 6,
        State.GONE: 1,
    }
    held = {one.key: one.value and one.value.said for one in _claims(any_engine)}
    assert held["r5"] == "77"
    assert "r7" in held


def test_what_is_gone_is_taken_out_where_that_is_asked_for(
    any_engine: Engine, importing: Import
) -> None:
    importing(tables_made.rows(8))
    result = importing(tables_made.rows(6), remove_gone=True)
    assert result.changed
    assert [one.key for one in _claims(any_engine)] == [f"r{number}" for number in range(6)]


def test_another_table_of_the_same_namespace_takes_nothing_out(
    any_engine: Engine, importing: Import
) -> None:
    cells = tables_made.rows(8)
    importing(cells[:4])
    importing(cells[4:6])
    before = _seq(any_engine)
    told = r"table\.csv has none of the 6 claims .* it seems to be another table"
    for dry_run in (True, False):
        with pytest.raises(InputRefused, match=told):
            importing(cells[6:], remove_gone=True, dry_run=dry_run)
    assert _seq(any_engine) == before
    importing(cells[4:6], remove_gone=True)
    assert [one.key for one in _claims(any_engine)] == ["r4", "r5"]


def test_an_import_can_be_undone_as_a_whole(any_engine: Engine, importing: Import) -> None:
    importing(tables_made.rows(8))
    with write_unit(any_engine) as session:
        (run,) = acts(session)
        undo(session, CODER, UndoRequest(action=str(run.id), reason="wrong"), NOW)
    assert _claims(any_engine) == []


def test_an_edit_in_the_database_is_kept_and_a_contradiction_refused(
    any_engine: Engine, importing: Import
) -> None:
    cells = tables_made.rows(8)
    importing(cells)
    _note(any_engine, "r4")
    assert importing(cells).counts["claim"] == {State.KEPT: 1, State.UNCHANGED: 7}
    before = _seq(any_engine)
    cells[0] = (*cells[0][:3], 55, *cells[0][4:])
    cells[4] = (*cells[4][:3], 66, *cells[4][4:])
    with pytest.raises(DocumentFaults, match=r"table\.csv:6:\d+: claim r4, value"):
        importing(cells)
    assert _seq(any_engine) == before


def _note(engine: Engine, key: str) -> None:
    with write_unit(engine) as session:
        (claim,) = [one for one in all_records(session, Claim) if one.key == key]
        Writer(session, "reviewer", NOW + timedelta(hours=1)).update(
            replace(claim, note="looked at"), version=1
        )


@pytest.mark.parametrize("number", [9, pytest.param(100_000, marks=pytest.mark.slow)])
def test_defects_of_the_first_the_middle_and_the_last_row_are_all_named(
    any_engine: Engine, importing: Import, number: int
) -> None:
    cells = tables_made.rows(number)
    harmed = (0, number // 2, number - 1)
    for at in harmed:
        cells[at] = (*cells[at][:3], "purple", *cells[at][4:])
    with pytest.raises(DocumentFaults) as refused:
        importing(cells)
    found = [(fault.line, fault.column) for fault in refused.value.faults]
    assert found == [(at + 2, 4) for at in harmed]
    assert _seq(any_engine) == 0


def test_a_reader_may_not_import(importing: Import) -> None:
    with pytest.raises(NotPermitted, match="may not load files"):
        importing(tables_made.rows(1), Actor("reader", Role.READER))


def test_sources_are_shared_by_the_rows(any_engine: Engine, importing: Import) -> None:
    importing(tables_made.rows(45))
    with read_unit(any_engine) as session:
        assert len(all_records(session, Source)) == 21
