"""Full disks and folders that can only be read: one message, nothing lost, reports still there."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from claims.store.engine import open_engine
from claims.store.reader import head
from claims.store.unit import read_unit
from claims.store.verify import verify

PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
MB = 1 << 20

WRITER = """
import sys
from datetime import UTC, datetime
from claims.analysis.records import Place
from claims.store.engine import open_engine
from claims.store.reader import head
from claims.store.unit import write_unit
from claims.store.writer import Writer
from claims.errors import ClaimsError
from tests.store.worlds import an_id

engine = open_engine(f"sqlite:///{sys.argv[1]}")
for number in range(int(sys.argv[2])):
    try:
        with write_unit(engine) as session:
            name = f"place {number} " + "x" * 20_000
            place = Place(id=an_id(name), name=name)
            Writer(session, "a keeper", datetime(2026, 2, 1, tzinfo=UTC)).insert(place)
    except ClaimsError as error:
        print("refused", error.exit_code, error)
        break
    with write_unit(engine) as session:
        print("kept", head(session).seq, flush=True)
"""


@dataclass(frozen=True)
class Came:
    """What a process came to."""

    code: int
    out: str
    err: str


def run(words: list[object], before: Callable[[], None] | None = None) -> Came:
    """Run Python with these words, in a process that ``before`` has restricted."""
    done = subprocess.run(
        [sys.executable, *(str(word) for word in words)],
        preexec_fn=before,
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
    )
    return Came(done.returncode, done.stdout.decode(), done.stderr.decode())


def as_anybody() -> None:
    """Take from root what lets it write where rights forbid it."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "prctl")


def claims(*words: object, before: Callable[[], None] | None = None) -> Came:
    return run(["-m", "claims", *words], before)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, object]:
    """The file of the example, and its report."""
    path = tmp_path_factory.mktemp("example") / "claims.db"
    assert claims("demo", "--db", path).code == 0
    return path.read_bytes(), report(path)


def report(path: Path, before: Callable[[], None] | None = None) -> object:
    """The report without the time it was made at."""
    came = claims("report", "--db", path, "--format", "json", before=before)
    assert came.code == 0, came.err
    told = json.loads(came.out)
    return {key: value for key, value in told.items() if "generated" not in key}


@contextmanager
def rights(path: Path, mode: int) -> Iterator[None]:
    held = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(held)


@pytest.fixture
def placed(example: tuple[bytes, object], tmp_path: Path) -> Path:
    """The example in a folder of its own."""
    path = tmp_path / "data" / "claims.db"
    path.parent.mkdir()
    path.write_bytes(example[0])
    return path


def test_a_database_in_a_folder_that_can_only_be_read(
    placed: Path, example: tuple[bytes, object]
) -> None:
    with rights(placed.parent, 0o555), rights(placed, 0o444):
        assert report(placed, as_anybody) == example[1]
        refused = run(["-c", WRITER, placed, 1], as_anybody)
        assert [one.name for one in placed.parent.iterdir()] == ["claims.db"]
    assert refused.out.startswith("refused 2 the database")
    assert "can only be read" in refused.out
    assert placed.read_bytes() == example[0]


def test_a_file_that_can_only_be_read(placed: Path, example: tuple[bytes, object]) -> None:
    with rights(placed, 0o444):
        assert report(placed, as_anybody) == example[1]
        refused = run(["-c", WRITER, placed, 1], as_anybody)
    assert refused.out.startswith("refused 2 the database")
    assert "can only be read" in refused.out


def test_a_folder_that_can_only_be_read_with_an_unfinished_wal(placed: Path) -> None:
    """What the WAL holds is read as well."""
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    came = run(["-c", WRITER + killed, placed, 1])
    assert "kept" in came.out
    assert (placed.parent / "claims.db-wal").stat().st_size > 0
    (placed.parent / "claims.db-shm").unlink()
    with rights(placed.parent, 0o555):
        assert last_seq(placed, as_anybody) == int(came.out.split()[1])


def last_seq(path: Path, before: Callable[[], None] | None = None) -> int:
    came = claims("head", "--db", path, "--json", before=before)
    assert came.code == 0, came.err
    return int(json.loads(came.out)["seq"])


def check_nothing_is_lost(path: Path, came: Came) -> None:
    """The last change that was acknowledged is there, and what is there adds up."""
    kept = [int(line.split()[1]) for line in came.out.splitlines() if line.startswith("kept")]
    engine = open_engine(f"sqlite:///{path}")
    with read_unit(engine) as session:
        assert head(session).seq == max(kept)
        assert verify(session).intact
    engine.dispose()


def may_mount() -> bool:
    """Whether this process may mount file systems of its own."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder) / "trial", MB):
                return True
        except OSError:
            return False


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of its own, of so many bytes."""
    libc = ctypes.CDLL(None, use_errno=True)
    folder.mkdir()
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={size}".encode()):
        raise OSError(ctypes.get_errno(), "mount", str(folder))
    try:
        yield folder
    finally:
        libc.umount(os.fsencode(folder))


@contextmanager
def file_limit(folder: Path, _: int) -> Iterator[Path]:
    """A folder; the processes limit themselves to files of so many bytes."""
    folder.mkdir()
    yield folder


Full = Callable[[Path, int], AbstractContextManager[Path]]
FULL: list[Full] = [file_limit, *([small_disk] if may_mount() else [])]
"""How a disk is made full; a file system of its own only where the tests may mount one."""


@pytest.mark.parametrize("full", FULL)
def test_a_full_disk(full: Full, example: tuple[bytes, object], tmp_path: Path) -> None:
    """With about one megabyte left: one message, nothing lost, reports as before."""
    size = len(example[0]) + MB

    def limited() -> None:
        if full is file_limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    with full(tmp_path / "small", size) as folder:
        path = folder / "claims.db"
        path.write_bytes(example[0])
        came = run(["-c", WRITER, path, 500], limited)
        assert came.code == 0, came.err
        *kept, refused = came.out.splitlines()
        assert kept
        assert refused.startswith("refused 2 the disk that holds the database")
        elsewhere = tmp_path / "elsewhere"
        shutil.copytree(folder, elsewhere)
        assert report(path, limited) == report(elsewhere / "claims.db")
        check_nothing_is_lost(elsewhere / "claims.db", came)


def test_a_backup_that_finds_no_room(placed: Path, tmp_path: Path) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    folder = tmp_path / "backups"
    folder.mkdir()
    with rights(placed, 0o444):
        came = claims("backup", folder, "--db", placed, before=limited)
    assert came.code == 2
    assert "no backup was made" in came.err
    assert came.err.count("\n") == 1
    assert list(folder.iterdir()) == []
