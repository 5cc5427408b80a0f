"""What all tables share: names of constraints, portable column types, common columns.

Everything here means the same on SQLite and on PostgreSQL. Texts hold what a database's own
types would read differently: times, exact decimals and JSON (docs/decisions/0008-store.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Integer, MetaData, Uuid
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import Field, SQLModel

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
"""All tables of the store."""

WHOLE = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits; SQLite takes only the word INTEGER for a row's own number."""

_RESERVED = frozenset({"between", "check", "end", "of"})

INSTANT = "____-__-__T__:__:__.______Z"
"""The shape of a time: UTC with microseconds, as text that sorts by time."""


class Row(SQLModel, registry=registry(metadata=METADATA)):
    """A row with its number for joins, which is never shown and which the writer gives out."""

    @declared_attr  # type: ignore[arg-type]  # SQLModel does it this way too
    def __tablename__(cls) -> str:  # type: ignore[mutable-override]  # noqa: N805 (of the class)
        """The class's name without ``Row``, in small letters: the entity's own name."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()

    pk: int = Field(primary_key=True, sa_type=WHOLE, sa_column_kwargs={"autoincrement": False})


class EntityRow(Row):
    """A row of an entity: its id, its author's key, who made it and when, what it holds."""

    id: UUID = Field(unique=True, sa_type=Uuid)
    key: str | None = None
    created_by: str
    created_at: str
    content_hash: str


class EditedRow(EntityRow):
    """A row of an entity that people edit; ``version`` counts the edits from 1."""

    version: int


def reference(target: str, *, index: bool = False) -> Any:  # noqa: ANN401 (like sqlmodel.Field)
    """A column that points to a row of ``target``; annotate it ``int`` or ``int | None``."""
    return Field(foreign_key=f"{target}.pk", sa_type=WHOLE, index=index)


def check(name: str, condition: str) -> CheckConstraint:
    """A rule that each row keeps; the table's name comes before ``name``."""
    return CheckConstraint(condition, name=name)


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """The column holds one word of a closed list."""
    return check(column, f"{_sql(column)} IN ({quoted(words)})")


def _sql(column: str) -> str:
    """The column's name in SQL; words of SQL itself need quotation marks."""
    return f'"{column}"' if column in _RESERVED else column


def quoted(words: Iterable[str]) -> str:
    """Words as SQL literals, separated by commas."""
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


def truth(*columns: str) -> tuple[CheckConstraint, ...]:
    """The columns hold true or false and nothing else, which SQLite does not see to itself."""
    return tuple(check(column, f"{column} IN (TRUE, FALSE)") for column in columns)


def filled(*columns: str) -> tuple[CheckConstraint, ...]:
    """The columns hold at least one character."""
    return tuple(check(f"{column}_filled", f"{_sql(column)} <> ''") for column in columns)


def together(name: str, a: str, b: str) -> CheckConstraint:
    """Both columns hold something, or neither does."""
    return check(name, f"({_sql(a)} IS NULL) = ({_sql(b)} IS NULL)")


def apart(a: str, b: str) -> CheckConstraint:
    """Two references do not point to the same row."""
    return check(f"{a}_{b}", f"{a} <> {b}")


def sha256(column: str) -> CheckConstraint:
    """The column holds 64 characters, as a SHA-256 in hexadecimal digits does."""
    return check(column, f"length({column}) = 64")


def instant(column: str) -> CheckConstraint:
    """The column holds a time in the one form."""
    return check(column, f"{column} LIKE '{INSTANT}'")


def entity() -> tuple[CheckConstraint, ...]:
    """The rules of the columns that every entity has."""
    return (*filled("created_by"), instant("created_at"), sha256("content_hash"))


def edited() -> tuple[CheckConstraint, ...]:
    """The rules of the columns that every entity has which people edit."""
    return (*entity(), check("version", "version >= 1"))


def target_of(column: str, targets: Iterable[str], *prefixes: str) -> CheckConstraint:
    """``column`` names one of the targets, and only that target's references are filled.

    A reference is ``{target}_pk``, or ``{prefix}_{target}_pk`` where there are several.
    """
    names = tuple(targets)
    before = tuple(f"{prefix}_" for prefix in prefixes) or ("",)
    cases = (_case(column, target, names, before) for target in names)
    return check(column, " OR ".join(f"({case})" for case in cases))


def _case(column: str, chosen: str, targets: Iterable[str], before: Iterable[str]) -> str:
    parts = (
        f"{start}{target}_pk IS {'NOT NULL' if target == chosen else 'NULL'}"
        for target in targets
        for start in before
    )
    return " AND ".join((f"{_sql(column)} = '{chosen}'", *parts))
