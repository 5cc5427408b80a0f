"""Whether a quote stands in a text as its maker gives it, and what was done to it if not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.analysis import quote_explain as explain
from claims.analysis.coverage import sentences
from claims.analysis.quote_cut import cut_at
from claims.analysis.quote_differences import differences
from claims.analysis.quote_finding import Difference, QuoteFinding, QuoteVerdict, Stretch
from claims.analysis.quote_fit import Fit, Fitter, Sentence, Span
from claims.analysis.quote_fold import Folded, fold
from claims.analysis.quote_marked import marked
from claims.analysis.quote_near import NearIndex
from claims.analysis.quote_places import is_short, occurrences, runs
from claims.analysis.quote_words import Words, words_or_none

_SENTENCE_REACH = 4_000
_CLOSE = 0.3
"""Of the quote's letters: where fewer differ, it is one place of the text, altered."""

_COVERED = 0.8
"""Of the quote's letters: where more stand in pieces of the text, it is put together from them."""


def find_quote(  # noqa: PLR0913 -- what singles out a place, each given by name
    text: str,
    quote: str,
    *,
    prefix: str | None = None,
    suffix: str | None = None,
    hint: int | None = None,
    language: str = "en",
) -> QuoteFinding:
    """Whether a quote stands in a text as it is given, and what was done to it if not.

    Differences of typography are none; words that were left out must be marked ("…", "[…]"), stand
    within one sentence and hold no negation, hedge or number. For many quotes of one text make one
    :class:`QuoteIndex`.

    Args:
        text: the text as it was extracted.
        quote: the words as they are cited.
        prefix: what stands just before them, where they stand more than once.
        suffix: what stands just after them.
        hint: the code point near which they are expected, where they stand more than once.
        language: whose negations, hedges and number words are looked for; a BCP 47 tag.
    """
    return QuoteIndex(text).find(quote, prefix=prefix, suffix=suffix, hint=hint, language=language)


@dataclass(frozen=True)
class QuoteIndex:
    """A text, folded and indexed once, in which many quotes are looked for."""

    text: str

    def find(
        self,
        quote: str,
        *,
        prefix: str | None = None,
        suffix: str | None = None,
        hint: int | None = None,
        language: str = "en",
    ) -> QuoteFinding:
        """What is found of one quote; see :func:`find_quote`."""
        wanted = fold(quote.strip())
        if not re.search(r"\w", wanted.text):
            return QuoteFinding(QuoteVerdict.TOO_SHORT, quote, explain.WORDLESS)
        context = _Context(self, prefix or "", suffix or "", hint)
        search = _Search(self, quote, wanted, context, words_or_none(language))
        return search.straight() or search.by_its_marks() or search.unlike(wanted)

    @cached_property
    def folded(self) -> Folded:
        """The text as quotes are compared with it."""
        return fold(self.text)

    @cached_property
    def near(self) -> NearIndex:
        """Finds what is most like a quote."""
        return NearIndex(self.folded)

    def stretch(self, span: Span) -> Stretch:
        """The words of a stretch of the folded text, where they stand in the text."""
        start, end = self.folded.span(*span)
        return Stretch(start, end, self.text[start:end])

    def sentence(self, start: int) -> Sentence:
        """The sentence in which a place of the text stands."""
        begin = max(0, start - _SENTENCE_REACH)
        around = self.text[begin : start + _SENTENCE_REACH]
        spans = (s for s in sentences(around) if s.start <= start - begin < s.end)
        found = next(spans)
        folded = (self.folded.place(found.start + begin), self.folded.place(found.end + begin))
        return Sentence(around[found.start : found.end], found.start + begin, folded)


@dataclass(frozen=True, slots=True)
class _Context:
    """What tells which of several places is meant."""

    index: QuoteIndex
    prefix: str
    suffix: str
    hint: int | None

    @property
    def given(self) -> bool:
        return bool(self.prefix or self.suffix)

    def fitting(self, places: Iterable[Stretch]) -> list[Stretch]:
        """The places with that prefix and suffix."""
        return [place for place in places if self._before(place.start) and self._after(place.end)]

    def nearest(self, places: Sequence[Stretch]) -> list[Stretch]:
        """Those of the places that are nearest to the hint; all of them without one."""
        hint = self.hint
        if hint is None:
            return list(places)
        least = min(abs(place.start - hint) for place in places)
        return [place for place in places if abs(place.start - hint) == least]

    def _before(self, start: int) -> bool:
        text, folded = self.index.text, self.index.folded
        if text.endswith(self.prefix, 0, start):
            return True
        wanted = fold(self.prefix).text.strip(" -")
        return bool(wanted) and folded.text[: folded.place(start)].rstrip(" -").endswith(wanted)

    def _after(self, end: int) -> bool:
        text, folded = self.index.text, self.index.folded
        if text.startswith(self.suffix, end):
            return True
        wanted = fold(self.suffix).text.strip(" -")
        return bool(wanted) and folded.text[folded.place(end) :].lstrip(" -").startswith(wanted)


@dataclass(frozen=True, slots=True)
class _Search:
    """One quote on its way through the rules."""

    index: QuoteIndex
    quote: str
    wanted: Folded
    context: _Context
    words: Words

    def straight(self) -> QuoteFinding | None:
        """The quote stands in the text as a whole; ``None`` where it does not."""
        size = len(self.wanted.text)
        starts = occurrences(self.index.folded, self.wanted)
        places = [self.index.stretch((at, at + size)) for at in starts]
        if not places:
            return None
        return self._one_of(places)

    def by_its_marks(self) -> QuoteFinding | None:
        """The quote in pieces, as its marks part it; ``None`` where it has no marks."""
        parts = marked(self.quote)
        if parts is None:
            return None
        fitter = Fitter(self.index.folded, self.index.text, parts, self.words)
        fits = self._fits(fitter)
        if honest := {self._whole(fit): fit for fit in fits if not fit.faults}:
            return self._one_of(list(honest), honest)
        if fits:
            return self._altered(min(fits, key=lambda fit: len(fit.faults)))
        return self._out_of_order(fitter)

    def unlike(self, wanted: Folded) -> QuoteFinding:
        """What the text has instead of words that do not stand in it."""
        near = None if is_short(wanted.text) else self.index.near.nearest(wanted.text)
        if near is None or near.distance > _CLOSE * len(wanted.text):
            spans = runs(self.index.folded, wanted)
            letters = sum(end - start for start, end in spans)
            if len(spans) > 1 and letters >= _COVERED * len(wanted.text):
                return self._spliced(spans)
        if near is None:
            return QuoteFinding(QuoteVerdict.ABSENT, self.quote, explain.absent(self.quote))
        stretch = self.index.stretch((near.start, near.end))
        quoted = self.quote if wanted is self.wanted else wanted.text
        unlike = differences(quoted, stretch.words, self.words)
        return self._told(stretch, unlike)

    def _one_of(
        self, places: Sequence[Stretch], fits: Mapping[Stretch, Fit] | None = None
    ) -> QuoteFinding:
        """The one place that is meant, or why none is."""
        fitting = self.context.fitting(places)
        if is_short(self.wanted.text) and not (self.context.given and len(fitting) == 1):
            said = explain.too_short(self.quote, len(places))
            return QuoteFinding(QuoteVerdict.TOO_SHORT, self.quote, said, places=tuple(places))
        meant = self._meant(fitting or places)
        if len(meant) > 1 or (not fitting and len(places) > 1):
            said = explain.ambiguous(self.index.text, self.quote, places)
            return QuoteFinding(QuoteVerdict.AMBIGUOUS, self.quote, said, places=tuple(places))
        place = meant[0]
        fit = fits[place] if fits else None
        verdict = QuoteVerdict.ELIDED if fit else self._verdict(place)
        cut = cut_at(self.index.text, place.start, place.end, self.words)
        return QuoteFinding(
            verdict,
            self.quote,
            explain.found(self.index.text, verdict, place, cut, in_context=bool(fitting)),
            start=place.start,
            end=place.end,
            pieces=tuple(map(self.index.stretch, fit.spans)) if fit else (),
            cut=cut,
        )

    def _meant(self, places: Sequence[Stretch]) -> list[Stretch]:
        """The places that the hint, or else the very signs, single out."""
        near = self.context.nearest(places)
        exact = [place for place in near if place.words == self.quote]
        return exact if len(exact) == 1 else near

    def _verdict(self, place: Stretch) -> QuoteVerdict:
        same = place.words == self.quote
        return QuoteVerdict.EXACT if same else QuoteVerdict.TYPOGRAPHIC

    def _whole(self, fit: Fit) -> Stretch:
        return self.index.stretch((fit.spans[0][0], fit.spans[-1][1]))

    def _fits(self, fitter: Fitter) -> list[Fit]:
        """How the pieces stand in each sentence that has them all in order."""
        longest = max(fitter.quote.pieces, key=lambda piece: len(piece.words.text))
        standing = fitter.standing(longest)
        if len(fitter.quote.pieces) == 1:
            return [fitter.alone(span) for span in standing]
        starts = (self.index.folded.span(*span)[0] for span in standing)
        found = {sentence.start: sentence for sentence in map(self.index.sentence, starts)}
        return [fit for sentence in found.values() if (fit := fitter.fit(sentence))]

    def _altered(self, fit: Fit) -> QuoteFinding:
        return self._told(self._whole(fit), fit.faults)

    def _told(self, stretch: Stretch, unlike: tuple[Difference, ...]) -> QuoteFinding:
        said = explain.altered(self.index.text, stretch, unlike)
        return QuoteFinding(
            QuoteVerdict.ALTERED, self.quote, said, nearest=stretch, differences=unlike
        )

    def _out_of_order(self, fitter: Fitter) -> QuoteFinding:
        """The pieces stand elsewhere or in another order, or one stands nowhere."""
        standing = [fitter.standing(piece) for piece in fitter.quote.pieces]
        if all(standing):
            return self._spliced([spans[0] for spans in standing])
        gone = [p for p, spans in zip(fitter.quote.pieces, standing, strict=True) if not spans]
        return self.unlike(max((p.words for p in gone), key=lambda words: len(words.text)))

    def _spliced(self, spans: Sequence[Span]) -> QuoteFinding:
        pieces = tuple(map(self.index.stretch, spans))
        said = explain.spliced(self.index.text, pieces)
        return QuoteFinding(QuoteVerdict.SPLICED, self.quote, said, pieces=pieces)
