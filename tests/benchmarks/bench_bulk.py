"""What many claims in one unit cost: beside bare SQLite with the same rows, and bare SQLModel.

Goals 1 and 2: with indexes, full-text search and history at most 3.0 times raw ``executemany`` of
the same rows into the same tables and the same full-text index, and at least 8 times as fast as
``add_all`` of the same rows as SQLModel objects, which are made before and are not searched for.
All take turns on copies of one database; the rows of every table are compared in each round.

``python -m tests.benchmarks.bench_bulk [CLAIMS [ROUNDS]]`` measures so many claims, each with a
passage; each round is told when it ends, because many claims take long. From 500,000 claims on,
``add_all`` is left out: its objects would need more memory than most machines have.
"""

from __future__ import annotations

import gc
import os
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.orm import Session

from claims.analysis.records import Record
from claims.store.bulk import uncollected
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.tables import METADATA, claim, evidence, judgement, log, subject
from claims.store.tables.base import Row
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.benchmarks.bench_store import copied, open_bare, rows
from tests.benchmarks.bench_write import NOW, Words

CLAIMS, AT_ONCE, ROUNDS = 100_000, 2_000, 5
RAW, RAW_MANY, ADD_ALL = 3.0, 3.5, 8.0
MANY = 500_000
"""Claims from which on only the bare rows are compared with."""

_DIALECT = dialect()

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
NAMES = (*(table.name for table in METADATA.sorted_tables), "search_entry")
MODULES = (claim, evidence, judgement, log, subject)


def product(path: Path, records: Sequence[Record]) -> float:
    """Seconds of the processor that the writer takes, in batches within one unit."""
    engine = open_engine(f"sqlite:///{path}")

    def work() -> None:
        with write_unit(engine) as session:
            writer = Writer(session, "bench", NOW)
            for begun in range(0, len(records), AT_ONCE):
                with uncollected():
                    writer.insert_all(records[begun : begun + AT_ONCE])

    took = seconds(work)
    engine.dispose()
    return took


def raw(path: Path, made: Path, held: Mapping[str, int]) -> float:
    """Seconds of bare ``executemany`` in one transaction, of the rows that another database made.

    One table after the other is read, which takes memory, and inserted, which is measured.
    """
    with closing(open_bare(path)) as bare:
        took = seconds(lambda: bare.execute("BEGIN IMMEDIATE"))
        for name in NAMES:
            new = rows(made, name)[held[name] :] if name != "head" else []
            if new:
                took += seconds(partial(insert, bare, name, new))
        return took + seconds(lambda: bare.execute("COMMIT"))


def insert(bare: sqlite3.Connection, name: str, new: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of a table, and the words of the full-text index with them."""
    marks = ", ".join("?" * len(new[0]))
    bare.executemany(f'INSERT INTO "{name}" VALUES ({marks})', new)  # noqa: S608 (a table)
    if name == "search_entry":
        words = ((row[0], row[-1]) for row in new)
        bare.executemany("INSERT INTO search_index(rowid, words) VALUES (?, ?)", words)


def add_all(path: Path, made: Rows) -> tuple[float, float]:
    """Seconds of ``add_all`` and a commit, without the index of search; and with the objects."""
    engine: Engine = open_engine(f"sqlite:///{path}")
    making = seconds(lambda: deque(mapped(made), maxlen=0))
    tables = [list(some) for _, some in groupby(mapped(made), type)]

    def work() -> None:
        with Session(engine.execution_options(claims_writes=True)) as session:
            for objects in tables:  # parents first: there are no relationships that say so
                session.add_all(objects)
                session.flush()
            session.commit()

    took = seconds(work)
    engine.dispose()
    return took, making + took


def mapped(made: Rows) -> Iterator[Row]:
    """The rows as objects of the tables' own classes."""
    kinds: dict[str, type[Any]] = {
        str(kind.__tablename__): kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Row) and hasattr(kind, "__table__")
    }
    for table in METADATA.sorted_tables:
        read = [column.type.result_processor(_DIALECT, None) for column in table.c]
        names = [column.name for column in table.c]
        for row in made[table.name]:
            values = (
                value if one is None or value is None else one(value)
                for one, value in zip(read, row, strict=True)
            )
            yield kinds[table.name](**dict(zip(names, values, strict=True)))


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor: all lies in memory, and others use the machine too."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def one_round(folder: Path, first: Path, records: Sequence[Record]) -> dict[str, float]:
    """Seconds of each way; the rows are compared."""
    paths = {name: folder / f"{name}.db" for name in ("product", "raw", "add_all")}
    for path in paths.values():
        copied(first, path)
    held = {name: len(rows(first, name)) for name in NAMES}
    took = {"product": product(paths["product"], records)}
    took["raw"] = raw(paths["raw"], paths["product"], held)
    mapped_too = len(records) < 2 * MANY
    if mapped_too:
        made = {name: rows(paths["product"], name)[held[name] :] for name in NAMES}
        made["head"] = []
        took["add_all"], took["add_all, objects made"] = add_all(paths["add_all"], made)
    for name in set(NAMES) - {"head"}:
        expected = rows(paths["product"], name)
        assert rows(paths["raw"], name) == expected, name
        if mapped_too and name != "search_entry":
            assert rows(paths["add_all"], name) == expected, name
    assert found(paths["raw"]) == found(paths["product"])
    for path in paths.values():
        path.unlink()
    return took


def found(path: Path) -> list[tuple[Any, ...]]:
    """What the full-text index says to a word."""
    with closing(sqlite3.connect(path)) as bare:
        asked = "SELECT rowid FROM search_index WHERE search_index MATCH 'people' ORDER BY rowid"
        return bare.execute(asked).fetchall()


def told(took: dict[str, float]) -> dict[str, float]:
    """The seconds of a round, said at once; and how busy the machine is."""
    each = ", ".join(f"{way} {seconds:.1f} s" for way, seconds in took.items())
    print(f"  {each} (load {os.getloadavg()[0]:.1f})", flush=True)
    return took


def main() -> None:
    """Print the ratios."""
    claims, turns = (*map(int, sys.argv[1:]), *(CLAIMS, ROUNDS)[len(sys.argv) - 1 :])
    words = Words()
    records = [record for _ in range(claims) for record in words.pair()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "first.db"
        upgrade(f"sqlite:///{first}")
        product(first, list(words.first))
        rounds = [told(one_round(folder, first, records)) for _ in range(turns)]
    print(f"{claims} claims and passages in one unit; processor time, median of {turns} rounds")
    for way in rounds[0]:
        each = statistics.median(one[way] for one in rounds) / claims
        print(f"  {way:22} {each * 1e6:8.0f} µs a claim")
    slower = statistics.median(one["product"] / one["raw"] for one in rounds)
    goal = RAW if claims < MANY else RAW_MANY
    print(f"  {slower:.2f} × raw executemany; goal ≤ {goal}: {_met(slower <= goal)}")
    if claims < MANY:
        faster = statistics.median(one["add_all"] / one["product"] for one in rounds)
        print(f"  {faster:.2f} × as fast as add_all; goal ≥ {ADD_ALL}: {_met(faster >= ADD_ALL)}")
        making = statistics.median(one["add_all, objects made"] / one["product"] for one in rounds)
        print(f"  {making:.2f} × as fast as add_all with the making of its objects")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {memory:,.0f} MB of memory at most, the comparison of the rows included")
    print(f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}")


def _met(reached: bool) -> str:
    return "met" if reached else "missed"


if __name__ == "__main__":
    main()
