"""Bytes kept as files that are named by their SHA-256, so that they can never change unseen.

The file of a hash ``ab12…`` is ``sha256/ab/12…`` under the archive's folder. It is written under
another name, flushed to the disk together with its folder, and only then given its name: a file
that bears its name is whole. It is read-only and never written again.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO

from claims.archive.incoming import MOST_BYTES, Staged, copied, opened
from claims.errors import NotFound, SetupError, VerificationFailed

_DIGITS = re.compile(r"[0-9a-f]{64}")

_PORTION = 1 << 20
"""Bytes that are read or overwritten at a time."""

_REASONS = {
    errno.ENOSPC: "its disk is full; make room and try again",
    errno.EDQUOT: "your share of its disk is used up; make room and try again",
    errno.EROFS: "its disk can only be read; name another folder",
    errno.EACCES: "you may not write there; give yourself the right, or name another folder",
    errno.EPERM: "you may not write there; give yourself the right, or name another folder",
    errno.ENOTDIR: "a part of its path is no folder; name another folder",
    errno.EEXIST: "a part of its path is no folder; name another folder",
}


class Archive:
    """The archived bytes in one folder, which is made when the first are added."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; nothing is read or written yet."""
        self.folder = folder

    def add(self, data: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hexadecimal digits.

        When this returns, the bytes outlast a power cut. Bytes that are held already are
        checked and left as they are; their name is flushed to the disk again, because whoever
        wrote them may have been cut off before that.

        Raises:
            SetupError: the folder cannot be written; the message says why.
            VerificationFailed: what is held under that name was altered.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path, held = self.path(sha256), self.has(sha256)
        if held:
            self.read(sha256)
        with self._plain_faults("written"):
            if not held:
                self._write(path, data)
            self._sync(path)
        return sha256

    def add_file(self, source: Path, *, most: int = MOST_BYTES) -> str:
        """Keep the bytes of a file, few in memory at a time, and return their SHA-256.

        Raises:
            InputRefused: it cannot be read, is no file, or has more than ``most`` bytes.
            SetupError: the folder cannot be written; the message says why.
            VerificationFailed: what is held under that name was altered.
        """
        with self.staged(source, most=most) as copy:
            return self.keep(copy)

    @contextmanager
    def staged(self, source: Path, *, most: int = MOST_BYTES) -> Iterator[Staged]:
        """A copy of a file, to be looked at and then kept; it is gone afterwards unless it was.

        What is looked at is what is kept, whatever happens to the file meanwhile.

        Raises:
            InputRefused: the file cannot be read, is none, or has more than ``most`` bytes.
            SetupError: the folder cannot be written; the message says why.
        """
        with opened(source, most) as file, self._staged(file, str(source), most) as copy:
            yield copy

    @contextmanager
    def staged_data(self, data: bytes, *, most: int = MOST_BYTES) -> Iterator[Staged]:
        """The same for bytes that are no file yet."""
        with self._staged(BytesIO(data), "what was fetched", most) as copy:
            yield copy

    @contextmanager
    def _staged(self, file: IO[bytes], called: str, most: int) -> Iterator[Staged]:
        with self._plain_faults("written"):
            _make_folder(self.folder)
            number, name = tempfile.mkstemp(dir=self.folder, prefix=".partial-")
        path = Path(name)
        try:
            with self._plain_faults("written"):
                sha256, size = copied(file, number, called, most)
            yield Staged(path, sha256, size)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, copy: Staged) -> str:
        """Give a staged copy its name, and return its SHA-256; what is held stays as it is.

        Raises:
            SetupError: the folder cannot be written; the message says why.
            VerificationFailed: what is held under that name was altered.
        """
        path, held = self.path(copy.sha256), self.has(copy.sha256)
        if held:
            self.check(copy.sha256)
        with self._plain_faults("written"):
            if not held:
                _make_folder(path.parent)
                copy.path.rename(path)
            self._sync(path)
        return copy.sha256

    def check(self, sha256: str) -> None:
        """Read the bytes with this SHA-256 again, few at a time.

        Raises:
            NotFound: none are held.
            VerificationFailed: the file was altered.
            SetupError: the file cannot be read.
        """
        digest = hashlib.sha256()
        with self._found(sha256), self.path(sha256).open("rb") as file:
            while portion := file.read(_PORTION):
                digest.update(portion)
        self._refuse_altered(sha256, digest.hexdigest())

    def read(self, sha256: str) -> bytes:
        """The bytes with this SHA-256, checked again.

        Raises:
            NotFound: none are held.
            VerificationFailed: the file was altered.
            SetupError: the file cannot be read.
        """
        with self._found(sha256):
            data = self.path(sha256).read_bytes()
        self._refuse_altered(sha256, hashlib.sha256(data).hexdigest())
        return data

    def has(self, sha256: str) -> bool:
        """Whether bytes with this SHA-256 are held; only :meth:`read` checks them."""
        return self.path(sha256).is_file()

    def remove(self, sha256: str) -> bool:
        """Take the bytes with this SHA-256 away for good; returns whether any were held.

        They are overwritten first, for file systems that write in place.

        Raises:
            SetupError: the folder cannot be written; the message says why.
        """
        path = self.path(sha256)
        with self._plain_faults("written"):
            try:
                if not path.is_symlink():  # what a link leads to is not the archive's
                    _overwrite(path)
                path.unlink()
            except FileNotFoundError:
                return False
            _sync_folder(path.parent)
        return True

    def path(self, sha256: str) -> Path:
        """Where the bytes with this SHA-256 are, or would be.

        Raises:
            NotFound: that is no SHA-256.
        """
        if not _DIGITS.fullmatch(sha256):
            message = f"{sha256!r} is no SHA-256; expected 64 hexadecimal digits in small letters"
            raise NotFound(message)
        return self.folder / "sha256" / sha256[:2] / sha256[2:]

    def _write(self, path: Path, data: bytes) -> None:
        _make_folder(path.parent)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".partial-")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
                file.flush()
                os.fchmod(number, 0o400)
                os.fsync(number)
            Path(name).rename(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise

    def _sync(self, path: Path) -> None:
        """Flush the name of a file to the disk, and those of the folders above it."""
        for folder in path.parents:
            _sync_folder(folder)
            if folder == self.folder:
                return

    @contextmanager
    def _found(self, sha256: str) -> Iterator[None]:
        """Say in words why bytes cannot be read; a pipe in their place is not waited for."""
        path = self.path(sha256)
        if path.exists() and not path.is_file():
            message = f"{path} is no file any more; put back a copy whose SHA-256 is its name"
            raise VerificationFailed(message)
        try:
            with self._plain_faults("read"):
                yield
        except FileNotFoundError:
            message = f"the archive {self.folder} holds no {sha256}; add the bytes again"
            raise NotFound(message) from None

    def _refuse_altered(self, sha256: str, found: str) -> None:
        if found != sha256:
            message = (
                f"the archived file {self.path(sha256)} was altered: its SHA-256 is {found},"
                f" expected {sha256}; put back a copy whose SHA-256 is its name"
            )
            raise VerificationFailed(message)

    @contextmanager
    def _plain_faults(self, done: str) -> Iterator[None]:
        """Say in words why the disk refuses."""
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            reason = _REASONS.get(error.errno or 0, f"the system says: {error.strerror}")
            message = f"the archive {self.folder} cannot be {done}: {reason}"
            raise SetupError(message) from error


def _overwrite(path: Path) -> None:
    """Put zeros in the place of all that a file holds, and flush them to the disk."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left:
            left -= file.write(bytes(min(left, _PORTION)))
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and those above it, all flushed to the disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
