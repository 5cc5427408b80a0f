"""What it costs to verify a million changes, beside a bare scan of the same tables.

The database is made in a process of its own, so that the memory measured is that of the
verification alone. ``python -m tests.benchmarks.bench_verify 100000`` takes fewer changes.
"""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from claims.analysis.records import Record
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify
from claims.store.writer import Writer
from tests.store.worlds import NOW, flood, said

CHANGES = 1_000_000
PORTION = 5_000
"""Claims that are written at a time, each with its passage."""


def make(path: Path, changes: int) -> None:
    """Write so many changes: claims and their passages, in portions."""
    upgrade(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    for records in worlds(changes):
        with write_unit(engine) as session:
            Writer(session, "coder", NOW, "bench").insert_all(records)
    engine.dispose()


def worlds(changes: int) -> Iterator[list[Record]]:
    """What the claims rest on, then the claims in portions."""
    yield flood(0)
    for first in range(0, changes // 2, PORTION):
        numbers = range(first, min(first + PORTION, changes // 2))
        yield [record for number in numbers for record in said(number)]


def scan(path: Path) -> int:
    """Read every row of every table, and do nothing with it."""
    with sqlite3.connect(path) as database:
        tables = [
            row[0]
            for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not row[0].startswith(("sqlite_", "search_"))
        ]
        rows = sum(sum(1 for _ in database.execute(f'SELECT * FROM "{one}"')) for one in tables)  # noqa: S608 (our own names)
    database.close()
    return rows


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor for one run: what else the machine does is left out."""
    began = time.process_time()
    work()
    return time.process_time() - began


def peak() -> float:
    """The most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def check(path: Path) -> None:
    """Verify the database."""
    engine = open_engine(f"sqlite:///{path}")
    with read_unit(engine) as session:
        found = verify(session)
    engine.dispose()
    assert found.intact
    print(f"{found.changes:>14,}  changes and {found.records:,} records verified")


def main(changes: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        subprocess.run([sys.executable, "-m", __spec__.name, str(path), str(changes)], check=True)
        size = path.stat().st_size / 1e6
        bare = seconds(lambda: scan(path))
        before = peak()
        taken = seconds(lambda: check(path))
        print(f"{size:>14,.0f}  megabytes of database")
        print(f"{bare:>14.1f}  seconds for a bare scan of its tables")
        print(f"{taken:>14.1f}  seconds to verify, {taken / bare:.1f} times as long")
        print(f"{changes / taken:>14,.0f}  changes a second")
        print(f"{peak() - before:>14.1f}  megabytes more than before verifying")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        make(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else CHANGES)
