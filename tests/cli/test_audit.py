"""Auditing from the command line: a database, a folder of files, a hook, waivers and mends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from claims.analysis.audit.manual import manual
from tests.analysis.audit.desk import Desk
from tests.analysis.audit.test_audit_mutations import CORRUPTIONS
from tests.cli.conftest import Claims
from tests.cli.reference import commands

ROOT = Path(__file__).parents[2]
FLOOD = ROOT / "seeds" / "flood"
ARTICLE = "Reportedly, the dam broke at noon. The council said that 8 people died.\n"
CODED = """claims: 1
namespace: https://example.org/storm
coder: Coder
language: en
topics:
  storm: {label: The storm}
sources:
  gazette: {name: The Gazette, kind: newspaper}
  council: {name: The council, kind: state}
questions:
  died: {text: How many died?, kind: count, unit: people}
  dam: {text: Did the dam break?, kind: boolean}
documents:
  article:
    csl: {type: article-newspaper, title: The storm}
    voice: gazette
    tier: primary
    text: article.txt
    passages:
      - quote: Reportedly, the dam broke at noon.
        claims:
          - {key: broke, question: dam, said: broke, value: yes, stance: reportsHEDGES}
      - quote: The council said that 8 people died.
        claims:
          - {key: eight, question: died, speakers: [council], said: 8 people}
"""


def written(folder: Path, hedges: str = "") -> Path:
    """A hand-coded file with its text."""
    folder.mkdir(exist_ok=True)
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    coded = folder / "storm.yaml"
    coded.write_text(CODED.replace("HEDGES", hedges), encoding="utf-8")
    return coded


@pytest.fixture
def storm(claims: Claims) -> Claims:
    """A project in which a hedge was forgotten."""
    written(Path("coded"))
    for words in (("init", "--as", "Coder"), ("load", "coded")):
        assert claims(*words).code == 0
    return claims


def test_the_journey_of_a_database(storm: Claims) -> None:
    ran = storm("audit", "--width", 100)
    assert ran.code == 1
    assert "Audit of Claims\n" in ran.out
    assert "A20 critical: " in ran.out
    assert "Each of these checks could look at all that it looks for." in ran.out
    shown = storm("audit", "--fix", "A20")
    assert shown.code == 1
    assert "  hedges: ['Reportedly']\n" in shown.out
    assert "Nothing was changed; --yes makes these edits" in shown.out
    made = storm("audit", "--fix", "A20", "--yes")
    assert made.code == 0
    assert "takes it back\n" in made.out
    assert storm("audit", "--only", "A20", "--fail-on", "minor").code == 0
    assert "No finding of A20 has a mechanical mend." in storm("audit", "--fix", "A20").out


def test_one_lost_file_is_found_and_comes_back_when_it_is_archived_again(
    storm: Claims, home: Path
) -> None:
    look = ("audit", "--only", "A01")
    assert storm(*look).code == 0
    (file,) = (one for one in home.rglob("sha256/*/*") if one.read_text("utf-8") == ARTICLE)
    file.unlink()
    lost = storm(*look)
    assert lost.code == 1
    assert "  snapshot copy of The storm [" in lost.out
    assert "an archive that does not hold the archived copy" in lost.out
    assert storm("document", "snapshot", "article", "coded/article.txt").code == 0
    assert storm(*look).code == 0


def test_an_archive_that_is_gone_fails_the_audit(storm: Claims, home: Path) -> None:
    assert storm("audit", "--only", "A01", "--only", "A02").code == 0
    (archive,) = home.rglob("claims-archive")
    shutil.rmtree(archive)
    ran = storm("audit", "--only", "A01", "--only", "A02")
    assert ran.code == 1
    assert "  snapshot copy of The storm [" in ran.out


def test_a_waiver_from_grant_to_end(storm: Claims) -> None:
    granted = storm(
        *("waiver", "add", "a20", "claim", "broke", "--reason", "the editor was asked"),
        *("--until", "2999-12-31"),
    )
    assert granted.code == 0
    assert "A20 of claim broke is waived until 2999-12-31\n" in granted.out
    assert storm("audit", "--only", "A20").code == 0
    listed = storm("waiver", "list")
    assert "A20    claim broke  2999-12-31  Coder  the editor was asked" in listed.out
    (line,) = json.loads(storm("waiver", "list", "--json").out)
    assert storm("waiver", "remove", line["id"][:8], "--reason", "it was mended").code == 0
    assert storm("audit", "--only", "A20").code == 1
    assert "No finding is waived" in storm("waiver", "list").out


def test_the_same_waiver_is_not_added_twice(storm: Claims) -> None:
    words = ("waiver", "add", "A20", "claim", "broke", "--until", "2999-12-31", "--reason")
    assert storm(*words, "r").code == 0
    again = storm(*words, "r")
    assert again.code == 0
    assert "A20 of claim broke is waived already, for that reason, until 2999-12-31" in again.out
    assert len(json.loads(storm("waiver", "list", "--json").out)) == 1
    assert storm(*words, "another").code == 0
    assert len(json.loads(storm("waiver", "list", "--json").out)) == 2


def test_a_dry_run_of_a_waiver_writes_nothing(storm: Claims) -> None:
    words = ("waiver", "add", "A20", "claim", "broke", "--reason", "r", "--until", "2999-12-31")
    assert "would be waived" in storm(*words, "--dry-run").out
    assert json.loads(storm(*words, "--dry-run", "--json").out)["dry_run"] is True
    assert json.loads(storm("waiver", "list", "--json").out) == []


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown", "html"])
def test_every_format_goes_to_a_file(storm: Claims, form: str) -> None:
    ran = storm("audit", "--format", form, "--output", "audit.out", "--fail-on", "never")
    assert (ran.code, ran.out) == (0, "")
    written = Path("audit.out").read_bytes()
    assert ran.err == f"Written: 'audit.out' ({len(written):,} bytes).\n"
    assert b"A20" in written
    assert storm("audit", "--format", form, "--output", "-", "--fail-on", "never").err == ""


def test_a_folder_is_audited_without_a_database(claims: Claims) -> None:
    coded = written(Path("coded"))
    ran = claims("audit", "--files", "coded", "--only", "A20")
    assert ran.code == 1
    line = 1 + coded.read_text("utf-8").split("\n").index(
        "          - {key: broke, question: dam, said: broke, value: yes, stance: reports}"
    )
    assert f"[coded/storm.yaml:{line}]" in ran.out
    assert not Path("claims.db").exists()
    written(Path("coded"), ", hedges: [Reportedly]")
    assert claims("audit", "--files", "coded", "--only", "A20").code == 0


def test_the_seed_of_a_folder_as_sarif(claims: Claims) -> None:
    ran = claims("audit", "--files", FLOOD, "--format", "sarif", "--fail-on", "critical")
    log = json.loads(ran.out)
    assert log["version"] == "2.1.0"
    assert ran.code == 0


def test_a_check_explains_itself(claims: Claims) -> None:
    ran = claims("audit", "--explain", "a21")
    assert ran.code == 0
    assert "A21" in ran.out
    assert "could_not_confirm" in ran.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--explain", "B1"), 6, "there is no check 'B1'; give one from A01 to A40"),
        (("--only", "A41"), 6, "there is no check 'A41'"),
        (("--fix", "x"), 6, "there is no check 'x'"),
        (("nothing",), 6, "there is no document 'nothing'"),
        (("article", "--files", "coded"), 2, "need a database"),
        (("--fail-on", "often"), 2, "'often' is not one of"),
        (("--yes",), 2, "makes the mends that --fix proposes; name a check with --fix"),
        (("--fix", "A20", "--files", "coded"), 2, "correct hand-coded files by hand"),
        (("nothing", "--fix", "A20"), 6, "there is no document 'nothing'"),
        (("--retractions", "no.csv"), 6, "no.csv"),
        (("--files", "empty"), 3, "a folder without YAML files"),
        (("--files", "pipe"), 3, "pipe: file: found no file and no folder; expected a hand-coding"),
        (("--files", "no.yaml"), 3, "no.yaml: file: found a file that cannot be read"),
    ],
)
def test_what_cannot_be_audited_is_told(
    storm: Claims, words: tuple[str, ...], code: int, said: str
) -> None:
    Path("empty").mkdir()
    os.mkfifo("pipe")
    ran = storm("audit", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in " ".join(ran.err.split())


def named_commands() -> set[str]:
    """The commands that the documentation of the checks and their hints name."""
    told = [manual()]
    for _, _, corrupt in CORRUPTIONS:
        desk = Desk()
        corrupt(desk)
        told += [finding.defect.fix for finding in desk.findings()]
    found = (re.findall(r"`(claims [^`]+)`", " ".join(one.split())) for one in told)
    return {command for some in found for command in some}


def test_every_command_that_a_check_names_exists_with_its_options() -> None:
    known = {
        name: {option for one in command.params for option in one.opts}
        for name, command in commands()
    }
    named = named_commands()
    assert any("assess supersede" in one for one in named)
    for told in named:
        words = told.split()
        names = [" ".join(words[:many]) for many in (2, 3) if " ".join(words[:many]) in known]
        assert names, told
        assert {word for word in words if word.startswith("--")} <= known[names[0]], told


def test_an_assessment_of_ones_own_is_mended_as_the_hint_says(storm: Claims) -> None:
    graded = ("assess", "add", "--claim", "eight", "--confidence", "low", "--reason", "one voice")
    assert storm(*graded).code == 0
    look = ("audit", "--only", "A37", "--fail-on", "minor", "--width", 200)
    ran = storm(*look)
    (hint,) = re.findall(r"`claims (assess supersede \w+)`", ran.out)
    assert ran.code == 1
    added = ("contributor", "add", "Reviewer", "--role", "reviewer")
    assert storm(*added).code == 0
    assert (
        storm(*hint.split(), "--confidence", "low", "--reason", "r", "--as", "Reviewer").code == 0
    )
    assert storm(*look, "--as", "Coder").code == 0


def test_hearsay_is_mended_by_a_waiver_as_the_hint_says(storm: Claims) -> None:
    assert storm("audit", "--fix", "A20", "--yes").code == 0
    look = ("audit", "--only", "A13", "--width", 200)
    ran = storm(*look)
    assert ran.code == 1
    assert "if not, waive this and say so." in ran.out
    assert "unnamed origin to the chain" not in ran.out
    waived = ("waiver", "add", "A13", "claim", "broke", "--reason", "it does not say")
    assert storm(*waived, "--until", "2999-12-31").code == 0
    assert storm(*look).code == 0


def test_a_reading_of_a_person_is_mended_as_the_hint_says(storm: Claims) -> None:
    read = ("--transcript-method", "ocr", "--ocr-confidence", "0.5")
    assert storm("claim", "edit", "eight", *read).code == 0
    look = ("audit", "--only", "A11", "--width", 200)
    assert storm(*look).code == 1
    mended = ("--transcript-method", "read by the coder", "--clear", "ocr_confidence")
    assert storm("claim", "edit", "eight", *mended).code == 0
    assert storm(*look).code == 0


def test_a_source_that_nothing_uses_is_taken_out_as_the_hint_says(storm: Claims) -> None:
    assert storm("source", "add", "--name", "Nobody", "--key", "nobody").code == 0
    look = ("audit", "--only", "A38", "--fail-on", "minor", "--width", 200)
    ran = storm(*look)
    assert "`claims source remove nobody`" in ran.out
    assert storm("source", "remove", "nobody").code == 0
    assert storm(*look).code == 0


def test_a_list_of_retractions_is_read(storm: Claims) -> None:
    storm("document", "edit", "article", "--doi", "10.1000/182")
    Path("list.csv").write_text(
        "Record ID,Title,RetractionDate,OriginalPaperDOI,RetractionNature,Reason\n"
        "1,The storm,2/28/2020 0:00,10.1000/182,Retraction,+Error in Data;\n",
        encoding="utf-8",
    )
    ran = storm("audit", "--only", "A35", "--retractions", "list.csv")
    assert ran.code == 1
    assert "2020-02-28" in ran.out


def test_the_shipped_hook_guards_a_repository(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Committing a file that lost a hedge is refused; the mended file goes in."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    monkeypatch.setenv("PATH", path)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(home / "pre-commit"))
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = {"repo": "local", "hooks": [{**hook, "args": ["coded", "--only", "A20"]}]}
    Path(".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}), "utf-8")
    _git("init", "--quiet")
    _git("config", "user.name", "Coder")
    _git("config", "user.email", "coder@example.org")
    subprocess.run([shutil.which("pre-commit") or "", "install"], check=True, capture_output=True)
    written(Path("coded"))
    _git("add", ".")
    refused = _git("commit", "--message", "Code the storm", check=False)
    assert refused.returncode != 0
    assert "A20 critical" in refused.stdout + refused.stderr
    written(Path("coded"), ", hedges: [Reportedly]")
    _git("add", ".")
    assert _git("commit", "--message", "Code the storm").returncode == 0


def _git(*words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    program = shutil.which("git")
    assert program, "git is needed: apt-get install git"
    return subprocess.run([program, *words], check=check, capture_output=True, text=True)
