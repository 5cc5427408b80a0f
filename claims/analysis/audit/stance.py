"""The check of the stance: that a claim affirms, denies or leaves open what its source does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.defects import of_claim, quoted
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.audit.lexicon import Lexicon, no_words
from claims.analysis.audit.saying import Saying, sayings, unread
from claims.analysis.records import Claim
from claims.analysis.vocabulary import Explicitness, Stance, ValueKind
from claims.values.folding import folded_words

_REACH = 4
"""So many words after a negation may be what it denies."""

_FARTHER = 6
"""So many words after a verb of denial may be what it denies: "denied the claim that its …"."""

_MEANS = 4
"""Letters from which a word means something by itself, unless it is a known form of a verb."""

_DENIED = {ValueKind.CATEGORY, ValueKind.PLACE}
_COUNTED = {ValueKind.COUNT, ValueKind.PROPORTION}

Rule = Callable[[Dossier, Claim, tuple[Saying, ...]], Defect | None]


def stance_wrong(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """The claim affirms what its source denies, denies what it only could not confirm, or the like.

    "No interviews confirmed this" is no denial. "The siren did not sound" is no siren that
    sounded. "No deaths were reported" is not "no deaths". Each turns a source into a witness for
    what it did not say.

    What to do: read the sentence again. Somebody looked and could not confirm:
    `could_not_confirm`. Somebody says it is not so: `denies`, or the answer *no*.

    Limits: it looks at the words in the sentence of the value, in the languages it has words
    for. A negation or a denial counts where it is followed by a word of the question. Irony,
    lexical opposites ("failed to hold") and doubts are for the reader.
    """
    for claim in dossier.claims:
        language = unread(dossier, claim)
        if language is not None:
            yield Unseen("claim", 1, no_words(language))
            continue
        said = tuple(sayings(dossier, claim))
        found = (rule(dossier, claim, said) for rule in _RULES) if said else iter(())
        yield from [defect for defect in found if defect is not None][:1]


def _unconfirmed_as_denial(_: Dossier, claim: Claim, said: tuple[Saying, ...]) -> Defect | None:
    """Nobody could confirm it, which is coded as somebody's denial."""
    if claim.stance is not Stance.DENIES:
        return None
    words = _first(said, lambda lexicon: lexicon.unconfirmed)
    if words is None or _first(said, lambda lexicon: lexicon.denial):
        return None
    return _wrong(claim, f"a denial, where the quote says {quoted(words)}", _OPEN)


def _denial_without_words(_: Dossier, claim: Claim, said: tuple[Saying, ...]) -> Defect | None:
    """Coded as a denial, or as not confirmed, where the quote has no word that says no."""
    if claim.stance not in {Stance.DENIES, Stance.COULD_NOT_CONFIRM}:
        return None
    negative = (
        one.words.unconfirmed.search(one.sentence)
        or one.words.denial.search(one.sentence)
        or one.words.negations.search(one.sentence)
        for one in said
    )
    if any(negative):
        return None
    stance = claim.stance.value.replace("_", " ")
    return _wrong(claim, f"the stance “{stance}”, where no word of the quote says no", None)


def _doubt_lost(dossier: Dossier, claim: Claim, said: tuple[Saying, ...]) -> Defect | None:
    """The sentence says that nobody could confirm it, and no claim of the document does."""
    words = _first(said, lambda lexicon: lexicon.unconfirmed)
    if not claim.stance.affirms or words is None:
        return None
    kept = any(
        other.stance in {Stance.COULD_NOT_CONFIRM, Stance.DOUBTS}
        and other.question == claim.question
        for other in dossier.claims
    )
    if kept or any(hedge.casefold() in words.casefold() for hedge in claim.hedges):
        return None
    found = f"a claim that {claim.stance.value} it, where the quote says {quoted(words)}"
    return _wrong(claim, found, None)


def _denied_but_affirmed(_: Dossier, claim: Claim, said: tuple[Saying, ...]) -> Defect | None:
    """The verb of reporting denies, and the claim affirms."""
    verb = claim.verb or claim.speakers[-1].verb
    if not claim.stance.affirms or verb is None or _says_no(claim):
        return None
    if not said[0].words.denial.fullmatch(verb.strip()):
        return None
    return _wrong(claim, f"a claim that {claim.stance.value} what somebody {quoted(verb)}", _NO)


def _not_lost(dossier: Dossier, claim: Claim, said: tuple[Saying, ...]) -> Defect | None:
    """A "not", "no" or "never" that governs the words said has left no trace."""
    question = dossier.questions.get(claim.question)
    if not claim.stance.affirms or claim.value is None or question is None or _says_no(claim):
        return None
    for one in said:
        if question.value_kind is ValueKind.BOOLEAN:
            word = _denies_the_question(one, question.text, claim)
        elif question.value_kind in _DENIED:
            word = _denies_the_rest(one)
        else:
            word = None if _is_none(claim) else _directly_before(one)
        if word is not None:
            found = f"an answer that affirms what {quoted(word)} denies"
            if question.value_kind is ValueKind.BOOLEAN:
                found = f"an answer read as yes, which affirms what {quoted(word)} denies"
                return replace(_wrong(claim, found, None), expected=_YES_OR_NO)
            return _wrong(claim, found, None)
    return None


def _silence_as_none(dossier: Dossier, claim: Claim, said: tuple[Saying, ...]) -> Defect | None:
    """No reports of deaths, coded as no deaths."""
    question = dossier.questions.get(claim.question)
    counted = question is not None and question.value_kind in _COUNTED
    words = _first(said, lambda lexicon: lexicon.no_report)
    if not claim.stance.affirms or not counted or not _is_none(claim) or words is None:
        return None
    return _wrong(claim, f"the number 0, where the quote says {quoted(words)}", _OPEN)


_RULES: tuple[Rule, ...] = (
    _unconfirmed_as_denial,
    _denial_without_words,
    _doubt_lost,
    _denied_but_affirmed,
    _not_lost,
    _silence_as_none,
)
_YES_OR_NO = (
    "`--value no` where the speaker says that it is not so, or `--stance denies` where the"
    " speaker denies what others say"
)
_OPEN = Stance.COULD_NOT_CONFIRM
_NO = Stance.DENIES


def _wrong(claim: Claim, found: str, better: Stance | None) -> Defect:
    return Defect(
        of_claim(claim),
        found=found,
        expected=f"the stance “{better.value}”" if better else "what the words of the quote say",
        fix="Read the sentence again and correct the stance or the answer.",
        change=("stance", better.value) if better else None,
    )


def _first(said: tuple[Saying, ...], pattern: Callable[[Lexicon], re.Pattern[str]]) -> str | None:
    found = (pattern(one.words).search(one.sentence) for one in said)
    return next((match[0] for match in found if match), None)


def _says_no(claim: Claim) -> bool:
    return claim.value is not None and claim.value.expression == "false"


def _is_none(claim: Claim) -> bool:
    return claim.value is not None and claim.value.expression.partition(" ")[0] == "0"


def _denies_the_question(one: Saying, question: str, claim: Claim) -> str | None:
    """A negation or denial in the words said, or in their clause, before a word of the question.

    What is only presupposed is not denied by a word outside it.
    """
    words = one.words
    if words.negates(question) or words.denies(question) or words.opposes(question):
        return None
    stated = claim.explicitness is Explicitness.STATED
    first = one.clause[0] if stated else one.start
    asked = _forms(words, folded_words(question))
    open_ones = [match.span() for match in words.unconfirmed.finditer(one.sentence)]
    for match, reach in _refusals(words, one.sentence[: one.end]):
        start, end = match.span()
        following = folded_words(one.sentence[end : one.clause[1]])[:reach]
        unconfirmed = start < first or any(a <= start < b for a, b in open_ones)
        if not unconfirmed and not asked.isdisjoint(_forms(words, following)):
            return match[0]
    return None


def _refusals(words: Lexicon, text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The words of a text that refuse what follows, and how many words far they do."""
    yield from ((match, _REACH) for match in words.negates(text))
    yield from ((match, _FARTHER) for match in words.denies(text))
    yield from ((match, _REACH) for match in words.opposes(text))


def _forms(words: Lexicon, of: Iterable[str]) -> set[str]:
    """The beginnings by which words that mean something are compared."""
    telling = (word for word in of if len(word) >= _MEANS or word in words.irregular)
    return {form for word in telling for form in words.forms(word)}


def _denies_the_rest(one: Saying) -> str | None:
    """A negation before a name, with few words between them."""
    for match in one.words.negates(one.before + one.said):
        between = (one.before + one.said)[match.end() : max(len(one.before), match.end())]
        if one.words.refuses.fullmatch(match[0]) and len(between.split()) <= _REACH:
            return match[0]
    return None


def _directly_before(one: Saying) -> str | None:
    matches = one.words.negates(one.before)
    return next((m[0] for m in matches if not one.before[m.end() :].strip()), None)
