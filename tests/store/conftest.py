"""Every test of the store runs on both engines: ``url`` and ``engine`` are those of any."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine


@pytest.fixture
def url(any_url: str) -> str:
    """The address of a database of this test's own."""
    return any_url


@pytest.fixture
def engine(any_engine: Engine) -> Engine:
    """The database of this test, open; a second writer waits for half a second only."""
    return any_engine
