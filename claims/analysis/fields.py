"""What the fields of records hold, and which of them name other records."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, get_args, get_origin
from uuid import UUID

TARGETS: dict[str, str] = {
    "term.broader": "term",
    "term_relation.a": "term",
    "term_relation.b": "term",
    "opposition.a": "party",
    "opposition.b": "party",
    "document.voice": "source",
    "question.subset_of": "question",
    "topic.part_of": "topic",
    "place.part_of": "place",
    "claim.accused": "party",
    "claim.supersedes": "claim",
    "assessment.supersedes": "assessment",
    "relation_override.a": "claim",
    "relation_override.b": "claim",
    "scope.measure": "term",
    "scope.population": "term",
    "scope.cause": "term",
    "scope.actor": "term",
    "scope.area": "place",
    "scope.count_basis": "term",
}
"""What a field refers to where its own name does not say."""

FREE = {"waiver.target"}
"""Fields that name a record of any entity, kept as its id."""


def target_of(owner: str, name: str, hint: Any) -> str | None:  # noqa: ANN401 (a type)
    """The entity that a field names a record of; ``None`` where it names none, or one of any.

    Args:
        owner: the entity, or ``scope`` or ``speaker`` for a part of one.
        name: the field.
        hint: its type; only ids name records.
    """
    path = f"{owner}.{name}"
    if bare(hint) is not UUID or path in FREE or name == "id":
        return None
    return TARGETS.get(path, name)


def bare(hint: Any) -> Any:  # noqa: ANN401 (a type)
    """The type without ``| None``."""
    if get_origin(hint) is not UnionType:
        return hint
    (kind,) = (part for part in get_args(hint) if part is not NoneType)
    return kind


def is_container(kind: Any) -> bool:  # noqa: ANN401 (a type)
    """Whether values of the type hold others: ``tuple[…, ...]`` or ``Mapping[…, …]``."""
    return get_origin(kind) in {tuple, Mapping}
