"""A project made once without the command line, for many tests to copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from claims.actions.actor import Actor
from claims.actions.entry import AddRequest, add
from claims.analysis.records import Contributor, Project
from claims.analysis.vocabulary import Role, Sensitivity
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.unit import write_unit
from claims.store.writer import Writer

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ANNA = Actor("Anna", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)


def prepare(file: Path, entries: Iterable[tuple[str, Mapping[str, str]]]) -> Path:
    """A database in which Anna, the administrator, has entered records of these entities."""
    upgrade(f"sqlite:///{file}")
    engine = open_engine(f"sqlite:///{file}")
    with write_unit(engine) as session:
        anna = Contributor(
            id=uuid4(), name=ANNA.name, role=ANNA.role, clearance=Sensitivity.RESTRICTED
        )
        Writer(session, ANNA.name, NOW).insert_all([Project(id=uuid4(), title="It"), anna])
        for entity, fields in entries:
            add(session, ANNA, AddRequest(entity=entity, entries=(fields,)), NOW)
    engine.dispose()
    return file
