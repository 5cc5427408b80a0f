"""From a file to a report that shows its archived copy, and what becomes of it afterwards."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.main import get_command

from claims.cli.app import app
from tests.cli.conftest import Claims, Ran
from tests.cli.prepared import ANNA, prepare
from tests.postgres import Server

HEAD = "<!DOCTYPE html><html lang='en'><head><title>The flood</title></head><body><article>"
DEAD = "The Ministry said that 12 people died in the flood of July."
HOMES = "The mayor reported that 30 houses in the old quarter could not be lived in."
MILL = "The lower mill was carried away by the river in one night, a baker told us."
BOATS = "Volunteers brought 40 boats to the valley on the second day, it was reported."
QUOTES = {"dead": DEAD, "homes": HOMES, "mill": MILL, "boats": BOATS}
SAID = {"dead": "12 people", "homes": "30 houses", "mill": "yes", "boats": "40 boats"}


def page(*paragraphs: str) -> str:
    return HEAD + "".join(f"<p>{one}</p>\n" for one in paragraphs) + "</article></body></html>"


def text(*paragraphs: str) -> str:
    """Plain text, which is read at once; a page is read by a process of its own."""
    return "\n\n".join((*paragraphs, ""))


HTML = page(DEAD, MILL, HOMES, BOATS, "An advertisement.")

V1 = text(DEAD, MILL, HOMES, BOATS, "An advertisement.")
V2 = text(DEAD, "A correction was made.", MILL, HOMES.replace("30", "13"), "Another advertisement.")


QUESTIONS = [
    {"text": "How many people died?", "kind": "count", "key": "dead", "unit": "people"},
    {"text": "How many houses were lost?", "kind": "count", "key": "homes", "unit": "houses"},
    {"text": "Was the mill carried away?", "kind": "boolean", "key": "mill"},
    {"text": "How many boats came?", "kind": "count", "key": "boats", "unit": "boats"},
]


@cache
def declared(_: typer.Typer) -> object:
    """All commands, declared once and not for each run."""
    return get_command(app)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Declaring the commands takes most of the time of one."""
    monkeypatch.setattr(typer.main, "get_command", declared)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def project(
    request: pytest.FixtureRequest, claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Claims]:
    """An empty project on each engine; the archive is the folder ``archive``."""
    monkeypatch.setenv("CLAIMS_ARCHIVE_DIR", "archive")
    if request.param == "sqlite":
        monkeypatch.setenv("CLAIMS_DATABASE_URL", "here.db")
        begun(claims)
        yield claims
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as url:
        monkeypatch.setenv("CLAIMS_DATABASE_URL", url)
        begun(claims)
        yield claims


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with questions and a source, which tests copy."""
    entries: list[tuple[str, dict[str, str]]] = [
        ("topic", {"label": "The flood", "key": "flood"}),
        *(("question", one) for one in QUESTIONS),
        ("source", {"name": "The gazette", "key": "gazette"}),
    ]
    return prepare(tmp_path_factory.mktemp("template") / "here.db", entries)


@pytest.fixture
def own(claims: Claims, template: Path, monkeypatch: pytest.MonkeyPatch) -> Claims:
    """A project in a file, with the archive beside it in the folder ``archive``."""
    monkeypatch.setenv("CLAIMS_ARCHIVE_DIR", "archive")
    monkeypatch.setenv("CLAIMS_DATABASE_URL", "here.db")
    shutil.copy(template, "here.db")
    pages()
    return claims


def pages() -> None:
    Path("page.html").write_text(HTML, encoding="utf-8")
    Path("page.txt").write_text(V1, encoding="utf-8")
    Path("page-2.txt").write_text(V2, encoding="utf-8")


def begun(claims: Claims) -> None:
    pages()
    ok(claims("init", "--as", ANNA.name, "--title", "Floods"))
    ok(claims("topic", "add", "--label", "The flood", "--key", "flood"))
    ok(claims("question", "add", "--json", stdin=json.dumps(QUESTIONS).encode()))
    ok(claims("source", "add", "--name", "The gazette", "--key", "gazette"))


def ok(ran: Ran) -> str:
    assert (ran.code, ran.err) == (0, "")
    return ran.out


ENTRY = ("--title", "The flood", "--voice", "gazette", "--tier", "secondary", "--key", "article")


def added(claims: Claims, file: str = "page.txt", *more: str) -> str:
    return ok(claims("document", "add", file, *ENTRY, *more))


def claimed(claims: Claims) -> None:
    for key, quote in QUOTES.items():
        words = ("--document", "article", "--question", key, "--quote", quote, "--key", key)
        value = ("--value", "yes") if key == "mill" else ("--said", SAID[key])
        ok(claims("claim", "add", *words, *value))


def files() -> list[Path]:
    return sorted(path for path in Path("archive").rglob("*") if path.is_file())


def as_json(ran: Ran) -> Any:  # noqa: ANN401 (JSON)
    assert ran.err == ""
    return json.loads(ran.out)


def test_from_a_page_to_a_report_that_shows_its_copy(project: Claims) -> None:
    told = added(project, "page.html", "--captured-at", "2026-07-20T08:00:00Z")
    digest = hashlib.sha256(HTML.encode()).hexdigest()
    assert f"Archived copy: text/html, {len(HTML)} bytes, SHA-256 {digest}" in told
    assert "It begins: “The Ministry said that 12 people died" in told
    assert "document article added (version 1): The flood" in told
    assert Path("archive/sha256", digest[:2], digest[2:]).read_bytes() == HTML.encode()
    claimed(project)
    report = as_json(project("report", "--format", "json"))
    assert [one["sha256"] for one in report["citations"]] == [digest]
    text = " ".join(ok(project("report")).split())
    assert "archived copy, captured on 20 July 2026, SHA-256" in text
    shown = ok(project("document", "show", "article"))
    assert re.search(r"archived copy: +[0-9a-f]{8}: text/html, .*4 passages, captured on", shown)
    listed = as_json(project("document", "snapshots", "article", "--json"))
    assert [(one["sha256"], one["passages"], one["missing"]) for one in listed] == [(digest, 4, [])]
    claims_page = ok(project("report", "--format", "html"))
    assert "Volunteers brought" in claims_page
    assert "all there, and unaltered" in ok(project("document", "check"))
    assert "Everything adds up" in ok(project("verify"))


SPOKEN = """WEBVTT

00:00:05.000 --> 00:00:09.000
The council met in May.

00:02:10.000 --> 00:02:14.000
Then 12 people died in the flood.
"""


def test_the_audit_compares_a_time_with_the_archived_transcript(own: Claims) -> None:
    """The words are spoken at 2:10; what is pinned elsewhere is found, and what is right is not."""
    Path("talk.vtt").write_text(SPOKEN, encoding="utf-8")
    Path("talk.wav").write_bytes(b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0" + bytes(20))
    added(own, "talk.wav", "--transcript", "talk.vtt")
    words = ("--document", "article", "--question", "dead", "--quote", "Then 12 people died")
    for key, time in (("right", "2:12"), ("early", "0:07"), ("late", "9:00:00")):
        more = ("--said", "12 people", "--key", key, "--locator", f"timestamp={time}")
        assert own("claim", "add", *words, *more).code == 0
    ran = own("audit", "--only", "A08", "--width", 200)
    assert ran.code == 1
    assert "2 findings: 2 major." in ran.out
    assert "found the time 0:07, where other words stand" in ran.out
    assert "Correct the locator to timestamp 00:02:10." in ran.out
    assert "found the time 9:00:00, which the document does not have" in ran.out
    assert "A08" not in ran.out.partition("Not checked:")[2]


def test_a_dry_run_tells_all_and_leaves_nothing(own: Claims) -> None:
    told = added(own, "page.txt", "--dry-run")
    assert "Archived copy: text/plain" in told
    assert "document article would be added" in told
    assert not Path("archive").exists()
    data = as_json(own("document", "add", "page.txt", *ENTRY, "--dry-run", "--json"))
    (copy,) = data["copies"]
    assert (copy["file"], copy["media_type"], copy["bytes"]) == ("page.txt", "text/plain", len(V1))
    assert copy["begins"].startswith("The Ministry said")
    assert as_json(own("document", "list", "--json")) == []


SAYS = "says of itself: title “The flood”, author “A desk”, issued “2021-07-20”"


def test_what_a_file_says_of_itself_is_shown_and_taken_only_with_propose(own: Claims) -> None:
    head = '<meta name="author" content="A desk"><meta name="date" content="20 July 2021"></head>'
    Path("page.html").write_text(HTML.replace("</head>", head), encoding="utf-8")
    add = ("document", "add", "page.html", "--voice", "gazette", "--tier", "secondary")

    refused = own(*add)
    assert (refused.code, refused.out) == (3, "")
    assert refused.err.splitlines()[:2] == [
        f"page.html {SAYS}; --propose takes this",
        "document: --title: found nothing; expected the title",
    ]
    titled = own(*add, "--title", "Mine", "--dry-run")
    assert (titled.code, titled.err) == (0, "")

    done = own(*add, "--propose", "--issued", "2021-07", "--key", "article")
    assert done.err == "page.html says of itself: title “The flood”, author “A desk”\n"
    told = json.loads(ok(own("document", "show", "article", "--json")))
    item = told["fields"]["csl"] if "fields" in told else told["csl"]
    assert (item["title"], item["issued"]) == ("The flood", "2021-07")
    assert item["author"] == [{"literal": "A desk"}]

    entry = {"file": "page.html", "voice": "gazette", "tier": "secondary"}
    data = json.dumps(entry).encode()
    assert json.loads(own("document", "add", "--json", stdin=data).err)["exit_code"] == 3
    again = own("document", "add", "--json", "--propose", "--dry-run", stdin=data)
    assert again.err == ""
    assert json.loads(again.out)["copies"][0]["says"] == {
        "title": "The flood",
        "author": "A desk",
        "date": "20 July 2021",
    }


def test_a_file_that_says_nothing_of_itself_proposes_nothing(own: Claims) -> None:
    done = own("document", "add", "page.txt", "--propose", *ENTRY)
    assert (done.code, done.err) == (0, "page.txt says of itself: nothing more\n")


def test_one_undo_takes_the_document_and_its_copy_back(own: Claims) -> None:
    added(own)
    told = ok(own("undo"))
    assert "document article" in told
    assert as_json(own("document", "list", "--json")) == []
    added(own)
    assert len(as_json(own("document", "snapshots", "article", "--json"))) == 1


@pytest.mark.parametrize("back", [("undo",), ("document", "restore", "article")])
def test_a_document_that_was_archived_in_error_goes_with_its_copies_and_comes_back(
    project: Claims, back: tuple[str, ...]
) -> None:
    added(project)
    handed = ("document", "custody", "article", "--add", "handed_over", "--note", "to the court")
    log = ok(project(*handed)) and ok(project("document", "custody", "article"))
    kept = files()

    told = ok(project("document", "remove", "article", "--reason", "another flood"))
    assert told.splitlines()[:2] == [
        "document article removed: The flood",
        (
            "Note: 1 archived copy goes with it; the bytes stay in the archive, and the custody"
            " log in the history"
        ),
    ]
    assert as_json(project("document", "list", "--json")) == []
    assert "2 custody entries removed, 1 snapshot removed" in ok(project("history"))
    assert files() == kept

    ok(project(*back))
    assert ok(project("document", "custody", "article")) == log
    assert "Everything adds up" in ok(project("verify"))
    ok(project("document", "check", "article"))
    assert "checked" in ok(project("document", "custody", "article"))


def test_an_undo_that_is_undone_stores_nothing_anew(own: Claims) -> None:
    added(own)
    log = ok(own("document", "custody", "article"))
    again = ok(own("undo")).splitlines()[-1].removeprefix("To do it again: claims ").split()
    ok(own(*again))
    assert ok(own("document", "custody", "article")) == log
    assert "Everything adds up" in ok(own("verify"))


def test_reanchoring(project: Claims) -> None:
    """One passage is unchanged, one moved, one altered, one gone."""
    added(project)
    claimed(project)
    assert "4 passages are from older copies" in ok(
        project("document", "snapshot", "article", "page-2.txt", "--captured-by", "a reader")
    )
    older, newer = as_json(project("document", "snapshots", "article", "--json"))
    dry = project("document", "reanchor", "article", "--dry-run")
    assert dry.code == 1
    assert "This was a dry run: nothing was stored." in dry.out
    ran = project("document", "reanchor", "article", "--json")
    assert (ran.code, ran.err) == (1, "")
    found = json.loads(ran.out)
    fates = {one["exact"]: one["fate"] for one in found["passages"]}
    assert fates == {DEAD: "unchanged", MILL: "moved", HOMES: "altered", BOATS: "gone"}
    assert found["counts"] == {"unchanged": 1, "moved": 1, "altered": 1, "gone": 1}
    (altered,) = (one for one in found["passages"] if one["fate"] == "altered")
    assert [(one["what"], one["before"], one["now"]) for one in altered["differences"]] == [
        ("number", "30", "13")
    ]
    assert "13 houses" in altered["nearest"]["words"]
    assert [one["key"] for one in found["written"]["items"]] == ["dead", "mill"]
    listed = as_json(project("document", "snapshots", "article", "--json"))
    assert [one["passages"] for one in listed] == [4, 2]
    text = json.loads(ran.out)["passages"]
    assert all(one["cited_anew"] is (one["fate"] in {"unchanged", "moved"}) for one in text)
    again = project("document", "reanchor", "article")
    assert again.code == 1
    assert "altered: “The mayor reported" in again.out
    assert "number: was “30”, is now “13”" in again.out
    assert "“13” became “30”" not in again.out  # the way that a quote is told of its text
    assert "gone: “Volunteers brought" in again.out
    assert "1 altered, 1 gone: none is cited from the copy" in again.out
    assert older["sha256"] != newer["sha256"]
    undone = project("undo")
    assert (undone.code, undone.err) == (0, "")
    assert "reverted: claim dead" in undone.out
    assert [
        one["passages"] for one in as_json(project("document", "snapshots", "article", "--json"))
    ] == [4, 0]
    assert "Everything adds up" in ok(project("verify"))


def test_reanchoring_where_nothing_is_left_to_do(own: Claims) -> None:
    added(own)
    assert "No claim cites another copy" in ok(own("document", "reanchor", "article"))
    claimed(own)
    Path("page-3.txt").write_text(V1.replace("An advertisement.", "Nothing."), encoding="utf-8")
    ok(own("document", "snapshot", "article", "page-3.txt"))
    told = ok(own("document", "reanchor", "article"))
    assert "4 unchanged: all are cited from the copy" in told
    assert "To take it back: claims undo" in told


def test_the_same_bytes_add_nothing(own: Claims) -> None:
    added(own)
    held = files()
    told = ok(own("document", "snapshot", "article", "page.txt"))
    assert "is as it was" in told
    assert "the bytes are those that are archived already; nothing was added" in told
    assert files() == held
    assert len(as_json(own("document", "snapshots", "article", "--json"))) == 1


def test_the_same_bytes_of_another_document_are_told(own: Claims) -> None:
    added(own)
    told = ok(own("document", "add", "page.txt", *ENTRY[:-1], "copy"))
    assert "Note: the same bytes are held of the document article (“The flood”)" in told


def altered(path: Path) -> str:
    """Flip one bit of an archived file."""
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def held_as(sha256: str) -> Path:
    return Path("archive/sha256", sha256[:2], sha256[2:])


def test_a_flipped_bit_and_a_replaced_and_a_missing_file_are_named(own: Claims) -> None:
    added(own)
    ok(own("document", "snapshot", "article", "page.html"))
    first, second = as_json(own("document", "snapshots", "article", "--json"))
    found = altered(held_as(first["sha256"]))
    replaced = held_as(second["text_sha256"])
    replaced.chmod(0o600)
    replaced.write_bytes(b"the words of somebody else")
    held_as(second["layout_sha256"]).unlink()
    ran = own("document", "check")
    assert (ran.code, ran.err) == (5, "")
    lines = ran.out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("document article (“The flood”): archived copy: the archived file ")
    assert f"was altered: its SHA-256 is {found}, expected {first['sha256']}; put back" in lines[0]
    assert ": layout: the archive " in ran.out
    assert f"holds no {second['layout_sha256']}; add the bytes again" in ran.out
    theirs = hashlib.sha256(b"the words of somebody else").hexdigest()
    assert f"its SHA-256 is {theirs}, expected {second['text_sha256']}" in ran.out
    assert lines[3] == "3 of 5 files of 2 archived copies missing or altered."
    told = as_json(own("document", "custody", "article", "--json"))
    assert [(one["action"], one["note"]) for one in told if one["action"] == "checked"] == [
        ("checked", "found missing or altered: archived copy"),
        ("checked", "found missing or altered: layout, text"),
    ]
    data = json.loads(own("document", "check", "article", "--dry-run", "--json").out)
    assert (data["documents"], data["copies"], data["files"]) == (1, 2, 5)
    assert [one["what"] for one in data["faults"]] == ["archived copy", "layout", "text"]
    assert "MISSING in the archive: layout" in ok(own("document", "snapshots", "article"))
    assert own("doctor").code == 1


def test_original_bytes_are_never_overwritten(own: Claims) -> None:
    """Not by the same file again, not by another copy, not by a mended one."""
    added(own)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files()}
    ok(own("document", "snapshot", "article", "page.txt"))
    ok(own("document", "snapshot", "article", "page-2.txt"))
    ok(own("document", "add", "page.txt", *ENTRY[:-1], "copy"))
    ok(own("document", "check"))
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in before} == before
    spoilt = held_as(hashlib.sha256(V1.encode()).hexdigest())
    altered(spoilt)
    data = spoilt.read_bytes()
    ran = own("document", "add", "page.txt", *ENTRY[:-1], "third")
    assert (ran.code, ran.out) == (5, "")
    assert "was altered" in ran.err
    assert spoilt.read_bytes() == data


def test_custody_from_storing_to_handing_over(own: Claims) -> None:
    added(own)
    ok(own("document", "check", "article"))
    told = ok(own("document", "export", "article", "for-the-court"))
    assert "1 archived copy written to 'for-the-court', and into the custody log." in told
    told = ok(
        own("document", "custody", "article", "--add", "handed_over", "--note", "to the court")
    )
    assert "handed_over" in told
    log = as_json(own("document", "custody", "article", "--json"))
    assert [(one["action"], one["by"], one["note"]) for one in log] == [
        ("stored", ANNA.name, None),
        ("checked", ANNA.name, None),
        ("copied", ANNA.name, "to the folder for-the-court"),
        ("handed_over", ANNA.name, "to the court"),
    ]
    manifest = json.loads(Path("for-the-court/manifest.json").read_text("utf-8"))
    (copy,) = manifest["copies"]
    assert [one["action"] for one in copy["custody"]] == ["stored", "checked", "copied"]
    for name, sha256 in copy["files"].items():
        data = Path("for-the-court", name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256
    assert {Path(name).name for name in copy["files"]} == {"copy.txt", "text.txt", "layout.json"}
    assert "Everything adds up" in ok(own("verify"))
    last = own("undo", "--dry-run")
    assert "document add" in last.out  # what was logged is not taken back


def test_a_text_of_ones_own_is_archived_as_before(own: Claims) -> None:
    Path("article.txt").write_text(f"{DEAD}\n", encoding="utf-8")
    ok(own("document", "add", *ENTRY, "--text", "article.txt"))
    (copy,) = as_json(own("document", "snapshots", "article", "--json"))
    assert (copy["media_type"], copy["extractor"]) == ("text/plain", "identity@1")
    assert copy["sha256"] == copy["text_sha256"]
    assert copy["layout_sha256"] is None


def test_a_recording_gets_its_words_from_a_transcript(own: Claims) -> None:
    sound = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28)
    Path("interview.wav").write_bytes(sound)
    Path("interview.txt").write_text(f"{DEAD}\n", encoding="utf-8")
    added(own, "interview.wav", "--transcript", "interview.txt")
    (copy,) = as_json(own("document", "snapshots", "article", "--json"))
    assert copy["sha256"] == hashlib.sha256(sound).hexdigest()
    assert copy["code_points"] == len(DEAD) + 1
    words = ("--document", "article", "--question", "dead", "--quote", DEAD)
    ok(own("claim", "add", *words, "--said", "12 people"))


def test_a_recording_without_a_transcript_is_kept_without_words(own: Claims) -> None:
    Path("interview.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28))
    assert "add a transcript" in added(own, "interview.wav")
    (copy,) = as_json(own("document", "snapshots", "article", "--json"))
    assert (copy["code_points"], copy["extractor"]) == (0, "none")
    ran = own("document", "reanchor", "article")
    assert (ran.code, ran.out) == (3, "")
    assert "has no text to cite from; add it with a transcript" in ran.err


REFUSED: tuple[tuple[tuple[str, ...], int, str], ...] = (
    (("add", "missing.html", *ENTRY), 3, "'missing.html' cannot be read (no such file"),
    (("add", ".", *ENTRY), 3, "'.' is no file; give the path of a file, or an address"),
    (("add", "empty.html", *ENTRY), 3, "empty"),
    (("add", "http://127.0.0.1/x", *ENTRY), 3, "127.0.0.1"),
    (("add", "ftp://example.org/x", *ENTRY), 3, "ftp"),
    (("add", "page.txt", "--text", "page.txt", *ENTRY), 3, "a text beside a file"),
    (("add", *ENTRY, "--transcript", "page.txt"), 2, "a transcript belongs to one file"),
    (("add", "page.txt", "--title", "x"), 3, "voice"),
    (("add", "page.txt", *ENTRY, "--captured-at", "2999-01-01T00:00:00Z"), 3, "yet to come"),
    (("edit", "held", "--captured-by", "me"), 3, "captured, but no text"),
    (("snapshot", "nowhere", "page.txt"), 6, "nowhere"),
    (("snapshot", "held", "page-2.txt", "--captured-at", "yesterday"), 3, "captured.at"),
    (("snapshots", "nowhere"), 6, "nowhere"),
    (("custody", "held", "--note", "x"), 2, "say with --add what happened"),
    (("custody", "held", "--add", "sold"), 3, "'sold' cannot be added; give one of received"),
    (("custody", "held", "--add", "stored"), 3, "'stored' cannot be added"),
    (("custody", "held", "--add", "checked", "--snapshot", "ffff"), 6, "'ffff' is no copy of"),
    (("custody", "bare", "--add", "checked"), 6, "no copy of 'bare' is archived; archive one"),
    (("check", "nowhere"), 6, "nowhere"),
    (("export", "held", "here.db"), 3, "'here.db' is there already"),
    (("export", "held", "no/folder"), 2, "the folder 'no' does not exist"),
    (("reanchor", "bare"), 6, "no copy of 'bare' is archived"),
    (("reanchor", "held", "--to", "ffff"), 6, "'ffff' is no copy of 'held'"),
)


def test_what_is_refused_says_what_was_found_and_how_to_mend_it(own: Claims) -> None:
    Path("empty.html").write_bytes(b"")
    ok(own("document", "add", "page.txt", *ENTRY[:-1], "held"))
    ok(own("document", "add", *ENTRY[:-1], "bare"))
    held = files()
    for words, code, told in REFUSED:
        ran = own("document", *words)
        assert (ran.code, ran.out) == (code, ""), words
        assert told in ran.err, words
        assert "Traceback" not in ran.err
    assert files() == held
    assert [one["key"] for one in as_json(own("document", "list", "--json"))] == ["held", "bare"]


def test_a_reader_may_look_and_not_add(own: Claims) -> None:
    added(own)
    ok(own("contributor", "add", "a reader", "--role", "reader"))
    assert ok(own("document", "snapshots", "article", "--as", "a reader"))
    for words in (
        ("add", "http://example.org/never-asked", *ENTRY[:-1], "other"),
        ("snapshot", "article", "page-2.txt"),
        ("custody", "article", "--add", "checked"),
        ("check",),
        ("export", "article", "out"),
        ("reanchor", "article"),
    ):
        ran = own("document", *words, "--as", "a reader")
        assert (ran.code, ran.out) == (7, ""), words
        assert "role reader" in ran.err
    assert not Path("out").exists()


def test_the_command_that_enters_a_proposal_keeps_the_line_ends_of_the_text(own: Claims) -> None:
    broken = "It's said that 12 \npeople died\\ in the flood."
    Path("broken.txt").write_text(f"{broken}\n", encoding="utf-8")
    added(own, "broken.txt")
    asked = ("--document", "article", "--question", "dead", "--quote", broken.replace("\n", ""))
    command = ok(own("claim", "propose", *asked)).splitlines()[-1]
    told = subprocess.run(
        ["/bin/bash", "-c", f"printf '%s\\0' {command}"], capture_output=True, check=True
    )
    words = told.stdout.decode().split("\0")[1:-1]
    assert broken in words
    ok(own(*words))


def test_the_same_file_again_brings_back_what_the_archive_lost(own: Claims) -> None:
    Path("page.txt").write_text("The council said that 8 people died.\n", encoding="utf-8")
    about = ("--title", "A page", "--voice", "gazette", "--tier", "primary", "--key", "page")
    assert own("document", "add", "page.txt", *about).code == 0
    shutil.rmtree("archive")
    assert own("read", "page").code == 6
    tried = own("document", "snapshot", "page", "page.txt", "--dry-run")
    assert "which would be kept again" in tried.out
    assert own("read", "page").code == 6
    again = own("document", "snapshot", "page", "page.txt")
    assert "the archive had lost the " in again.out
    assert "which is kept again" in again.out
    assert own("read", "page").code == 0
    shutil.rmtree("archive")
    more = own("document", "snapshot", "page", "page.txt", "--captured-by", "Coder")
    assert "the archive had lost the " in more.out
    assert own("read", "page").code == 0
    same = own("document", "snapshot", "page", "page.txt", "--captured-by", "Somebody")
    assert "what you said of the capture was not recorded" in " ".join(same.out.split())
    assert len(as_json(own("document", "snapshots", "page", "--json"))) == 2


def test_what_is_known_of_a_capture_can_be_said_later(own: Claims) -> None:
    """The audit asks for it, names the command, and is content when it was carried out."""
    added(own)
    claimed(own)
    ran = own("audit", "--only", "A10", "--width", 400)
    assert ran.code == 1
    said = ("--captured-at", "2026-07-20T08:00:00Z", "--captured-by", "Coder")
    command = "claims document snapshot article FILE --captured-at TIME --captured-by ROLE"
    assert f"`{command} --captured-with PROGRAM`" in ran.out
    told = own("document", "snapshot", "article", "page.txt", *said, "--captured-with", "a browser")
    assert told.code == 0
    assert "what is known of their capture is added" in told.out
    assert own("audit", "--only", "A10").code == 0
    assert own("audit", "--only", "A01").code == 0
    moved = own("document", "reanchor", "article")
    assert "4 unchanged: all are cited from the copy" in moved.out
    assert "A38" not in own("audit", "--only", "A38", "--fail-on", "never").out.partition("\n")[2]
