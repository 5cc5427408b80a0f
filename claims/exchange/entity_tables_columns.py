"""The columns of each sheet of an export: what is said in words first, then every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, cast, get_type_hints
from uuid import UUID

from claims.analysis.fields import bare, target_of
from claims.analysis.records import (
    KINDS,
    Claim,
    ClaimValue,
    Document,
    Record,
    Scope,
)
from claims.exchange.table_rows import Scalar

EXPORTED = "as exported"
"""The last column: by which an edited row is known when it comes back."""

WORDS = " in words"
"""How the names of most columns end that are there to be read."""

BOUNDS = ("hard low", "hard high", "soft low", "soft high", "earliest day", "latest day")
"""The columns of a claim's intervals, worked out from its value."""

_BY = {
    ("assessment", "target"): "of",
    ("merge", "kept"): "of",
    ("merge", "merged"): "of",
    ("source_relation", "a"): "between",
    ("source_relation", "b"): "between",
}

_LISTED = {"passages": "passage", "questions": "question", "claims": "claim"}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record as a column.

    ``path`` are the steps to the field. ``kind`` is its type without ``| None``; ``target`` the
    entity that it names. A field that is not ``required`` is ``default`` where a new row leaves
    it empty.
    """

    name: str
    path: tuple[str, ...]
    kind: Any
    target: str | None
    required: bool
    optional: bool
    default: Any = None


@cache
def columns_of(entity: str) -> tuple[Column, ...]:
    """Every field of a kind of records; those of a scope or a value have columns of their own."""
    return tuple(_columns(KINDS[entity], entity, ()))


def _columns(kind: Any, owner: str, path: tuple[str, ...]) -> Iterator[Column]:  # noqa: ANN401
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = hints[field.name]
        plain = bare(hint)
        steps = (*path, field.name)
        if plain in {Scope, ClaimValue}:
            yield from _columns(plain, field.name, steps)
            continue
        yield Column(
            name=".".join(steps),
            path=steps,
            kind=plain,
            target=_target(owner, field.name, hint),
            required=_has_no_default(field) and plain is hint,
            optional=plain is not hint,
            default=_default(field),
        )


def _target(owner: str, name: str, hint: Any) -> str | None:  # noqa: ANN401 (a type)
    if name in _LISTED and owner in {"claim", "cross_check", "inquiry"}:
        return _LISTED[name]
    return None if by_field(owner, name) else target_of(owner, name, hint)


def _has_no_default(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _default(field: Field[Any]) -> Any:  # noqa: ANN401 (a value of the field's type)
    if field.default is not MISSING:
        return field.default
    return None if field.default_factory is MISSING else field.default_factory()


@cache
def naming(entity: str) -> tuple[Column, ...]:
    """The columns that name other records."""
    return tuple(
        one
        for one in columns_of(entity)
        if (one.target and one.target != "snapshot")
        or by_field(entity, one.name)
        or one.name == "speakers"
    )


def by_field(entity: str, name: str) -> str | None:
    """The field that says which entity another one names a record of (``of``, ``between``)."""
    return _BY.get((entity, name))


@cache
def reading_columns(entity: str) -> tuple[str, ...]:
    """The columns of a sheet that are there to be read, and follow from the others."""
    names = ("scope" if column.path[0] == "scope" else column.name for column in naming(entity))
    words = tuple(dict.fromkeys(name + WORDS for name in names))
    if entity == Claim.entity:
        return (*words, "confidence" + WORDS, *BOUNDS)
    return ("title" + WORDS, "issued" + WORDS, *words) if entity == Document.entity else words


_LEADING: Mapping[str, tuple[str, ...]] = {
    "claim": (
        *("question in words", "speakers in words", "stance", "value.said"),
        *(
            "value.expression",
            "hard low",
            "hard high",
            "soft low",
            "soft high",
            "earliest day",
            "latest day",
        ),
        *(
            "passages in words",
            "document in words",
            "confidence in words",
            "scope in words",
            "as_of",
        ),
        *("note", "accused in words"),
    ),
    "question": ("text", "topic in words", "value_kind", "unit", "scope in words"),
    "topic": ("label", "dates", "place in words"),
    "source": ("name", "kind", "party in words", "named", "note"),
    "document": ("title in words", "issued in words", "voice in words", "tier", "language"),
    "passage": ("exact", "document in words"),
    "assessment": ("target in words", "scheme", "code", "reason", "assessed_by"),
    "review": ("claim in words", "decision", "reason", "reviewed_by"),
    "term": ("label", "scheme", "broader in words"),
    "place": ("name", "part_of in words"),
    "party": ("name",),
    "source_relation": ("a in words", "kind", "b in words", "basis"),
    "term_relation": ("a in words", "link", "b in words", "reason"),
    "relation_override": ("a in words", "b in words", "relation", "independent", "reason"),
    "merge": ("kept in words", "merged in words", "reason"),
    "cross_check": ("text", "reason"),
    "inquiry": (
        *("looked_for", "looked_in", "looked_by", "looked_on", "words", "outcome"),
        *("topic in words", "question in words", "claims in words", "note"),
    ),
    "contributor": ("name", "role", "clearance"),
}
"""The columns that come first, so that a sheet can be read from the left."""


@cache
def layout_of(entity: str) -> tuple[str, ...]:
    """The columns of a sheet in their order."""
    own = [column.name for column in columns_of(entity) if column.name != "id"]
    leading = _LEADING.get(entity, ())
    rest = (*reading_columns(entity), *own)
    return (*leading, *(name for name in rest if name not in leading), "id", EXPORTED)


def links_of(entity: str) -> Mapping[str, str]:
    """The columns that hold one id, each with the sheet that has the record."""
    held = (column for column in columns_of(entity) if column.kind is UUID)
    return {column.name: column.target for column in held if column.target}


def held_at(record: Record, column: Column) -> object:
    """What a record holds in a column; nothing where it has no value at all."""
    held: object = record
    for step in column.path:
        held = None if held is None else getattr(held, step)
    return held


Cells = Mapping[str, Scalar]
"""The cells of one row by the names of their columns."""


def built(kind: type[Record], values: Mapping[tuple[str, ...], Any]) -> Record:
    """The record of these values, by the steps to each field."""
    plain = {path[0]: value for path, value in values.items() if len(path) == 1}
    for name, nested in _nested(kind.entity).items():
        inner = {path[1]: v for path, v in values.items() if path[0] == name and len(path) > 1}
        plain[name] = nested(**inner) if inner else None
    return kind(**plain)


@cache
def _nested(entity: str) -> Mapping[str, Any]:
    hints = get_type_hints(cast("Any", KINDS[entity]))
    return {name: bare(h) for name, h in hints.items() if bare(h) in {Scope, ClaimValue}}
