"""Files of every kind that the tests read, made by the programs that people make them with."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import pypdf
import typst
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from claims.analysis.extracted import Extracted
from claims.archive.extractors import extractor_of
from claims.archive.limits import Limits
from claims.archive.signs import kind_of
from claims.archive.sound_text import sound

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Left out</title>
<style>p { color: red }</style><script>left.out()</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Shelling  of
the town</h1>
<p>According to the human rights group, <b>dozens</b> of civilians were killed by shelling while
they were fleeing through the corridor, and many more were wounded in the days that followed.</p>
<p>The authorities could not confirm&nbsp;this report.<br>They spoke of
“at least eight” wounded people in two villages near the town.</p>
<table><tr><th>Place<th>Killed<th>Source</tr><tr><td>Town A<td><td><p>Report</p></tr></table>
</article><footer><p hidden>never seen</p>All rights reserved</footer></body></html>
"""


def put(folder: Path, name: str, data: bytes | str) -> Path:
    """A file with these contents."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """A ZIP archive of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def word(*paragraphs: str) -> bytes:
    """A Word document as python-docx writes it."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def word_of(body: str, **parts: str) -> bytes:
    """A Word document with this XML in its body, and further parts by their names."""
    written = {f"word/{name}.xml": f'<x xmlns:w="{W}">{xml}</x>' for name, xml in parts.items()}
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": document} | written)


def open_document(body: str, **parts: str) -> bytes:
    """An OpenDocument text with this XML in its body."""
    content = (
        f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
        f' xmlns:table="{ODF}:table:1.0"><office:body><office:text>{body}</office:text>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": kind, "content.xml": content} | parts)


def pdf(source: str) -> bytes:
    """A PDF that typst makes of its own markup."""
    return typst.compile(source.encode("utf-8"), ignore_system_fonts=True)


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    held = bytearray(b"%PDF-1.7\n")
    places = []
    for number, written in enumerate(objects, 1):
        places.append(len(held))
        held += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    start = len(held)
    held += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    held += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    held += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(held)


def one_page(contents: bytes, given: bytes = b"") -> bytes:
    """A PDF of one page, which shows a stream; ``given`` stands in the stream's dictionary."""
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(contents), given, contents),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def locked(data: bytes, password: str) -> bytes:
    """A PDF that is locked with a password; an empty one opens it for reading."""
    writer = pypdf.PdfWriter(io.BytesIO(data))
    writer.encrypt(password, "owner", algorithm="AES-256")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


Answer = tuple[str, str, bytes | str]
"""The address, the media type (or a status and an address, of a redirect) and the body."""


def warc(answers: Sequence[Answer], *, zipped: bool = False, **headers: str) -> bytes:
    """A WARC file of these answers, captured on 1 March 2024 at noon."""
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=zipped)
    for url, said, body in answers:
        status, location = ("200 OK", "") if "/" in said.split(" ")[0] else said.split(" ")[:2]
        given = [("Location", location)] if location else [("Content-Type", said)]
        given += [(name.replace("_", "-"), value) for name, value in headers.items()]
        payload = body if isinstance(body, bytes) else body.encode("utf-8")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(payload),
            length=len(payload),
            http_headers=StatusAndHeaders(status, given, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2024-03-01T12:00:00Z"},
        )
        writer.write_record(record)
    return held.getvalue()


def wacz(answers: Sequence[Answer], pages: str = "", package: str = "{}") -> bytes:
    """A WACZ file of these answers."""
    parts: dict[str, bytes | str] = {
        "archive/data.warc.gz": warc(answers, zipped=True),
        "datapackage.json": package,
    }
    return packed(parts | ({"pages/pages.jsonl": pages} if pages else {}))


def bomb(size: int) -> bytes:
    """Zeros, packed with gzip."""
    return gzip.compress(bytes(size), 9)


def taken(data: bytes | str, name: str = "", **hints: str) -> Extracted:
    """What the extractor of these bytes gives, in this process: starting another takes long."""
    held = data if isinstance(data, bytes) else data.encode("utf-8")
    file = io.BytesIO(held)
    kind = kind_of(file, name, hints.get("media_type"))
    return sound(extractor_of(kind.media_type)(file, Limits(), hints))
