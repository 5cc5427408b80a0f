"""A backup as one file: a ZIP archive of rows as JSON lines, archived bytes, and a manifest.

The rows do not depend on the engine of the database, so that a backup of one engine can be
restored into another. Parts are written and read piece by piece; nothing of the archive is ever
unpacked under a name that it gives. Its list of parts stands at the end of a ZIP archive, so that
a file that was cut off cannot be taken for a whole one.
"""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NoReturn

from claims.errors import InputRefused, NotFound, SetupError, VerificationFailed
from claims.exchange.backup_manifest import (
    NAME,
    About,
    BytesPart,
    Column,
    Manifest,
    TablePart,
    manifest_text,
    read_manifest,
)

PIECE = 1 << 20
"""Bytes read at a time."""

LONGEST_LINE = 1 << 28
"""Bytes that one row may take."""

_LONGEST_MANIFEST = 1 << 28
_ZIP = b"PK\x03\x04"
_FIXED = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, IndexError)


class BackupWriter:
    """Writes the parts of a backup, one after the other, and the manifest last."""

    def __init__(self, file: IO[bytes]) -> None:
        """Write into a new file; it is a backup once :meth:`finish` has returned."""
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._tables: list[TablePart] = []
        self._archived: list[BytesPart] = []

    def table(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]
    ) -> Iterator[int]:
        """Write the rows of a table, and say from time to time how many were written since."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._zip.open(_info(f"tables/{name}.jsonl"), "w", force_zip64=True) as part:
            for lines in _joined(rows):
                text = "".join(lines).encode()
                digest.update(text)
                part.write(text)
                size, count = size + len(text), count + len(lines)
                yield len(lines)
        self._tables.append(TablePart(name, tuple(columns), count, size, digest.hexdigest()))

    def archived(self, sha256: str, data: bytes) -> None:
        """Write archived bytes, whose SHA-256 the caller has checked."""
        part = BytesPart(sha256, len(data))
        with self._zip.open(_info(part.path), "w", force_zip64=True) as file:
            file.write(data)
        self._archived.append(part)

    def finish(self, about: About, missing: Sequence[str]) -> Manifest:
        """Write the manifest and close the archive."""
        manifest = Manifest(
            about=about,
            tables=tuple(self._tables),
            archived=tuple(self._archived),
            missing=tuple(missing),
        )
        self._zip.writestr(_info(NAME), manifest_text(manifest))
        self._zip.close()
        return manifest

    def abandon(self) -> None:
        """Let go of the file without making it a backup."""
        self._zip.fp = None  # otherwise closing would write the list of parts
        self._zip.close()


class BackupReader:
    """Reads the parts of a backup, each checked against the manifest."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
        """Read from an open archive; :func:`open_backup` makes one."""
        self._zip = archive
        self.manifest = manifest
        self.path = path

    def rows(self, table: TablePart) -> Iterator[list[Any]]:
        """The rows of a table; the last is followed by the check of all of them.

        Raises:
            VerificationFailed: they are not what the manifest says.
        """
        digest, count = hashlib.sha256(), 0
        with self._plain_faults(), self._zip.open(table.path) as part:
            while line := part.readline(LONGEST_LINE):
                digest.update(line)
                count += 1
                yield _row(line, len(table.columns))
        if digest.hexdigest() != table.sha256 or count != table.rows:
            self._refuse(f"the rows of the table {table.name} were altered")

    def data(self, part: BytesPart) -> bytes:
        """Archived bytes.

        Raises:
            VerificationFailed: they are not what their name says.
        """
        with self._plain_faults():
            found = self._zip.read(part.path)
        if hashlib.sha256(found).hexdigest() != part.sha256:
            self._refuse(f"the archived bytes {part.sha256} were altered")
        return found

    def check(self) -> Iterator[str]:
        """Read and check every part; yields the name of each before it is read.

        Raises:
            VerificationFailed: one is not what the manifest says.
        """
        for table in self.manifest.tables:
            yield table.path
            self._check(table.path, table.sha256)
        for part in self.manifest.archived:
            yield part.path
            self._check(part.path, part.sha256)

    def _check(self, path: str, sha256: str) -> None:
        digest = hashlib.sha256()
        with self._plain_faults(), self._zip.open(path) as part:
            while piece := part.read(PIECE):
                digest.update(piece)
        if digest.hexdigest() != sha256:
            self._refuse(f"its part {path} was altered")

    @contextmanager
    def _plain_faults(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            raise _damaged(self.path, _words(error)) from error

    def _refuse(self, why: str) -> NoReturn:
        raise _damaged(self.path, why)


@contextmanager
def open_backup(path: Path) -> Iterator[BackupReader]:
    """Open a backup and check that it has the parts that its manifest names, and no others.

    Raises:
        NotFound: there is no such file.
        InputRefused: the file is no backup, or a later version of claims made it.
        VerificationFailed: it is cut off or altered.
        SetupError: it cannot be read.
    """
    with _opened(path) as file:
        if file.read(len(_ZIP)) != _ZIP:
            message = f"'{path}' is no backup of claims; give a file that `claims backup` made"
            raise InputRefused(message)
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise _damaged(path, "its end is missing or altered") from error
        with archive:
            yield BackupReader(archive, _checked(archive, path), path)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        message = f"there is no backup '{path}'; give the path of one"
        raise NotFound(message) from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"the backup '{path}' cannot be read: {why}; check the path and your rights"
        raise SetupError(message) from error
    with file:
        yield file


def _checked(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """The manifest, once it is sure that the archive holds just what it names."""
    parts = archive.infolist()
    held = {part.filename: part for part in parts}
    if NAME not in held:
        message = f"'{path}' is a ZIP archive, but no backup of claims: it has no manifest"
        raise InputRefused(message)
    try:
        for part in parts:
            _refuse_strange(part)
        if len(held) < len(parts) or held[NAME].file_size > _LONGEST_MANIFEST:
            message = "it holds a part twice, or a manifest that is too long"
            raise ValueError(message)
        manifest = read_manifest(archive.read(NAME))
        _compare(held, manifest)
    except _DAMAGE as error:
        raise _damaged(path, _words(error)) from error
    return manifest


def _refuse_strange(part: zipfile.ZipInfo) -> None:
    """Refuse parts that no backup has: links, folders, encrypted ones, other ways of packing."""
    mode = part.external_attr >> 16
    kind = stat.S_IFMT(mode)
    packed = part.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    plain = kind in {0, stat.S_IFREG} and not part.is_dir() and not part.flag_bits & _ENCRYPTED
    if not (packed and plain):
        message = f"its part {part.filename[:80]!r} is no plain file"
        raise ValueError(message)


def _compare(held: dict[str, zipfile.ZipInfo], manifest: Manifest) -> None:
    sizes = manifest.sizes
    strange = sorted(held.keys() - sizes.keys() - {NAME})
    lost = sorted(sizes.keys() - held.keys())
    wrong = sorted(
        name for name in sizes.keys() & held.keys() if held[name].file_size != sizes[name]
    )
    for names, why in (
        (strange, "its manifest does not name its part"),
        (lost, "it lacks its part"),
        (wrong, "another size was expected of its part"),
    ):
        if names:
            message = f"{why} {names[0][:80]!r}"
            raise ValueError(message)


def _joined(rows: Iterable[Sequence[object]]) -> Iterator[list[str]]:
    """The lines of rows, some hundred at a time."""
    lines: list[str] = []
    for row in rows:
        lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
        if len(lines) == 500:  # noqa: PLR2004 (few enough to hold, enough to write at once)
            yield lines
            lines = []
    if lines:
        yield lines


def _row(line: bytes, columns: int) -> list[Any]:
    try:
        row = json.loads(line)
    except RecursionError as error:
        raise ValueError(line[:40]) from error
    if not isinstance(row, list) or len(row) != columns:
        message = "a row does not have the columns that its manifest names"
        raise ValueError(message)
    return row


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _FIXED)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info


def _words(error: Exception) -> str:
    """Why a part cannot be read; the words of our own checks, else what it comes to."""
    own = type(error) is ValueError and str(error).startswith(("it", "a row", "another"))
    return str(error) if own else "a part of it cannot be unpacked"


def _damaged(path: Path, why: str) -> VerificationFailed:
    return VerificationFailed(
        f"the backup '{path}' is not whole: {why}; nothing was restored; use another backup"
    )
