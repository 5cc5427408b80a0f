"""An empty, migrated database for each test, copied from a template that is migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.store.engine import open_engine
from claims.store.migrate import upgrade

BACKENDS = ("sqlite",)
"""The engines that every test of the store runs on."""


@pytest.fixture(scope="session", params=BACKENDS)
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that nobody opens, only copies."""
    assert request.param == "sqlite"
    path = tmp_path_factory.mktemp("template") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def url(template: Path, tmp_path: Path) -> str:
    """The address of a database of this test's own."""
    path = tmp_path / "claims.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The database of this test, open; a second writer waits for half a second only."""
    opened = open_engine(url, busy_timeout=0.5)
    yield opened
    opened.dispose()
