"""What a reader is told of a quote: what was found, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from claims.analysis.quote_finding import Difference, QuoteFinding, QuoteVerdict, Stretch
from claims.analysis.quote_text import QuotedText
from claims.analysis.quote_words import Word
from claims.analysis.quotes import singling_prefix

_SHORT = 60
_LISTED = 10

WORDLESS = "the quote has no words; give the words of the text"

_FOUND = {
    QuoteVerdict.EXACT: "stands in line {line} to the letter",
    QuoteVerdict.TYPOGRAPHIC: "stands in line {line}; only typography differs",
    QuoteVerdict.ELIDED: "stands in line {line}, with what was left out or put in marked",
}
_KINDS = {"missing": "left out", "added": "put in", "changed": "changed"}


def found(
    held: QuotedText,
    verdict: QuoteVerdict,
    place: Stretch,
    cut: Sequence[Word],
    *,
    in_context: bool,
) -> str:
    """Where a quote stands, and what to look at."""
    said = _FOUND[verdict].format(line=held.line(place.start))
    if not in_context:
        said += ", but not with that prefix and suffix; copy them from the text"
    for word in cut:
        side = "before" if word.end <= place.start else "after"
        said += f"; just {side} it stands {shown(word.words)}: quote it too, or say so"
    return said


def too_short(quote: str, times: int) -> str:
    """That a few words single out no place."""
    often = "once" if times == 1 else f"{times} times"
    return (
        f"{shown(quote)} stands in the text {often}, but is too short to say which place is "
        "quoted; quote more words, or give the prefix and suffix around them"
    )


def ambiguous(held: QuotedText, quote: str, places: Sequence[Stretch]) -> str:
    """Where the same words stand, and how to single one out."""
    lines = dict.fromkeys(str(held.line(place.start)) for place in places[:_LISTED])
    more = " …" if len(places) > _LISTED else ""
    where = f"{shown(quote)} stands {len(places)} times, in lines {', '.join(lines)}{more}"
    prefix = singling_prefix(held.text, places[0].words, places[0].start)
    example = f" (for the first: {prefix!r})" if prefix else ""
    return f"{where}; quote more words, or give the prefix or suffix of the place meant{example}"


def altered(held: QuotedText, nearest: Stretch, unlike: Sequence[Difference]) -> str:
    """What was done to the words of the text."""
    told = "; ".join(_told(difference) for difference in unlike[:_LISTED])
    more = " …" if len(unlike) > _LISTED else ""
    line = held.line(nearest.start)
    return (
        f"the text says otherwise in line {line}: {told}{more}; the text has {shown(nearest.words)}"
    )


def spliced(held: QuotedText, pieces: Sequence[Stretch]) -> str:
    """Of which pieces of the text a quote is put together."""
    parts = "; ".join(f"{shown(p.words)} (line {held.line(p.start)})" for p in pieces)
    return (
        f"put together from {len(pieces)} pieces that the text does not join so: {parts}; "
        "quote each of them by itself"
    )


def absent(quote: str) -> str:
    """That nothing like it was found."""
    return f"the text says nothing like {shown(quote)}"


def misattributed(document: str, there: QuoteFinding) -> str:
    """In which other document a quote stands, and how."""
    return f"not in this document; in {shown(document)} it {there.explanation}"


def shown(words: str) -> str:
    """Words for a message: on one line, in quotation marks, cut where they are long."""
    line = " ".join(words.split())
    return f"“{line if len(line) <= _SHORT else line[: _SHORT - 1] + '…'}”"


def _told(difference: Difference) -> str:
    kind = "" if difference.what == "word" else f" ({difference.what})"
    if difference.kind == "changed":
        if difference.text.casefold() == difference.quoted.casefold():
            kind = " (capitals)"
        return f"{shown(difference.text)} became {shown(difference.quoted)}{kind}"
    return f"{shown(difference.text or difference.quoted)} was {_KINDS[difference.kind]}{kind}"
