"""Makes a release or an export and is killed on the way: a program of its own.

``python writing_alone.py URL KIND PATH NUMBER``. KIND is ``release``, or the format of an export.
It kills itself when it opens, makes, renames or removes a file or a folder under the folder of
PATH for the NUMBER-th time. If it comes to its end, it prints how many times it did.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from claims.actions.actor import Actor
from claims.actions.export import ExportRequest, export
from claims.actions.release import ReleaseRequest, release
from claims.analysis.vocabulary import Role, Sensitivity
from claims.archive.store import Archive
from claims.exchange.table_bytes import TableFormat
from claims.store.engine import open_engine
from claims.store.unit import read_unit

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RULER = Actor("Ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
STEPS = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"})


class Ends:
    """Counts what is done under a folder, and ends the process in good time."""

    def __init__(self, folder: Path, last: int) -> None:
        """Begin with nothing done."""
        self.done = 0
        self._folder = str(folder)
        self._last = last

    def __call__(self, event: str, told: tuple[object, ...]) -> None:
        """Look at what Python is about to do."""
        if event in STEPS and str(told[0]).startswith(self._folder):
            self.done += 1
            if self.done == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, kind: str, path: Path, last: int) -> None:
    """One release, or one export."""
    engine = open_engine(url)
    ends = Ends(path.parent, last)
    with read_unit(engine) as session:
        sys.addaudithook(ends)
        if kind == "release":
            archive = Archive(path.parent.with_name("archive"))
            wanted = ReleaseRequest(topic="flood", folder=path, archive=archive)
            release(session, RULER, wanted, NOW)
        else:
            export(session, RULER, ExportRequest(path=path, format=TableFormat(kind)), NOW)
    print(ends.done, flush=True)  # noqa: T201 (its answer)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
