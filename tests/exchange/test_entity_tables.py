"""A project as sheets, and those sheets as records again."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from claims.analysis.canonical import content_hash
from claims.analysis.records import (
    Assessment,
    Claim,
    ClaimValue,
    Document,
    Place,
    Question,
    Record,
    Source,
    Speaker,
    Topic,
)
from claims.analysis.vocabulary import Scheme, Stance, ValueKind
from claims.errors import DocumentFaults, InputRefused, NotFound
from claims.exchange.entity_tables import (
    Names,
    entity_sheets,
    is_export,
    open_export,
    read_export,
)
from claims.exchange.entity_tables_cells import cell_of, text_of
from claims.exchange.table_bytes import TableFormat
from claims.exchange.table_write import write_sheets
from tests.store.everything import everything
from tests.store.worlds import an_id, worlds

Row = dict[str, str]
FORMATS = list(TableFormat)


def written(path: Path, records: Iterable[Record], form: TableFormat = TableFormat.CSV) -> Path:
    """An export of records, as a workbook at the path or as a folder."""
    listed = list(records)
    held: defaultdict[str, list[Record]] = defaultdict(list)
    for record in listed:
        held[record.entity].append(record)
    by_id = {record.id: record for record in listed}
    names = Names(lambda kind, ids: [by_id[one] for one in ids if type(by_id.get(one)) is kind])
    write_sheets(path, entity_sheets(held, names, {"made by": "a test"}), form)
    return path


def edited(folder: Path, entity: str, edit: Callable[[list[Row]], Any]) -> Path:
    """The same export after somebody edited the rows of a sheet."""
    file = folder / f"{entity}.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    edit(rows)
    columns += [name for row in rows for name in row if name not in columns]
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(dict.fromkeys(columns)))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def set_cell(column: str, text: str, row: int = 0) -> Callable[[list[Row]], None]:
    """Sets one cell; ``row`` counts from 0."""

    def edit(rows: list[Row]) -> None:
        rows[row][column] = text

    return edit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The export of a small world with a record of every kind, as CSV."""
    return written(tmp_path / "export", everything())


def found(path: Path, kind: type[Record], name: str) -> Any:  # noqa: ANN401 (a record)
    """The record of this name in an export."""
    (one,) = (one for one in read_export(path) if type(one) is kind and one.id == an_id(name))
    return one


def faults(path: Path) -> Sequence[str]:
    """What an export is refused for."""
    with pytest.raises(DocumentFaults) as refused:
        open_export(path)
    return [str(fault) for fault in refused.value.faults]


@given(records=worlds(), form=st.sampled_from(FORMATS))
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is too large to be shrunk soon
    suppress_health_check=list(HealthCheck),
)
def test_every_record_comes_back_as_it_was(records: list[Record], form: TableFormat) -> None:
    with TemporaryDirectory() as place:
        read = open_export(written(Path(place) / "export.xlsx", records, form))
    again = {one.id: one for one in read.records}
    for one in records:
        assert again.pop(one.id) == one
    assert not again
    hashes = {id_: said for sheet in read.sheets for id_, said in sheet.exported.items()}
    assert hashes == {one.id: content_hash(one) for one in records}


@given(text=st.text("\"'=+-@ ,;\tab\n\r", max_size=6))
def test_every_text_stands_in_a_cell_and_none_is_empty(text: str) -> None:
    cell = cell_of(text)
    assert cell
    assert text_of(cell) == text


HOSTILE = (
    *("=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "=cmd|' /C calc'!A0", "", '""', '"'),
    *(
        "<script>alert(1)</script>",
        "a,b;c\td",
        "line\nbreak",
        "carriage\rreturn",
        "both\r\nof",
        " ",
    ),
    *("\u202eright to left", "नमस्ते", "🜚", "_x0041_", "\x01\x1f", "1e5", "007", "TRUE", "NULL"),
    *(
        "1992-02-26",
        "null",
        "[]",
        "{}",
        "\ufeffmark",
        " padded ",
        "http://x",
        "mailto:a@b",
        "'",
        "''",
    ),
)


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_words_come_back_to_the_letter(tmp_path: Path, form: TableFormat) -> None:
    sources = [
        Source(id=an_id(f"s{n}"), key=text, name=text, note=text, aliases=(text,))
        for n, text in enumerate(HOSTILE)
    ]
    topics = [
        Topic(id=an_id(f"t{n}"), label=text, aliases={text or "x": (text,)})
        for n, text in enumerate(HOSTILE)
    ]
    read = read_export(written(tmp_path / "export.xlsx", [*sources, *topics], form))
    assert {one.id: one for one in read} == {one.id: one for one in [*sources, *topics]}


def test_a_sheet_says_in_words_what_a_reader_looks_for(folder: Path) -> None:
    def look(rows: list[Row]) -> None:
        first = rows[0]
        assert list(first)[:4] == [
            *("question in words", "speakers in words", "stance", "value.said"),
        ]
        assert first["question in words"] == "How many people were killed?"
        assert first["speakers in words"] == "a newspaper → the Ministry"
        assert first["passages in words"] == "8 people were killed, the Ministry said"
        assert (first["hard low"], first["soft high"]) == ("8", "8")
        assert first["confidence in words"] == "unassessed"

    edited(folder, "claim", look)
    edited(folder, "question", lambda rows: rows[0]["scope in words"] == "population: people")


def test_an_edited_cell_is_an_edit_of_the_record(folder: Path) -> None:
    before = found(folder, Claim, "claim 1")
    edited(folder, "claim", set_cell("note", "seen twice", row=1))
    sheet = next(one for one in open_export(folder).sheets if one.entity == "claim")
    (after,) = (one for one in sheet.records if one.id == before.id)
    assert after == replace(before, note="seen twice")
    assert sheet.exported[before.id] == content_hash(before)
    assert sheet.marks[before.id] == (3, 1)


def test_a_value_that_is_edited_is_read_again(folder: Path) -> None:
    edited(folder, "claim", set_cell("value.said", "at least 12 people"))
    said = found(folder, Claim, "claim 0").value
    assert (said.said, said.expression) == ("at least 12 people", "at_least(12) people")
    edited(folder, "claim", set_cell("value.expression", "13"))
    assert found(folder, Claim, "claim 0").value.expression == "13"
    edited(folder, "claim", set_cell("value.expression", ""))
    assert found(folder, Claim, "claim 0").value.expression == "at_least(12) people"


def test_a_value_that_cannot_be_read_again_is_refused_where_it_stands(folder: Path) -> None:
    edited(folder, "claim", set_cell("value.said", "quite a crowd of them", row=2))
    (told,) = faults(folder)
    assert "claim.csv:4:4: value.said: found" in told
    assert "value.expression" in told


def test_a_value_is_taken_away_with_its_words(folder: Path) -> None:
    def edit(rows: list[Row]) -> None:
        rows[0] |= {"value.said": "", "value.expression": "", "stance": "could_not_confirm"}

    edited(folder, "claim", edit)
    claim = found(folder, Claim, "claim 0")
    assert (claim.value, claim.stance) == (None, Stance.COULD_NOT_CONFIRM)


def test_what_is_only_there_to_be_read_cannot_be_edited(folder: Path) -> None:
    edited(folder, "claim", set_cell("speakers in words", "the other Ministry", row=1))
    edited(folder, "claim", set_cell("soft high", "99", row=2))
    first, second = faults(folder)
    assert "claim.csv:3:2: speakers in words: found an edit of what is only there" in first
    assert "claim.csv:4:9: soft high: found an edit" in second


def test_words_that_follow_from_an_edit_elsewhere_are_no_edit(folder: Path) -> None:
    edited(folder, "source", lambda rows: [row.update(name=f"new {row['name']}") for row in rows])
    assert found(folder, Source, "ministry").name == "new the Ministry"


def test_every_defect_is_named_in_one_run(folder: Path) -> None:
    def edit(rows: list[Row]) -> None:
        rows[0]["stance"] = "shouts"
        rows[1] |= {"question": "nothing of the kind"}
        rows[2] |= {"speakers": "[", "id": ""}

    edited(folder, "claim", edit)
    edited(folder, "source", set_cell("named", "perhaps"))
    told = faults(folder)
    assert [line.split(": found")[0].rsplit("/", 1)[1] for line in told] == [
        "source.csv:2:4: named",
        "claim.csv:2:3: stance",
        "claim.csv:3:23: question",
        "claim.csv:4:24: speakers",
        "claim.csv:4:45: id",
    ]
    assert "'shouts'; expected one of asserts, reports" in told[1]


@pytest.mark.parametrize(
    ("entity", "column", "text", "expected"),
    [
        ("claim", "as_of", "last week", "a date as EDTF"),
        ("claim", "value.expression", "12 or so", "a count as claims writes it"),
        ("claim", "passages", "[]", "at least one"),
        ("claim", "speakers", '[{"verb": "said"}]', "one with source, verb, document"),
        ("claim", "hedges", "reportedly", 'a list, such as ["one", "two"]'),
        ("claim", "sensitivity", "", "what 'sensitivity' has to hold"),
        ("claim", "value.counted_by_coder", "perhaps", "yes or no"),
        ("assessment", "code", "Z", "a code of reliability: A, B"),
        ("topic", "aliases", '["La crue"]', "names and values"),
        ("snapshot", "length", "12.5", "a whole number"),
        ("claim", "as exported", "1234", "the cell as exported"),
        ("passage", "exact", "other words", "a passage never changes"),
        ("review", "reason", "another", "a review never changes"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(
    folder: Path, entity: str, column: str, text: str, expected: str
) -> None:
    edited(folder, entity, set_cell(column, text))
    told = faults(folder)
    assert any(expected in line and f"{entity}.csv:2:" in line for line in told), told


def test_an_edited_assessment_is_a_newer_one(folder: Path) -> None:
    before = found(folder, Assessment, "as")
    edited(folder, "assessment", set_cell("code", "B"))
    sheet = next(one for one in open_export(folder).sheets if one.entity == "assessment")
    (after,) = sheet.records
    assert isinstance(after, Assessment)
    assert (after.code, after.supersedes, after.scheme) == ("B", before.id, Scheme.RELIABILITY)
    assert after.id != before.id
    assert not sheet.exported
    assert read_export(folder) == read_export(folder)


def test_a_reference_may_be_a_key_or_a_name(folder: Path) -> None:
    edited(folder, "document", set_cell("voice", "The ministry"))
    assert found(folder, Document, "article").voice == an_id("ministry")
    edited(folder, "document", set_cell("voice", "paper"))
    assert found(folder, Document, "article").voice == an_id("paper")
    edited(folder, "document", set_cell("voice", "nobody we know"))
    (told,) = faults(folder)
    assert "the id of a source, or the key or name of one source of these sheets" in told


def test_a_row_can_be_added_by_its_key(folder: Path) -> None:
    def add(rows: list[Row]) -> None:
        rows.append(dict.fromkeys(rows[0], "") | {"name": "A witness", "key": "witness"})

    edited(folder, "source", add)
    edited(folder, "document", set_cell("voice", "witness"))
    read = read_export(folder)
    (witness,) = (one for one in read if isinstance(one, Source) and one.key == "witness")
    assert witness == Source(id=witness.id, key="witness", name="A witness")
    assert found(folder, Document, "article").voice == witness.id
    assert read == read_export(folder)


def test_an_added_row_needs_a_key(folder: Path) -> None:
    edited(
        folder,
        "source",
        lambda rows: rows.append(dict.fromkeys(rows[0], "") | {"name": "A witness"}),
    )
    (told,) = faults(folder)
    assert "source.csv:5:6: key: found nothing; expected a key" in told


def test_a_copied_row_is_refused(folder: Path) -> None:
    edited(folder, "source", lambda rows: rows.append({**rows[0], "name": "Another"}))
    (told,) = faults(folder)
    assert "as in row 2; expected another id" in told


def test_a_row_that_is_gone_is_not_there(folder: Path) -> None:
    edited(folder, "waiver", lambda rows: rows.pop())
    assert "waiver" not in {one.entity for one in read_export(folder)}
    (folder / "merge.csv").unlink()
    assert "merge" not in {one.entity for one in read_export(folder)}


def test_sorted_rows_and_columns_of_ones_own_change_nothing(folder: Path) -> None:
    before = {one.id: one for one in read_export(folder)}

    def edit(rows: list[Row]) -> None:
        rows.reverse()
        rows[0]["to do"] = "look again"

    edited(folder, "claim", edit)
    read = open_export(folder)
    assert {one.id: one for one in read.records} == before
    assert [note for note in read.notes if "to do" in note]


def test_a_column_that_is_gone_is_named(folder: Path) -> None:
    edited(folder, "claim", lambda rows: [row.pop("calendar") for row in rows])
    file = folder / "claim.csv"
    text = file.read_text("utf-8-sig").replace("calendar,", "", 1)
    file.write_text(text.replace("public,,", "public,", 0), "utf-8-sig")
    told = faults(folder)
    assert any("calendar: found no such column" in line for line in told)


def test_the_columns_in_words_may_be_taken_away(folder: Path) -> None:
    before = read_export(folder)
    file = folder / "claim.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    drop = [at for at, name in enumerate(rows[0]) if name.endswith("in words")]
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows(
            [cell for at, cell in enumerate(row) if at not in drop] for row in rows
        )
    assert read_export(folder) == before


def test_a_workbook_saved_by_another_program_reads_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "export.xlsx", everything(), TableFormat.XLSX)
    before = read_export(path)
    book = load_workbook(path)
    assert book.sheetnames[0] == "claim"
    assert "claims export" in book.sheetnames
    sheet = book["claim"]
    assert sheet.freeze_panes is not None
    assert sheet.auto_filter.ref
    columns = {cell.value: at for at, cell in enumerate(sheet[1], 1)}
    assert sheet.cell(2, columns["hard low"]).value == 8
    book.save(path)
    assert read_export(path) == before
    sheet.cell(3, columns["value.said"]).value = 12
    sheet.cell(3, columns["as_of"]).value = "1992-02-26"
    book.save(path)
    book.close()
    claim = found(path, Claim, "claim 1")
    assert claim.value == ClaimValue(said="12", expression="12")
    assert claim.as_of == "1992-02-26"


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_known_by_its_layout(tmp_path: Path, form: TableFormat) -> None:
    assert is_export(written(tmp_path / "export.xlsx", everything(), form))


def test_other_things_are_no_exports(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", "utf-8")
    assert not is_export(other)
    assert not is_export(tmp_path)
    assert not is_export(tmp_path / "none.xlsx")
    assert not is_export(folder / "claim.csv")
    with pytest.raises(NotFound, match="has no file of the sheet"):
        open_export(tmp_path)


def test_another_layout_is_refused(folder: Path) -> None:
    edited(folder, "claims export", set_cell("what it holds", "2"))
    with pytest.raises(InputRefused, match="has the layout '2'"):
        open_export(folder)


def test_a_date_and_an_open_bound_stand_in_their_columns(tmp_path: Path) -> None:
    topic = Topic(id=an_id("t"), label="T")
    made: list[Record] = [topic]
    for name, kind, said, expression in (
        ("when", ValueKind.DATE, "in October 1991", "1991-10"),
        ("many", ValueKind.COUNT, "at least 12", "at_least(12)"),
        ("odd", ValueKind.COUNT, "unreadable", "??"),
    ):
        question = Question(id=an_id(name), topic=topic.id, text=name, value_kind=kind)
        claim = Claim(
            id=an_id(f"claim {name}"),
            document=an_id("d"),
            passages=(an_id("p"),),
            question=question.id,
            stance=Stance.ASSERTS,
            speakers=(Speaker(source=an_id("s")),),
            value=ClaimValue(said=said, expression=expression),
        )
        made += [question, claim]
    path = written(tmp_path / "export", made)

    def look(rows: list[Row]) -> None:
        when, many, odd = rows
        assert (when["earliest day"], when["latest day"]) == ("1991-10-01", "1991-10-31")
        assert (many["hard low"], many["hard high"], many["soft high"]) == ("12", "", "20")
        assert odd["hard low"] == ""

    edited(path, "claim", look)
    assert {one.id: one for one in read_export(path)} == {one.id: one for one in made}


def test_a_cut_file_is_refused_and_not_half_read(folder: Path) -> None:
    file = folder / "claim.csv"
    text = file.read_bytes()
    file.write_bytes(text[: len(text) - 30])
    told = faults(folder)
    assert any("as exported" in line for line in told)


def test_exact_decimals_keep_their_digits(tmp_path: Path) -> None:
    places = [
        Place(id=an_id(text), name=text, latitude=Decimal(text), longitude=Decimal(0))
        for text in ("12", "12.50", "0.1", "-7.250000", "1E+1", "45.123456789012345678", "-0")
    ]
    for form in FORMATS:
        read = read_export(written(tmp_path / f"{form}.xlsx", places, form))
        assert [str(one.latitude) for one in read if isinstance(one, Place)] == [
            str(one.latitude) for one in places
        ]
    shutil.rmtree(tmp_path / "csv.xlsx")
