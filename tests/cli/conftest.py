"""A person at a terminal: an empty home, an empty folder, and the words they type."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from claims.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Claims = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; the working folder is another empty one, and no setting is made."""
    folder, here = tmp_path / "home", tmp_path / "here"
    folder.mkdir()
    here.mkdir()
    for name in list(os.environ):
        if name.startswith(("CLAIMS_", "XDG_")) or name in {"NO_COLOR", "COLUMNS"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(here)
    return folder


@pytest.fixture
def claims(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Claims:
    """Run ``claims`` within this process, from the empty home."""
    assert home.is_dir()

    def run(*words: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as leaving:
            main([str(word) for word in words])
        printed = capfd.readouterr()
        code = leaving.value.code
        assert isinstance(code, int)
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def process(home: Path) -> Claims:
    """Run ``claims`` as a process of its own, from the empty home."""

    def run(
        *words: object,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        python: tuple[str, ...] = (),
    ) -> Ran:
        done = subprocess.run(
            [sys.executable, *python, "-m", "claims", *(str(word) for word in words)],
            input=stdin,
            capture_output=True,
            check=False,
            env={**os.environ, "HOME": str(home), **(env or {})},
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
