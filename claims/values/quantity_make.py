"""Well-formed expressions: the only way to make one, from words or from its notation.

What has no agreed reading is refused here, whatever the language it was said in: a range with
its ends reversed, "nearly several", "more than most".
"""

from __future__ import annotations

import math
from decimal import Decimal

from claims.errors import InvalidQuantity
from claims.values.profiles import DEFAULT_PROFILE, rows_by_id
from claims.values.quantity_expression import (
    PROPORTION_WORDS,
    Choice,
    Coded,
    Count,
    Digits,
    Fraction,
    Hedged,
    Node,
    Operand,
    Percent,
    Sharp,
    Span,
    Word,
    measure_of,
)
from claims.values.quantity_numbers import MAX_DIGITS

RANGE_BASES = ("sources", "time", "places", "unknown")
SCALABLE = frozenset(
    {
        *("couple", "a_few", "handful", "several", "tens", "dozens", "scores"),
        *("hundreds", "thousands", "millions", "many"),
    }
)
STANDS_ALONE = PROPORTION_WORDS | {"some"}
"""The words that give no number for a hedge or a range to stand on."""
MAX_DENOMINATOR = 20

_HEDGES_OVER_ABOUT = frozenset({"at_least", "more_than", "at_most", "fewer_than", "up_to"})
HEDGES = _HEDGES_OVER_ABOUT | {"nearly", "about"}
_SAID_LENGTHS = range(2, 10)
_ALTERNATIVES = 2
_TOO_LARGE = 10**MAX_DIGITS


def count(number: int) -> Count:
    """A whole number of things, of up to 24 digits."""
    if number < 0 or number >= _TOO_LARGE:
        message = f"a count has at most {MAX_DIGITS} digits and is not negative"
        raise InvalidQuantity(message)
    return Count(number)


def percent(stated: str) -> Percent:
    """A percentage from 0 to 100, with its decimals as stated."""
    whole, point, decimals = stated.partition(".")
    made = Percent(f"{int(whole)}{point}{decimals}")
    if len(stated) > MAX_DIGITS or made.part > 1:
        message = f"{stated} per cent is more than the whole; give a part of it"
        raise InvalidQuantity(message)
    return made


def fraction(numerator: int, denominator: int) -> Fraction:
    """A fraction between 0 and 1 with a denominator up to 20."""
    if not 0 < numerator < denominator <= MAX_DENOMINATOR:
        message = (
            f"{numerator}/{denominator} is not a plain fraction between 0 and 1 with a "
            f"denominator up to {MAX_DENOMINATOR}; give a percentage"
        )
        raise InvalidQuantity(message)
    shared = math.gcd(numerator, denominator)
    return Fraction(numerator // shared, denominator // shared)


def word(row: str, times: int = 1) -> Word:
    """A vague word, alone or times a unit."""
    if row in SCALABLE and 1 <= times < _TOO_LARGE:
        return Word(row, times)
    if row in STANDS_ALONE and times == 1:
        return Word(row)
    message = f"{row!r} times {times} is no row of the phrase table"
    raise InvalidQuantity(message)


def digits(length: int) -> Digits:
    """A number of two to nine digits."""
    if length not in _SAID_LENGTHS:
        message = f"a number of {length} digits is not read; state from 2 to 9"
        raise InvalidQuantity(message)
    return Digits(length)


def span(low: Node, high: Node, basis: str = "unknown") -> Span:
    """A range with its lower end first."""
    if not (isinstance(low, Operand) and isinstance(high, Operand)):
        message = f"a range from {low} to {high} needs a plain number or vague word at each end"
        raise InvalidQuantity(message)
    if measure_of(low) != measure_of(high):
        message = f"a range from {low} to {high} mixes a count and a proportion"
        raise InvalidQuantity(message)
    if not {str(low), str(high)}.isdisjoint(STANDS_ALONE):
        message = f"a range from {low} to {high} needs a number at each end"
        raise InvalidQuantity(message)
    if least(low) > least(high) or least(low) > _greatest(high):
        message = f"the range from {low} to {high} is reversed; give the lower number first"
        raise InvalidQuantity(message)
    if least(low) == _greatest(high) or low == high:
        message = f"the range from {low} to {high} is the same at both ends; give it once"
        raise InvalidQuantity(message)
    if basis not in RANGE_BASES:
        message = f"{basis!r} is not a basis of a range: {', '.join(RANGE_BASES)}"
        raise InvalidQuantity(message)
    return Span(low, high, basis)


def choice(options: tuple[Node, ...]) -> Choice:
    """Two or more different numbers of one measure, in rising order."""
    sharp = [option for option in options if isinstance(option, Sharp)]
    if len(sharp) < len(options):
        message = "alternatives joined by “or” need plain numbers; code two claims"
        raise InvalidQuantity(message)
    if len({measure_of(option) for option in sharp}) > 1:
        message = "the alternatives mix a count and a proportion"
        raise InvalidQuantity(message)
    if len({least(option) for option in sharp}) < len(sharp) or len(sharp) < _ALTERNATIVES:
        message = "the alternatives repeat one number; give each once"
        raise InvalidQuantity(message)
    return Choice(tuple(sorted(sharp, key=least)))


def hedged(hedge: str, inner: Node) -> Hedged:
    """A hedge over a quantity that can bear it."""
    refused = (
        isinstance(inner, Coded)
        or (isinstance(inner, Hedged) and not _bears_second(hedge, inner))
        or (isinstance(inner, Word) and inner.row in STANDS_ALONE - {"all"})
        or (inner == Word("all") and hedge != "nearly")
    )
    if refused:
        message = f"“{_plain(hedge)}” over {inner} has no agreed reading"
        raise InvalidQuantity(message)
    if hedge == "nearly" and not (isinstance(inner, Sharp) or inner == Word("all")):
        message = f"“nearly” needs one number, not {inner}"
        raise InvalidQuantity(message)
    if hedge in {"nearly", "fewer_than"} and isinstance(inner, Sharp) and not least(inner):
        message = f"nothing is {_plain(hedge)} 0; write none, or the words as they are"
        raise InvalidQuantity(message)
    if hedge == "more_than" and isinstance(inner, Percent) and inner.part == 1:
        message = "nothing is more than 100 per cent of the whole"
        raise InvalidQuantity(message)
    return Hedged(hedge, inner)


def _bears_second(hedge: str, inner: Hedged) -> bool:
    return inner.hedge == "about" and hedge in _HEDGES_OVER_ABOUT


def _plain(hedge: str) -> str:
    return hedge.replace("_", " ")


def least(operand: Operand) -> Decimal | int:
    """The lowest number that the operand allows; of a stated part, the part itself."""
    match operand:
        case Count(number):
            return number
        case Percent() | Fraction():
            return operand.part
        case Word(row, times):
            low = rows_by_id(DEFAULT_PROFILE)[row].bounds[0].hull.lo
            return 0 if low is None else low * times
        case _:
            return int(10 ** (operand.length - 1))


def _greatest(operand: Operand) -> Decimal | int | float:
    match operand:
        case Digits(length):
            return int(10**length) - 1
        case Word(row, times):
            high = rows_by_id(DEFAULT_PROFILE)[row].bounds[0].hull.hi
            return math.inf if high is None else high * times
        case _:
            return least(operand)
