"""A coded category: the answer "Armenian irregular units", placed among broader categories."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.values.interval import SetRelation


@dataclass(frozen=True, slots=True)
class Category:
    """A category by the id of its term; ``broader`` are its ancestors' ids, the nearest first.

    ``label`` and ``said`` are for readers; equality looks at the id alone.
    """

    kind = "category"

    expression: str
    broader: tuple[str, ...] = field(default=(), compare=False)
    label: str = field(default="", compare=False)
    said: str = field(default="", compare=False)

    @property
    def identity(self) -> str:
        """What two equal answers have in common."""
        return self.expression

    def stands_to(self, other: object) -> SetRelation | None:
        """Equal, within (narrower), contains (broader), or ``None``: nothing is recorded.

        Two categories that merely have different names are never called disjoint: only a
        person can say that they exclude each other.
        """
        if not isinstance(other, Category):
            return None
        return by_path(self.expression, self.broader, other.expression, other.broader)


def by_path(
    a: str, above_a: tuple[str, ...], b: str, above_b: tuple[str, ...]
) -> SetRelation | None:
    """How two members of a hierarchy stand, each given with its ancestors."""
    if a == b:
        return SetRelation.EQUAL
    if b in above_a:
        return SetRelation.WITHIN
    if a in above_b:
        return SetRelation.CONTAINS
    return None
