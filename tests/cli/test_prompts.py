"""A person who gives no flags is asked field by field, and nothing is written without a yes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from claims.cli.ground import Ground, opened
from claims.cli.prompting import Prompts
from claims.cli.prompting_fields import ASKED, asked, field_named, value
from claims.cli.prompting_lines import FancyLines, PlainLines, completer, lines, matching
from claims.cli.prompting_look import Look
from claims.errors import InputRefused
from claims.exchange.fields import FIELDS
from tests.cli.conftest import Claims
from tests.cli.prepared import prepare
from tests.cli.terminal import Terminal

QUOTE = "Memorial said that dozens of people were killed."


class Script:
    """A person with a list of answers; ``told`` is all that they were asked and told."""

    def __init__(self, *answers: str) -> None:
        self._answers = iter(answers)
        self.told: list[str] = []
        self.suggested: dict[str, Sequence[str]] = {}

    def ask(self, prompt: str, names: Sequence[str] = ()) -> str:
        """The next answer; Ctrl-D where there is none."""
        self.told.append(prompt)
        self.suggested[prompt] = names
        answer = next(self._answers, None)
        if answer is None:
            raise EOFError
        return answer

    def say(self, sentence: str) -> None:
        """Remember what is told."""
        self.told.append(sentence)


ENTRIES: tuple[tuple[str, dict[str, str]], ...] = (
    ("topic", {"label": "The flood", "key": "flood"}),
    ("question", {"text": "How many?", "kind": "count", "key": "dead"}),
    ("question", {"text": "When?", "kind": "date", "aspect": "moment"}),
    ("question", {"text": "Was there rain?", "kind": "boolean", "key": "rain"}),
    ("question", {"text": "By what?", "kind": "category", "key": "cause"}),
    ("question", {"text": "How long?", "kind": "duration", "key": "length"}),
    ("question", {"text": "In which words?", "kind": "text", "key": "words"}),
    ("term", {"label": "shells"}),
    ("source", {"name": "Gazette"}),
    ("source", {"name": "Memorial"}),
    ("document", {"title": "The page", "voice": "Gazette", "tier": "primary"}),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A topic with a question of each kind, two sources and a document; made once."""
    return prepare(tmp_path_factory.mktemp("prepared") / "claims.db", ENTRIES)


@pytest.fixture
def project(
    claims: Claims, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Claims:
    """A copy of the prepared project, which every command works on."""
    copied = shutil.copy(prepared, tmp_path / "claims.db")
    monkeypatch.setenv("CLAIMS_DATABASE_URL", str(copied))
    return claims


@pytest.fixture
def look(project: Claims) -> Iterator[Look]:
    """The project as Anna sees it."""
    assert callable(project)
    settings = Ground().settings()
    with opened(settings) as engine:
        yield Look(engine, settings)


def asked_of(look: Look, entity: str, *answers: str) -> tuple[Any, Script]:
    """What comes of a record, and the talk."""
    script = Script(*answers)
    return Prompts(entity, look, script).run(), script


CLAIM = ("The page", "dead", QUOTE, "dozens", "Memorial", "", "", "", "first")


def test_a_claim_is_asked_for_and_its_value_shown_as_read(look: Look) -> None:
    fields, script = asked_of(look, "claim", *CLAIM, "y")
    assert "  dozens: allows 12 or more, typically 24 to 99 [default@1: dozens]" in script.told
    assert "  Note: dead: UNANSWERED → SINGLE" in script.told
    assert (fields["said"], fields["quote"], fields["key"]) == ("dozens", QUOTE, "first")
    assert "Memorial" in script.suggested["speakers: "]
    assert "value: " not in script.told


def test_a_quote_of_an_archived_text_proposes_what_to_answer(look: Look, project: Claims) -> None:
    Path("page.txt").write_text(f"The storm. {QUOTE} It rained.", encoding="utf-8")
    about = ("--title", "Archived", "--voice", "Gazette", "--tier", "primary")
    assert project("document", "add", *about, "--text", "page.txt").code == 0
    fields, script = asked_of(look, "claim", "Archived", *CLAIM[1:], "y")
    assert "  in line 1" in script.told
    assert "  said: dozens of people" in script.told
    assert "  speaker: Memorial (“said”, “Memorial”)" in script.told
    assert script.suggested["said: "] == ("dozens of people",)
    assert script.suggested["speakers: "][0] == "Memorial"
    assert fields["said"] == "dozens"


def test_the_text_s_own_words_are_taken_where_typography_differs(
    look: Look, project: Claims
) -> None:
    said = "Memorial’s report\nsaid that dozens of people were killed."
    Path("page.txt").write_text(said, encoding="utf-8")
    about = ("--title", "Archived", "--voice", "Gazette", "--tier", "primary")
    assert project("document", "add", *about, "--text", "page.txt").code == 0
    typed = "Memorial's report said that dozens of people were killed."
    fields, script = asked_of(look, "claim", "Archived", "dead", typed, *CLAIM[3:], "y")
    assert fields["quote"] == said
    assert any(line.startswith("  → Memorial’s report") for line in script.told)


def test_a_quote_that_does_not_stand_there_is_told_at_once(look: Look, project: Claims) -> None:
    Path("page.txt").write_text("Memorial said that scores of people were killed.", "utf-8")
    about = ("--title", "Archived", "--voice", "Gazette", "--tier", "primary")
    assert project("document", "add", *about, "--text", "page.txt").code == 0
    _, script = asked_of(look, "claim", "Archived", *CLAIM[1:], "n")
    assert any(line.startswith("  altered: ") for line in script.told)


def test_what_was_answered_is_what_is_entered(look: Look, project: Claims) -> None:
    fields, _ = asked_of(look, "claim", *CLAIM, "yes")
    ran = project("claim", "add", "--json", stdin=json.dumps(fields).encode())
    assert ran.code == 0, ran.err
    (item,) = json.loads(ran.out)["items"]
    assert item["name"] == "Memorial asserts “dozens”"


def test_words_that_cannot_be_read_are_asked_for_in_other_words(look: Look) -> None:
    answers = ("The page", "dead", QUOTE, "people", "no number", "12", "", "", "", "", "")
    fields, script = asked_of(look, "claim", *answers, "y")
    assert script.told.count("value: ") == 2
    assert (fields["said"], fields["value"]) == ("people", "12")


def test_words_must_stand_in_the_quote(look: Look) -> None:
    answers = ("The page", "dead", QUOTE, "hundreds", *CLAIM[3:])
    fields, script = asked_of(look, "claim", *answers, "y")
    assert "'hundreds' does not stand in the quote" in " ".join(script.told)
    assert fields["said"] == "dozens"


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("rain", "yes", "yes: read as yes"),
        ("rain", "False", "False: read as no"),
        ("cause", "shells", "shells: the term “shells”"),
        ("length", "two days", "two days: P2D"),
        ("words", "of rain", "of rain: taken as it is"),
        ("When?", "12 February 1992", "1992-02-12"),
    ],
)
def test_every_kind_of_value_is_shown_as_read(
    look: Look, question: str, words: str, told: str
) -> None:
    assert told in look.reading(question, words)


def test_what_does_not_say_yes_or_no_is_explained(look: Look) -> None:
    with pytest.raises(InputRefused, match="does not say yes or no"):
        look.reading("rain", "perhaps")


def test_one_goes_back_and_is_told_what_stands(look: Look) -> None:
    fields, script = asked_of(
        look, "source", "Nameless", "<", "Memorial", *("", "ngo", "", "", "memorial"), "y"
    )
    assert "name [Nameless]: " in script.told
    assert (fields["name"], fields["kind"]) == ("Memorial", "ngo")
    note = "  Note: “Memorial” looks like the source “Memorial”"
    assert any(line.startswith(note) for line in script.told)


def test_before_the_first_field_there_is_nothing_to_go_back_to(look: Look) -> None:
    fields, _ = asked_of(look, "topic", "<", "Rain", "", "", "y")
    assert fields == {"label": "Rain"}


def test_a_field_is_explained_with_what_may_stand_in_it(look: Look) -> None:
    _, script = asked_of(look, "question", "What?", "?", "text", "", "", "n")
    assert any("boolean" in line and "duration" in line for line in script.told)


def test_a_needed_field_is_not_left_out(look: Look) -> None:
    fields, script = asked_of(look, "topic", "", "Rain", "", "", "y")
    assert "  label cannot be left out; < goes back one field" in script.told
    assert fields == {"label": "Rain"}


def test_several_answers_are_asked_for_one_by_one(look: Look) -> None:
    fields, script = asked_of(look, "source", "Press", "The Press", "", "", "", "", "", "y")
    assert fields["aliases"] == ["The Press"]
    assert "aliases (another) [The Press]: " in script.told


def test_faults_that_only_entering_finds_are_told_and_mended(look: Look) -> None:
    fields, script = asked_of(look, "topic", "Rain", "", "flood", "", "key", "rain", "y")
    assert any(
        line.startswith("  Not yet:") and "which another topic has" in line for line in script.told
    )
    assert "Save? [n/field to change] " in script.told
    assert fields == {"label": "Rain", "key": "rain"}


def test_at_the_end_any_field_can_be_given_changed_and_emptied(look: Look) -> None:
    answers = (
        "Rain",
        "2021",
        "wet",
        "key",
        "",
        "part-of",
        "flood",
        "label",
        "",
        "<",
        "colour",
        "y",
    )
    fields, script = asked_of(look, "topic", *answers)
    assert fields.keys() == {"label", "dates", "part_of"}
    assert any("there is no field 'colour'; give one of key, label" in line for line in script.told)


def test_no_is_no(look: Look, project: Claims) -> None:
    fields, script = asked_of(look, "topic", "Rain", "", "", "n")
    assert (fields, script.told[-1]) == (None, "Nothing was written.")
    assert "Rain" not in project("topic", "list").out


def test_only_fields_that_make_sense_are_asked_for(look: Look) -> None:
    _, script = asked_of(look, "question", "When?", "date", "start", "", "", "n")
    assert {"topic: ", "unit: "}.isdisjoint(script.told)
    assert "aspect: " in script.told


def test_an_assessment_of_a_claim_is_not_asked_for_its_source(look: Look) -> None:
    script = Script("nothing")
    with pytest.raises(EOFError):
        Prompts("assessment", look, script).run()
    assert any("there is no claim 'nothing'" in line for line in script.told)


@pytest.mark.parametrize("entity", sorted(FIELDS))
def test_every_needed_field_is_asked_for(entity: str) -> None:
    needed = {one.name for one in FIELDS[entity] if one.required}
    assert needed <= {one.name for one in asked(entity)}
    assert set(ASKED.get(entity, ())) <= {one.name for one in FIELDS[entity]}


@pytest.mark.parametrize(
    ("entity", "name", "text", "words"),
    [
        ("source", "named", "perhaps", "neither yes nor no"),
        ("source", "kind", "press", "'press' is none of ngo, newspaper"),
        ("topic", "dates", "the day after", "the day after"),
        ("document", "quotation limit", "many", "is no number"),
        ("document", "text", "nowhere.txt", "there is no file"),
        ("source", "identifier", "Q42", "write NAME=TEXT"),
    ],
)
def test_what_cannot_stand_in_a_field_is_refused(
    entity: str, name: str, text: str, words: str
) -> None:
    with pytest.raises(InputRefused, match=words):
        value(field_named(entity, name), text)


def test_words_may_be_cut_short_where_one_begins_so() -> None:
    assert value(field_named("source", "kind"), "news") == "newspaper"
    assert value(field_named("source", "named"), "N") is False
    assert value(field_named("source", "identifiers"), "wikidata=Q42") == "wikidata=Q42"


NAMES = ("Human Rights Center Memorial", "Memorial", "The Mail", "Şuşa Daily")


def test_names_are_suggested_by_their_start_then_within_then_by_letters() -> None:
    assert matching("mem", NAMES) == ["Memorial", "Human Rights Center Memorial"]
    assert matching("susa", NAMES) == ["Şuşa Daily"]
    assert matching("hrcm", NAMES) == ["Human Rights Center Memorial"]
    assert matching("xyz", NAMES) == []
    assert len(matching("", [f"name {number}" for number in range(50)])) == 20


def test_each_name_of_a_chain_is_completed() -> None:
    document = Document("The Mail > mem")
    (first, *_) = completer(NAMES).get_completions(document, CompleteEvent())
    assert (first.text, first.start_position) == ("Memorial", -3)


def test_a_fancy_terminal_completes_what_is_typed(look: Look) -> None:
    with create_pipe_input() as keys:
        session: PromptSession[str] = PromptSession(input=keys, output=DummyOutput())
        keys.send_text("  Rain \r\r\ry\r")
        fields = Prompts("topic", look, FancyLines(session)).run()
    assert fields == {"label": "Rain"}


def test_a_terminal_that_moves_no_cursor_gets_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert type(lines()) is PlainLines


# Journeys in a terminal of its own.


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_a_claim_is_entered_at_a_terminal(project: Claims, term: str) -> None:
    with Terminal(["claim", "add"], {"TERM": term}) as person:
        person.answer("document (needed): ", "page")
        person.expect("there is no document 'page'")
        person.answer("document (needed): ", "the page")
        person.answer("question (needed): ", "dead")
        person.answer("quote (needed): ", QUOTE)
        person.answer("said: ", "dozens")
        person.expect("typically 24 to 99")
        person.answer("speakers: ", "Memorial")
        for _ in range(4):
            person.answer(": ", "")
        person.expect("UNANSWERED → SINGLE")
        person.answer("Save? [Y/n/field to change] ", "")
        person.expect("added")
        assert person.end() == 0
    assert "dozens" in project("claim", "list").out


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_leaving_writes_nothing_and_says_so(project: Claims, term: str, key: str) -> None:
    with Terminal(["topic", "add"], {"TERM": term}) as person:
        person.answer("label (needed): ", "Rain")
        person.expect("dates: ")
        person.insist(key, "You left: nothing was written.")
        assert person.end() == 130
    assert "Rain" not in project("topic", "list").out


def test_a_merge_is_agreed_to_at_a_terminal(project: Claims) -> None:
    assert project("source", "add", "--name", "Memorial HRC").code == 0
    words = ["source", "merge", "Memorial", "Memorial HRC", "--reason", "one office"]
    with Terminal(words) as person:
        person.answer("Merge? [y/N] ", "")
        person.expect("Nothing was merged.")
        assert person.end() == 0
    with Terminal(words) as person:
        person.answer("Merge? [y/N] ", "y")
        person.expect("To take it back: claims undo")
        assert person.end() == 0
    assert "“Memorial HRC”" in project("source", "merge", "--list").out
