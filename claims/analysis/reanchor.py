"""Whether the words of a passage stand in another text of their document, and where.

A document is captured again: its page was moved, mended, or taken back. What was quoted from the
older copy is looked for in the newer one. Words that are there, and are governed by nothing that
was not there before, can be cited from it; about all others a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.analysis.quote_find import QuoteIndex
from claims.analysis.quote_finding import Difference, QuoteFinding, QuoteVerdict, Stretch
from claims.analysis.quote_words import Word
from claims.analysis.records import Passage


class Fate(StrEnum):
    """What became of the words of a passage in a newer text."""

    UNCHANGED = "unchanged"
    """They stand at the same place."""
    MOVED = "moved"
    """They stand at another place."""
    ALTERED = "altered"
    """The newer text says nearly that, or governs them by a word that was not there before."""
    AMBIGUOUS = "ambiguous"
    """They stand at several places, and nothing tells which is meant."""
    GONE = "gone"
    """The newer text says nothing like it."""


@dataclass(frozen=True, slots=True)
class Reanchored:
    """The words of a passage in a newer text.

    ``start`` and ``end`` are their place there (half-open, in code points) and ``exact`` the
    signs that stand there, which may differ in typography; all are ``None`` unless the words are
    unchanged or moved. Otherwise ``nearest`` is what is most like them, ``differences`` are what
    they have otherwise than it, and ``places`` where they stand if at several.
    """

    fate: Fate
    explanation: str
    start: int | None = None
    end: int | None = None
    exact: str | None = None
    nearest: Stretch | None = None
    differences: tuple[Difference, ...] = ()
    places: tuple[Stretch, ...] = ()


_DIFFERS = "the nearest words in this copy are others"
"""A finding tells what a quote changed in its text, which is the other way round."""

_FATES = {
    QuoteVerdict.ALTERED: Fate.ALTERED,
    QuoteVerdict.SPLICED: Fate.ALTERED,
    QuoteVerdict.AMBIGUOUS: Fate.AMBIGUOUS,
    QuoteVerdict.TOO_SHORT: Fate.AMBIGUOUS,
    QuoteVerdict.ABSENT: Fate.GONE,
}


def reanchored(passage: Passage, older: str | None, newer: QuoteIndex) -> Reanchored:
    """What became of a passage's words in a newer text of its document.

    Args:
        passage: the passage, with its place in the older text where that is known.
        older: the text that it was taken from, if one was archived.
        newer: the newer text.
    """
    if older == newer.text and passage.start is not None and passage.end is not None:
        return _placed(passage, passage.start, passage.end, passage.exact)
    found = _found(passage, newer)
    if found.start is None or found.end is None:
        return Reanchored(
            fate=_FATES[found.verdict],
            explanation=_DIFFERS if found.differences else found.explanation,
            nearest=found.nearest,
            differences=found.differences,
            places=found.places,
        )
    if governing := _newly_governing(passage, older, found):
        return _governed(found, governing)
    elided = found.verdict is QuoteVerdict.ELIDED
    exact = passage.exact if elided else newer.text[found.start : found.end]
    return _placed(passage, found.start, found.end, exact)


def _found(passage: Passage, newer: QuoteIndex) -> QuoteFinding:
    """The one place of the words; the words around them are asked only where there are several."""
    first = newer.find(passage.exact, language=passage.language)
    if first.verdict not in {QuoteVerdict.AMBIGUOUS, QuoteVerdict.TOO_SHORT}:
        return first
    before, after = passage.prefix, passage.suffix
    for prefix, suffix in ((before, after), (before, None), (None, after)):
        if not (prefix or suffix):
            continue
        again = newer.find(passage.exact, prefix=prefix, suffix=suffix, language=passage.language)
        if again.ok:
            return again
    return first


def _newly_governing(passage: Passage, older: str | None, found: QuoteFinding) -> tuple[Word, ...]:
    """Negations, hedges and figures just outside the words, which were not there before."""
    if not found.cut or older is None:
        return ()
    before = QuoteIndex(older).find(passage.exact, hint=passage.start, language=passage.language)
    known = {word.words.casefold() for word in before.cut}
    return tuple(word for word in found.cut if word.words.casefold() not in known)


def _governed(found: QuoteFinding, governing: tuple[Word, ...]) -> Reanchored:
    words = ", ".join(f"“{word.words}” ({word.what})" for word in governing)
    place = Stretch(found.start or 0, found.end or 0, found.quote)
    return Reanchored(
        fate=Fate.ALTERED,
        explanation=f"the words are there, but governed by {words}, which was not there before",
        nearest=place,
        differences=tuple(Difference("missing", "", word.words, word.what) for word in governing),
    )


def _placed(passage: Passage, start: int, end: int, exact: str) -> Reanchored:
    same = (passage.start, passage.end) == (start, end)
    was = f" (before: {passage.start}–{passage.end})" if passage.start is not None else ""
    told = f"at {start}–{end}, as before" if same else f"at {start}–{end}{was}"
    return Reanchored(Fate.UNCHANGED if same else Fate.MOVED, told, start, end, exact)
