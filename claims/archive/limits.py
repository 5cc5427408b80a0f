"""How much an extractor may take, and how it says that some bytes are not for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that reading one file may take; the rest is refused in one sentence.

    ``seconds`` are of the clock and of the processor, ``memory`` is the address space of the
    process that reads, ``file_bytes`` the size of the file, ``text_bytes`` the size of its text
    in UTF-8 (of a text file, its own size).
    """

    seconds: int = 10
    memory: int = 512 * MIB
    file_bytes: int = 256 * MIB
    text_bytes: int = 64 * MIB


class Unreadable(Exception):
    """Bytes from which no text can be taken: what was found, and what was expected instead."""

    def __init__(self, found: str, expected: str) -> None:
        """Keep both halves of the sentence."""
        self.found = found
        self.expected = expected
        super().__init__(f"found {found}; expected {expected}")


def refuse(found: str, expected: str) -> NoReturn:
    """Raise :class:`Unreadable`."""
    raise Unreadable(found, expected)


def size(count: int) -> str:
    """A number of bytes in words."""
    return f"{count // MIB} MiB" if count >= MIB else f"{count:,} bytes"
