"""On which page of a paged document words stand."""

from __future__ import annotations

from collections.abc import Sequence

from claims.analysis.extracted import Stretch


def page_of(start: int, end: int, pages: Sequence[Stretch]) -> str | None:
    """The page of a stretch of text, ``12``, or its pages, ``12–13``; ``None`` off all pages.

    Args:
        start: where the stretch begins, in code points of the text.
        end: where it ends; half-open, and behind ``start``.
        pages: the pages in their order, each with its label.
    """
    on = [page.label for page in pages if page.start < end and start < page.end]
    if not on:
        return None
    return on[0] if len(on) == 1 else f"{on[0]}–{on[-1]}"
