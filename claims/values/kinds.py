"""The kinds of value, by how two of them are compared."""

from __future__ import annotations

from claims.values.category import Category
from claims.values.duration import Duration
from claims.values.place import PlaceValue
from claims.values.quantity import Quantity
from claims.values.truth import Truth
from claims.values.when import When
from claims.values.words import Words

RANGED = (Quantity, When, Duration)
"""Values that lie on an axis and are compared by their regions."""

PLACED = (Category, PlaceValue, Truth, Words)
"""Values that know by themselves how they stand to another of their kind."""
