"""Whole journeys from an empty home folder: begin, load, report; and what can go wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from pathlib import Path

import jsonschema
import pytest

from claims.store.revisions import head
from tests.cli.conftest import Claims

TEXT = """A landslide reached the village on 3 March 2021.
The mayor said that five houses were destroyed.
The fire service counted at least eight.
"""
CODED = """claims: 1
namespace: https://example.org/landslide
coder: a reader
language: en
topics:
  landslide: {label: The landslide, aliases: {de: [Der Erdrutsch]}, dates: 2021-03-03}
sources:
  newspaper: {name: The newspaper, kind: newspaper}
  mayor: {name: The mayor, kind: state}
  service: {name: The fire service, kind: state}
questions:
  houses: {text: How many houses were destroyed?, kind: count, unit: houses}
documents:
  article:
    csl: {type: article-newspaper, title: Landslide}
    voice: newspaper
    tier: secondary
    text: landslide.txt
    passages:
      - quote: The mayor said that five houses were destroyed.
        claims: [{question: houses, key: five, said: five houses, speakers: [mayor]}]
      - quote: The fire service counted at least eight.
        claims: [{question: houses, key: eight, said: at least eight, speakers: [service]}]
    uncoded:
      - {quote: A landslide reached the village on 3 March 2021., reason: no question asks it}
"""


@pytest.fixture
def coded(home: Path) -> Path:
    """A hand-coded file with its text, in the working folder."""
    here = Path.cwd()
    assert here != home
    (here / "landslide.txt").write_text(TEXT, "utf-8")
    (here / "landslide.yaml").write_text(CODED, "utf-8")
    return here / "landslide.yaml"


def begin(claims: Claims, *more: object) -> None:
    assert claims("init", "--as", "A coder", *more).code == 0


def loaded(claims: Claims, coded: Path) -> None:
    begin(claims)
    assert claims("load", coded).code == 0


def test_from_an_empty_home_to_a_report(process: Claims, home: Path, coded: Path) -> None:
    begun = process("init", "--title", "Landslides")
    assert (begun.code, begun.err) == (0, "")
    assert str(home) in begun.out
    assert "administrator (new)" in begun.out
    stored = process("load", coded.name)
    assert (stored.code, stored.err) == (0, "")
    assert stored.out.endswith("Stored. Next: claims report landslide\n")
    listed = process("topic", "list")
    assert listed.out.split()[-4:] == ["landslide", "2021-03-03", "1", "2"]
    printed = process("report")
    assert (printed.code, printed.err) == (0, "")
    assert "“five houses”" in printed.out
    assert "HARD CONFLICT" in printed.out
    assert "\x1b" not in printed.out


def test_everything_lies_where_the_environment_says(process: Claims, home: Path) -> None:
    shutil.rmtree(home)
    places = {"CLAIMS_DATABASE_URL": "x/y.db", "CLAIMS_ARCHIVE_DIR": "texts"}
    made = process("init", "--json", env=places)
    told = json.loads(made.out)
    here = Path.cwd()
    assert told["database"] == str(here / "x" / "y.db")
    assert told["archive"] == str(here / "texts")
    assert not home.exists()


# --- init


def test_beginning_again_changes_nothing_and_says_so(claims: Claims) -> None:
    begin(claims, "--title", "Floods")
    again = claims("init", "--title", "Floods")
    assert again.code == 0
    assert "nothing was changed" in again.out
    assert "(new)" not in again.out
    assert json.loads(claims("init", "--json").out)["contributor"]["name"] == "A coder"


def test_a_second_contributor_enters_claims(claims: Claims) -> None:
    begin(claims)
    told = json.loads(claims("contributor", "add", "Another", "--json").out)
    assert (told["contributor"]["name"], told["contributor"]["role"]) == ("Another", "enterer")
    assert (told["before"], told["changed"]) == (None, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--title", "Other"], "held already with the title 'Floods', not 'Other'"),
        (["--profile", "acled@1"], "held already with the profile 'default@1'"),
        (["--locale", "de"], "held already with the locale 'en'"),
        (["--profile", "none@1"], "there is no profile 'none@1'"),
        (["--title", " "], "the title ' ' cannot be a project's"),
        (["--title", "a\x1b[31m"], "cannot be a project's"),
        (["--title", "x" * 201], "one line of at most 200 signs"),
        (["--profile", ""], "there is no profile ''"),
        (["--as", "a\nb"], "cannot be a contributor's"),
    ],
)
def test_what_a_project_cannot_be(claims: Claims, words: list[str], message: str) -> None:
    begin(claims, "--title", "Floods")
    ran = claims("init", *words)
    assert (ran.code, ran.out) == (3, "")
    assert message in ran.err


def test_a_refused_beginning_leaves_no_database(claims: Claims) -> None:
    assert claims("init", "--db", "x.db", "--profile", "none@1").code == 3
    assert list(Path.cwd().iterdir()) == []


# --- databases that are not ready


@pytest.mark.parametrize(
    "words",
    [
        ["report"],
        ["topic", "list"],
        ["load", "landslide.yaml"],
        ["db", "current"],
        ["db", "upgrade"],
    ],
)
def test_without_a_database_the_command_that_makes_one_is_named(
    claims: Claims, coded: Path, words: list[str]
) -> None:
    assert coded.exists()
    ran = claims(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no database at" in ran.err
    assert "claims init" in ran.err


def older(path: Path) -> None:
    """A database as an unknown, other version leaves it."""
    with sqlite3.connect(path) as held:
        held.execute("UPDATE alembic_version SET version_num = 'other'")
    held.close()


def test_the_schema_of_another_version_is_refused(claims: Claims) -> None:
    begin(claims, "--db", "x.db")
    older(Path("x.db"))
    for words in (["report"], ["init"], ["topic", "list"], ["db", "upgrade"]):
        ran = claims(*words, "--db", "x.db")
        assert (ran.code, ran.out) == (2, "")
        assert "has the schema other" in ran.err


def test_an_empty_file_becomes_a_database(claims: Claims) -> None:
    Path("x.db").touch()
    assert (
        "holds no tables of claims; run `claims init --db " in claims("report", "--db", "x.db").err
    )
    told = json.loads(claims("db", "current", "--db", "x.db", "--json").out)
    assert (told["current"], told["head"]) == (None, head())
    assert "Next: the database" in claims("db", "current", "--db", "x.db").out
    assert claims("db", "upgrade", "--db", "x.db").out.startswith("The schema was none and is ")
    assert "nothing was changed" in claims("db", "upgrade", "--db", "x.db").out
    assert "has no administrator yet" in claims("report", "--db", "x.db").err
    assert claims("init", "--db", "x.db").code == 0
    assert claims("db", "current", "--db", "x.db").out.count(head()) == 2


def test_a_file_that_is_no_database_is_left_alone(claims: Claims) -> None:
    Path("x.db").write_text("words\n" * 1000, "utf-8")
    for words in (["report"], ["init"]):
        ran = claims(*words, "--db", "x.db")
        assert ran.code == 2
        assert "is not a database" in ran.err
    assert Path("x.db").read_text("utf-8") == "words\n" * 1000


def test_a_database_of_something_else_is_left_alone(claims: Claims) -> None:
    with sqlite3.connect("x.db") as held:
        held.execute("CREATE TABLE recipes (name)")
    held.close()
    ran = claims("init", "--db", "x.db")
    assert ran.code == 2
    assert "holds tables of something else" in ran.err


@pytest.mark.parametrize("address", ["postgresql://host/x", ":memory:", "x.db?mode=ro"])
def test_other_addresses_are_refused(claims: Claims, address: str) -> None:
    assert claims("report", "--db", address).code == 2


# --- who acts


def test_a_stranger_is_told_how_to_become_a_contributor(claims: Claims, coded: Path) -> None:
    begin(claims)
    for words in (["load", coded], ["report"], ["topic", "list"]):
        ran = claims(*words, "--as", "A stranger")
        assert (ran.code, ran.out) == (7, "")
        assert "no contributor is called 'A stranger'; contributors are 'A coder'" in ran.err


def test_a_contributor_may_load_and_report(
    claims: Claims, coded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(claims)
    claims("contributor", "add", "Another")
    monkeypatch.setenv("CLAIMS_ACTOR", "Another")
    assert claims("load", coded).code == 0
    assert claims("report").code == 0


def test_a_flag_may_stand_before_the_command_or_after_it(claims: Claims) -> None:
    begin(claims, "--db", "x.db")
    assert claims("--db", "x.db", "topic", "list").code == 0
    assert claims("--db", "y.db", "topic", "list", "--db", "x.db").code == 0
    assert claims("--as", "A stranger", "--db", "x.db", "topic", "list").code == 7


# --- load


def test_a_dry_run_stores_nothing(claims: Claims, coded: Path) -> None:
    begin(claims)
    ran = claims("load", coded, "--dry-run")
    assert ran.code == 0
    assert "nothing was stored" in ran.out
    assert claims("topic", "list").out.startswith("No topic is held yet.")
    assert claims("topic", "list", "--json").out == "[]\n"


def test_the_plan_names_what_changes(claims: Claims, coded: Path) -> None:
    loaded(claims, coded)
    assert claims("load", coded).out.endswith("\nNothing was changed.\n")
    changed = CODED.replace("name: The mayor", "name: The mayor of the village")
    coded.write_text(changed.replace("  service:", "  rescue:").replace("[service]", "[rescue]"))
    ran = claims("load", coded)
    assert ran.code == 0
    heading = ran.out.splitlines()[0].split()
    assert heading == ["new", "updated", "unchanged", "gone"]
    assert "Changed in the file:\n  " in ran.out
    assert re.search(
        r"landslide\.yaml:9:\d+: source mayor\n    name: The mayor → The mayor of", ran.out
    )
    assert "    name: The mayor → The mayor of the village" in ran.out
    assert (
        "Gone from the file, but still in the database and in its reports;"
        " --remove-gone takes it out:\n  source service" in ran.out
    )


def test_what_to_do_next_names_the_topic_and_the_database(claims: Claims, coded: Path) -> None:
    assert claims("init", "--db", "my own.db").code == 0
    both = CODED.replace("topics:\n", "topics:\n  storm: {label: The storm}\n")
    coded.write_text(both.replace("kind: count,", "kind: count, topic: landslide,"), "utf-8")
    ran = claims("load", coded, "--db", "my own.db")
    assert ran.out.endswith("Stored. Next: claims report storm --db 'my own.db' (or landslide)\n")


def test_a_report_in_json_cannot_steer_a_terminal(claims: Claims, coded: Path) -> None:
    begin(claims)
    coded.write_text(CODED.replace("The landslide", "The \u202elandslide"), "utf-8")
    assert claims("load", coded).code == 0
    printed = claims("report", "--format", "json").out
    assert "\u202e" not in printed
    assert json.loads(printed)["topic"]["label"] == "The \u202elandslide"


def test_the_plan_in_json(claims: Claims, coded: Path) -> None:
    begin(claims)
    told = json.loads(claims("load", coded, "--json").out)
    assert (told["dry_run"], told["changed"]) == (False, True)
    assert told["counts"]["claim"] == {"new": 2}
    (topic,) = (item for item in told["items"] if item["entity"] == "topic")
    assert (topic["state"], topic["key"], topic["line"]) == ("new", "landslide", 6)


def test_all_faults_are_listed_and_nothing_is_stored(claims: Claims, coded: Path) -> None:
    begin(claims)
    broken = CODED.replace("kind: count", "kind: number").replace("[mayor]", "[majors]")
    coded.write_text(broken, "utf-8")
    ran = claims("load", coded)
    assert (ran.code, ran.out) == (3, "")
    lines = ran.err.splitlines()
    assert lines[-1].startswith("Error: 2 faults were found; nothing was stored.")
    assert all(":" in line and "; expected " in line for line in lines[:2])
    assert claims("topic", "list", "--json").out == "[]\n"
    told = json.loads(claims("load", coded, "--json").err)
    assert (told["exit_code"], len(told["faults"])) == (3, 2)


def test_a_folder_is_loaded_whole(claims: Claims, coded: Path) -> None:
    begin(claims)
    assert claims("load", coded.parent).code == 0


def test_a_missing_file_and_an_empty_folder_are_faults(claims: Claims) -> None:
    begin(claims)
    Path("empty").mkdir()
    ran = claims("load", "missing.yaml", "empty")
    assert ran.code == 3
    assert "2 faults were found" in ran.err


def test_the_schema_of_the_format_is_printed(claims: Claims) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(claims("load", "--schema").out))


# --- report


@pytest.mark.parametrize("name", ["landslide", "The landslide", "der erdrutsch"])
def test_a_topic_goes_by_each_of_its_names(claims: Claims, coded: Path, name: str) -> None:
    loaded(claims, coded)
    assert "The landslide" in claims("report", name).out


def test_a_topic_goes_by_the_beginning_of_its_id(claims: Claims, coded: Path) -> None:
    loaded(claims, coded)
    (topic,) = json.loads(claims("topic", "list", "--json").out)
    assert claims("report", topic["id"][:8]).code == 0


def test_an_unknown_topic_is_answered_with_the_nearest(claims: Claims, coded: Path) -> None:
    loaded(claims, coded)
    ran = claims("report", "landslip")
    assert (ran.code, ran.out) == (6, "")
    assert "the nearest is 'The landslide'" in ran.err
    told = json.loads(claims("report", "landslip", "--format", "json").err)
    assert (told["kind"], told["exit_code"]) == ("NotFound", 6)


def test_without_topics_the_command_that_loads_is_named(claims: Claims) -> None:
    begin(claims)
    ran = claims("report")
    assert ran.code == 6
    assert "claims load FILE" in ran.err


def test_with_several_topics_one_must_be_named(claims: Claims, coded: Path) -> None:
    loaded(claims, coded)
    two = CODED.replace("org/landslide", "org/two").replace("landslide: {", "flood: {")
    coded.write_text(two.replace("The landslide", "The flood"), "utf-8")
    assert claims("load", coded).code == 0
    ran = claims("report")
    assert ran.code == 3
    assert "2 topics are held; say which one is meant: 'landslide', 'flood'" in ran.err
    assert claims("report", "flood").code == 0


def test_the_report_in_json_follows_its_schema(claims: Claims, coded: Path) -> None:
    loaded(claims, coded)
    schema = json.loads(claims("report", "--schema").out)
    for words in ([], ["--conflicts"]):
        found = json.loads(claims("report", "--format", "json", *words).out)
        jsonschema.validate(found, schema)
        assert found["questions"][0]["status"] == "CONFLICT_HARD"


def test_another_profile_is_read_and_printed(claims: Claims, coded: Path) -> None:
    loaded(claims, coded)
    found = json.loads(claims("report", "--profile", "acled@1", "--format", "json").out)
    assert found["profile"] == "acled@1"
    ran = claims("report", "--profile", "none@1")
    assert ran.code == 3
    assert "there is no profile 'none@1'" in ran.err


def test_the_report_is_written_to_a_file(claims: Claims, coded: Path) -> None:
    loaded(claims, coded)
    ran = claims("report", "--format", "markdown", "--output", "report.md")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"Written: 'report.md' ({Path('report.md').stat().st_size:,} bytes).\n"
    assert Path("report.md").read_text("utf-8").startswith("# The landslide\n")
    assert claims("report", "--format", "markdown", "-o", "-").out.startswith("# The landslide\n")
    ran = claims("report", "--output", "no/such/folder.md")
    assert ran.code == 2
    assert "'no/such/folder.md' could not be used: no such file or directory" in ran.err


@pytest.mark.parametrize("width", [40, 72, 200])
def test_the_report_fits_the_width(claims: Claims, coded: Path, width: int) -> None:
    loaded(claims, coded)
    lines = claims("report", "--width", width).out.splitlines()
    assert max(len(line) for line in lines) <= width
    assert max(len(line) for line in lines) > width - 10


def test_the_terminal_sets_the_width(
    claims: Claims, coded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(claims, coded)
    monkeypatch.setenv("COLUMNS", "60")
    assert max(len(line) for line in claims("report").out.splitlines()) == 60


def test_colour_is_on_where_asked_for_and_off_in_a_pipe(claims: Claims, coded: Path) -> None:
    loaded(claims, coded)
    assert "\x1b[" in claims("report", "--color", "always").out
    assert "\x1b[" not in claims("report").out
    assert "\x1b[" not in claims("report", "--color", "never").out


@pytest.mark.parametrize(("level", "code"), [("never", 0), ("hard", 1), ("soft", 1), ("any", 1)])
def test_findings_end_with_exit_code_1(claims: Claims, coded: Path, level: str, code: int) -> None:
    loaded(claims, coded)
    ran = claims("report", "--fail-on", level)
    assert ran.code == code
    assert "HARD CONFLICT" in ran.out


def test_a_report_without_findings_ends_with_0(claims: Claims, coded: Path) -> None:
    coded.write_text(CODED.replace("said: five houses", "said: five houses, stance: reports"))
    calm = TEXT.replace("five", "eight")
    Path("landslide.txt").write_text(calm, "utf-8")
    coded.write_text(CODED.replace("five houses", "eight houses"), "utf-8")
    loaded(claims, coded)
    assert claims("report", "--fail-on", "any").code == 0


def test_a_soft_conflict_is_no_hard_one(claims: Claims, coded: Path) -> None:
    Path("landslide.txt").write_text(
        TEXT.replace("five", "several").replace("at least eight", "dozens")
    )
    text = CODED.replace("five houses", "several houses").replace("at least eight", "dozens")
    coded.write_text(text, "utf-8")
    loaded(claims, coded)
    assert claims("report", "--fail-on", "hard").code == 0
    assert claims("report", "--fail-on", "soft").code == 1


# --- coverage


def test_coverage_finds_a_forgotten_sentence(claims: Claims, coded: Path) -> None:
    assert claims("coverage", coded).code == 0
    coded.write_text(CODED[: CODED.index("    uncoded:")], "utf-8")
    ran = claims("coverage", coded)
    assert ran.code == 1
    assert "MISSING" in ran.out
    (document,) = json.loads(claims("coverage", coded, "--json").out)
    assert (document["missing"], len(document["sentences"])) == (1, 3)
    assert document["sentences"][0]["missing"] is True


# --- demo


def test_the_demonstration_leaves_nothing_behind(process: Claims, home: Path) -> None:
    Path("tmp").mkdir()
    ran = process("demo", env={"TMPDIR": str(Path("tmp").absolute()), "COLUMNS": "80"})
    assert (ran.code, ran.err) == (0, "")
    assert "default@1" in ran.out
    assert "WHERE SOURCES CONFLICT" in ran.out
    assert list(Path("tmp").iterdir()) == []
    assert list(home.iterdir()) == []


def test_the_demonstration_keeps_the_database_that_is_named(claims: Claims) -> None:
    ran = claims("demo", "--db", "demo/demo.db", "--format", "json")
    first = json.loads(ran.out)
    again = json.loads(claims("demo", "--db", "demo/demo.db", "--format", "json").out)
    assert first["head"] == again["head"]
    assert claims("report", "--db", "demo/demo.db", "--conflicts").code == 0
    assert sorted(path.name for path in Path("demo").iterdir()) == ["demo-archive", "demo.db"]


def test_the_demonstration_ignores_the_settings_of_a_project(
    claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_DATABASE_URL", "mine.db")
    monkeypatch.setenv("CLAIMS_ARCHIVE_DIR", "texts")
    assert claims("demo", "--format", "markdown").out.startswith("# ")
    assert os.listdir() == []  # noqa: PTH208 -- the working folder itself
