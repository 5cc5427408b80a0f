"""What one acknowledged claim costs: a claim with its passage, in a unit of its own.

Goal 10: the median at most 1.3 times, and the 99th percentile at most twice, a bare write and
``fdatasync`` of as many bytes as the insert adds to the journal. All ways take turns, insert by
insert, each on a copy of its own of the same database, so that a busy disk slows all alike. The
rows that the writer made are compared with those that bare SQLite was given.

``python -m tests.benchmarks.bench_write [CLAIMS …]`` measures at these sizes (0 and 100,000).
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import Engine, event

from claims.analysis.records import Claim, Passage, Record
from claims.store.bulk import uncollected
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.sqlite import SETTINGS
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.store.worlds import flood

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
SIZES = (0, 100_000)
ROUNDS, EACH, PROBES, AT_ONCE = 7, 300, 50, 5_000
SENTENCE, VOCABULARY = 22, 30_000
P50, P99 = 1.3, 2.0
OFTEN = "wal_autocheckpoint=1000"
FLOOR = "write + fdatasync"

Statement = tuple[str, Sequence[Any]]
Pair = tuple[Passage, Claim]


class Words:
    """Passages and claims with words as frequent as those of a language are."""

    def __init__(self) -> None:
        """Make the vocabulary, the same each time."""
        self._random = random.Random(1)
        letters = "abcdefghijklmnoprstuvz"
        lengths = (self._random.randint(3, 10) for _ in range(VOCABULARY))
        self._words = ["".join(self._random.choices(letters, k=size)) for size in lengths]
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
        *self.first, self._passage, self._claim = flood(1)

    def pair(self) -> Pair:
        """A new passage, and a claim that rests on it."""
        said = self._random.choices(self._words, cum_weights=self._weights, k=SENTENCE)
        passage, claim = self._passage, self._claim
        assert isinstance(passage, Passage)
        assert isinstance(claim, Claim)
        new = replace(passage, id=self._id(), exact=" ".join(said))
        return new, replace(claim, id=self._id(), key=None, passages=(new.id,))

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)


@dataclass
class Insert:
    """One insert: the records, and the statements that the writer made of them."""

    records: Pair
    statements: list[Statement] = field(default_factory=list)


Way = Callable[[Insert], None]


# --- the ways -----------------------------------------------------------------------------------


def by_writer(engine: Engine) -> Way:
    """As the product writes; what it tells SQLite is noted down."""
    noted: list[Statement] = []

    def note(*told: Any) -> None:  # noqa: ANN401 (SQLAlchemy's hook)
        statement, parameters, many = told[2], told[3], told[5]
        if statement.startswith(("INSERT", "UPDATE")):
            noted.append((statement, parameters if many else [parameters]))

    event.listen(engine, "after_cursor_execute", note)

    def run(insert: Insert) -> None:
        noted.clear()
        with write_unit(engine) as session:
            Writer(session, "bench", NOW).insert_all(insert.records)
        insert.statements = list(noted)

    return run


def without_search(engine: Engine) -> Way:
    """As the product would write if it had no full-text index."""

    def run(insert: Insert) -> None:
        with patch("claims.store.writer.index_records"), write_unit(engine) as session:
            Writer(session, "bench", NOW).insert_all(insert.records)

    return run


def by_rows(raw: sqlite3.Connection, *leave_out: str) -> Way:
    """The rows that the writer made, given to SQLite; but those of some tables."""

    def run(insert: Insert) -> None:
        raw.execute("BEGIN IMMEDIATE")
        for statement, rows in insert.statements:
            if not any(name in statement for name in leave_out):
                for row in rows:
                    raw.execute(statement, row)
        raw.execute("COMMIT")

    return run


def one_row(raw: sqlite3.Connection, size: int) -> Way:
    """One row of as many bytes, in a table without an index."""
    raw.execute("CREATE TABLE IF NOT EXISTS plain (pk INTEGER PRIMARY KEY, held BLOB)")

    def run(_: Insert) -> None:
        raw.execute("INSERT INTO plain (held) VALUES (?)", (os.urandom(size),))

    return run


def bare(file: int, size: int) -> Way:
    """As many bytes at the end of a file, and no more than that."""

    def run(_: Insert) -> None:
        os.write(file, b"x" * size)
        os.fdatasync(file)

    return run


# --- measuring ----------------------------------------------------------------------------------


def percentile(times: Sequence[float], share: float) -> float:
    """The time that this share of the inserts did not take longer than."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def in_turns(ways: Mapping[str, Way], words: Words) -> dict[str, list[list[float]]]:
    """Seconds of each insert, by way and round."""
    took: dict[str, list[list[float]]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for times in took.values():
            times.append([])
        for _ in range(EACH):
            insert = Insert(words.pair())
            for name, way in ways.items():
                began = time.perf_counter()
                way(insert)
                took[name][-1].append(time.perf_counter() - began)
    return took


def show(took: Mapping[str, Sequence[Sequence[float]]]) -> None:
    """Print the median over the rounds of each ratio."""
    print(f"  {'':36} p50 ms   p99 ms   p50 ×   p99 ×   worst ms")
    for name, rounds in took.items():
        columns = [
            statistics.median(percentile(times, share) * 1e3 for times in rounds)
            for share in (0.5, 0.99)
        ]
        ratios = [
            statistics.median(
                percentile(times, share) / percentile(floor, share)
                for times, floor in zip(rounds, took[FLOOR], strict=True)
            )
            for share in (0.5, 0.99)
        ]
        met = "met" if ratios[0] <= P50 and ratios[1] <= P99 else "missed"
        worst = max(max(times) for times in rounds) * 1e3
        print(
            f"  {name:36} {columns[0]:6.2f} {columns[1]:8.2f} {ratios[0]:7.2f} {ratios[1]:7.2f}"
            f" {worst:10.1f}  {'' if name == FLOOR else met}"
        )


def journal_bytes(path: Path, words: Words) -> int:
    """How much one insert adds to the journal, by the mean of some."""
    engine = open_engine(f"sqlite:///{path}")
    way, journal = by_writer(engine), path.with_name(f"{path.name}-wal")
    way(Insert(words.pair()))
    before = journal.stat().st_size
    for _ in range(PROBES):
        way(Insert(words.pair()))
    added = (journal.stat().st_size - before) // PROBES
    engine.dispose()
    return added


def check_equal(first: Path, second: Path) -> None:
    """Both databases hold the same rows in every table that the ways share."""
    for name in ("claim", "passage", "speaker", "payload", "change", "search_entry"):
        assert rows(first, name) == rows(second, name), name


def rows(path: Path, name: str) -> list[tuple[Any, ...]]:
    """All rows of a table."""
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()  # noqa: S608


# --- the world ----------------------------------------------------------------------------------


@contextmanager
def copied(path: Path, name: str, *settings: str) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A copy of a database and a bare connection to it, set up as the store does and further."""
    copy = path.with_name(f"{name}.db")
    shutil.copy(path, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        for setting in (*SETTINGS, *settings):
            raw.execute(f"PRAGMA {setting}")
        yield copy, raw


@contextmanager
def opened(path: Path, name: str) -> Iterator[tuple[Path, Engine]]:
    """A copy of a database, opened by the store."""
    copy = path.with_name(f"{name}.db")
    shutil.copy(path, copy)
    engine = open_engine(f"sqlite:///{copy}")
    yield copy, engine
    engine.dispose()


def fill(path: Path, claims: int, words: Words) -> None:
    """A database that holds so many claims, each with a passage of its own."""
    upgrade(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    write(engine, words.first)
    for begun in range(0, claims, AT_ONCE):
        some = (words.pair() for _ in range(min(AT_ONCE, claims - begun)))
        write(engine, [record for pair in some for record in pair])
    engine.dispose()


def write(engine: Engine, records: Sequence[Record]) -> None:
    """Write records in one unit."""
    with uncollected(), write_unit(engine) as session:
        Writer(session, "bench", NOW).insert_all(records)


def measure(folder: Path, claims: int) -> None:
    """Print what one more claim costs where so many are held."""
    words, path = Words(), folder / "claims.db"
    fill(path, claims, words)
    shutil.copy(path, folder / "probe.db")
    size = journal_bytes(folder / "probe.db", words)
    print(f"{claims} claims held; an insert adds {size / 1e3:.0f} kB to the journal")
    with (
        opened(path, "a") as (whole, engine),
        opened(path, "b") as (_, bald),
        copied(path, "c") as (given, fts),
        copied(path, "d", OFTEN) as (_, often),
        copied(path, "e") as (_, no_fts),
        copied(path, "f", OFTEN) as (_, no_fts_often),
        copied(path, "g") as (_, plain),
        (folder / "bare").open("wb") as file,
    ):
        took = in_turns(
            {
                "the writer": by_writer(engine),
                "the writer, without search": without_search(bald),
                "its rows": by_rows(fts),
                "its rows, journal of 1,000 pages": by_rows(often),
                "its rows, without search": by_rows(no_fts, "search_"),
                "the same, journal of 1,000 pages": by_rows(no_fts_often, "search_"),
                "one row of SQLite": one_row(plain, size),
                FLOOR: bare(file.fileno(), size),
            },
            words,
        )
        check_equal(whole, given)
    show(took)


def main() -> None:
    """Print the figures."""
    for claims in [int(one) for one in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            measure(Path(folder), claims)
    print(f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}")
    print(f"goal: p50 ≤ {P50} ×, p99 ≤ {P99} × {FLOOR}; {ROUNDS} rounds of {EACH} inserts in turns")


if __name__ == "__main__":
    main()
