"""What one step of the comparison of two statements says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.analysis.outcomes import Relation


@dataclass(frozen=True, slots=True)
class Finding:
    """A relation and the code of its reason.

    ``narrower`` is ``"a"`` or ``"b"`` where one statement refines the other. ``assumption`` is
    the sentence that the relation rests on, ``otherwise`` the relation without it. ``said`` is
    the reason that a person gave, where a person decided.
    """

    relation: Relation
    reason: str
    narrower: str | None = None
    assumption: str | None = None
    otherwise: Relation | None = None
    said: str | None = None

    @property
    def flipped(self) -> Finding:
        """The same finding with the two statements exchanged."""
        other = {"a": "b", "b": "a"}.get(self.narrower or "")
        return replace(self, narrower=other)

    def assuming(self, assumption: str, otherwise: Relation) -> Finding:
        """The same finding, resting on an assumption (the first one made is kept)."""
        if self.assumption is not None:
            return self
        return replace(self, assumption=assumption, otherwise=otherwise)
