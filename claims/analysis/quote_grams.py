"""An index of a text's letters: where every eighth run of eight letters stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

GRAM = 8
_SEARCHED = 2 * GRAM - 1
"""Words of so many letters hold a run that is indexed, wherever they stand."""

_SMALL = 8_000
"""Letters of a stretch that is searched as it is: an index would take longer."""


@dataclass(frozen=True)
class Grams:
    """A text that is searched for words to the letter, and for what is like them."""

    text: str

    def starts(self, words: str, begin: int, end: int) -> Iterator[int]:
        """Where words stand to the letter in a stretch of the text, in order."""
        if end - begin > _SMALL and len(words) >= _SEARCHED:
            return iter(self._indexed(words, begin, end))
        return self._looked_for(words, begin, end)

    def rows(self, words: str, common: int) -> Iterator[int]:
        """Where words would begin, by each run of their letters that stands at most so often."""
        held = self._places.get
        for at in range(len(words) - GRAM + 1):
            places = held(words[at : at + GRAM])
            if places and len(places) <= common:
                for place in places:
                    yield place - at

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        text = self.text
        for at in range(0, len(text) - GRAM + 1, GRAM):
            places[text[at : at + GRAM]].append(at)
        return dict(places)

    def _indexed(self, words: str, begin: int, end: int) -> list[int]:
        """By the rarest run for each way in which the words can lie over the indexed runs."""
        last = end - len(words)
        return sorted(
            start
            for offset in range(GRAM)
            for start in self._rarest(words, range(offset, len(words) - GRAM + 1, GRAM))
            if begin <= start <= last and self.text.startswith(words, start)
        )

    def _rarest(self, words: str, runs: range) -> list[int]:
        """Where the words would begin by the rarest of some runs; nowhere where one is missing."""
        rarest: list[int] | None = None
        for at in runs:
            places = self._places.get(words[at : at + GRAM])
            if places is None:
                return []
            if rarest is None or len(places) < len(rarest):
                rarest = [place - at for place in places]
        return rarest or []

    def _looked_for(self, words: str, begin: int, end: int) -> Iterator[int]:
        at = self.text.find(words, begin, end)
        while at >= 0:
            yield at
            at = self.text.find(words, at + 1, end)
