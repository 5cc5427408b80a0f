"""What is left of a record when it is erased: that it was there, and what it was tied to.

Words, values, numbers, names, keys and addresses go. References to other records and words of
closed lists stay, so that the chain of speakers, the scopes and the counts of everything else
are what they were. Every field goes unless :data:`KEPT` names it, so that a field that is added
later cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

from claims.analysis.records import ClaimValue, Record

ERASED = "[erased]"
"""Stands where a field must say something."""

NO_HASH = "0" * 64
"""Stands where a field must hold a SHA-256, which would confirm a guess of what was hashed."""

KEPT: Mapping[str, str] = {
    "project.profile": "every interval was read by it",
    "project.languages": "says nothing of a person or an event",
    "project.locale": "says nothing of a person or an event",
    "source_relation.between": "names what both ends are",
    "document.language": "says nothing of a person or an event",
    "snapshot.media_type": "says nothing of a person or an event",
    "snapshot.extractor": "says nothing of a person or an event",
    "passage.language": "says nothing of a person or an event",
    "claim.retracted_at": "a claim that was withdrawn must not count again",
    "assessment.of": "names what the target is",
    "assessment.code": "a word of the scheme's closed list",
    "assessment.assessed_by": "who decided stands in the history of changes too",
    "review.reviewed_by": "who decided stands in the history of changes too",
    "waiver.check": "the id of an audit check",
    "waiver.granted_by": "who decided stands in the history of changes too",
    "waiver.until": "a waiver must not last longer than it was granted for",
    "relation_override.relation": "a word of a closed list",
    "merge.of": "names what both ends are",
}
"""The fields of text that stay, each with the reason."""

_HASHES = {"snapshot.sha256", "snapshot.text_sha256", "review.claim_hash"}

R = TypeVar("R", bound=Record)


def blanked(record: R) -> R:
    """The record without anything that it says; equal for all records with the same ties.

    Its id stays. What an id that was made from content can still confirm is told in
    ``docs/decisions/0011-erase.md``.
    """
    left: dict[str, Any] = _left(record, f"{record.entity}.")
    return replace(record, **{name: value for name, value in left.items() if name != "id"})


def is_blank(record: Record) -> bool:
    """Whether nothing is left to erase."""
    return blanked(record) == record


def _left(held: Any, path: str) -> dict[str, Any]:  # noqa: ANN401 (any dataclass)
    hints = get_type_hints(type(held))
    return {
        one.name: _blank(hints[one.name], getattr(held, one.name), f"{path}{one.name}")
        for one in fields(held)
    }


def _blank(hint: Any, value: Any, path: str) -> Any:  # noqa: ANN401 (a type and a value of it)
    """What stands in the place of a value."""
    if value is None or path in KEPT or _stays(value):
        return value
    if isinstance(value, ClaimValue):
        return None
    if isinstance(value, tuple):
        return _blank_items(value, path)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **_left(value, f"{path}."))
    if get_origin(hint) is UnionType and NoneType in get_args(hint):
        return None
    if path in _HASHES:
        return NO_HASH
    return ERASED if isinstance(value, str) else type(value)()


def _blank_items(items: tuple[Any, ...], path: str) -> tuple[Any, ...]:
    """References in their order, alone or within what names them; everything else goes."""
    return tuple(
        item if _stays(item) else replace(item, **_left(item, f"{path}."))
        for item in items
        if _stays(item) or _refers(item)
    )


def _stays(value: object) -> bool:
    """References and words of closed lists; yes and no are such words too."""
    return isinstance(value, UUID | Enum | bool)


def _refers(item: object) -> bool:
    """Whether an item of a list names another record (a speaker), so that its place matters."""
    if not is_dataclass(item):
        return False
    return any(isinstance(getattr(item, one.name), UUID) for one in fields(item))
