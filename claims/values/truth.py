"""A truth value: the answer to a yes-or-no question."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.errors import InvalidValue
from claims.values.interval import SetRelation


@dataclass(frozen=True, slots=True)
class Truth:
    """``expression`` is ``true`` or ``false``; a claim that says nothing else says yes."""

    kind = "truth"

    expression: str
    said: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse every other word."""
        if self.expression not in {"true", "false"}:
            message = f"{self.expression!r} is no truth value; expected true or false"
            raise InvalidValue(message)

    @property
    def label(self) -> str:
        """``yes`` or ``no``."""
        return "yes" if self.expression == "true" else "no"

    @property
    def identity(self) -> str:
        """What two equal answers have in common."""
        return self.expression

    def stands_to(self, other: object) -> SetRelation | None:
        """Equal or disjoint."""
        if not isinstance(other, Truth):
            return None
        return SetRelation.EQUAL if self == other else SetRelation.DISJOINT
