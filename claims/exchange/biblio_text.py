"""The bytes of a bibliography as text: its encoding said, proved or guessed, and what it cost."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from claims.errors import DocumentFaults, Fault, InputRefused, NotFound, SetupError
from claims.exchange.biblio_item import Findings

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused: of the largest libraries, parts can be exported."""

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb'(?im)(?:^%\s*Encoding:\s*|encoding=["\'])([\w.:-]+)')
_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NEWLINES = re.compile("\r\n?")
_MAC_LETTERS = frozenset(b"\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90"
                         b"\x91\x92\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f")  # fmt: skip
_QUOTES = frozenset(b"\x91\x92\x93\x94\x96\x97\x85\x80\x99")
_WESTERN = b"\xc0"
_HIGH = re.compile(rb"[\x80-\xff]")
_INSIDE = re.compile(rb"(?<=[A-Za-z])[\x80-\x9f](?=[A-Za-z])")
_NAMES = {
    "cp1252": "Windows-1252 (Western Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "mac_roman": "MacRoman",
}
_ASK = "text in UTF-8; save the file so where letters read wrong"


def file_bytes(path: Path) -> bytes:
    """The bytes of a file of a bibliography.

    Raises:
        NotFound: there is no such file.
        InputRefused: it is no file, or too large.
        SetupError: it cannot be read.
    """
    try:
        if not path.exists():
            message = f"there is no file {str(path)!r}; check its name, and the folder you are in"
            raise NotFound(message)
        if not path.is_file():  # a pipe would be waited for without end
            message = f"{str(path)!r} is no file; give the bibliography itself"
            raise InputRefused(message)
        if (size := path.stat().st_size) > MAX_BYTES:
            message = f"{path.name} has {size:,} bytes; export parts of at most {MAX_BYTES:,}"
            raise InputRefused(message)
        return path.read_bytes()
    except OSError as error:
        message = f"{str(path)!r} cannot be read: {error.strerror}; give yourself the right to"
        raise SetupError(message) from error


def decoded(data: bytes, findings: Findings) -> str:
    """The text of some bytes, its lines ended by line feeds; what was guessed is remarked on.

    Raises:
        DocumentFaults: the bytes are no text.
    """
    name, guessed = _encoding(data)
    if data[:4096].count(0) and not name.startswith("utf-"):
        fault = Fault(findings.file, 0, 0, "file", "bytes that are no text", "a bibliography")
        raise DocumentFaults((fault,))
    text = data.decode(name, "replace")
    if guessed:
        example = _example(data).decode(name, "replace")
        told = f"no UTF-8; it was guessed to be {_NAMES[name]}, where {example!r} should read right"
        findings.remark(0, "file", told, _ASK)
    elif "\ufffd" in text and "\ufffd".encode() not in data:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        findings.mend(line, "file", f"bytes that are no {name}", f"{_ASK}; � stands for them")
    return _HARMFUL.sub("", _NEWLINES.sub("\n", text))


def _encoding(data: bytes) -> tuple[str, bool]:
    """The name of the encoding, and whether it was guessed."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, False
    if data[:2] and 0 in data[:2] and len(data) > 1:
        return ("utf-16-be" if data[0] == 0 else "utf-16-le"), False
    if _is(data, "utf-8"):
        return "utf-8", False
    declared = _DECLARED.search(data[:4096])
    name = _known(declared[1].decode("ascii", "replace")) if declared else ""
    if name not in {"", "utf-8"} and _is(data, name):
        return name, False
    return _guess(data)


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name
        "".encode(found)
    except (LookupError, ValueError):
        return ""
    return found


def _is(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> tuple[str, bool]:
    """UTF-8 with some damage, else an old encoding by the letters that stand within words.

    MacRoman has its letters with accents at 80–9F, where Windows-1252 has signs that stand
    between words; Cyrillic letters stand together.
    """
    damage = data.decode("utf-8", "replace").count("\ufffd")
    high = _HIGH.findall(data)
    if damage * 4 < len(high):
        return "utf-8", False
    together = sum(len(run) for run in re.findall(rb"[\xc0-\xff]{3,}", data))
    if together * 2 > len(high):
        return "cp1251", True
    mac = sum(run[0] in _MAC_LETTERS and run[0] not in _QUOTES for run in _INSIDE.findall(data))
    western = sum(byte >= _WESTERN for byte in high)
    if mac > western or not _is(data, "cp1252"):
        return "mac_roman", True
    return "cp1252", True


def _example(data: bytes) -> bytes:
    found = re.search(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*", data)
    return found[0][:40] if found else b""
