"""Enters claims and reports on them until it is stopped: a program of its own.

``python writing.py URL``: each line on its input begins a writer (a child process), which prints
``began PID`` once it is ready; for each claim ``writing NUMBER`` before, ``commit NUMBER`` as it
commits, and ``kept NUMBER`` when the database has acknowledged it; and ``ended MESSAGE`` where the
database ended it. ``over`` follows its end, however it came.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace

from sqlalchemy import Engine, event

from claims.analysis.assess import assess_topic
from claims.analysis.records import Claim, Passage
from claims.analysis.vocabulary import Sensitivity
from claims.errors import SetupError
from claims.store.engine import open_engine
from claims.store.reader import all_records, casefile
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id, flood


def pair(number: int) -> tuple[Passage, Claim]:
    """A passage and the claim that rests on it."""
    passage, claim = flood(1)[-2:]
    assert isinstance(passage, Passage)
    assert isinstance(claim, Claim)
    words = f"{passage.exact} ({number})"
    made = replace(passage, id=an_id(f"passage {number}"), exact=words, end=number + len(words))
    return replace(made, start=number), replace(
        claim, id=an_id(f"claim {number}"), key=f"claim-{number}", passages=(made.id,)
    )


def edited(number: int) -> Claim:
    """The claim after the edit that follows its entry in the same unit."""
    return replace(pair(number)[1], note=f"entered as number {number}")


def tell(words: str) -> None:
    """Say something at once, and whole."""
    os.write(1, f"{words}\n".encode())


def _write(engine: Engine) -> None:
    with read_unit(engine) as session:
        number = len(all_records(session, Claim))
    tell(f"began {os.getpid()}")
    event.listen(engine, "commit", lambda _: tell(f"commit {number}"))
    while True:
        tell(f"writing {number}")
        with write_unit(engine) as session:
            Writer(session, "coder", NOW).insert_all(pair(number))
            Writer(session, "coder", NOW).update(edited(number), version=1)
        tell(f"kept {number}")
        number += 1
        with read_unit(engine) as session:
            held = casefile(session, an_id("flood"), clearance=Sensitivity.RESTRICTED)
            assert len(held.claims) >= number
        assess_topic(replace(held, claims=held.claims[-5:]))


def _writer(url: str) -> None:
    try:
        engine = open_engine(url)
        _write(engine)
    except SetupError as error:
        tell(f"ended {error}")


def main(url: str) -> None:
    """One writer after the other, each a child of its own."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _writer(url)
            os._exit(0)
        os.waitpid(child, 0)
        tell("over")


if __name__ == "__main__":
    main(sys.argv[1])
