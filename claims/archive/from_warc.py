"""The text of the page that a WARC file was made of."""

from __future__ import annotations

from typing import IO

from claims.analysis.extracted import Extracted
from claims.archive.captures import captures, chosen, page_text
from claims.archive.limits import Limits


def extracted(file: IO[bytes], limits: Limits, hints: dict[str, str]) -> Extracted:
    """The text of the wanted page, or of the only one.

    Raises:
        Unreadable: the archive is damaged, or which page is meant cannot be told.
    """
    capture = chosen(tuple(captures(file)), hints.get("wanted_url", ""))
    file.seek(0)
    return page_text(file, capture, limits, hints)
