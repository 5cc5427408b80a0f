"""What looks odd about an inquiry that is about to be entered, said at once as a warning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from claims.actions.entry_names import claim_words
from claims.analysis.records import Claim, Inquiry, Record
from claims.analysis.vocabulary import Stance
from claims.store.access import Access
from claims.values.when import when_from_expression


def inquiry_remarks(seen: Access, record: Record, now: datetime) -> Iterator[str]:
    """A sentence for each oddity; entering goes on, since the coder may know better."""
    if not isinstance(record, Inquiry):
        return
    for claim in seen.records(Claim, record.claims):
        called = f"the claim “{claim_words(seen, claim)}”"
        if claim.stance is not Stance.COULD_NOT_CONFIRM:
            yield (
                f"{called} rests on this inquiry, but its stance is {claim.stance.value};"
                " only what could_not_confirm rests on a search that found nothing"
            )
        elif record.question not in {None, claim.question}:
            yield f"{called} rests on this inquiry, but answers another question"
    begins = when_from_expression(record.looked_on).earliest if record.looked_on else None
    if begins is not None and begins.toordinal() > now.toordinal():
        yield f"it is dated {record.looked_on}, which is still to come"
