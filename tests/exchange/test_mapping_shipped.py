"""The layouts that ship, each read from rows written by its documentation."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from claims.analysis.records import Claim, Place, Question, Record, Source, Topic
from claims.errors import DocumentFaults
from claims.exchange.mapped import Mapped, read_mapped
from claims.exchange.mapping import guess, read_mapping
from claims.exchange.table import open_table
from claims.store.validate import validate

SEED = Path(__file__).parents[2] / "seeds" / "casualties81" / "notes.csv"

GED = {
    "id": "244657",
    "year": "2017",
    "active_year": "True",
    "type_of_violence": "1",
    "conflict_name": "Afghanistan: Government",
    "dyad_name": "Government of Afghanistan - Taleban",
    "side_a": "Government of Afghanistan",
    "side_b": "Taleban",
    "source_article": '"Agency, 2017-07-31, Attack"',
    "where_coordinates": "Kabul city",
    "date_start": "2017-07-31 00:00:00.000",
    "date_end": "2017-08-01 00:00:00.000",
    "best": "6",
    "high": "6",
    "low": "4",
}
ACLED = {
    "event_id_cnty": "ALG1",
    "event_date": "14 February 1997",
    "event_type": "Violence against civilians",
    "country": "Algeria",
    "location": "Douaouda",
    "actor1": "GIA",
    "actor2": "Civilians",
    "source": "Agency; Gazette",
    "notes": "5 killed",
    "fatalities": "5",
}
STATEMENT = {
    "canonical_id": "Q7747",
    "entity_id": "a-1",
    "prop": "birthDate",
    "prop_type": "date",
    "schema": "Person",
    "value": "1952-10-07",
    "dataset": "list_a",
    "origin": "",
    "lang": "",
    "original_value": "07/10/1952",
    "external": "f",
    "first_seen": "2021-09-26",
    "last_seen": "2023-01-01",
    "id": "s1",
}


def _read(
    folder: Path, name: str, rows: Sequence[Mapping[str, str]]
) -> tuple[Mapped, tuple[Record, ...]]:
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([list(rows[0]), *([*row.values()] for row in rows)])
    with open_table(path) as table:
        assert guess(table) == read_mapping(name)
        return _records(read_mapped(table, read_mapping(name)))


def _records(mapped: Mapped) -> tuple[Mapped, tuple[Record, ...]]:
    made = (record for batch in mapped.batches() for record in batch.records)
    return mapped, (*mapped.shared, *made)


def _said(records: Sequence[Record]) -> list[str]:
    return [r.value.expression for r in records if isinstance(r, Claim) and r.value]


def test_ucdp_ged(tmp_path: Path) -> None:
    odd = {**GED, "id": "2", "best": "0"}
    mapped, records = _read(tmp_path, "ucdp-ged", [GED, odd])
    assert _said(records) == ["coded(4, 6, 6)", "coded(4, 0, 6)"]
    assert [flag.line for flag in mapped.flags] == [3]
    question = next(record for record in records if isinstance(record, Question))
    assert question.text.startswith("Deaths on 2017-07-31 at Kabul city (")
    assert question.scope.period == "2017-07-31/2017-08-01"
    assert [r.name for r in records if isinstance(r, Place)] == ["Kabul city"]
    assert next(r for r in records if isinstance(r, Claim)).key == "244657"


def test_acled(tmp_path: Path) -> None:
    _, records = _read(tmp_path, "acled", [ACLED])
    assert _said(records) == ["5", "5"]
    question = next(record for record in records if isinstance(record, Question))
    assert question.scope.period == "1997-02-14"


def test_followthemoney_statements(tmp_path: Path) -> None:
    other = {**STATEMENT, "id": "s2", "dataset": "list_b", "value": "1952"}
    hidden = {**STATEMENT, "id": "s3", "external": "t"}
    _, records = _read(tmp_path, "ftm-statements", [STATEMENT, other, hidden])
    assert _said(records) == ["1952-10-07", "1952"]
    assert [r.label for r in records if isinstance(r, Topic)] == ["Q7747"]
    assert {r.name for r in records if isinstance(r, Source)} >= {"list_a", "list_b"}


def test_the_whole_seed() -> None:
    with open_table(SEED) as table:
        mapped, records = _records(read_mapped(table, read_mapping("casualties81")))
    assert mapped.rows == 1819
    assert [flag.found for flag in mapped.flags] == ["437 rows without a figure"]
    assert len({record.id for record in records}) == len(records)
    questions = {r.text for r in records if isinstance(r, Question) and r.subset_of is None}
    assert "Killed in Harki massacres" in questions
    assert any(r.subset_of for r in records if isinstance(r, Question))
    for record in records:
        validate(record)


def test_an_event_with_low_above_high_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentFaults, match="low 7 above high 6"):
        _read(tmp_path, "ucdp-ged", [{**GED, "low": "7"}])
