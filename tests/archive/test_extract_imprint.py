"""What files say of themselves: handed back for a person to look at, and never archived."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdf
import pytest

from claims.analysis.extracted import Imprint
from claims.archive.extract import extract
from claims.archive.imprint import LONGEST, imprint
from claims.archive.layout import layout_json, read_layout
from tests.archive.made import PAGE, one_page, open_document, put, taken, warc, word_of

HEAD = """<title> The  flood
 | Gazette</title><meta name="author" content="The desk">
<meta property="article:author" content="https://example.org/desk">
<meta property="article:published_time" content="2021-07-20T10:00:00Z">
<meta property="og:site_name" content="Gazette"><meta name="citation_author" content="http://x">"""


def page(head: str) -> str:
    """A page with this in its head."""
    return PAGE.replace("<title>Left out</title>", head)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (HEAD, Imprint("The flood | Gazette", "The desk", "2021-07-20T10:00:00Z", "Gazette")),
        (
            '<meta property="og:title" content="The flood"><title>Gazette</title>',
            Imprint("The flood"),
        ),
        ('<meta name="citation_title" content=" "><title>Gazette</title>', Imprint("Gazette")),
        ("", Imprint()),
    ],
)
def test_a_page_says_its_title_its_author_its_date_and_its_site(head: str, said: Imprint) -> None:
    assert taken(page(head)).imprint == said


def test_a_page_of_a_web_archive_says_it_too(tmp_path: Path) -> None:
    held = warc([("https://example.org/", "text/html", page(HEAD))])
    assert extract(put(tmp_path, "a.warc", held)).imprint.site == "Gazette"


def test_the_imprint_comes_from_the_other_process_and_is_no_part_of_the_layout(
    tmp_path: Path,
) -> None:
    whole = extract(put(tmp_path, "a.html", page(HEAD)))
    bare = extract(put(tmp_path, "b.html", page("")))
    assert (whole.imprint.title, bare.imprint) == ("The flood | Gazette", Imprint())
    assert layout_json(whole) == layout_json(bare)
    assert read_layout(layout_json(whole), whole.text).imprint == Imprint()


def test_a_pdf_says_its_title_and_its_author() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(one_page(b"BT /F1 9 Tf (Eight people.) Tj ET")))
    writer.add_metadata({"/Title": "The flood", "/Author": "The desk"})
    held = io.BytesIO()
    writer.write(held)
    assert taken(held.getvalue()).imprint == Imprint("The flood", "The desk")
    assert taken(one_page(b"BT /F1 9 Tf (Eight people.) Tj ET")).imprint == Imprint()


def test_word_and_opendocument_say_their_title_and_their_author() -> None:
    document = docx.Document()
    document.add_paragraph("Eight people.")
    document.core_properties.title, document.core_properties.author = "The flood", "The desk"
    held = io.BytesIO()
    document.save(held)
    assert taken(held.getvalue()).imprint == Imprint("The flood", "The desk")

    meta = (
        '<m xmlns:d="x"><d:title>The flood</d:title><d:initial-creator>The desk'
        "</d:initial-creator><d:creator>Who saved it</d:creator></m>"
    )
    made = open_document("<text:p>Eight people.</text:p>", **{"meta.xml": meta})
    assert taken(made).imprint == Imprint("The flood", "The desk")


@pytest.mark.parametrize("part", ["<broken", '<!DOCTYPE m [<!ENTITY a "b">]><m/>', ""])
def test_damaged_properties_say_nothing_and_lose_no_text(part: str) -> None:
    made = word_of("<w:p><w:r><w:t>Eight people.</w:t></w:r></w:p>", **{"docProps/core.xml": part})
    extracted = taken(made)
    assert (extracted.text, extracted.imprint) == ("Eight people.", Imprint())


def test_whatever_stands_there_becomes_one_short_line_of_plain_words() -> None:
    said = imprint("a\x1b[31m\u202e\nb\ud800 " + "x" * 5000, None, 7, ["site"])
    assert said.title.startswith("a [31m b xxx")
    assert (len(said.title), said.author, said.date, said.site) == (LONGEST, "", "", "")
