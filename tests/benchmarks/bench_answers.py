"""Goal 6: a typical question of 100,000 claims is read at most 4 times as slow as its index.

The index floor is the bare ``sqlite3`` module reading the same columns from the same covering
index. Both read every question in turns, and every answer is compared. Prints medians of single
reads on the wall's clock.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from claims.analysis.vocabulary import Sensitivity
from claims.store.answers import answers
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.unit import read_unit
from tests.benchmarks import crowd
from tests.benchmarks.bench_store import FLOOR, cited, write

CLAIMS, EACH = 100_000, 20
ROUNDS, READS = 7, 500
SLOWEST = 4.0
PUBLIC, ALL = Sensitivity.PUBLIC, Sensitivity.RESTRICTED

Read = Callable[[UUID], object]


def median(read: Read, asked: Sequence[UUID]) -> float:
    """The median of single reads, in microseconds."""
    took = []
    for one in asked:
        began = time.perf_counter()
        read(one)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1e6


def main() -> None:
    """Print the figures."""
    world = crowd.casefile(CLAIMS, questions=CLAIMS // EACH)
    passages = [cited(number, one) for number, one in enumerate(world.claims)]
    named = (*world.questions, *world.sources.values(), *world.documents.values())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        upgrade(f"sqlite:///{path}")
        engine = open_engine(f"sqlite:///{path}")
        write(engine, [world.topic, *named, *passages, *world.claims])
        asked = [question.id for question in world.questions]
        random.Random(6).shuffle(asked)
        bare = sqlite3.connect(path)
        with read_unit(engine) as session:
            ways: dict[str, Read] = {
                "index floor": lambda q: bare.execute(FLOOR, (q.hex,)).fetchall(),
                "answers": lambda q: answers(session, q, clearance=ALL),
                "answers, public": lambda q: answers(session, q, clearance=PUBLIC),
            }
            for one in asked:
                found = [read(one) for read in ways.values()]
                assert found[0] == found[1] == found[2]
            rounds = [
                {name: median(read, asked[:READS]) for name, read in ways.items()}
                for _ in range(ROUNDS)
            ]
        bare.close()
        engine.dispose()
    took = {name: statistics.median(turn[name] for turn in rounds) for name in ways}
    print(f"one question of {EACH} among {CLAIMS:,} claims, p50 of a read")
    for name, each in took.items():
        print(f"  {name:16} {each:7.0f} µs  {each / took['index floor']:5.1f} × floor")
    ratio = took["answers"] / took["index floor"]
    print(f"  goal ≤ {SLOWEST:.1f}: {'met' if ratio <= SLOWEST else 'missed'}")


if __name__ == "__main__":
    main()
