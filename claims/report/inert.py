"""Stored words made harmless to print: they can no longer steer a terminal or reorder a line."""

from __future__ import annotations

import json
import re
import unicodedata

_BLANK = {ord(mark): " " for mark in "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"}
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"} | _BLANK
_STEERING = re.compile(
    "[\x80-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_STEERING_JSON = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def inert(text: str) -> str:
    """The text on one line, with what could steer a terminal shown instead of obeyed.

    Line ends and tabs become blanks. Other control characters become their Unicode pictures
    (ESC is shown as ␛). Controls of the range 80–9F, marks that override the direction of
    writing, lone surrogates and tag characters are shown by number (‹U+202E›). Joiners and
    directional marks that a script needs are kept.
    """
    if text.isprintable():
        return text
    return _STEERING.sub(_shown, text.translate(_PICTURES))


def inert_json(data: object, *, indent: int | None = 2) -> str:
    """Data as JSON in the letters of its language; what could steer a terminal is escaped.

    Whoever reads the JSON gets the stored words to the letter.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _STEERING_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _shown(found: re.Match[str]) -> str:
    return f"‹U+{ord(found[0]):04X}›"


def right_to_left(text: str) -> bool:
    """Whether the text holds letters that are written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)
