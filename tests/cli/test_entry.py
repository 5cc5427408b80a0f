"""Entering and editing from an empty database, as a person types it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from claims.exchange.fields import FIELDS, noun_of
from tests.cli.conftest import Claims

TEXT = """The shelling of 1992. According to Memorial, dozens of civilians were killed by shelling.
The village council said that 8 people died. Unnamed reports said several people were killed.
Between 580 and 1500 people fled. The organization could not confirm that leaflets were dropped.
Volunteers took part, it was reported.
"""


QUESTIONS = [
    {"text": "How many people were killed?", "kind": "count", "key": "killed", "unit": "people"},
    {"text": "How many people fled?", "kind": "count", "key": "fled"},
    {"text": "Were leaflets dropped?", "kind": "boolean", "key": "leaflets"},
    {"text": "Did volunteers take part?", "kind": "boolean", "key": "volunteers"},
]
SOURCES = [
    {"name": "Encyclopedia", "kind": "encyclopedia"},
    {"name": "Memorial", "kind": "ngo", "aliases": ["the organization"]},
    {"name": "village council", "kind": "state"},
    {"name": "unnamed reports", "named": False},
]


@pytest.fixture
def project(claims: Claims) -> Claims:
    """A project with a topic, questions, sources and an archived text, all typed in."""
    Path("article.txt").write_text(TEXT, encoding="utf-8")
    for words, entries in (
        (("init", "--as", "me"), []),
        (("topic", "add", "--label", "The shelling", "--dates", "1992", "--key", "shelling"), []),
        (("question", "add", "--json"), QUESTIONS),
        (("source", "add", "--json"), SOURCES),
        (
            (
                *("document", "add", "--title", "An article", "--voice", "encyclopedia"),
                *("--tier", "tertiary", "--text", "article.txt", "--key", "article"),
            ),
            [],
        ),
    ):
        done = claims(*words, stdin=json.dumps(entries).encode())
        assert done.code == 0, done.err
    return claims


def _claim(question: str, quote: str, *more: str) -> tuple[str, ...]:
    return (
        "claim",
        "add",
        "--document",
        "article",
        "--question",
        question,
        "--quote",
        quote,
        *more,
    )


DOZENS = _claim(
    "killed",
    "According to Memorial, dozens of civilians were killed by shelling.",
    *("--said", "dozens of civilians", "--speakers", "Memorial"),
    *("--confidence", "low", "--reason", "the primary document is not held"),
)
EIGHT = _claim(
    "killed",
    "The village council said that 8 people died.",
    *("--said", "8 people", "--speakers", "Encyclopedia > village council"),
)
SEVERAL = _claim(
    "killed",
    "Unnamed reports said several people were killed.",
    *("--said", "several people", "--speakers", "unnamed reports", "--stance", "reports"),
)


def test_the_claims_of_an_article_are_entered_by_hand(project: Claims) -> None:
    for words, effect in (
        (DOZENS, "killed: UNANSWERED → SINGLE"),
        (EIGHT, "killed: SINGLE → CONFLICT_HARD"),
        (SEVERAL, None),
        (
            _claim(
                "fled",
                "Between 580 and 1500 people fled.",
                *("--said", "Between 580 and 1500 people", "--range-basis", "sources"),
            ),
            "fled: UNANSWERED → SINGLE",
        ),
        (
            _claim(
                "leaflets",
                "The organization could not confirm that leaflets were dropped.",
                *("--speakers", "the organization", "--stance", "could_not_confirm"),
            ),
            None,
        ),
        (
            _claim(
                "volunteers",
                "Volunteers took part, it was reported.",
                *("--hedge", "it was reported", "--speakers", "unnamed reports"),
                *("--stance", "reports"),
            ),
            "volunteers: UNANSWERED → SINGLE",
        ),
    ):
        done = project(*words)
        assert (done.code, done.err) == (0, "")
        assert re.match(r"claim [0-9a-f]{8} added \(version 1\): ", done.out)
        assert effect is None or effect in done.out.splitlines()
    report = project("report", "--conflicts", "--width", "100").out
    assert "In dispute" in report
    assert "HARD CONFLICT" in report
    for said in ("“dozens of civilians”", "“8 people”", "“several people”", "Memorial"):
        assert said in report
    assert "confidence: low" in report


def test_a_dry_run_stores_nothing(project: Claims) -> None:
    done = project(*EIGHT, "--dry-run")
    assert "would be added (version 1): village council asserts “8 people”" in done.out
    assert "killed: UNANSWERED → SINGLE" in done.out
    assert "This was a dry run: nothing was stored." in done.out
    assert "No claim is listed" in project("claim", "list").out


def test_a_hostile_key_steers_no_terminal(claims: Claims) -> None:
    assert claims("init", "--as", "me").code == 0
    hostile = "a\u202eb\x9bc"

    done = claims("source", "add", "--name", "Gazette", "--kind", "newspaper", "--key", hostile)
    told = claims("source", "show", "Gazette", "--json").out

    assert done.out == "source a‹U+202E›b‹U+009B›c added (version 1): Gazette\n"
    assert not set(told) & set(hostile[1:4:2])
    assert json.loads(told)["key"] == hostile


def test_json_in_and_out_all_or_none(project: Claims) -> None:
    good = {"document": "article", "question": "killed", "speakers": ["village council"]}
    good |= {"quote": "The village council said that 8 people died.", "said": "8 people"}
    several = [good, {**good, "question": "nosuch"}]
    refused = project("claim", "add", "--json", stdin=json.dumps(several).encode())
    told = json.loads(refused.err)
    assert (refused.code, refused.out, told["kind"]) == (3, "", "DocumentFaults")
    assert [(one["file"], one["field"]) for one in told["faults"]] == [("claim 2", "question")]
    done = project("claim", "add", "--json", stdin=json.dumps([good]).encode())
    answer = json.loads(done.out)
    assert [(one["entity"], one["state"]) for one in answer["items"]] == [("claim", "added")]
    assert answer["effects"][0]["after"] == "SINGLE"
    (line,) = json.loads(project("claim", "list", "--json").out)
    shown = json.loads(project("claim", "show", line["id"], "--json").out)
    assert shown["version"] == 1
    assert shown["chain"] == ["Encyclopedia", "village council"]
    again = {**shown["fields"], "note": "typed in again"}
    done = project("claim", "add", "--json", stdin=json.dumps(again).encode())
    assert done.code == 0, done.err


def test_the_same_request_twice_is_one_claim(project: Claims) -> None:
    first, second = project(*EIGHT, "--once", "a"), project(*EIGHT, "--once", "a")
    assert second.out.startswith("This request was carried out before; nothing was done now.")
    assert first.out.split()[1] == second.out.splitlines()[1].split()[1]
    assert len(json.loads(project("claim", "list", "--json").out)) == 1
    other = project(*SEVERAL, "--once", "a")
    assert (other.code, "was used already, for another request" in other.err) == (3, True)


def test_of_two_edits_of_one_version_the_second_is_refused(project: Claims) -> None:
    target = project(*EIGHT).out.split()[1]
    edit = ("claim", "edit", target)
    assert "(version 2)" in project(*edit, "--note", "hers", "--version", "1").out
    stale = project(*edit, "--note", "his", "--as-of", "1992", "--version", "1")
    assert stale.code == 4
    assert "note: read 'nothing', theirs 'hers', yours 'his' (both changed it)" in stale.err
    assert "as_of: read 'nothing', theirs 'nothing', yours '1992'" in stale.err
    assert project(*edit, "--as-of", "1992", "--version", "1").code == 4
    assert "(version 3)" in project(*edit, "--as-of", "1992", "--version", "1", "--merge").out
    shown = json.loads(project("claim", "show", target, "--json").out)["fields"]
    assert (shown["note"], shown["as_of"]) == ("hers", "1992")


def test_the_life_of_a_claim(project: Claims) -> None:
    target = project(*EIGHT).out.split()[1]
    done = project("claim", "edit", target, "--said", "8", "--reason", "the words alone")
    assert f"claim {target} changed (version 2): village council asserts “8”" in done.out
    done = project("claim", "retract", target, "--at", "1993", "--reason", "withdrawn")
    assert "retracted (version 3)" in done.out
    assert "killed: SINGLE → UNANSWERED" in done.out
    assert "restored (version 4)" in project("claim", "restore", target).out
    done = project(
        *("claim", "supersede", target, "--said", "several people"),
        *("--quote", "Unnamed reports said several people were killed."),
    )
    assert done.code == 0, done.err
    newer = done.out.split()[1]
    refused = project("claim", "remove", target)
    assert (refused.code, f"claim {newer}" in refused.err) == (3, True)
    assert "removed: village council" in project("claim", "remove", newer).out
    assert project("claim", "show", newer).code == 6
    assert "restored" in project("claim", "restore", newer).out
    shown = project("claim", "show", target).out
    assert re.search(rf"superseded by: +{newer}", shown)
    history = project("claim", "history", target)
    assert history.code == 0
    assert "the words alone" in history.out


def test_what_is_read_is_shown(project: Claims) -> None:
    target = project(*DOZENS).out.split()[1]
    shown = even(project("claim", "show", target).out)
    assert "read as: allows 12 or more, typically 24 to 99" in shown
    assert "said by: Encyclopedia → Memorial" in shown
    assert "confidence: low, by me: the primary document is not held" in shown
    assert "cited: “According to Memorial, dozens of civilians were killed" in shown
    assert "version: 1" in shown


def even(text: str) -> str:
    return re.sub(r" +", " ", text)


MISTAKES: list[tuple[tuple[str, ...], bytes, int, str]] = [
    (("claim", "add"), b"", 2, "no field was given; see `claims claim add --help`"),
    (("claim", "edit", "x"), b"", 2, "see `claims claim edit --help`"),
    (("claim", "add", "--json"), b"", 3, "standard input is no JSON"),
    (("claim", "add", "--json"), b"{", 3, "in line 1, column 2"),
    (("claim", "add", "--json"), b"[1]", 3, "standard input holds no fields"),
    (("claim", "add", "--json"), b"[]", 3, "standard input holds no fields"),
    (("claim", "add", "--json"), b"\xff", 3, "not UTF-8"),
    (("claim", "add", "--json"), b"[" * 100_000, 3, "nested too deeply"),
    (("topic", "add", "--json"), b'{"a": 1, "a": 2}', 3, "names 'a' twice"),
    (("topic", "add", "--json"), b'{"label": "a\\u0000"}', 3, "the character U+0000"),
    (
        ("topic", "add", "--dates", "1992"),
        b"",
        3,
        "--label: found nothing; expected what it is called",
    ),
    (("topic", "add", "--label", "x", "--alias", "x"), b"", 2, "'x' is not of the form"),
    (("topic", "edit", "shelling", "--clear", "labl"), b"", 2, "no field 'labl'"),
    (("topic", "edit", "shelling", "--clear", "label"), b"", 3, "no field 'label'"),
    (("topic", "edit", "x", "--label", "y"), b"", 6, "there is no topic 'x'"),
    (("topic", "remove", "shelling"), b"", 3, "others refer to it: question killed"),
    (("topic", "restore", "shelling"), b"", 3, "name a --version"),
    (("source", "add", "--name", "x", "--kind", "ngos"), b"", 3, "did you mean 'ngo'?"),
    (("claim", "list", "--question", "x"), b"", 6, "there is no question 'x'"),
    (("claim", "show", "zzzz"), b"", 6, "there is no claim 'zzzz'"),
    (("claim", "retract", "zzzz", "--at", "1"), b"", 2, "--reason"),
    (("question", "add", "--text", "x", "--kind", "date"), b"", 3, "a date without an aspect"),
]


def test_every_mistake_is_answered_in_a_sentence(project: Claims) -> None:
    for words, stdin, code, message in MISTAKES:
        done = project(*words, stdin=stdin)
        assert (done.code, done.out) == (code, ""), (words, done)
        assert message in done.err, (words, done.err)
        assert "Traceback" not in done.err


def test_a_text_that_cannot_be_read_says_why(project: Claims) -> None:
    Path("latin.txt").write_bytes(b"caf\xe9")
    document = ("document", "add", "--title", "x", "--voice", "memorial", "--tier", "primary")
    for name, message in (
        ("nosuch.txt", "the text 'nosuch.txt' cannot be read (no such file or directory)"),
        (".", "the text '.' is no file"),
        ("latin.txt", "which is not UTF-8 (byte 0xE9 in line 1)"),
    ):
        done = project(*document, "--text", name)
        assert (done.code, message in done.err) == (3, True), done.err


def test_likely_duplicates_are_warned_about_and_stored(project: Claims) -> None:
    done = project("source", "add", "--name", "Memorial HRC")
    assert done.code == 0
    assert "Note: “Memorial HRC” looks like the source “Memorial”" in done.out


def test_everything_can_be_entered_listed_shown_edited_and_removed(project: Claims) -> None:
    """One entry of each kind, typed with flags alone."""
    claim = project(*EIGHT).out.split()[1]
    typed: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "term": (("--label", "rain", "--scheme", "cause"), ("--alias", "fr=pluie")),
        "place": (("--name", "The valley", "--latitude", "50", "--longitude", "7"), _GAZETTEER),
        "party": (("--name", "The government"), ("--name", "The State")),
        "crosscheck": (
            ("--text", "odd", "--reason", "why", "--question", "killed", "--claim", claim),
            ("--text", "odder"),
        ),
        "dependence": (
            (
                *("--kind", "quotes", "--source", "memorial", "--source", "village council"),
                *("--basis", "the same words"),
            ),
            ("--basis", "the same figure"),
        ),
    }
    for noun, (fields, change) in typed.items():
        done = project(noun, "add", *fields, "--json")
        assert done.code == 0, done.err
        id_ = json.loads(done.out)["items"][0]["id"]
        assert [one["id"] for one in json.loads(project(noun, "list", "--json").out)] == [id_]
        done = project(noun, "edit", id_[:8], *change)
        assert "changed (version 2)" in done.out, done.err
        shown = json.loads(project(noun, "show", id_[:8], "--json").out)
        assert (shown["version"], shown["id"]) == (2, id_)
        assert "removed" in project(noun, "remove", id_[:8]).out
        assert "restored" in project(noun, "restore", id_[:8]).out


_GAZETTEER = ("--gazetteer", "geonames:1")


def test_two_parties_are_opposed_and_two_terms_linked(project: Claims) -> None:
    for name in ("a", "b"):
        project("party", "add", "--name", name, "--key", name)
        project("term", "add", "--label", name, "--key", name)
    done = project("opposition", "add", "--between", "a", "--between", "b", "--topic", "shelling")
    assert (done.code, "opposition" in done.out) == (0, True)
    link = ("link", "add", "--between", "a", "--between", "b", "--link", "exclusive")
    assert project(*link, "--reason", "unlike").code == 0
    assert "'a' twice" in project("opposition", "add", "--between", "a", "--between", "a").err


def test_judging_takes_the_place_of_ones_own_earlier_judgement(project: Claims) -> None:
    target = project(*DOZENS).out.split()[1]
    done = project("assess", "add", "--claim", target, "--confidence", "high", "--reason", "held")
    assert "Note: it takes the place of your confidence low" in done.out
    assessment = done.out.split()[1]
    done = project("assess", "supersede", assessment, "--confidence", "moderate", "--reason", "x")
    assert "confidence moderate of Memorial" in done.out
    shown = json.loads(project("claim", "show", target, "--json").out)
    assert [one["code"] for one in shown["assessments"]] == ["moderate"]
    done = project("assess", "add", "--claim", target, "--reliability", "A", "--reason", "x")
    assert "a reliability of a claim" in done.err


def test_names_are_completed_quickly_and_silently(project: Claims, process: Claims) -> None:
    assert project("source", "list").code == 0
    words = {"_CLAIMS_COMPLETE": "complete_bash", "COMP_CWORD": "4"}
    asked = "claims claim add --document "
    done = process(env={**words, "COMP_WORDS": asked + "ar"})
    assert done.out.split() == ["article"]
    nowhere = {**words, "COMP_WORDS": asked, "CLAIMS_DATABASE_URL": "nosuch.db"}
    assert (process(env=nowhere).out.strip(), process(env=nowhere).err) == ("", "")


def test_help_pages_load_no_database() -> None:
    code = (
        "import sys\n"
        "from claims.cli.guard import guarded\n"
        "guarded(['claim', 'add', '--help'])\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'jsonschema', 'yaml'} & sys.modules.keys()\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_field_has_its_flag(claims: Claims) -> None:
    for entity, table in FIELDS.items():
        page = claims(noun_of(entity), "add", "--help").out
        for one in table:
            assert f"{one.flag} " in page, (entity, one.name)


def test_a_dry_run_says_in_json_that_nothing_was_added(project: Claims) -> None:
    told = json.loads(project(*EIGHT, "--dry-run", "--json").out)
    assert {one["state"] for one in told["items"]} == {"would be added"}
    assert told["dry_run"] is True
    assert told["action"] is None
    assert all(one["unknown"] is False for one in told["effects"])


def test_a_removed_claim_comes_back_by_the_command_that_is_told(project: Claims) -> None:
    project(*EIGHT, "--key", "eight")
    told = project("claim", "remove", "eight").out
    past = project("claim", "history", "eight").out
    assert past.count("The village council said that 8 people died.") >= 2
    call = re.search(r"To bring it back: claims (.*)", told)
    assert call is not None
    assert project("claim", "show", "eight").code == 6
    assert project(*call.group(1).split()).code == 0
    assert project("claim", "show", "eight").code == 0


@pytest.mark.parametrize(
    "entry", ['{"name": true}', '{"name": 1.50}', '{"name": NaN}', '{"name": -Infinity}']
)
def test_json_that_is_no_words_is_refused_by_its_field(project: Claims, entry: str) -> None:
    refused = project("source", "add", "--json", stdin=entry.encode())
    assert refused.code == 3
    assert "name" in {one["field"] for one in json.loads(refused.err)["faults"]}
    assert "1.50" in refused.err or "1.50" not in entry


def test_what_flags_left_out_is_told_by_the_flags_and_of_json_by_its_fields(
    project: Claims,
) -> None:
    Path("x.txt").write_text("Eight people died.", encoding="utf-8")

    left_out = project("document", "add", "x.txt")
    assert left_out.code == 3
    assert left_out.err.splitlines()[:3] == [
        "document: --title: found nothing; expected the title",
        "document: --voice: found nothing; expected the source that speaks in it",
        (
            "document: --tier: found nothing; expected how far it stands from the event: primary,"
            " secondary, tertiary"
        ),
    ]
    graded = ("--document", "article", "--question", "dead", "--quote", "12 people", "--said", "12")
    judged = project("claim", "add", *graded, "--confidence", "low", "--speakers", "no one")
    assert "claim: --reason: found nothing; expected why it is graded so" in judged.err
    assert "claim: --speakers: found 'no one', which names no source" in judged.err
    wrong = project("document", "add", "--title", "T", "--issued", "1992-13", "--voice", "no one")
    assert "document: --tier: found nothing" in wrong.err
    assert "document: --issued: found '1992-13' (" in wrong.err
    assert "document: --voice: found 'no one', which names no source" in wrong.err

    told = project("document", "add", "--json", stdin=b'{"csl": {"URL": "z"}}')
    assert [one["field"] for one in json.loads(told.err)["faults"]] == [
        "csl.title",
        "voice",
        "tier",
    ]
