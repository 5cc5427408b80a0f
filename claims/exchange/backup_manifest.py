"""What a backup says about itself: its tables, its archived bytes, and the head of its history.

The manifest is one JSON object, written last. It names every other part of the backup with its
size and SHA-256, so that a part that was altered, cut off, put in or taken out is seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from claims.errors import InputRefused

FORMAT = 1
"""The version of the form of backups that this version of claims writes and reads."""

NAME = "manifest.json"
"""The manifest's name within the backup."""

KINDS = ("number", "text", "truth", "uuid", "whole")
"""What a column can hold."""

_WORD = re.compile(r"[a-z][a-z0-9_]{0,62}")
_DIGITS = re.compile(r"[0-9a-f]{64}")
_REVISION = re.compile(r"[0-9a-z_]{1,32}")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it holds (one of :data:`KINDS`)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one table: JSON arrays, one a line, in the order of the columns."""

    name: str
    columns: tuple[Column, ...]
    rows: int
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """The part's name within the backup."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class BytesPart:
    """Archived bytes, named by their SHA-256."""

    sha256: str
    size: int

    @property
    def path(self) -> str:
        """The part's name within the backup."""
        return f"archive/{self.sha256}"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known before anything is written: when, by what, from where, how far.

    ``schema`` is the revision of the database's schema; ``head_seq`` and ``head_hash`` are the
    head of its change log; ``archive`` is false where the archived bytes were left out.
    """

    made_at: str
    made_with: str
    engine: str
    schema: str
    head_seq: int
    head_hash: str
    archive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything that a backup holds; ``missing`` names bytes that its archive did not hold."""

    about: About
    tables: tuple[TablePart, ...]
    archived: tuple[BytesPart, ...]
    missing: tuple[str, ...]

    @property
    def sizes(self) -> dict[str, int]:
        """The size in bytes of every part, by its name within the backup."""
        return {part.path: part.size for part in self.parts}

    @property
    def parts(self) -> tuple[TablePart | BytesPart, ...]:
        """Every part, the tables first."""
        return (*self.tables, *self.archived)

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(table.rows for table in self.tables)


def manifest_text(manifest: Manifest) -> str:
    """The manifest as the text that is kept."""
    held = {"claims_backup": FORMAT, **asdict(manifest)}
    return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_manifest(text: bytes) -> Manifest:
    """The manifest that a text says.

    Raises:
        InputRefused: a later version of claims wrote it.
        ValueError: it is no manifest, or something in it is not what it must be.
    """
    try:
        held = json.loads(text)
        if held["claims_backup"] != FORMAT:
            message = (
                f"the backup has the form {held['claims_backup']!r} and this version of claims"
                f" reads the form {FORMAT}; install the version that made it, or a later one"
            )
            raise InputRefused(message)
        return _manifest(held)
    except (KeyError, TypeError, RecursionError, AttributeError) as error:
        message = "its manifest cannot be read"
        raise ValueError(message) from error


def _manifest(held: dict[str, Any]) -> Manifest:
    made = Manifest(
        about=_about(held["about"]),
        tables=_each(held["tables"], _table),
        archived=_each(held["archived"], _bytes),
        missing=_each(held["missing"], _sha256),
    )
    paths = [part.path for part in made.parts]
    if len(set(paths)) < len(paths):
        message = "its manifest names a part twice"
        raise ValueError(message)
    return made


def _about(held: dict[str, Any]) -> About:
    return About(
        made_at=_text(held["made_at"]),
        made_with=_text(held["made_with"]),
        engine=_text(held["engine"]),
        schema=_like(_REVISION, held["schema"]),
        head_seq=_whole(held["head_seq"]),
        head_hash=_sha256(held["head_hash"]),
        archive=bool(held["archive"]),
    )


def _table(held: dict[str, Any]) -> TablePart:
    return TablePart(
        name=_like(_WORD, held["name"]),
        columns=_each(held["columns"], _column),
        rows=_whole(held["rows"]),
        size=_whole(held["size"]),
        sha256=_sha256(held["sha256"]),
    )


def _column(held: dict[str, Any]) -> Column:
    if held["kind"] not in KINDS:
        message = "its manifest names a kind of column that there is not"
        raise ValueError(message)
    return Column(_like(_WORD, held["name"]), held["kind"])


def _bytes(held: dict[str, Any]) -> BytesPart:
    return BytesPart(_sha256(held["sha256"]), _whole(held["size"]))


def _each(held: list[Any], read: Callable[[Any], T]) -> tuple[T, ...]:
    return tuple(map(read, held))


def _sha256(held: object) -> str:
    return _like(_DIGITS, held)


def _like(shape: re.Pattern[str], held: object) -> str:
    if not isinstance(held, str) or not shape.fullmatch(held):
        message = f"its manifest holds {str(held)[:40]!r} in a place where that cannot be"
        raise ValueError(message)
    return held


def _text(held: object) -> str:
    if not isinstance(held, str) or not held.isprintable():
        message = "its manifest holds something else where a text must be"
        raise ValueError(message)
    return held


def _whole(held: object) -> int:
    if not isinstance(held, int) or isinstance(held, bool) or held < 0:
        message = "its manifest holds something else where a whole number must be"
        raise ValueError(message)
    return held
