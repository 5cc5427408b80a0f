"""Checks of the words: whether the document says what is quoted from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from uuid import UUID

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.defects import clipped, of_claim, of_passage, quoted
from claims.analysis.audit.finding import Defect, Place, Unseen
from claims.analysis.audit.lexicon import Lexicon, lexicon, no_words
from claims.analysis.quote_finding import Difference, QuoteFinding, QuoteVerdict
from claims.analysis.records import Passage
from claims.analysis.vocabulary import Anchor
from claims.analysis.wording import listed

Told = Iterator[Defect | Unseen]


_LOST = {QuoteVerdict.ALTERED, QuoteVerdict.SPLICED, QuoteVerdict.ABSENT}
_UNPLACED = {QuoteVerdict.AMBIGUOUS, QuoteVerdict.TOO_SHORT}
_SHOWN = 4


def quote_not_found(dossier: Dossier) -> Told:
    """The quote does not stand in the archived text.

    It is *altered* (the text nearly says so; the words that differ are shown), *spliced* (its
    pieces come from several sentences or in another order), *misattributed* (it stands in another
    document of the project) or *absent*.

    Everything else rests on the quote. Reviews of citations in medicine find one in four wrong,
    one in eight gravely (Jergas and Baethge 2015).

    What to do: compare with the text that is shown and quote its words. What you leave out must
    be marked (`…`, `[…]`), stay within one sentence, and hold no negation, hedge or number.

    Limits: differences of typography (dashes, quotation marks, ligatures, white space, Unicode
    forms) are none. Passages without an archived text are listed as not checked.
    """
    for passage in dossier.passages:
        finding = dossier.quote_findings[passage.id]
        if finding is None:
            yield _unread(passage)
        elif finding.verdict in _LOST:
            yield _lost(dossier, passage, finding)


def lost_quotes(dossier: Dossier) -> tuple[Passage, ...]:
    """The passages whose words are nowhere in the document: to be looked for in the others."""
    findings = dossier.quote_findings
    return tuple(
        passage
        for passage in dossier.passages
        if (finding := findings[passage.id]) is not None and finding.verdict in _LOST
    )


def _lost(dossier: Dossier, passage: Passage, finding: QuoteFinding) -> Defect:
    other = dossier.elsewhere.get(passage.id)
    if other is not None:
        return _misattributed(dossier, passage, other)
    nearest = finding.nearest
    where = Place(passage.document, nearest.start, nearest.end) if nearest else None
    article = "a" if finding.verdict is QuoteVerdict.SPLICED else "an"
    said = f"{article} {finding.verdict.value} quote"
    shown = [_difference(one) for one in finding.differences]
    if len(shown) > _SHOWN:
        shown = [*shown[:_SHOWN], f"and {len(shown) - _SHOWN} more"]
    differing = f": {'; '.join(shown)}" if shown else ""
    text = f"{quoted(nearest.words, 200)}, as the text has it" if nearest else "words of the text"
    return Defect(
        of_passage(passage),
        found=f"{said}{differing}",
        expected=text,
        fix=finding.explanation,
        at=where,
    )


def _difference(one: Difference) -> str:
    if one.kind == "missing":
        return f"{quoted(one.text)} is left out"
    if one.kind == "added":
        return f"{quoted(one.quoted)} is put in"
    return f"{quoted(one.quoted)} stands for {quoted(one.text)}"


def _misattributed(dossier: Dossier, passage: Passage, other: UUID) -> Defect:
    held = dossier.others.get(other)
    title = clipped(held.title) if held else str(other)
    return Defect(
        of_passage(passage),
        found=f"a misattributed quote: it stands in {title}",
        expected="words of the document that is cited",
        fix="Cite the document that has the words, or quote this one.",
    )


def quote_unplaced(dossier: Dossier) -> Told:
    """The quote cannot be told from others like it, or its recorded place holds other words.

    A word that stands twice proves neither place. A place that holds other words shows that the
    text was extracted anew, or that the quote was moved by hand.

    What to do: lengthen the quote, or give the words before and after it (`prefix`, `suffix`);
    where the place is wrong, anchor the passage again.

    Limits: only passages that are anchored in an archived text; a quote that does not stand there
    at all is a finding of its own.
    """
    for passage in dossier.passages:
        finding = dossier.quote_findings[passage.id]
        if finding is None:
            yield _unread(passage)
        elif finding.verdict in _UNPLACED:
            times = len(finding.places)
            often = f"stand {times} times" if times > 1 else "are too few to single out a place"
            yield Defect(
                of_passage(passage),
                found=f"words that {often}",
                expected="a quote that stands in one place",
                fix=finding.explanation,
            )
        elif finding.ok and _moved(dossier, passage, finding):
            place = Place(passage.document, finding.start or 0, finding.end or 0)
            yield Defect(
                of_passage(passage),
                found=f"other words at {passage.start}–{passage.end}",
                expected=f"the quote, which stands at {finding.start}–{finding.end}",
                fix="Quote it again where it stands (`claims claim edit CLAIM --quote …`).",
                at=place,
            )


def _moved(dossier: Dossier, passage: Passage, finding: QuoteFinding) -> bool:
    """Whether the recorded place holds other words than the quote."""
    text = dossier.text_of(passage) or ""
    if passage.start is None or text[passage.start : passage.end] == passage.exact:
        return False
    return (passage.start, passage.end) != (finding.start, finding.end)


def uncited(dossier: Dossier) -> Iterator[Defect]:
    """A claim cites no passage.

    Without words to look at, nobody can tell what was read, and the claim is only its coder's.

    What to do: cite the passage that says it, or remove the claim.

    Limits: it looks whether a passage is cited and held, not whether it says so.
    """
    for claim in dossier.claims:
        if not dossier.quotes(claim):
            found = "a passage that is not held" if claim.passages else "no passage"
            yield Defect(
                of_claim(claim),
                found=found,
                expected="the passage that says it",
                fix="Cite the passage that says it, or remove the claim.",
            )


def qualifier_cut(dossier: Dossier) -> Told:
    """The quote stops where its sentence goes on to qualify it.

    "Eight people were killed" is true to the letter of "Eight people were killed, the ministry
    said, which could not be confirmed", and says something else.

    What to do: look at the words left out; if they change what the quote says, quote them too.

    Limits: it asks, and a person decides. It looks only within the same sentence, for negations,
    hedges, who says so, and that it could not be confirmed, in the languages it has words for.
    """
    for passage in dossier.passages:
        finding, words = dossier.quote_findings[passage.id], lexicon(passage.language)
        if finding is None:
            yield _unread(passage)
        elif words is None:
            yield Unseen("passage", 1, no_words(passage.language))
        elif finding.ok and (cut := _cut(dossier, passage, finding, words)):
            yield Defect(
                of_passage(passage),
                found=f"words left out of the same sentence: {listed(map(quoted, cut))}",
                expected="a quote that keeps what qualifies it",
                fix="Look whether these words change what the quote says; if so, quote them too;"
                " if not, waive this.",
            )


def _unread(passage: Passage) -> Unseen:
    if passage.anchor is not Anchor.TEXT:
        return Unseen("passage", 1, "its words are a transcript of a picture or a recording")
    return Unseen("passage", 1, "no archived text is held")


def _cut(
    dossier: Dossier, passage: Passage, finding: QuoteFinding, words: Lexicon
) -> tuple[str, ...]:
    """The words just outside the quote, or in the rest of its sentence, that qualify it."""
    before, after = _rest(dossier, passage, finding.start or 0, finding.end or 0)
    found = [word.words for word in finding.cut if word.what != "number"]
    for pattern in (words.unconfirmed, words.hedges, words.hearsay):
        found += [match[0] for rest in (before, after) for match in pattern.finditer(rest)]
    if not words.attribution.search(passage.exact):
        found += [match[0] for rest in (before, after) if (match := words.attribution.search(rest))]
    return tuple(dict.fromkeys(found))


def _rest(dossier: Dossier, passage: Passage, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a passage in the sentences that it begins and ends in."""
    text, spans = dossier.text_of(passage) or "", dossier.sentences_of(passage)
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_right(spans, end - 1, key=lambda span: span.end)
    before = text[spans[first].start : start] if first < len(spans) else ""
    after = text[end : spans[last].end] if last < len(spans) else ""
    return before, after
