"""The columns of a claim that queries need, derived from its value under a profile."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.reading import read_value
from claims.analysis.records import ClaimValue, Question, Topic
from claims.analysis.statements import bounds_of
from claims.analysis.vocabulary import DateAspect, ValueKind
from claims.values.interval import Interval, Number, Region
from claims.values.when import When

ON_AN_AXIS = frozenset({ValueKind.COUNT, ValueKind.PROPORTION, ValueKind.DATE, ValueKind.DURATION})
"""The kinds of values that have intervals; reading them takes no other record."""

_NOBODY = UUID(int=0)


def value_columns(
    expression: str | None, kind: ValueKind, aspect: DateAspect | None, profile: str
) -> Mapping[str, Any]:
    """The derived columns of a claim's value, as its question (``kind``, ``aspect``) asks for it.

    Raises:
        InvalidValue: the expression cannot be read as a value of that kind.
    """
    return _derived(expression, kind, aspect, profile)


@lru_cache(maxsize=8192)
def _derived(
    expression: str | None, kind: ValueKind, aspect: DateAspect | None, profile: str
) -> Mapping[str, Any]:
    hard = soft = first = last = None
    if expression is not None and kind in ON_AN_AXIS:
        question = _question(kind, aspect)
        nothing_else = Casefile(topic=Topic(id=_NOBODY, label=""))
        read = ClaimValue(said=expression, expression=expression)
        value = read_value(read, question, nothing_else, profile)
        hard, soft = bounds_of(value, question)
        if isinstance(value, When):
            first, last = value.earliest, value.latest
    return {
        "value_kind": kind.value,
        "profile": profile,
        **_interval("hard", hard),
        **_interval("soft", soft),
        "earliest_day": first and first.toordinal(),
        "latest_day": last and last.toordinal(),
    }


def _question(kind: ValueKind, aspect: DateAspect | None) -> Question:
    return Question(id=_NOBODY, topic=_NOBODY, text="", value_kind=kind, aspect=aspect)


def _interval(name: str, region: Region | None) -> dict[str, Any]:
    """The outermost ends of a region; sets of points keep theirs in the expression alone."""
    hull = region.hull if region is not None else Interval(None, None)
    return {
        name: region is not None,
        f"{name}_lo": _indexed(hull.lo),
        f"{name}_hi": _indexed(hull.hi),
        f"{name}_lo_open": hull.lo_open,
        f"{name}_hi_open": hull.hi_open,
    }


def _indexed(number: Number | None) -> float | None:
    """The number to 15 significant digits, which every engine keeps and compares alike."""
    return None if number is None else float(f"{Decimal(number):.15g}")
