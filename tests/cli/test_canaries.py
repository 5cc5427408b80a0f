"""No output of any command tells a lower clearance of a record that it may not see.

Each command runs on two databases that differ only in hidden records, marked in every text. What
it prints must hold no mark, and must be the same on both. A command that is missing here fails
the first test.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path

import pytest
import typer.main
from typer.main import get_command

from claims.analysis.vocabulary import Sensitivity
from claims.cli import ground
from claims.cli.app import app
from tests.cli.canaries import CODED, NOW, build, marks, secret_ids
from tests.cli.commands import CASES, TELLING, UNREAD
from tests.cli.conftest import Claims, Ran

INTERNAL = 70
TEAM, RESTRICTED = Sensitivity.TEAM, Sensitivity.RESTRICTED

WORLDS: Mapping[str, tuple[Sensitivity, ...]] = {
    "nothing": (),
    "team": (TEAM,),
    "all": (TEAM, RESTRICTED),
}
VIEWS = {
    "Outsider": ("nothing", (TEAM, RESTRICTED)),
    "Member": ("team", (RESTRICTED,)),
}
"""Who looks: the database without what they may not see, and what they may not see."""


class _Clock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Clock:
        assert tz is not None
        return cls.fromtimestamp(NOW.timestamp(), tz)


@cache
def _declared(_: typer.Typer) -> object:
    """All commands, declared once and not for each run."""
    return get_command(app)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the databases, made once."""
    folder = tmp_path_factory.mktemp("worlds")
    with pytest.MonkeyPatch.context() as patch:
        for name, hidden in WORLDS.items():
            build(folder / f"{name}.db", hidden, patch)
    return folder


@pytest.fixture
def on(worlds: Path, claims: Claims, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run a command on a fresh copy of one of the databases, at a fixed time."""
    monkeypatch.setattr(ground, "datetime", _Clock)
    monkeypatch.setattr(typer.main, "get_command", _declared)  # most of the time of a command

    def run(world: str, who: str, *words: str) -> Ran:
        shutil.copy(worlds / f"{world}.db", "claims.db")
        Path("coded.yaml").write_text(CODED, "utf-8")
        Path("table.csv").write_text(TABLE, "utf-8")
        Path("list.bib").write_text("@misc{a, title={The flood}, author={{The Ministry}}}", "utf-8")
        Path("retracted.csv").write_text(RETRACTED, "utf-8")
        Path("backup.claims").unlink(missing_ok=True)
        for left in ("claims.db-wal", "claims.db-shm"):
            Path(left).unlink(missing_ok=True)
        return claims("--db", "claims.db", "--as", who, *words)

    return run


def _leaves(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    inner: Mapping[str, object] | None = getattr(command, "commands", None)
    if inner is None:
        yield path
        return
    for name, one in inner.items():
        yield from _leaves(one, (*path, name))


def test_every_command_is_tried() -> None:
    held = {" ".join(path) for path in _leaves(get_command(app))}
    assert held == CASES.keys() | UNREAD.keys()


RETRACTED = (
    "Record ID,Title,RetractionDate,OriginalPaperDOI,RetractionNature\n"
    "1,The flood,1/2/2020 0:00,10.1000/1,Retraction\n"
)
TABLE = """event,what,figure,sources
The flood,killed,8,Gazette; Ministry
The flood,killed,dozens,Herald
"""

FEW = 1
"""Command lines of each command that are tried without the slow tests."""


@pytest.mark.parametrize(
    ("who", "most"),
    [("Outsider", FEW), *(pytest.param(who, None, marks=pytest.mark.slow) for who in VIEWS)],
)
@pytest.mark.parametrize("command", CASES)
def test_nothing_tells_of_what_may_not_be_seen(
    on: Callable[..., Ran], who: str, command: str, most: int | None
) -> None:
    without, hidden = VIEWS[who]
    for words in CASES[command][:most]:
        typed = [*command.split(), *_filled(words, hidden[-1])]
        told, alone = on("all", who, *typed), on(without, who, *typed)
        shown = " ".join(typed)
        assert told.code != INTERNAL, f"{shown}\n{told.err}"
        leaked = [mark for mark in _marks(hidden, typed) if mark in told.out + told.err]
        assert not leaked, f"{shown}\n{told.out}{told.err}"
        assert (shown, *_same(told)) == (shown, *_same(alone))


def _marks(hidden: tuple[Sensitivity, ...], typed: list[str]) -> Iterator[str]:
    """What must not be printed, but for what was typed."""
    every = (mark for level in hidden for mark in marks(level))
    return (mark for mark in every if not any(mark in word for word in typed))


def _filled(words: tuple[str, ...], level: Sensitivity) -> Iterator[str]:
    """The words with the ids and names of what is hidden at a level put in."""
    ids = {name: str(id_) for name, id_ in secret_ids(level).items()}
    short = {f"{name}_start": id_[:8] for name, id_ in ids.items()}
    return (word.format(word=f"zz{level.value}qq", **ids, **short) for word in words)


_FREE = re.compile(r"[\d,]+ MB are free")
_NEW = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?\b")


def _same(told: Ran) -> tuple[int, str, str]:
    """What was printed, without what differs from one moment to the next.

    That is the ids that a write gives out at random, and the free space of the disk.
    """
    steady = _FREE.sub("n MB are free", told.out)
    return told.code, _NEW.sub("ID", steady), _NEW.sub("ID", told.err)


@pytest.mark.parametrize("level", [pytest.param(TEAM, marks=pytest.mark.slow), RESTRICTED])
@pytest.mark.parametrize("command", sorted(TELLING))
def test_the_marks_are_there_for_those_who_may_see_them(
    on: Callable[..., Ran], level: Sensitivity, command: str
) -> None:
    """The test above can fail: the same commands tell an administrator of the marks."""
    shown = ""
    for words in CASES[command]:
        typed = [*command.split(), *_filled(words, level)]
        told = on("all", "Ruler", *typed)
        if any(mark in told.out for mark in _marks((level,), typed)):
            return
        shown += f"{' '.join(typed)}\n{told.out}{told.err}"
    pytest.fail(f"an administrator is shown no mark:\n{shown}")
