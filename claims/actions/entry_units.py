"""What the words of a count leave open: what it is that they count."""

from __future__ import annotations

from claims.actions.entry_make import Maker
from claims.actions.entry_names import called
from claims.analysis.records import Claim, Question, Record
from claims.analysis.statements import unit_of_count
from claims.analysis.vocabulary import ValueKind
from claims.exchange.yaml_nodes import shown
from claims.values.quantity import Quantity, quantity_from_expression


def units_remarked(maker: Maker, record: Record) -> list[str]:
    """A warning where a count names no unit, or another than its question asks for.

    A count without a unit is read as counting what the question asks for; where the question
    names none either, it is compared only with counts that name none.
    """
    if not isinstance(record, Claim) or record.value is None:
        return []
    question = maker.lookup.get(Question, record.question)
    if question is None or question.value_kind is not ValueKind.COUNT:
        return []
    quantity = quantity_from_expression(record.value.expression)
    remark = _remark(question, quantity, shown(record.value.said))
    return [] if remark is None else [remark]


def _remark(question: Question, quantity: Quantity, said: str) -> str | None:
    """The warning on one count; ``said`` are its words, as a message quotes them."""
    asked, counted = question.unit, quantity.unit_of_count
    if counted is None and asked is not None:
        return (
            f"{said} names no unit and is read as {asked}, which the question counts; where it"
            f' counts others, give them with --value, such as "{quantity.expression} families"'
        )
    if counted is None:
        return (
            f"{said} names no unit, nor does the question {called(question)}, so that it is not"
            " compared with counts that name one; give it with --value, such as"
            f' "{quantity.expression} people", or give the question a --unit'
        )
    if asked is not None and counted != unit_of_count(asked):
        return (
            f"{said} counts {counted}, but the question counts {asked}: it is not compared with"
            f" counts of {asked}; mend it with --value, or ask another question"
        )
    return None
