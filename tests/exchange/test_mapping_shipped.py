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


GED_COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id"),
    *("dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id"),
    *("side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office"),
    *("source_date", "source_headline", "source_original", "where_prec", "where_coordinates"),
    *("where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec"),
    *("date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    *("best", "high", "low", "gwnoa", "gwnob"),
)
"""The columns of the global file, in its order, by the codebook of version 25.1."""

ACLED_COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2"),
    *("inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1"),
    *("admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source"),
    *("source_scale", "notes", "fatalities", "tags", "timestamp"),
)
"""The columns of an export since March 2023, in their order."""

STATEMENT_COLUMNS = (
    *("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset"),
    *("origin", "lang", "original_value", "external", "first_seen", "last_seen", "id"),
)
"""The columns of a statement, as followthemoney writes them to CSV."""


@pytest.mark.parametrize(
    ("name", "columns", "row"),
    [
        ("ucdp-ged", GED_COLUMNS, GED),
        ("acled", ACLED_COLUMNS, ACLED),
        ("ftm-statements", STATEMENT_COLUMNS, STATEMENT),
    ],
)
def test_the_whole_layout_of_the_codebook_is_recognised(
    tmp_path: Path, name: str, columns: tuple[str, ...], row: Mapping[str, str]
) -> None:
    assert set(row) <= set(columns)
    whole = [{column: row.get(column, "") for column in columns}]
    mapped, records = _read(tmp_path, name, whole)
    assert mapped.rows == 1
    assert any(isinstance(one, Claim) for one in records)


ODD_EVENTS = [
    ("best above high", {"low": "1", "best": "9", "high": "3"}, "coded(1, 9, 3)", True),
    ("best below low", {"low": "4", "best": "0", "high": "6"}, "coded(4, 0, 6)", True),
    ("all nothing", {"low": "0", "best": "0", "high": "0"}, "coded(0, 0, 0)", False),
    ("all equal", {"low": "5", "best": "5", "high": "5"}, "coded(5, 5, 5)", False),
    ("as floats", {"low": "1.0", "best": "2.0", "high": "3.0"}, "coded(1, 2, 3)", False),
    ("no low", {"low": "", "best": "2", "high": "3"}, "coded(2, 2, 3)", True),
]


@pytest.mark.parametrize(("what", "figures", "said", "odd"), ODD_EVENTS)
def test_odd_events_are_kept_as_they_are_and_told(
    tmp_path: Path, what: str, figures: Mapping[str, str], said: str, odd: bool
) -> None:
    mapped, records = _read(tmp_path, "ucdp-ged", [{**GED, **figures}])
    assert _said(records) == [said], what
    assert [flag.line for flag in mapped.flags] == ([2] if odd else [])


def test_events_of_acled_without_deaths_or_with_one_source(tmp_path: Path) -> None:
    none = {**ACLED, "event_id_cnty": "ALG2", "fatalities": "0", "source": "Agency"}
    bare = {**ACLED, "event_id_cnty": "ALG3", "source": ""}
    _, records = _read(tmp_path, "acled", [none, bare])
    assert _said(records) == ["0", "5"]
    assert [one.key for one in records if isinstance(one, Claim)] == ["ALG2/agency", "ALG3/table"]
