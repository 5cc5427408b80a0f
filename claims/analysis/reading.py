"""From a stored value to a value that can be compared, under one profile of vague words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.records import ClaimValue, Place, Question, Term
from claims.analysis.vocabulary import ValueKind
from claims.errors import InvalidValue
from claims.values.category import Category
from claims.values.duration import duration_from_expression
from claims.values.place import PlaceValue, Point
from claims.values.quantity import quantity_from_expression
from claims.values.relation import Value
from claims.values.truth import Truth
from claims.values.when import when_from_expression
from claims.values.words import Words


def read_value(value: ClaimValue, question: Question, casefile: Casefile, profile: str) -> Value:
    """The value under ``profile``, of the kind that the question asks for.

    Raises:
        InvalidValue: the stored expression cannot be read as a value of that kind.
    """
    kind, said, expression = question.value_kind, value.said, value.expression
    if kind in {ValueKind.COUNT, ValueKind.PROPORTION}:
        return quantity_from_expression(expression, said=said, profile=profile)
    if kind is ValueKind.DATE:
        return when_from_expression(expression, said=said)
    if kind is ValueKind.DURATION:
        return duration_from_expression(expression, said=said, profile=profile)
    if kind is ValueKind.CATEGORY:
        return read_category(UUID(expression), casefile, said)
    if kind is ValueKind.PLACE:
        return _place(UUID(expression), casefile, said)
    return Truth(expression, said) if kind is ValueKind.BOOLEAN else Words(expression, said)


def read_category(term: UUID, casefile: Casefile, said: str = "") -> Category:
    """The category that a term stands for, with its broader terms."""
    above = tuple(str(broader) for broader in ancestors(term, casefile.terms))
    return Category(str(term), above, casefile.terms[term].label, said)


def _place(place: UUID, casefile: Casefile, said: str) -> PlaceValue:
    record = casefile.places[place]
    around = tuple(str(outer) for outer in ancestors(place, casefile.places))
    return PlaceValue(str(place), around, record.gazetteer, _point(record), record.name, said)


def _point(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None or place.uncertainty is None:
        return None
    return Point(place.latitude, place.longitude, place.uncertainty)


def ancestors(start: UUID, held: Mapping[UUID, Term] | Mapping[UUID, Place]) -> Iterator[UUID]:
    """The ids above a term or a place, the nearest first.

    Raises:
        InvalidValue: a chain of ``broader`` or ``part_of`` comes back to where it began.
    """
    seen = {start}
    above = _above(held.get(start))
    while above is not None:
        if above in seen:
            message = f"{above} is broader than itself; mend the chain of broader or part_of"
            raise InvalidValue(message)
        seen.add(above)
        yield above
        above = _above(held.get(above))


def _above(record: Term | Place | None) -> UUID | None:
    if isinstance(record, Term):
        return record.broader
    return record.part_of if record else None
