"""Folders that are there whole or not at all, whatever ends the work on them."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claims.errors import SetupError
from claims.store.places import flush


@contextmanager
def unfinished(path: Path, what: str, *, mode: int = 0o777) -> Iterator[Path]:
    """A folder beside ``path``, under a name by which nobody takes it for what it is to become.

    It gets its name when the block ends, in one step; an empty folder of that name gives way.
    When the block raises, it is taken away. Only when the process is killed does it stay, hidden
    and under its own name.

    Args:
        path: what the folder is to be called.
        what: what it holds, for the message where it cannot be written.
        mode: who may enter it, less what the umask takes away.

    Raises:
        SetupError: it cannot be written.
    """
    beside = path.with_name(f".{path.name}.partial-{secrets.token_hex(6)}")
    try:
        beside.mkdir(mode)
        yield beside
        beside.rename(path)
        flush(path.parent)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = (
            f"the {what} cannot be written in '{path.parent}': {why}; no {what} was made;"
            " make room there, or name another folder"
        )
        raise SetupError(message) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
