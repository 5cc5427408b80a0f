"""What an edited row of an export may not say, and how its words are read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from claims.analysis.records import (
    Assessment,
    Claim,
    Opposition,
    Question,
    Record,
    Topic,
    Waiver,
)
from claims.analysis.vocabulary import CODES, RangeBasis, ValueKind
from claims.errors import InputRefused
from claims.exchange.entity_tables_cells import Misfit
from claims.exchange.table_rows import shown
from claims.values.duration import duration_from_expression, parse_duration
from claims.values.quantity import parse_quantity, quantity_from_expression, with_range_basis
from claims.values.truth import Truth
from claims.values.when import parse_when, when_from_expression

_NAMED = {ValueKind.CATEGORY: "term", ValueKind.PLACE: "place"}


def check(record: Record, questions: Mapping[UUID, Question]) -> Iterator[tuple[str, Misfit]]:
    """What is wrong with a record that was edited or added, by the column.

    Args:
        record: as the row gives it.
        questions: the questions of the export.
    """
    for name, text in _dates(record):
        if text is not None:
            yield from _date(name, text)
    if isinstance(record, Assessment) and record.code not in CODES[record.scheme]:
        codes = ", ".join(CODES[record.scheme])
        yield "code", Misfit(shown(record.code), f"a code of {record.scheme.value}: {codes}")
    if isinstance(record, Claim):
        yield from _claim(record, questions)


def expression_of(
    said: str, question: Question | None, basis: RangeBasis | None
) -> tuple[str, RangeBasis | None]:
    """The words of a value as the question of their claim reads them.

    Returns:
        The expression, and what its ends are the ends of where it is a range.

    Raises:
        Misfit: they cannot be read; the message says why.
    """
    if question is None:
        what = "a value without its expression, of a question that is not in these sheets"
        raise Misfit(what, "value.expression: the value as it is to be read")
    kind = question.value_kind
    try:
        if kind in {ValueKind.COUNT, ValueKind.PROPORTION}:
            return _quantity(said, kind, basis)
        if kind is ValueKind.DATE:
            return parse_when(said).expression, None
        if kind is ValueKind.DURATION:
            return parse_duration(said).expression, None
    except InputRefused as error:
        expected = f"words that give a {kind.value}; or say in value.expression how to read them"
        raise Misfit(str(error), expected) from None
    if kind is ValueKind.TEXT:
        return said, None
    what = {ValueKind.BOOLEAN: "true or false"}.get(kind) or f"the id of a {_NAMED[kind]}"
    expected = f"value.expression edited too: {what}"
    raise Misfit(shown(said), expected)


def _quantity(
    said: str, kind: ValueKind, basis: RangeBasis | None
) -> tuple[str, RangeBasis | None]:
    quantity = parse_quantity(said)
    if quantity.measure != kind.value:
        found, expected = f"{shown(said)}, which is a {quantity.measure}", f"a {kind.value}"
        raise Misfit(found, expected)
    if quantity.range_basis is None:
        return quantity.expression, None
    basis = basis or RangeBasis.UNKNOWN
    return with_range_basis(quantity, basis.value).expression, basis


def _dates(record: Record) -> Iterator[tuple[str, str | None]]:
    if isinstance(record, Topic):
        yield "dates", record.dates
    if isinstance(record, Claim | Question):
        yield "scope.period", record.scope.period
    if isinstance(record, Claim):
        yield "as_of", record.as_of
        yield "retracted_at", record.retracted_at
    if isinstance(record, Opposition):
        yield "during", record.during
    if isinstance(record, Waiver):
        yield "until", record.until


def _date(name: str, text: str) -> Iterator[tuple[str, Misfit]]:
    try:
        when_from_expression(text)
    except InputRefused as error:
        yield name, Misfit(f"{shown(text)} ({error})", "a date as EDTF, such as 1992-02-26")


def _claim(claim: Claim, questions: Mapping[UUID, Question]) -> Iterator[tuple[str, Misfit]]:
    for name in ("passages", "speakers"):
        if not getattr(claim, name):
            yield name, Misfit("an empty list", "at least one")
    if claim.retracted_at is None and claim.retracted_reason is not None:
        yield "retracted_at", Misfit("nothing", "a date, since there is a retracted_reason")
    question = questions.get(claim.question)
    if claim.value is None or question is None:
        return
    try:
        _readable(claim.value.expression, question.value_kind)
    except (InputRefused, ValueError) as error:
        expected = f"a {question.value_kind.value} as claims writes it; or empty it, to have"
        yield (
            "value.expression",
            Misfit(str(error), f"{expected} value.said read again"),
        )


def _readable(expression: str, kind: ValueKind) -> None:
    if kind in {ValueKind.COUNT, ValueKind.PROPORTION}:
        quantity = quantity_from_expression(expression)
        if quantity.measure != kind.value:
            message = f"{expression!r} is a {quantity.measure}"
            raise ValueError(message)
    elif kind is ValueKind.DATE:
        when_from_expression(expression)
    elif kind is ValueKind.DURATION:
        duration_from_expression(expression)
    elif kind is ValueKind.BOOLEAN:
        Truth(expression, "")
    elif kind in _NAMED:
        UUID(expression)
