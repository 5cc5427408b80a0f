"""What is known of how an archived copy was captured."""

from __future__ import annotations

from collections.abc import Mapping

from claims.analysis.records import Snapshot

CAPTURE: Mapping[str, str] = {
    "captured_at": "the time of capture",
    "captured_by": "who captured it",
    "captured_with": "the program that captured it",
}
"""What a copy should say of its capture, by its field."""


def capture_known(copy: Snapshot) -> frozenset[str]:
    """Which of the three a copy says."""
    return frozenset(part for part in CAPTURE if getattr(copy, part) is not None)
