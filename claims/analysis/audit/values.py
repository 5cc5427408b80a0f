"""Checks of the value: that it is what the words say, and reads as it is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from claims.analysis.audit.case import Bounds, Dossier
from claims.analysis.audit.defects import of_claim, quoted
from claims.analysis.audit.finding import Defect, Unseen
from claims.analysis.audit.saying import folded_name, id_in
from claims.analysis.blank import ERASED
from claims.analysis.casefile import Casefile
from claims.analysis.quote_words import numbers_in
from claims.analysis.reading import ancestors, read_value
from claims.analysis.records import Claim, ClaimValue, Place, Question, Term, Topic
from claims.analysis.statements import bounds_of
from claims.analysis.vocabulary import ValueKind
from claims.errors import InputRefused
from claims.values.duration import Duration, duration_from_expression, parse_duration
from claims.values.interval import Interval
from claims.values.quantity import (
    Quantity,
    parse_quantity,
    quantity_from_expression,
    with_range_basis,
)
from claims.values.when import When, parse_when, when_from_expression
from claims.values.words import fold

Told = Iterator[Defect | Unseen]
Read = Quantity | When | Duration

_ON_AXIS = {ValueKind.COUNT, ValueKind.PROPORTION, ValueKind.DATE, ValueKind.DURATION}
_NAMED = {ValueKind.CATEGORY, ValueKind.PLACE}
_RELATIVE = 1e-12

_CELL = re.compile(r"(?<![\d.,])\d{1,18}(?:\.\d{1,9})?(?![\d,]|\.\d)")
_ENDS = re.compile(r"\d+(?:–\d+){0,2}(?: \((?:low|best|high)\))?")
"""The figures of a row of a table, as an import joins them."""


def value_not_in_quote(dossier: Dossier) -> Told:
    """The number, date or name of a claim is not the one that its quote gives.

    A figure that was mistyped, or taken from the sentence before, turns a citation into a false
    one, and no later step can notice: the value is what gets compared.

    What to do: correct the value, or cite the passage that gives it. If you counted or inferred
    it yourself, say so (`counted_by_coder`, `inferred`).

    Limits: the words said must stand in the quote (of a row of a table, each of its figures), and
    what they mean must be the stored value.
    Where the coder read the words as a value of their own, it fires only if the two cannot both
    be true. A category or a place is compared only where the words name another one of the same
    project. Words that no table of their language reads are listed as not checked.
    """
    for claim in dossier.claims:
        value, question = claim.value, dossier.questions.get(claim.question)
        quotes = dossier.quotes(claim)
        if value is None or question is None or not quotes or value.counted_by_coder:
            continue
        if all(quote.exact == ERASED for quote in quotes):
            yield Unseen("claim", 1, "the words of its quote were erased")
        elif not any(_stand(value.said, quote.exact) for quote in quotes):
            yield Defect(
                of_claim(claim),
                found=f"the words {quoted(value.said)}, which are not in the quote",
                expected="words of the quote, to the letter",
                fix="Give the words of the quote, or cite the passage that has them.",
            )
        elif question.value_kind in _ON_AXIS and claim.calendar is None:
            yield from _read_and_compared(dossier, claim, value, question, quotes[0].language)
        elif question.value_kind in _NAMED:
            yield from _another_named(dossier, claim, value, question)


def _stand(said: str, quote: str) -> bool:
    """Whether the words stand in the quote; the ends of a table's range, each for itself."""
    if fold(said) in _folded(quote):
        return True
    held = {Decimal(number) for number in _CELL.findall(quote)}
    return bool(_ENDS.fullmatch(said)) and {Decimal(n) for n in _CELL.findall(said)} <= held


@lru_cache(maxsize=1_000)
def _folded(quote: str) -> str:
    return fold(quote)


def _read_and_compared(
    dossier: Dossier, claim: Claim, value: ClaimValue, question: Question, language: str
) -> Told:
    """Whether the words, read anew, give the stored value."""
    try:
        stored = _stored(value, question, dossier.profile)
    except InputRefused as error:
        yield _differs(claim, value.expression, str(error))
        return
    try:
        read = _read(value, question, dossier.profile, language, stored)
    except InputRefused:
        yield from _only_its_figures(claim, value, stored, language)
        return
    if "value" in value.inferred:
        if _apart(read, stored):
            yield _differs(claim, value.expression, read.expression)
    elif not _same(read, stored):
        yield _differs(claim, value.expression, read.expression)


def _stored(value: ClaimValue, question: Question, profile: str) -> Read:
    if question.value_kind is ValueKind.DATE:
        return when_from_expression(value.expression)
    if question.value_kind is ValueKind.DURATION:
        return duration_from_expression(value.expression, profile=profile)
    return quantity_from_expression(value.expression, profile=profile)


def _read(value: ClaimValue, question: Question, profile: str, language: str, stored: Read) -> Read:
    """The words read again; a date may take its year from the stored one."""
    if isinstance(stored, When):
        year = stored.earliest or stored.latest
        context = f"{year.year:04d}" if year and "year" in value.inferred else None
        return parse_when(value.said, context=context, locale=language)
    if question.value_kind is ValueKind.DURATION:
        return parse_duration(value.said, profile=profile, locale=language)
    return parse_quantity(value.said, profile=profile, locale=language)


def _same(read: Read, stored: Read) -> bool:
    if isinstance(read, Quantity) and isinstance(stored, Quantity) and stored.range_basis:
        return read.range_basis is not None and (
            with_range_basis(read, stored.range_basis).expression == stored.expression
        )
    return read.expression == stored.expression


def _apart(read: Read, stored: Read) -> bool:
    """Whether what the words allow and what is stored exclude each other."""
    return bool(read.hard and stored.hard and not read.hard.overlaps(stored.hard))


def _only_its_figures(claim: Claim, value: ClaimValue, stored: Read, language: str) -> Told:
    """Of words that cannot be read as a whole: whether their numbers exclude what is stored."""
    read = _figures(value.said, language) if isinstance(stored, Quantity) else None
    if read is None or not isinstance(stored, Quantity) or read.measure != stored.measure:
        yield Unseen("claim", 1, "no table reads the words of its value as a whole")
    elif _apart(read, stored):
        yield _differs(claim, value.expression, read.said)


def _figures(said: str, language: str) -> Quantity | None:
    """The words from the first number to the last, read as one; ``None`` where they are none."""
    try:
        words = numbers_in(said, language)
        return parse_quantity(said[words[0].start : words[-1].end], locale=language)
    except (InputRefused, IndexError):
        return None


def _differs(claim: Claim, stored: str, read: str) -> Defect:
    said = claim.value.said if claim.value else ""
    return Defect(
        of_claim(claim),
        found=f"the value {quoted(stored)}",
        expected=f"what the words {quoted(said)} say: {read}",
        fix="Correct the value, or say that you read the words otherwise and why.",
    )


def _another_named(dossier: Dossier, claim: Claim, value: ClaimValue, question: Question) -> Told:
    """Whether the words name another term or place than the one that is stored."""
    held: Mapping[UUID, Term] | Mapping[UUID, Place]
    held = dossier.terms if question.value_kind is ValueKind.CATEGORY else dossier.places
    stored = id_in(value.expression)
    chosen = held.get(stored) if stored else None
    if chosen is None:
        return
    said = f" {folded_name(value.said)} "
    named = [one for one in held.values() if _within(one, said) and _alike(one, chosen)]
    kin = {chosen.id, *ancestors(chosen.id, held)}
    if named and not any(one.id in kin or chosen.id in ancestors(one.id, held) for one in named):
        yield Defect(
            of_claim(claim),
            found=f"the value {quoted(_label(chosen))}",
            expected=f"{quoted(_label(named[0]))}, which the words {quoted(value.said)} name",
            fix="Correct the value, or the words.",
            change=("value.expression", str(named[0].id)) if len(named) == 1 else None,
        )


def _alike(one: Term | Place, chosen: Term | Place) -> bool:
    if isinstance(one, Term) and isinstance(chosen, Term):
        return one.scheme == chosen.scheme
    return True


def _label(one: Term | Place) -> str:
    return one.label if isinstance(one, Term) else one.name


def _within(one: Term | Place, said: str) -> bool:
    """Whether one of the names stands, word by word, in the folded words said."""
    others = one.aliases if isinstance(one, Term) else one.names
    names = (_label(one), *(name for of_language in others.values() for name in of_language))
    return any(f" {folded} " in said for name in names if (folded := folded_name(name)))


def interval_not_derived(dossier: Dossier) -> Told:
    """The stored interval is not what the declared profile makes of the value.

    Lists and queries filter by the stored interval. When the profile of vague words was changed
    and the intervals were not derived again, they answer by other conventions than the report.

    What to do: change the claim or its question, such as a note of it (`claims claim edit`,
    `claims question edit`), or load the project with its profile again: whatever rests on what
    was changed is derived anew.

    Limits: it needs a database; files of hand-coded claims store no intervals.
    """
    for claim in dossier.claims:
        value, question = claim.value, dossier.questions.get(claim.question)
        if value is None or question is None or question.value_kind not in _ON_AXIS:
            continue
        stored = (dossier.stored or {}).get(claim.id)
        derived = _derived(value, question, dossier.profile)
        if stored is None:
            yield Unseen("claim", 1, "no stored interval was given")
        elif derived is not None and not _near(stored, derived):
            yield Defect(
                of_claim(claim),
                found=f"the stored interval {_shown(stored)}",
                expected=f"{_shown(derived)}, from the profile {dossier.profile}",
                fix="Save the claim or its question anew: `claims claim edit` and `claims question"
                " edit` derive the intervals again.",
            )


_NOTHING_ELSE = Casefile(topic=Topic(id=UUID(int=0), label=""))


def _derived(said: ClaimValue, question: Question, profile: str) -> Bounds | None:
    """What the profile makes of a value; ``None`` where the value cannot be read at all."""
    try:
        value = read_value(said, question, _NOTHING_ELSE, profile)
    except InputRefused:
        return None
    hard, soft = (
        region.hull if region else Interval(None, None) for region in bounds_of(value, question)
    )
    ends = (None if end is None else float(end) for end in (hard.lo, hard.hi, soft.lo, soft.hi))
    return Bounds(profile, *ends)


def _near(a: Bounds, b: Bounds) -> bool:
    """Equal to as many digits as the columns keep."""
    pairs = zip(_ends(a), _ends(b), strict=True)
    return a.profile == b.profile and all(
        (x is None) == (y is None)
        and (x is None or y is None or abs(x - y) <= _RELATIVE * max(abs(x), abs(y)))
        for x, y in pairs
    )


def _ends(bounds: Bounds) -> tuple[float | None, ...]:
    return bounds.hard_lo, bounds.hard_hi, bounds.soft_lo, bounds.soft_hi


def _shown(bounds: Bounds) -> str:
    low, high, soft_low, soft_high = (
        "∞" if end is None else f"{end:.15g}" for end in _ends(bounds)
    )
    return f"[{low}, {high}], typically [{soft_low}, {soft_high}] ({bounds.profile})"
