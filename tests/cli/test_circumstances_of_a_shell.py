"""A shell in a bad state: closed or full outputs, odd widths, empty variables, lost folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from claims.cli.printing import width_of_output
from claims.store.revisions import head
from tests.cli.conftest import Claims
from tests.cli.test_journeys import CODED, TEXT, begin


@pytest.fixture
def coded(home: Path) -> Path:
    """A hand-coded file with its text, in the working folder."""
    assert home.is_dir()
    Path("landslide.txt").write_text(TEXT, "utf-8")
    Path("landslide.yaml").write_text(CODED, "utf-8")
    return Path("landslide.yaml")


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """A command for a shell, where ``claims`` is the first word."""
    words = command.replace("claims", f"'{sys.executable}' -m claims", 1)
    return subprocess.run(
        ["/bin/sh", "-c", words], check=False, capture_output=True, text=True, env=dict(os.environ)
    )


def test_a_closed_output_is_no_fault(claims: Claims, coded: Path) -> None:
    begin(claims)
    done = shell(f"claims load {coded} >&-")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "landslide" in claims("topic", "list").out


def test_closed_outputs_keep_the_exit_code(claims: Claims) -> None:
    begin(claims)
    assert shell("claims load nothing.yaml >&- 2>&-").returncode == 3
    assert shell("claims load nothing.yaml 2>&-").returncode == 3
    assert shell("claims topic list <&- >/dev/null").returncode == 0


def test_a_full_output_is_told_as_one(claims: Claims) -> None:
    begin(claims)
    done = shell("claims topic list >/dev/full")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: the answer could not be written: no space left on device")


def test_a_full_error_output_keeps_the_exit_code(claims: Claims) -> None:
    begin(claims)
    assert shell("claims load nothing.yaml 2>/dev/full").returncode == 3


@pytest.mark.parametrize(
    ("named", "columns"), [("99999999999", 1000), ("1", 40), ("0", 80), ("x", 80), ("60", 60)]
)
def test_the_width_of_a_terminal_has_bounds(
    monkeypatch: pytest.MonkeyPatch, named: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", named)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((80, 24)))
    assert width_of_output(None) == columns


def test_a_lost_working_folder_is_told(home: Path) -> None:
    gone = home / "gone"
    gone.mkdir()
    done = subprocess.run(
        ["/bin/sh", "-c", f"rmdir '{gone}' && '{sys.executable}' -m claims report --db x.db"],
        check=False,
        capture_output=True,
        text=True,
        cwd=gone,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "the folder you are in is there no more" in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["load", ""], "a name is empty; give the name of a file or a folder"),
        (["coverage", " "], "a name is empty; give the name of a file or a folder"),
        (["report", "--db", ""], "--db is given without words"),
        (["report", "--as", ""], "--as is given without words"),
        (["--db", "", "report"], "--db is given without words"),
    ],
)
def test_an_empty_word_is_not_taken_for_the_default(
    claims: Claims, words: list[str], message: str
) -> None:
    begin(claims)
    ran = claims(*words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_an_empty_profile_is_none(claims: Claims, coded: Path) -> None:
    begin(claims)
    claims("load", coded)
    assert "there is no profile ''" in claims("report", "--profile", "").err


@pytest.mark.parametrize("words", [["report"], ["init"], ["db", "current"], ["db", "upgrade"]])
@pytest.mark.usefixtures("home")
def test_a_folder_is_no_database(claims: Claims, words: list[str]) -> None:
    Path("x.db").mkdir()
    ran = claims(*words, "--db", "x.db")
    assert (ran.code, ran.out) == (2, "")
    assert "is a folder; give the path of a file in it" in ran.err


def test_a_file_that_may_not_be_read_is_told_like_any_other(
    claims: Claims, coded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(claims)

    def closed(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", closed)
        ran = claims("load", coded)
    assert ran.code == 3
    assert f"{coded}: file: found a file that cannot be read (Permission denied)" in ran.err


def test_the_next_step_for_a_newer_schema_is_no_upgrade(claims: Claims) -> None:
    begin(claims, "--db", "x.db")
    ran = claims("db", "current", "--db", "x.db")
    assert (ran.code, ran.out.count(head())) == (0, 2)
    assert "Next" not in ran.out
    _relabel(Path("x.db"))
    ran = claims("db", "current", "--db", "x.db")
    assert "Next: the database" in ran.out
    assert "install the version that wrote it" in ran.out
    assert "claims db upgrade" not in ran.out


def _relabel(file: Path) -> None:
    import sqlite3  # noqa: PLC0415 -- the one test that reaches below the store

    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = 'later'")
    raw.close()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("seconds", [0.4, 0.8])
def test_a_load_that_is_stopped_leaves_all_or_nothing(
    claims: Claims, coded: Path, sent: signal.Signals, seconds: float
) -> None:
    begin(claims)
    command = [sys.executable, "-m", "claims", "load", str(coded)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, restore_signals=True) as running:
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            running.send_signal(sent)
    assert claims("topic", "list").out.split()[-1] in {"2", "FILE`."}
    ran = claims("load", coded)
    assert ran.code == 0
    assert claims("topic", "list").out.split()[-1] == "2"
