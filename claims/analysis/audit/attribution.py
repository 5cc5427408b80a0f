"""Checks of who speaks: the chain from the document's own voice to the origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.defects import clipped, of_claim, of_document, of_source, quoted, some
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.audit.lexicon import no_words
from claims.analysis.audit.saying import Saying, sayings, unread
from claims.analysis.records import Claim
from claims.analysis.vocabulary import InquiryOutcome, Stance, Tier
from claims.analysis.wording import plural
from claims.values.folding import folded_words

_TELLS = 4
"""Letters from which a word of a name tells whose it is."""


def origin_not_held(dossier: Dossier) -> Iterator[Defect]:
    """What a source says is known only from somebody who cites it.

    A document that is cited as primary, yet passes on what others say, is a secondary one for
    that. And a source whose own document is not held may have said something else.

    What to do: find the document of the origin, cite it, and name it in the chain of speakers
    (`document:`). If it cannot be had, waive the finding and say where you looked.

    Limits: it knows only what the chains of speakers say. Origins without a name are a finding of
    their own.
    """
    document = dossier.document
    passed_on: dict[UUID, list[Claim]] = defaultdict(list)
    for claim in dossier.live:
        speaker = claim.speakers[-1]
        source = dossier.sources.get(speaker.source)
        if len(claim.speakers) > 1 and speaker.document is None and source and source.named:
            passed_on[source.id].append(claim)
    for source_id, claims in passed_on.items():
        yield Defect(
            of_source(dossier.sources[source_id], claims),
            found=f"{plural(len(claims), 'claim')} known only from {quoted(document.title)}",
            expected="the source’s own document",
            fix="Find the source’s own document, cite it, and name it in the chain of speakers.",
        )
    if passed_on and document.tier is Tier.PRIMARY:
        names = some(clipped(dossier.sources[source].name) for source in passed_on)
        yield Defect(
            of_document(document),
            found=f"a document called primary that passes on what others say: {names}",
            expected="a secondary document, for what others say",
            fix="Call the document secondary, or cite the documents of those who are quoted.",
        )


def origin_unnamed(dossier: Dossier) -> Iterator[Defect]:
    """Nobody knows who said it first: "reportedly", "eyewitnesses", "sources close to".

    An origin without a name cannot be asked, compared with others, or counted.

    What to do: look in the document for who it was, and name them in the chain of speakers. If it
    does not say, that is a finding about the document; waive it here with that reason (`claims
    waiver add`): an unnamed source in the chain is a finding too. Where somebody of your own
    looked and could not confirm it, enter the search (`claims inquiry add --claim`): a dated one
    is who can be asked.

    Limits: it sees sources that are recorded as unnamed, and hedges that pass on what unnamed
    others say ("reportedly") in claims that name no further speaker.
    """
    unnamed: dict[UUID, list[Claim]] = defaultdict(list)
    for claim in dossier.live:
        source = dossier.sources.get(claim.origin)
        if _looked(dossier, claim):
            continue
        if source is not None and not source.named:
            unnamed[source.id].append(claim)
        elif len(claim.speakers) == 1 and (word := _hearsay(dossier, claim)):
            yield Defect(
                of_claim(claim),
                found=f"{quoted(word)}, and nobody named but the document itself",
                expected="who said it first",
                fix="Look whether the document says who it was, and name them in the chain of"
                " speakers; if not, waive this and say so.",
            )
    for source_id, claims in unnamed.items():
        yield Defect(
            of_source(dossier.sources[source_id], claims),
            found=f"{plural(len(claims), 'claim')} of an origin that {_who(dossier)} does not name",
            expected="a name that can be asked",
            fix="Look whether the document says who it was, and name them in the chain of"
            " speakers; if not, waive this and say so.",
        )


def _looked(dossier: Dossier, claim: Claim) -> bool:
    """Whether it could not be confirmed, and a dated search stands behind that."""
    return claim.stance is Stance.COULD_NOT_CONFIRM and any(
        one.looked_on is not None and one.outcome is not InquiryOutcome.FOUND
        for one in dossier.inquiries
        if claim.id in one.claims
    )


def _who(dossier: Dossier) -> str:
    return quoted(dossier.document.title)


def _hearsay(dossier: Dossier, claim: Claim) -> str | None:
    for one in sayings(dossier, claim):
        for hedge in claim.hedges:
            if hedge in one.sentence and one.words.hearsay.search(hedge):
                return hedge
    return None


def attribution_lost(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """The quote says who says so, and the claim lets the document itself say it.

    "According to Memorial, …" is Memorial's claim. Coded as the document's own, it becomes a
    second, independent source that does not exist.

    What to do: add the speakers of the sentence to the chain, or, where the document speaks of
    itself ("the agency could not confirm"), write its words into `verb`.

    Limits: it looks for words of reporting in the sentence of the value, in the languages it has
    words for; attribution does not spill over to the next sentence. A sentence in which the
    document names itself, or says "we", is its own.
    """
    for claim in dossier.claims:
        language = unread(dossier, claim)
        if language is not None:
            yield Unseen("claim", 1, no_words(language))
        elif len(claim.speakers) == 1 and claim.verb is None:
            words = next(
                (w for one in sayings(dossier, claim) if (w := _told_by(dossier, one))), None
            )
            if words:
                yield Defect(
                    of_claim(claim),
                    found=f"{quoted(words)} in the sentence, and no speaker but the document",
                    expected="the speaker whom the sentence names",
                    fix="Add the speaker to the chain, or the words of reporting as the verb.",
                )


def _told_by(dossier: Dossier, one: Saying) -> str | None:
    """The words by which somebody else than the document is made to speak."""
    if one.words.own_voice.search(one.sentence) or _names_itself(dossier, one.sentence):
        return None
    for match in one.words.attribution.finditer(one.sentence):
        if not one.words.no_attribution.search(one.sentence[: match.start()]):
            return match[0]
    return None


def _names_itself(dossier: Dossier, sentence: str) -> bool:
    """Whether all telling words of one of the document's own names stand in the sentence."""
    voice = dossier.sources.get(dossier.document.voice)
    if voice is None:
        return False
    told = set(folded_words(sentence))
    names = (_telling(name) for name in (voice.name, *voice.aliases))
    return any(words and words <= told for words in names)


def _telling(name: str) -> set[str]:
    return {word for word in folded_words(name) if len(word) >= _TELLS}
