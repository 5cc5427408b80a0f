"""A place as an answer: a gazetteer's record, a point with its uncertainty, a part of another."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from claims.values.category import by_path
from claims.values.interval import SetRelation

EARTH_RADIUS = 6_371_009
"""Metres; the mean radius of the WGS 84 ellipsoid (IUGG)."""


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east (WGS 84), and within how many metres the place lies around them."""

    latitude: Decimal
    longitude: Decimal
    uncertainty: Decimal

    def distance(self, other: Point) -> float:
        """Metres along the sphere (haversine)."""
        north, south = radians(self.latitude), radians(other.latitude)
        half_height = sin((south - north) / 2) ** 2
        half_width = sin(radians(other.longitude - self.longitude) / 2) ** 2
        chord = half_height + cos(north) * cos(south) * half_width
        return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, chord)))


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place by the id of its record; ``part_of`` are the places around it, the nearest first."""

    kind = "place"

    expression: str
    part_of: tuple[str, ...] = field(default=(), compare=False)
    gazetteer: str | None = field(default=None, compare=False)
    point: Point | None = field(default=None, compare=False)
    label: str = field(default="", compare=False)
    said: str = field(default="", compare=False)

    @property
    def identity(self) -> str:
        """What two equal answers have in common: the gazetteer's id, where there is one."""
        return self.gazetteer or self.expression

    def stands_to(self, other: object) -> SetRelation | None:
        """Equal, within or contains by gazetteer and ``part_of``, else by the points.

        Disjoint where these lie further apart than both uncertainties together, overlaps where
        they do not, ``None`` where a point is not known.
        """
        if not isinstance(other, PlaceValue):
            return None
        if self.gazetteer is not None and self.gazetteer == other.gazetteer:
            return SetRelation.EQUAL
        nested = by_path(self.expression, self.part_of, other.expression, other.part_of)
        if nested is not None or self.point is None or other.point is None:
            return nested
        reach = self.point.uncertainty + other.point.uncertainty
        apart = self.point.distance(other.point) > reach
        return SetRelation.DISJOINT if apart else SetRelation.OVERLAPS
