"""Two people edit the same claim at the same time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import Engine

from claims.store.log import payload_at
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify
from claims.store.writer import Writer
from tests.store import editing
from tests.store.worlds import NOW, flood

ROOT = Path(__file__).parents[2]
EDITS = (50, pytest.param(200, marks=pytest.mark.slow))
"""How many each of the two keeps."""

NAMES = ("first", "second")


def _editor(url: str, name: str, edits: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, editing.__file__, url, name, str(edits)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def _refused(url: str, edits: int) -> list[int]:
    """How many edits of each were refused until all were kept."""
    editors = [_editor(url, name, edits) for name in NAMES]
    for one in editors:
        assert _pipe(one.stdout).readline() == "ready\n", _pipe(one.stderr).read()
    for one in editors:
        _pipe(one.stdin).write("\n")
        _pipe(one.stdin).flush()
    ended = [one.communicate() for one in editors]
    assert [one.returncode for one in editors] == [0, 0], ended
    return [int(out) for out, _ in ended]


@pytest.mark.parametrize("edits", EDITS)
def test_no_edit_of_two_processes_is_lost_and_each_stale_one_is_refused(
    url: str, engine: Engine, edits: int
) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(flood())
    refused = _refused(url, edits)
    with read_unit(engine) as session:
        texts = [payload_at(session, editing.CLAIM, at) for at in range(2, 2 + 2 * edits)]
        assert payload_at(session, editing.CLAIM, 2 + 2 * edits) is None
        assert verify(session).intact
    notes = [json.loads(text or "{}")["content"]["note"].split() for text in texts]
    counts, names, numbers, versions = zip(*notes, strict=True)
    assert [int(one) for one in counts] == list(range(1, 1 + 2 * edits))
    assert [int(one) for one in versions] == list(range(1, 1 + 2 * edits))  # none was stale
    for name in NAMES:
        own = [int(number) for who, number in zip(names, numbers, strict=True) if who == name]
        assert own == list(range(edits))
    assert sum(refused) > 0
    assert len({names[at : at + 2] for at in range(2 * edits - 1)}) == 4  # they did take turns
