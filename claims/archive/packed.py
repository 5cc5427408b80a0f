"""The parts of a document that is a ZIP archive, unpacked within bounds and never on disk."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, NoReturn
from xml.parsers import expat

from claims.archive.limits import MIB, refuse, size
from claims.archive.signs import ZIP_DAMAGE

ALLOWED_RATIO = 250
"""Bytes that one packed byte may become; documents seldom pass 30, bombs come near 1,000."""

FREE = 16 * MIB
"""Bytes that a part may unpack to whatever the ratio."""

DEEPEST = 1000
"""Elements inside each other."""

MOST_PARTS = 5000
PIECE = 1 << 16

Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Words = Callable[[str], object]


class Packed:
    """An open document; the names of its parts are only compared, never used as paths."""

    def __init__(self, archive: zipfile.ZipFile, what: str) -> None:
        """Look at the list of parts."""
        self._archive = archive
        self._what = what
        self.names = [part.filename for part in archive.infolist()]
        if len(self.names) > MOST_PARTS:
            refuse(f"{what} of {len(self.names):,} parts", f"at most {MOST_PARTS:,}")

    @contextmanager
    def opened(self, name: str, most: int | None = None) -> Iterator[IO[bytes]]:
        """A part, open for reading, which unpacks to no more than ``most`` bytes and in proportion.

        Raises:
            Unreadable: it is missing, locked, or unpacks out of proportion.
        """
        try:
            part = self._archive.getinfo(name)
        except KeyError:
            refuse(f"{self._what} without its part {name!r}", "a whole one; save or copy it again")
        if part.flag_bits & 1:
            refuse(f"{self._what} that is locked with a password", "the document saved without one")
        allowed = max(FREE, part.compress_size * ALLOWED_RATIO)
        if part.file_size > min(allowed, most or allowed):
            refuse(
                f"{self._what} whose part {name[:80]!r} unpacks to {size(part.file_size)}",
                f"at most {size(min(allowed, most or allowed))}, as in honest documents",
            )
        with self._archive.open(part) as file:
            yield file

    def parse(self, name: str, start: Start, end: End, words: Words) -> None:
        """Read the XML of a part; the handlers get names without their namespaces.

        Documents that declare entities are refused: no program writes them, and they can be made
        to grow without end, or to point to other files.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        depth = 0

        def begin(tag: str, given: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEEPEST:
                refuse(f"{self._what} that is nested too deep", "one as word processors write it")
            start(_local(tag), _locals(given) if given else given)

        def finish(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(_local(tag))

        parser.StartElementHandler = begin
        parser.EndElementHandler = finish
        parser.CharacterDataHandler = words
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        with self.opened(name) as file:
            try:
                while piece := file.read(PIECE):
                    parser.Parse(piece, False)  # noqa: FBT003 -- expat takes no keywords
                parser.Parse(b"", True)  # noqa: FBT003 -- the same
            except expat.ExpatError as error:
                found = f"{self._what} with damaged XML (part {name!r}, line {error.lineno})"
                refuse(found, "a whole one; save or copy it again")

    def _refuse_doctype(self, *_: Any) -> NoReturn:  # noqa: ANN401 -- expat hands on four values
        refuse(f"{self._what} whose XML declares entities", "one as word processors write it")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _locals(given: dict[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in given.items()}


@contextmanager
def unpacked(file: IO[bytes], what: str) -> Iterator[Packed]:
    """The parts of an open ZIP archive.

    Raises:
        Unreadable: it is damaged or cut off.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            yield Packed(archive, what)
    except ZIP_DAMAGE:
        refuse(f"{what} that is damaged or cut off", "the whole file; copy it again")
