"""What a verification finds: each place where the database is not what its history says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from claims.store.history import Head

LIMIT = 100
"""How many breaks are listed one by one; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One place where something was altered, deleted, inserted or reordered.

    ``seq`` is the number of a change, 0 where it is none. ``entity``, ``record`` (its id) and
    ``name`` (what people call it) say which record is meant; ``field``, ``found`` and
    ``expected`` are there where the history tells them.
    """

    what: str
    seq: int = 0
    entity: str | None = None
    record: UUID | str | None = None
    name: str | None = None
    field: str | None = None
    found: str | None = None
    expected: str | None = None

    def __str__(self) -> str:
        """The break in one line."""
        line = f"{self._where()}{self.what}"
        if self.field is None:
            return line
        return f"{line}: its {self.field!r} is {self.found}, the history says {self.expected}"

    def _where(self) -> str:
        record = self._record()
        if not self.seq:
            return f"{record}: " if record else ""
        return f"change {self.seq} ({record}): " if record else f"change {self.seq}: "

    def _record(self) -> str:
        if self.entity is None:
            return ""
        noun = self.entity.replace("_", " ")
        name = f" {self.name!r}" if self.name else ""
        return f"{noun}{name} {self.record}" if self.record else f"{noun}{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """That a record was erased: by whom, when (UTC with microseconds), why, by which change."""

    entity: str
    record: UUID
    actor: str
    at: str
    reason: str | None
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a verification found.

    ``head`` is where the log ends, ``changes`` and ``records`` how many were looked at. ``total``
    counts the breaks, of which ``breaks`` holds the first. ``kept`` is the head that the log
    was compared with.
    """

    head: Head
    changes: int = 0
    records: int = 0
    breaks: tuple[Break, ...] = ()
    total: int = 0
    erased: tuple[Erased, ...] = ()
    kept: Head | None = None

    @property
    def intact(self) -> bool:
        """Whether everything adds up."""
        return not self.total


def counted(found: Iterable[Break], limit: int) -> tuple[tuple[Break, ...], int]:
    """The first breaks, and how many there are in all."""
    left = iter(found)
    first = tuple(islice(left, limit))
    return first, len(first) + sum(1 for _ in left)
