"""The parsed meaning of a quantity: a small expression, the same under every profile.

    8                      a number                   several, dozens, most   a vague word
    40%, 12.5%, 1/3        a part of a whole          several*12              several dozen
    at_least(40)           a hedge over any of these  digits(2)               a two-digit number
    range(580, 1500)       a range                    or(8, 11)               one or the other
    range(8, 11, sources)  a range whose basis is known
    coded(5, 8, 12)        low, best and high of a data set's row

A unit may follow: ``at_least(40) civilians``. There is one way to write a meaning, so that equal
meanings are equal strings; intervals derive from it under a profile (``quantity_bounds``).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PROPORTION_WORDS = frozenset({"most", "majority", "minority", "all"})


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number, read sharply."""

    number: int

    def __str__(self) -> str:
        """``8``."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as stated: ``40`` and ``40.0`` differ in their last stated unit."""

    stated: str

    @property
    def part(self) -> Decimal:
        """The stated number as a part of one."""
        return Decimal(self.stated).scaleb(-2)

    @property
    def half_unit(self) -> Decimal:
        """Half the last stated unit, as a part of one."""
        decimals = len(self.stated.partition(".")[2])
        return Decimal(5).scaleb(-3 - decimals)

    def __str__(self) -> str:
        """``40%``."""
        return f"{self.stated}%"


@dataclass(frozen=True, slots=True)
class Fraction:
    """A plain fraction, in lowest terms."""

    numerator: int
    denominator: int

    @property
    def part(self) -> Decimal:
        """The fraction as a part of one, to twelve decimals."""
        return round(Decimal(self.numerator) / self.denominator, 12).normalize()

    def __str__(self) -> str:
        """``1/3``."""
        return f"{self.numerator}/{self.denominator}"


@dataclass(frozen=True, slots=True)
class Word:
    """A vague word of the phrase table, or so many times a unit ("several dozen")."""

    row: str
    times: int = 1

    def __str__(self) -> str:
        """``several`` or ``several*12``."""
        return self.row if self.times == 1 else f"{self.row}*{self.times}"


@dataclass(frozen=True, slots=True)
class Digits:
    """A number of which only the count of its digits is said."""

    length: int

    def __str__(self) -> str:
        """``digits(2)``."""
        return f"digits({self.length})"


@dataclass(frozen=True, slots=True)
class Span:
    """From one number or vague word to another."""

    low: Operand
    high: Operand
    basis: str = "unknown"

    def __str__(self) -> str:
        """``range(580, 1500)``."""
        basis = "" if self.basis == "unknown" else f", {self.basis}"
        return f"range({self.low}, {self.high}{basis})"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several numbers, in rising order."""

    options: tuple[Sharp, ...]

    def __str__(self) -> str:
        """``or(8, 11)``."""
        return f"or({', '.join(map(str, self.options))})"


@dataclass(frozen=True, slots=True)
class Hedged:
    """A hedge over a quantity."""

    hedge: str
    inner: Node

    def __str__(self) -> str:
        """``at_least(40)``."""
        return f"{self.hedge}({self.inner})"


@dataclass(frozen=True, slots=True)
class Coded:
    """Low, best and high estimate of a data set's row."""

    low: int
    best: int
    high: int

    def __str__(self) -> str:
        """``coded(5, 8, 12)``."""
        return f"coded({self.low}, {self.best}, {self.high})"


Sharp = Count | Percent | Fraction
Operand = Sharp | Word | Digits
Node = Operand | Span | Choice | Hedged | Coded


def measure_of(node: Node) -> str:
    """``count`` or ``proportion``."""
    match node:
        case Percent() | Fraction():
            return "proportion"
        case Word(row):
            return "proportion" if row in PROPORTION_WORDS else "count"
        case Hedged(_, inner):
            return measure_of(inner)
        case Span(low, _):
            return measure_of(low)
        case Choice(options):
            return measure_of(options[0])
        case _:
            return "count"


def rows_of(node: Node) -> tuple[str, ...]:
    """The ids of the phrase-table rows that the expression uses, outermost first.

    A number under a hedge, in a range or among alternatives is read by that row alone.
    """
    match node:
        case Hedged(hedge, inner):
            return (hedge, *(() if isinstance(inner, Sharp) else rows_of(inner)))
        case Span(low, high):
            ends = [
                row for end in (low, high) if not isinstance(end, Sharp) for row in rows_of(end)
            ]
            return ("range", *dict.fromkeys(ends))
        case Word(row, times):
            return (row,) if times == 1 else ("times", row)
        case Count(number):
            return ("number",) if number else ("none",)
        case _:
            return (_ROW_OF_KIND[type(node)],)


_ROW_OF_KIND = {
    Percent: "percent",
    Fraction: "fraction",
    Digits: "digits",
    Choice: "or",
    Coded: "coded",
}
