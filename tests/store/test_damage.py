"""A damaged file never leads to a wrong report: it is the same as before, or an error is told."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.actions.actor import Actor
from claims.actions.report import ReportRequest, report
from claims.analysis.vocabulary import Role, Sensitivity
from claims.errors import ClaimsError, NotFound, NotPermitted
from claims.report.json import render
from claims.store.engine import open_engine
from claims.store.revisions import require_current
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import flood

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
RULER = Actor("a keeper", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
READER = Actor("a reader", Role.READER, Sensitivity.TEAM)
SAME, TOLD = "same", "told"


@pytest.fixture(scope="module")
def sound(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A topic with some claims, closed, so that all of it is in one file."""
    folder = tmp_path_factory.mktemp("sound")
    path = folder / "sound.db"
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    with write_unit(engine) as session:
        Writer(session, "a keeper", NOW).insert_all(flood(40))
    engine.dispose()
    assert [one.name for one in folder.iterdir() if one.is_file()] == ["sound.db"]
    return path


def reported(path: Path, actor: Actor) -> str:
    """What the command prints of this file: opened, its schema compared, its topic reported."""
    engine = open_engine(f"sqlite:///{path}", busy_timeout=0.1)
    try:
        require_current(engine)
        with read_unit(engine) as session:
            return render(report(session, actor, ReportRequest(), NOW))
    finally:
        engine.dispose()


def outcome(path: Path, actor: Actor, before: str) -> str:
    """Whether the report is the same, or an error is told; anything else fails the test."""
    try:
        found = reported(path, actor)
    except (NotFound, NotPermitted):  # these blame the user for what the file has lost
        return "blamed"
    except ClaimsError:
        return TOLD
    return SAME if found == before else "wrong"


def flipped(data: bytes, rng: random.Random) -> bytes:
    """One bit, where something is written: most of a small file is empty."""
    place = rng.choice([at for at, byte in enumerate(data) if byte])
    return data[:place] + bytes([data[place] ^ 1 << rng.randrange(8)]) + data[place + 1 :]


def cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def torn(data: bytes, rng: random.Random) -> bytes:
    """A page that was never written: zeros, or what another page holds."""
    page, other = (rng.randrange(len(data) // 4096) * 4096 for _ in range(2))
    content = rng.choice([bytes(4096), data[other : other + 4096]])
    return data[:page] + content + data[page + 4096 :]


Damage = Callable[[bytes, random.Random], bytes]


def outcomes(
    sound: Path, folder: Path, damage: Damage, actor: Actor, times: int, seed: int
) -> Counter[str]:
    """What comes of damaging the file in so many random ways, one at a time."""
    before, data = reported(sound, actor), sound.read_bytes()
    rng = random.Random(seed)  # noqa: S311 (the same damage each time)
    path, found = folder / "damaged.db", Counter[str]()
    for number in range(times):
        path.write_bytes(damage(data, rng))
        came = outcome(path, actor, before)
        found[came] += 1
        assert came in {SAME, TOLD}, (came, damage.__name__, seed, number)
        for left in folder.glob("damaged.db*"):
            left.unlink()
    return found


@pytest.mark.parametrize("actor", [RULER, READER], ids=["administrator", "reader"])
@pytest.mark.parametrize("damage", [flipped, cut, torn])
def test_no_report_is_silently_wrong(
    sound: Path, tmp_path: Path, damage: Damage, actor: Actor
) -> None:
    found = outcomes(sound, tmp_path, damage, actor, 40, seed=7)
    assert found[TOLD] > 5


@pytest.mark.slow
@pytest.mark.parametrize("actor", [RULER, READER], ids=["administrator", "reader"])
@pytest.mark.parametrize("damage", [flipped, cut, torn])
def test_no_report_is_silently_wrong_300_times(
    sound: Path, tmp_path: Path, damage: Damage, actor: Actor
) -> None:
    found = outcomes(sound, tmp_path, damage, actor, 300, seed=11)
    assert found.total() == 300
    assert found[TOLD] > 50
