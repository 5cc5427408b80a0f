"""Entering and editing: what is written, what is refused, what an answer says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from claims.actions.actor import Actor, access
from claims.actions.edit import EditRequest, edit
from claims.actions.entry import AddRequest, add
from claims.actions.entry_write import Did, Written
from claims.actions.init import InitRequest, init
from claims.actions.later import RetractRequest, SupersedeRequest, retract, supersede
from claims.actions.listing import ListRequest, listed
from claims.actions.removal import BringBackRequest, RemoveRequest, bring_back, remove
from claims.actions.showing import ShowRequest, show
from claims.actions.undo import UndoRequest, undo
from claims.analysis.records import Assessment, Claim, Passage, Question, Snapshot, Source
from claims.analysis.vocabulary import Role, Sensitivity, Stance
from claims.archive.store import Archive
from claims.errors import (
    DocumentFaults,
    InputRefused,
    NotFound,
    NotPermitted,
    StaleVersion,
)
from claims.store.reader import all_records, head
from claims.store.tables.log import ChangeRow
from claims.store.unit import read_unit, write_unit

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

TEXT = """The shelling. According to the Agency, dozens of people were killed.
The council said that 8 people died. Some said that 9 people died. 8 people died, it said.
They could not confirm that leaflets were dropped. People fled in March.
"""

ME = Actor("me", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
ENTERER = Actor("enterer", Role.ENTERER)
READER = Actor("reader", Role.READER)


@dataclass(frozen=True, slots=True)
class World:
    """A project, its archive, and short ways to act in it."""

    engine: Engine
    archive: Archive

    def add(
        self,
        entity: str,
        *entries: Mapping[str, Any],
        by: Actor = ME,
        **more: Any,  # noqa: ANN401
    ) -> Written:
        request = AddRequest(entity=entity, entries=entries, archive=self.archive, **more)
        with write_unit(self.engine) as session:
            return add(session, by, request, NOW)

    def edit(self, entity: str, target: object, by: Actor = ME, **more: Any) -> Written:  # noqa: ANN401
        request = EditRequest(entity=entity, target=str(target), archive=self.archive, **more)
        with write_unit(self.engine) as session:
            return edit(session, by, request, NOW)

    def do(self, action: Callable[..., Any], request: object, by: Actor = ME) -> Any:  # noqa: ANN401
        with write_unit(self.engine) as session:
            return action(session, by, request, NOW)

    def claim(self, quote: str, by: Actor = ME, **fields: Any) -> Written:  # noqa: ANN401
        data = {"document": "article", "question": "killed", "quote": quote, **fields}
        return self.add("claim", data, by=by)

    def held(self, kind: type[Any]) -> list[Any]:
        with read_unit(self.engine) as session:
            return all_records(session, kind)

    def head(self) -> int:
        with read_unit(self.engine) as session:
            return head(session).seq


@pytest.fixture
def world(empty: Engine, tmp_path: Path) -> World:
    made = World(empty, Archive(tmp_path / "archive"))
    with write_unit(empty) as session:
        init(session, ME, InitRequest(), NOW)
    made.add("topic", {"label": "The shelling", "key": "shelling", "dates": "1992-03"})
    made.add(
        "question",
        {"text": "How many were killed?", "kind": "count", "key": "killed"},
        {"text": "Were leaflets dropped?", "kind": "boolean", "key": "leaflets"},
        {"text": "When did they flee?", "kind": "date", "aspect": "moment", "key": "fled"},
        {"text": "Who did it?", "kind": "category", "key": "who"},
    )
    made.add(
        "source",
        {"name": "The Gazette", "key": "gazette", "kind": "newspaper"},
        {"name": "The Agency", "key": "agency", "aliases": ["Agency"]},
        {"name": "The council", "key": "council"},
        {"name": "unnamed people", "key": "some", "named": False},
    )
    document = {"title": "Article", "key": "article", "voice": "gazette", "tier": "secondary"}
    made.add("document", {**document, "text": "a.txt"}, files={"a.txt": TEXT.encode()})
    return made


DOZENS = "According to the Agency, dozens of people were killed."
EIGHT = "The council said that 8 people died."


def test_a_claim_is_entered_with_its_passage_and_its_grade(world: World) -> None:
    done = world.claim(
        DOZENS,
        said="dozens of people",
        speakers="The Gazette > Agency",
        confidence="low",
        reason="the dispatch is not held",
    )
    assert [(item.entity, item.state) for item in done.items] == [
        ("claim", Did.ADDED),
        ("assessment", Did.ADDED),
    ]
    assert [str(effect) for effect in done.effects] == ["killed: UNANSWERED → SINGLE"]
    (claim,), (passage,) = world.held(Claim), world.held(Passage)
    assert isinstance(claim, Claim)
    sources = {one.id: one.key for one in world.held(Source)}
    assert [sources[one.source] for one in claim.speakers] == ["gazette", "agency"]
    assert claim.passages == (passage.id,)
    assert (claim.value and claim.value.said, claim.stance) == ("dozens of people", Stance.ASSERTS)
    assert passage.exact == TEXT[passage.start : passage.end] == DOZENS
    assert passage.prefix == "The shelling. "
    assert passage.suffix == TEXT[passage.end : passage.end + 32]
    assert passage.snapshot == world.held(Snapshot)[0].id
    (grade,) = world.held(Assessment)
    assert (grade.code, grade.reason, grade.assessed_by) == (
        "low",
        "the dispatch is not held",
        "me",
    )


def test_every_write_says_what_it_changed(world: World) -> None:
    world.claim(DOZENS, said="dozens of people", speakers=["agency"])
    done = world.claim(EIGHT, said="8 people", speakers=["council"])
    assert [str(effect) for effect in done.effects] == ["killed: SINGLE → CONFLICT_HARD"]
    gone = world.do(remove, RemoveRequest(entity="claim", target=str(done.items[0].id)))
    assert [str(effect) for effect in gone.effects] == ["killed: CONFLICT_HARD → SINGLE"]


def test_a_dry_run_says_the_same_and_writes_nothing(world: World) -> None:
    world.claim(DOZENS, said="dozens of people", speakers=["agency"])
    before = world.head()
    data = {"document": "article", "question": "killed", "quote": EIGHT, "said": "8 people"}
    told = world.add("claim", {**data, "speakers": ["council"]}, dry_run=True)
    assert told.dry_run
    assert told.act is None
    assert [str(effect) for effect in told.effects] == ["killed: SINGLE → CONFLICT_HARD"]
    assert world.head() == before
    assert len(world.held(Claim)) == 1


def test_a_dry_run_archives_nothing(world: World) -> None:
    document = {"title": "B", "voice": "gazette", "tier": "primary", "text": "b.txt"}
    world.add("document", document, files={"b.txt": b"something else"}, dry_run=True)
    files = [path for path in world.archive.folder.rglob("*") if path.is_file()]
    assert len(files) == 1


def test_all_faults_of_all_entries_are_told_at_once(world: World) -> None:
    before = world.head()
    good = {"document": "article", "question": "killed", "quote": EIGHT, "said": "8 people"}
    bad = {
        "document": "artcle",
        "question": "killed",
        "quote": "no such words",
        "stance": "assert",
        "hedgs": ["x"],
        "confidence": {"level": "lo"},
    }
    with pytest.raises(DocumentFaults) as refused:
        world.add("claim", good, bad, {**good, "speakers": ["nobody"], "said": "nine"})
    told = [(fault.file, fault.field) for fault in refused.value.faults]
    assert ("claim 1", "") not in told
    assert set(told) == {
        ("claim 2", "document"),
        ("claim 2", "stance"),
        ("claim 2", "hedgs"),
        ("claim 2", "confidence.level"),
        ("claim 2", "confidence.reason"),
        ("claim 3", "speakers[0]"),
        ("claim 3", "said"),
    }
    assert world.head() == before


MESSAGES = [
    (
        {"stance": "assert"},
        "stance: found 'assert'; expected a stance: asserts, .* did you mean 'asserts'?",
    ),
    ({"document": "artcle"}, "found 'artcle', which names no document; .* nearest is 'Article'"),
    ({"question": "kiled"}, "question: found 'kiled', which names no question"),
    ({"said": "eight persons"}, "said: found 'eight persons'; expected words of the quote"),
    ({"said": "The council"}, "said: found .* cannot be read as a quantity"),
    ({"as_of": "yesterday"}, "as_of: found 'yesterday'.*expected a date in EDTF"),
    (
        {"quote": "The council said that 8 persons"},
        "altered.*“people” became “persons”.* or unplaced",
    ),
    ({"quote": "8 people died"}, "2 times, in lines 2, 2; expected at: which of them, from 1 to 2"),
    ({"quote": "8 people died", "at": "5"}, "at: found '8 people died' 2 times"),
    ({"speakers": ["some"]}, "stance asserts of 'some', an unnamed source; expected stance: rep"),
    ({"speakers": ["council", "council"]}, "found 'council', who speaks just before"),
    ({"stance": "could_not_confirm"}, "said '8 people' of what could not be confirmed"),
    ({"confidence": "low"}, "confidence.reason: found no field 'reason'"),
    ({"retracted": {"at": "2099", "reason": "x"}}, "2099-01-01, which is yet to come"),
    ({"scope": {"cause": "rain"}}, "scope.cause: found 'rain', which names no term"),
    ({"scope": {"colour": "red"}}, "the unknown field 'colour'"),
    ({"range_basis": "sources"}, "a range_basis of a value that is no range"),
    ({"locale": "xx"}, "locale: found 'xx'"),
    ({"note": "a\x07b"}, r"note: found the character U\+0007"),
    ({"key": "two words"}, "key: found 'two words'; expected a key: one word"),
]


@pytest.mark.parametrize(("change", "message"), MESSAGES, ids=[str(c) for c, _ in MESSAGES])
def test_every_fault_is_one_plain_sentence(
    world: World, change: dict[str, Any], message: str
) -> None:
    data = {
        "document": "article",
        "question": "killed",
        "quote": EIGHT,
        "said": "8 people",
        "speakers": ["council"],
    }
    before = world.head()
    with pytest.raises(DocumentFaults, match=message) as refused:
        world.add("claim", {**data, **change})
    assert all(len(line) < 700 for line in str(refused.value).splitlines())
    assert world.head() == before


def test_one_of_several_places_of_a_quote_is_chosen(world: World) -> None:
    world.claim("8 people died", at="2", said="8 people", speakers=["council"])
    (passage,) = world.held(Passage)
    assert passage.start == TEXT.rindex("8 people died")


CURLY = "The council’s report\r\nsaid – at last – that 70 people died.  The report’s end.\n"


@pytest.fixture
def curly(world: World) -> World:
    """A document whose text has signs that nobody types."""
    told = {"title": "Report", "key": "report", "voice": "gazette", "tier": "primary"}
    told["text"] = "report.txt"
    world.add("document", told, files={"report.txt": CURLY.encode()})
    return world


TYPED = "The council's report said -- at last -- that 70 people died."
STANDS = "The council’s report\r\nsaid – at last – that 70 people died."


@pytest.mark.parametrize("quote", [TYPED, f'"{TYPED}"', f" {TYPED} "])
def test_the_text_s_own_words_are_kept_where_typography_alone_differs(
    curly: World, quote: str
) -> None:
    done = curly.claim(quote, document="report", said="70 people", speakers=["council"])
    (passage,) = curly.held(Passage)
    assert passage.exact == STANDS == CURLY[passage.start : passage.end]
    assert (passage.prefix, passage.suffix) == (None, CURLY[passage.end : passage.end + 32])
    (told,) = [one for one in done.warnings if "typography" in one]
    assert told.endswith(
        "stands in line 1; only typography differs; the words of the text are kept: "
        '"The council’s report\\r\\nsaid – at last – that 70 people died."'
    )


def test_what_singles_a_quote_out_may_differ_in_typography_too(curly: World) -> None:
    quote = "report said"
    curly.claim(quote, document="report", question="leaflets", prefix="council's ", value=True)
    (passage,) = curly.held(Passage)
    assert (passage.exact, passage.prefix) == ("report\r\nsaid", "The council’s ")


def test_further_words_of_the_text_are_kept_as_they_stand_there(curly: World) -> None:
    curly.claim(
        "that 70 people died.",
        document="report",
        said="70 people",
        speakers=["council"],
        also_in=["The council's report said"],
    )
    assert {one.exact for one in curly.held(Passage)} == {
        "that 70 people died.",
        "The council’s report\r\nsaid",
    }


@pytest.mark.parametrize(
    ("quote", "more", "found"),
    [
        ("The council's report said that 70 people died.", {}, "(altered): "),
        ("The council's report said […] that 70 people died.", {}, "(elided): "),
        ("that 70 people died … The council's report said", {}, "(spliced): "),
        ("A wholly other tale of the sea", {}, "(absent): "),
        ("report said", {}, "(too short): "),
        (TYPED, {"prefix": "Never "}, "but not with that prefix and suffix"),
        (TYPED, {"at": "2"}, "(typographic): stands in line 1"),
    ],
)
def test_more_than_typography_is_refused_as_before(
    curly: World, quote: str, more: dict[str, Any], found: str
) -> None:
    with pytest.raises(DocumentFaults, match=re.escape(found)):
        curly.claim(quote, document="report", said="70 people", speakers=["council"], **more)
    assert not curly.held(Passage)


def test_of_several_places_that_typography_alone_parts_one_is_to_be_chosen(world: World) -> None:
    told = {"title": "Report", "key": "report", "voice": "gazette", "tier": "primary"}
    told["text"] = "report.txt"
    text = "First: “some people fled”. Then:  “some  people  fled”.\n"
    world.add("document", told, files={"report.txt": text.encode()})
    fields: dict[str, Any] = {"document": "report", "question": "leaflets", "value": True}
    with pytest.raises(DocumentFaults, match=r"\(ambiguous\): .* 2 times.*give the prefix"):
        world.claim("some\npeople\nfled", **fields)
    world.claim("some\npeople\nfled", prefix="Then: “", **fields)
    (passage,) = world.held(Passage)
    assert passage.exact == "some  people  fled"


def test_an_edit_keeps_the_text_s_own_words_too(curly: World) -> None:
    done = curly.claim(
        "that 70 people died.", document="report", said="70 people", speakers=["council"]
    )
    edited = curly.edit("claim", done.items[0].id, changes={"quote": TYPED})
    assert any("only typography differs" in one for one in edited.warnings)
    (claim,) = curly.held(Claim)
    (passage,) = [one for one in curly.held(Passage) if one.id in claim.passages]
    assert passage.exact == STANDS


def test_a_quote_that_the_text_lacks_is_kept_only_when_asked(world: World) -> None:
    done = world.claim("12 people died", unplaced=True, said="12 people", speakers=["council"])
    assert done.warnings == ("the quote was not looked for in the archived text",)
    (passage,) = world.held(Passage)
    assert (passage.start, passage.snapshot) == (None, None)


def test_a_document_without_a_text_keeps_quotes_with_a_warning(world: World) -> None:
    world.add("document", {"title": "B", "key": "b", "voice": "gazette", "tier": "primary"})
    data = {"document": "b", "question": "killed", "quote": "9 people died", "said": "9 people"}
    done = world.add("claim", data)
    assert done.warnings == ("'B' has no archived text: its quotes are not checked",)


def test_dates_take_their_year_from_the_topic(world: World) -> None:
    data = {"document": "article", "question": "fled", "quote": "People fled in March."}
    world.add("claim", {**data, "said": "in March"})
    (claim,) = world.held(Claim)
    assert claim.value.expression == "1992-03"
    assert claim.value.inferred == {"year": "the context 1992 from the dates of the topic"}


def test_a_category_is_a_term_by_its_name(world: World) -> None:
    world.add("term", {"label": "the council"})
    data = {"document": "article", "question": "who", "quote": EIGHT, "said": "The council"}
    world.add("claim", data)
    with pytest.raises(DocumentFaults, match="value: found 'said', which names no term"):
        world.add("claim", {**data, "said": "said"})


def test_two_claims_of_one_request_share_their_passage(world: World) -> None:
    data = {"document": "article", "question": "killed", "quote": EIGHT, "said": "8 people"}
    world.add("claim", {**data, "speakers": ["council"]}, {**data, "speakers": ["agency"]})
    assert len(world.held(Passage)) == 1


def test_later_entries_may_name_earlier_ones(world: World) -> None:
    world.add(
        "question",
        {"text": "How many children?", "kind": "count", "key": "c", "subset_of": "killed"},
        {"text": "How many girls?", "kind": "count", "key": "g", "subset_of": "c"},
    )
    by_key = {one.key: one for one in world.held(Question)}
    assert by_key["g"].subset_of == by_key["c"].id


def test_a_key_is_used_once(world: World) -> None:
    with pytest.raises(DocumentFaults, match="key: found 'agency', which another source has"):
        world.add("source", {"name": "x", "key": "agency"})
    with pytest.raises(DocumentFaults, match="source 2: key: found 'x'"):
        world.add("source", {"name": "x", "key": "x"}, {"name": "y", "key": "x"})


def test_the_same_request_twice_is_one_claim(world: World) -> None:
    data = {"document": "article", "question": "killed", "quote": EIGHT, "said": "8 people"}
    first = world.add("claim", data, once="k1")
    again = world.add("claim", data, once="k1")
    assert (first.replayed, again.replayed) == (False, True)
    assert [item.id for item in again.items] == [item.id for item in first.items]
    assert again.act == first.act
    assert len(world.held(Claim)) == 1
    with pytest.raises(InputRefused, match="the key 'k1' was used already, for another request"):
        world.add("claim", {**data, "note": "x"}, once="k1")
    target = str(first.items[0].id)
    world.edit("claim", target, changes={"note": "y"}, once="k2")
    assert world.edit("claim", target, changes={"note": "y"}, once="k2").replayed


def test_who_may_enter_edit_and_judge(world: World) -> None:
    with pytest.raises(NotPermitted, match="may not enter"):
        world.add("topic", {"label": "x"}, by=READER)
    with pytest.raises(NotPermitted, match="may not edit"):
        world.edit("topic", "shelling", by=READER, changes={"label": "x"})
    grade = {"source": "agency", "reliability": "B", "reason": "x"}
    with pytest.raises(NotPermitted, match="may not assess"):
        world.add("assessment", grade, by=READER)
    claim = world.claim(EIGHT, by=ENTERER, said="8 people", confidence="low", reason="x")
    assert claim.items[1].entity == "assessment"


def test_what_is_hidden_is_answered_like_what_is_not_there(world: World) -> None:
    hidden = {"name": "Secret witness", "key": "secret", "sensitivity": "restricted"}

    def answers() -> list[str]:
        found = []
        for name in ("secret", "Secret witness", "secre", "nobody"):
            with pytest.raises(DocumentFaults) as refused:
                world.claim(EIGHT, by=ENTERER, said="8 people", speakers=[name])
            found.append(str(refused.value))
        return found

    before = answers()
    world.add("source", hidden)
    assert answers() == before
    with pytest.raises(NotFound) as unknown:
        world.edit("source", "secret", by=ENTERER, changes={"note": "x"})
    assert "witness" not in str(unknown.value)
    with pytest.raises(NotPermitted, match="would vanish before your eyes"):
        world.add("source", {"name": "x", "sensitivity": "team"}, by=ENTERER)
    with read_unit(world.engine) as session:
        lines = listed(session, ENTERER, ListRequest(entity="source"), NOW).lines
    assert len(lines) == 4


def test_an_edit_changes_what_it_names_and_nothing_else(world: World) -> None:
    target = (
        world.claim(
            DOZENS, said="dozens of people", speakers=["agency"], hedges=["According to"], note="n"
        )
        .items[0]
        .id
    )
    (before,) = world.held(Claim)
    done = world.edit("claim", target, changes={"said": "dozens", "as_of": "1992"})
    assert [(item.version, item.state) for item in done.items] == [(2, Did.CHANGED)]
    (after,) = world.held(Claim)
    assert after.value.said == "dozens"
    assert after == replace(before, value=after.value, as_of="1992")
    assert world.edit("claim", target, changes={"said": "dozens"}).items[0].state is Did.UNCHANGED


def test_an_edit_may_empty_a_field_but_not_one_that_is_needed(world: World) -> None:
    target = world.claim(EIGHT, said="8 people", note="n").items[0].id
    world.edit("claim", target, changes={"note": None})
    assert world.held(Claim)[0].note is None
    with pytest.raises(DocumentFaults, match="no field 'quote'"):
        world.edit("claim", target, changes={"quote": None})


def test_another_quote_is_another_passage(world: World) -> None:
    target = world.claim(EIGHT, said="8 people").items[0].id
    (first,) = world.held(Passage)
    world.edit("claim", target, changes={"quote": "8 people died.", "said": "8 people"})
    (claim,), passages = world.held(Claim), world.held(Passage)
    assert [one.exact for one in passages] == [EIGHT, "8 people died."]
    assert claim.passages == (passages[1].id,) != (first.id,)
    world.edit("claim", target, changes={"also_in": ["People fled in March."]})
    (claim,) = world.held(Claim)
    assert claim.passages[0] == passages[1].id
    assert len(claim.passages) == 2


def test_what_could_not_be_confirmed_loses_its_value(world: World) -> None:
    target = world.claim(EIGHT, said="8 people").items[0].id
    world.edit("claim", target, changes={"stance": "could_not_confirm"})
    (claim,) = world.held(Claim)
    assert (claim.stance, claim.value) == (Stance.COULD_NOT_CONFIRM, None)


def test_a_stale_edit_is_refused_and_shows_all_three(world: World) -> None:
    target = world.claim(EIGHT, said="8 people").items[0].id
    world.edit("claim", target, changes={"note": "theirs"})
    with pytest.raises(StaleVersion) as refused:
        world.edit("claim", target, changes={"note": "yours"}, version=1)
    told = str(refused.value)
    assert "you read version 1, it is in version 2, by me at 2026-01-02" in told
    assert "note: read 'nothing', theirs 'theirs', yours 'yours' (both changed it)" in told
    assert "--merge" not in told
    with pytest.raises(StaleVersion):
        world.edit("claim", target, changes={"note": "yours"}, version=1, merge=True)
    assert world.held(Claim)[0].note == "theirs"


def test_a_merge_keeps_what_both_changed_in_different_fields(world: World) -> None:
    target = world.claim(EIGHT, said="8 people").items[0].id
    world.edit("claim", target, changes={"note": "theirs"})
    with pytest.raises(StaleVersion, match="or keep both changes with --merge"):
        world.edit("claim", target, changes={"as_of": "1992"}, version=1)
    world.edit("claim", target, changes={"as_of": "1992"}, version=1, merge=True)
    (claim,) = world.held(Claim)
    assert (claim.note, claim.as_of) == ("theirs", "1992")
    with pytest.raises(InputRefused, match="has no version 9"):
        world.edit("claim", target, changes={"as_of": "1993"}, version=9)


def test_what_is_never_changed_says_what_to_do(world: World) -> None:
    grade = {"source": "agency", "reliability": "B", "reason": "careful"}
    done = world.add("assessment", grade)
    with pytest.raises(InputRefused, match="claims assess supersede"):
        world.edit("assessment", done.items[0].id, changes={"reason": "x"})
    with pytest.raises(InputRefused, match="claims assess add --source"):
        world.edit("source", "agency", changes={"reliability": "A"})
    again = world.add("assessment", {**grade, "reliability": "A"})
    assert again.warnings == ("it takes the place of your reliability B",)
    first, second = world.held(Assessment)
    assert second.supersedes == first.id
    world.claim(EIGHT, said="8 people")
    with pytest.raises(InputRefused, match="1 claim answers the question as a count"):
        world.edit("question", "killed", changes={"kind": "text"})


def test_a_speaker_says_something_new(world: World) -> None:
    target = world.claim(DOZENS, said="dozens of people", speakers=["agency"]).items[0].id
    request = SupersedeRequest(
        entity="claim",
        target=str(target),
        fields={"quote": EIGHT, "said": "8 people"},
        archive=world.archive,
    )
    world.do(supersede, request)
    old, new = world.held(Claim)
    assert (new.supersedes, new.speakers, new.question) == (old.id, old.speakers, old.question)
    with pytest.raises(InputRefused, match="refer to it: claim"):
        world.do(remove, RemoveRequest(entity="claim", target=str(old.id)))
    with pytest.raises(InputRefused, match="a topic is edited, not superseded"):
        world.do(supersede, SupersedeRequest(entity="topic", target="shelling", fields={}))


def test_a_retracted_claim_counts_no_more_until_it_is_restored(world: World) -> None:
    target = str(world.claim(EIGHT, said="8 people").items[0].id)
    done = world.do(retract, RetractRequest(target=target, at="1993", reason="withdrawn"))
    assert [str(effect) for effect in done.effects] == ["killed: SINGLE → UNANSWERED"]
    assert done.items[0].state is Did.RETRACTED
    back = world.do(bring_back, BringBackRequest(entity="claim", target=target))
    assert [str(effect) for effect in back.effects] == ["killed: UNANSWERED → SINGLE"]
    with pytest.raises(InputRefused, match="is held and not retracted"):
        world.do(bring_back, BringBackRequest(entity="claim", target=target))


def test_what_is_removed_can_come_back_as_it_was(world: World) -> None:
    done = world.claim(EIGHT, said="8 people", confidence="low", reason="hearsay")
    target = str(done.items[0].id)
    before = (world.held(Claim), world.held(Passage), world.held(Assessment))
    world.do(remove, RemoveRequest(entity="claim", target=target, reason="twice"))
    assert (world.held(Claim), world.held(Passage), world.held(Assessment)) == ([], [], [])
    world.do(bring_back, BringBackRequest(entity="claim", target=target[:8]))
    assert (world.held(Claim), world.held(Passage), world.held(Assessment)) == before
    with pytest.raises(NotFound):
        world.do(bring_back, BringBackRequest(entity="claim", target="ffffffff"))


def test_what_others_name_is_not_removed(world: World) -> None:
    world.claim(EIGHT, said="8 people", speakers=["council"])
    for entity, target in (
        ("source", "council"),
        ("document", "article"),
        ("question", "killed"),
        ("topic", "shelling"),
    ):
        with pytest.raises(InputRefused, match="cannot be removed, because others refer to it"):
            world.do(remove, RemoveRequest(entity=entity, target=target))


def test_what_others_thought_of_a_claim_is_not_removed_with_it(world: World) -> None:
    target = str(world.claim(EIGHT, by=ENTERER, said="8 people").items[0].id)
    world.add("assessment", {"claim": target, "confidence": "low", "reason": "x"})
    with pytest.raises(InputRefused, match=r"others refer to it: assessment \w+ \(confidence low"):
        world.do(remove, RemoveRequest(entity="claim", target=target), by=ENTERER)


def test_an_earlier_version_comes_back(world: World) -> None:
    world.edit("topic", "shelling", changes={"label": "Other"})
    world.do(bring_back, BringBackRequest(entity="topic", target="shelling", version=1))
    with read_unit(world.engine) as session:
        found = show(session, ME, ShowRequest(entity="topic", target="shelling"), NOW)
    assert (found.name, found.version) == ("The shelling", 3)
    with pytest.raises(InputRefused, match="no version 7 to go back to"):
        world.do(bring_back, BringBackRequest(entity="topic", target="shelling", version=7))


def test_entering_is_undone_as_a_whole(world: World) -> None:
    world.claim(EIGHT, said="8 people", confidence="low", reason="x")
    world.do(undo, UndoRequest())
    assert (world.held(Claim), world.held(Passage), world.held(Assessment)) == ([], [], [])


def test_what_is_shown_is_what_can_be_entered(world: World) -> None:
    world.claim(DOZENS, said="dozens of people", speakers=["agency"], hedges=["According to"])
    (claim,) = world.held(Claim)
    with read_unit(world.engine) as session:
        found = show(session, ME, ShowRequest(entity="claim", target=str(claim.id)), NOW)
    assert (found.chain, found.review, found.verdict) == (
        ("gazette", "agency"),
        "awaiting",
        "SINGLE",
    )
    assert found.reading is not None
    assert found.reading["hard"] == [12, None]
    world.add("claim", found.fields)
    first, second = world.held(Claim)
    assert replace(second, id=first.id, passages=first.passages) == first


def test_claims_are_listed_by_what_they_are(world: World) -> None:
    world.claim(DOZENS, said="dozens", speakers=["agency"], confidence="low", reason="x")
    data = {"document": "article", "question": "leaflets", "stance": "could_not_confirm"}
    world.add("claim", {**data, "quote": "could not confirm that leaflets were dropped"})
    eight = world.claim(EIGHT, said="8 people", speakers=["council"]).items[0].id
    world.do(retract, RetractRequest(target=str(eight), at="1993", reason="x"))

    def count(**narrowing: Any) -> int:  # noqa: ANN401
        with read_unit(world.engine) as session:
            return len(listed(session, ME, ListRequest(entity="claim", **narrowing), NOW).lines)

    assert count() == count(topic="shelling") == count(document="Article") == count(awaiting=True)
    assert count() == 3
    assert count(question="killed") == 2
    assert (count(source="agency"), count(source="gazette")) == (1, 3)
    assert (count(stance="could_not_confirm"), count(unassessed=True)) == (1, 2)
    assert (count(retracted=True), count(limit=1)) == (1, 1)
    with pytest.raises(NotFound, match="there is no question 'x'"):
        count(question="x")


def test_each_record_written_has_its_change(world: World) -> None:
    with read_unit(world.engine) as session:
        before = session.scalar(select(func.count()).select_from(ChangeRow))
    world.claim(EIGHT, said="8 people", confidence="low", reason="x")
    with read_unit(world.engine) as session:
        after = session.scalar(select(func.count()).select_from(ChangeRow))
        assert access(session, ME).count(Claim) == 1
    assert (after or 0) - (before or 0) == 3


def test_nothing_or_too_much_is_refused(world: World) -> None:
    with pytest.raises(InputRefused, match="nothing to enter"):
        world.add("topic")
    with pytest.raises(InputRefused, match="nothing to change"):
        world.edit("topic", "shelling", changes={})
    with pytest.raises(InputRefused, match="'tpic' cannot be entered"):
        world.add("tpic", {"label": "x"})
    with pytest.raises(InputRefused, match="at most 1,000"):
        world.add("topic", *[{"label": "x"}] * 1001)


def _said(world: World, said: str, question: str = "killed") -> tuple[str, ...]:
    quote = f"They spoke of {said}."
    return world.claim(quote, said=said, question=question, unplaced=True).warnings


def test_a_count_that_leaves_open_what_it_counts_is_remarked(world: World) -> None:
    world.add("question", {"text": "How many fled?", "kind": "count", "key": "u", "unit": "people"})
    assert any("9' names no unit, nor does" in one for one in _said(world, "9"))
    assert any("is read as people" in one and "--value" in one for one in _said(world, "9", "u"))
    assert any("counts families, but" in one for one in _said(world, "9 families", "u"))
    assert not any("unit" in one or "counts" in one for one in _said(world, "9 civilians", "u"))


def test_superseding_what_is_superseded_already_names_by_what(world: World) -> None:
    world.claim(EIGHT, said="8 people", key="old")
    fields = {"quote": EIGHT, "said": "8 people", "key": "newer"}
    request = SupersedeRequest(entity="claim", target="old", fields=fields, archive=world.archive)
    assert not any("superseded" in one for one in world.do(supersede, request).warnings)
    again = replace(request, fields={**fields, "key": "newest"})
    (found,) = (one for one in world.do(supersede, again).warnings if "superseded already" in one)
    assert "claim newer (The council" in found or "claim newer (The Gazette" in found


def test_a_refused_removal_counts_nothing_that_is_hidden(world: World) -> None:
    world.add("term", {"key": "cause", "label": "Shelling"})
    hidden: dict[str, Any] = {"sensitivity": "restricted", "scope": {"cause": "cause"}}
    for key in ("one", "two"):
        world.claim(EIGHT, said="8 people", key=key, **hidden)
    for target, entity in (("cause", "term"), ("killed", "question")):
        request = RemoveRequest(entity=entity, target=target)
        with pytest.raises(InputRefused) as refused:
            world.do(remove, request, Actor("coder", Role.REVIEWER))
        assert "something else still refers to it" in str(refused.value)
        assert not any(word in str(refused.value) for word in ("2", "claim"))
    with pytest.raises(InputRefused, match="named by 2 claims"):
        world.do(remove, RemoveRequest(entity="term", target="cause"))


@pytest.mark.parametrize(
    ("name", "found"),
    [(True, "true"), (5, "the number 5"), (float("nan"), "no number"), (float("inf"), "inf")],
)
def test_what_is_no_words_is_refused_where_words_are_meant(
    world: World, name: object, found: str
) -> None:
    with pytest.raises(DocumentFaults) as refused:
        world.add("source", {"name": name})
    assert any(one.field == "name" and found in one.found for one in refused.value.faults)


@pytest.mark.parametrize(
    ("quote", "fields", "check"),
    [
        ("According to the Agency, dozens of people were killed.", {"said": "dozens"}, "A17"),
        (
            "They could not confirm that leaflets were dropped.",
            {"question": "leaflets", "said": "leaflets were dropped", "value": "yes"},
            "A21",
        ),
    ],
)
def test_what_the_audit_would_find_is_warned_of_at_once(
    world: World, quote: str, fields: dict[str, Any], check: str
) -> None:
    written = world.claim(quote, **fields)
    assert any(f"({check}, `claims audit`)" in warning for warning in written.warnings)


def test_a_claim_that_keeps_hedge_speaker_and_value_is_not_warned_of(world: World) -> None:
    quote = "According to the Agency, dozens of people were killed."
    written = world.claim(quote, said="dozens of people", speakers=["agency"])
    assert not any("claims audit" in warning for warning in written.warnings)
