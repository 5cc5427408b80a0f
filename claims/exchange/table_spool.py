"""Rows put aside on the disk, for writers that must have seen all of them before they begin."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from itertools import islice
from types import TracebackType
from typing import Self

from claims.exchange.table_rows import Scalar


class Spool:
    """A nameless temporary file of rows, gone when the block is left."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by __exit__)
        self._count = 0

    def __enter__(self) -> Self:
        """Use it for a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Let the file go."""
        self._file.close()

    def put(self, row: tuple[Scalar, ...]) -> None:
        """Put a row aside."""
        pickle.dump(row, self._file, pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def rows(self) -> Iterator[tuple[Scalar, ...]]:
        """All rows, as they were put aside."""
        self._file.seek(0)
        for _ in range(self._count):
            row: tuple[Scalar, ...] = pickle.load(self._file)  # noqa: S301 (we wrote it just now)
            yield row

    def groups(self, size: int) -> Iterator[list[tuple[Scalar, ...]]]:
        """All rows, some at a time."""
        rows = self.rows()
        while group := list(islice(rows, size)):
            yield group
