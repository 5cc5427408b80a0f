"""Releases and exports that are killed: what they leave never looks complete."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.actions.release_verify import VerifyReleaseRequest, verify_release
from claims.analysis.records import Claim
from claims.errors import InputRefused
from claims.exchange.entity_tables import is_export, read_export
from claims.exchange.table_bytes import TableFormat
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from tests.actions import writing_alone
from tests.actions.test_report import filled

ROOT = Path(__file__).parents[2]
KILLED = -9
KINDS = ("release", *TableFormat)
NEVER = 0
CLAIMS_HELD = 2

Started = subprocess.Popen[str]
Start = Callable[[str, int], Started]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small topic; releases and exports only read it."""
    address = f"sqlite:///{tmp_path_factory.mktemp('world') / 'project.db'}"
    upgrade(address)
    engine = open_engine(address)
    filled(engine, "Flood")
    engine.dispose()
    return address


@pytest.fixture
def start(world: str, tmp_path: Path) -> Start:
    """What begins a release or an export that is killed at its n-th step."""

    def begin(kind: str, last: int) -> Started:
        words = [writing_alone.__file__, world, kind, str(path_of(tmp_path, kind)), str(last)]
        return subprocess.Popen(
            [sys.executable, *words],
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return begin


def path_of(folder: Path, kind: str) -> Path:
    """Where a release or an export of this kind goes: a folder of its own beside others."""
    (folder / "out").mkdir(exist_ok=True)
    return folder / "out" / ("made.xlsx" if kind == TableFormat.XLSX else "made")


def ended(started: Started) -> tuple[int, str, str]:
    """How it ended, and what it said."""
    out, err = started.communicate()
    return started.returncode, out, err


def nothing_looks_complete(path: Path) -> None:
    """Nothing bears the name, and what is left beside it is hidden and no release."""
    assert not path.exists()
    for left in path.parent.iterdir():
        assert left.name.startswith(f".{path.name}.")
        if left.is_dir() and not is_sealed(left):
            with pytest.raises(InputRefused):
                verify_release(VerifyReleaseRequest(folder=left), writing_alone.NOW)


def is_sealed(folder: Path) -> bool:
    """Whether the last files are written: only the name is missing then."""
    return (folder / "release.json").exists()


def whole(path: Path, kind: str) -> None:
    """What was made is complete."""
    if kind == "release":
        assert verify_release(VerifyReleaseRequest(folder=path), writing_alone.NOW).intact
    else:
        assert is_export(path)
        assert sum(isinstance(one, Claim) for one in read_export(path)) == CLAIMS_HELD


def killed_and_made(start: Start, folder: Path, kind: str, steps: list[int]) -> None:
    """Killed at each of these steps it leaves nothing of its name; then it is made."""
    path = path_of(folder, kind)
    for step in steps:
        code, _, said = ended(start(kind, step))
        assert code == KILLED, said
        nothing_looks_complete(path)
    code, out, said = ended(start(kind, NEVER))
    assert code == 0, said
    whole(path, kind)
    assert int(out) > max(steps)


@pytest.mark.parametrize(("kind", "step"), [("release", 9), ("csv", 12)])
def test_what_is_killed_leaves_nothing_of_its_name(
    start: Start, tmp_path: Path, kind: str, step: int
) -> None:
    killed_and_made(start, tmp_path, kind, [step])


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_every_step_it_leaves_nothing_of_its_name(
    start: Start, tmp_path: Path, kind: str
) -> None:
    code, out, said = ended(start(kind, NEVER))
    assert code == 0, said
    path_of(tmp_path, kind).rename(tmp_path / "first")
    killed_and_made(start, tmp_path, kind, list(range(1, _before_it_is_named(int(out), kind))))


def _before_it_is_named(steps: int, kind: str) -> int:
    """The step after which it may bear its name: the folder is flushed once more then."""
    return steps - (1 if kind == TableFormat.XLSX else 2)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["release", "csv"])
def test_killed_at_any_moment_it_is_whole_or_not_there(
    start: Start, tmp_path: Path, kind: str
) -> None:
    path, chance = path_of(tmp_path, kind), random.Random(4)  # noqa: S311 (when to kill)
    begun = time.monotonic()
    assert ended(start(kind, NEVER))[0] == 0
    takes = time.monotonic() - begun
    path.rename(tmp_path / "first")
    for number in range(20):
        started = start(kind, NEVER)
        time.sleep(chance.uniform(takes / 3, takes))
        started.kill()
        ended(started)
        if path.exists():
            whole(path, kind)
            path.rename(tmp_path / f"whole {number}")
        else:
            nothing_looks_complete(path)
