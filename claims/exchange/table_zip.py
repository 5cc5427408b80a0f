"""The parts of a workbook: a ZIP archive of XML files, unpacked within bounds and never on disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn
from xml.parsers import expat

from claims.exchange.table_bytes import ALLOWED_RATIO, FREE, Files, refuse

PIECE = 1 << 16
"""Bytes of XML read at a time."""

LARGEST_PART = 1 << 33
"""Bytes that one part may unpack to, whatever the ratio: some eight times a full sheet."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
)
_DAMAGED = "a ZIP archive that is damaged or cut off"
_WHOLE = "a whole workbook; save or copy it again"
_OTHERS = {
    "xl/workbook.bin": ("a binary workbook (.xlsb)", "a workbook saved as .xlsx"),
    "content.xml": ("an OpenDocument file", "a workbook saved as .xlsx, or a table as .csv"),
    "word/document.xml": ("a text document (Word)", "a workbook saved as .xlsx"),
    "ppt/presentation.xml": ("a presentation", "a workbook saved as .xlsx"),
}
BOOK = "xl/workbook.xml"

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Parts:
    """The parts of one workbook, opened anew for each pass."""

    def __init__(self, files: Files) -> None:
        """Look at the list of parts, and refuse what is no workbook."""
        self.files = files
        self.path: Path = files.path
        with self._archive() as archive:
            self.names = {part.filename for part in archive.infolist()}
        for name, (found, expected) in _OTHERS.items():
            if name in self.names:
                refuse(self.path, found, expected)
        if BOOK not in self.names:
            refuse(self.path, "a ZIP archive that is no workbook", "a workbook saved as .xlsx")

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """A part, open for reading.

        Raises:
            DocumentFaults: it is missing, damaged, locked, or unpacks out of proportion.
        """
        with self._archive() as archive:
            try:
                part = archive.getinfo(name)
            except KeyError:
                refuse(self.path, f"a workbook without its part {name!r}", _WHOLE)
            self._refuse_bomb(part)
            with archive.open(part) as file:
                yield file

    def parse(self, name: str, start: Start, end: End, text: Text) -> Iterator[None]:
        """Read the XML of a part; yields after each piece, so that a caller can hand on rows.

        The handlers get names without the prefix of their namespace. Documents that declare
        entities are refused: no workbook has them, and they can be made to grow without end.
        """
        with self.opened(name) as file:
            parser = expat.ParserCreate()
            parser.buffer_text = True
            parser.StartElementHandler = start
            parser.EndElementHandler = end
            parser.CharacterDataHandler = text
            parser.StartDoctypeDeclHandler = self._refuse_doctype
            while piece := file.read(PIECE):
                self._feed(parser, piece, name)
                yield
            self._feed(parser, b"", name)
            yield

    def _feed(self, parser: expat.XMLParserType, piece: bytes, name: str) -> None:
        try:
            parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            where = f"XML of its part {name!r} that cannot be read (line {error.lineno})"
            refuse(self.path, where, _WHOLE)

    def _refuse_doctype(self, *_: object) -> NoReturn:
        refuse(self.path, "XML that declares entities, which no workbook has", _WHOLE)

    def _refuse_bomb(self, part: zipfile.ZipInfo) -> None:
        if part.flag_bits & 1:
            refuse(self.path, "a workbook that is locked with a password", "one without")
        most = min(max(FREE, part.compress_size * ALLOWED_RATIO), LARGEST_PART)
        if part.file_size > most:
            found = f"packed data that unpacks to {part.file_size:,} bytes"
            refuse(self.path, found, f"at most {ALLOWED_RATIO} bytes for each packed one")

    @contextmanager
    def _archive(self) -> Iterator[zipfile.ZipFile]:
        with self.files.opened() as file:
            try:
                archive = zipfile.ZipFile(file)
            except (*_DAMAGE, ValueError, IndexError):
                refuse(self.path, _DAMAGED, _WHOLE)
            with archive:
                try:
                    yield archive
                except _DAMAGE:
                    refuse(self.path, _DAMAGED, _WHOLE)
