"""A project with one coded text, and the people who look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.store.engine import open_engine
from claims.store.migrate import upgrade

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the current schema, made once to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "project.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def empty(tmp_path: Path, migrated: Path) -> Iterator[Engine]:
    """A database of the current schema that nobody has begun a project in."""
    path = shutil.copy(migrated, tmp_path / "project.db")
    opened = open_engine(f"sqlite:///{path}", busy_timeout=0.5)
    yield opened
    opened.dispose()
