"""Entering what was looked for: warnings, names, lists, sight, and what a report says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from claims.actions.actor import Actor
from claims.actions.as_of import moment, past
from claims.actions.entry_write import Did
from claims.actions.listing import ListRequest, listed
from claims.actions.removal import BringBackRequest, RemoveRequest, bring_back, remove
from claims.actions.report import ReportRequest, report
from claims.actions.search import SearchRequest, search
from claims.actions.undo import UndoRequest, undo
from claims.analysis.records import Claim, Inquiry, Topic
from claims.analysis.vocabulary import InquiryOutcome, Role, Sensitivity
from claims.errors import DocumentFaults, InputRefused, NotFound
from claims.report.inquiries import inquiry_words
from claims.report.shape import Report
from claims.store.access import Access
from claims.store.unit import read_unit
from tests.actions.test_entry import EIGHT, ME, NOW, World, world

__all__ = ["world"]

LOOKED: dict[str, Any] = {
    "key": "archive",
    "looked_for": "a list of the dead",
    "looked_in": "the town archive",
    "looked_on": "1992-04",
    "words": ["morgue"],
}
UNCONFIRMED = "They could not confirm that leaflets were dropped."
PUBLIC = Actor("reader", Role.READER, Sensitivity.PUBLIC)


def _report(world: World, by: Actor = ME) -> Report:
    with read_unit(world.engine) as session:
        return report(session, by, ReportRequest(topic="shelling"), NOW)


def _unconfirmed(world: World) -> None:
    world.claim(
        UNCONFIRMED,
        question="leaflets",
        key="looked",
        stance="could_not_confirm",
        speakers="unnamed people",
    )


def test_an_inquiry_is_on_the_topic_of_its_question(world: World) -> None:
    world.add("topic", {"label": "A flood", "key": "flood"})
    done = world.add("inquiry", {**LOOKED, "question": "killed"})
    assert [(item.entity, item.state) for item in done.items] == [("inquiry", Did.ADDED)]
    assert (done.warnings, done.effects) == ((), ())
    (found,) = world.held(Inquiry)
    (shelling,) = (one for one in world.held(Topic) if one.key == "shelling")
    assert (found.topic, found.looked_by) == (shelling.id, "me")
    assert (found.outcome, found.sensitivity) == (InquiryOutcome.NOTHING, Sensitivity.PUBLIC)


def test_without_question_or_claim_it_needs_a_topic(world: World) -> None:
    world.add("inquiry", LOOKED)
    assert [one.topic for one in world.held(Inquiry)] == [world.held(Topic)[0].id]
    world.add("topic", {"label": "A flood", "key": "flood"})
    with pytest.raises(DocumentFaults) as refused:
        world.add("inquiry", {**LOOKED, "key": "again"})
    (fault,) = refused.value.faults
    assert (fault.field, fault.found) == ("topic", "no topic")
    assert "shelling" in fault.expected
    assert "flood" in fault.expected


def test_a_claim_that_rests_on_it_names_its_topic(world: World) -> None:
    _unconfirmed(world)
    world.add("topic", {"label": "A flood", "key": "flood"})
    done = world.add("inquiry", {**LOOKED, "claims": ["looked"]})
    assert done.warnings == ()
    assert world.held(Inquiry)[0].claims == (world.held(Claim)[0].id,)


def test_what_looks_odd_is_said_and_entered_all_the_same(world: World) -> None:
    world.claim(EIGHT, said="8 people", speakers="council", key="eight")
    _unconfirmed(world)
    done = world.add(
        "inquiry",
        {**LOOKED, "question": "killed", "claims": ["eight", "looked"], "looked_on": "2027-01"},
    )
    stance, question, day = done.warnings
    assert "its stance is asserts; only what could_not_confirm rests on" in stance
    assert "answers another question" in question
    assert day == "it is dated 2027-01, which is still to come"
    assert len(world.held(Inquiry)) == 1


def test_what_an_edit_makes_odd_is_said_and_what_was_odd_before_is_not(world: World) -> None:
    _unconfirmed(world)
    world.add("inquiry", {**LOOKED, "question": "killed"})
    later = world.edit("inquiry", "archive", changes={"looked_on": "2027-01"})
    assert later.warnings == ("it is dated 2027-01, which is still to come",)
    named = world.edit("inquiry", "archive", changes={"claims": ["looked"]})
    (warning,) = named.warnings
    assert "answers another question" in warning
    assert world.edit("inquiry", "archive", changes={"note": "x"}).warnings == ()


@pytest.mark.parametrize(
    ("day", "warned"),
    [(NOW.date(), False), (NOW.date() + timedelta(days=1), True), (NOW.date().year, False)],
)
def test_only_a_search_that_begins_later_is_still_to_come(
    world: World, day: object, warned: bool
) -> None:
    done = world.add("inquiry", {**LOOKED, "question": "killed", "looked_on": str(day)})
    assert bool(done.warnings) == warned


def test_it_is_closed_by_what_was_found_and_everything_can_be_taken_back(world: World) -> None:
    world.add("inquiry", {**LOOKED, "question": "killed"})
    world.edit("inquiry", "archive", changes={"outcome": "found", "note": "in the parish"})
    (found,) = world.held(Inquiry)
    assert (found.outcome, found.note) == (InquiryOutcome.FOUND, "in the parish")
    (told,) = (one for q in _report(world).questions for one in q.remarks if "archive" in one)
    assert told.startswith("Looked for and found: a list of the dead")
    assert told.endswith("in the parish")
    world.do(undo, UndoRequest())
    assert world.held(Inquiry)[0].outcome is InquiryOutcome.NOTHING
    world.do(remove, RemoveRequest(entity="inquiry", target="archive", reason="twice"))
    assert world.held(Inquiry) == []
    world.do(bring_back, BringBackRequest(entity="inquiry", target="archive"))
    assert world.held(Inquiry)[0].key == "archive"


def test_a_claim_that_an_inquiry_names_is_not_removed(world: World) -> None:
    _unconfirmed(world)
    world.add("inquiry", {**LOOKED, "claims": ["looked"]})
    with pytest.raises(InputRefused, match="still named by 1 inquiry; remove or change"):
        world.do(remove, RemoveRequest(entity="claim", target="looked", reason="an error"))


def test_inquiries_are_listed_found_and_narrowed(world: World) -> None:
    world.add("inquiry", {**LOOKED, "question": "killed"}, {**LOOKED, "key": "other"})
    with read_unit(world.engine) as session:
        lines = listed(session, ME, ListRequest(entity="inquiry"), NOW).lines
        asked = ListRequest(entity="inquiry", question="killed")
        narrowed = listed(session, ME, asked, NOW).lines
        hits = search(session, ME, SearchRequest(query="morgue in:inquiry"), NOW).hits
    assert [line.key for line in lines] == ["archive", "other"]
    assert [line.key for line in narrowed] == ["archive"]
    assert narrowed[0].details == {
        "about": "killed",
        "where": "the town archive",
        "by": "me",
        "on": "1992-04",
        "outcome": "nothing",
    }
    assert {hit.name for hit in hits} == {"a list of the dead"}


def test_what_a_clearance_must_not_see_is_not_there(world: World) -> None:
    secret = {"sensitivity": "restricted"}
    world.add("source", {"name": "A witness", "key": "witness", **secret})
    world.claim(EIGHT, said="8 people", speakers="council", key="hidden", sensitivity="restricted")
    world.add(
        "inquiry",
        {**LOOKED, "key": "open", "question": "killed"},
        {**LOOKED, "key": "own", **secret},
        {**LOOKED, "key": "by-source", "source": "witness"},
        {**LOOKED, "key": "by-claim", "claims": ["hidden"]},
    )
    with read_unit(world.engine) as session:
        seen = Access(session, Sensitivity.PUBLIC).records(Inquiry)
        assert [one.key for one in seen] == ["open"]
        assert len(Access(session, Sensitivity.RESTRICTED).records(Inquiry)) == 4
    assert [one.inquiry.key for one in _report(world, PUBLIC).inquiries] == ["open"]
    assert len(_report(world).inquiries) == 4


def test_what_is_hidden_today_is_hidden_in_the_past(world: World) -> None:
    world.add("inquiry", LOOKED)
    world.edit("inquiry", "archive", changes={"sensitivity": "restricted"})
    with read_unit(world.engine) as session:
        then = moment(session, ME, str(world.head() - 1), NOW)
        with past(session, PUBLIC, then) as scratch:
            assert Access(scratch, Sensitivity.PUBLIC).records(Inquiry) == []
            (found,) = Access(scratch, Sensitivity.RESTRICTED).records(Inquiry)
            assert found.sensitivity is Sensitivity.RESTRICTED


def test_a_search_changes_no_verdict_and_says_what_was_consulted(world: World) -> None:
    before = _report(world).questions[0]
    world.add(
        "inquiry", {**LOOKED, "question": "killed", "source": "council", "document": "article"}
    )
    found = _report(world)
    after = found.questions[0]
    assert replace(after, remarks=before.remarks) == before
    assert inquiry_words(found.inquiries[0]) == (
        "Looked for, not found: a list of the dead, in the town archive, by me, on 1992-04, with"
        " the words “morgue”, consulting “The council” and “Article”."
    )


def test_a_hidden_name_is_answered_like_one_that_is_not_held(world: World) -> None:
    world.add("inquiry", {**LOOKED, "sensitivity": "restricted"})
    with read_unit(world.engine) as session, pytest.raises(NotFound, match="there is no inquiry"):
        Access(session, Sensitivity.PUBLIC).find(Inquiry, "archive")
