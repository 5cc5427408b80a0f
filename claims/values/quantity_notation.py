"""Reading the canonical expression of a quantity back; the inverse of printing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from claims.errors import InvalidQuantity
from claims.values import quantity_make as make
from claims.values.quantity_data import counted_by_unit
from claims.values.quantity_expression import Coded
from claims.values.quantity_make import HEDGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.values.quantity_expression import Node, Operand

MAX_LENGTH = 400
_LEAF = re.compile(
    r"(?P<percent>\d+(?:\.\d+)?)%|(?P<top>\d+)/(?P<bottom>\d+)|(?P<count>\d+)"
    r"|digits\((?P<digits>\d)\)|(?P<word>[a-z_]+)(?:\*(?P<times>\d+))?",
    re.ASCII,
)
_CALL = re.compile(r"([a-z_]+)\((.*)\)", re.ASCII)
_CODED_NUMBERS = 3


def read_expression(expression: str) -> tuple[Node, str | None]:
    """The meaning and the unit of a canonical expression.

    Raises:
        InvalidQuantity: it is not one, or not in its canonical form.
    """
    if len(expression) > MAX_LENGTH:
        _refuse(expression[:40] + "…", f"it has more than {MAX_LENGTH} characters")
    body, unit = _apart(expression)
    try:
        node = _node(body)
    except InvalidQuantity as error:
        message = f"{expression!r} is not an expression of a quantity: {error}"
        raise InvalidQuantity(message) from None
    canonical = f"{node} {unit}" if unit else str(node)
    if canonical != expression:
        _refuse(expression, f"its canonical form is {canonical!r}")
    return node, unit


def _apart(expression: str) -> tuple[str, str | None]:
    body, space, unit = expression.rpartition(" ")
    if not space or expression.endswith(")"):
        return expression, None
    if unit not in counted_by_unit():
        _refuse(expression, f"the unit {unit!r} is not in the unit table")
    return body, unit


def _node(text: str) -> Node:
    call = _CALL.fullmatch(text)
    if call is None or text.startswith("digits"):
        return _leaf(text)
    name, inside = call.groups()
    if name in HEDGES:
        return make.hedged(name, _node(inside))
    if name not in _LISTS:
        message = f"{name!r} is not a hedge, range, or, coded or digits"
        raise InvalidQuantity(message)
    return _LISTS[name](inside.split(", "))


def _range(parts: list[str]) -> Node:
    if len(parts) not in {2, 3}:
        message = "a range has two ends and at most a basis"
        raise InvalidQuantity(message)
    return make.span(_leaf(parts[0]), _leaf(parts[1]), *parts[2:])


def _coded(parts: list[str]) -> Node:
    if len(parts) != _CODED_NUMBERS or not all(part.isdecimal() for part in parts):
        message = "a coded row has three whole numbers: low, best and high"
        raise InvalidQuantity(message)
    low, best, high = (make.count(int(part)).number for part in parts)
    return Coded(low, best, high)


_LISTS: dict[str, Callable[[list[str]], Node]] = {
    "range": _range,
    "or": lambda parts: make.choice(tuple(map(_leaf, parts))),
    "coded": _coded,
}


def _leaf(text: str) -> Operand:
    found = _LEAF.fullmatch(text)
    if found is None:
        message = f"{text!r} is not a number, a part of a whole or a vague word"
        raise InvalidQuantity(message)
    match found.lastgroup:
        case "count":
            return make.count(int(text))
        case "percent":
            return make.percent(found["percent"])
        case "bottom":
            return make.fraction(int(found["top"]), int(found["bottom"]))
        case "digits":
            return make.digits(int(found["digits"]))
        case _:
            return make.word(found["word"], int(found["times"] or 1))


def _refuse(expression: str, why: str) -> NoReturn:
    message = f"{expression!r} is not an expression of a quantity: {why}"
    raise InvalidQuantity(message)
