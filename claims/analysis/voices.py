"""Voices that are one: a union of names, each group known by its first name."""

from __future__ import annotations

from collections.abc import Iterable


class Voices:
    """Groups of names that were joined two by two; a name never joined is its own group."""

    def __init__(self, above: dict[str, str] | None = None) -> None:
        """Start with every name apart."""
        self._above = above or {}

    def copy(self) -> Voices:
        """The same groups, to be joined further without changing these."""
        return Voices(dict(self._above))

    def head(self, name: str) -> str:
        """The least name of the group that ``name`` belongs to."""
        top = name
        while top in self._above:
            top = self._above[top]
        while name != top:
            self._above[name], name = top, self._above[name]
        return top

    def join(self, a: str, b: str) -> None:
        """Make one group of two."""
        low, high = sorted((self.head(a), self.head(b)))
        if low != high:
            self._above[high] = low

    def join_all(self, names: Iterable[str]) -> None:
        """Make one group of all."""
        listed = list(names)
        for name in listed[1:]:
            self.join(listed[0], name)
