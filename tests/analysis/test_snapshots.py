"""What the archive keeps of a copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from claims.analysis.records import Snapshot

BYTES, TEXT, LAYOUT, WARC = ("ab" * 32, "cd" * 32, "ef" * 32, "12" * 32)


def copy(**more: str) -> Snapshot:
    given: dict[str, Any] = {"sha256": BYTES, "text_sha256": TEXT, **more}
    return Snapshot(
        id=UUID(int=1),
        document=UUID(int=2),
        media_type="text/html",
        extractor="html@1",
        length=10,
        **given,
    )


def test_everything_that_is_kept_has_a_name() -> None:
    assert copy(layout_sha256=LAYOUT, warc_sha256=WARC).kept == {
        BYTES: "archived copy",
        TEXT: "text",
        LAYOUT: "layout",
        WARC: "record of the fetch",
    }


def test_what_is_not_there_is_not_kept() -> None:
    assert set(copy().kept) == {BYTES, TEXT}


def test_bytes_that_are_their_own_text_are_kept_once() -> None:
    assert copy(text_sha256=BYTES).kept == {BYTES: "archived copy"}
