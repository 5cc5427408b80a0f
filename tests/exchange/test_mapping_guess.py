"""Guessed mappings: the tables that researchers keep, read without a word of explanation."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from claims.analysis.records import Claim, Question, Record, Source, Topic
from claims.analysis.vocabulary import Scheme
from claims.errors import DocumentFaults
from claims.exchange.mapped import read_mapped
from claims.exchange.mapping import described, guess, mapping_of, mapping_text, read_mapping
from claims.exchange.mapping_described import EVERY_ROW
from claims.exchange.mapping_guess import guess_plainly, recognised
from claims.exchange.mapping_left_out import blurred, left_out
from claims.exchange.mapping_names import bound_of, role_of
from claims.exchange.mapping_rules import TableMapping, ValueRule
from claims.exchange.table import open_table

SEED = Path(__file__).parents[2] / "seeds" / "casualties81" / "notes.csv"


def _table(folder: Path, text: str, name: str = "tolls_2021.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _guessed(path: Path) -> tuple[TableMapping, tuple[Record, ...]]:
    with open_table(path) as table:
        mapping = guess(table)
        assert mapping_of(mapping_text(mapping).encode(), "m") == mapping
        mapped = read_mapped(table, mapping)
        made = (record for batch in mapped.batches() for record in batch.records)
        return mapping, (*mapped.shared, *made)


def _said(records: tuple[Record, ...]) -> list[str]:
    return [r.value.expression for r in records if isinstance(r, Claim) and r.value]


PLAIN = """event,side,what,low,high,sources,notes
Flood,A,killed,5,8,Gazette; Ministry,roughly
Flood,B,killed,7,,Gazette,
"""


def test_the_table_of_the_brief(tmp_path: Path) -> None:
    mapping, records = _guessed(_table(tmp_path, PLAIN))
    assert _said(records) == ["range(5, 8)", "range(5, 8)", "at_least(7)"]
    assert [r.text for r in records if isinstance(r, Question)] == ["killed (A)", "killed (B)"]
    assert {r.name for r in records if isinstance(r, Source)} == {
        "Gazette",
        "Ministry",
        "Tolls 2021",
    }
    assert mapping.source is not None
    assert mapping.source.several == ";"
    assert "notes" in mapping.passage.columns


def test_the_seed_is_guessed_nearly_right_without_its_mapping() -> None:
    with open_table(SEED) as table:
        mapping = guess_plainly(table)
        mapped = read_mapped(table, mapping)
        topics = [record.label for record in mapped.shared if isinstance(record, Topic)]
        claims = sum(isinstance(r, Claim) for batch in mapped.batches() for r in batch.records)
    assert len(topics) == 81
    assert topics[0] == "Algerian war"
    assert mapping.value == ValueRule(low="{low}", high="{high}")
    assert claims == 2767


def test_a_layout_that_ships_is_known_by_its_columns() -> None:
    with open_table(SEED) as table:
        assert guess(table) == read_mapping("casualties81")


def test_a_wide_table_with_dates_days_first_and_dots(tmp_path: Path) -> None:
    text = (
        "Incident;Date;Killed low;Killed high;Injured;Source;Confidence\n"
        "A;14/02/1992;5;10;1.200;X;low\nB;03/02/1992;7;12;3;Y;very low\n"
    )
    mapping, records = _guessed(_table(tmp_path, text))
    assert (mapping.locale, mapping.dates) == ("de", "day_first")
    assert _said(records) == ["range(5, 10)", "1200", "range(7, 12)", "3"]
    assert [t.dates for t in records if isinstance(t, Topic)] == ["1992-02-14", "1992-02-03"]
    assert [rule.scheme for rule in mapping.assessments] == [Scheme.CONFIDENCE]


def test_quotes_with_a_title_make_documents(tmp_path: Path) -> None:
    text = "event,newspaper title,title,quote,killed,source\nA,x,Flood!,eight died,8,Gazette\n"
    mapping, records = _guessed(_table(tmp_path, text))
    assert mapping.table is None
    assert mapping.passage.quote == "{quote}"
    assert _said(records) == ["8"]


def test_a_table_without_topic_is_one_topic(tmp_path: Path) -> None:
    _, records = _guessed(_table(tmp_path, "source,deaths\nGazette,8\nMinistry,several\n"))
    assert [r.label for r in records if isinstance(r, Topic)] == ["Tolls 2021"]
    assert _said(records) == ["8", "several"]


def test_a_workbook_with_a_heading_of_two_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Tolls", 0)
    sheet.append(["Event", "Killed", None, "Source"])
    sheet.append([None, "low", "high", None])
    sheet.append(["A", 5, Decimal(8), "X"])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:D2")
    book.save(tmp_path / "t.xlsx")
    _, records = _guessed(tmp_path / "t.xlsx")
    assert _said(records) == ["range(5, 8)"]
    assert [r.text for r in records if isinstance(r, Question)] == ["Killed"]


def test_headings_with_braces_are_found_by_letter(tmp_path: Path) -> None:
    _, records = _guessed(_table(tmp_path, "event,{killed} [a],source\nA,8,X\n"))
    assert [r.text for r in records if isinstance(r, Question)] == ["{killed} [a]"]


def test_a_table_without_values_is_refused_with_its_columns(tmp_path: Path) -> None:
    with (
        open_table(_table(tmp_path, "name,colour\nA,red\n")) as table,
        pytest.raises(DocumentFaults, match=r"among name, colour; expected a column such as"),
    ):
        guess(table)


def test_what_the_user_is_shown(tmp_path: Path) -> None:
    path = _table(
        tmp_path, PLAIN.replace("what,", "colour,what,").replace("killed,", "red,killed,")
    )
    with open_table(path) as table:
        shown = described(guess(table), table)
    assert shown == (
        (EVERY_ROW, "how numbers are written", "en: 1,500 is fifteen hundred"),
        ("event", "topic", "Flood"),
        ("side", "question", "A"),
        ("colour", "cited with the row", "red"),
        ("what", "question", "killed"),
        ("low", "low figure", "5"),
        ("high", "high figure", "8"),
        ("sources", "source", "Gazette; Ministry"),
        ("notes", "cited with the row", "roughly"),
    )


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Source(s)", "source"),
        ("Sources", "source"),
        ("eventDate", "date"),
        ("EVENT_DATE", "date"),
        ("As-of", "as_of"),
        ("Death toll", "value"),
        ("colour", None),
    ],
)
def test_headings_tell_their_role(heading: str, role: str | None) -> None:
    assert role_of(heading) == role


def test_headings_tell_their_bound() -> None:
    assert bound_of("Killed / low") == ("killed", "low")
    assert bound_of("min_killed") == ("killed", "low")
    assert bound_of("Injured (high estimate)") == ("injured", "high")
    assert bound_of("low") is None


def test_a_cell_of_a_workbook_is_named_by_sheet_and_cell(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Tolls", 0)
    sheet.append(["Event", "Date", "Killed", "Source"])
    sheet.append(["A", date(1992, 2, 10), 8, "X"])
    sheet.append(["B", datetime(1992, 2, 11, 0, 0), 9, "X"])  # noqa: DTZ001 (sheets have no zone)
    sheet.append(["C", "30 February 1992", "twelvish", "X"])
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(DocumentFaults) as raised:
        _guessed(tmp_path / "t.xlsx")
    found = [(fault.line, fault.column, fault.field) for fault in raised.value.faults]
    assert found == [
        (4, 2, "sheet Tolls, cell B4 “Date”"),
        (4, 3, "sheet Tolls, cell C4 “Killed”"),
    ]
    sheet["B4"], sheet["C4"] = "12 February 1992", 10
    book.save(tmp_path / "t.xlsx")
    _, records = _guessed(tmp_path / "t.xlsx")
    assert [t.dates for t in records if isinstance(t, Topic)] == [
        "1992-02-10",
        "1992-02-11",
        "1992-02-12",
    ]
    assert _said(records) == ["8", "9", "10"]


SPOILT = """event,killed civilians,injured,source
A,8,3,X
B,9,4,X
C,n.k.,5,X
"""


def test_a_column_that_one_odd_cell_keeps_out_is_named_with_the_cell(tmp_path: Path) -> None:
    with open_table(_table(tmp_path, SPOILT)) as table:
        mapping = guess(table)
        (told,) = left_out(mapping, table)
    assert [figure.value.said for figure in mapping.all_figures] == ["{injured}"]
    assert "column B “killed civilians” is left out" in told
    assert "row 4 has 'n.k.', which is no figure." in told


def test_a_column_that_is_used_or_holds_words_is_not_told_of(tmp_path: Path) -> None:
    with open_table(_table(tmp_path, PLAIN.replace("what,", "colour,what,"))) as table:
        assert left_out(guess(table), table) == ()


def test_a_table_whose_only_figures_are_spoilt_is_refused_with_the_cell(tmp_path: Path) -> None:
    text = SPOILT.replace("injured", "colour").replace(",3,", ",red,")
    text = text.replace(",4,", ",red,").replace(",5,", ",red,")
    with open_table(_table(tmp_path, text)) as table, pytest.raises(DocumentFaults) as raised:
        guess(table)
    assert [(fault.line, fault.column) for fault in raised.value.faults] == [(1, 0), (4, 2)]


def test_a_place_that_varies_is_the_area_and_the_row_is_cited_whole(tmp_path: Path) -> None:
    text = "event,place,what,figure,sources,x\nA,Upper,killed,5,G,p\nA,Lower,killed,7,R,q\n"
    mapping, records = _guessed(_table(tmp_path, text))
    asked = [one for one in records if isinstance(one, Question)]
    assert [one.text for one in asked] == ["killed, Upper", "killed, Lower"]
    assert all(one.scope.area for one in asked)
    assert mapping.passage.columns == ("event", "place", "what", "figure", "sources", "x")
    with open_table(tmp_path / "tolls_2021.csv") as table:
        assert blurred(mapping, table) == ()


def test_a_date_that_varies_is_that_of_the_figure(tmp_path: Path) -> None:
    text = "event,date,what,figure,sources\nA,2019-04-12,killed,5,G\nA,2019-04-14,killed,7,G\n"
    _, records = _guessed(_table(tmp_path, text))
    dates = [one.as_of for one in records if isinstance(one, Claim)]
    assert {"2019-04-12", "2019-04-14"} <= set(dates)
    broken = _table(tmp_path, text.replace("04-14", "02-30"))
    with pytest.raises(DocumentFaults, match="2019-02-30"):
        _guessed(broken)


def test_a_column_that_tells_rows_of_a_question_apart_is_warned_of(tmp_path: Path) -> None:
    text = "event,x,what,figure,sources\nA,p,killed,5,G\nA,q,killed,7,R\n"
    with open_table(_table(tmp_path, text)) as table:
        (told,) = blurred(guess(table), table)
    assert told.startswith("Rows 2 and 3 answer the same question and differ in 'x'")


def test_how_numbers_and_dates_are_read_is_shown(tmp_path: Path) -> None:
    text = "event;date;killed;source\nA;14.07.2021;1.500;X\nB;02.03.2021;8;X\n"
    with open_table(_table(tmp_path, text)) as table:
        shown = described(guess(table), table)
    assert shown[:2] == (
        (EVERY_ROW, "how numbers are written", "de: 1.500 is fifteen hundred"),
        (EVERY_ROW, "order of dates", "day_first: 10/02/1992 is 10 February"),
    )


def _uncomputed(folder: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.create_sheet("Tolls", 0)
    for row in (("Event", "Killed", "Date", "Source"), *rows):
        sheet.append(row)
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx"


def test_formulas_never_computed_are_told_with_the_other_defects(tmp_path: Path) -> None:
    path = _uncomputed(
        tmp_path, ("A", 8, None, "X"), ("B", "=4+5", None, "X"), ("C", 7, "30 February 1992", "X")
    )
    with pytest.raises(DocumentFaults) as raised:
        _guessed(path)
    assert [(fault.line, fault.column) for fault in raised.value.faults] == [(3, 2), (4, 3)]


def test_where_no_figure_was_computed_that_is_why_there_is_none(tmp_path: Path) -> None:
    with (
        open_table(_uncomputed(tmp_path, ("A", "=4+5", None, "X"))) as table,
        pytest.raises(DocumentFaults) as raised,
    ):
        guess(table)
    found = [fault.found for fault in raised.value.faults]
    assert found[0].startswith("no column that seems to hold values")
    assert found[1:] == ["a formula that was never computed"]


def test_the_layout_that_was_recognised_has_a_name(tmp_path: Path) -> None:
    with open_table(SEED) as table:
        assert recognised(table) == "casualties81"
    with open_table(_table(tmp_path, PLAIN)) as table:
        assert recognised(table) is None
