"""The dates of a CSL-JSON item as days, as far as they can be read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from claims.errors import InvalidWhen
from claims.values.when import When, parse_when


def csl_when(csl: Mapping[str, object], name: str) -> When | None:
    """The date of a field (``issued``, ``accessed``); ``None`` where none can be read."""
    text = _written(csl.get(name))
    if not text:
        return None
    try:
        return parse_when(text)
    except InvalidWhen:
        return None


def _written(value: object) -> str:
    """A date as text: plain, ``literal``, ``raw`` or ``date-parts`` as EDTF."""
    if not isinstance(value, Mapping):
        return str(value or "")
    parts = value.get("date-parts")
    if isinstance(parts, list | tuple):
        return "/".join(_edtf(part) for part in islice(parts, 2))
    return str(value.get("raw") or value.get("literal") or "")


def _edtf(parts: object) -> str:
    numbers = [str(part).strip() for part in parts] if isinstance(parts, list | tuple) else []
    if not numbers or not all(number.isdecimal() for number in numbers):
        return ""
    return "-".join([numbers[0].zfill(4), *(number.zfill(2) for number in numbers[1:])])
