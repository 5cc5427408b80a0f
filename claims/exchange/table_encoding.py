"""In which encoding a text file is: said by its first bytes, proved, or guessed and remarked."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from claims.errors import InputRefused
from claims.exchange.table_bytes import Files, refuse

PIECE = 1 << 20
"""Bytes looked at together."""

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"cp1252": "Windows-1252 (Western Europe)", "cp1251": "Windows-1251 (Cyrillic)"}
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_RUN = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_NO_TEXT = "bytes that are no text (it has NUL characters)"
_TEXT_WANTED = "a table as text, or a file of the format its name says"
_UNREAD = re.compile("[\udc80-\udcff]+")
_BEYOND = re.compile("[^\x00-\x7f\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding by its Python name, and the remark to make where it was guessed."""

    name: str
    note: str = ""


def encoding_of(files: Files, asked: str | None) -> Encoding:
    """The encoding of a text file, after every byte of it was looked at.

    ``asked`` is what the user says it is. Otherwise a byte-order mark tells; without one the file
    is UTF-8 if all of it can be read so. What is mostly UTF-8 but not all is damaged and refused.
    The rest is guessed from the letters beyond ASCII: they stand together in Cyrillic words and
    alone in Western ones.

    Raises:
        InputRefused: no such encoding is known.
        DocumentFaults: the bytes are not a text in it; the line of the first such byte is named.
    """
    if asked is not None:
        return Encoding(_prove(files, _known(asked)))
    with files.opened() as file:
        start = file.read(4096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(_prove(files, name))
    if b"\0" in start:
        return _without_mark(files, start)
    if _first_fault(files, "utf-8") is None:
        return Encoding("utf-8")
    return _guessed(files)


def _known(asked: str) -> str:
    try:
        found = codecs.lookup(asked)
        "".encode(found.name)
    except (LookupError, ValueError):
        message = (
            f"no encoding {asked!r} is known; give one such as utf-8, utf-16, cp1252 or cp1251"
        )
        raise InputRefused(message) from None
    return "utf-8-sig" if found.name == "utf-8" else found.name


def _without_mark(files: Files, start: bytes) -> Encoding:
    """UTF-16 without a mark has its zeros in every second place."""
    zeros = start[0::2].count(0), start[1::2].count(0)
    if min(zeros) > max(zeros) / 4 or max(zeros) < len(start) / 8:
        refuse(files.path, _NO_TEXT, _TEXT_WANTED)
    name = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    if _CONTROL.search(start.decode(name, "ignore")):
        refuse(files.path, _NO_TEXT, _TEXT_WANTED)
    return Encoding(_prove(files, name), "The file was read as UTF-16, which it does not say.")


def _prove(files: Files, name: str) -> str:
    """The name, once the whole file was read in it."""
    if (fault := _first_fault(files, name)) is not None:
        line, found = fault
        expected = f"text in {name}; save the file as UTF-8, or name its encoding"
        refuse(files.path, found, expected, line)
    return name


def _first_fault(files: Files, name: str) -> tuple[int, str] | None:
    """The line and the bytes that cannot be read in an encoding, or None."""
    decoder, lines = codecs.getincrementaldecoder(name)(), 1
    with files.opened() as file:
        for piece in _pieces(file):
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].count(b"\n")
                return lines + before, f"the bytes {error.object[error.start : error.end]!r}"
            if (place := text.find("\0")) >= 0:
                return lines + text.count("\n", 0, place), "a NUL character"
            lines += text.count("\n")
    return None


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """A file piece by piece, and an empty piece at its end."""
    piece = file.read(PIECE)
    while piece:
        yield piece
        piece = file.read(PIECE)
    yield piece


def _guessed(files: Files) -> Encoding:
    together = alone = unread = read = 0
    example = b""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with files.opened() as file:
        for piece in _pieces(file):
            text = decoder.decode(piece, final=not piece)
            unread += len(_UNREAD.findall(text))
            read += len(_BEYOND.findall(text))
            for run in _RUN.findall(piece):
                together, alone = together + (len(run) > 1) * len(run), alone + (len(run) == 1)
            example = example or (word.group() if (word := _WORD.search(piece)) else b"")
    if read > unread:
        _prove(files, "utf-8")
    name = _prove(files, "cp1251" if together > alone else "cp1252")
    return Encoding(name, _remark(name, example))


def _remark(name: str, example: bytes) -> str:
    word = example[:40].decode(name, "replace")
    return (
        f"The file is not UTF-8; it was read as {_NAMES[name]}, which is a guess: "
        f"'{word}' should read right, otherwise name the encoding."
    )


def text_start(files: Files, encoding: str, size: int = 1 << 16) -> str:
    """The first characters of a text, to guess from."""
    with files.opened() as file:
        return codecs.getincrementaldecoder(encoding)("ignore").decode(file.read(size))
