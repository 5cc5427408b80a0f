from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from claims.actions import Actor, ReportRequest, report
from claims.actions.actor import access
from claims.actions.review import (
    ReviewLine,
    ReviewRequest,
    ReviewResult,
    ReviewsRequest,
    review_claims,
    reviews,
    states,
)
from claims.actions.undo import UndoRequest, undo
from claims.analysis.acceptance import ReviewState
from claims.analysis.records import Claim, Review, Topic
from claims.analysis.vocabulary import Decision, Role, Sensitivity
from claims.errors import InputRefused, NotFound, NotPermitted, StaleVersion
from claims.store.reader import all_records, head
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.actions.conftest import NOW
from tests.store.worlds import an_id, flood

AWAITING, RETURNED, ACCEPTED = ReviewState

ENTERER = Actor("enterer", Role.REVIEWER, Sensitivity.RESTRICTED)
SECOND = Actor("second", Role.REVIEWER, Sensitivity.RESTRICTED)
THIRD = Actor("third", Role.REVIEWER, Sensitivity.PUBLIC)


@pytest.fixture
def held(empty: Engine) -> Engine:
    with write_unit(empty) as session:
        Writer(session, "enterer", NOW).insert_all(flood())
    return empty


def decide(
    engine: Engine, *claims: str, decision: str = "accepted", actor: Actor = SECOND, **what: object
) -> ReviewResult:
    told = {"reason": "compared with the page"} | what
    request = ReviewRequest(claims=claims, decision=Decision(decision), **told)  # type: ignore[arg-type]
    with write_unit(engine) as session:
        return review_claims(session, actor, request, NOW)


def edit(engine: Engine, name: str, actor: str, **changes: object) -> None:
    with write_unit(engine) as session:
        (claim,) = all_records(session, Claim, [an_id(name)])
        Writer(session, actor, NOW).update(replace(claim, **changes), version=None)  # type: ignore[arg-type]


def listed(engine: Engine, actor: Actor = SECOND, **what: object) -> list[ReviewLine]:
    with read_unit(engine) as session:
        return reviews(session, actor, ReviewsRequest(**what), NOW)  # type: ignore[arg-type]


def state(engine: Engine, name: str) -> ReviewState:
    with read_unit(engine) as session:
        return states(access(session, SECOND), [an_id(name)])[an_id(name)]


def test_a_claim_awaits_review_until_a_second_person_accepts_it(held: Engine) -> None:
    assert [line.key for line in listed(held)] == ["claim-0", "claim-1", "claim-2"]
    result = decide(held, "claim-1", "CLAIM-0")
    assert [(item.before, item.after) for item in result.items] == [(AWAITING, ACCEPTED)] * 2
    assert [line.key for line in listed(held)] == ["claim-2"]
    assert [line.key for line in listed(held, state=ACCEPTED)] == ["claim-0", "claim-1"]
    assert len(listed(held, state=None)) == 3


def test_a_line_tells_what_a_reviewer_needs(held: Engine) -> None:
    edit(held, "claim 2", "editor", note="mended")
    decide(held, "claim-2", decision="returned", reason="see line 4")
    (line,) = listed(held, state=RETURNED)
    assert line.words == ("10 people were killed, the Ministry said",)
    assert (line.value, line.source, line.topic) == ("10 people", "the Ministry", "The flood")
    assert line.question == "How many people were killed?"
    assert (line.entered_by, line.edited_by, line.version) == ("enterer", "editor", 2)
    assert line.entered_at == "2026-01-02T03:04:05.000000Z"
    assert line.review
    assert (line.review.reason, line.review.reviewed_by) == ("see line 4", "second")


def test_an_edit_after_acceptance_asks_for_another_review(held: Engine) -> None:
    decide(held, "claim-0")
    edit(held, "claim 0", "enterer", note="mended")
    assert state(held, "claim 0") is AWAITING
    decide(held, "claim-0")
    assert state(held, "claim 0") is ACCEPTED
    edit(held, "claim 0", "enterer", note=None)
    assert state(held, "claim 0") is AWAITING  # the content of the first review, newly entered


def test_the_newest_review_holds(held: Engine) -> None:
    decide(held, "claim-0")
    decide(held, "claim-0", decision="returned", actor=THIRD)
    assert state(held, "claim 0") is RETURNED
    with write_unit(held) as session:
        undo(session, THIRD, UndoRequest(), NOW)
    assert state(held, "claim 0") is ACCEPTED


def test_nobody_reviews_what_they_entered_or_last_edited(held: Engine) -> None:
    with pytest.raises(NotPermitted, match="'enterer' entered or last edited claim-0, claim-1"):
        decide(held, "claim-0", "claim-1", actor=ENTERER)
    edit(held, "claim 0", "second", note="mended")
    with pytest.raises(NotPermitted, match="a second person has to"):
        decide(held, "claim-1", "claim-0")
    assert state(held, "claim 1") is AWAITING
    decide(held, "claim-0", actor=THIRD)


@pytest.mark.parametrize("role", [Role.READER, Role.ENTERER])
def test_reviewing_takes_a_reviewer(held: Engine, role: Role) -> None:
    for claim in ("claim-0", "no such claim"):
        with pytest.raises(NotPermitted, match="takes the role reviewer"):
            decide(held, claim, actor=Actor("novice", role))


def test_all_names_that_lead_nowhere_are_told_at_once(held: Engine) -> None:
    with pytest.raises(NotFound, match=r"no claim 'xyz'.*; there is no claim 'uvw'"):
        decide(held, "xyz", "claim-0", "uvw")
    assert state(held, "claim 0") is AWAITING


def test_what_is_missing_is_asked_for(held: Engine) -> None:
    with pytest.raises(InputRefused, match="at least one claim"):
        decide(held)
    with pytest.raises(InputRefused, match="needs a reason"):
        decide(held, "claim-0", reason="  ")
    with pytest.raises(InputRefused, match="belongs to one claim, and 2 are named"):
        decide(held, "claim-0", "claim-1", version=1)


def test_a_claim_that_changed_since_it_was_looked_at_is_refused(held: Engine) -> None:
    edit(held, "claim 0", "enterer", note="mended")
    with pytest.raises(StaleVersion, match="version 1, now 2"):
        decide(held, "claim-0", version=1)
    decide(held, "claim-0", version=2)


def test_the_same_decision_again_writes_nothing(held: Engine) -> None:
    decide(held, "claim-0")
    with read_unit(held) as session:
        before = head(session)
    again = decide(held, "claim-0", actor=THIRD)
    assert (again.act, again.items[0].before) == (None, ACCEPTED)
    assert decide(held, "claim-1", dry_run=True).act is None
    with read_unit(held) as session:
        assert head(session) == before
        assert len(all_records(session, Review)) == 1


def test_claims_of_one_topic(held: Engine) -> None:
    with write_unit(held) as session:
        Writer(session, "enterer", NOW).insert(Topic(id=an_id("fire"), label="The fire"))
    assert listed(held, topic="the fire") == []
    assert len(listed(held, topic="flood")) == 3


def test_a_hidden_claim_is_none(held: Engine) -> None:
    edit(held, "claim 0", "enterer", sensitivity=Sensitivity.TEAM)
    assert len(listed(held, THIRD)) == 2
    with pytest.raises(NotFound) as hidden:
        decide(held, str(an_id("claim 0")), actor=THIRD)
    with pytest.raises(NotFound) as absent:
        decide(held, str(an_id("nothing")), actor=THIRD)
    assert str(hidden.value).replace(str(an_id("claim 0")), "") == str(absent.value).replace(
        str(an_id("nothing")), ""
    )
    with read_unit(held) as session:
        assert states(access(session, THIRD), [an_id("claim 0")]) == {}


@pytest.mark.parametrize(
    ("accepted", "words"),
    [
        ((), "No claim was accepted by a second person"),
        (("claim-0",), "Of 3 claims, 1 was accepted by a second person; each of the others"),
        (("claim-0", "claim-1", "claim-2"), "Of 3 claims, 3 were accepted by a second person, who"),
    ],
)
def test_a_report_says_how_much_a_second_person_accepted(
    held: Engine, accepted: tuple[str, ...], words: str
) -> None:
    if accepted:
        decide(held, *accepted)
    with read_unit(held) as session:
        found = report(session, THIRD, ReportRequest(topic="flood"), NOW)
    assert found.summary.accepted == len(accepted)
    assert any(sentence.startswith(words) for sentence in found.not_checked)
