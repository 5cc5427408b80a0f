"""Making very many records at once without being searched for rubbish."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for circular rubbish while a block makes many records and drops none.

    Python searches the more often the more objects are alive: 100,000 claims take a third longer
    with it, and find nothing. What is dropped is freed at once all the same.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
