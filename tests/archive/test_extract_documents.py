"""PDF, Word and OpenDocument: what is taken, what is left out, and what is said about it."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from claims.analysis.extracted import Extracted
from claims.analysis.text_places import Places
from claims.archive.extract import extract
from claims.archive.limits import Unreadable
from claims.errors import InputRefused
from tests.archive.made import (
    W,
    locked,
    one_page,
    open_document,
    packed,
    pdf,
    pdf_of,
    put,
    taken,
    word,
    word_of,
)

PAGED = """#set page(numbering: "i")
Eight civilians were killed.
#pagebreak()
#set page(numbering: none)
#pagebreak()
#set page(numbering: "1")
#counter(page).update(1)
#block(width: 6cm)[The ministry could not confirm the report of the group about the town.]
"""


def _pages(extracted: Extracted) -> dict[str, str]:
    return {page.label: extracted.text[page.start : page.end] for page in extracted.pages}


def test_a_pdf_gives_its_pages_with_their_printed_numbers() -> None:
    extracted = taken(pdf(PAGED))
    assert extracted.media_type == "application/pdf"
    assert extracted.extractor.startswith("pdf@1 (pypdf ")
    pages = _pages(extracted)
    assert "\n".join(pages.values()) == extracted.text
    assert pages["i"].startswith("Eight civilians were killed.")
    assert " ".join(pages["1"].split()).startswith("The ministry could not confirm the report of")
    place = extracted.text.index("confirm")
    assert Places(extracted).of(place)[0].value == "1"


def test_pages_that_are_pictures_are_named() -> None:
    extracted = taken(pdf("Words#pagebreak()#rect()#pagebreak()Words"))
    assert extracted.notes == (
        "Pages without text: 2. They may be pictures of pages; transcribe them.",
    )
    extracted = taken(pdf("#rect()"))
    assert extracted.text == ""
    assert extracted.notes == ("No page has text: they are pictures of pages; transcribe them.",)


def test_a_pdf_of_pictures_takes_a_transcript_with_its_pages(tmp_path: Path) -> None:
    words = put(tmp_path, "words.txt", "Page one\fPage two")
    extracted = extract(put(tmp_path, "b.pdf", pdf("#rect()")), transcript=words)
    assert _pages(extracted) == {"1": "Page one", "2": "Page two"}
    assert extracted.media_type == "application/pdf"
    assert extracted.extractor == "transcript@1 (identity@1)"


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert "killed" in taken(locked(pdf(PAGED), "")).text


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", locked(pdf(PAGED), "secret"))
    with pytest.raises(InputRefused, match=r"a\.pdf: file: found a PDF that is locked with a pass"):
        extract(path)


def test_a_printed_number_may_hold_what_no_database_stores() -> None:
    catalog = (
        b"<< /Type /Catalog /Pages 2 0 R"
        b" /PageLabels << /Nums [0 << /P (\\376\\377\\330\\000x) /S /D >>] >> >>"
    )
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    label = taken(pdf_of(catalog, pages, page)).pages[0].label
    assert label.encode("utf-8")
    assert label.endswith("1")


def test_a_pdf_in_a_coding_that_is_not_known_is_refused() -> None:
    with pytest.raises(
        Unreadable, match=r"made in a way that is not read here \(Unsupported filter"
    ):
        taken(one_page(b"q Q", b"/Filter /Unheard"))


def test_half_a_pdf_is_refused(tmp_path: Path) -> None:
    whole = pdf(PAGED)
    with pytest.raises(InputRefused, match="found a PDF that is damaged or cut off"):
        extract(put(tmp_path, "a.pdf", whole[: len(whole) // 2]))


def test_code_points_that_stand_for_nothing_are_replaced_and_told() -> None:
    extracted = taken(one_page(b"BT /F1 9 Tf (eight\\000killed) Tj ET"))
    assert extracted.text == "eight\N{REPLACEMENT CHARACTER}killed"
    assert extracted.notes == (
        "1 code points that stand for no character were replaced by U+FFFD.",
    )


def _report() -> bytes:
    document = docx.Document()
    document.add_heading("Report", 0)
    document.add_paragraph("“Dozens”  were killed,\tit says.")
    table = document.add_table(2, 3)
    table.cell(0, 0).text, table.cell(0, 2).text = "Place", "Killed"
    table.cell(1, 1).text = "Town A\nTown B"
    document.add_paragraph("They fled.").add_run().add_break()
    document.sections[0].header.paragraphs[0].text = "The group"
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_word_document_gives_its_paragraphs_and_tables() -> None:
    extracted = taken(_report())
    assert extracted.text == (
        "Report\n\n“Dozens”  were killed,\tit says.\n\nPlace\t\tKilled\n\tTown A\nTown B"
        "\n\nThey fled.\n\n\nThe group"
    )
    body = extracted.main[0]
    assert extracted.text[body.start : body.end].endswith("They fled.\n")
    assert extracted.notes == ("After the body stand: page headers.",)
    assert extracted.extractor == "docx@1"


def test_what_a_word_document_no_longer_says_is_left_out() -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Eight </w:t></w:r>"
        "<w:del><w:r><w:delText>dozen </w:delText><w:t>x</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>people</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t><w:tab/></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> fled</w:t></w:r>'
        "<w:r><w:sym/><w:noBreakHyphen/></w:r></w:p>"
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    notes = (
        '<w:footnote w:type="separator"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        "<w:footnote><w:p><w:r><w:t>As told by a witness.</w:t></w:r></w:p></w:footnote>"
    )
    comments = "<w:comment><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>"
    data = word_of(body, footnotes=notes, comments=comments)
    extracted = taken(data)
    assert extracted.text == "Eight people fled\u2011\n\nAs told by a witness."
    assert extracted.notes == (
        "After the body stand: footnotes.",
        "Left out: deletions that are tracked (1).",
        "Left out: signs of symbol fonts (1).",
        "Left out: stretches of hidden words (1).",
        "Left out: comments.",
    )


def test_a_body_with_a_number_is_found(tmp_path: Path) -> None:
    xml = f'<w:document xmlns:w="{W}"><w:p><w:r><w:t>eight</w:t></w:r></w:p></w:document>'
    extracted = extract(put(tmp_path, "a.docx", packed({"word/document2.xml": xml})))
    assert (extracted.text, extracted.notes) == ("eight", ())


def test_words_in_a_text_box_are_taken_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Before</w:t></w:r><w:r><Choice>{box}</Choice><Fallback>{box}</Fallback>"
        "</w:r><w:r><w:t> after</w:t></w:r></w:p>"
    )
    assert taken(word_of(body)).text == "Boxed\n\nBefore after"


def test_an_open_document_gives_its_paragraphs_tables_and_notes() -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:h>Report</text:h><text:p>  Eight \n people<text:s text:c='2'/>fled"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>As told."
        "</text:p></text:note-body></text:note>,<text:tab/>they<text:line-break/> say.</text:p>"
        "<text:p><text:span/></text:p><table:table><table:table-row><table:table-cell><text:p>A"
        "</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>B</text:p>"
        "</table:table-cell></table:table-row><table:table-row><table:table-cell/>"
        "<table:table-cell><text:p>C</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>End</text:p>"
    )
    extracted = taken(open_document(body))
    assert extracted.text == (
        "Report\n\nEight people  fled,\tthey\nsay.\n\nA\t\tB\n\tC\n\nEnd\n\nAs told."
    )
    assert extracted.text[: extracted.main[0].end].endswith("End")
    assert extracted.notes == (
        "After the body stand: footnotes and endnotes.",
        "Left out: changes that are tracked (1).",
    )


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.docx", packed({"word/document.xml": "<a><b></a>"}), "a Word document with damaged XML"),
        ("a.docx", word_of("<w:p/>"), "a Word document without text"),
        ("a.docx", word("x")[:-9], "a ZIP archive that is damaged or cut off"),
        ("a.odt", open_document("<text:p/>"), "an OpenDocument text without text"),
        (
            "a.odt",
            open_document("", **{"META-INF/manifest.xml": "<m:encryption-data/>"}),
            "an OpenDocument text that is locked with a password",
        ),
        ("a.zip", packed({"a.txt": "x"}), "a ZIP archive; expected the files in it, one by one"),
        ("a.ods", packed({"mimetype": "…spreadsheet", "content.xml": "<a/>"}), "a ZIP archive"),
        ("a.xlsx", packed({"xl/workbook.xml": "<a/>"}), r"a workbook .*read by `claims import`"),
        (
            "a.pptx",
            packed({"ppt/presentation.xml": ""}),
            "a presentation; expected .*saved as .pdf",
        ),
        ("a.epub", packed({"META-INF/container.xml": ""}), "a book in the format EPUB; expected"),
        ("a.rtf", b"{\\rtf1 x}", r"a text in the format RTF; expected .* saved as \.docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a document of an old office"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a document that is locked with a password",
        ),
    ],
    ids=[
        "damaged XML",
        "no words",
        "cut off",
        "odt without words",
        "odt with a password",
        "zip",
        "ods",
        "xlsx",
        "pptx",
        "epub",
        "rtf",
        "doc",
        "docx with a password",
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(
    tmp_path: Path, name: str, data: bytes, found: str
) -> None:
    with pytest.raises(InputRefused, match=f"^{name}: file: found {found}"):
        extract(put(tmp_path, name, data))
