from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, get_type_hints
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from claims.analysis.blank import ERASED, KEPT, NO_HASH, blanked, is_blank
from claims.analysis.canonical import content
from claims.analysis.records import ENTITIES, Claim, Record
from tests.store.worlds import worlds

_FEW = settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is too large to be shrunk soon
    suppress_health_check=list(HealthCheck),
)


def _leaves(held: Any, path: str) -> Iterator[tuple[str, object]]:  # noqa: ANN401
    """Every value of a record with the path to its field."""
    if isinstance(held, Mapping):
        for name, value in held.items():
            yield from _leaves(value, f"{path}.{name}")
    elif isinstance(held, list):
        for value in held:
            yield from _leaves(value, path)
    else:
        yield path, held


def _told(record: Record) -> Iterator[tuple[str, object]]:
    yield from _leaves(json.loads(content(record)), record.entity)


def _is_tie(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return isinstance(value, bool)
    return True


_WORDS = {
    word.value
    for kind in ENTITIES
    for hint in get_type_hints(kind).values()
    for one in (hint, *getattr(hint, "__args__", ()))
    if isinstance(one, type) and issubclass(one, Enum)
    for word in one
}
"""All words of the closed lists that records use."""


@given(records=worlds())
@_FEW
def test_nothing_that_a_record_says_is_left(records: list[Record]) -> None:
    """Every field of every kind: a field that is added later is looked at as well."""
    assert {type(one) for one in records} == set(ENTITIES)
    for record in records:
        for path, value in _told(blanked(record)):
            if path not in KEPT and not _is_tie(value):
                assert value in {ERASED, NO_HASH, "0", *_WORDS}, path


@given(records=worlds())
@_FEW
def test_what_a_record_is_tied_to_stays(records: list[Record]) -> None:
    for record in records:
        left = blanked(record)
        hints = get_type_hints(type(record))
        for field in fields(record):
            if hints[field.name] in {UUID, UUID | None, tuple[UUID, ...], bool}:
                assert getattr(left, field.name) == getattr(record, field.name)
        if isinstance(record, Claim) and isinstance(left, Claim):
            ties = [(one.source, one.document) for one in record.speakers]
            assert [(one.source, one.document) for one in left.speakers] == ties
            assert left.retracted_at == record.retracted_at
            assert left.value is None


@given(records=worlds())
@_FEW
def test_erasing_twice_is_erasing_once(records: list[Record]) -> None:
    for record in records:
        assert is_blank(blanked(record))
        assert blanked(blanked(record)) == blanked(record)


@pytest.mark.parametrize("path", sorted(KEPT))
def test_what_is_kept_is_a_field_with_a_reason(path: str) -> None:
    entity, name = path.split(".")
    kind = next(kind for kind in ENTITIES if kind.entity == entity)
    assert name in get_type_hints(kind)
    assert KEPT[path]
