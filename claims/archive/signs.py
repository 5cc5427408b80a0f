"""What some bytes are by their own signs, whatever their name says."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import IO

from claims.archive.limits import refuse

ZIP_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    IndexError,
    struct.error,
)
"""What reading a damaged ZIP archive raises; a locked part raises a RuntimeError."""

START = 4096
"""Bytes that are looked at."""

PDF = "application/pdf"
HTML = "text/html"
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
WARC = "application/warc"
WACZ = "application/wacz"
SRT = "application/x-subrip"
VTT = "text/vtt"

READ = "a text, a web page (HTML), a PDF, a Word document (.docx), a .odt, a .warc or a .wacz"
"""What text can be taken from, in words."""


class Way(Enum):
    """How the text of a kind of bytes is taken."""

    PLAIN = "by decoding it"
    CONFINED = "by a parser, in a process of its own"
    HEARD_OR_SEEN = "by a person, who writes a transcript"


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, what people call it, and how its text is taken."""

    media_type: str
    name: str
    way: Way = Way.CONFINED


_KINDS = {
    kind.media_type: kind
    for kind in (
        Kind(PDF, "a PDF"),
        Kind(HTML, "a web page (HTML)"),
        Kind(DOCX, "a Word document (.docx)"),
        Kind(ODT, "an OpenDocument text (.odt)"),
        Kind(WARC, "a web archive (.warc)"),
        Kind(WACZ, "a web archive (.wacz)"),
        Kind(TEXT, "a plain text", Way.PLAIN),
        Kind(SRT, "subtitles (.srt)", Way.PLAIN),
        Kind(VTT, "subtitles (.vtt)", Way.PLAIN),
    )
}

_MEDIA: tuple[tuple[bytes, int, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF87a", 0, "image/gif"),
    (b"GIF89a", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"II*\0", 0, "image/tiff"),
    (b"MM\0*", 0, "image/tiff"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypmif1", 4, "image/heif"),
    (b"ftypavif", 4, "image/avif"),
    (b"WAVE", 8, "audio/wav"),
    (b"ID3", 0, "audio/mpeg"),
    (b"fLaC", 0, "audio/flac"),
    (b"#!AMR", 0, "audio/amr"),
    (b"ftypM4A", 4, "audio/mp4"),
    (b"ftypqt", 4, "video/quicktime"),
    (b"ftyp3g", 4, "video/3gpp"),
    (b"ftyp", 4, "video/mp4"),
    (b"AVI ", 8, "video/x-msvideo"),
)
_MP3 = re.compile(rb"\xff[\xfb\xf3\xf2\xfa][\x10-\xef]")
_AAC = re.compile(rb"\xff[\xf1\xf9][\x40-\xff]")
_BITMAP = re.compile(rb"BM.{4}\0{4}.{4}[\x0c\x28\x38\x40\x6c\x7c]\0{3}", re.DOTALL)

_DOCX_INSTEAD = "the same text saved as .docx, .pdf or .txt"
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"MZ", "a program for Windows", READ),
    (b"\x7fELF", "a program", READ),
    (b"\xcf\xfa\xed\xfe", "a program for macOS", READ),
    (b"\xca\xfe\xba\xbe", "a program", READ),
    (b"{\\rtf", "a text in the format RTF", _DOCX_INSTEAD),
    (b"SQLite format 3\0", "an SQLite database", READ),
    (b"PAR1", "a table (Parquet)", "a table is read by `claims import`"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "the files in it, one by one"),
    (b"Rar!\x1a\x07", "a RAR archive", "the files in it, one by one"),
    (b"BZh", "a file packed with bzip2", "the unpacked file"),
    (b"\xfd7zXZ\0", "a file packed with xz", "the unpacked file"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd", "the unpacked file"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP = b"PK\x05\x06"

_HTML = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>|<!doctype\s+html[^>]*>)*"
    rb"(?:<!doctype\s+html|<(?:html|head|body|title|meta|link|script|style|iframe|div|h1|table|p)"
    rb"(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<[a-z!/][^<>]*>", re.IGNORECASE)
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!doctype svg[^>]*>|\s)*<svg[\s>]", re.DOTALL)
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_SRT = re.compile(rb"\s*\d+\s*\r?\n[\d:;,. \t]*-->")

WORD_BODY = re.compile(r"word/document\d*\.xml")
"""The part that holds the text of a Word document; some programs number it."""

_ODT_SIGN = b"application/vnd.oasis.opendocument.text"
_IN_ZIP: tuple[tuple[str, str, str], ...] = (
    ("xl/", "a workbook (Excel)", "a table is read by `claims import`"),
    ("ppt/", "a presentation", "the presentation saved as .pdf"),
    ("META-INF/container.xml", "a book in the format EPUB", "the book saved as .pdf or .docx"),
)


def kind_of(file: IO[bytes], name: str, media_type: str | None) -> Kind:
    """What a file is. Its name and what a server called it only decide between kinds of text.

    Raises:
        Unreadable: no text can be taken from it, and nobody can write a transcript of it.
    """
    file.seek(0)
    start = file.read(START)
    file.seek(0)
    if not start:
        refuse("an empty file", READ)
    return _medium(start) or _packed(file, start, name) or _text(start, name, media_type)


def _medium(start: bytes) -> Kind | None:
    for sign, place, media_type in _MEDIA:
        if start.startswith(sign, place):
            return _media_kind(media_type)
    if _MP3.match(start):
        return _media_kind("audio/mpeg")
    if _AAC.match(start):
        return _media_kind("audio/aac")
    if _BITMAP.match(start):
        return _media_kind("image/bmp")
    if start.startswith(b"OggS"):
        film = b"theora" in start
        return _media_kind("video/ogg" if film else "audio/ogg")
    if start.startswith(b"\x1a\x45\xdf\xa3"):
        return _media_kind("video/webm" if b"webm" in start[:64] else "video/x-matroska")
    return None


def _media_kind(media_type: str) -> Kind:
    what = {"image": "a picture", "audio": "a sound recording", "video": "a film"}
    return Kind(media_type, what[media_type.partition("/")[0]], Way.HEARD_OR_SEEN)


def _packed(file: IO[bytes], start: bytes, name: str) -> Kind | None:
    """The kinds that are no text: documents, archives, and what is refused."""
    if start.startswith(b"%PDF-") or (name.lower().endswith(".pdf") and b"%PDF-" in start[:1024]):
        return _KINDS[PDF]
    if start.startswith(b"WARC/"):
        return _KINDS[WARC]
    if start.startswith(_GZIP):
        return _gzip(file)
    if start.startswith((_ZIP, _EMPTY_ZIP)):
        return _zip(file)
    if start.startswith(_COMPOUND):
        _refuse_compound(file)
    for sign, found, expected in _OTHERS:
        if start.startswith(sign):
            refuse(found, expected)
    return None


def _gzip(file: IO[bytes]) -> Kind:
    try:
        start = zlib.decompressobj(wbits=31).decompress(file.read(START), START)
    except zlib.error:
        refuse("a file packed with gzip that is damaged", "the whole file; copy it again")
    finally:
        file.seek(0)
    if not start.startswith(b"WARC/"):
        refuse("a file packed with gzip", "the unpacked file")
    return _KINDS[WARC]


def _zip(file: IO[bytes]) -> Kind:
    """What a ZIP archive is, by the names in it."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            declared = archive.open("mimetype").read(80) if "mimetype" in names else b""
    except ZIP_DAMAGE:
        refuse("a ZIP archive that is damaged or cut off", "the whole file; copy it again")
    finally:
        file.seek(0)
    if any(WORD_BODY.fullmatch(one) for one in names):
        return _KINDS[DOCX]
    if "datapackage.json" in names and any(one.startswith("archive/") for one in names):
        return _KINDS[WACZ]
    for sign, found, expected in _IN_ZIP:
        if any(one.startswith(sign) for one in names):
            refuse(found, expected)
    if "content.xml" not in names or (declared and not declared.startswith(_ODT_SIGN)):
        refuse("a ZIP archive", "the files in it, one by one")
    return _KINDS[ODT]


def _refuse_compound(file: IO[bytes]) -> None:
    """An encrypted document and one of before 2007 are the same kind of container."""
    held = file.read(1 << 25)
    file.seek(0)
    if _ENCRYPTED in held:
        refuse("a document that is locked with a password", "the document saved without one")
    refuse("a document of an old office program (such as .doc)", _DOCX_INSTEAD)


def _text(start: bytes, name: str, media_type: str | None) -> Kind:
    """Which kind of text: by its beginning; a web page needs a tag, and a name or a server."""
    plain = _in_ascii(start)
    if plain.startswith(b"WEBVTT"):
        return _KINDS[VTT]
    if _SRT.match(plain):
        return _KINDS[SRT]
    if _SVG.match(plain):
        return _media_kind("image/svg+xml")
    if _MHTML.search(plain) and b"mime-version:" in plain.lower():
        refuse("a page saved as MHTML", "the page saved as HTML, PDF or WACZ")
    called = PurePath(name.lower()).suffix in {".html", ".htm", ".xhtml"} or (
        (media_type or "").partition(";")[0].strip() in {HTML, "application/xhtml+xml"}
    )
    if _HTML.match(plain) or (called and _TAG.search(plain)):
        return _KINDS[HTML]
    return _KINDS[TEXT]


def _in_ascii(start: bytes) -> bytes:
    """The beginning without a byte-order mark and without the zeros of UTF-16."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[2:].replace(b"\0", b"")
    return start.removeprefix(b"\xef\xbb\xbf")
