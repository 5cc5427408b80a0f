"""What the first pass over a table finds: rows that say one thing twice."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from claims.exchange.mapping_drafted import Drafted
from claims.exchange.mapping_row import RowReader


@dataclass(slots=True)
class Survey:
    """Four numbers for each claim of a table, in its order; nothing else of it is kept."""

    identities: array[int] = field(default_factory=lambda: array("q"))
    contents: array[int] = field(default_factory=lambda: array("q"))
    passages: array[int] = field(default_factory=lambda: array("q"))
    rows: array[int] = field(default_factory=lambda: array("q"))

    def add(self, drafted: Drafted) -> None:
        """Note one claim."""
        self.identities.append(hash(drafted.own))
        passage = hash(drafted.passage)
        self.contents.append(hash((passage, drafted.content)))
        self.passages.append(passage)
        self.rows.append(drafted.row)

    def twins(self, reader: RowReader) -> Twins:
        """The claims that share a key, told to the reader's remarks where that is a fault."""
        again: set[int] = set()
        apart: set[int] = set()
        for group in _equal(self.identities):
            first = group[0]
            seen = {self.contents[first]: first}
            for place in group[1:]:
                same = seen.setdefault(self.contents[place], place)
                if reader.given_keys:
                    reader.twice(self.rows[place], self.rows[first])
                elif same != place:
                    again.add(place)
                    reader.repeated(self.rows[place], self.rows[same])
                else:
                    apart.add(place)
        repeated = {self.passages[group[0]] for group in _equal(self.passages)}
        return Twins(frozenset(again), frozenset(apart), frozenset(repeated))


@dataclass(frozen=True, slots=True)
class Twins:
    """Claims by their place in the table.

    Those ``again`` say what was said before and are left out. Those ``apart`` share their key
    with an earlier one that says something else, and get a key of their words. ``passages`` are
    the hashes of the passages that several claims cite.
    """

    again: frozenset[int]
    apart: frozenset[int]
    passages: frozenset[int]


def _equal(numbers: array[int]) -> Iterator[list[int]]:
    """The places of equal numbers, in rising order, where there are several."""
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    for _, found in groupby(order, key=numbers.__getitem__):
        places = list(found)
        if len(places) > 1:
            yield places
