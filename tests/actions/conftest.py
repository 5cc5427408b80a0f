"""A project with one coded text, and the people who look at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.store.engine import open_engine
from claims.store.migrate import upgrade

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A database of the current schema that nobody has begun a project in."""
    address = f"sqlite:///{tmp_path / 'project.db'}"
    upgrade(address)
    opened = open_engine(address, busy_timeout=0.5)
    yield opened
    opened.dispose()
