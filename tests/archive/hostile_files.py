"""Files that attack the programs that read them, each as small as shows the attack."""

from __future__ import annotations

import gzip
import zlib

from tests.archive.made import one_page, packed, pdf_of, wacz, warc, word_of

MIB = 1 << 20
ADDRESS = "https://example.org/"

_KINDS = b"<< /Type /Catalog /Pages 2 0 R >>"
_LAUGHS = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


def _doctype(inside: str, body: str) -> bytes:
    return packed({"word/document.xml": f"<!DOCTYPE x [{inside}]><x>{body}</x>"})


def _pages_of_one(count: int) -> bytes:
    kids = b"3 0 R " * count
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1 1] >>"
    return pdf_of(_KINDS, pages, page)


def files() -> dict[str, tuple[bytes, str]]:
    """Names, contents, and what must be said about each where a text may take 8 MiB."""
    deep = b"<html><body>%s deep"
    twice = b"/Filter [/FlateDecode /FlateDecode]"
    return {
        "zip bomb.docx": (
            packed({"word/document.xml": b"<x>" + bytes(20 * MIB)}),
            "unpacks to 20 MiB; expected at most",
        ),
        "many names.docx": (
            packed({"word/document.xml": ""} | {f"../{number}": "" for number in range(5001)}),
            "of 5,002 parts",
        ),
        "laughs.docx": (_doctype(f'<!ENTITY a "ha">{_LAUGHS}', "&i;"), "declares entities"),
        "quadratic.docx": (
            _doctype(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 50_000),
            "declares entities",
        ),
        "other file.docx": (_doctype('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"), "entities"),
        "nested.docx": (packed({"word/document.xml": "<x>" * MIB}), "nested too deep"),
        "nested.html": (deep % (b"<div>" * 1_000_000), "nested too deep"),
        "nested forms.html": (deep % (b"<b><form>" * 500_000), "nested too deep"),
        "flate.pdf": (one_page(zlib.compress(zlib.compress(bytes(90 * MIB))), twice), "damaged"),
        "pages in a ring.pdf": (
            pdf_of(_KINDS, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
            "damaged",
        ),
        "no table.pdf": (b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 5000, "damaged"),
        "noise.pdf": (b"%PDF-1.7\n" + zlib.compress(bytes(range(256)) * 999), "damaged"),
        "record.warc.gz": (
            gzip.compress(warc([(ADDRESS, "text/html", bytes(10 * MIB))])),
            "unpacks to more than 8 MiB",
        ),
        "body.warc": (
            warc(
                [(ADDRESS, "text/html", gzip.compress(bytes(10 * MIB)))],
                Content_Encoding="gzip",
            ),
            "unpacks to more than 8 MiB",
        ),
        "member.wacz": (
            packed({"archive/a.warc": b"WARC/1.0\r\n" + bytes(20 * MIB), "datapackage.json": "{}"}),
            "unpacks to 20 MiB",
        ),
        "list.wacz": (wacz([], pages="[" * MIB, package="[" * MIB), "without a page"),
        "zeros.gz": (gzip.compress(bytes(10 * MIB)), "packed with gzip"),
        "no tree.odt": (packed({"content.xml": "<x a='&a;'/>"}), "damaged XML"),
        "hidden.docx": (word_of("<w:p><w:r><w:t/></w:r></w:p>" * 10), "without text"),
    }


def slow_files() -> dict[str, bytes]:
    """Names and contents of files that only the clock stops."""
    shown = zlib.compress(b"BT (aaaaaaaa) Tj ET " * 2 * MIB, 1)
    return {
        "long page.pdf": one_page(shown, b"/Filter /FlateDecode"),
        "one page often.pdf": _pages_of_one(90_000),
    }
