"""What is found of a quote: whether it stands in the text, where, and what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.analysis.quote_words import Word


class QuoteVerdict(StrEnum):
    """What became of the words of the text on their way into the quote."""

    EXACT = "exact"
    """The same signs stand in the text, once."""
    TYPOGRAPHIC = "typographic"
    """The same words; dashes, quotation marks, spaces, ligatures or Unicode forms differ."""
    ELIDED = "elided"
    """Words were left out or put in, and marked, within one sentence; nothing weighty is lost."""
    AMBIGUOUS = "ambiguous"
    """The words stand in several places, and nothing tells which is meant."""
    ALTERED = "altered"
    """The text nearly says so: words are missing, added or changed."""
    SPLICED = "spliced"
    """Pieces of the text, from several sentences or in another order, read as one statement."""
    TOO_SHORT = "too_short"
    """The words stand in the text, but are too few to say which place is quoted."""
    ABSENT = "absent"
    """The text says nothing like it."""
    MISATTRIBUTED = "misattributed"
    """Not in this document, but in another one; set by who searched others."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of the text and where they stand: half-open, in code points."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What a quote has otherwise than the text.

    ``kind`` is ``missing`` (the text has it, the quote has not), ``added`` or ``changed``;
    ``what`` is the weightiest of ``negation``, ``hedge``, ``number``, ``reporting``, ``name``,
    ``word`` and ``punctuation`` among the words.
    """

    kind: str
    quoted: str
    text: str
    what: str


@dataclass(frozen=True, slots=True)
class QuoteFinding:
    """What was found of a quote.

    Attributes:
        verdict: what became of the words.
        quote: the quote as it was given.
        explanation: a sentence for the reader: what was found, and how to mend it.
        start: where it begins in the text, in code points; ``None`` where it has no one place.
        end: where it ends; the end itself is not in it.
        pieces: the stretches of the text it is made of, where there are several.
        nearest: the stretch of the text that is most like it, where it is not there itself.
        differences: what the quote has otherwise than ``nearest``.
        places: all places of the words, where they stand in several.
        cut: negations, hedges and parts of a number that stand just outside the quote and govern
            it: what the quote says without them is less, or more, than the text does.
        document: the other document that has the quote, where it was misattributed.
        in_context: whether the prefix and suffix that were given stand around its place.
    """

    verdict: QuoteVerdict
    quote: str
    explanation: str
    start: int | None = None
    end: int | None = None
    pieces: tuple[Stretch, ...] = ()
    nearest: Stretch | None = None
    differences: tuple[Difference, ...] = ()
    places: tuple[Stretch, ...] = ()
    cut: tuple[Word, ...] = ()
    document: str | None = None
    in_context: bool = True

    @property
    def ok(self) -> bool:
        """Whether the quote may stand as it is."""
        return self.verdict in _OK


_OK = frozenset({QuoteVerdict.EXACT, QuoteVerdict.TYPOGRAPHIC, QuoteVerdict.ELIDED})
