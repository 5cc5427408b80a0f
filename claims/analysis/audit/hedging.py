"""The check of hedges: that a claim is as sure as its source, and no less."""

from __future__ import annotations

from collections.abc import Iterator

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.defects import of_claim, quoted
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.audit.lexicon import no_words
from claims.analysis.audit.saying import Saying, sayings, unread
from claims.analysis.quote_fold import plain
from claims.analysis.records import Claim
from claims.analysis.vocabulary import ValueKind
from claims.analysis.wording import listed

_ON_AXIS = {ValueKind.COUNT, ValueKind.PROPORTION, ValueKind.DATE, ValueKind.DURATION}


def hedge_dropped(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """A hedge of the quote is missing from the claim, or the claim has one that the quote has not.

    "Reportedly aided by Russian troops" is not "aided by Russian troops". A report that drops
    the word turns a rumour into a fact; one that adds it slanders a witness.

    What to do: write the words of the quote, to the letter, into `hedges`, or take out those
    that are not there. Both are proposed as edits.

    Limits: a hedge counts where it stands in the clause of the words said, at the beginning of
    their sentence, or between commas of its own. A word before a number ("at least", "about")
    belongs to the value: it is missed only where it stands directly before the words said. What
    the verb of reporting says ("alleged") is kept by the verb.
    """
    for claim in dossier.claims:
        language = unread(dossier, claim)
        if language is not None:
            yield Unseen("claim", 1, no_words(language))
            continue
        added = _added(dossier, claim)
        dropped = _dropped(dossier, claim)
        if added or dropped:
            kept = tuple(hedge for hedge in claim.hedges if hedge not in added)
            yield Defect(
                of_claim(claim),
                found=_found(added, dropped),
                expected="the hedges of the quote, no fewer and no more",
                fix="Write the hedges of the quote, to the letter, into “hedges”.",
                change=("hedges", (*kept, *dropped)),
            )


def _found(added: list[str], dropped: list[str]) -> str:
    told = []
    if dropped:
        told.append(f"no {listed(map(quoted, dropped), 'or')}, which the quote has")
    if added:
        told.append(f"{listed(map(quoted, added))}, which the quote has not")
    return "; ".join(told)


def _added(dossier: Dossier, claim: Claim) -> list[str]:
    """The hedges of the claim that stand in none of its quotes."""
    quotes = [plain(passage.exact).text.casefold() for passage in dossier.quotes(claim)]
    if not quotes:
        return []
    return [h for h in claim.hedges if not any(plain(h).text.casefold() in q for q in quotes)]


def _dropped(dossier: Dossier, claim: Claim) -> list[str]:
    """The hedges of the sentence that speak of the value and are nowhere in the claim."""
    if not claim.stance.affirms or claim.value is None:
        return []
    question = dossier.questions.get(claim.question)
    counted = question is not None and question.value_kind in _ON_AXIS
    kept = [plain(word).text.casefold() for word in (*claim.hedges, *_verbs(claim))]
    found = [
        word for saying in sayings(dossier, claim) for word in _hedges(saying, counted=counted)
    ]
    return [
        word
        for word in dict.fromkeys(found)
        if not any(word.casefold() in one or one in word.casefold() for one in kept)
    ]


def _verbs(claim: Claim) -> Iterator[str]:
    verbs = (claim.verb, *(speaker.verb for speaker in claim.speakers))
    return (verb for verb in verbs if verb)


def _hedges(saying: Saying, *, counted: bool) -> Iterator[str]:
    for match in saying.words.hedges.finditer(saying.sentence):
        if saying.governed_by(*match.span()):
            yield match[0]
    if not counted:
        return
    for match in saying.words.bounds.finditer(saying.before):
        if not saying.before[match.end() :].strip():
            yield match[0]
