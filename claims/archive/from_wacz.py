"""The text of the page that a WACZ file was made of: a ZIP archive of WARC files and a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from claims.analysis.extracted import Extracted
from claims.archive.captures import Capture, captures, chosen, page_text
from claims.archive.limits import MIB, Limits
from claims.archive.packed import Packed, unpacked

_WHAT = "a web archive (.wacz)"
_PAGES = "pages/pages.jsonl"
_PACKAGE = "datapackage.json"
_MOST_PAGES = 10_000


def extracted(file: IO[bytes], limits: Limits, hints: dict[str, str]) -> Extracted:
    """The text of the wanted page, else of the one that the archive names as its seed.

    Raises:
        Unreadable: the archive is damaged, or which page is meant cannot be told.
    """
    with unpacked(file, _WHAT) as packed:
        found: list[Capture] = []
        for name in packed.names:
            if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
                with packed.opened(name) as member:
                    found += captures(member, name)
        wanted = hints.get("wanted_url", "")
        capture = chosen(found, wanted, tuple(_seeds(packed)))
        with packed.opened(capture.member) as member:
            return page_text(member, capture, limits, hints)


def _seeds(packed: Packed) -> Iterator[str]:
    """The addresses that the archive begins with: its main page, its seeds, its only page."""
    for entry in _entries(packed, _PACKAGE):
        yield from _address(entry, "mainPageUrl")
        yield from _address(entry, "mainPageURL")
    pages = [page for page in _entries(packed, _PAGES) if isinstance(page.get("url"), str)]
    for page in pages:
        if page.get("seed") is True:
            yield page["url"]
    if len(pages) == 1:
        yield pages[0]["url"]


def _address(entry: dict[str, Any], field: str) -> Iterator[str]:
    if isinstance(value := entry.get(field), str):
        yield value


def _entries(packed: Packed, name: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a part: all of it, or one a line; what cannot be read is passed over."""
    if name not in packed.names:
        return
    with packed.opened(name) as part:
        data = part.read(16 * MIB)
    texts = [data] if name == _PACKAGE else data.splitlines()[:_MOST_PAGES]
    for text in texts:
        try:
            entry = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            yield entry
