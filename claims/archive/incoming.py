"""Files that were handed over: opened without waiting, copied few bytes at a time."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from claims.archive.limits import Limits
from claims.errors import InputRefused

MOST_BYTES = Limits().file_bytes
"""Of one file, as many as are read; a larger one is refused before it is."""

_PORTION = 1 << 20
"""Bytes that are read at a time."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy that lies whole on the disk of the archive, but has no name there yet."""

    path: Path
    sha256: str
    size: int


@contextmanager
def opened(source: Path, most: int) -> Iterator[IO[bytes]]:
    """A file to be copied; neither a pipe nor a device is waited for, nor is a large one read."""
    try:
        number = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        message = f"'{source}' cannot be read ({why}); give the path of a file, or an address"
        raise InputRefused(message) from None
    held = os.fstat(number)
    if not stat.S_ISREG(held.st_mode):
        os.close(number)
        message = f"'{source}' is no file; give the path of a file, or an address"
        raise InputRefused(message)
    with os.fdopen(number, "rb") as file:
        if held.st_size > most:
            raise _too_large(str(source), held.st_size, most)
        yield file


def copied(file: IO[bytes], number: int, called: str, most: int) -> tuple[str, int]:
    """Copy a file to an open one and flush it to the disk; its SHA-256 and its size."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(number, "wb") as copy:
        while portion := file.read(_PORTION):
            size += len(portion)
            if size > most:
                raise _too_large(called, size, most)
            digest.update(portion)
            copy.write(portion)
        copy.flush()
        os.fchmod(number, 0o400)
        os.fsync(number)
    return digest.hexdigest(), size


def _too_large(called: str, size: int, most: int) -> InputRefused:
    return InputRefused(
        f"{called!r} has {size:,} bytes, and the archive takes at most {most:,} of one file;"
        " archive the part that is cited"
    )
