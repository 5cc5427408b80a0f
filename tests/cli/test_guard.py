"""Whatever happens, a person sees a sentence and gets an exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.cli.failures import tell, wants_json
from claims.cli.guard import guarded
from claims.errors import (
    ClaimsError,
    DocumentFaults,
    Fault,
    InputRefused,
    NotFound,
    NotPermitted,
    SchemaOutdated,
    SetupError,
    StaleVersion,
    VerificationFailed,
)
from tests.cli.conftest import Claims

ROOT = Path(__file__).parents[2]
FAULTS = DocumentFaults(
    (
        Fault("a.yaml", 3, 5, "topics", "nothing", "a topic"),
        Fault("b.yaml", 0, 0, "file", "a folder", "a file"),
    )
)


def raising(error: BaseException) -> Callable[[list[str]], int]:
    def run(_words: list[str]) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SetupError("no database"), 2),
        (SchemaOutdated("old schema"), 2),
        (InputRefused("not a number"), 3),
        (StaleVersion("changed meanwhile"), 4),
        (VerificationFailed("altered"), 5),
        (NotFound("no such topic"), 6),
        (NotPermitted("not yours"), 7),
    ],
)
def test_each_error_has_its_exit_code(
    error: ClaimsError, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded([], raising(error)) == code
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"Error: {error}\n")


def test_with_json_an_error_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(["topic", "list", "--json"], raising(NotFound("none"))) == 6
    told = json.loads(capsys.readouterr().err)
    assert told == {"error": "none", "kind": "NotFound", "exit_code": 6}


def test_all_faults_are_listed_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded(["load"], raising(FAULTS)) == 3
    assert capsys.readouterr().err == (
        "a.yaml:3:5: topics: found nothing; expected a topic\n"
        "b.yaml: file: found a folder; expected a file\n\n"
        "Error: 2 faults were found; nothing was stored. Mend them and try again.\n"
    )


def test_with_json_faults_are_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(FAULTS, ["load", "--json"]) == 3
    told = json.loads(capsys.readouterr().err)
    assert told["faults"][0] == {
        "file": "a.yaml",
        "line": 3,
        "column": 5,
        "field": "topics",
        "found": "nothing",
        "expected": "a topic",
    }
    assert len(told["faults"]) == 2


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["load", "--json"], True),
        (["report", "--format", "json"], True),
        (["report", "--format=json"], True),
        (["report", "--format", "text"], False),
        (["parse", "quantity", "--", "--json"], False),
    ],
)
def test_who_asked_for_json_is_told_in_json(words: list[str], *, wanted: bool) -> None:
    assert wants_json(words) is wanted


@pytest.mark.usefixtures("home")
def test_an_unexpected_error_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded([], raising(KeyError("lost"))) == 70
    told = capsys.readouterr().err
    assert told.startswith("Error: claims met a fault of its own (KeyError: 'lost'); please report")
    assert "CLAIMS_DEBUG=1" in told
    assert told.count("\n") == 1


@pytest.mark.usefixtures("home")
def test_debugging_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_DEBUG", "1")
    with pytest.raises(KeyError):
        guarded([], raising(KeyError("lost")))


def test_a_file_that_cannot_be_used_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded([], raising(PermissionError(13, "Permission denied", "/x.md"))) == 2
    assert "'/x.md' could not be used: permission denied" in capsys.readouterr().err


def test_ctrl_c_ends_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    assert guarded([], raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("home")
def test_an_interrupted_process_says_130() -> None:
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    run = "import claims.cli; raise SystemExit(claims.cli.main())"
    command = [sys.executable, "-c", listening + run, "parse", "quantity"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write(b"8\n")
        running.stdin.flush()
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (130, b"")


@pytest.mark.parametrize("words", [["--help"], ["parse", "profiles"]])
@pytest.mark.usefixtures("home")
def test_a_reader_that_goes_away_is_no_error(words: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "claims", *words],
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_terminal_without_the_sign_gets_its_number(process: Claims) -> None:
    ran = process("parse", "profiles", env={"PYTHONIOENCODING": "ascii"})
    assert (ran.code, ran.err) == (0, "")
    assert r"[12, \u221e)" in ran.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["reprot"], "No such command 'reprot'. Did you mean 'report', 'export'?"),
        (["report", "--formt", "json"], "No such option: --formt"),
        (["report", "--format", "odt"], "'odt'"),
        (["report", "--width", "5"], "--width"),
        (["load"], "give at least one file or folder"),
        (["coverage"], "give at least one file or folder"),
    ],
)
def test_wrong_usage_says_how_it_is_used(claims: Claims, words: list[str], message: str) -> None:
    ran = claims(*words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.startswith("Usage: claims ")
    assert re.search(r"Try 'claims.* --help' for help\.", ran.err)


def test_wrong_usage_in_json(claims: Claims) -> None:
    ran = claims("load", "--json")
    told = json.loads(ran.err)
    assert (told["kind"], told["exit_code"]) == ("Usage", 2)


@pytest.mark.parametrize("words", [[], ["topic"], ["parse"], ["db"]])
def test_a_group_alone_shows_its_help_as_an_error(claims: Claims, words: list[str]) -> None:
    ran = claims(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: claims")
    assert "Commands:" in ran.err
    assert "Error" not in ran.err


def test_the_version_is_that_of_the_project(claims: Claims) -> None:
    declared = re.search(
        r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE
    )
    assert declared
    assert claims("--version").out == f"claims {declared[1]}\n"
    assert claims("--db", "x.db", "--version").out == f"claims {declared[1]}\n"


def test_completion_is_offered(process: Claims) -> None:
    environment = {
        "_CLAIMS_COMPLETE": "complete_bash",
        "COMP_WORDS": "claims rep",
        "COMP_CWORD": "1",
        "_TYPER_COMPLETE_ARGS": "claims rep",
    }
    ran = process(env=environment)
    assert (ran.code, ran.out.split()) == (0, ["report"])
