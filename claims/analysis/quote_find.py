"""Whether a quote stands in a text as its maker gives it, and what was done to it if not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.analysis import quote_explain as explain
from claims.analysis.quote_cut import cut_at, swallowed_at
from claims.analysis.quote_differences import differences, missing, share
from claims.analysis.quote_finding import Difference, QuoteFinding, QuoteVerdict, Stretch
from claims.analysis.quote_fit import Fit, Fitter, Span
from claims.analysis.quote_fold import Folded, bare, fold
from claims.analysis.quote_marked import MarkedQuote, marked
from claims.analysis.quote_places import is_short, runs
from claims.analysis.quote_text import Context, QuotedText
from claims.analysis.quote_words import Words, words_or_none

_CLOSE = 0.3
"""Of the quote's letters: where fewer differ, it is one place of the text, altered."""

_COVERED = 0.8
"""Of the quote's letters: where more stand in pieces of the text, it is put together from them."""

_LIKE = 0.5
"""Of the quote's words: where fewer stand in the nearest place, the likeness is chance."""


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
    """A text in which many quotes are looked for: it is folded and indexed once."""

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
        core = bare(quote)
        if not core:
            return QuoteFinding(QuoteVerdict.TOO_SHORT, quote, explain.WORDLESS)
        context = Context(self._held, prefix or "", suffix or "", hint)
        words = words_or_none(language)
        search = _Search(self._held, quote, fold(quote.strip()), context, words)
        finding = search.whole()
        if core != quote and not (finding and finding.ok):
            search = _Search(self._held, quote, fold(core), context, words)
            finding = search.whole() or finding
        return finding or search.unlike()

    @cached_property
    def _held(self) -> QuotedText:
        return QuotedText(self.text)


@dataclass(frozen=True, slots=True)
class _Search:
    """One quote on its way through the rules."""

    held: QuotedText
    quote: str
    wanted: Folded
    context: Context
    words: Words

    def whole(self) -> QuoteFinding | None:
        """The quote stands in the text as it is, or in the parts that its marks say."""
        if places := self.held.places(self.wanted) or self.held.raw_places(self.quote):
            return self._one_of(places)
        parts = marked(self.wanted.spelled)
        return self._by_marks(parts) if parts else None

    def unlike(self, piece: Folded | None = None) -> QuoteFinding:
        """What the text has instead of a quote, or of a piece of one, that does not stand in it."""
        wanted = piece or self.wanted
        near = None if is_short(wanted.text) else self.held.nearest(wanted.text)
        if near is None or near.distance > _CLOSE * len(wanted.text):
            spans = runs(self.held.folded, wanted)
            letters = sum(end - start for start, end in spans)
            if len(spans) > 1 and letters >= _COVERED * len(wanted.text):
                return self._spliced(spans)
        if near is not None:
            stretch = self.held.stretch((near.start, near.end))
            quoted = piece.spelled if piece else self.quote.strip()
            close = near.distance <= _CLOSE * len(wanted.text)
            if close or share(quoted, stretch.words) >= _LIKE:
                return self._altered(stretch, differences(quoted, stretch.words, self.words))
        return QuoteFinding(QuoteVerdict.ABSENT, self.quote, explain.absent(self.quote))

    def _by_marks(self, parts: MarkedQuote) -> QuoteFinding:
        """The quote in pieces, as its marks part it."""
        fitter = Fitter(self.held.folded, self.held.text, parts, self.words)
        fits = self._fits(fitter)
        if honest := {self._span(fit): fit for fit in fits if not fit.faults}:
            return self._one_of(list(honest), honest)
        if fits:
            fit = min(fits, key=lambda fit: len(fit.faults))
            return self._altered(self._span(fit), fit.faults)
        return self._out_of_order(fitter)

    def _fits(self, fitter: Fitter) -> list[Fit]:
        """How the pieces stand in each sentence that has them all in order."""
        longest = max(fitter.quote.pieces, key=lambda piece: len(piece.words.text))
        standing = fitter.standing(longest)
        if len(fitter.quote.pieces) == 1:
            return [fitter.alone(span) for span in standing]
        starts = (self.held.folded.span(*span)[0] for span in standing)
        found = {sentence.start: sentence for sentence in map(self.held.sentence, starts)}
        return [fit for sentence in found.values() if (fit := fitter.fit(sentence))]

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
            said = explain.ambiguous(self.held, self.quote, places)
            return QuoteFinding(QuoteVerdict.AMBIGUOUS, self.quote, said, places=tuple(places))
        place = meant[0]
        fit = fits[place] if fits else None
        if fit and (lost := self._swallowed(place, fit)):
            return self._altered(place, lost)
        return self._found(place, fit, in_context=bool(fitting))

    def _swallowed(self, place: Stretch, fit: Fit) -> tuple[Difference, ...]:
        """The weighty words for which the outer marks of a quote stand."""
        words = swallowed_at(self.held.text, place.start, place.end, self.words, fit.outer)
        return tuple(missing(word.words, self.words) for word in words)

    def _meant(self, places: Sequence[Stretch]) -> list[Stretch]:
        """The places that the hint, or else the very signs, single out."""
        near = self.context.nearest(places)
        exact = [place for place in near if place.words == self.quote]
        return exact if len(exact) == 1 else near

    def _found(self, place: Stretch, fit: Fit | None, *, in_context: bool) -> QuoteFinding:
        same = QuoteVerdict.EXACT if place.words == self.quote else QuoteVerdict.TYPOGRAPHIC
        verdict = QuoteVerdict.ELIDED if fit else same
        cut = cut_at(self.held.text, place.start, place.end, self.words)
        return QuoteFinding(
            verdict,
            self.quote,
            explain.found(self.held, verdict, place, cut, in_context=in_context),
            start=place.start,
            end=place.end,
            pieces=tuple(map(self.held.stretch, fit.spans)) if fit else (),
            differences=fit.edits if fit else (),
            cut=cut,
            in_context=in_context,
        )

    def _span(self, fit: Fit) -> Stretch:
        return self.held.stretch((fit.spans[0][0], fit.spans[-1][1]))

    def _out_of_order(self, fitter: Fitter) -> QuoteFinding:
        """The pieces stand elsewhere or in another order, or one stands nowhere."""
        standing = [fitter.standing(piece) for piece in fitter.quote.pieces]
        if all(standing):
            return self._spliced([spans[0] for spans in standing])
        gone = [p for p, spans in zip(fitter.quote.pieces, standing, strict=True) if not spans]
        return self.unlike(max((p.words for p in gone), key=lambda words: len(words.text)))

    def _altered(self, stretch: Stretch, unlike: tuple[Difference, ...]) -> QuoteFinding:
        said = explain.altered(self.held, stretch, unlike)
        verdict = QuoteVerdict.ALTERED
        return QuoteFinding(verdict, self.quote, said, nearest=stretch, differences=unlike)

    def _spliced(self, spans: Sequence[Span]) -> QuoteFinding:
        pieces = tuple(map(self.held.stretch, spans))
        said = explain.spliced(self.held, pieces)
        return QuoteFinding(QuoteVerdict.SPLICED, self.quote, said, pieces=pieces)
