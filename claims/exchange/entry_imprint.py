"""What a file says of itself, put where an entry of a document says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from claims.analysis.extracted import Imprint
from claims.errors import InvalidWhen
from claims.values.when import parse_when

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=[T ]\d{2}:\d{2})")


def completed(
    entry: Mapping[str, Any], said: Imprint
) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """An entry of a document with what it lacks of its item, and what that is, by field.

    Nothing that the entry says is changed. A date that cannot be read is left out.
    """
    item = entry.get("csl") or {}
    if not isinstance(item, Mapping):
        return entry, {}
    told = {
        "title": said.title,
        "author": said.author,
        "issued": _edtf(said.date),
        "container-title": said.site,
    }
    taken = {
        name: words
        for name, words in told.items()
        if words and not item.get(name) and not entry.get(name)
    }
    held = {name: [words] if name == "author" else words for name, words in taken.items()}
    return {**entry, "csl": {**item, **held}} if held else entry, taken


def _edtf(words: str) -> str:
    """A date in words or with a time of day as EDTF, or nothing."""
    day = _DAY.match(words)
    try:
        return parse_when(day[0] if day else words).edtf if words else ""
    except InvalidWhen:
        return ""
