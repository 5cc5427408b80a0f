"""Edits one claim again and again, beside others that do the same: a program of its own.

``python editing.py URL NAME EDITS``: prints ``ready``, waits for a line, then edits until EDITS
edits were kept, and prints how many were refused. Each note says how many edits there were before
it, by whom it is and from which version it was made.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from random import Random
from time import sleep

from sqlalchemy import Engine

from claims.analysis.records import Claim
from claims.errors import StaleVersion
from claims.store.engine import open_engine
from claims.store.reader import get_record
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id

CLAIM = an_id("claim 0")


def _edit(engine: Engine, name: str, number: int) -> bool:
    """Read, think, save; whether it was kept."""
    with read_unit(engine) as session:
        found = get_record(session, Claim, CLAIM)
    assert found is not None
    claim, version = found
    before = int((claim.note or "0").split()[0])
    edited = replace(claim, note=f"{before + 1} {name} {number} {version}")
    sleep(Random(f"{name} {number} {version}").random() / 30)  # noqa: S311 (a person's pause)
    try:
        with write_unit(engine) as session:
            Writer(session, name, NOW).update(edited, version=version)
    except StaleVersion:
        return False
    return True


def main(url: str, name: str, edits: int) -> None:
    """Edit as often as asked, as soon as told to begin."""
    engine = open_engine(url)
    with read_unit(engine) as session:  # connects, so that both begin at the same time
        assert get_record(session, Claim, CLAIM) is not None
    print("ready", flush=True)  # noqa: T201 (its answer)
    sys.stdin.readline()
    refused = 0
    for number in range(edits):
        while not _edit(engine, name, number):
            refused += 1
    engine.dispose()
    print(refused, flush=True)  # noqa: T201 (its answer)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
