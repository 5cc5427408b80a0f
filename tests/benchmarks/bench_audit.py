"""What an audit costs at 100,000 claims, and what the next one costs when little has changed.

1,000 documents with a text of 100 sentences each, every sentence quoted by a claim; 20 topics of
250 questions. Each audit is a process of its own, so that its peak of memory is its own.
``python -m tests.benchmarks.bench_audit 20000`` takes fewer claims.
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from claims import actions
from claims.actions import AuditRequest, EditRequest
from claims.actions.actor import Actor
from claims.analysis.records import (
    Claim,
    ClaimValue,
    Document,
    Passage,
    Question,
    Record,
    Snapshot,
    Source,
    Speaker,
    Topic,
)
from claims.analysis.vocabulary import Role, Sensitivity, Stance, Tier, ValueKind
from claims.archive.store import Archive
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.analysis.world import name

CLAIMS, EACH = 100_000, 100
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
RULER = Actor("Ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)


def sentence(number: int) -> str:
    """A sentence with a value, which a claim quotes."""
    where = ("harbour", "mill", "bridge", "market", "school", "valley", "station")[number % 7]
    return f"In report {number} the council said that {number % 97 + 2} people died at the {where}."


def shared(topics: int) -> Iterator[Record]:
    """Topics, questions and voices."""
    yield from (Source(id=name("source", str(i)), name=f"Paper {i}") for i in range(200))
    yield Source(id=name("source", "council"), name="The council")
    for topic in range(topics):
        yield Topic(id=name("topic", str(topic)), label=f"Event {topic}")
        for number in range(250):
            yield Question(
                id=name("question", f"{topic}/{number}"),
                topic=name("topic", str(topic)),
                text=f"How many died at place {number} of event {topic}?",
                value_kind=ValueKind.COUNT,
                unit="people",
            )


def document(number: int, topics: int, archive: Archive) -> Iterator[Record]:
    """A document with its archived text, and a claim for each of its sentences."""
    first = number * EACH
    text = "\n".join(sentence(first + at) for at in range(EACH)) + "\n"
    sha256 = archive.add(text.encode())
    voice, id_ = name("source", str(number % 200)), name("document", str(number))
    yield Document(
        id=id_,
        csl={"type": "report", "title": f"Report {number}", "URL": f"https://example.org/{number}"},
        voice=voice,
        tier=Tier.SECONDARY,
        language="en",
    )
    snapshot = name("snapshot", str(number))
    yield Snapshot(
        id=snapshot,
        document=id_,
        sha256=sha256,
        media_type="text/plain",
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        extractor="identity@1",
        length=len(text),
        captured_at=NOW,
        captured_by="Ruler",
        captured_with="claims",
    )
    place = 0
    for at in range(EACH):
        words = sentence(first + at)
        passage = name("passage", str(first + at))
        yield Passage(
            id=passage,
            document=id_,
            snapshot=snapshot,
            exact=words,
            start=place,
            end=place + len(words),
            language="en",
        )
        place += len(words) + 1
        figure = str((first + at) % 97 + 2)
        yield Claim(
            id=name("claim", str(first + at)),
            document=id_,
            passages=(passage,),
            question=name("question", f"{number % topics}/{(first + at) % 250}"),
            stance=Stance.ASSERTS,
            speakers=(Speaker(source=voice), Speaker(source=name("source", "council"))),
            value=ClaimValue(said=f"{figure} people", expression=f"{figure} people"),
        )


def make(folder: Path, claims: int) -> None:
    """Write the database and its archive."""
    url, archive = f"sqlite:///{folder / 'audit.db'}", Archive(folder / "archive")
    topics = max(1, claims // 5000)
    upgrade(url)
    engine = open_engine(url)
    with write_unit(engine) as session:
        actions.beginner(session, RULER.name, RULER.name)
        Writer(session, RULER.name, NOW).insert_all(list(shared(topics)))
    for number in range(claims // EACH):
        with write_unit(engine) as session:
            records = list(document(number, topics, archive))
            Writer(session, RULER.name, NOW).insert_all(records)
    engine.dispose()


def audit(folder: Path) -> None:
    """Audit everything, keep what was found, and print the figures."""
    engine, archive = open_engine(f"sqlite:///{folder / 'audit.db'}"), Archive(folder / "archive")
    began = time.process_time()
    with read_unit(engine) as session:
        result = actions.audit(session, RULER, AuditRequest(archive=archive), NOW)
    with write_unit(engine) as session:
        actions.keep_audit(session, RULER, result, NOW)
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report = result.report
    print(
        f"{spent:8.1f} s of the processor, peak {peak:5.0f} MB, {len(report.findings):,} findings,"
        f" {report.looked_at['claim']:,} claims, {report.reused:,} parts as before",
        flush=True,
    )
    engine.dispose()


def change(folder: Path) -> None:
    """Change one claim."""
    engine = open_engine(f"sqlite:///{folder / 'audit.db'}")
    edit = EditRequest(entity="claim", target=str(name("claim", "7")), changes={"note": "seen"})
    with write_unit(engine) as session:
        actions.edit(session, RULER, edit, NOW)
    engine.dispose()


def main(claims: int) -> None:
    """Measure the first audit, the next one, and one after a change."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        make(folder, claims)
        for what in ("the first audit", "again", "after one edit"):
            if what == "after one edit":
                change(folder)
            print(f"{what:16}", end="", flush=True)
            command = [sys.executable, "-m", "tests.benchmarks.bench_audit", "audit", made]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["audit"]:
        audit(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else CLAIMS)
