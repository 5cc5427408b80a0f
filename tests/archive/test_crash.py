"""Archiving that is killed: what bears a name is whole, and the next try succeeds."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from claims.archive.store import Archive

ROOT = Path(__file__).parents[2]
SIZE = (3 << 20) + 5

CHILD = """
import os, signal, sys
from pathlib import Path
from claims.archive.store import Archive

archive, files, moments = Archive(Path(sys.argv[1])), sys.argv[2], [int(n) for n in sys.argv[3:]]

for number, moment in enumerate(moments):
    child = os.fork()
    if child == 0:
        calls = 0
        def kill(frame, event, called):
            global calls
            calls += event == "c_call"
            if calls == moment:
                os.kill(os.getpid(), signal.SIGKILL)
        sys.setprofile(kill)
        archive.add_file(Path(files) / str(number))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(number, os.WTERMSIG(status), flush=True)
"""
"""Adds files one after the other, each in a process that kills itself at one of its calls of C."""


def killed(folder: Path, moments: list[int]) -> Iterator[int]:
    """Archive files of which each is cut off at a call of the system; those that were killed."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, folder / "archive", folder / "files", *map(str, moments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    for line in done.stdout.splitlines():
        number, ended = map(int, line.split())
        assert ended in {0, signal.SIGKILL}
        if ended == signal.SIGKILL:
            yield number


def proved(folder: Path, moments: list[int]) -> int:
    """Kill and look; then archive the same files again. How many were killed."""
    files = folder / "files"
    files.mkdir()
    data = [Random(seed).randbytes(SIZE) for seed in range(len(moments))]  # noqa: S311 (any bytes)
    for number, held in enumerate(data):
        (files / str(number)).write_bytes(held)
    ended = list(killed(folder, moments))
    archive = Archive(folder / "archive")
    named = [path for path in (folder / "archive").glob("sha256/*/*") if path.is_file()]
    for path in named:
        sha256 = path.parent.name + path.name
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    for number, held in enumerate(data):
        sha256 = hashlib.sha256(held).hexdigest()
        assert archive.has(sha256) or number in ended
        assert archive.add_file(files / str(number)) == sha256
        assert archive.read(sha256) == held
    return len(ended)


def test_a_kill_in_the_midst_of_it_leaves_no_half_file(tmp_path: Path) -> None:
    """From the first call to after the last one, reading, writing, flushing and naming."""
    moments = [*range(5, 150, 9), 2000]
    ended = proved(tmp_path, moments)
    assert len(moments) // 2 <= ended < len(moments)


WRITER = """
import sys
from pathlib import Path
from claims.archive.store import Archive

archive = Archive(Path(sys.argv[1]))
for number in range(10_000):
    print("begin", flush=True)
    source = Path(sys.argv[2])
    with source.open("r+b") as file:
        file.write(number.to_bytes(8, "big"))
    print(archive.add_file(source), flush=True)
"""
"""Adds ever other files until it is killed, and says each that is kept."""


@pytest.mark.slow
def test_kills_at_any_moment_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    moments = Random(1992)  # noqa: S311 (any moments, the same each time)
    source, folder = tmp_path / "file", tmp_path / "archive"
    source.write_bytes(moments.randbytes(SIZE))
    kept: set[str] = set()
    for _ in range(30):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, source],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            for line, _ in zip(process.stdout, range(moments.randint(1, 8)), strict=False):
                kept |= {line.strip()} - {"begin"}
            process.send_signal(signal.SIGKILL)
    archive = Archive(folder)
    for path in folder.glob("sha256/*/*"):
        archive.check(path.parent.name + path.name)
    assert kept
    for sha256 in kept:
        archive.check(sha256)
