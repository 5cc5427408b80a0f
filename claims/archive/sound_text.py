"""Texts without the few code points that no database stores and no file in UTF-8 can hold."""

from __future__ import annotations

import re
from dataclasses import replace

from claims.analysis.extracted import Extracted

_UNSOUND = re.compile("[\0\ud800-\udfff]")
_INSTEAD = "\ufffd"


def sound(extracted: Extracted) -> Extracted:
    """The same text with U+FFFD in the place of each such code point, and a note on how many."""
    text, count = _UNSOUND.subn(_INSTEAD, extracted.text)
    note = f"{count:,} code points that stand for no character were replaced by U+FFFD."
    notes = (*extracted.notes, note) if count else extracted.notes
    return replace(
        extracted,
        text=text,
        url=_UNSOUND.sub(_INSTEAD, extracted.url),
        notes=tuple(_UNSOUND.sub(_INSTEAD, one) for one in notes),
        pages=tuple(
            replace(page, label=_UNSOUND.sub(_INSTEAD, page.label)) for page in extracted.pages
        ),
    )
