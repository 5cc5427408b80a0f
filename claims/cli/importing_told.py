"""What ``claims import`` says of a table besides what becomes of its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from claims.actions.importing import ImportResult
from claims.cli.loading import counts_as_json, item_as_json
from claims.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of the table besides what becomes of its records."""

    columns: Sequence[tuple[str, str, str]] = ()
    notes: Sequence[str] = ()
    flags: Sequence[Fault] = ()
    rows: int | None = None
    doubts: Sequence[str] = ()
    blurred: Sequence[str] = ()
    layout: str | None = None
    guessed: bool = False


def told_as_json(result: ImportResult, told: Told) -> dict[str, object]:
    """What ``claims import --json`` prints."""
    return {
        "dry_run": result.dry_run,
        "changed": result.changed,
        "rows": told.rows,
        "layout": told.layout,
        "guessed": told.guessed,
        "columns": [
            {"column": column, "becomes": becomes, "example": example}
            for column, becomes, example in told.columns
        ],
        "notes": [*told.doubts, *told.blurred, *told.notes],
        "odd": [asdict(flag) for flag in told.flags],
        "counts": counts_as_json(result.counts),
        "items": [item_as_json(item) for item in result.items],
        "unlisted": result.unlisted,
        "topics": list(result.topics),
    }
