"""What every test shares: how long Hypothesis may search, and databases on both engines.

A test that asks for ``any_url`` or ``any_engine`` runs once on SQLite and once on PostgreSQL,
each time with an empty, migrated database of its own::

    def test_what_is_written_is_read(any_engine: Engine) -> None:
        with write_unit(any_engine) as session: ...

``backend`` is the name of the engine, and ``empty_url`` the address of a database without tables
(on SQLite of a file that is not there yet). ``@on("sqlite", reason="…")`` above a test declares
that something is one engine's alone. ``postgres`` is the server itself, for tests of PostgreSQL
alone: ``postgres.url(name)``, ``postgres.run("CREATE DATABASE …")``; ``postgres_url`` is the
address of an empty, migrated database on it. The server starts with the first test that needs it
and stops with the run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from tests.ordering import watch
from tests.postgres import TEMPLATE, Server, locked, own, quick_folder, shared, stop

BACKENDS = ("sqlite", "postgresql")
"""The engines that every test of the store runs on."""

FOLDER = pytest.StashKey[Path]()
"""Where the processes of one run of the tests find their server."""

VARIABLE = "TEST_FOLDER_OF_CLAIMS"
"""How the first process names the folder to the others; it is no setting of claims."""

# A shared machine may pause any single example: a slow one is no failure, only a wrong one is.
settings.register_profile(
    "test",
    deadline=None,
    max_examples=100,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", parent=settings.get_profile("test"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


def on(*backends: str, reason: str) -> pytest.MarkDecorator:
    """Declare that a test is about some engines only, and why."""
    assert reason
    return pytest.mark.parametrize("backend", backends, scope="function")


slow_on_postgresql = pytest.mark.parametrize(
    "backend",
    [
        pytest.param(one, marks=[pytest.mark.slow] if one == "postgresql" else [])
        for one in BACKENDS
    ],
    scope="function",
)
"""Leaves a test that takes long on both engines to the slow tests on PostgreSQL."""


def pytest_configure(config: pytest.Config) -> None:
    """Name the folder that all processes of this run share."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs that tests start compile once
    if not hasattr(config, "workerinput"):
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix="claims-", dir=quick_folder())
        own(Path(os.environ[VARIABLE]))
    config.stash[FOLDER] = Path(os.environ[VARIABLE])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give slow tests an hour, not the minutes of all others."""
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(3600))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, once no process of this run needs it any more."""
    if not hasattr(config, "workerinput"):
        stop(config.stash[FOLDER])
        del os.environ[VARIABLE]


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Server:
    """The server of this run of the tests."""
    return shared(pytestconfig.stash[FOLDER])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that nobody opens, only copies."""
    from claims.store.migrate import upgrade  # noqa: PLC0415 -- tests of values need no database

    path = tmp_path_factory.mktemp("template") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Server, pytestconfig: pytest.Config) -> str:
    """The name of a migrated database that nobody opens, only copies."""
    from claims.store.migrate import upgrade  # noqa: PLC0415 -- tests of values need no database

    folder = pytestconfig.stash[FOLDER]
    name = f"claims_{folder.name.rpartition('-')[2].lower()}"
    with locked(folder):
        if not (folder / TEMPLATE).exists():
            postgres.run(f"CREATE DATABASE {name}")
            upgrade(postgres.url(name))
            (folder / TEMPLATE).write_text(name, "ascii")
    return name


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The name of the engine that a test runs on."""
    return str(request.param)


@pytest.fixture
def postgres_url(postgres: Server, postgres_template: str) -> Iterator[str]:
    """The address of an empty, migrated PostgreSQL database of this test's own."""
    with postgres.database(postgres_template) as url:
        yield url


@pytest.fixture
def any_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty, migrated database of this test's own, on either engine."""
    if backend == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    path = tmp_path / "claims.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def any_engine(any_url: str) -> Iterator[Engine]:
    """The database at ``any_url``, open; a second writer waits for half a second only.

    It refuses to sort by texts, which each engine would do in its own way.
    """
    from claims.store.engine import open_engine  # noqa: PLC0415 -- as above

    opened = open_engine(any_url, busy_timeout=0.5)
    watch(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables; on SQLite of a file that is not there yet."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url
