"""Bibliographies as they are: damaged, in old encodings; counts and lines are right."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import DocumentFaults, Fault, InputRefused, NotFound
from claims.exchange import biblio_text
from claims.exchange.biblio import Bibliography, BibliographyFormat, read_bibliography
from claims.exchange.biblio_bibtex import read_bibtex
from claims.exchange.biblio_csl_json import read_csl_json
from claims.exchange.biblio_endnote import read_endnote
from claims.exchange.biblio_item import Findings
from claims.exchange.biblio_ris import read_ris

DAMAGED = r"""% Encoding: UTF-8
@string{hrw = "Human Rights Watch"}
@preamble{"\newcommand{\x}{y}"}
@comment{nothing @article{inside, title={no}}}
@book{a1,
  title = {Good {One}},
  author = hrw # " Staff",
  year = 1992
}
@article{a2
  title = {No comma behind the key},
  year = 1993
}
@article{a3,
  title = {No comma between fields}
  year = 1994,
  journal = "J"
}
@article{a4,
  title = {Unbalanced {brace},
  year = 1995
}
@book{a5,
  title = {After the unbalanced one},
}
@book{a5,
  title = {The key again},
}
@book(a6, title = "In round {"}brackets{"}", year = {1998})
@book{a7, title = "Unclosed quotation mark, year = 1999
}
@misc{a8, title={x}, title={y}, note = undefinedstring}
garbage, with an address me@example.org and @
@misc{a9, title = {a}}, year = {2001}, note = {n} }
@book{, title={No key}}
@misc{a10, title = }
% @misc{a11, title = {Commented out}}
@misc{a5, title = {After the unbalanced one}}
@misc{a12, title={Cut of
"""


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read(folder: Path, name: str, text: str | bytes) -> Bibliography:
    return read_bibliography(write(folder, name, text))


def lines(faults: Sequence[Fault]) -> list[tuple[int, str]]:
    return [(fault.line, fault.field) for fault in faults]


def line_of(words: str, text: str = DAMAGED) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_good_entries_come_in_and_each_bad_one_is_named_by_line_and_reason(tmp_path: Path) -> None:
    found = read(tmp_path, "damaged.bib", DAMAGED)
    keys = [item.key for item in found.items]
    assert keys == ["a1", "a2", "a3", "a5", "a5-2", "a6", "a8", "a9", "no", "a5-3"]
    assert [item.line for item in found.items][:3] == [
        line_of("@book{a1"),
        line_of("@article{a2"),
        line_of("@article{a3"),
    ]
    assert lines(found.faults) == [
        (line_of("@article{a4"), "@article a4"),
        (line_of("@book{a7"), "@book a7"),
        (line_of("@misc{a10"), "@misc a10"),
        (line_of("@misc{a12"), "@misc a12"),
    ]
    unbalanced, unclosed, empty, cut = found.faults
    assert "not closed" in unbalanced.found
    assert f"line {line_of('@book{a5')}" in unbalanced.expected
    assert "quotation mark" in unclosed.found
    assert empty.found == "no fields"
    assert "before the end of the file" in cut.expected


def test_what_is_mended_is_named_too_and_loses_no_field(tmp_path: Path) -> None:
    found = read(tmp_path, "damaged.bib", DAMAGED)
    by_key = {item.key: item.csl for item in found.items}
    assert by_key["a1"]["author"] == [{"family": "Staff", "given": "Human Rights Watch"}]
    assert by_key["a2"]["title"] == "No comma behind the key"
    assert (by_key["a3"]["container-title"], by_key["a3"]["title"]) == (
        "J",
        "No comma between fields",
    )
    assert by_key["a6"]["title"] == 'In round "brackets"'
    assert by_key["a8"]["custom"] == {"bibtex": {"title": "y"}}
    assert by_key["a9"]["note"] == "n"
    assert lines(found.mended) == [
        (line_of("@article{a2"), "a2"),
        (line_of("  title = {No comma between"), "a3"),
        (line_of("@book{a5,\n  title = {The key"), "a5"),
        (line_of("@misc{a8"), "undefinedstring"),
        (line_of("@misc{a9"), "a9"),
        (line_of("@book{, title"), "@book"),
        (line_of("@misc{a5, title"), "a5"),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_lines_and_letters_are_right_in_every_encoding(
    tmp_path: Path, encoding: str, ends: str
) -> None:
    text = "% x\n\n@book{k, title={Şuşa, Ağdam и Лачин}}\n@book{bad, title={\n".replace("\n", ends)
    found = read(tmp_path, "e.bib", text.encode(encoding))
    assert [(item.line, item.csl["title"]) for item in found.items] == [(3, "Şuşa, Ağdam и Лачин")]
    assert lines(found.faults) == [(4, "@book bad")]


@pytest.mark.parametrize(
    ("encoding", "title", "told"),
    [
        ("cp1252", "Études sur la guerre à l’été – dernière année", "Windows-1252"),
        ("mac_roman", "Études réfugiés à l'été dernière année médecin", "MacRoman"),
        ("cp1251", "Доклад о событиях февраля", "Windows-1251"),
    ],
)
def test_an_old_encoding_is_guessed_and_said_with_a_word_to_look_at(
    tmp_path: Path, encoding: str, title: str, told: str
) -> None:
    found = read(tmp_path, "old.bib", f"@book{{k, title={{{title}}}}}".encode(encoding))
    assert found.items[0].csl["title"] == title
    (remark,) = found.remarks
    assert told in remark.found
    assert any(word in remark.found for word in title.split())


def test_an_encoding_that_is_declared_is_believed_where_it_fits(tmp_path: Path) -> None:
    data = "% Encoding: ISO8859_2\n@book{k, title={Łódź}}".encode("iso8859_2")
    found = read(tmp_path, "declared.bib", data)
    assert (found.items[0].csl["title"], found.remarks) == ("Łódź", ())


def test_some_damaged_bytes_in_utf_8_are_named_by_line(tmp_path: Path) -> None:
    data = "@book{k,\n title={Şuşa Ağdam ə ı ö Бердзор},\n note={a\xff}}".encode("utf-8", "replace")
    found = read(tmp_path, "some.bib", data.replace("ÿ".encode(), b"\xff"))
    assert found.items[0].csl["title"] == "Şuşa Ağdam ə ı ö Бердзор"
    assert lines(found.mended) == [(3, "file")]


RIS = """TY  - NEWS
AU  - Smith, John
AU  - Human Rights Watch
TI  - Dozens feared
 dead
T2  - The Times
PY  - 1992
DA  - 1992/02/25/
SP  - 1
EP  - 10
KW  - war
KW  - shelling
N1  - seen in print
N1  - event-place: Geneva
SN  - 0317-8471
UR  - https://a.org/1
UR  - https://a.org/2
XX  - odd
ER  -
TY  - BOOK
TI  - No end
ID  - k1
TY  - FOO
T1  - Unknown type
Y1  - 1992///Spring
SN  - 0-306-40615-2
ER  -
TI  - outside of records
TY  - JOUR
ER  -
TY - CHAP
TI - Last
T2 - The Book"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_ris_with_all_that_real_files_do(tmp_path: Path, ends: str) -> None:
    found = read(tmp_path, "x.ris", "\ufeff" + RIS.replace("\n", ends))
    first, second, third, last = found.items
    assert first.csl == {
        "type": "article-newspaper",
        "author": [{"family": "Smith", "given": "John"}, {"literal": "Human Rights Watch"}],
        "title": "Dozens feared dead",
        "container-title": "The Times",
        "issued": {"date-parts": [["1992", "2", "25"]]},
        "page": "1-10",
        "keyword": "war; shelling",
        "note": "seen in print",
        "event-place": "Geneva",
        "ISSN": "0317-8471",
        "URL": "https://a.org/1",
        "custom": {"ris": {"UR": "https://a.org/2", "XX": "odd"}},
    }
    assert (second.key, second.line) == ("k1", 20)
    assert third.csl["issued"] == {"date-parts": [["1992"]], "season": "1"}
    assert (third.csl["type"], third.csl["ISBN"]) == ("document", "0-306-40615-2")
    assert (last.key, last.csl["container-title"]) == ("last", "The Book")
    assert lines(found.faults) == [(28, "TI"), (29, "record JOUR")]
    assert lines(found.mended) == [(20, "record BOOK"), (31, "record CHAP")]
    assert lines(found.remarks) == [(23, "record")]


ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?>
<xml><records>
<record><database path="C:\\Users\\me\\My.enl">My.enl</database><rec-number>7</rec-number>
<ref-type name="Report">27</ref-type><contributors><authors><author><style>Human Rights Watch,
</style></author><author>Smith, John</author></authors></contributors><titles><title><style
face="normal">Bloodshed </style><style face="italic">in the Region</style></title></titles><dates>
<year>1992</year><pub-dates><date>September</date></pub-dates></dates><isbn>12/92</isbn>
<custom1>kept</custom1></record>
<record><ref-type name="Book">6</ref-type><titles><title>Broken & bad</title></titles></record>
<record><ref-type>17</ref-type><titles><title>By number</title></titles></record>
<record><ref-type name="Book">6</ref-type></record>
<record><ref-type name="Book">6</ref-type><titles><title>Cut"""


def test_endnote_records_are_read_each_for_itself(tmp_path: Path) -> None:
    found = read(tmp_path, "x.xml", ENDNOTE)
    report, article = found.items
    assert report.csl == {
        "type": "report",
        "author": [{"literal": "Human Rights Watch"}, {"family": "Smith", "given": "John"}],
        "title": "Bloodshed in the Region",
        "issued": {"date-parts": [["1992", "9"]]},
        "number": "12/92",
        "custom": {"endnote": {"custom1": "kept"}},
    }
    assert (article.csl["type"], article.line) == ("article-journal", 10)
    assert lines(found.faults) == [(9, "record"), (11, "record"), (12, "record")]
    assert "Users" not in str(found.items)


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "aaaa">]><xml><record>&a;</record></xml>',
        '<?xml version="1.0"?><!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml><record/></xml>',
    ],
)
def test_xml_with_a_dtd_is_refused(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, "bomb.xml", text)
    assert (found.items, len(found.faults)) == ((), 1)
    assert "without a DTD" in found.faults[0].expected


CSL_JSON = """[
  {"id": "a", "type": "report", "title": "One", "issued": {"date-parts": [[1992, 9]]}},
  {"id": "b", "type": "report", "title": "Broken",, "issued": 3},
  {"id": "http://zotero.org/users/1/items/ABCD", "type": "journal-article",
   "title": ["From Crossref"], "ISSN": ["0317-8471", "2434-561X"], "volume": 12,
   "author": [{"name": "Human Rights Watch"}, {"family": "Smith", "given": "J", "ORCID": "x"}],
   "issued": "circa 1992", "editor": "A Person", "is-referenced-by-count": 3, "abstract": null},
  "not an item",
  {},
  {"title": "Brace } in \\" words", "language": "French"},
  {"id": "cut", "title": "Cut of
"""


def test_csl_json_items_are_read_each_for_itself(tmp_path: Path) -> None:
    found = read(tmp_path, "x.json", CSL_JSON)
    first, crossref, last = found.items
    assert first.csl["issued"] == {"date-parts": [["1992", "9"]]}
    assert crossref.key == "ABCD"
    assert crossref.csl == {
        "type": "document",
        "title": "From Crossref",
        "ISSN": "0317-8471, 2434-561X",
        "volume": "12",
        "author": [{"literal": "Human Rights Watch"}, {"family": "Smith", "given": "J"}],
        "issued": {"date-parts": [["1992"]], "circa": "1"},
        "editor": [{"literal": "A Person"}],
        "is-referenced-by-count": "3",
    }
    assert (last.key, last.csl["title"], last.csl["language"], last.line) == (
        "brace",
        'Brace } in " words',
        "fr",
        10,
    )
    assert [fault.line for fault in found.faults] == [3, 9, 11]


@pytest.mark.parametrize(
    "text",
    [
        '{"items": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}',
        '{"id": "a", "title": "A"}\n{"id": "b", "title": "B"}\n',
        '[{"id": "a", "title": "A"},\n{"id": "b", "title": "B"}]',
    ],
)
def test_csl_json_comes_as_a_list_in_an_object_or_line_by_line(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, "x.json", text)
    assert [item.key for item in found.items] == ["a", "b"]
    assert found.faults == ()


def test_lists_in_lists_without_end_are_refused_quickly(tmp_path: Path) -> None:
    found = read(tmp_path, "deep.json", '{"title": ' + "[" * 100_000 + "]" * 100_000 + "}")
    assert (found.items, len(found.faults)) == ((), 1)


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.txt", "@book{k, title={T}}", BibliographyFormat.BIBTEX),
        ("a.bib", "TY  - BOOK\nTI  - T\nER  - ", BibliographyFormat.RIS),
        ("a.ris", '[{"title": "T"}]', BibliographyFormat.CSL_JSON),
        ("a", "<xml><records><record><title>T</title></record></records></xml>", "endnote"),
    ],
)
def test_the_content_tells_the_format_where_the_name_does_not(
    tmp_path: Path, name: str, text: str, form: str
) -> None:
    assert read(tmp_path, name, text).format == form


def test_what_is_no_bibliography_is_refused_with_what_was_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("a.bib", "words"), ("a.bib", ""), ("a.bib", b"\x89PNG\x00\x01\x80\xff")):
        with pytest.raises(DocumentFaults, match="expected a bibliography"):
            read(tmp_path, name, text)
    with pytest.raises(NotFound, match="there is no file"):
        read_bibliography(tmp_path / "none.bib")
    with pytest.raises(InputRefused, match="is no file"):
        read_bibliography(tmp_path)
    monkeypatch.setattr(biblio_text, "MAX_BYTES", 10)
    with pytest.raises(InputRefused, match="export parts of at most 10"):
        read(tmp_path, "large.bib", "@book{k, title={T}}")
    monkeypatch.undo()
    assert read(tmp_path, "c.bib", "@comment{no record}").faults[0].found == "no record"


READERS = {"bib": read_bibtex, "ris": read_ris, "xml": read_endnote, "json": read_csl_json}
WHOLE = {"bib": DAMAGED, "ris": RIS, "xml": ENDNOTE, "json": CSL_JSON}


@given(data=st.data(), kind=st.sampled_from(sorted(READERS)))
def test_no_damage_makes_a_reader_fail_or_name_a_line_that_is_not_there(
    data: st.DataObject, kind: str
) -> None:
    text = WHOLE[kind]
    at = data.draw(st.integers(0, len(text)))
    taken = data.draw(st.integers(0, 40))
    put = data.draw(st.text(alphabet='{}"@,=#<>&[]\\\n -TYER%', max_size=6))
    broken = text[:at] + put + text[at + taken :]
    findings = Findings("x")
    items = list(READERS[kind](broken, findings))
    last = broken.count("\n") + 1
    told = [*findings.faults, *findings.mended, *findings.remarks]
    assert all(0 <= fault.line <= last for fault in told)
    assert all(1 <= item.line <= last for item, _ in items)
    json.dumps([item.csl for item, _ in items])


def test_a_large_file_takes_its_time_and_no_more(tmp_path: Path) -> None:
    entry = (
        "@article{{k{0}, title={{Title {0} of {{NATO}}}}, author={{A, B and C, D}}, year=1992}}\n"
    )
    text = "".join(entry.format(number) for number in range(2_000)) + "@book{bad, title={x\n"
    began = time.perf_counter()
    found = read(tmp_path, "large.bib", text)
    assert (len(found.items), [fault.line for fault in found.faults]) == (2_000, [2_001])
    assert time.perf_counter() - began < 10


def test_strings_that_double_each_other_are_left_out_before_they_fill_the_memory(
    tmp_path: Path,
) -> None:
    doubling = "".join(f"@string{{s{i + 1} = s{i} # s{i}}}\n" for i in range(60))
    text = f'@string{{s0 = "0123456789"}}\n{doubling}@misc{{good, title = s3}}\n'
    (tmp_path / "bomb.bib").write_text(text, encoding="utf-8")

    found = read_bibliography(tmp_path / "bomb.bib")

    assert [item.csl["title"] for item in found.items] == ["0123456789" * 8]
    assert found.faults
    assert all("@string" in fault.found for fault in found.faults[:1])


@pytest.mark.parametrize(
    "title",
    ["{" * 5_000 + "x" + "}" * 5_000, r"\'{" * 5_000 + "e" + "}" * 5_000, r"\'" * 5_000],
    ids=["braces", "accents with braces", "accents"],
)
def test_tex_in_itself_without_end_stays_as_it_stands(tmp_path: Path, title: str) -> None:
    (tmp_path / "deep.bib").write_text(f"@misc{{d, title = {{{title}}}}}", encoding="utf-8")

    (item,) = read_bibliography(tmp_path / "deep.bib").items

    assert item.csl["title"] == title


def test_half_a_letter_in_csl_json_is_mended_and_told(tmp_path: Path) -> None:
    whole, half = r"\ud83d\ude00", r"\ud800"
    text = f'[{{"id": "a", "title": "{whole}"}}, {{"id": "b", "title": "x{half}y"}}]'
    (tmp_path / "half.json").write_text(text, encoding="utf-8")

    found = read_bibliography(tmp_path / "half.json")

    assert [item.csl["title"] for item in found.items] == ["\U0001f600", "x�y"]
    assert [fault.found for fault in found.mended] == ["half of a letter"]


@pytest.mark.parametrize(
    ("first", "last", "pages"), [("1", "10", "1-10"), ("1-10", "10", "1-10"), ("1", "", "1")]
)
def test_pages_of_ris_are_joined_once(tmp_path: Path, first: str, last: str, pages: str) -> None:
    end = f"EP  - {last}\n" if last else ""
    found = read(tmp_path, "p.ris", f"TY  - JOUR\nTI  - T\nSP  - {first}\n{end}ER  - \n")

    assert found.items[0].csl["page"] == pages


@pytest.mark.parametrize(
    ("kind", "type_"), [("article", "article-magazine"), ("book", "book"), ("online", "webpage")]
)
def test_a_subtype_makes_something_else_of_articles_alone(
    tmp_path: Path, kind: str, type_: str
) -> None:
    entry = f"@{kind}{{k, title={{T}}, entrysubtype={{magazine}}}}"

    assert read(tmp_path, "s.bib", entry).items[0].csl["type"] == type_
