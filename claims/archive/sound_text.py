"""Texts without the few code points that no database stores and no file in UTF-8 can hold."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.analysis.extracted import Extracted

_UNSOUND = re.compile("[\0\ud800-\udfff]")


def sound(extracted: Extracted) -> Extracted:
    """The same text with U+FFFD in the place of each such code point, and a note on how many."""
    text, count = _UNSOUND.subn("\ufffd", extracted.text)
    if not count:
        return extracted
    note = f"{count:,} code points that stand for no character were replaced by U+FFFD."
    return replace(extracted, text=text, notes=(*extracted.notes, note))
