"""A bar that says how far a long piece of work has come, where a person is looking."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_WIDTH = 30
_PAUSE = 0.1
"""Seconds between two bars, so that drawing them takes no time."""


@contextmanager
def bar(doing: str, total: int | None = None, noun: str = "row") -> Iterator[Callable[[int], None]]:
    """What is to be told how many of ``total`` are done; it draws on standard error.

    Nothing is drawn where standard error is no terminal. The line is wiped at the end, whatever
    the end is.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    last = 0.0

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _PAUSE:
            last = time.monotonic()
            _draw(f"\r{drawn(doing, done, total, noun)}\x1b[K")

    try:
        tell(0)
        yield tell
    finally:
        _draw("\r\x1b[K")


def drawn(doing: str, done: int, total: int | None, noun: str = "row") -> str:
    """The line of a bar; without a total only the number of rows.

    >>> drawn("Storing", 50_000, 100_000)
    'Storing  [###############...............]   50 %  50,000 of 100,000 rows'
    """
    if not total:
        return f"{doing}  {done:,} {noun}s"
    share = min(1.0, done / total)
    full = round(share * _WIDTH)
    told = f"[{'#' * full}{'.' * (_WIDTH - full)}] {share:>6.0%}".replace("%", " %")
    return f"{doing}  {told}  {min(done, total):,} of {total:,} {noun}s"


def _draw(line: str) -> None:
    with suppress(OSError):
        sys.stderr.write(line)
        sys.stderr.flush()
