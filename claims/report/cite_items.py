"""A document's CSL-JSON item as the processor takes it: only what it can print, made harmless."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claims.report.citations import csl_date
from claims.report.inert import inert
from claims.report.shape import DocumentEntry

TITLE_ENDS = "\ufdd3"
"""Stands behind each title, so that one printed twice can be found; a noncharacter of Unicode."""

_HIDDEN = {ord("<"): "\ufdd0", ord(">"): "\ufdd1", ord("&"): "\ufdd2"}
_SHOWN = {ord(hidden): chr(plain) for plain, hidden in _HIDDEN.items()} | {ord(TITLE_ENDS): ""}
_OURS = dict.fromkeys(range(0xFDD0, 0xFDF0), "\ufffd")
_NO_NUMBER = -(10**6)
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")


def hidden(text: object) -> str:
    """Stored words without marks that could be taken for markup of a title."""
    return inert(" ".join(str(text).split())).translate(_OURS).translate(_HIDDEN)


def shown(text: str) -> str:
    """The words again, as they were stored."""
    return text.translate(_SHOWN)


def csl_item(document: DocumentEntry, identifier: str) -> dict[str, Any]:
    """The item with the variables that the processor knows, by CSL's names."""
    from citeproc import (  # type: ignore[import-untyped]  # noqa: PLC0415 -- it is heavy
        DATES,
        NAMES,
        VARIABLES,
    )

    record = document.document
    item: dict[str, Any] = {"id": identifier, "type": str(record.csl.get("type") or "document")}
    item["language"] = record.language
    for name, value in record.csl.items():
        known = "title-short" if name == "shortTitle" else name
        inner = known.replace("-", "_")
        if inner not in VARIABLES or inner in {"language", "locator", "year_suffix"}:
            continue
        read = _names if inner in NAMES else _date if inner in DATES else _text
        found = read(value)
        if found:
            item[known] = found
    title = hidden(document.title) + TITLE_ENDS
    item["title"] = title if record.csl.get("title") else f'<span class="nocase">{title}</span>'
    return item


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, Mapping | list | tuple) else hidden(value)


def _names(value: object) -> list[dict[str, str]]:
    found = value if isinstance(value, list | tuple) else [value]
    return list(filter(None, map(_name, found)))


def _name(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {"literal": hidden(value)} if value else {}
    parts = {part: hidden(value[part]) for part in _NAME_PARTS if value.get(part)}
    if value.get("literal") or "family" not in parts:
        whole = value.get("literal") or " ".join(parts.values())
        return {"literal": hidden(whole)} if whole else {}
    return parts


def _date(value: object) -> dict[str, Any]:
    """Whole numbers where they make a date; else the words of the date as they are."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    if isinstance(parts, list | tuple):
        dates = [tuple(_numbers(part)) for part in parts if isinstance(part, list | tuple)]
        if dates and all(map(_is_date, dates)) and len(dates) <= len(("begin", "end")):
            circa = {"circa": 1} if isinstance(value, Mapping) and value.get("circa") else {}
            return {"date-parts": [list(date) for date in dates], **circa}
    words = csl_date(value)
    return {"literal": hidden(words)} if words else {}


def _numbers(parts: Sequence[object]) -> Iterator[int]:
    for part in parts:
        text = str(part).strip()
        if text:
            whole = text.lstrip("-").isdecimal() and len(text) < len("-99999")
            yield int(text) if whole else _NO_NUMBER


def _is_date(date: Sequence[int]) -> bool:
    bounds = ((-9999, 9999), (1, 12), (1, 31))
    return 0 < len(date) <= len(bounds) and all(
        low <= part <= high for part, (low, high) in zip(date, bounds, strict=False)
    )
