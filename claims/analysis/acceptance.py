"""Whether a claim, as it stands, was accepted by somebody other than its enterer."""

from __future__ import annotations

from enum import StrEnum

from claims.analysis.records import Review
from claims.analysis.vocabulary import Decision


class ReviewState(StrEnum):
    """Where a claim stands on its way through review."""

    AWAITING = "awaiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"


def review_state(claim_hash: str, newest: Review | None) -> ReviewState:
    """The state of a claim.

    Args:
        claim_hash: the content hash of the claim as it stands now.
        newest: its newest review; one of an earlier content says nothing about this one.
    """
    if newest is None or newest.claim_hash != claim_hash:
        return ReviewState.AWAITING
    return _DECIDED[newest.decision]


_DECIDED = {
    Decision.ACCEPTED: ReviewState.ACCEPTED,
    Decision.RETURNED: ReviewState.RETURNED,
}
