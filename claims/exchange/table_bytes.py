"""The bytes of a table: which format they are, opened safely, unpacked within bounds."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, NoReturn

from claims.errors import DocumentFaults, Fault, InputRefused, NotFound, SetupError

ALLOWED_RATIO = 250
"""Bytes that one packed byte may become; tables seldom pass 60, bombs come near 1,000."""

FREE = 1 << 26
"""Bytes that may be unpacked whatever the ratio."""


class TableFormat(StrEnum):
    """The formats of tables that are read and written."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PARQUET = "parquet"


_SUFFIXES = {
    ".csv": TableFormat.CSV,
    ".txt": TableFormat.CSV,
    ".tsv": TableFormat.TSV,
    ".tab": TableFormat.TSV,
    ".xlsx": TableFormat.XLSX,
    ".xlsm": TableFormat.XLSX,
    ".jsonl": TableFormat.JSONL,
    ".ndjson": TableFormat.JSONL,
    ".parquet": TableFormat.PARQUET,
}
_TEXTS = {TableFormat.CSV, TableFormat.TSV, TableFormat.JSONL}
_KNOWN = "a table in .csv, .tsv, .xlsx, .jsonl or .parquet, or Wikibase's .json"
_ZIP, _GZIP, _PARQUET = b"PK\x03\x04", b"\x1f\x8b", b"PAR1"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "an SQLite database",
    b"{\\rtf": "a text document (RTF)",
}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def format_of(path: Path) -> TableFormat:
    """Which format a file is: by its content where that tells, otherwise by its suffix.

    Raises:
        NotFound: there is no such file.
        DocumentFaults: it is no table that can be read; the message says what it is.
    """
    with opened_file(path) as file:
        start = file.read(4096)
        if start.startswith(_COMPOUND):
            _refuse_compound(path, file)
    for magic, what in _OTHERS.items():
        if start.startswith(magic):
            refuse(path, what, _KNOWN)
    if start.startswith(_ZIP):
        return TableFormat.XLSX
    if start.startswith(_PARQUET):
        return TableFormat.PARQUET
    return _by_suffix(path, start)


def _by_suffix(path: Path, start: bytes) -> TableFormat:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    packed = suffixes[-1:] == [".gz"]
    named = _SUFFIXES.get((suffixes[:-1] if packed else suffixes)[-1] if suffixes[packed:] else "")
    if not start:
        refuse(path, "an empty file", _KNOWN)
    if start.startswith(_GZIP) and named not in _TEXTS:
        refuse(path, "a file packed with gzip", "a name that ends in .csv.gz, .tsv.gz or .jsonl.gz")
    if named is None:
        refuse(path, "no name that tells its format", _KNOWN)
    if named not in _TEXTS:
        what = "a web page" if b"<html" in start.lower() or b"<table" in start.lower() else "a text"
        expected = f"a file in the format {named}; save it so, or rename a text to .csv or .tsv"
        refuse(path, f"{what} under the name of another format", expected)
    return named


def _refuse_compound(path: Path, file: IO[bytes]) -> NoReturn:
    """An encrypted workbook and one of before 2007 are the same kind of container."""
    file.seek(0)
    if _ENCRYPTED in file.read(FREE):
        expected = "one without; open it, take the password away and save it again"
        refuse(path, "a workbook that is locked with a password", expected)
    expected = "a workbook saved as .xlsx; open it and save it so"
    refuse(path, "a document of an old office program (such as .xls)", expected)


def refuse(path: Path, found: str, expected: str, line: int = 0) -> NoReturn:
    """Raise :class:`DocumentFaults` for a file as a whole (or from a line on)."""
    raise DocumentFaults((Fault(path.name, line, 1 if line else 0, "file", found, expected),))


@contextmanager
def opened_file(path: Path) -> Iterator[IO[bytes]]:
    """A file open for reading, in bytes.

    Raises:
        NotFound: there is no such file.
        InputRefused: it is a folder, or no file at all.
        SetupError: it cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            message = f"'{path}' is no file; give the path of {_KNOWN}"
            raise InputRefused(message)
        file = path.open("rb")
    except FileNotFoundError:
        message = f"there is no file '{path}'; give the path of {_KNOWN}"
        raise NotFound(message) from None
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        message = f"'{path}' cannot be read: {why}; check the path and your rights"
        raise SetupError(message) from error
    with file:
        yield file


class Files:
    """The file of a table, opened anew for each pass; all are closed together."""

    def __init__(self, path: Path) -> None:
        """Remember how the file looks, so that a change between two passes is seen."""
        self.path = path
        self._state = _state(path)
        self._open: set[IO[bytes]] = set()
        self.closed = False

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The bytes from the first on, unpacked where they are packed with gzip.

        Raises:
            DocumentFaults: the file was changed since it was opened, or cannot be unpacked.
        """
        if self.closed:
            message = "the table was closed; read its rows within `with open_table(...)`"
            raise ValueError(message)
        self._refuse_changed()
        with opened_file(self.path) as file:
            self._open.add(file)
            try:
                yield _unpacked(file, self.path)
            finally:
                self._open.discard(file)
        self._refuse_changed()

    def close(self) -> None:
        """Close what passes that were left half-way hold open."""
        self.closed = True
        for file in tuple(self._open):
            file.close()

    def _refuse_changed(self) -> None:
        if _state(self.path) != self._state:
            expected = "one that stays as it is until it is read; try again"
            refuse(self.path, "a file that was changed while it was read", expected)


def _state(path: Path) -> tuple[int, int, int]:
    try:
        state = path.stat()
    except OSError:
        return (0, 0, 0)
    return (state.st_ino, state.st_size, state.st_mtime_ns)


def _unpacked(file: IO[bytes], path: Path) -> IO[bytes]:
    start = file.read(2)
    file.seek(0)
    if start != _GZIP:
        return file
    return io.BufferedReader(_Unpacking(file, path), 1 << 18)


class _Unpacking(io.RawIOBase):
    """The bytes of a gzip file, as long as they stay in proportion to the file."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        super().__init__()
        self._gzip = gzip.GzipFile(fileobj=file)
        self._path = path
        self._most = max(FREE, os.fstat(file.fileno()).st_size * ALLOWED_RATIO)
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            count = self._gzip.readinto(buffer)
        except (OSError, EOFError, zlib.error):
            refuse(
                self._path, "gzip data that is damaged or cut off", "a whole file; copy it again"
            )
        self._read += count
        if self._read > self._most:
            found = f"packed data that unpacks to more than {self._most:,} bytes"
            refuse(self._path, found, f"at most {ALLOWED_RATIO} bytes for each packed one")
        return count

    def close(self) -> None:
        self._gzip.close()
        super().close()
