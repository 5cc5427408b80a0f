from __future__ import annotations

from uuid import UUID

import pytest

from claims.analysis.acceptance import ReviewState, review_state
from claims.analysis.records import Review
from claims.analysis.vocabulary import Decision


def _review(decision: Decision, claim_hash: str) -> Review:
    return Review(
        id=UUID(int=1),
        claim=UUID(int=2),
        decision=decision,
        claim_hash=claim_hash,
        reason="read again",
        reviewed_by="a second reader",
    )


@pytest.mark.parametrize(
    ("decision", "state"),
    [(Decision.ACCEPTED, ReviewState.ACCEPTED), (Decision.RETURNED, ReviewState.RETURNED)],
)
def test_a_review_holds_for_the_claim_as_it_was_read(
    decision: Decision, state: ReviewState
) -> None:
    assert review_state("now", _review(decision, "now")) is state
    assert review_state("edited since", _review(decision, "now")) is ReviewState.AWAITING


def test_what_nobody_reviewed_awaits_it() -> None:
    assert review_state("now", None) is ReviewState.AWAITING
