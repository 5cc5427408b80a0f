"""Intervals on one axis, and the sets of them that values are compared by.

A :class:`Region` is what a value covers on its axis: whole numbers for counts, parts of one for
proportions, day ordinals for dates, seconds for durations. Most regions are one interval; "eight
or eleven" is two points. A region is never empty: *no value* is ``None``, kept by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from claims.errors import InvalidValue

Number = int | Decimal
"""A position on an axis. Floats are refused everywhere: 0.1 must stay 0.1."""

Edge = tuple[Number | float, int]
"""An end of an interval as a sortable key; ``start <= end`` says that the two overlap."""

_INFINITY = float("inf")


class SetRelation(StrEnum):
    """How one set of points stands to another."""

    EQUAL = "equal"
    WITHIN = "within"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"
    DISJOINT = "disjoint"

    @property
    def inverse(self) -> SetRelation:
        """The same relation read from the other side."""
        if self is SetRelation.WITHIN:
            return SetRelation.CONTAINS
        if self is SetRelation.CONTAINS:
            return SetRelation.WITHIN
        return self


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``lo`` to ``hi``; ``None`` is unbounded, and ``…_open`` leaves the end itself out."""

    lo: Number | None
    hi: Number | None
    lo_open: bool = False
    hi_open: bool = False
    start: Edge = field(init=False, repr=False, compare=False)
    """The lower end as a sortable key; an excluded end lies just above its number."""
    end: Edge = field(init=False, repr=False, compare=False)
    """The upper end as a sortable key; an excluded end lies just below its number."""

    def __post_init__(self) -> None:
        """Work out the keys once; refuse what holds nothing, or leaves out infinity."""
        if (self.lo is None and self.lo_open) or (self.hi is None and self.hi_open):
            message = "an unbounded end cannot be left out; only a number can"
            raise InvalidValue(message)
        start: Edge = (-_INFINITY, 0) if self.lo is None else (self.lo, int(self.lo_open))
        end: Edge = (_INFINITY, 0) if self.hi is None else (self.hi, -int(self.hi_open))
        if start > end:
            message = f"the interval from {self.lo} to {self.hi} is empty; give the lower end first"
            raise InvalidValue(message)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    @property
    def open_ends(self) -> tuple[str, ...]:
        """The names of the excluded ends: ``"lo"``, ``"hi"``, both or none."""
        return ("lo",) * self.lo_open + ("hi",) * self.hi_open

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share a point."""
        return self.start <= other.end and other.start <= self.end

    def within(self, other: Interval) -> bool:
        """Whether every point of this one lies in the other."""
        return other.start <= self.start and self.end <= other.end

    def intersection(self, other: Interval) -> Interval | None:
        """What the two share, or ``None``."""
        if not self.overlaps(other):
            return None
        low = max(self, other, key=lambda i: i.start)
        high = min(self, other, key=lambda i: i.end)
        return Interval(low.lo, high.hi, low.lo_open, high.hi_open)


@dataclass(frozen=True, slots=True)
class Region:
    """One or more disjoint intervals in rising order; made with :meth:`of` or :meth:`points`."""

    parts: tuple[Interval, ...]

    def __post_init__(self) -> None:
        """Refuse the empty region and parts that touch or stand out of order."""
        if not self.parts or any(a.end >= b.start for a, b in pairwise(self.parts)):
            message = f"a region needs disjoint intervals in rising order, not {self.parts}"
            raise InvalidValue(message)

    @classmethod
    def of(
        cls, lo: Number | None, hi: Number | None, *, lo_open: bool = False, hi_open: bool = False
    ) -> Region:
        """The region of one interval."""
        return cls((Interval(lo, hi, lo_open, hi_open),))

    @classmethod
    def points(cls, numbers: Iterable[Number]) -> Region:
        """The region of single points, given in any order."""
        return cls(tuple(Interval(n, n) for n in sorted(set(numbers))))

    @classmethod
    def union(cls, intervals: Iterable[Interval]) -> Region:
        """The smallest region that covers the intervals, which may overlap, in any order."""
        merged: list[Interval] = []
        for part in sorted(intervals, key=lambda i: (i.start, i.end)):
            if merged and part.start <= merged[-1].end:
                last = merged.pop()
                high = max(last, part, key=lambda i: i.end)
                merged.append(Interval(last.lo, high.hi, last.lo_open, high.hi_open))
            else:
                merged.append(part)
        return cls(tuple(merged))

    @property
    def hull(self) -> Interval:
        """The one interval from the lowest to the highest point."""
        first, last = self.parts[0], self.parts[-1]
        if first is last:
            return first
        return Interval(first.lo, last.hi, first.lo_open, last.hi_open)

    @property
    def is_point(self) -> bool:
        """Whether the region is a single known number."""
        hull = self.hull
        return hull.lo is not None and hull.lo == hull.hi

    @property
    def as_points(self) -> tuple[Number, ...] | None:
        """The points of a region of several single points ("N or M"), else ``None``."""
        lows = tuple(part.lo for part in self.parts if part.lo is not None and part.lo == part.hi)
        return lows if len(lows) == len(self.parts) > 1 else None

    def overlaps(self, other: Region) -> bool:
        """Whether the two share a point."""
        return any(a.overlaps(b) for a in self.parts for b in other.parts)

    def within(self, other: Region) -> bool:
        """Whether every point of this one lies in the other."""
        return all(any(a.within(b) for b in other.parts) for a in self.parts)

    def intersection(self, other: Region) -> Region | None:
        """What the two share, or ``None``."""
        shared = [a.intersection(b) for a in self.parts for b in other.parts]
        found = [part for part in shared if part is not None]
        return Region.union(found) if found else None

    def relation(self, other: Region) -> SetRelation:
        """How this region stands to the other."""
        if self == other:
            return SetRelation.EQUAL
        if self.within(other):
            return SetRelation.WITHIN
        if other.within(self):
            return SetRelation.CONTAINS
        return SetRelation.OVERLAPS if self.overlaps(other) else SetRelation.DISJOINT
