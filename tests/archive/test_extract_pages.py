"""Web pages, alone and in web archives: the visible text, the main text, the page meant."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.archive import from_html, html_main
from claims.archive.extract import extract
from claims.archive.limits import Limits, Unreadable
from tests.archive.made import PAGE, one_page, put, taken, wacz, warc

WHOLE = """Home
News

Shelling of the town

According to the human rights group, dozens of civilians were killed by shelling while they were \
fleeing through the corridor, and many more were wounded in the days that followed.

The authorities could not confirm\N{NO-BREAK SPACE}this report.
They spoke of “at least eight” wounded people in two villages near the town.

Place\tKilled\tSource
Town A\t\tReport

All rights reserved"""


def test_a_web_page_gives_all_that_is_shown_and_its_main_part() -> None:
    extracted = taken(PAGE)
    assert extracted.text == WHOLE
    assert [extracted.text[one.start : one.end] for one in extracted.main] == [
        WHOLE.removeprefix("Home\nNews\n\n").removesuffix("\n\nAll rights reserved")
    ]
    assert extracted.notes == ()
    assert extracted.extractor.startswith("html@1 (lxml ")
    assert ", trafilatura " in extracted.extractor


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>a<b>b</b> <i> c</i>\n\nd</p>", "ab c d"),
        ("<pre>a\n  b\tc</pre> d", "a\n  b\tc\n\nd"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<ul><li>a<li>b <ul><li>c</ul></ul>d", "a\nb\n\nc\n\nd"),
        ("<p>a<br><br>b", "a\n\nb"),
        ("<p>a<wbr>b&shy;c&nbsp;&nbsp;d", "abc".replace("b", "b\u00ad") + "\u00a0\u00a0d"),
        ("<p>a</p><noscript>n</noscript><p style='display: none'>x<b>y</b>z</p>b", "a\n\nb"),
        ("<!-- <p>c</p> --><p>a<template>t</template>b", "ab"),
        ("<table><tr><td>a<td>b<tr><td><td>c<td></table>", "a\tb\n\tc"),
        ("<p>a<select><option>o</select>b<textarea>t</textarea>", "abt"),
        ("<p>5 &lt; 6 &amp; &#x201C;q&#8221;</p>", "5 < 6 & “q”"),
        ("<p dir=rtl>قُتل ثمانية</p>", "قُتل ثمانية"),
    ],
)
def test_white_space_is_that_of_a_browser(page: str, text: str) -> None:
    data = f"<!doctype html><meta charset=utf-8><body>{page}"
    assert taken(data).text == text


@pytest.mark.parametrize(
    ("encoding", "head", "media_type"),
    [
        ("cp1251", "<meta charset=windows-1251>", None),
        ("koi8-r", "", "text/html; charset=KOI8-R"),
        ("utf-16", "", None),
        ("utf-8", "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>", None),
    ],
)
def test_the_encoding_is_the_one_declared(encoding: str, head: str, media_type: str | None) -> None:
    page = f"<html><head>{head}</head><p>Погибли восемь человек".encode(encoding)
    extracted = taken(page, media_type=media_type or "")
    assert extracted.text == "Погибли восемь человек"


def test_bytes_outside_the_declared_encoding_are_told() -> None:
    page = b"<meta charset=utf-8><p>" + "Погибли восемь человек".encode() + b"\xff"
    extracted = taken(page)
    assert extracted.text == "Погибли восемь человек\N{REPLACEMENT CHARACTER}"
    assert extracted.notes[0] == "1 places that are no utf-8 were read as U+FFFD."


def test_an_encoding_that_nobody_declares_is_guessed_and_told() -> None:
    words = "Правозащитная организация сообщила, что погибли восемь мирных жителей города."
    extracted = taken(f"<html><p>{words}".encode("cp1251"))
    assert extracted.text == words
    assert "which is a guess" in extracted.notes[0]


def test_main_parts_are_found_in_any_order_and_however_white_space_is_set() -> None:
    text = "Menu\n\nOne  caf\u00e9.\nTwo.\n\nAdvert\n\nThree."
    found = html_main.located(text, ["Three.", "Onecafe\u0301.", "Two.", "Nowhere."])
    assert len(found) == 3
    assert [text[one.start : one.end] for one in html_main.joined(text, found)] == [
        "One  caf\u00e9.\nTwo.",
        "Three.",
    ]


def test_a_page_whose_main_text_takes_too_long_to_tell_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(from_html, "_SHARE", 0.001)  # too short on the fastest machine
    page = "<html><article>" + "<p>Dozens of people were killed.<p>Nobody said so." * 2000
    file = io.BytesIO(page.encode())
    extracted = from_html.extracted(file, Limits(), {})
    assert extracted.text.endswith("Dozens of people were killed.\n\nNobody said so.")
    assert [(one.start, one.end) for one in extracted.main] == [(0, len(extracted.text))]
    assert extracted.notes == (
        "No main text could be told from the rest: all of it counts as such.",
    )


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="found a web page without visible text"):
        taken("<html><script>x</script></html>")


ONE = "https://example.org/news/1"
TWO = "https://example.org/news/2"
NOTE = f"The page is {ONE}, captured at 2024-03-01T12:00:00Z."


@pytest.mark.parametrize("zipped", [False, True])
def test_the_only_page_of_a_web_archive_is_read(tmp_path: Path, zipped: bool) -> None:
    data = warc(
        [
            ("https://example.org/old", f"301 {ONE}", ""),
            ("https://example.org/a.css", "text/css", "p{}"),
            (ONE, "text/html; charset=utf-8", PAGE),
        ],
        zipped=zipped,
    )
    extracted = extract(put(tmp_path, "a.warc.gz" if zipped else "a.warc", data))
    assert extracted.text == WHOLE
    assert extracted.media_type == "text/html"
    assert (extracted.url, extracted.captured_at) == (ONE, datetime(2024, 3, 1, 12, tzinfo=UTC))
    assert extracted.notes == (NOTE,)


def test_of_several_pages_the_wanted_one_is_read_also_through_a_redirect() -> None:
    archive = warc(
        [
            ("https://example.org/old", "302 /news/2", ""),
            (ONE, "text/html", "<p>first"),
            (TWO, "text/html", "<p>second"),
            (TWO, "text/html", "<p>second, later"),
            ("https://example.org/r", "application/pdf", one_page(b"BT /F1 9 Tf (PDF) Tj ET")),
            ("https://example.org/t", "text/plain", "plain"),
        ]
    )
    assert taken(archive, wanted_url=ONE + "#top").text == "first"
    assert taken(archive, wanted_url="https://example.org/old").text == "second, later"
    assert taken(archive, wanted_url="https://example.org/r").media_type == "application/pdf"
    assert taken(archive, wanted_url="https://example.org/t").text == "plain"
    with pytest.raises(Unreadable) as caught:
        taken(archive)
    assert str(caught.value) == (
        f"found a web archive of 2 pages (it has {ONE}, {TWO});"
        " expected the address of the one that is meant (--url)"
    )
    with pytest.raises(Unreadable, match=r"found no page of the address .*/9'"):
        taken(archive, wanted_url="https://example.org/9")


def test_a_wacz_names_the_page_it_began_with() -> None:
    answers = [(ONE, "text/html", "<p>first"), (TWO, "text/html", "<p>second")]
    seeds = '{"format": "json-pages-1.0"}\nno json\n' + "\n".join(
        json.dumps({"url": url, "seed": url == TWO}) for url in (ONE, TWO)
    )
    assert taken(wacz(answers, seeds)).text == "second"
    main = json.dumps({"mainPageUrl": ONE})
    assert taken(wacz(answers, seeds, main)).text == "first"
    lone = json.dumps({"url": TWO})
    assert taken(wacz(answers, lone)).text == "second"
    with pytest.raises(Unreadable, match="found a web archive of 2 pages"):
        taken(wacz(answers))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (warc([(ONE, "text/html", PAGE)])[:200], "a web archive"),
        (warc([(ONE, "text/html", PAGE)])[:-500], "a web archive that is damaged .*ends within"),
        (warc([(ONE, "text/html", PAGE)], zipped=True)[:300], "a web archive"),
        (warc([(ONE, "404 Not Found", "")]), "a web archive without a page"),
        (
            warc([(ONE, "text/html", "x")], Content_Encoding="br"),
            "a page packed in the coding 'br'",
        ),
        (warc([(ONE, "text/html", b"\x7fELF")]), "a program"),
        (warc([(ONE, "text/plain", b"GIF89a")]), "a picture in a web archive"),
    ],
    ids=["cut in its head", "cut in its page", "zipped and cut", "not found", "br", "ELF", "GIF"],
)
def test_web_archives_that_give_no_page_are_refused(data: bytes, found: str) -> None:
    with pytest.raises(Unreadable, match=f"^found {found}"):
        taken(data)


def test_a_page_that_does_not_fit_its_digest_is_told() -> None:
    data = warc([(ONE, "text/html", "<p>eight were killed")]).replace(b"<p>eight", b"<p>three")
    extracted = taken(data)
    assert extracted.notes[1] == (
        "The digest that the archive gives of the page is not that of its bytes."
    )
