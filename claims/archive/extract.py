"""Text out of archived bytes: what a file is by its own signs, and what it says.

Plain text is decoded here. What needs a parser that a hostile file could attack is read in a
process of its own, within limits of time and memory (:mod:`claims.archive.confine`). Pictures,
sound and film have no text of their own: a transcript gives it to them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import IO

from claims.analysis.extracted import Extracted
from claims.archive.confine import read_confined
from claims.archive.from_text import plain_text
from claims.archive.limits import Limits, Unreadable, refuse, size
from claims.archive.signs import DOCX, HTML, ODT, PDF, READ, TEXT, Kind, Way, kind_of
from claims.archive.transcript import NO_TRANSCRIPT, has_cues, subtitles, transcribed
from claims.errors import DocumentFaults, Fault, InputRefused, NotFound, SetupError

_BY_SUFFIX = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".odt": ODT,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".txt": TEXT,
}
"""What names say; other endings promise nothing."""


def extract(  # noqa: PLR0913 -- what is known of a file, each by its name
    path: Path,
    *,
    name: str = "",
    media_type: str | None = None,
    wanted_url: str | None = None,
    transcript: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008 -- it is frozen
) -> Extracted:
    """The text of a file, with its pages, its main parts and what a reader of it should know.

    Args:
        path: the file.
        name: what the file was called where it came from, for messages; its own name otherwise.
        media_type: what a server called it (``text/html; charset=koi8-r``), where one did.
        wanted_url: which page of a web archive is meant.
        transcript: a text, SubRip or WebVTT file with the words of a picture, sound or film, or
            of a PDF that holds pictures of pages.
        limits: the most that reading may take.

    Raises:
        NotFound: there is no such file.
        InputRefused: no text can be taken from it; the message says what it is instead.
        SetupError: it may not be read, or a package that reads its kind is not installed.
    """
    called = name or path.name
    with _opened(path) as file, _named(called):
        _refuse_large(file, limits)
        kind = kind_of(file, called, media_type)
        if transcript is not None:
            return transcribed(kind, _words(transcript, limits))
        hints = {"media_type": media_type or "", "wanted_url": wanted_url or ""}
        extracted = _read(file, kind, limits, hints)
    return _with_note(extracted, called, kind)


def _read(file: IO[bytes], kind: Kind, limits: Limits, hints: dict[str, str]) -> Extracted:
    if kind.way is Way.HEARD_OR_SEEN:
        return Extracted("", "none", kind.media_type, notes=(NO_TRANSCRIPT.format(kind.name),))
    if kind.way is Way.CONFINED:
        return read_confined(file, kind.media_type, limits, hints, kind.name)
    text = plain_text(file.read(limits.text_bytes + 1), hints["media_type"], limits)
    return subtitles(text, kind.media_type) if has_cues(kind) else text


def _words(path: Path, limits: Limits) -> Extracted:
    """The words of a transcript, which is a text itself."""
    with _opened(path) as file, _named(path.name):
        _refuse_large(file, limits)
        kind = kind_of(file, path.name, None)
        if kind.way is not Way.PLAIN:
            refuse(kind.name, "a transcript as plain text, SubRip (.srt) or WebVTT (.vtt)")
        return _read(file, kind, limits, {"media_type": ""})


def _with_note(extracted: Extracted, called: str, kind: Kind) -> Extracted:
    """Say so when a file is not what its name promises."""
    promised = _BY_SUFFIX.get(PurePath(called.lower()).suffix)
    if promised in {None, kind.media_type}:
        return extracted
    note = f"Its name ends like that of another kind of file: by its content it is {kind.name}."
    return replace(extracted, notes=(note, *extracted.notes))


def _refuse_large(file: IO[bytes], limits: Limits) -> None:
    held = os.fstat(file.fileno()).st_size
    if held > limits.file_bytes:
        refuse(f"a file of {size(held)}", f"at most {size(limits.file_bytes)}; give a part of it")


@contextmanager
def _named(called: str) -> Iterator[None]:
    """Put the file's name before what is said about its bytes."""
    try:
        yield
    except Unreadable as error:
        fault = Fault(called, 0, 0, "file", error.found, error.expected)
        raise DocumentFaults((fault,)) from None


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A file open for reading; a pipe or a device, which might never end, is not waited for."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        message = f"there is no file '{path}'; give the path of {READ}"
        raise NotFound(message) from None
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        message = f"'{path}' cannot be read: {why}; check the path and your rights"
        raise SetupError(message) from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        message = f"'{path}' is no file; give the path of {READ}"
        raise InputRefused(message)
    with os.fdopen(number, "rb") as file:
        yield file
