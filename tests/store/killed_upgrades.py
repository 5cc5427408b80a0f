"""Upgrades databases and is killed in the midst of each: a program of its own.

``python killed_upgrades.py STATEMENT=URL …``: each database is upgraded by a child that kills
itself before the statement of that number, or before it commits (``commit``).
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from collections.abc import Callable

from sqlalchemy import Engine, event

from claims.store.migrate import upgrade


def _dies_at(number: int) -> Callable[..., None]:
    """What kills this process when it is called for that time, counted from 0."""
    calls = itertools.count()

    def call(*_: object) -> None:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return call


def _killed_at(when: str, url: str) -> None:
    if when == "commit":  # the first ends a look at what the database holds
        event.listen(Engine, "commit", _dies_at(1))
    else:
        event.listen(Engine, "before_cursor_execute", _dies_at(int(when)))
    upgrade(url)


def main(words: list[str]) -> None:
    """Print how each child ended: the number of the signal, 0 where it came to its end."""
    for word in words:
        when, _, url = word.partition("=")
        child = os.fork()
        if child == 0:
            _killed_at(when, url)
            os._exit(0)
        print(os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 (its answer)


if __name__ == "__main__":
    main(sys.argv[1:])
