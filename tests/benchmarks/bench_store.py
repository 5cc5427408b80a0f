"""What the store costs: reading one question, a topic, and writing claims, beside bare peers.

Goal 7: one question with all columns is read at least 6 times as fast as by an ORM joined load
of the same rows. Both read through a session of their own each time, in turns, and the results
are compared.
"""

from __future__ import annotations

import gc
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Engine

from claims.analysis.casefile import Casefile
from claims.analysis.records import Claim, Passage, Record, Speaker
from claims.analysis.vocabulary import Sensitivity
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.pages import QuestionRows, question_rows
from claims.store.reader import casefile
from claims.store.tables import METADATA
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.benchmarks import crowd
from tests.benchmarks.mapped import by_orm, map_entities, table

QUESTIONS, EACH, FRESH = 300, 20, 5_000
ROUNDS, READS, FEW = 9, 40, 5
FASTER = 6.0
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
ALL = Sensitivity.RESTRICTED
FLOOR = (
    "SELECT stance, hard_lo, hard_hi, soft_lo, soft_hi, origin_pk FROM claim"
    " WHERE question_pk = (SELECT pk FROM question WHERE id = ?)"
)

Results = Mapping[str, float]


class World(NamedTuple):
    """A topic with its passages, and further claims on the same passages."""

    held: Casefile
    passages: Sequence[Passage]
    fresh: Sequence[Claim]

    @property
    def records(self) -> list[Record]:
        """What is in the database before anything is measured."""
        held = self.held
        named = (*held.questions, *held.sources.values(), *held.documents.values())
        return [held.topic, *named, *self.passages, *held.claims]


# --- what is measured ---------------------------------------------------------------------------


def by_store(engine: Engine, question: UUID, clearance: Sensitivity = ALL) -> QuestionRows:
    """The claims of a question as a page reads them."""
    with read_unit(engine) as session:
        return question_rows(session, question, clearance=clearance)


def check_equal(rows: QuestionRows, entities: Sequence[Any]) -> None:
    """Both ways of reading found the same values in the same order."""
    own = ("verb", "document_pk")
    for row, entity in zip(rows.claims, entities, strict=True):
        same(row, entity, "claim")
        for passage, link in zip(rows.passages[row.pk], entity.cited, strict=True):
            same(passage, link.passage, "passage")
        for speaker, spoken in zip(rows.speakers[row.pk], entity.speakers, strict=True):
            same(speaker, spoken.source, "source")
            assert [getattr(speaker, n) for n in own] == [getattr(spoken, n) for n in own]


def same(row: object, entity: object, name: str) -> None:
    """A row and a mapped object hold the same in every column of a table."""
    for column in table(name).c:
        found, expected = getattr(row, column.name), getattr(entity, column.name)
        assert found == expected, column


# --- measuring ----------------------------------------------------------------------------------


def seconds(work: Callable[[], object]) -> float:
    """One run."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turns(ways: Mapping[str, Callable[[UUID], object]], asked: Sequence[UUID]) -> Results:
    """Seconds of the processor a read: the median of the rounds, each the mean of many questions.

    All that is read lies in memory, so what else the machine does is best left out.
    """
    for read in ways.values():
        read(asked[0])
    gc.collect()
    gc.freeze()  # what the benchmark itself holds shall not be searched for rubbish
    rounds = [{name: turn(read, asked) for name, read in ways.items()} for _ in range(ROUNDS)]
    gc.unfreeze()
    return {name: statistics.median(one[name] for one in rounds) for name in ways}


def turn(read: Callable[[UUID], object], asked: Sequence[UUID]) -> float:
    """Mean seconds of the processor that one way of reading takes; it clears up after itself."""
    began = time.process_time()
    for one in asked:
        read(one)
    gc.collect()
    return (time.process_time() - began) / len(asked)


def reading(engine: Engine, path: Path, world: World) -> None:
    """Print what reading a typical question costs."""
    asked = [question.id for question in islice(world.held.questions, READS)]
    for question in asked:
        check_equal(by_store(engine, question), by_orm(engine, question))
    with sqlite3.connect(path) as bare:
        took = in_turns(
            {
                "index floor": lambda q: bare.execute(FLOOR, (q.hex,)).fetchall(),
                "product": lambda q: by_store(engine, q),
                "product, public": lambda q: by_store(engine, q, Sensitivity.PUBLIC),
                "ORM joined load": lambda q: by_orm(engine, q),
            },
            asked,
        )
    bare.close()
    print(
        f"one question: {EACH} claims, 2 speakers and 1 passage each, all columns; processor time"
    )
    for name, one in took.items():
        print(f"  {name:16} {one * 1e3:8.3f} ms  {one / took['index floor']:7.1f} × floor")
    faster = took["ORM joined load"] / took["product"]
    met = "met" if faster >= FASTER else "missed"
    print(f"  {faster:.1f} × faster than the ORM; goal ≥ {FASTER:.1f}: {met}")


def topic(engine: Engine, world: World) -> None:
    """Print what reading the casefile of the topic costs."""

    def read() -> Casefile:
        with read_unit(engine) as session:
            return casefile(session, world.held.topic.id, clearance=ALL)

    assert read().claims == world.held.claims
    took = statistics.median(seconds(read) for _ in range(FEW))
    claims = len(world.held.claims)
    print(f"casefile of {claims} claims: {took:.2f} s, {took / claims * 1e6:.0f} µs a claim")


def writing(path: Path, world: World) -> None:
    """Print what writing claims costs, beside the bare insertion of every row that they make."""
    rounds = [one_writing(path, world) for _ in range(FEW)]
    product, bare = (statistics.median(one[way] for one in rounds) for way in (0, 1))
    each = product / len(world.fresh) * 1e6
    print(f"insert of {len(world.fresh)} claims, in one unit, with their history and indexes")
    print(f"  Writer           {product:8.2f} s  {each:7.0f} µs a claim")
    print(f"  bare executemany {bare:8.2f} s  ratio {product / bare:.1f}")


def one_writing(path: Path, world: World) -> tuple[float, float]:
    """Seconds of the writer, and of inserting the rows that it made into a copy."""
    first, second = path.with_name("first.db"), path.with_name("second.db")
    for copy in (first, second):
        copied(path, copy)
    before = {name: rows(first, name) for name in METADATA.tables}
    engine = open_engine(f"sqlite:///{first}")
    took = seconds(lambda: write(engine, world.fresh))
    engine.dispose()
    made = {name: rows(first, name)[len(held) :] for name, held in before.items()}
    raw = open_bare(second)
    bare = seconds(lambda: insert_bare(raw, made))
    raw.close()
    for name, new in made.items():
        found = rows(second, name)
        assert found[len(before[name]) :] == new, name
    for copy in (first, second):
        copy.unlink()
    return took, bare


def copied(path: Path, copy: Path) -> None:
    """Copy a database, whatever its journal still holds."""
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()


def rows(path: Path, name: str) -> list[tuple[Any, ...]]:
    """All rows of a table, in the order in which they were written."""
    with sqlite3.connect(path) as raw:
        found = raw.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()  # noqa: S608 (a table's name)
    raw.close()
    return found


def open_bare(path: Path) -> sqlite3.Connection:
    """A connection as the store opens one."""
    raw = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {setting}")
    return raw


def insert_bare(raw: sqlite3.Connection, made: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    """Insert rows into their tables in one transaction."""
    raw.execute("BEGIN IMMEDIATE")
    for one in METADATA.sorted_tables:
        if new := made[one.name]:
            marks = ", ".join("?" * len(new[0]))
            raw.executemany(f'INSERT INTO "{one.name}" VALUES ({marks})', new)  # noqa: S608 (a table's name)
    raw.execute("COMMIT")


# --- the world ----------------------------------------------------------------------------------


def world() -> World:
    """A topic of typical questions, and claims that are not in it yet."""
    everything = crowd.casefile(QUESTIONS * EACH + FRESH, questions=QUESTIONS)
    claims = [two_speakers(one, everything) for one in everything.claims]
    first = claims[: QUESTIONS * EACH]
    passages = tuple(cited(number, one) for number, one in enumerate(first))
    fresh = tuple(
        replace(one, passages=(passages[number].id,))
        for number, one in enumerate(claims[len(first) :])
    )
    return World(replace(everything, claims=tuple(first)), passages, fresh)


def two_speakers(claim: Claim, held: Casefile) -> Claim:
    """The claim as said by its document's voice and by somebody it cites."""
    if len(claim.speakers) > 1:
        return claim
    return replace(claim, speakers=(*claim.speakers, Speaker(source=next(iter(held.sources)))))


def cited(number: int, claim: Claim) -> Passage:
    """The words that the claim rests on, of a sentence's length."""
    said = claim.value.said if claim.value else ""
    words = f"In report {number}, officials of the district said that {said} had been affected."
    return Passage(id=claim.passages[0], document=claim.document, exact=words, language="en")


def write(engine: Engine, records: Iterable[Record]) -> None:
    """Write records in one unit."""
    with write_unit(engine) as session:
        Writer(session, "bench", NOW).insert_all(list(records))


def main() -> None:
    """Print the figures."""
    map_entities()
    with tempfile.TemporaryDirectory() as folder:
        path, made = Path(folder) / "claims.db", world()
        upgrade(f"sqlite:///{path}")
        engine = open_engine(f"sqlite:///{path}")
        write(engine, made.records)
        reading(engine, path, made)
        topic(engine, made)
        writing(path, made)
        engine.dispose()
    print(f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
