"""The documents to hand in: the words of the report, with notes, in each format."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import playwright
import pytest
from docx import Document
from lxml import etree  # type: ignore[import-untyped]
from pypdf import PdfReader

from claims.report import docx, markdown, notes, pdf, wikitext
from claims.report.cite_style import SHIPPED, CitationStyle, citation_style
from claims.report.handed import Noted, handed
from claims.report.shape import ClaimEntry, QuestionEntry, Report, Side
from tests.report.flood import flood
from tests.report.made import SEVERAL, Bench
from tests.report.test_markdown import TRAPS, structure, trapped

NOTES, IN_TEXT = citation_style("chicago-notes"), citation_style("apa")
PLAIN = CitationStyle(
    name="plain",
    title="Plain",
    in_text=False,
    american=False,
    bibliography=True,
    xml=b'<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><citation>'
    b'<layout><text variable="title"/></layout></citation><bibliography><layout>'
    b'<text variable="title"/><text variable="URL" prefix=" "/></layout></bibliography></style>',
)
"""A style of two words, which is quick."""

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SCRIPTS = {
    "1a": "Погибло восемь человек",
    "1b": "Զոհվել է ութ մարդ",
    "1c": "قتل ثمانية أشخاص",
    "2a": "洪水造成八人死亡",
}


def scripts() -> Report:
    """The flood, with quotes in four scripts."""

    def claim(one: ClaimEntry) -> ClaimEntry:
        exact = SCRIPTS.get(one.tag)
        return replace(one, quotes=tuple(replace(q, exact=exact or q.exact) for q in one.quotes))

    def side(one: Side) -> Side:
        return replace(one, claims=tuple(map(claim, one.claims)))

    def question(one: QuestionEntry) -> QuestionEntry:
        return replace(one, sides=tuple(map(side, one.sides)))

    found = flood()
    sections = (
        replace(section, questions=tuple(map(question, section.questions)))
        for section in found.sections
    )
    return replace(found, sections=tuple(sections))


def told(text: str) -> list[str]:
    """The words of a text, in their order, without marks of any format."""
    return re.findall(r"\w+", text)


def expected() -> Iterator[str]:
    """The words of the Markdown report but those of quotes' places, which stand in notes."""
    shown = re.sub(r"^> \[\d+\].*$", "", markdown.render(flood()), flags=re.MULTILINE)
    shown = html.unescape(re.sub(r"\\(.)|^\| --- .*$", r"\1", shown, flags=re.MULTILINE))
    yield from told(shown)


def holds_in_order(text: str) -> bool:
    """Whether a text holds all words of the report in their order, perhaps with others between."""
    words = iter(told(text))
    return all(word in words for word in expected())


# --- Markdown with notes ------------------------------------------------------------------------


@pytest.mark.parametrize("style", [NOTES, IN_TEXT])
def test_notes_hold_the_words_of_the_report(style: CitationStyle) -> None:
    text = notes.render(flood(), style)
    assert holds_in_order(html.unescape(re.sub(r"\\(.)", r"\1", text)))
    marks = re.findall(r"\[\^(\d+)\](?!:)", text)
    kept = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert set(marks) == set(kept) == {str(number) for number in range(1, 23)}
    assert len(kept) == len(set(kept))


def test_notes_name_the_work_in_full_once() -> None:
    text = notes.render(flood(), NOTES)
    assert text.count("A. Reporter, “The Flood,” *The Gazette*, July 20, 2021, line 1") == 1
    assert "[^2]: Reporter, “The Flood,” line 2." in text
    assert "## Bibliography" in text


def test_styles_that_cite_in_the_text_do_so() -> None:
    text = notes.render(flood(), IN_TEXT)
    assert "> “Result: **8** people killed” (Reporter, 2021, Line 1)[^1]" in text
    assert "[^1]: \\[1\\] The flood, line 1, code points 10–33" in text
    assert "## References" in text


def test_traps_do_not_change_the_structure_of_notes() -> None:
    harmless = structure(notes.render(trapped("harmless").report(), PLAIN))
    for trap in TRAPS:
        assert structure(notes.render(trapped(trap).report(), PLAIN)) == harmless, trap


def test_conflicts_alone() -> None:
    whole, part = (handed(flood(), NOTES, only=only) for only in ("all", "conflicts"))
    assert len(part.parts) < len(whole.parts)
    assert "No question" not in notes.render(flood(), NOTES, only="conflicts")


def test_an_empty_topic_is_a_document_too() -> None:
    empty = Bench().report()
    assert "has no questions yet" in notes.render(empty, NOTES)
    assert docx.render(empty, NOTES).startswith(b"PK")
    assert pdf.render(empty, NOTES).startswith(b"%PDF")


# --- wikitext -----------------------------------------------------------------------------------


def test_wikitext_holds_the_words_of_the_report() -> None:
    assert holds_in_order(html.unescape(wikitext.render(flood(), NOTES)))


def test_wikitext_has_a_reference_for_each_citation() -> None:
    text = wikitext.render(flood(), NOTES)
    assert set(re.findall(r'<ref name="citation-(\d+)">', text)) == {str(n) for n in range(1, 23)}
    assert text.count("<ref name=") > len(set(re.findall(r"<ref name=[^>]*>", text))) - 1
    assert text.count("<references />") == 1


WIKI_TRAPS = [
    "[[File:x.png]]",
    "{{delete}}",
    "<ref>x</ref>",
    "<script>alert(1)</script>",
    "''' bold '' it",
    "~~~~",
    "__NOTOC__",
    "----",
    "| cell || cell",
    "= heading =",
    "* item",
    "# item",
    ": indented",
    "; term",
    "https://evil.example",
    "mailto:x@y",
    "ISBN 978-0-00-000000-2",
    "&lt;b&gt;",
    "-{zh:x}-",
    "'",
    "it's",
]


@pytest.mark.parametrize("trap", WIKI_TRAPS)
def test_stored_words_stay_words_in_wikitext(trap: str) -> None:
    found = wikitext.escape(trap)
    assert html.unescape(found) == trap
    assert not re.search(r"[\[\]{}<>|~]|''|__|^[*#:;=!-]|\w:(?=\S)|'$|^'|ISBN|&(?!#\d+;)", found), (
        found
    )


def test_traps_do_not_change_the_structure_of_wikitext() -> None:
    def bones(trap: str) -> list[str]:
        text = wikitext.render(trapped(trap).report(), PLAIN)
        return re.findall(r"<[^>]*>|^[=*|!{]+|'{2,}|[\[\]{}]", text, re.MULTILINE)

    harmless = bones("harmless")
    for trap in WIKI_TRAPS:
        assert bones(trap) == harmless, trap


# --- DOCX ---------------------------------------------------------------------------------------


def parts_of(data: bytes) -> dict[str, Any]:
    """The XML parts of a DOCX file, parsed."""
    with ZipFile(BytesIO(data)) as file:
        return {
            name: etree.fromstring(file.read(name))
            for name in file.namelist()
            if name.endswith(".xml")
        }


@pytest.mark.parametrize("style", [NOTES, IN_TEXT])
def test_docx_has_real_footnotes(style: CitationStyle) -> None:
    parts = parts_of(docx.render(flood(), style))
    marks = [
        m.get(f"{WORD}id") for m in parts["word/document.xml"].iter(f"{WORD}footnoteReference")
    ]
    kept = {
        note.get(f"{WORD}id"): "".join(note.itertext())
        for note in parts["word/footnotes.xml"].iter(f"{WORD}footnote")
        if note.get(f"{WORD}type") is None
    }
    assert (
        len(marks)
        == len(set(marks))
        == sum(isinstance(p, Noted) for p in handed(flood(), style).parts)
    )
    assert set(marks) == set(kept)
    assert "[1] The flood, line 1, code points 10–33" in kept[marks[0]]
    assert ("A. Reporter, “The Flood,”" in kept[marks[0]]) is not style.in_text
    assert "/word/footnotes.xml" in str(etree.tostring(parts["[Content_Types].xml"]))


def test_docx_holds_the_words_of_the_report_and_its_properties() -> None:
    data = docx.render(flood(), NOTES)
    body = parts_of(data)["word/document.xml"]
    text = "\n".join("".join(p.itertext()) for p in body.iter(f"{WORD}p"))
    assert holds_in_order(text)
    read = Document(BytesIO(data))
    assert read.core_properties.title == "The flood of the river"
    assert read.core_properties.author == ""
    styles = [paragraph.style.name for paragraph in read.paragraphs if paragraph.style]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "Heading 3", "Quote", "List Bullet"} <= set(styles)
    assert all(t.rows[0]._tr.find(f".//{WORD}tblHeader") is not None for t in read.tables)  # noqa: SLF001


def test_the_same_report_gives_the_same_docx() -> None:
    assert docx.render(flood(), NOTES) == docx.render(flood(), NOTES)


def test_docx_writes_all_scripts_and_directions() -> None:
    body = parts_of(docx.render(scripts(), NOTES))["word/document.xml"]
    quotes = {"".join(p.itertext()): p for p in body.iter(f"{WORD}p")}
    for words in SCRIPTS.values():
        assert f"“{words}”" in quotes
    arabic, russian = (quotes[f"“{SCRIPTS[tag]}”"] for tag in ("1c", "1a"))
    assert arabic.find(f"{WORD}pPr/{WORD}bidi") is not None
    assert russian.find(f"{WORD}pPr/{WORD}bidi") is None


@pytest.mark.parametrize("trap", [*TRAPS, "\x00\x1b[31m\ufffe\uffff\ud800\u202e", "]]>", "&#0;"])
def test_stored_words_stay_words_in_docx(trap: str) -> None:
    data = docx.render(trapped(trap).report(), PLAIN)
    assert Document(BytesIO(data)).paragraphs


# --- PDF ----------------------------------------------------------------------------------------


def pages(data: bytes) -> str:
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


@pytest.mark.parametrize("style", [NOTES, IN_TEXT])
def test_pdf_holds_what_the_report_says(style: CitationStyle) -> None:
    read = told(pages(pdf.render(flood(), style)))
    assert set(expected()) - set(read) == set()


def test_pdf_has_notes_a_title_and_tags() -> None:
    data = pdf.render(flood(), NOTES)
    reader = PdfReader(BytesIO(data))
    assert reader.metadata is not None
    assert reader.metadata.title == "The flood of the river"
    assert str(reader.metadata.get("/CreationDate")).startswith("D:20260301123000")
    assert "/MarkInfo" in reader.root_object
    assert "/StructTreeRoot" in reader.root_object
    assert b"pdfuaid" in data
    assert "A. Reporter, “The Flood,” The Gazette, July 20, 2021, line 1" in pages(data)


def test_the_same_report_gives_the_same_pdf() -> None:
    assert pdf.render(flood(), NOTES) == pdf.render(flood(), NOTES)


def test_pdf_names_the_characters_that_no_font_has() -> None:
    made = pdf.in_pdf(handed(scripts(), NOTES), fonts=())
    assert made.missing == "".join(sorted(set(SCRIPTS["2a"])))
    text = pages(made.data).replace("\u200b", "")
    assert "‹U+6D2A›" in text
    assert "Погибло восемь человек" in text
    assert "Զոհվել է ութ մարդ" in text
    words = pdf.missing_words(made.missing)
    assert words.startswith("No font at hand has 8 characters, printed by number: 亡 (U+4EA1)")
    assert pdf.missing_words("") == ""


def test_a_character_for_private_use_is_numbered_though_a_font_has_it() -> None:
    icons = Path(playwright.__file__).parent / "driver"
    assert list(icons.rglob("codicon*.ttf"))
    named = replace(flood(), topic=replace(flood().topic, label="Flood \uea60"))
    made = pdf.in_pdf(handed(named, NOTES), fonts=[icons])
    assert made.missing == "\uea60"
    assert "Flood ‹U+EA60›" in pages(made.data).replace("\u200b", "")
    assert pdf.missing_words("\uea60").endswith("may not stand in a PDF for archives")


@pytest.mark.parametrize("trap", ["#panic()", '"] #panic() #["', "$x$ @ref <label>", "\\u{41}"])
def test_stored_words_stay_words_in_pdf(trap: str) -> None:
    assert trap in pages(pdf.render(trapped(trap).report(), PLAIN))


def test_odd_characters_do_not_stop_the_pdf() -> None:
    odd = "\x00\x1b\ufffe\u202e\ud800\U000e0041 tail"
    bench = Bench()
    asked = bench.ask("asked", f"How many {odd}?")
    claim = bench.claim(asked, "claim", SEVERAL, quote=odd)
    bench.result(asked, (claim,))
    assert "tail" in pages(pdf.render(bench.report(), NOTES))


# --- all ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_the_document_names_its_style(name: str) -> None:
    style = citation_style(name)
    assert f"In the style {style.title}." in notes.render(flood(), style)
