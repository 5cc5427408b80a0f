"""An archived text, read sentence by sentence with its claims."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from claims.cli import main
from tests.cli.conftest import Claims

TEXT = """The storm
The council said that 8 people died. Nobody was hurt in the port.
According to the Agency, dozens of people were killed when the wall of the old harbour gave way.
"""


CODED = """claims: 1
namespace: https://example.org/storm
coder: Coder
language: en
topics:
  storm: {label: The storm}
sources:
  gazette: {name: The Gazette, kind: newspaper}
  council: {name: The council, kind: state}
  agency: {name: The Agency, kind: ngo}
questions:
  died: {text: How many died?, kind: count}
documents:
  article:
    csl: {type: article-newspaper, title: The storm}
    voice: gazette
    tier: secondary
    text: storm.txt
    passages:
      - quote: The council said that 8 people died.
        claims:
          - {key: c1, question: died, speakers: [council], said: 8 people,
             confidence: {level: low, reason: one voice}}
          - {key: c2, question: died, speakers: [council], said: 8}
      - quote: the Agency, dozens of people were killed
        claims:
          - {key: c3, question: died, speakers: [agency], said: dozens of people}
"""


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project with a text of four sentences, and three claims on two of them."""
    folder = tmp_path_factory.mktemp("coded")
    (folder / "storm.txt").write_text(TEXT, encoding="utf-8")
    (folder / "storm.yaml").write_text(CODED, encoding="utf-8")
    for words in (["init", "--as", "Coder"], ["load", str(folder / "storm.yaml")]):
        with pytest.raises(SystemExit) as leaving:
            main([*words, "--db", str(folder / "storm.db")])
        assert leaving.value.code == 0
    return folder


@pytest.fixture
def storm(claims: Claims, coded: Path) -> Claims:
    """The command line of a copy of that project."""
    shutil.copytree(coded, Path.cwd(), dirs_exist_ok=True)
    return lambda *words: claims(*words, "--db", "storm.db")


def test_every_sentence_stands_with_its_claims_below(storm: Claims) -> None:
    ran = storm("read", "article", "--width", 70)
    assert ran.code == 0
    assert "4 sentences, 3 claims; 2 sentences without a claim.\n" in ran.out
    assert ran.out.endswith(
        """
1 · The storm

2   ⟦The council said that 8 people died.⟧
    ▸ The council asserts “8 people” — How many died? (confidence low)
      [c1]
    ▸ The council asserts “8” — How many died? (unassessed) [c2]

2 · Nobody was hurt in the port.

3   According to ⟦the Agency, dozens of people were killed⟧ when the
    wall of the old harbour gave way.
    ▸ The Agency asserts “dozens of people” — How many died?
      (unassessed) [c3]
"""
    )


def test_quoted_words_are_underlined_where_asked_for_also_across_lines(storm: Claims) -> None:
    ran = storm("read", "article", "--color", "always", "--width", 40)
    assert "⟦" not in ran.out
    assert (
        "3   According to \x1b[4mthe Agency, dozens of\x1b[0m\n"
        "    \x1b[4mpeople were killed\x1b[0m when the wall of\n"
        "    the old harbour gave way.\n"
    ) in ran.out


def test_only_what_nobody_coded(storm: Claims) -> None:
    ran = storm("read", "article", "--bare")
    assert [line for line in ran.out.splitlines() if " · " in line] == [
        "1 · The storm",
        "2 · Nobody was hurt in the port.",
    ]
    assert "▸" not in ran.out


def test_json_gives_places_in_the_text_itself(storm: Claims) -> None:
    found = json.loads(storm("read", "article", "--json").out)
    assert (found["claims"], found["without_claim"], found["elsewhere"]) == (3, 2, 0)
    second = found["sentences"][1]
    assert TEXT[second["start"] : second["end"]] == second["text"]
    assert [TEXT[start:end] for start, end in second["cited"]] == [second["text"]]
    assert [claim["key"] for claim in second["claims"]] == ["c1", "c2"]
    assert [claim["confidence"] for claim in second["claims"]] == ["low", None]


def test_a_withdrawn_claim_is_marked_so(storm: Claims) -> None:
    storm("claim", "retract", "c3", "--at", "2020", "--reason", "the Agency withdrew it")
    assert "(unassessed, retracted) [c3]" in storm("read", "article", "--width", 200).out


def test_words_that_stand_in_no_copy_are_counted(storm: Claims) -> None:
    ran = storm(
        *("claim", "add", "--key", "c4", "--document", "article", "--question", "died"),
        *("--quote", "nine were dead", "--unplaced", "--speakers", "agency", "--said", "nine"),
    )
    assert ran.code == 0
    assert "1 further claim of this document" in storm("read", "article").out


def test_an_older_copy_can_be_read(storm: Claims) -> None:
    first = json.loads(storm("read", "article", "--json").out)["snapshot"]
    Path("newer.txt").write_text(TEXT.replace("8 people", "9 people"), encoding="utf-8")
    assert storm("document", "snapshot", "article", "newer.txt").code == 0
    newer = storm("read", "article")
    assert "9 people died" in newer.out
    assert "3 further claims" in newer.out
    older = storm("read", "article", "--snapshot", first[:8].upper())
    assert "8 people died" in older.out
    assert first[:8] in older.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("read", "nothing"), 6, "there is no document 'nothing'"),
        (("read", "bare"), 6, "no text of 'bare' is archived; add a copy with"),
        (
            ("read", "article", "--snapshot", "zz"),
            6,
            "'zz' is no copy of 'article'; its copies",
        ),
        (("read", "article", "--as", "Reader"), 7, "may not enter records"),
        (("read",), 2, "Missing argument 'DOCUMENT'"),
    ],
)
def test_what_cannot_be_read_is_told(
    storm: Claims, words: tuple[str, ...], code: int, said: str
) -> None:
    storm("contributor", "add", "Reader", "--role", "reader")
    storm(
        *("document", "add", "--key", "bare", "--title", "A broadcast"),
        *("--voice", "gazette", "--tier", "primary"),
    )
    ran = storm(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_text_that_was_altered_is_refused(storm: Claims) -> None:
    (archived,) = (path for path in Path.cwd().rglob("sha256/*/*") if path.is_file())
    archived.chmod(0o600)
    archived.write_text(TEXT.replace("8", "9"), encoding="utf-8")
    ran = storm("read", "article")
    assert ran.code == 5
    assert "was altered" in ran.err


def test_a_reader_from_whom_nothing_is_hidden_may_read(storm: Claims) -> None:
    storm("contributor", "add", "Reader", "--role", "reader", "--clearance", "restricted")
    assert storm("read", "article", "--as", "Reader").code == 0


def test_a_quote_proposes_and_enters_nothing(storm: Claims) -> None:
    ran = storm(
        *("claim", "propose", "--document", "article", "--question", "died"),
        *("--quote", "dozens of  people were killed"),
    )
    assert (ran.code, ran.err) == (0, "")
    assert "words:            “dozens of people were killed”\n" in ran.out
    assert "said:             dozens of people\n" in ran.out
    assert "The Agency (“According to”, “Agency”); outside the quote: take it in" in ran.out
    assert "entered already:  The Agency asserts “dozens of people” [c3]\n" in ran.out
    command = ran.out.splitlines()[-1]
    assert storm("claim", "list", "--json").out.count('"id"') == 3
    assert storm(*shlex.split(command)[1:]).code == 0
    shown = json.loads(storm("claim", "list", "--limit", 1, "--json").out)
    assert shown[0]["name"] == "The Agency asserts “dozens of people”"


@pytest.mark.parametrize("who", ["The council", "A clerk"])
def test_a_denial_is_proposed_as_the_denier_s(storm: Claims, who: str) -> None:
    text = f"{who} denied that people were killed."
    Path("denial.txt").write_text(text, encoding="utf-8")
    about = ("--title", "Denial", "--voice", "Gazette", "--tier", "primary")
    assert storm("document", "add", *about, "--text", "denial.txt").code == 0
    ran = storm("claim", "propose", "--document", "Denial", "--quote", text)
    assert "stance:   denies, if it is what “denied” says\n" in ran.out
    assert ran.out.rstrip().endswith(f"--speakers {shlex.quote(who)} --verb denied --stance denies")


def test_words_that_lost_their_no_are_told(storm: Claims) -> None:
    ran = storm("claim", "propose", "--document", "article", "--quote", "was hurt in the port")
    assert "left out:  “Nobody”, just beside the quote: take it in\n" in ran.out


def test_a_proposal_as_json(storm: Claims) -> None:
    ran = storm(
        *("claim", "propose", "--document", "article", "--json"),
        *("--quote", "The council said that 8 people died."),
    )
    found = json.loads(ran.out)
    assert TEXT[found["start"] : found["end"]] == found["words"]
    assert (found["verdict"], found["said"], found["hedges"]) == ("exact", ["8 people"], [])
    assert [(one["verb"], one["name"]) for one in found["speakers"]] == [("said", "The council")]


@pytest.mark.parametrize("how", [(), ("--json",)])
def test_words_that_do_not_stand_there_propose_nothing(storm: Claims, how: tuple[str, ...]) -> None:
    quote = "The council said that 9 people died."
    ran = storm("claim", "propose", "--document", "article", "--quote", quote, *how)
    assert ran.code == 1
    assert "altered" in ran.out
    assert "claims claim add" not in ran.out


def test_proposals_are_for_those_who_enter(storm: Claims) -> None:
    storm("contributor", "add", "Reader", "--role", "reader", "--clearance", "restricted")
    words = ("claim", "propose", "--document", "article", "--quote", "dozens", "--as", "Reader")
    assert storm(*words).code == 7


def test_of_a_web_page_the_main_text_is_shown_and_pages_are_told_apart(
    storm: Claims, tmp_path: Path
) -> None:
    said = [f"The council said that {number} people left the port." for number in range(27)]
    paragraphs = "".join(f"<p>{' '.join(said[at : at + 9])}</p>" for at in (0, 9, 18))
    page = f"<nav><a href='/'>Weather and sport</a></nav><main><h1>Storm</h1>{paragraphs}</main>"
    (tmp_path / "page.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    about = ("--title", "Web", "--voice", "gazette", "--tier", "secondary", "--key", "web")
    assert storm("document", "add", tmp_path / "page.html", *about).code == 0
    shown = storm("read", "web")
    assert "Weather and sport" not in shown.out
    assert "1 sentence outside the main text is left out; --whole shows them.\n" in shown.out
    assert "Weather and sport" in storm("read", "web", "--whole").out
    assert "Weather and sport" not in storm("read", "web", "--bare").out
    assert "Weather and sport" in storm("read", "web", "--bare", "--whole").out
