"""The check of the scope: that a claim is no wider than the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.defects import of_claim, quoted
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.audit.lexicon import no_words
from claims.analysis.audit.saying import Saying, folded_name, sayings, unread
from claims.analysis.reading import ancestors
from claims.analysis.records import Claim, Question
from claims.analysis.vocabulary import ValueKind
from claims.values.folding import folded_words

_COUNTED = {ValueKind.COUNT, ValueKind.PROPORTION}
_PEOPLE = "people"

_BETWEEN = 2
"""Words between those of the value and what was suffered: "eight people | were later | killed"."""


def scope_widened(dossier: Dossier) -> Iterator[Defect | Unseen]:
    """The claim speaks of more than its quote: killed by shelling, coded as killed.

    Figures of a part and of the whole then look like rivals, or the part like the whole.

    What to do: put the claim under the narrower question, or state its `scope` (cause,
    population, area).

    Limits: it asks, and a person decides. Of counts it looks, in the clause of the value and in
    the languages it has words for, for a cause ("by shelling"), a group ("civilians") and a place
    of the project that lies within the question's area, which neither question nor claim states.
    """
    for claim in dossier.claims:
        question = dossier.questions.get(claim.question)
        if question is None or question.value_kind not in _COUNTED or claim.value is None:
            continue
        language = unread(dossier, claim)
        if language is not None:
            yield Unseen("claim", 1, no_words(language))
            continue
        for one in sayings(dossier, claim):
            yield from _wider(dossier, claim, question, one)


def _wider(dossier: Dossier, claim: Claim, question: Question, one: Saying) -> Iterator[Defect]:
    cause = _cause(one)
    if cause and claim.scope.cause is None and question.scope.cause is None:
        yield _asks(claim, f"{quoted(cause)} in the quote, and no cause in the scope", "cause")
    group = one.words.groups.search(one.said)
    if group and _whole_population(dossier, claim, question):
        found = f"{quoted(group[0])} in the quote, and a count of people at large"
        yield _asks(claim, found, "population")
    place = _inner_place(dossier, claim, question, one)
    if place is not None:
        found = f"{quoted(place)} in the quote, and the whole area in the scope"
        yield _asks(claim, found, "area")


def _cause(one: Saying) -> str | None:
    """What the counted suffered and by what, where it is said of them: just behind the words."""
    for match in one.words.cause.finditer(one.sentence, one.start, one.clause[1]):
        if len(one.sentence[one.end : match.start()].split()) <= _BETWEEN:
            return match[0]
    return None


def _asks(claim: Claim, found: str, dimension: str) -> Defect:
    return Defect(
        of_claim(claim),
        found=found,
        expected="a claim that is no wider than its quote",
        fix=f"Ask whether the claim holds beyond it; if not, state its {dimension}; if so, waive"
        " this.",
    )


def _whole_population(dossier: Dossier, claim: Claim, question: Question) -> bool:
    """Whether the scope speaks of people at large, where the question counts people."""
    population = claim.scope.population or question.scope.population
    if population is None:
        words = folded_words(question.text)
        return question.unit == _PEOPLE and _PEOPLE in words
    term = dossier.terms.get(population)
    return term is not None and term.broader is None and term.label.casefold() == _PEOPLE


def _inner_place(dossier: Dossier, claim: Claim, question: Question, one: Saying) -> str | None:
    """A place named in the clause that is a part of the scope's area."""
    area: UUID | None = claim.scope.area or question.scope.area
    if area is None:
        return None
    words = f" {' '.join(folded_words(one.sentence[slice(*one.clause)]))} "
    for place in dossier.places.values():
        if f" {folded_name(place.name)} " in words and area in ancestors(place.id, dossier.places):
            return place.name
    return None
