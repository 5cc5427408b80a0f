"""Checks of dates: what has none, what was inferred, and what cannot be in that order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from uuid import UUID

from claims.analysis.audit.case import Dossier, QuestionFile
from claims.analysis.audit.csl_dates import csl_when
from claims.analysis.audit.defects import of_claim, of_document, of_question, quoted
from claims.analysis.audit.finding import Defect
from claims.analysis.audit.saying import id_in
from claims.analysis.records import Claim, ClaimValue, Place
from claims.analysis.vocabulary import ValueKind
from claims.analysis.wording import day
from claims.errors import InputRefused
from claims.values.when import When, when_from_expression
from claims.values.when_days import Day
from claims.values.words import fold

_YEAR = re.compile(r"(?<![\d-])(\d{4})(?!\d)")
_GREGORIAN = frozenset({"gregorian", "iso8601", "gregory"})


def total_undated(dossier: Dossier) -> Iterator[Defect]:
    """A running total does not say as of when it holds.

    A toll grows. Two figures of two days are no contradiction, but without their dates they
    look like one.

    What to do: write the day for which the figure was given into `as_of`; the date of the
    document is the latest it can be.

    Limits: only questions marked as running totals, and claims that give a figure.
    """
    for claim in dossier.live:
        question = dossier.questions.get(claim.question)
        running = question is not None and question.running_total
        if running and claim.as_of is None and claim.value is not None and claim.stance.affirms:
            yield Defect(
                of_claim(claim),
                found=f"the running total {quoted(claim.value.said)} without a date",
                expected="the day as of which it was counted",
                fix="Write the day into “as_of”.",
            )


def inferred_without_basis(dossier: Dossier) -> Iterator[Defect]:
    """A part of a date is not in the words, and nobody says where it comes from.

    "On 5 February" has no year. Whoever adds one should say why, so that the next reader can
    follow, or disagree.

    What to do: name the part and its basis under `inferred`
    (`inferred: {year: the article dates the attack to 1992}`).

    Limits: of dates whose parts are not named it sees only a missing year, and not where a
    calendar other than the Gregorian is declared.
    """
    for claim in dossier.claims:
        value = claim.value
        if value is None:
            continue
        blank = sorted(part for part, basis in value.inferred.items() if not basis.strip())
        if blank:
            yield _without_basis(claim, f"an inferred {' and '.join(blank)} without a basis")
        elif year := _year_from_nowhere(dossier, claim, value):
            yield _without_basis(
                claim, f"the year {year}, which {quoted(value.said)} does not give"
            )


def _without_basis(claim: Claim, found: str) -> Defect:
    return Defect(
        of_claim(claim),
        found=found,
        expected="what the inferred part rests on",
        fix="Name the part and its basis under “inferred”.",
    )


def _year_from_nowhere(dossier: Dossier, claim: Claim, value: ClaimValue) -> str | None:
    question = dossier.questions.get(claim.question)
    if question is None or question.value_kind is not ValueKind.DATE or claim.calendar is not None:
        return None
    if value.inferred.keys() & {"year", "value"}:
        return None
    years = _YEAR.findall(value.expression)
    said = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in value.said)
    given = any(year in said or re.search(rf"['’‘]{year[2:]}\b", said) for year in years)
    return None if given or not years else years[0]


def order_impossible(dossier: Dossier) -> Iterator[Defect]:
    """A document is older than what it tells, or was read before it was published.

    One of the dates is wrong, or the document is another edition than the one that was read, or
    what it tells was still to come when it was written. A search (an inquiry) that ended before
    the event found nothing because there was nothing yet to find.

    What to do: correct the date of publication, of access, of the search or of the event.

    Limits: dates are compared only where both can be read, and by whole days. A claim is taken
    to tell of something past: where it announces something, waive the finding and say so.
    """
    issued = csl_when(dossier.document.csl, "issued")
    accessed = csl_when(dossier.document.csl, "accessed")
    if issued is None:
        return
    if accessed and accessed.latest and issued.earliest and accessed.latest < issued.earliest:
        yield Defect(
            of_document(dossier.document),
            found=f"read on {day(accessed.latest)}, published on {day(issued.earliest)}",
            expected="a document that was published before it was read",
            fix="Correct the date of access or of publication.",
        )
    if issued.latest is not None:
        for claim in dossier.claims:
            begins = _begins(dossier, claim)
            if begins is not None and issued.latest < begins:
                yield Defect(
                    of_claim(claim),
                    found=f"{day(begins)}, told by a document of {day(issued.latest)}",
                    expected="a document that is not older than what it tells",
                    fix="Correct the date of the claim, of its topic or of the document.",
                )


def looked_before(file: QuestionFile) -> Iterator[Defect]:
    """A search ended before what was looked for can have happened."""
    question, topic = file.question, file.casefile.topic
    begins = _earliest(question.scope.period or topic.dates)
    for inquiry in file.casefile.inquiries:
        when = _read(inquiry.looked_on) if inquiry.question == question.id else None
        if begins and when and when.latest and when.latest < begins:
            yield Defect(
                of_question(question),
                found=f"the inquiry {quoted(inquiry.looked_for)} of {day(when.latest)},"
                f" before {day(begins)}",
                expected="a search that is not older than what was looked for",
                fix="Correct the day of the inquiry, or the dates of the question or the topic.",
            )


def _begins(dossier: Dossier, claim: Claim) -> Day | None:
    """The earliest day that what a claim tells can have happened on."""
    question = dossier.questions.get(claim.question)
    if question is None or not claim.stance.affirms:
        return None
    if question.value_kind is ValueKind.DATE:
        return _earliest(claim.value.expression if claim.value else None)
    if claim.as_of is not None:
        return _earliest(claim.as_of)
    return _earliest(claim.scope.period or question.scope.period or _topic(dossier, question.topic))


def _topic(dossier: Dossier, topic: UUID) -> str | None:
    held = dossier.topics.get(topic)
    return held.dates if held else None


def _earliest(expression: str | None) -> Day | None:
    when = _read(expression)
    return when.earliest if when else None


def _read(expression: str | None) -> When | None:
    try:
        return when_from_expression(expression) if expression else None
    except InputRefused:
        return None


def not_normalised(dossier: Dossier) -> Iterator[Defect]:
    """A date of another calendar, or a name in another script, stands as it was written.

    25 October 1917 in the Julian calendar is 7 November; a place called Шуша in one source and
    Shusha in another is found only by those who know both.

    What to do: write the Gregorian date as the value and name `calendar` under `inferred` with
    how it was converted; add the name to the names of the place, under its language.

    Limits: it looks at calendars that are declared, and at names of places in a script that none
    of the place's own names is written in. Two spellings in one script are not noticed.
    """
    for claim in dossier.claims:
        value, question = claim.value, dossier.questions.get(claim.question)
        if value is None or question is None:
            continue
        calendar = (claim.calendar or "").strip()
        if calendar and calendar.casefold() not in _GREGORIAN and "calendar" not in value.inferred:
            yield Defect(
                of_claim(claim),
                found=f"a date of the {calendar} calendar, not said to be converted",
                expected="the Gregorian date, and how it was converted",
                fix="Convert the date, and name “calendar” under “inferred” with the rule used.",
            )
        elif question.value_kind is ValueKind.PLACE:
            yield from _foreign_name(dossier, claim, value)


def _foreign_name(dossier: Dossier, claim: Claim, value: ClaimValue) -> Iterator[Defect]:
    stored = id_in(value.expression)
    place = dossier.places.get(stored) if stored else None
    if place is None:
        return
    names = _names(place)
    known = frozenset().union(*(_scripts(name) for name in names))
    if _scripts(value.said) <= known or any(fold(name) in fold(value.said) for name in names):
        return
    yield Defect(
        of_claim(claim),
        found=f"{quoted(value.said)} for the place {quoted(place.name)}",
        expected="a spelling that is among the names of the place",
        fix="Add this spelling to the names of the place, under its language.",
    )


def _names(place: Place) -> tuple[str, ...]:
    return (place.name, *(name for of_language in place.names.values() for name in of_language))


def _scripts(text: str) -> frozenset[str]:
    """The scripts that the letters of a text are written in, by their names in Unicode."""
    letters = (letter for letter in text if letter.isalpha())
    return frozenset(unicodedata.name(letter, "?").split()[0] for letter in letters)
