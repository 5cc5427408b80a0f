"""Plain text: its bytes, decoded and otherwise untouched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from claims.analysis.extracted import Extracted, Stretch
from claims.archive.limits import Limits, refuse, size
from claims.archive.signs import TEXT
from claims.errors import SetupError

IDENTITY = "identity@1"
"""What hand-coding files call the text of a file in UTF-8, too."""

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WANTED = "a text; save it as UTF-8"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_SAMPLE = 1 << 16
_SHOWN = 20
_RIVALS = 4
_SELDOM = 20
"""One letter beyond ASCII in so many may be unreadable in a text that declares its encoding."""

_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Encodings that are declared, and the larger ones that browsers read instead (WHATWG)."""

_LEGACY = (
    *(f"cp{number}" for number in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)),
    *(f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)),
    *("koi8_r", "koi8_u", "mac_roman", "mac_cyrillic", "cp850", "cp852", "cp866"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874"),
)
"""Encodings in which people saved texts; those of mainframes fit any bytes and are no guess."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and the remark to make where that was guessed."""

    text: str
    encoding: str
    note: str = ""


def plain_text(data: bytes, media_type: str | None, limits: Limits) -> Extracted:
    """The text of a plain text file.

    Raises:
        Unreadable: it is no text, or has no letter in it.
        SetupError: its encoding must be guessed, and the package for that is not installed.
    """
    if len(data) > limits.text_bytes:
        refuse(f"a text of {len(data):,} bytes", f"at most {size(limits.text_bytes)}")
    decoded = decode(data, declared_charset(media_type))
    if not decoded.text.strip():
        refuse("a text of nothing but white space", "a text")
    utf_8 = decoded.encoding == "utf-8"
    extractor = IDENTITY if utf_8 else f"text@1 ({decoded.encoding})"
    return Extracted(
        text=decoded.text,
        extractor=extractor,
        media_type=TEXT,
        main=(Stretch(0, len(decoded.text)),),
        notes=(decoded.note,) if decoded.note else (),
    )


def declared_charset(media_type: str | None) -> str | None:
    """The encoding that a server named beside the media type."""
    match = _CHARSET.search(media_type or "")
    return match[1] if match else None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of some bytes: by their mark, as UTF-8, as declared, or as best guessed.

    Raises:
        Unreadable: they are no text.
        SetupError: the encoding must be guessed, and the package for that is not installed.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, name), name)
    if b"\0" in data:
        _refuse_control(data, data.index(b"\0"))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if (control := _CONTROL.search(data)) is not None:
            _refuse_control(data, control.start())
        return _declared(data, declared) or _guessed(data, error.start)


def _refuse_control(data: bytes, place: int) -> NoReturn:
    line = data.count(b"\n", 0, place) + 1
    refuse(f"bytes that are no text (0x{data[place]:02X} in line {line})", _WANTED)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        found = f"bytes that are no {encoding} (0x{data[error.start]:02X}, byte {error.start:,})"
        refuse(found, f"a text in {encoding}, as its first bytes say; save it as UTF-8")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        refuse(f"the character U+0000 in line {line}", "a text without it")
    return text


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    """The text in the encoding that was declared, unless much of it cannot be read so."""
    try:
        name = codecs.lookup(declared or "").name
        name = _AS_BROWSERS_DO.get(name, name)
        text = data.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    lost = text.count("\ufffd")
    if lost * _SELDOM > sum(letter > "\x7f" for letter in text):
        return None
    note = f"{lost:,} places that are no {name} were read as U+FFFD." if lost else ""
    return Decoded(text, name, note)


def _guessed(data: bytes, place: int) -> Decoded:
    """The text in the encoding that fits it best, judged from the first byte that is not UTF-8."""
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415 -- an optional package
    except ModuleNotFoundError:
        message = (
            "a text that is not UTF-8 needs the package charset-normalizer; save the text as"
            ' UTF-8, or run: pip install "claims[archive]"'
        )
        raise SetupError(message) from None
    start = max(0, place - 1024)
    found = from_bytes(data[start : start + _SAMPLE], cp_isolation=list(_LEGACY))
    fitting = sorted(found, key=lambda one: _rank(one.encoding, one.percent_chaos, one.coherence))
    for best in fitting:
        if (text := _decoded(data, best.encoding)) is not None:
            rivals = [one for one in fitting if one.percent_chaos <= best.percent_chaos]
            others = [one.encoding for one in rivals if str(one) != str(best)]
            return Decoded(text, best.encoding, _remark(best.encoding, others[:_RIVALS], text))
    return refuse(
        f"bytes in no encoding that is known (0x{data[place]:02X} at byte {place:,})", _WANTED
    )


def _rank(encoding: str, chaos: float, coherence: float) -> tuple[float, float, bool]:
    """The least noise first, then the most like a language, then what is most common."""
    return (chaos, -coherence, encoding != "cp1252")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _remark(encoding: str, others: Sequence[str], text: str) -> str:
    check = "If it does not read right,"
    if (match := re.search(r"[^\W\x00-\x7f]", text)) is not None:
        before = re.search(r"\w*\Z", text[max(0, match.start() - _SHOWN) : match.start()])
        after = re.match(r"\w*", text[match.start() : match.start() + _SHOWN])
        word = (before[0] if before else "") + (after[0] if after else "")
        check = f"{word!r} should read right; if not,"
    also = f" ({', '.join(others)} would fit, too)" if others else ""
    return (
        f"The file is not UTF-8; it was read as {encoding}, which is a guess{also}."
        f" {check} save it as UTF-8 and add that."
    )
