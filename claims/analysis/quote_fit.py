"""How the pieces of a marked quote fit into one sentence, and what weighty words are lost there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from claims.analysis.quote_differences import added, missing
from claims.analysis.quote_finding import Difference
from claims.analysis.quote_fold import Folded
from claims.analysis.quote_marked import Gap, Mark, MarkedQuote, Piece
from claims.analysis.quote_places import is_whole, occurrences
from claims.analysis.quote_words import Word, Words

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
    """Where the pieces stand in the text, and what was left out and put in between them.

    ``faults`` are those of the edits that may not be; ``outer`` says whether there is a mark before
    the first piece, and after the last.
    """

    spans: tuple[Span, ...]
    edits: tuple[Difference, ...]
    faults: tuple[Difference, ...]
    outer: tuple[bool, bool]


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
        gaps = _Gaps(self, sentence, self.words.weighty(sentence.words))
        spans = _tightest(places, lambda place, one, other: not gaps.lost(place, one, other))
        spans = spans or _tightest(places, lambda *_: True)
        if not spans:
            return None
        pairs = list(enumerate(pairwise(spans)))
        skipped = [gaps.skipped(one, other)[2] for _, (one, other) in pairs]
        left_out = [missing(words, self.words) for words in skipped if re.search(r"\w", words)]
        lost = [word for place, (one, other) in pairs for word in gaps.lost(place, one, other)]
        return Fit(
            spans, (*left_out, *self._put_in()), (*lost, *self._weighty_put_in()), self._outer
        )

    def alone(self, span: Span) -> Fit:
        """How the only piece of a quote stands: what is around it is not lost."""
        return Fit((span,), self._put_in(), self._weighty_put_in(), self._outer)

    @property
    def _outer(self) -> tuple[bool, bool]:
        return self.quote.before is not None, self.quote.after is not None

    def _put_in(self) -> tuple[Difference, ...]:
        return tuple(added(words, self.words) for words in self.quote.inserted)

    def _weighty_put_in(self) -> tuple[Difference, ...]:
        """The weighty words that brackets put in."""
        return tuple(
            added(word.words, self.words)
            for inserted in self.quote.inserted
            for word in self.words.weighty(inserted)
        )

    def _starts(self, piece: Piece, form: Folded, begin: int, end: int | None) -> Iterator[int]:
        if not piece.open_end:
            yield from occurrences(self.text, form, begin, end)
            return
        yield from (
            at for at in self.text.starts(form.text, begin, end) if is_whole(self.text, at, at)
        )


@dataclass(frozen=True)
class _Gaps:
    """What a sentence has between two pieces of a quote."""

    fitter: Fitter
    sentence: Sentence
    weighty: tuple[Word, ...]

    def skipped(self, one: Span, other: Span) -> tuple[int, int, str]:
        """Where the words between two places begin and end in the text, and the words."""
        start, end = self.fitter.text.span(*one)[1], self.fitter.text.span(*other)[0]
        return start, end, " ".join(self.fitter.original[start:end].split())

    def lost(self, place: int, one: Span, other: Span) -> tuple[Difference, ...]:
        """The words that may not be lost at the gap of that number."""
        fitter, gap = self.fitter, self.fitter.quote.gaps[place]
        start, end, skipped = self.skipped(one, other)
        unread = re.search(r"\w", skipped) and not fitter.words.reads(self.sentence.words)
        if unread or _may_not(gap, skipped, fitter.words):
            return (missing(skipped, fitter.words),)
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
        return not {gap.inserted.casefold(), skipped.casefold()} <= endings
    return gap.mark is Mark.PUT_IN and bool(_names(gap.inserted)) and bool(_names(skipped))


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
