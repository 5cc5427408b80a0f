"""Checks of what may not be shown, or not at such length."""

from __future__ import annotations

from collections.abc import Iterator

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.defects import of_claim, of_document, quoted
from claims.analysis.audit.finding import Defect
from claims.analysis.audit.lexicon import Lexicon, lexicon
from claims.analysis.records import Claim, Passage
from claims.analysis.vocabulary import Sensitivity, SourceKind


def person_exposed(dossier: Dossier) -> Iterator[Defect]:
    """A witness or a victim can be recognised, and nobody says on what basis they may be.

    A name beside an age, or a witness named by those who print it, can cost a life. Publishing
    it needs consent, a public record, or another basis that somebody can be asked for.

    What to do: write the basis into `exposure_basis` of the claim, raise its sensitivity, or cite
    words that name nobody.

    Limits: it asks, and a person decides. It sees named sources of the kind *witness*, and
    persons with a name and an age in a quote ("Jane Doe, 34"; "the 34-year-old Jane Doe"), in the
    languages that it has patterns for. Names alone and descriptions it does not see.
    """
    for claim in dossier.claims:
        if claim.exposure_basis or claim.sensitivity is not Sensitivity.PUBLIC:
            continue
        who = _named_witness(dossier, claim) or _with_age(dossier, claim)
        if who:
            yield Defect(
                of_claim(claim),
                found=f"{quoted(who)}, shown to everybody without a basis",
                expected="consent, a public record or another basis; or a higher sensitivity",
                fix="Write the basis into “exposure_basis”, or raise the claim’s sensitivity.",
            )


def _named_witness(dossier: Dossier, claim: Claim) -> str | None:
    for speaker in claim.speakers:
        source = dossier.sources.get(speaker.source)
        if source is None or source.kind is not SourceKind.WITNESS or not source.named:
            continue
        if source.sensitivity is Sensitivity.PUBLIC:
            return source.name
    return None


def _with_age(dossier: Dossier, claim: Claim) -> str | None:
    for passage in dossier.quotes(claim):
        words: Lexicon | None = lexicon(passage.language)
        found = words.person.search(passage.exact) if words else None
        if found:
            return found[0]
    return None


def quoted_too_long(dossier: Dossier) -> Iterator[Defect]:
    """More words of a document are quoted than its limit allows.

    Some licences, and the law on quotation in some countries, allow only so many words. The
    limit is the project's own, recorded with the document.

    What to do: quote fewer words, or correct the limit if the licence allows more.

    Limits: words of overlapping passages count once where their places are known. Documents
    without a recorded limit are not looked at.
    """
    limit = dossier.document.quotation_limit
    if limit is None:
        return
    words = _words_quoted(dossier)
    if words > limit:
        yield Defect(
            of_document(dossier.document),
            found=f"{words} words quoted",
            expected=f"at most {limit} words",
            fix="Quote fewer words of this document, or correct its limit.",
        )


def _words_quoted(dossier: Dossier) -> int:
    """How many words of the document are quoted, each place counted once."""
    used = {passage for claim in dossier.claims for passage in claim.passages}
    cited = [passage for passage in dossier.passages if passage.id in used]
    placed = sorted((p for p in cited if p.start is not None and p.end is not None), key=_place)
    total, done = 0, 0
    for passage in placed:
        start, end = _place(passage)
        total += len(passage.exact[max(0, done - start) :].split()) if end > done else 0
        done = max(done, end)
    loose = {passage.exact for passage in cited if passage.start is None or passage.end is None}
    return total + sum(len(words.split()) for words in loose)


def _place(passage: Passage) -> tuple[int, int]:
    return passage.start or 0, passage.end or 0
