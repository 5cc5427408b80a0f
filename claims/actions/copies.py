"""Archived copies of documents: what is known of a new one, and whether it is held already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from claims.actions.actor import Actor
from claims.analysis.blank import NO_HASH
from claims.analysis.extracted import Extracted
from claims.analysis.records import Document, Record, Snapshot
from claims.archive.gather import Gathered
from claims.archive.layout import read_layout
from claims.archive.store import Archive
from claims.errors import ClaimsError
from claims.exchange.draft import NOBODY
from claims.store.access import Access
from claims.store.cited import snapshots_with

NO_TEXT = "none"
"""Stands for the extractor of what has no text of its own."""


def snapshot_of(gathered: Gathered, actor: Actor) -> Snapshot:
    """What is known of a copy, as a snapshot of no document yet.

    What was fetched was captured by whoever asked for it; when a file was saved, and by whom,
    only people know, or the web archive that it is.
    """
    read, fetched = gathered.extracted, gathered.fetched
    return Snapshot(
        id=NOBODY,
        document=NOBODY,
        sha256=gathered.copy.sha256,
        media_type=read.media_type,
        text_sha256=_sha256(gathered.text),
        extractor=read.extractor or NO_TEXT,
        length=len(read.text),
        captured_at=fetched.fetched_at if fetched else read.captured_at,
        captured_by=actor.name if fetched else None,
        captured_with=fetched.tool if fetched else None,
        requested_url=fetched.requested_url if fetched else read.url or None,
        final_url=fetched.final_url if fetched else read.url or None,
        http_status=fetched.status if fetched else None,
        layout_sha256=_sha256(gathered.layout),
        warc_sha256=_sha256(gathered.warc) if gathered.warc else None,
    )


def has_text(copy: Snapshot) -> bool:
    """Whether words can be quoted from a copy: it has a text, and nobody erased it."""
    return copy.length > 0 and copy.text_sha256 != NO_HASH


def held_already(seen: Access, records: Iterable[Record]) -> list[str]:
    """Warnings where the very bytes of a new copy are held of another document."""
    found = []
    for copy in (one for one in records if isinstance(one, Snapshot)):
        others = {one.document for one in snapshots_with(seen.session, copy.sha256)}
        for other in seen.records(Document, others - {copy.document}):
            name = other.key or str(other.id)[:8]
            found.append(
                f"the same bytes are held of the document {name} (“{other.title}”); take this one"
                " out again if both are one, or say how they depend with `claims dependence add`"
            )
    return found


def missing_of(copy: Snapshot, archive: Archive | None) -> tuple[str, ...]:
    """What the archive does not hold of a copy; of an erased one nothing is missed."""
    if archive is None:
        return ()
    return tuple(
        what for sha256, what in copy.kept.items() if sha256 != NO_HASH and not archive.has(sha256)
    )


def layout_of(copy: Snapshot, archive: Archive) -> Extracted | None:
    """The text of a copy with its pages and main parts; ``None`` where no layout is held.

    Raises:
        VerificationFailed: the text or the layout was altered, or they do not fit.
    """
    if copy.layout_sha256 is None or not has_text(copy):
        return None
    if not archive.has(copy.layout_sha256) or not archive.has(copy.text_sha256):
        return None
    text = archive.read(copy.text_sha256).decode("utf-8")
    return read_layout(archive.read(copy.layout_sha256), text)


def pages_of(copy: Snapshot, archive: Archive | None) -> int | None:
    """How many pages the text of a copy has; ``None`` where nothing tells them."""
    try:
        read = layout_of(copy, archive) if archive else None
    except ClaimsError:
        return None
    return len(read.pages) or None if read else None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
