"""The program in docs/proof.md verifies databases, knowing nothing of ours."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from claims.store.engine import open_engine
from claims.store.log import head
from claims.store.unit import read_unit, write_unit
from tests.conftest import on
from tests.store.tampering import populate

PAGE = Path(__file__).parents[1] / "docs" / "proof.md"


@pytest.fixture
def database(any_url: str, backend: str) -> Path:
    assert backend == "sqlite"
    engine = open_engine(any_url)
    populate(engine)
    engine.dispose()
    return Path(any_url.removeprefix("sqlite:///"))


def _run(database: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "verifier.py"
    path.write_text(program, "utf-8")
    words = [sys.executable, "-I", str(path), str(database)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def _engine(database: Path) -> Engine:
    return open_engine(f"sqlite:///{database}")


@on("sqlite", reason="the page shows how it is done with a file")
def test_the_program_of_the_page_finds_the_head(database: Path, tmp_path: Path) -> None:
    engine = _engine(database)
    with read_unit(engine) as session:
        expected = head(session)
    engine.dispose()
    done = _run(database, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{expected.seq}:{expected.hash}\n"


@on("sqlite", reason="the page shows how it is done with a file")
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE change SET actor = 'nobody' WHERE seq = 9", "the chain breaks at change 9"),
        ("DELETE FROM change WHERE seq = 20", "the chain breaks at change 20"),
        ("UPDATE payload SET text = text || ' ' WHERE pk = 7", "what change 7 left was altered"),
        ("UPDATE payload SET text = NULL, salt = NULL WHERE pk = 7", "change 7 left was blanked"),
        ("UPDATE head SET seq = seq - 1", "the head is not the end of the chain"),
    ],
)
def test_the_program_of_the_page_finds_what_was_altered(
    database: Path, tmp_path: Path, statement: str, told: str
) -> None:
    engine = _engine(database)
    with write_unit(engine) as session:
        session.execute(text(statement))
    engine.dispose()
    done = _run(database, tmp_path)
    assert done.returncode == 1
    assert told in done.stderr
