"""The relation of two values of one kind, on hard and on soft bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from claims.errors import InvalidValue
from claims.values.interval import Region, SetRelation


@dataclass(frozen=True, slots=True)
class ValueRelation:
    """``hard``: on what the words allow; ``soft``: on their typical reading.

    ``None`` where one of the two has no such reading ("many" has no typical number) or where
    nobody recorded how the two stand to each other (two categories without a common ancestor).
    """

    hard: SetRelation | None
    soft: SetRelation | None

    @property
    def inverse(self) -> ValueRelation:
        """The same relation read from the other side."""
        return ValueRelation(self.hard and self.hard.inverse, self.soft and self.soft.inverse)


class Value(Protocol):
    """What every kind of value can do."""

    @property
    def kind(self) -> str:
        """``quantity``, ``when``, ``place``, ``term``, ``truth``, ``duration`` or ``text``."""
        ...

    @property
    def said(self) -> str:
        """The words of the source, to the letter."""
        ...

    @property
    def expression(self) -> str:
        """The parsed meaning in canonical form: equal meaning, equal expression; it parses back."""
        ...


@runtime_checkable
class Ranged(Value, Protocol):
    """A value that lies on an axis."""

    @property
    def hard(self) -> Region | None:
        """What the words allow."""
        ...

    @property
    def soft(self) -> Region | None:
        """The typical reading, by convention; not a confidence limit."""
        ...


@runtime_checkable
class Placed(Value, Protocol):
    """A value that knows by itself how it stands to another of its kind."""

    def stands_to(self, other: object) -> SetRelation | None:
        """The relation to another value of the same kind, or ``None`` where unknown."""
        ...


def relation(a: Value, b: Value) -> ValueRelation:
    """How ``a`` stands to ``b``.

    Raises:
        InvalidValue: the two are not of one kind, or measure different things.
    """
    if a.kind != b.kind:
        message = f"{a.said!r} is a {a.kind} and {b.said!r} a {b.kind}; compare two of one kind"
        raise InvalidValue(message)
    if isinstance(a, Placed) and isinstance(b, Placed):
        found = a.stands_to(b)
        return ValueRelation(found, found)
    if isinstance(a, Ranged) and isinstance(b, Ranged):
        return ValueRelation(_regions(a.hard, b.hard), _regions(a.soft, b.soft))
    message = f"{a.kind} values cannot be compared"
    raise InvalidValue(message)


def _regions(a: Region | None, b: Region | None) -> SetRelation | None:
    return None if a is None or b is None else a.relation(b)
