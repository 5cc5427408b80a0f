"""Writers and servers that are killed: what was acknowledged stays, and nothing is half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import IO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.analysis.records import Claim, Passage
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.reader import all_records, get_record, head
from claims.store.tables import METADATA
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify
from claims.store.writer import Writer
from tests.postgres import CARELESS, Server, await_server, start, stop
from tests.store import writing
from tests.store.worlds import NOW, flood

ROOT = Path(__file__).parents[2]
MOMENTS = Random(1992)  # noqa: S311 (any moments, the same each time)
KINDS = (("writing", 0.05), ("commit", 0.003), ("kept", 0.05))
"""What a writer is doing when it is killed (``kept``: it reports), and for how many seconds."""


class Writers:
    """One writer after the other, and what was acknowledged to them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._stdin: IO[str] = process.stdin
        self._stdout: IO[str] = process.stdout
        self.kept: list[int] = []
        self.ended: list[str] = []

    def killed(self, kill: Callable[[int], None], *, again: bool = False) -> None:
        """Begin a writer, kill it at some moment of some write, and wait until it is over.

        A writer that ends before anybody killed it fails the test. One whose connection is ended
        between two units takes a new one and goes on; ``again`` tries until it notices.
        """
        self._stdin.write("\n")
        self._stdin.flush()
        words = self._stdout.readline()
        assert words.startswith("began "), words
        writes, (moment, longest) = MOMENTS.randint(0, 2), MOMENTS.choice(KINDS)
        while (heard := self._hear()) != moment or (writes := writes - 1) >= 0:
            assert heard not in {"ended", "over"}, self.ended
        time.sleep(MOMENTS.random() * longest)
        kill(int(words.split()[1]))
        while (heard := self._hear()) != "over":
            if again and heard == "writing":
                kill(int(words.split()[1]))

    def _hear(self) -> str:
        """Take note of one line."""
        line = self._stdout.readline()
        kind, _, rest = line.strip().partition(" ")
        assert kind in {"writing", "commit", "kept", "ended", "over"}, line
        if kind == "kept":
            self.kept.append(int(rest))
        elif kind == "ended":
            self.ended.append(rest)
        return kind


@contextmanager
def _writers(url: str) -> Iterator[Writers]:
    command = [sys.executable, writing.__file__, url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        yield Writers(process)


def _begin(url: str) -> None:
    engine = open_engine(url)
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(flood(0))
    engine.dispose()


def _kill_process(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def _check(url: str, kept: list[int]) -> None:
    """Everything acknowledged is there with its changes, and what else is there is whole."""
    engine = open_engine(url)
    with read_unit(engine) as session:
        assert verify(session).intact
        claims = all_records(session, Claim)
        assert claims == [writing.edited(number) for number in range(len(claims))]
        assert all_records(session, Passage) == [writing.pair(n)[0] for n in range(len(claims))]
        assert kept == sorted(set(kept))
        assert set(kept) <= set(range(len(claims)))
        for number in kept[-1:]:
            assert get_record(session, Claim, writing.edited(number).id) is not None
        assert head(session).seq == len(flood(0)) + 1 + 3 * len(claims)
        assert _rows(session, "speaker") == 2 * len(claims)
        assert _rows(session, "claim_passage") == len(claims)
    engine.dispose()


def _rows(session: Session, table: str) -> int:
    return session.scalar(select(func.count()).select_from(METADATA.tables[table])) or 0


def _kill_writers(url: str, times: int) -> None:
    _begin(url)
    with _writers(url) as writers:
        for _ in range(times):
            writers.killed(_kill_process)
            _check(url, writers.kept)
    assert writers.kept
    assert writers.ended == []


def test_a_writer_that_is_killed_loses_nothing_acknowledged(url: str) -> None:
    _kill_writers(url, 4)


@pytest.mark.slow
def test_a_writer_that_is_killed_60_times_loses_nothing_acknowledged(url: str) -> None:
    _kill_writers(url, 60)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server of this module's own, which would acknowledge what is not on the disk yet."""
    folder = Path(tempfile.mkdtemp(prefix="claims-"))
    yield start(folder, os.getpid(), CARELESS)
    stop(folder)


@pytest.fixture
def own_url(own_server: Server) -> Iterator[str]:
    with own_server.database() as url:
        upgrade(url)
        yield url


def _terminate(server: Server) -> Callable[[int], None]:
    """Ask the server to end the writer's connection."""

    def kill(_: int) -> None:
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'claims'"
        )

    return kill


def _crash(server: Server) -> Callable[[int], None]:
    """Kill the process that serves the writer: the server ends all others and recovers."""

    def kill(_: int) -> None:
        with server.connect() as connection:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'claims'"
            ).fetchall()
        for (backend,) in found:
            assert server.child_of(backend)
            os.kill(backend, signal.SIGKILL)
        await_server(server)

    return kill


def _kill_backends(server: Server, url: str, times: int) -> None:
    _begin(url)
    ways = (_terminate(server), _crash(server))
    with _writers(url) as writers:
        for number in range(times):
            writers.killed(ways[number % 2], again=True)
            await_server(server)
            _check(url, writers.kept)
    assert writers.kept
    assert len(writers.ended) == times
    assert all("ended the connection" in words for words in writers.ended), writers.ended


def test_a_backend_that_is_killed_loses_nothing_acknowledged(
    own_server: Server, own_url: str
) -> None:
    _kill_backends(own_server, own_url, 4)


@pytest.mark.slow
def test_a_backend_that_is_killed_60_times_loses_nothing_acknowledged(
    own_server: Server, own_url: str
) -> None:
    _kill_backends(own_server, own_url, 60)
