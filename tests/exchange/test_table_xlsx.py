"""Workbooks in: merged cells, dates, formulas, errors, hidden rows, and what is refused."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from claims.errors import DocumentFaults, NotFound
from claims.exchange.table import Row, Table, open_table
from claims.exchange.table_bytes import FREE
from claims.exchange.table_xlsx_cells import Shown, shown_by

openpyxl = import_module("openpyxl")


def workbook() -> tuple[Any, Any]:
    book = openpyxl.Workbook()
    return book, book.active


def opened(path: Path, **asked: str | int) -> tuple[Table, list[Row]]:
    with open_table(path, **asked) as table:  # type: ignore[arg-type]
        return table, list(table.rows())


def refused(path: Path, **asked: str) -> str:
    with pytest.raises(DocumentFaults) as caught:
        opened(path, **asked)
    return str(caught.value)


def changed(path: Path, part: str, pattern: str, new: str) -> None:
    """Write a workbook anew with one part changed, as another program might have written it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text, count = re.subn(pattern, new, parts[part].decode(), flags=re.DOTALL)
    assert count, pattern
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.fixture
def xlsx(tmp_path: Path) -> Path:
    return tmp_path / "table.xlsx"


SHEET = "xl/worksheets/sheet1.xml"


def test_numbers_texts_and_truths_are_what_they_are(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.append(["a", "b", "c", "d", "e"])
    sheet.append([1, 0.1 + 0.2, "001", True, -2.5e-7])
    sheet.append([12345678901234, 1e20, "=not", False, "  kept  "])
    sheet["C3"].data_type = "s"
    book.save(xlsx)
    table, rows = opened(xlsx)
    assert (table.columns, table.letters, table.sheet) == (tuple("abcde"), tuple("ABCDE"), "Sheet")
    assert rows[0].cells == (1, Decimal("0.3"), "001", True, Decimal("-2.5E-7"))
    assert rows[1].cells == (12345678901234, 10**20, "=not", False, "  kept  ")
    assert type(rows[0].cells[0]) is int


def test_a_merged_heading_is_joined_and_titles_are_passed(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet["A1"] = "Losses of the flood"
    sheet.merge_cells("A1:E1")
    for place, word in {"A3": "Date", "B3": "Killed", "E3": "Source"}.items():
        sheet[place] = word
    for area in ("B3:D3", "A3:A4", "E3:E4"):
        sheet.merge_cells(area)
    for place, word in {"B4": "low", "C4": "best", "D4": "high"}.items():
        sheet[place] = word
    sheet.append([date(2021, 7, 14), 1, 2, 3, "Gazette"])
    sheet.append([])
    sheet.append(["Note: early figures"])
    book.save(xlsx)
    table, rows = opened(xlsx)
    assert table.columns == ("Date", "Killed / low", "Killed / best", "Killed / high", "Source")
    assert (table.heading, rows) == (4, [Row(5, (date(2021, 7, 14), 1, 2, 3, "Gazette"))])
    assert "'Losses of the flood'" in table.notes[0]
    assert "Row 7 is a note below the table" in table.notes[-1]


def test_a_cell_merged_downwards_holds_for_every_row_it_spans(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.append(["source", "n"])
    for n, name in enumerate(("Gazette", None, None, "Herald")):
        sheet.append([name, n])
    sheet.merge_cells("A2:A4")
    book.save(xlsx)
    table, rows = opened(xlsx)
    assert [row.cells[0] for row in rows] == ["Gazette", "Gazette", "Gazette", "Herald"]
    assert any("2 cells were filled" in note for note in table.notes)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("yyyy-mm-dd", date(1981, 3, 1)),
        ("dd.mm.yy", date(1981, 3, 1)),
        ("[$-409]d mmm yyyy;@", date(1981, 3, 1)),
        ('"on "d/m/yyyy', date(1981, 3, 1)),
        ("mmm-yy", "1981-03"),
        ("yyyy", "1981"),
        ("d-mmm", date(1981, 3, 1)),
        ("yyyy-mm-dd hh:mm", datetime.fromisoformat("1981-03-01T00:00")),
        ('0" days"', 29646),
        ("#,##0", 29646),
        ("[Red]0.00", 29646),
        ("0.00E+00", 29646),
        ("General", 29646),
    ],
)
def test_a_date_is_no_more_precise_than_it_is_shown(
    xlsx: Path, shown: str, expected: object
) -> None:
    book, sheet = workbook()
    sheet.append(["when"])
    sheet.append([29646])
    sheet["A2"].number_format = shown
    book.save(xlsx)
    table, rows = opened(xlsx)
    assert rows[0].cells == (expected,)
    assert type(rows[0].cells[0]) is type(expected)
    assert any("without a year" in note for note in table.notes) == (shown == "d-mmm")


def test_times_of_day_and_durations_are_texts(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.append(["a", "b", "c"])
    sheet.append([0.604166666666667, 1.0625, 29646.5])
    sheet["A2"].number_format, sheet["B2"].number_format = "h:mm AM/PM", "[h]:mm:ss"
    sheet["C2"].number_format = "yyyy-mm-dd"
    book.save(xlsx)
    assert opened(xlsx)[1][0].cells == (
        "14:30:00",
        "25:30:00",
        datetime.fromisoformat("1981-03-01T12:00"),
    )


@pytest.mark.parametrize(
    ("serial", "day"), [(1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1))]
)
def test_days_around_the_leap_day_that_never_was(xlsx: Path, serial: int, day: date) -> None:
    book, sheet = workbook()
    sheet.append(["when"])
    sheet.append([serial])
    sheet["A2"].number_format = "yyyy-mm-dd"
    book.save(xlsx)
    assert opened(xlsx)[1][0].cells == (day,)


@pytest.mark.parametrize("serial", [0, 60, -1, 2958466])
def test_numbers_that_are_no_date_are_defects(xlsx: Path, serial: int) -> None:
    book, sheet = workbook()
    sheet.append(["when"])
    sheet.append([serial])
    sheet["A2"].number_format = "yyyy-mm-dd"
    book.save(xlsx)
    assert "table.xlsx:2:1: A2: found no date" in refused(xlsx)


def test_the_calendar_from_1904_is_known(xlsx: Path) -> None:
    book, sheet = workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet.append(["when"])
    sheet.append([date(1981, 3, 1)])
    book.save(xlsx)
    assert opened(xlsx)[1][0].cells == (date(1981, 3, 1),)


def test_built_in_formats_of_dates_are_known() -> None:
    assert [shown_by(n, None) for n in (0, 14, 17, 22, 46, 49)] == [
        Shown.NUMBER,
        Shown.DAY,
        Shown.MONTH,
        Shown.MOMENT,
        Shown.CLOCK,
        Shown.NUMBER,
    ]


def test_formulas_give_the_value_computed_last(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with import_module("xlsxwriter").Workbook(str(path)) as book:
        sheet = book.add_worksheet("one")
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write(2, 0, "end")
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, '="x"&"y"', None, "xy")
        sheet.write_formula(1, 2, '=""', None, "nothing")
    changed(path, SHEET, "<v>nothing</v>", "<v></v>")
    table, rows = opened(path)
    assert rows == [Row(2, (2, "xy", None)), Row(3, ("end", None, None))]
    assert "3 cells hold formulas" in table.notes[0]


def test_error_values_and_uncomputed_formulas_are_all_named(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.append(["a", "b"])
    sheet.append(["#REF!", "kept"])
    sheet.append(["=SUM(B1:B2)", "kept"])
    sheet.append(["fine", "#N/A"])
    book.save(xlsx)
    with open_table(xlsx) as table:
        rows: list[Row] = []
        with pytest.raises(DocumentFaults) as caught:
            rows.extend(table.rows())
    assert [(fault.line, fault.column, fault.field) for fault in caught.value.faults] == [
        (2, 1, "A2"),
        (3, 1, "A3"),
        (4, 2, "B4"),
    ]
    assert "#REF!" in caught.value.faults[0].found
    assert "never computed" in caught.value.faults[1].found
    assert [row.cells for row in rows] == [(None, "kept"), (None, "kept"), ("fine", None)]


def test_hidden_rows_and_columns_are_read_and_said(xlsx: Path) -> None:
    book, sheet = workbook()
    for row in (["a", "b"], [1, 2], [3, 4]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.save(xlsx)
    table, rows = opened(xlsx)
    assert len(rows) == 2
    assert [note for note in table.notes if "idden" in note] == [
        "1 hidden row was read as well.",
        "Hidden columns were read as well.",
    ]


def test_the_first_sheet_in_sight_with_cells_is_read_and_the_others_named(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.title = "hidden"
    sheet.append(["x"])
    sheet.sheet_state = "hidden"
    book.create_sheet("empty")
    third = book.create_sheet("Data & more")
    third.append(["a", "b"])
    third.append([1, 2])
    book.save(xlsx)
    table, _ = opened(xlsx)
    assert table.sheet == "Data & more"
    assert "'hidden', 'empty'" in table.notes[0]
    assert opened(xlsx, sheet="HIDDEN")[0].columns == ("x",)
    with pytest.raises(NotFound, match="has no sheet 'none'; it has 'hidden'"):
        opened(xlsx, sheet="none")
    assert "no filled cell" in refused(xlsx, sheet="empty")


def test_two_cells_at_the_ends_of_a_sheet_are_soon_read(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.append(["a"])
    sheet.cell(1_048_576, 16_384, "far")
    book.save(xlsx)
    table, rows = opened(xlsx)
    assert (table.letters[-1], rows) == ("XFD", [])
    assert "Row 1048576 is a note below the table, left out: 'far'." in table.notes


def test_what_other_programs_write_is_read(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.append(["a", "b", "c"])
    sheet.append([1, 2, 3])
    book.save(xlsx)
    cells = (
        '<x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>a</x:t></x:r><x:rPh sb="0" eb="1">'
        '<x:t>KANA</x:t></x:rPh></x:is></x:c></x:row><x:row><x:c t="d"><x:v>2020-02-03</x:v></x:c>'
        '</x:row><x:row><x:c t="str"><x:v>_x0041_&amp;_x000D_</x:v></x:c></x:row></x:sheetData>'
    )
    changed(xlsx, SHEET, "<sheetData>.*</sheetData>", cells)
    changed(xlsx, SHEET, "<worksheet ", '<worksheet xmlns:x="urn:x" ')
    table, rows = opened(xlsx)
    assert table.columns == ("a",)
    assert [row.cells for row in rows] == [(date(2020, 2, 3),), ("A&\r",)]


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ('<row r="3"/><row r="2"/>', "rows out of order"),
        ('<row r="9999999"/>', "rows out of order"),
        ('<row r="2"><c r="B2"/><c r="A2"/></row>', "cells out of order"),
        ('<row r="2"><c r="A7"><v>1</v></c></row>', "cells out of order"),
        ('<row r="2"><c r="A2"><v>1</c></row>', "XML of its part"),
        ('<row r="2"><c r="A2" t="s"><v>99</v></c></row>', "A2: found a reference to text 99"),
        ('<row r="2"><c r="A2"><v>one</v></c></row>', "A2: found 'one', which is no number"),
        ('<row r="2"><c r="A2"><v>1e999</v></c></row>', "which is no number"),
        ('<row r="2"><c r="A2" t="zz"><v>1</v></c></row>', "unknown kind 'zz'"),
    ],
)
def test_a_damaged_sheet_is_refused_in_a_sentence(xlsx: Path, new: str, words: str) -> None:
    book, sheet = workbook()
    sheet.append(["a"])
    sheet.append([1])
    book.save(xlsx)
    changed(xlsx, SHEET, '<row r="2".*</row>', new)
    said = refused(xlsx)
    assert words in said
    assert "\n" not in said


def test_entities_are_refused(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.append(["a"])
    book.save(xlsx)
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet '
    changed(xlsx, SHEET, "<worksheet ", laughs)
    assert "declares entities" in refused(xlsx)


def test_a_bomb_is_refused_before_it_is_unpacked(xlsx: Path) -> None:
    book, sheet = workbook()
    sheet.append(["a"])
    book.save(xlsx)
    changed(xlsx, SHEET, "</worksheet>", " " * (FREE + 1) + "</worksheet>")
    assert "packed data that unpacks to" in refused(xlsx)


def test_a_part_that_is_cut_off_or_altered_is_refused(xlsx: Path) -> None:
    book, sheet = workbook()
    for n in range(2000):
        sheet.append([f"text {n}", n])
    book.save(xlsx)
    whole = xlsx.read_bytes()
    xlsx.write_bytes(whole[:-200])
    assert "damaged or cut off" in refused(xlsx)
    with zipfile.ZipFile(xlsx.with_suffix(".zip"), "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "without its part" in refused(xlsx.with_suffix(".zip"))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("word/document.xml", "Word"),
        ("content.xml", "OpenDocument"),
        ("xl/workbook.bin", "binary workbook"),
        ("readme.txt", "a ZIP archive that is no workbook"),
    ],
)
def test_other_archives_are_named(xlsx: Path, part: str, words: str) -> None:
    with zipfile.ZipFile(xlsx, "w") as archive:
        archive.writestr(part, "x")
    assert words in refused(xlsx)


def test_a_locked_workbook_is_named(xlsx: Path) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    xlsx.write_bytes(head + "EncryptedPackage".encode("utf-16-le"))
    assert "locked with a password" in refused(xlsx)


def test_values_agree_with_another_reader(xlsx: Path) -> None:
    calamine = import_module("python_calamine")
    book, sheet = workbook()
    sheet.append(["id", "text", "number", "day"])
    for n in range(200):
        sheet.append([n, f"<{n}> & 'é' 漢\n\t", n / 7, date(1901 + n, 3, 2)])
    book.save(xlsx)
    theirs = calamine.load_workbook(str(xlsx)).get_sheet_by_index(0).to_python()[1:]
    _, ours = opened(xlsx)
    for row, other in zip(ours[1:], theirs[1:], strict=True):
        number = row.cells[2]
        assert isinstance(number, int | Decimal)
        assert (row.cells[0], row.cells[1], row.cells[3]) == (other[0], other[1], other[3])
        assert float(number) == pytest.approx(other[2], rel=1e-14)
