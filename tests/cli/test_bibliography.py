"""``claims bibliography``: what a person reads, and what a program gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Claims

LIBRARY = """
@report{hrw, title={Bloodshed in the Region}, author={{Human Rights Watch}}, date={1992-09},
  doi={10.1000/BAD}, isbn={0-306-40615-3}, file={files/words.txt;files/gone.pdf}}
@article{times, title={Dozens feared dead}, entrysubtype={newspaper}, journal={The Times},
  date={1992-02-28}}
@article{times2, title={Dozens Feared Dead} entrysubtype={newspaper}, journal={The Times}}
@book{bad, title={never closed
"""
RETRACTIONS = """Record ID,Title,RetractionDate,OriginalPaperDOI,RetractionNature,Reason
1,Bloodshed,2/2/2010 0:00,10.1000/bad,Retraction,+Error in Data;
2,Nothing of ours,2/2/2010 0:00,10.1000/other,Retraction,
"""


@pytest.fixture
def library(claims: Claims) -> Path:
    """A damaged file with attachments, beside a new database."""
    assert claims("init", "--as", "me").code == 0
    Path("files").mkdir()
    Path("files/words.txt").write_text("Dozens were killed.", "utf-8")
    path = Path("library.bib")
    path.write_text(LIBRARY, "utf-8")
    return path


def test_from_a_damaged_library_to_a_cited_list(claims: Claims, library: Path) -> None:
    there = {path for path in Path.home().rglob("*") if path.is_dir()}
    told = claims("bibliography", "import", library, "--dry-run")
    assert told.code == 1
    assert {path for path in Path.home().rglob("*") if path.is_dir()} == there
    assert "Left out (1):\n  library.bib:7:1: @book bad: found line 7: a '{'" in told.out
    assert "library.bib:6:1: times2: found no comma behind the field" in told.out
    assert "'files/gone.pdf', which is not there" in told.out
    assert "hrw, ISBN: found '0-306-40615-3'; expected '2' as its last sign" in told.out
    assert "  The Times: 2 documents\n  Human Rights Watch: 1 document" in told.out
    assert "“Dozens feared dead” (times) and “Dozens Feared Dead” (times2): same title" in told.out
    assert told.out.endswith("This was a dry run: nothing was stored.\n")

    assert "Stored." in claims("bibliography", "import", library).out
    assert "Nothing was changed." in claims("bibliography", "import", library).out
    listed = claims("document", "list").out
    assert "hrw" in listed
    assert "1992-02-28" in listed
    assert "Dozens were killed" in claims("read", "hrw").out

    library.write_text(LIBRARY.replace("Bloodshed in", "Bloodshed of"), "utf-8")
    changed = claims("bibliography", "import", library).out
    assert "library.bib:2:1: document hrw" in changed
    assert "csl.title: Bloodshed in the Region → Bloodshed of the Region" in changed

    written = claims("bibliography", "export", "--output", "out.ris")
    assert written.out == "Written: 3 documents as RIS in 'out.ris'.\n"
    assert "TI  - Bloodshed of the Region" in Path("out.ris").read_text("utf-8")
    assert "merge times times2" in claims("bibliography", "duplicates").out


def test_a_program_gets_everything_as_json(claims: Claims, library: Path) -> None:
    told = claims("bibliography", "import", library, "--json")
    said = json.loads(told.out)
    assert told.code == 1
    assert (said["format"], said["records"], said["changed"]) == ("bibtex", 3, True)
    assert [fault["line"] for fault in said["left_out"]] == [7]
    assert [fault["line"] for fault in said["mended"]] == [6]
    assert said["counts"]["document"] == {"new": 3}
    assert said["counts"]["snapshot"] == {"new": 1}
    assert said["voices"]["times"] == "The Times"
    assert said["similar"][0]["kept"] == "times"
    assert {item["key"] for item in said["items"]} >= {"hrw", "times", "times2"}


def test_strict_refuses_the_file_and_names_each_fault(claims: Claims, library: Path) -> None:
    told = claims("bibliography", "import", library, "--strict")
    assert (told.code, told.out) == (3, "")
    assert "library.bib:7:1" in told.err
    assert "library.bib:6:1" in told.err
    assert "hrw" not in claims("document", "list").out


def test_an_attachment_that_cannot_be_read_is_told_and_the_rest_comes_in(
    claims: Claims, library: Path
) -> None:
    Path("files/words.txt").write_bytes(b"%PDF-1.4 broken")
    told = claims("bibliography", "import", library)
    assert "the attachment words.txt, which was not archived" in told.out
    assert "hrw" in claims("document", "list").out


def test_retractions_are_named_then_marked_then_taken_back(claims: Claims, library: Path) -> None:
    claims("bibliography", "import", library)
    Path("list.csv").write_text(RETRACTIONS, "utf-8")
    told = claims("bibliography", "retractions", "list.csv")
    assert told.code == 1
    assert told.out == (
        "hrw: “Bloodshed in the Region”, 0 claims\n"
        "  Retraction of 2010-02-02 (Error in Data), record 1, told by its DOI\n"
        "  current; --mark marks it retracted\n"
    )
    would = claims("bibliography", "retractions", "list.csv", "--mark", "--dry-run").out
    assert "would be marked retracted; it was current" in would
    marked = claims("bibliography", "retractions", "list.csv", "--mark").out
    assert "  marked retracted; it was current\n" in marked
    assert "retracted" in claims("document", "list").out
    again = json.loads(claims("bibliography", "retractions", "list.csv", "--json").out)
    assert (again[0]["before"], again[0]["marked"]) == ("retracted", False)
    assert "marked retracted already" in claims("bibliography", "retractions", "list.csv").out
    claims("undo")
    assert "retracted" not in claims("document", "list").out


def test_a_list_that_names_nothing_says_so(claims: Claims, library: Path) -> None:
    claims("bibliography", "import", library)
    Path("list.csv").write_text("\n".join(RETRACTIONS.splitlines()[::2]) + "\n", "utf-8")
    told = claims("bibliography", "retractions", "list.csv")
    assert (told.code, told.out) == (0, "The list names none of the documents.\n")
    Path("list.csv").write_text("Title\nx\n", "utf-8")
    refused = claims("bibliography", "retractions", "list.csv")
    assert refused.code == 3
    assert "the columns of Retraction Watch" in refused.err


def test_what_cannot_be_done_is_said_in_one_sentence(claims: Claims, library: Path) -> None:
    for words, code, told in (
        (("import", "none.bib"), 6, "there is no file 'none.bib'"),
        (("import", " "), 2, "a name is empty"),
        (("import", library, "--voice", "nobody"), 6, "'nobody'"),
        (("export", "nothing"), 6, "'nothing'"),
        (("export", "times", "--topic", "x"), 2, "name documents or a topic, not both"),
        (("export", "--output", "out.doc"), 3, "end it in .bib, .ris, .json or .xml"),
    ):
        ran = claims("bibliography", *words)
        assert (ran.code, told in ran.err) == (code, True), ran
        assert "Traceback" not in ran.err


def test_each_format_goes_out_and_comes_back(claims: Claims, library: Path) -> None:
    claims("bibliography", "import", library)
    for form, sign in (
        ("bibtex", "@report{hrw,"),
        ("ris", "TY  - RPRT"),
        ("csl-json", '"id": "hrw"'),
        ("endnote", '<ref-type name="Report">'),
    ):
        text = claims("bibliography", "export", "hrw", "--format", form).out
        assert sign in text
        Path("again").write_text(text, "utf-8")
        words = ("import", "again", "--namespace", "library", "--dry-run", "--json")
        said = json.loads(claims("bibliography", *words).out)
        assert "hrw" in {item["key"] for item in said["items"] if item["entity"] == "document"}
        assert said["left_out"] == said["mended"] == []
