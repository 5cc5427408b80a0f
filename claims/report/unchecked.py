"""What a report did not check, in sentences: a report must not look surer than it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims.analysis.wording import listed, number, plural
from claims.report.shape import ClaimEntry, DocumentEntry
from claims.report.words import quoted

_NAMED = 12
"""How many names a sentence lists; the others are counted."""


def not_checked(
    documents: Sequence[DocumentEntry], claims: Sequence[ClaimEntry], accepted: int | None = None
) -> tuple[str, ...]:
    """The sentences, most general first; ``accepted`` claims were looked at by a second person."""
    return tuple(_sentences(documents, claims, accepted)) if claims else ()


def _sentences(
    documents: Sequence[DocumentEntry], claims: Sequence[ClaimEntry], accepted: int | None
) -> Iterator[str]:
    yield "Citations were not audited: see the documents before relying on a claim."
    if accepted is not None:
        yield _second_person(len(claims), accepted)
    yield (
        "Sources count as separate unless a dependence between them is recorded; "
        "unrecorded copying was not looked for."
    )
    yield from _not_held(claims)
    unarchived = [quoted(document.title) for document in documents if document.sha256 is None]
    if unarchived:
        yield f"No archived copy is held of {_some(unarchived)}."
    if len(unarchived) < len(documents):
        yield (
            "Archived files were not opened: whether they are still there and unaltered tells"
            " `claims document check`."
        )
    yield from _quotes(documents)
    unassessed = sum(claim.confidence is None for claim in claims)
    if unassessed:
        yield (
            f"Of {plural(len(claims), 'claim')}, {number(unassessed)} "
            f"{'is' if unassessed == 1 else 'are'} unassessed: nobody recorded a confidence level."
        )


def _second_person(claims: int, accepted: int) -> str:
    if not accepted:
        return "No claim was accepted by a second person: each rests on whoever entered it."
    verb = "was" if accepted == 1 else "were"
    of = f"Of {plural(claims, 'claim')}, {number(accepted)} {verb} accepted by a second person"
    if accepted == claims:
        return f"{of}, who looked at the coding and not at the truth of the claim."
    return f"{of}; each of the others rests on whoever entered it."


def _not_held(claims: Sequence[ClaimEntry]) -> Iterator[str]:
    cited = (voice for claim in claims for voice in claim.chain[1:] if voice.named)
    absent = sorted({voice.name for voice in cited if not voice.document_held})
    if absent:
        yield (
            f"The primary documents of {_some(absent)} are not held: "
            "what they say is known only from the documents that cite them."
        )


def _quotes(documents: Sequence[DocumentEntry]) -> Iterator[str]:
    passages = [passage for document in documents for passage in document.passages]
    unplaced = sum(passage.start is None for passage in passages)
    if unplaced:
        verb = "has" if unplaced == 1 else "have"
        yield f"{plural(unplaced, 'quote')} {verb} no recorded place in an archived text."


def _some(names: Sequence[str]) -> str:
    if len(names) <= _NAMED:
        return listed(names)
    return f"{', '.join(names[:_NAMED])} and {number(len(names) - _NAMED)} others"
