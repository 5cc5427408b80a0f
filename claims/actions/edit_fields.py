"""Which fields of a record an edit changes, and what became of them in the meantime."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from claims.actions.entry_names import called, shortened
from claims.analysis.records import KINDS, Claim, Passage, Record
from claims.exchange.entry_fields import fields_of
from claims.store.access import Access

_VALUE = {"said", "value", "context", "quote", "range_basis", "counted_by_coder", "inferred"}
_PLACE = {"start", "end", "prefix", "suffix", "at", "unplaced"}

CITED = frozenset(
    {
        *("quote", "prefix", "suffix", "start", "end", "at", "unplaced", "part", "anchor"),
        *("transcript_method", "ocr_confidence", "locators", "language", "translations"),
        "also_in",
    }
)
"""The fields of a claim that are kept in its passages, which are never changed but replaced."""


@dataclass(frozen=True, slots=True)
class Collision:
    """One field that an edit changes: as it was read, as it is now, as the edit wants it."""

    name: str
    base: str
    theirs: str
    yours: str

    @property
    def both(self) -> bool:
        """Whether somebody else changed the same field, to something else."""
        return self.yours != self.base and self.theirs not in {self.base, self.yours}


def typed_fields(seen: Access, record: Record) -> dict[str, Any]:
    """The fields of a record with ids for names, as they are read again."""
    passages = _passages(seen, record)
    found = fields_of(record, lambda _, id_: str(id_), passages)
    first = passages.get(record.passages[0]) if isinstance(record, Claim) else None
    if first is not None and first.start is None:
        found["unplaced"] = "yes"
    return found


def told_fields(seen: Access, record: Record) -> dict[str, Any]:
    """The fields of a record with the names that a person knows."""
    return fields_of(record, Names(seen), _passages(seen, record))


def overlaid(record: Record, held: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields after an edit; what no longer fits to what changed goes with it."""
    stale: set[str] = set()
    if isinstance(record, Claim):
        stale = _stale_of_claim(record, held, changes)
    kept = {name: found for name, found in held.items() if name not in stale}
    return _merged(kept, changes)


def collisions(
    base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]
) -> list[Collision]:
    """Every field that the edit changes or that was changed meanwhile, as three words each."""
    sides = [dict(_leaves(side)) for side in (base, theirs, yours)]
    names = dict.fromkeys(name for side in sides for name in side)
    found = (Collision(name, *(side.get(name, "nothing") for side in sides)) for name in names)
    return [one for one in found if one.base != one.theirs or one.base != one.yours]


@dataclass(frozen=True, slots=True)
class Names:
    """What a person calls a record: its key, else its name, else the beginning of its id."""

    seen: Access

    def __call__(self, entity: str, id_: UUID) -> str:
        """The name; the id where it is not known which record is meant."""
        for kind in ("term", "place") if entity == "value" else (entity,):
            found = self.seen.get(KINDS[kind], id_)
            if found is not None:
                return called(found[0])
        return str(id_)


def _passages(seen: Access, record: Record) -> dict[UUID, Passage]:
    if not isinstance(record, Claim):
        return {}
    return {one.id: one for one in seen.records(Passage, record.passages)}


def _stale_of_claim(claim: Claim, held: Mapping[str, Any], changes: Mapping[str, Any]) -> set[str]:
    """The fields that belong to other words than the edit gives."""
    stale: set[str] = set()
    given = claim.value.inferred if claim.value else {}
    if _VALUE & changes.keys():
        stale.add("inferred")
        stale |= {"value"} if "value" in given else set()
    if "quote" in changes:
        stale |= _PLACE | ({"said"} if held.get("said") == held.get("quote") else set())
    if {"at", "prefix", "suffix", "start"} & changes.keys():
        stale |= {"start", "end", "unplaced"}
    if changes.get("stance") == "could_not_confirm":
        stale |= _VALUE - {"quote"}
    return stale


def _merged(held: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Fields over fields; what is ``None`` is taken out."""
    found = dict(held)
    for name, item in changes.items():
        inner = found.get(name)
        if isinstance(item, Mapping) and isinstance(inner, Mapping):
            found[name] = _merged(inner, item)
        elif item is None:
            found.pop(name, None)
        else:
            found[name] = item
    return {name: item for name, item in found.items() if item != {}}


def _leaves(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, item in data.items():
        if isinstance(item, Mapping):
            yield from _leaves(item, f"{path}{name}.")
        else:
            yield f"{path}{name}", words_of(item)


def words_of(item: object) -> str:
    """A value of a field in words."""
    if isinstance(item, bool):
        return "yes" if item else "no"
    if isinstance(item, list | tuple):
        return ", ".join(words_of(one) for one in item)
    if isinstance(item, Mapping):
        return ", ".join(f"{name}: {words_of(one)}" for name, one in item.items() if one)
    return shortened(str(item), 300)
