"""Vagueness profiles: named, versioned readings of the phrase table, kept as data.

A profile says how wide "several" or "about 40" is. One that inherits from another states only
the rows that it reads differently; what words *allow* (the hard interval) never differs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from claims.errors import UnknownProfile
from claims.values.interval import Interval, Region
from claims.values.quantity_data import data_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.values.interval import Number

DEFAULT_PROFILE = "default@1"
CODER_PROFILE = "coder"
"""Of low–best–high rows: their bounds are the coder's own and follow no phrase table."""

_INTERVAL = re.compile(r"(?P<left>[\[(])(?P<lo>[\d.]+), (?P<hi>[\d.]+|∞)(?P<right>[\])])")


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One row of the phrase table as a profile reads it.

    ``hard`` and ``soft`` are printed text: an interval, or the rule that makes one from N.
    ``origin`` is where the convention comes from. ``share``, ``least`` and ``half_width`` are the
    numbers of a rule; ``fills_unit`` says that tens of thousands reach 99,999.
    """

    id: str
    phrase: str
    hard: str
    soft: str
    origin: str
    measure: str = "count"
    share: Decimal = Decimal(0)
    least: Decimal = Decimal(0)
    half_width: Decimal = Decimal(0)
    fills_unit: bool = False

    @property
    def bounds(self) -> tuple[Region, Region | None]:
        """Hard and soft interval of a row with fixed bounds, such as "several"."""
        return _fixed(self.hard), None if self.soft == "none" else _fixed(self.soft)


def profiles() -> tuple[str, ...]:
    """The names of the vagueness profiles held, the general one first."""
    return tuple(data_file("profiles"))


def profile_rows(profile: str) -> tuple[ProfileRow, ...]:
    """The rows of a profile in the order of the table, for printing.

    Raises:
        UnknownProfile: no such profile is held.
    """
    return tuple(rows_by_id(profile).values())


@cache
def rows_by_id(profile: str) -> Mapping[str, ProfileRow]:
    """The rows of a profile by their ids, its own before those that it inherits.

    Raises:
        UnknownProfile: no such profile is held.
    """
    return MappingProxyType({id_: _row(id_, raw) for id_, raw in _raw_rows(profile).items()})


def _raw_rows(profile: str) -> dict[str, dict[str, Any]]:
    held = data_file("profiles")
    if profile not in held:
        message = f"there is no profile {profile!r}; choose one of {', '.join(held)}"
        raise UnknownProfile(message)
    base = held[profile].get("inherits")
    rows = _raw_rows(base) if base else {}
    return rows | {id_: rows.get(id_, {}) | own for id_, own in held[profile]["rows"].items()}


def _row(id_: str, raw: Mapping[str, Any]) -> ProfileRow:
    read = {key: Decimal(raw[key]) for key in ("share", "least", "half_width") if key in raw}
    return ProfileRow(id=id_, **{**raw, **read})


@cache
def _fixed(text: str) -> Region:
    """The region written as ``[24, 99]``, ``(0.5, 1]`` or ``[1, ∞)``."""
    match = _INTERVAL.fullmatch(text)
    if match is None:
        message = f"the profile row {text!r} has no fixed bounds; write it as [24, 99] or [12, ∞)"
        raise ValueError(message)
    hi = None if match["hi"] == "∞" else _number(match["hi"])
    hi_open = hi is not None and match["right"] == ")"
    return Region((Interval(_number(match["lo"]), hi, match["left"] == "(", hi_open),))


def _number(text: str) -> Number:
    return int(text) if text.isdecimal() else Decimal(text)
