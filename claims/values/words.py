"""A text as an answer: a name, a phrase, what a leaflet said."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from claims.values.interval import SetRelation


@dataclass(frozen=True, slots=True)
class Words:
    """Two texts are equal when they differ in nothing but typography and letter case."""

    kind = "text"

    expression: str = field(compare=False)
    said: str = field(default="", compare=False)
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        """Keep the form that is compared."""
        object.__setattr__(self, "folded", fold(self.expression))

    @property
    def label(self) -> str:
        """The text itself."""
        return self.expression

    @property
    def identity(self) -> str:
        """What two equal answers have in common."""
        return self.folded

    def stands_to(self, other: object) -> SetRelation | None:
        """Equal, or ``None``: whether two different texts say the same is for a person to say."""
        if not isinstance(other, Words):
            return None
        return SetRelation.EQUAL if self == other else None


def fold(text: str) -> str:
    """A text without differences of Unicode form, letter case, quote marks, dashes and spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = (_TYPOGRAPHY.get(unicodedata.category(letter), letter) for letter in plain)
    return " ".join("".join(kept).replace("'", '"').split())


_TYPOGRAPHY = {"Pd": "-", "Pi": '"', "Pf": '"', "Cf": ""}
