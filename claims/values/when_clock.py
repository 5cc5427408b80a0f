"""Times of day in ISO 8601, and ranges of them; kept apart from the days of a date."""

from __future__ import annotations

import re

from claims.errors import InvalidWhen

_ZONE = r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)"
_CLOCK = re.compile(rf"((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9]|(?<=59):60)?)({_ZONE}?)(~?)")
_FULL_CLOCK = re.compile(r"[0-9:]{8}[^/~]*")
_DATETIME = re.compile(r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9][^/]*)")


def read_clock(text: str) -> str:
    """A time of day, or a range ``START/END`` with one end left empty, in canonical form.

    ``hh:mm``, ``hh:mm:ss``, a zone (``Z``, ``±hh:mm``) and a final ``~`` (about) are understood.

    Raises:
        InvalidWhen: the text is no such time, or a range has no end or runs nowhere.
    """
    parts = text.split("/")
    if text.count("/") > 1 or not any(parts):
        message = f"{text!r} is not a time of day; write hh:mm, or START/END"
        raise InvalidWhen(message)
    return "/".join(_clock(part) if part else "" for part in parts)


def _clock(text: str) -> str:
    match = _CLOCK.fullmatch(text)
    if not match:
        message = f"{text!r} is not a time of day; write hh:mm or hh:mm:ss, 00:00 to 23:59"
        raise InvalidWhen(message)
    return match[1] + _zone(match[2]) + match[3]


def _zone(text: str) -> str:
    if text in ("", "Z"):
        return text
    full = f"{text[:3]}:{text[3:].removeprefix(':') or '00'}"
    if full == "-00:00":
        message = "there is no zone -00:00; write Z, or leave an unknown zone out"
        raise InvalidWhen(message)
    return "Z" if full == "+00:00" else full


def split_time(text: str) -> tuple[str, str] | None:
    """The date and the time of a text such as ``1992-02-10T09:00:00Z``, else ``None``."""
    match = _DATETIME.fullmatch(text)
    return (match[1], read_clock(match[2])) if match else None


def is_full_clock(time: str) -> bool:
    """Whether EDTF can write this time: one exact time with seconds."""
    return _FULL_CLOCK.fullmatch(time) is not None
