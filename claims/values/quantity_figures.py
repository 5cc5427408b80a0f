"""A number as said, its figure and its unit apart until it is known what shares the unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.errors import InvalidQuantity
from claims.values import quantity_make as make
from claims.values.quantity_expression import Word
from claims.values.quantity_numbers import conventions, read_digits

if TYPE_CHECKING:
    from claims.values.quantity_expression import Node

_SHARED_FROM = 10**6
_GROUPED_ELSEWHERE = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as said: its figure and the unit after it (1 for none).

    An earlier number may share the unit: "ten to twenty thousand". "A thousand" and "half a
    million" have none to share. Of several unit words the last alone may be shared ("twenty to
    one hundred thousand"): ``shared`` lists the possible ones, the largest first. ``plain`` are
    the digits of the figure, decimals as stated.
    """

    value: Decimal
    written: str
    plain: str | None = None
    unit: int = 1
    shared: tuple[int, ...] = ()
    percent: bool = False

    @property
    def total(self) -> Decimal:
        """The figure times its unit."""
        return self.value * self.unit

    @property
    def has_unit(self) -> bool:
        """Whether it brings a unit of its own: "two hundred", "a dozen"."""
        return self.unit > 1 or self.plain is None


def whole(figure: Figure) -> int:
    """The number as a count of whole things."""
    total = figure.total
    if figure.unit == 1 and figure.plain and "." in figure.plain:
        raise InvalidQuantity(_decimal_count(figure))
    if total != total.to_integral_value():
        message = f"“{figure.written}” is not a whole number; only a part of a whole has decimals"
        raise InvalidQuantity(message)
    return int(total)


def _decimal_count(figure: Figure) -> str:
    said = f"“{figure.written}” has decimals, which a count of whole things cannot have"
    match = _GROUPED_ELSEWHERE.fullmatch(figure.written)
    if match is None:
        return f"{said}; give a whole number"
    other = "de" if match[1] == "." else "en"
    as_read = read_digits(figure.written, conventions(other))
    return f"{said}; locale “{other}” would read {as_read}: declare the locale of the text"


def as_node(said: Figure | Node) -> Node:
    """The operand as an expression: a percentage, a count, or the vague word that it is."""
    if not isinstance(said, Figure):
        return said
    if not said.percent:
        return make.count(whole(said))
    plain = said.plain if said.plain and said.unit == 1 else str(whole(said))
    return make.percent(plain)


def share_unit(first: Figure | Node, last: Figure | Node) -> Figure | Node:
    """The first of two joined numbers with the unit or "per cent" that is said only once.

    "3 to 4 thousand" shares its unit, "500 to 1 thousand" cannot, being reversed then.

    Raises:
        InvalidQuantity: it is unclear whether they share it ("900 to 1 million").
    """
    _refuse_unclear_vague(first, last)
    if not isinstance(first, Figure) or not isinstance(last, Figure):
        return first
    if last.percent:
        return replace(first, percent=True)
    shared = next((unit for unit in last.shared if first.total * unit <= last.total), None)
    if shared is None and last.unit >= _SHARED_FROM and not first.has_unit:
        raise InvalidQuantity(_unclear(first.written))
    if shared is None:
        return first
    if first.has_unit:
        raise InvalidQuantity(_unclear(first.written))
    return replace(first, unit=shared)


def _refuse_unclear_vague(first: Figure | Node, last: Figure | Node) -> None:
    """Refuse "tens to hundreds of thousands" and "two to several thousand"."""
    if isinstance(first, Word):
        unit = last.unit if isinstance(last, Figure) else getattr(last, "times", 1)
        if first.times == 1 < unit:
            raise InvalidQuantity(_unclear(str(first)))
    elif isinstance(first, Figure) and isinstance(last, Word) and _may_share(first, last):
        raise InvalidQuantity(_unclear(first.written))


def _may_share(first: Figure, last: Word) -> bool:
    fits = first.total * last.times <= make.least(last)
    return fits and last.times > 1


def _unclear(written: str) -> str:
    return f"it is unclear whether “{written}” shares the unit after it; write both out"
