"""Imports a table and comes to grief on the way: a program of its own.

``python importing_alone.py URL TABLE MAPPING END``. END is ``row N`` (it kills itself once row N
was dealt with), ``commit`` (it kills itself before it commits), ``room N`` (no file may grow beyond
N bytes, as on a full disk), or ``well``. It prints what the person would be told.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from claims.actions.actor import Actor
from claims.actions.importing import ImportRequest, import_table
from claims.errors import ClaimsError
from claims.exchange.mapped import read_mapped
from claims.exchange.mapping import read_mapping
from claims.exchange.table import open_table
from claims.store.engine import open_engine
from claims.store.unit import write_unit

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dies_after(last: int) -> Callable[[int], None]:
    return lambda row: _die() if row >= last else None


def main(url: str, table: str, mapping: str, end: str, number: int = 0) -> None:
    """One import."""
    engine = open_engine(url)
    if end == "commit":
        event.listen(engine, "commit", _die)
    if end == "room":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
    progress = _dies_after(number) if end == "row" else None
    with open_table(Path(table)) as opened:
        mapped = read_mapped(opened, read_mapping(mapping))
        request = ImportRequest(table=mapped, progress=progress)
        with write_unit(engine) as session:
            result = import_table(session, Actor("coder"), request, NOW)
    engine.dispose()
    print("stored" if result.changed else "unchanged", flush=True)  # noqa: T201 (its answer)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:5], *map(int, sys.argv[5:]))  # type: ignore[arg-type]
    except ClaimsError as error:
        print(error, flush=True)  # noqa: T201 (its answer)
