"""What stays when a record is erased, and may tell the same."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.sight import Sight
from claims.analysis.blank import ERASED, blanked
from claims.analysis.canonical import content
from claims.analysis.records import Record
from claims.store.erasure import echoes, referring

SHORTEST = 4
"""Characters of a text that is looked for elsewhere; shorter ones stand everywhere."""

_EVERYWHERE = re.compile(r"[a-z_-]+|[\d:.TZ+-]+").fullmatch
"""Words of vocabularies and keys, dates and numbers: they stand everywhere and tell nothing."""

SEARCHED = 100
"""Texts that are looked for elsewhere, those of the record itself first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAt:
    """Something that stays and may tell the same; ``seq`` is a change whose reason does.

    ``name`` is what people call it, or its id.
    """

    entity: str
    id: UUID
    name: str
    why: str
    seq: int = 0


def look_at(
    session: Session,
    sight: Sight,
    going: Collection[tuple[str, UUID]],
    words: Collection[str],
) -> tuple[LookAt, ...]:
    """Records that name what is erased or hold the same words, and reasons that hold them.

    Args:
        session: an open unit of work.
        sight: by what names records are told.
        going: the entity and id of each record that is erased.
        words: the texts that are erased; the first :data:`SEARCHED` are looked for.
    """
    gone = {record for _, record in going}
    found: dict[tuple[UUID, int], LookAt] = {}
    for echo in echoes(session, list(words)[:SEARCHED], gone):
        seq = echo.seq if echo.reason else 0
        why = "its reason holds the same words" if seq else "it holds the same words"
        name = sight.name(echo.record, echo.entity)
        told = LookAt(entity=echo.entity, id=echo.record, name=name, why=why, seq=seq)
        found.setdefault((echo.record, seq), told)
    for entity, record in going:
        for other, named in referring(session, entity, record):
            if named not in gone:
                name, why = sight.name(named, other), f"it names the {entity}"
                told = LookAt(entity=other, id=named, name=name, why=why)
                found.setdefault((named, 0), told)
    return tuple(found.values())


def lost_words(versions: Iterable[Record]) -> dict[str, None]:
    """The texts that are erased with these records, each once, in their order."""
    return {word: None for record in versions for word in _lost(record) if len(word) >= SHORTEST}


def _lost(record: Record) -> Iterator[str]:
    left = {ERASED, *_leaves(json.loads(content(blanked(record))))}
    return (word for word in _leaves(json.loads(content(record))) if word not in left)


def _leaves(held: Any) -> Iterator[str]:  # noqa: ANN401 (data of JSON)
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping | list):
        for value in held.values() if isinstance(held, Mapping) else held:
            yield from _leaves(value)
