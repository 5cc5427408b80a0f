"""Tables out: what is written is read back the same, runs nowhere, and is whole or not there."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.errors import InputRefused, SetupError
from claims.exchange.table import Row, Scalar, TableFormat, open_table
from claims.exchange.table_inert import inert, plain, runs
from claims.exchange.table_write import Sheet, write_sheets

DANGEROUS = ("=1+1", "+1-A1", "-cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "'=1")
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
) | st.sampled_from([*DANGEROUS, "-5", "007", "_x0041_", "\r\n", '"', "a;b|c\td", "NULL", "\ufeff"])
ROWS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=6)


def place(folder: Path, form: TableFormat) -> Path:
    return folder / "book.xlsx" if form is TableFormat.XLSX else folder


def written(folder: Path, form: TableFormat, *sheets: Sheet) -> list[Row]:
    """Write sheets, and read the first one back."""
    write_sheets(place(folder, form), sheets, form)
    path = place(folder, form)
    path = path if path.is_file() else path / f"{sheets[0].name}.{form}"
    with open_table(path, delimiter="," if form is TableFormat.CSV else None) as table:
        assert table.columns == sheets[0].columns
        return list(table.rows())


def kept(row: tuple[Scalar, ...]) -> tuple[Scalar, ...]:
    return tuple(None if cell == "" else cell for cell in row)


@pytest.mark.parametrize("form", list(TableFormat))
@given(rows=ROWS)
@example(rows=[(text, "x", text) for text in DANGEROUS])
@settings(max_examples=40, deadline=None)
def test_any_texts_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, form: TableFormat, rows: list[tuple[str, str, str]]
) -> None:
    if form is TableFormat.JSONL and not rows:
        return
    sheet = Sheet(name="things", columns=("a", "=b", "c"), rows=rows)
    found = written(tmp_path_factory.mktemp("out"), form, sheet)
    expected = [kept(row) for row in rows]
    if form in {TableFormat.CSV, TableFormat.TSV, TableFormat.XLSX}:
        expected = [row for row in expected if any(row)]
    assert [row.cells for row in found] == expected


NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.booleans()


@pytest.mark.parametrize("form", [TableFormat.XLSX, TableFormat.JSONL])
@given(numbers=st.lists(NUMBERS, min_size=1, max_size=8))
@example(numbers=[10**15, 999_999_999_999_999, Decimal("1E-320"), Decimal("0.1"), Decimal("-0.0")])
@settings(max_examples=40, deadline=None)
def test_numbers_stay_numbers_or_are_exact_as_text(
    tmp_path_factory: pytest.TempPathFactory, form: TableFormat, numbers: list[Scalar]
) -> None:
    sheet = Sheet(name="n", columns=("n", "x"), rows=[(number, "x") for number in numbers])
    found = written(tmp_path_factory.mktemp("out"), form, sheet)
    for row, number in zip(found, numbers, strict=True):
        cell = row.cells[0]
        if isinstance(cell, str):
            assert form is TableFormat.XLSX
            digits = len(Decimal(cell).as_tuple().digits)
            assert digits > 15 or abs(Decimal(cell).adjusted()) >= 300
            assert Decimal(cell) == number
        else:
            assert (cell, isinstance(cell, bool)) == (number, isinstance(number, bool))


@given(TEXTS)
def test_a_mark_is_put_and_taken(text: str) -> None:
    assert plain(inert(text)) == text
    assert not inert(text).lstrip().startswith(("=", "+", "@", "＝", "＋", "＠")) or not runs(text)


def test_formulas_are_inert_in_csv_and_numbers_are_not_marked(tmp_path: Path) -> None:
    rows: list[tuple[Scalar, ...]] = [(text, -5) for text in DANGEROUS]
    write_sheets(tmp_path, [Sheet(name="t", columns=("a", "n"), rows=rows)], TableFormat.CSV)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(file))[1:]
    assert all(text.startswith("'") for text, _ in cells)
    assert {number for _, number in cells} == {"-5"}


def test_formulas_are_texts_in_xlsx_for_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows: list[tuple[Scalar, ...]] = [(text, 5, Decimal("1.5")) for text in DANGEROUS]
    rows.append(("https://example.org", 5, Decimal("1.5")))
    write_sheets(path, [Sheet(name="t", columns=("a", "n", "d"), rows=rows)], TableFormat.XLSX)
    sheet = import_module("openpyxl").load_workbook(path)["t"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert all(cell.quotePrefix for cell in cells[:-1])
    assert cells[-1].hyperlink is None
    assert (sheet["B2"].value, sheet["C2"].value) == (5, 1.5)


def test_a_workbook_has_filters_a_fixed_heading_and_links(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    claims = [("c1", "s2"), ("c2", "gone"), ("c3", None)]
    sources = [("s1", "Gazette"), ("s2", "Herald")]
    sheets = [
        Sheet(name="claims", columns=("id", "source"), rows=claims, links={"source": "it's"}),
        Sheet(name="it's", columns=("id", "name"), rows=sources),
    ]
    write_sheets(path, sheets, TableFormat.XLSX)
    sheet = import_module("openpyxl").load_workbook(path)["claims"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B4")
    assert sheet["B2"].hyperlink.location == "'it''s'!A3"
    assert sheet["B3"].hyperlink is None
    with open_table(path, sheet="claims") as table:
        assert [row.cells for row in table.rows()] == claims


def test_dates_are_dates_where_the_format_has_them(tmp_path: Path) -> None:
    row = (date(1981, 3, 1), datetime.fromisoformat("2020-01-02T03:04:05.006"), date(1812, 9, 7))
    for form in (TableFormat.XLSX, TableFormat.PARQUET):
        sheet = Sheet(name="d", columns=("a", "b", "c"), rows=[row])
        (tmp_path / form).mkdir()
        (found,) = written(tmp_path / form, form, sheet)
        last = row[2] if form is TableFormat.PARQUET else "1812-09-07"
        assert found.cells == (row[0], row[1], last)


def test_decimals_of_one_column_keep_their_own_places_in_parquet(tmp_path: Path) -> None:
    told = [Decimal("0.5"), Decimal("0.125"), Decimal(12), Decimal("1" * 20 + ".000000000001")]
    sheet = Sheet(name="t", columns=("a", "b"), rows=[("x", one) for one in told])
    found = [str(row.cells[1]) for row in written(tmp_path, TableFormat.PARQUET, sheet)]
    assert found == [str(one) for one in told]


def test_a_column_of_several_kinds_is_text_in_parquet(tmp_path: Path) -> None:
    rows: list[tuple[Scalar, ...]] = [
        (1, 1, None),
        ("x", Decimal("0.5"), None),
        (None, 10**40, None),
    ]
    found = written(
        tmp_path, TableFormat.PARQUET, Sheet(name="m", columns=("a", "b", "c"), rows=rows)
    )
    assert [row.cells[0] for row in found] == ["1", "x", None]
    assert [Decimal(str(row.cells[1])) for row in found] == [1, Decimal("0.5"), 10**40]
    assert {row.cells[2] for row in found} == {None}


@pytest.mark.parametrize("form", list(TableFormat))
@pytest.mark.parametrize("cell", ["a\0b", "half \ud800", Decimal("NaN")])
def test_what_cannot_be_kept_is_refused_and_nothing_is_left(
    tmp_path: Path, form: TableFormat, cell: Scalar
) -> None:
    sheet = Sheet(name="t", columns=("a", "b"), rows=[("fine", 1), (cell, 2)])
    with pytest.raises(InputRefused, match="t, row 2, column a"):
        write_sheets(place(tmp_path, form), [sheet], form)
    assert not list(tmp_path.iterdir())


def test_limits_of_workbooks_are_said(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    fits, long = "😀" * 16_383 + "x", "😀" * 16_384
    write_sheets(path, [Sheet(name="t", columns=("a",), rows=[(fits,)])], TableFormat.XLSX)
    with open_table(path) as table:
        assert [row.cells for row in table.rows()] == [(fits,)]
    with pytest.raises(InputRefused, match="at most 32,767 characters"):
        write_sheets(path, [Sheet(name="t", columns=("a",), rows=[(long,)])], TableFormat.XLSX)
    with open_table(path) as table:
        assert len(list(table.rows())) == 1


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["a", "A"], ("x",)),
        ([""], ("x",)),
        (["a/b"], ("x",)),
        (["a"], ()),
        (["a"], ("x", "x")),
        (["a"], ("",)),
    ],
)
def test_names_that_cannot_be_are_refused(
    tmp_path: Path, names: list[str], columns: tuple[str, ...]
) -> None:
    sheets = [Sheet(name=name, columns=columns, rows=[]) for name in names]
    with pytest.raises(InputRefused):
        write_sheets(tmp_path / "out", sheets, TableFormat.CSV)
    assert not (tmp_path / "out").exists()


def test_an_unfinished_file_never_takes_the_place_of_one(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[Scalar, ...]]:
        yield ("new", 1)
        raise OSError(28, os.strerror(28))

    for form in TableFormat:
        path = place(tmp_path / form, form)
        path.parent.mkdir(exist_ok=True)
        first = Sheet(name="a", columns=("x", "y"), rows=[("old", 1)])
        write_sheets(path, [first], form)
        before = sorted((file.name, file.read_bytes()) for file in (tmp_path / form).iterdir())
        changed = Sheet(name="a", columns=("x", "y"), rows=[("new", 1)])
        with pytest.raises(SetupError, match="no space left on device"):
            write_sheets(path, [changed, Sheet(name="b", columns=("x", "y"), rows=rows())], form)
        after = sorted((file.name, file.read_bytes()) for file in (tmp_path / form).iterdir())
        assert after == before


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    sheet = Sheet(name="a", columns=("x", "y"), rows=[("old", 1)])
    for form in TableFormat:
        (tmp_path / form).mkdir()
        path = place(tmp_path / form, form)
        write_sheets(path, [sheet], form)
        (file,) = (tmp_path / form).iterdir()
        before = file.read_bytes()
        write_sheets(path, [sheet], form)
        assert file.read_bytes() == before
