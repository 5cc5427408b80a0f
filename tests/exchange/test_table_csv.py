"""Tables as text: encodings, delimiters, headings, notes, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from claims.errors import DocumentFaults, InputRefused, NotFound
from claims.exchange.table import Row, Table, TableFormat, format_of, open_table
from claims.exchange.table_bytes import FREE


def opened(path: Path, content: bytes | str, **asked: str | int) -> tuple[Table, list[Row]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with open_table(path, **asked) as table:  # type: ignore[arg-type]
        return table, list(table.rows())


def refused(path: Path, content: bytes | str, **asked: str | int) -> str:
    with pytest.raises(DocumentFaults) as caught:
        opened(path, content, **asked)
    return str(caught.value)


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def test_rows_have_the_line_where_they_start(csv: Path) -> None:
    table, rows = opened(csv, 'who,said\na,"one\ntwo"\n\nb,three\n')
    assert (table.columns, table.letters, table.heading) == (("who", "said"), ("A", "B"), 1)
    assert rows == [Row(2, ("a", "one\ntwo")), Row(5, ("b", "three"))]
    assert table.notes == ("Empty rows were left out.",)


def test_rows_can_be_read_again(csv: Path) -> None:
    csv.write_text("a,b\n1,2\n")
    with open_table(csv) as table:
        next(table.rows())
        assert list(table.rows()) == list(table.rows()) == [Row(2, ("1", "2"))]
    with pytest.raises(ValueError, match="was closed"):
        list(table.rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_unicode_is_known_with_and_without_a_mark(csv: Path, encoding: str) -> None:
    table, rows = opened(csv, "город,name\nОдесса,Zoë 漢\n".encode(encoding))
    assert table.columns == ("город", "name")
    assert rows == [Row(2, ("Одесса", "Zoë 漢"))]


@pytest.mark.parametrize(
    ("encoding", "text", "word"),
    [("cp1252", "Stadt,Zahl\nMünchen,3\n", "München"), ("cp1251", "город,n\nОдесса,3\n", "город")],
)
def test_an_encoding_that_is_guessed_is_said(
    csv: Path, encoding: str, text: str, word: str
) -> None:
    table, rows = opened(csv, text.encode(encoding))
    assert rows[0].cells[0] == text.split("\n")[1].split(",", maxsplit=1)[0]
    assert "guess" in table.notes[0]
    assert word in table.notes[0]
    asked, again = opened(csv, text.encode(encoding), encoding=encoding)
    assert (again, asked.notes) == (rows, ())


def test_damaged_utf8_is_not_taken_for_another_encoding(csv: Path) -> None:
    text = "имя,слово\n" + "Анна,да\n" * 20
    broken = text.encode() + b"\xff\xfe,x\n"
    assert "table.csv:22:1: file: found the bytes b'\\xff'" in refused(csv, broken)


def test_a_nul_is_named_with_its_line(csv: Path) -> None:
    assert "table.csv:3:1: file: found a NUL character" in refused(
        csv, "a,b\n1,2\n3,\0\n" + "x" * 5000, encoding="utf-8"
    )
    assert "no text" in refused(csv, b"\x00\x01\x02\x03" * 100)


@pytest.mark.parametrize("encoding", ["hex", "nonsense", "utf-8\0"])
def test_an_encoding_that_is_none_is_refused(csv: Path, encoding: str) -> None:
    with pytest.raises(InputRefused, match="no encoding"):
        opened(csv, "a,b\n", encoding=encoding)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(csv: Path, sign: str) -> None:
    text = f'who{sign}dead{sign}said\nA{sign}"1,5"{sign}"a, b; c"\nB{sign}"2,5"{sign}"d; e|f"\n'
    table, rows = opened(csv, text)
    assert table.columns == ("who", "dead", "said")
    assert [row.cells[1] for row in rows] == ["1,5", "2,5"]


def test_quoted_line_breaks_do_not_outvote_the_delimiter(csv: Path) -> None:
    lines = "\n".join("x;y" for _ in range(60))
    table, _ = opened(csv, f'who,said\nA,"{lines}"\nB,"{lines}"\n')
    assert table.columns == ("who", "said")


def test_a_declared_delimiter_holds(csv: Path) -> None:
    table, rows = opened(csv, "sep=|\na|b\n1,2|3\n")
    assert (table.columns, table.heading, rows) == (("a", "b"), 2, [Row(3, ("1,2", "3"))])


def test_a_delimiter_asked_for_holds_and_must_be_one_character(csv: Path) -> None:
    assert opened(csv, "a,b\n1,2\n", delimiter=";")[0].columns == ("a,b",)
    with pytest.raises(InputRefused, match="cannot divide cells"):
        opened(csv, "a,b\n", delimiter="::")


def test_every_defect_is_told_after_the_last_row(csv: Path) -> None:
    csv.write_text('a,b\n1,2,3\n"x"y,1\n5,6\n7,8,,9\n9,"open\n')
    seen: list[Row] = []
    with open_table(csv) as table, pytest.raises(DocumentFaults) as caught:
        seen.extend(table.rows())
    assert [row.number for row in seen] == [2, 4, 5]
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [
        (2, 3),
        (3, 0),
        (5, 4),
        (6, 0),
    ]
    assert "'9'" in caught.value.faults[2].found
    assert "never closed" in caught.value.faults[3].found


def test_a_thousand_defects_are_named_and_the_rest_counted(csv: Path) -> None:
    csv.write_text("a,b\n" + "1,2,3\n" * 1500)
    with open_table(csv) as table, pytest.raises(DocumentFaults) as caught:
        list(table.rows())
    assert len(caught.value.faults) == 1001
    assert "500 more defects" in str(caught.value.faults[-1])


def test_short_rows_and_empty_cells_at_the_end_are_no_defects(csv: Path) -> None:
    _, rows = opened(csv, "a,b,c\n1\n1,2,3,,\n")
    assert [row.cells for row in rows] == [("1", None, None), ("1", "2", "3")]


def test_a_heading_of_several_rows_is_joined(csv: Path) -> None:
    table, rows = opened(
        csv, "Losses\n\nDate,Killed,,,Source\n,low,best,high,\n2020,1,2,3,a\n2021,4,5,6,b\n"
    )
    assert table.columns == ("Date", "Killed / low", "Killed / best", "Killed / high", "Source")
    assert (table.heading, rows[0].number) == (4, 5)
    assert "'Losses'" in table.notes[0]


def test_an_unnamed_column_beside_words_does_not_swallow_a_row(csv: Path) -> None:
    table, rows = opened(csv, "name,,place\nAnn,x,Berlin\nBen,y,Rome\n")
    assert table.columns == ("name", "column B", "place")
    assert len(rows) == 2


def test_columns_are_unique_and_without_line_breaks(csv: Path) -> None:
    table, _ = opened(csv, '"a\n b",n,n\n1,2,3\n')
    assert table.columns == ("a b", "n", "n (2)")


def test_a_heading_asked_for_holds(csv: Path) -> None:
    table, rows = opened(csv, "x,y,z\nu,v,w\n1,2,3\n", heading=2)
    assert (table.columns, [row.number for row in rows]) == (("u", "v", "w"), [3])
    with pytest.raises(InputRefused, match="no row 0"):
        opened(csv, "a,b\n", heading=0)


def test_notes_below_the_table_are_left_out_and_said(csv: Path) -> None:
    table, rows = opened(csv, "a,b,c\n1,2,3\n\nSource: a book\n* early\n")
    assert [row.number for row in rows] == [2]
    assert table.notes[1:] == (
        "Row 4 is a note below the table, left out: 'Source: a book'.",
        "Row 5 is a note below the table, left out: '* early'.",
    )


def test_single_cells_between_rows_are_rows(csv: Path) -> None:
    _, rows = opened(csv, "a,b,c\n1,2,3\n\nonly\n4,5,6\nlast\n")
    assert [row.number for row in rows] == [2, 4, 5, 6]


def test_a_mark_against_formulas_is_taken_off(csv: Path) -> None:
    _, rows = opened(csv, "a,b\n'=1+1,'tis\n'-5,''@x\n-5,'\n")
    assert [row.cells for row in rows] == [("=1+1", "'tis"), ("'-5", "'@x"), ("-5", "'")]


def test_packed_texts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    assert opened(path, gzip.compress(b"a,b\n1,2\n"))[1] == [Row(2, ("1", "2"))]
    assert "damaged or cut off" in refused(path, gzip.compress(b"a,b\n1,2\n" * 99)[:-9])


def test_a_packed_bomb_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a,b\n" + b"0" * (FREE + 9))
    assert "unpacks to more than" in refused(tmp_path / "t.csv.gz", bomb)


def test_a_quote_that_swallows_the_file_ends_in_a_defect(csv: Path) -> None:
    text = 'a,b\n1,"' + ("x" * 4095 + "\n") * (5 << 10)
    assert "never closed" in refused(csv, text, delimiter=",")


def test_a_file_that_changes_meanwhile_is_refused(csv: Path) -> None:
    csv.write_text("a,b\n1,2\n")
    with open_table(csv) as table:
        csv.write_text("a,b\n1,2\n3,4\n")
        with pytest.raises(DocumentFaults, match="changed while"):
            list(table.rows())


@pytest.mark.parametrize(
    ("name", "start", "words"),
    [
        ("t.csv", b"", "an empty file"),
        ("t.csv", b"\n\n,,\n", "no filled cell"),
        ("t.csv", b"%PDF-1.7 ...", "a PDF document"),
        ("t.csv", b"SQLite format 3\0", "an SQLite database"),
        ("t.xlsx", b"a,b\n1,2\n", "rename a text to .csv"),
        ("t.xlsx", b"<html><table>", "a web page"),
        ("t.parquet", b"a,b\n", "under the name of another format"),
        ("t.doc", b"a,b\n", "no name that tells its format"),
        ("t", b"a,b\n", "no name that tells its format"),
        ("t.gz", gzip.compress(b"a", mtime=0), "packed with gzip"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "old office program"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(
    tmp_path: Path, name: str, start: bytes, words: str
) -> None:
    said = refused(tmp_path / name, start)
    assert words in said
    assert "\n" not in said


def test_missing_files_and_folders_are_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no file"):
        format_of(tmp_path / "none.csv")
    with pytest.raises(InputRefused, match="is no file"):
        format_of(tmp_path)


def test_content_tells_the_format_against_the_name(tmp_path: Path) -> None:
    path = tmp_path / "t.TSV"
    path.write_text("a\tb\n")
    assert format_of(path) is TableFormat.TSV
    path.write_bytes(b"PAR1....")
    assert format_of(path) is TableFormat.PARQUET
