"""``claims export``: what is held as tables, and what was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claims import actions
from claims.actions.export import ExportRequest, ExportResult
from claims.actions.export import export as write
from claims.cli.ground import Ground, now, opened
from claims.cli.guard import OK
from claims.cli.operating import teller
from claims.cli.printing import print_json, print_table, say
from claims.errors import InputRefused
from claims.exchange.table_bytes import TableFormat
from claims.report.inert import inert
from claims.store.unit import read_unit

_ENDING = ".xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What the flags of ``claims export`` said; ``format`` is ``None`` where the name says it."""

    format: str | None
    topic: str | None
    dry_run: bool
    as_json: bool


def export(ground: Ground, path: Path, how: How) -> int:
    """Write the tables, and say what is in them."""
    settings = ground.settings()
    request = ExportRequest(
        path=path,
        format=_format(path, how.format),
        topic=how.topic,
        dry_run=how.dry_run,
        tell=teller(),
    )
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        result = write(session, actor, request, now())
    if how.as_json:
        print_json(_as_json(result))
    else:
        _describe(result)
    return OK


def _format(path: Path, named: str | None) -> TableFormat:
    """The format asked for, else the one that the name means."""
    is_workbook = path.suffix.lower() == _ENDING
    wanted = TableFormat(named or ("xlsx" if is_workbook else "csv"))
    if is_workbook == (wanted is TableFormat.XLSX):
        return wanted
    if is_workbook:
        message = f"'{path}' is the name of a workbook; for {wanted.value} name a folder"
    else:
        message = f"'{path}' is no name of a workbook; give one that ends in {_ENDING}"
    raise InputRefused(message)


def _describe(result: ExportResult) -> None:
    if result.topic is not None:
        say(f"Topic: {inert(result.topic)}\n")
    print_table([("", "records"), *_rows(result)])
    where = "the workbook" if result.format is TableFormat.XLSX else "the folder"
    written = f"{result.records:,} records in {where} '{inert(str(result.path))}'"
    if result.dry_run:
        say(f"\nNothing was written: a dry run. There would be {written}.")
    else:
        say(f"\nWritten: {written}. `claims import` reads them back, with your edits.")


def _rows(result: ExportResult) -> Iterator[tuple[str, str]]:
    for entity, count in result.counts.items():
        yield entity.replace("_", " "), f"{count:,}"


def _as_json(result: ExportResult) -> dict[str, object]:
    return {
        "path": str(result.path),
        "format": result.format.value,
        "topic": result.topic,
        "records": dict(result.counts),
        "dry_run": result.dry_run,
    }
