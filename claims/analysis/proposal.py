"""What a quote may be coded as: values, hedges, who speaks. Proposals only; a person decides.

The sentence around the quote is read too, because who speaks often stands outside the words that
somebody selected. Attribution does not go on into the next sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from claims.analysis.audit.lexicon import Lexicon, lexicon
from claims.analysis.coverage import sentences
from claims.analysis.proposed_values import values_in
from claims.analysis.quotes import line_of
from claims.analysis.vocabulary import Stance, ValueKind
from claims.values.folding import folded_words, words

Names = Mapping[UUID, Sequence[str]]
"""What each record may be called in a text."""

_NEAR = 8
"""So many words may stand between a verb of saying and the name of who says it."""

_AFTER = ("according", "citing", "in the", "as ")
"""How the phrases begin after which the speaker is named; before all others they are."""

_SMALL = frozenset({"the", "a", "an", "le", "la", "les", "der", "die", "das", "el", "los"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that a text names: half-open, in code points, and the words by which it does."""

    start: int
    end: int
    words: str
    record: UUID


@dataclass(frozen=True, slots=True)
class ProposedSpeaker:
    """Who may be the speaker: the verb as written, the words that name them.

    ``source`` is ``None`` where the words fit no source that is held. ``quoted`` says whether
    verb and name both stand in the quote: a passage should include its attribution. ``denies``
    says whether the verb is one of denial.
    """

    verb: str
    words: str
    source: UUID | None
    quoted: bool
    denies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What may be entered from a quote.

    Attributes:
        start: where the quote begins in the text, in code points.
        end: where it ends; the end itself is not in it.
        line: the line in which it begins, from 1.
        sentence: the whole of the sentences that it touches.
        said: words of the quote that may be the value, in its order.
        hedges: words of the sentence that say how sure somebody is, in its order.
        speakers: who may speak, in the order of the verbs.
        stance: how the speaker may stand to it, where that is not asserting or reporting.
        because: the words that made it so.
        unread: why no hedge and no speaker was looked for; ``None`` where they were.
    """

    start: int
    end: int
    line: int
    sentence: str
    said: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    speakers: tuple[ProposedSpeaker, ...] = ()
    stance: Stance | None = None
    because: str | None = None
    unread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the text: its language, the voices and the names of answers that are held.

    ``kind`` is that of the question, where it is known; ``named`` are what its answers can be
    called, where these are terms or places.
    """

    language: str = "en"
    locale: str = "en"
    voices: Names = field(default_factory=dict)
    kind: ValueKind | None = None
    named: Names = field(default_factory=dict)


def propose(text: str, start: int, end: int, known: Known) -> Proposal:
    """What may be entered from the words between ``start`` and ``end`` of a text.

    Args:
        text: the archived text.
        start: where the quote begins, in code points.
        end: where it ends; the end itself is not in it.
        known: what is known beforehand.
    """
    low, high = _around(text, start, end)
    sentence, quote = text[low:high], text[start:end]
    found = lexicon(known.language)
    if known.kind in {ValueKind.CATEGORY, ValueKind.PLACE}:
        said = tuple(dict.fromkeys(one.words for one in mentions(quote, known.named)))
    else:
        said = values_in(quote, kind=known.kind, locale=known.locale)
    proposal = Proposal(
        start=start, end=end, line=line_of(text, start), sentence=sentence, said=said
    )
    if found is None:
        return replace(proposal, unread=f"no words of the language {known.language!r} are held")
    stance, because = _stance(found, sentence)
    return replace(
        proposal,
        hedges=tuple(match[0] for match in found.hedges.finditer(sentence)),
        speakers=tuple(_speakers(found, sentence, (start - low, end - low), known.voices)),
        stance=stance,
        because=because,
    )


def mentions(text: str, names: Names) -> tuple[Mention, ...]:
    """The records that a text names, in its order; of names in each other only the longest.

    An article at the beginning of a name may be missing in the text.
    """
    inside = words(text)
    folded = [word.text for word in inside]
    found: list[tuple[int, int, UUID]] = []
    for record, called in names.items():
        for name in {_without_article(folded_words(one)) for one in called} - {()}:
            found += [(at, at + len(name), record) for at in _runs(name, folded)]
    kept: list[Mention] = []
    last = 0
    for first, after, record in sorted(found, key=lambda one: (one[0], -one[1], one[2])):
        if first >= last:
            low, high = inside[first].start, inside[after - 1].end
            kept.append(Mention(low, high, text[low:high], record))
            last = after
    return tuple(kept)


def _without_article(name: tuple[str, ...]) -> tuple[str, ...]:
    return name[1:] if len(name) > 1 and name[0] in _SMALL else name


def _runs(name: tuple[str, ...], folded: Sequence[str]) -> Iterator[int]:
    for at, word in enumerate(folded):
        if word == name[0] and tuple(folded[at : at + len(name)]) == name:
            yield at


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of the first sentence that the quote touches to the end of the last."""
    touched = [one for one in sentences(text) if one.end > start and one.start < end]
    return min(touched[0].start, start), max(touched[-1].end, end)


def _stance(found: Lexicon, sentence: str) -> tuple[Stance | None, str | None]:
    if match := found.unconfirmed.search(sentence):
        return Stance.COULD_NOT_CONFIRM, match[0]
    harmless = [match.span() for match in found.no_negation.finditer(sentence)]
    for match in found.denial.finditer(sentence):
        if not any(start <= match.start() < end for start, end in harmless):
            return Stance.DENIES, match[0]
    return None, None


def _speakers(
    found: Lexicon, sentence: str, quoted: tuple[int, int], voices: Names
) -> Iterator[ProposedSpeaker]:
    """Who is made the speaker by each verb of saying, or of denying, in a sentence."""
    named = mentions(sentence, voices)
    verbs = [*found.attribution.finditer(sentence), *found.denies(sentence)]
    for match in sorted(verbs, key=lambda one: one.start()):
        if found.no_attribution.search(sentence, 0, match.start()):
            continue
        low, high, source = _speaker(sentence, match.span(), named)
        if low < high:
            first, last = min(low, match.start()), max(high, match.end())
            whole = quoted[0] <= first and last <= quoted[1]
            denies = found.denial.fullmatch(match[0]) is not None
            yield ProposedSpeaker(match[0], sentence[low:high], source, whole, denies)


def _speaker(
    sentence: str, verb: tuple[int, int], named: Sequence[Mention]
) -> tuple[int, int, UUID | None]:
    """The nearest voice on the side of the verb where speakers stand, or the words there."""
    follows = sentence[verb[0] : verb[1]].lower().startswith(_AFTER)
    if follows:
        near = next((one for one in named if one.start >= verb[1]), None)
        between = sentence[verb[1] : near.start] if near else ""
    else:
        near = next((one for one in reversed(named) if one.end <= verb[0]), None)
        between = sentence[near.end : verb[0]] if near else ""
    if near and len(between.split()) <= _NEAR:
        return near.start, near.end, near.record
    return (*_words_beside(sentence, verb, follows=follows), None)


def _words_beside(sentence: str, verb: tuple[int, int], *, follows: bool) -> tuple[int, int]:
    """The words beside a verb as far as the next sign, at most eight of them."""
    beside = words(sentence)
    if follows:
        chosen = [word for word in beside if word.start >= verb[1]][:_NEAR]
        stop = _sign(sentence, verb[1])
        chosen = [word for word in chosen if stop is None or word.end <= stop]
    else:
        chosen = [word for word in beside if word.end <= verb[0]][-_NEAR:]
        signs = [at for at in range(verb[0]) if sentence[at] in _SIGNS]
        chosen = [word for word in chosen if not signs or word.start > signs[-1]]
    return (chosen[0].start, chosen[-1].end) if chosen else (0, 0)


_SIGNS = ',;:.!?()[]«»“”"—'


def _sign(sentence: str, start: int) -> int | None:
    return next((at for at in range(start, len(sentence)) if sentence[at] in _SIGNS), None)
