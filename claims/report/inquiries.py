"""What was looked for, as a report says it: silence is told as silence, never as a denial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.records import Inquiry
from claims.analysis.vocabulary import InquiryOutcome
from claims.analysis.wording import listed

TITLE = "Looked for"
"""The heading of searches that were made for no single question."""

LEAD = "Searches for the topic as a whole. What was not found is not denied by that."


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryEntry:
    """A search as printed; ``question`` is its number in the report, ``claims`` are tags.

    ``consulted`` are the names of the source and the document that it names.
    """

    inquiry: Inquiry
    question: int | None
    consulted: tuple[str, ...]
    claims: tuple[str, ...]


def inquiry_entries(
    casefile: Casefile, numbers: Mapping[UUID, int], tags: Mapping[UUID, str]
) -> tuple[InquiryEntry, ...]:
    """The searches for a topic and for the questions with a number, the earliest first."""
    ordered = sorted(casefile.inquiries, key=lambda one: (one.looked_on or "", one.id.int))
    return tuple(
        _entry(one, casefile, numbers, tags)
        for one in ordered
        if one.question is None or one.question in numbers
    )


def _entry(
    one: Inquiry, casefile: Casefile, numbers: Mapping[UUID, int], tags: Mapping[UUID, str]
) -> InquiryEntry:
    source = casefile.sources.get(one.source) if one.source else None
    document = casefile.documents.get(one.document) if one.document else None
    names = (source.name if source else None, document.title if document else None)
    return InquiryEntry(
        inquiry=one,
        question=numbers[one.question] if one.question else None,
        consulted=tuple(name for name in names if name),
        claims=tuple(tags[claim] for claim in one.claims if claim in tags),
    )


def inquiry_words(entry: InquiryEntry) -> str:
    """A search in one or two sentences: what, where, by whom, when, with what words."""
    one = entry.inquiry
    parts = [
        f"{_OUTCOMES[one.outcome]}: {one.looked_for}",
        f"in {one.looked_in}",
        f"by {one.looked_by}",
        f"on {one.looked_on}" if one.looked_on else "on a day not recorded",
    ]
    if one.words:
        parts.append(f"with the words {listed(f'“{words}”' for words in one.words)}")
    if entry.consulted:
        parts.append(f"consulting {listed(f'“{name}”' for name in entry.consulted)}")
    rests = "rests" if len(entry.claims) == 1 else "rest"
    resting = f" Claim {listed(entry.claims)} {rests} on it." if entry.claims else ""
    note = f" {one.note}" if one.note else ""
    return f"{', '.join(parts)}.{resting}{note}"


_OUTCOMES: Mapping[InquiryOutcome, str] = {
    InquiryOutcome.NOTHING: "Looked for, not found",
    InquiryOutcome.INCONCLUSIVE: "Looked for, with no clear outcome",
    InquiryOutcome.FOUND: "Looked for and found",
}
