"""How the pieces of a marked quote fit into one sentence, and what weighty words are lost there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claims.analysis.quote_differences import added, missing
from claims.analysis.quote_finding import Difference
from claims.analysis.quote_fold import Folded
from claims.analysis.quote_marked import Gap, Mark, MarkedQuote, Piece
from claims.analysis.quote_places import is_whole, occurrences
from claims.analysis.quote_words import Word, Words, weighty_in

Span = tuple[int, int]

_MANY = 500
"""Places of one piece that are looked at."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text: its words, where they begin in the text, and where when folded."""

    words: str
    start: int
    folded: Span


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the pieces stand in the text, and what is lost or put in that must not be."""

    spans: tuple[Span, ...]
    faults: tuple[Difference, ...]


@dataclass(frozen=True)
class Fitter:
    """Fits one marked quote into sentences of one text."""

    text: Folded
    original: str
    quote: MarkedQuote
    words: Words

    def standing(self, piece: Piece, begin: int = 0, end: int | None = None) -> list[Span]:
        """Where a piece stands in the folded text."""
        return sorted(
            (at, at + len(form.text))
            for form in piece.forms()
            for at, _ in zip(self._starts(piece, form, begin, end), range(_MANY), strict=False)
        )

    def fit(self, sentence: Sentence) -> Fit | None:
        """The best way in which the pieces stand in a sentence in their order, if there is one."""
        places = [self.standing(piece, *sentence.folded) for piece in self.quote.pieces]
        lost = _Lost(self, sentence, weighty_in(sentence.words, self.words))
        put_in = self._put_in()
        if spans := _tightest(places, lambda place, a, b: not lost.between(place, a, b)):
            return Fit(spans, put_in)
        if spans := _tightest(places, lambda *_: True):
            gaps = enumerate(pairwise(spans))
            return Fit(spans, (*(d for n, (a, b) in gaps for d in lost.between(n, a, b)), *put_in))
        return None

    def alone(self, span: Span) -> Fit:
        """How the only piece of a quote stands: what is around it is not lost."""
        return Fit((span,), self._put_in())

    def _put_in(self) -> tuple[Difference, ...]:
        """The weighty words that brackets put in."""
        return tuple(
            added(word.words, self.words)
            for inserted in self.quote.inserted
            for word in weighty_in(inserted, self.words)
        )

    def _starts(self, piece: Piece, form: Folded, begin: int, end: int | None) -> Iterator[int]:
        if not piece.open_end:
            yield from occurrences(self.text, form, begin, end)
            return
        at = self.text.text.find(form.text, begin, end)
        while at >= 0:
            if is_whole(self.text, at, at):
                yield at
            at = self.text.text.find(form.text, at + 1, end)


@dataclass(frozen=True)
class _Lost:
    """What is lost between two pieces of a quote in a sentence."""

    fitter: Fitter
    sentence: Sentence
    weighty: tuple[Word, ...]

    def between(self, place: int, one: Span, other: Span) -> tuple[Difference, ...]:
        """The words that may not be lost at the gap of that number."""
        fitter, gap = self.fitter, self.fitter.quote.gaps[place]
        start = fitter.text.span(*one)[1]
        end = fitter.text.span(*other)[0]
        skipped = fitter.original[start:end]
        if _may_not(gap, skipped, fitter.words):
            return (missing(" ".join(skipped.split()), fitter.words),)
        begin = self.sentence.start
        return tuple(
            missing(word.words, fitter.words)
            for word in self.weighty
            if word.start + begin < end and start < word.end + begin
        )


def _may_not(gap: Gap, skipped: str, words: Words) -> bool:
    """Whether the mark does not cover what was skipped, whatever weight it has."""
    if gap.mark is Mark.CAPITAL:
        return any(map(str.isalnum, skipped))
    if gap.mark is Mark.ENDING:
        endings = words.endings | {""}
        return not {gap.inserted.casefold(), skipped.strip().casefold()} <= endings
    renamed = gap.mark is Mark.PUT_IN and bool(_names(gap.inserted)) and bool(_names(skipped))
    return renamed or not words.reads(skipped)


def _names(words: str) -> list[str]:
    """The words with a capital."""
    return [word for word in words.split() if word[:1].isupper()]


def _tightest(
    places: list[list[Span]], allowed: Callable[[int, Span, Span], bool]
) -> tuple[Span, ...]:
    """The shortest row of one place each, in order, whose neighbours are allowed; else nothing."""
    rows: dict[Span, tuple[Span, ...]] = {span: (span,) for span in places[0]}
    for gap, spans in enumerate(places[1:]):
        longer: dict[Span, tuple[Span, ...]] = {}
        for span in spans:
            before = [last for last in rows if last[1] <= span[0] and allowed(gap, last, span)]
            if before:
                longer[span] = (*rows[max(before)], span)
        rows = longer
    return min(rows.values(), key=lambda row: row[-1][1] - row[0][0], default=())
