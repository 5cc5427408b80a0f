"""The layout of an extracted text as a file beside it: pages, main parts, times and notes.

It is canonical JSON (sorted keys, nothing empty), so that the same layout has the same hash.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from claims.analysis.extracted import Extracted, Stretch
from claims.errors import VerificationFailed

VERSION = 1
"""The form of the file; another form gets another number."""

_STRETCHES = ("pages", "main", "times")


def layout_json(extracted: Extracted) -> bytes:
    """All that is known of a text apart from the text itself, in canonical form."""
    parts: dict[str, Any] = {
        kind: [[one.start, one.end, one.label] for one in getattr(extracted, kind)]
        for kind in _STRETCHES
    }
    moment = extracted.captured_at
    parts |= {
        "version": VERSION,
        "length": len(extracted.text),
        "extractor": extracted.extractor,
        "media_type": extracted.media_type,
        "notes": list(extracted.notes),
        "url": extracted.url,
        "captured_at": moment.astimezone(UTC).isoformat() if moment else "",
    }
    filled = {name: value for name, value in parts.items() if value or name == "length"}
    text = json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def read_layout(data: bytes, text: str) -> Extracted:
    """The text together with its layout, as :func:`layout_json` wrote it.

    Raises:
        VerificationFailed: that is no layout, or the layout of another text.
    """
    try:
        extracted, length = _read(json.loads(data), text)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"the layout of a text cannot be read ({error}); extract the text again"
        raise VerificationFailed(message) from None
    ends = [end for kind in _STRETCHES for one in getattr(extracted, kind) for end in _ends(one)]
    if length != len(text) or not all(0 <= end <= length for end in ends):
        message = (
            f"the layout describes a text of {length} characters and the text has {len(text)};"
            " extract the text again"
        )
        raise VerificationFailed(message)
    return extracted


def _ends(stretch: Stretch) -> tuple[int, int]:
    return (stretch.start, stretch.end)


def _read(parts: dict[str, Any], text: str) -> tuple[Extracted, int]:
    if parts["version"] != VERSION:
        message = f"version {parts['version']}; this program reads version {VERSION}"
        raise ValueError(message)
    stretches = {
        kind: tuple(
            Stretch(int(start), int(end), str(label)) for start, end, label in parts.get(kind, ())
        )
        for kind in _STRETCHES
    }
    moment = parts.get("captured_at")
    extracted = Extracted(
        text=text,
        extractor=str(parts["extractor"]),
        media_type=str(parts["media_type"]),
        notes=tuple(str(note) for note in parts.get("notes", ())),
        url=str(parts.get("url", "")),
        captured_at=datetime.fromisoformat(moment) if moment else None,
        pages=stretches["pages"],
        main=stretches["main"],
        times=stretches["times"],
    )
    return extracted, int(parts["length"])
