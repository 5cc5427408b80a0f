"""What an examination of a database finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What came of a check."""

    WELL = "well"
    WRONG = "wrong"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, what was found, and how to mend it where it is wrong."""

    check: str
    state: State
    found: str
    fix: str | None = None


def well(check: str, found: str) -> Finding:
    """Nothing is wrong with this."""
    return Finding(check, State.WELL, found)


def wrong(check: str, found: str, fix: str) -> Finding:
    """This is wrong."""
    return Finding(check, State.WRONG, found, fix)


def not_checked(check: str, why: str) -> Finding:
    """This was not looked at."""
    return Finding(check, State.NOT_CHECKED, why)
