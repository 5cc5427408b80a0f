"""A source as it is handed over: copied or fetched, and read, before anything is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from claims.analysis.extracted import Extracted
from claims.archive.extract import extract
from claims.archive.fetch import fetch
from claims.archive.fetched import Fetched
from claims.archive.incoming import Staged
from claims.archive.layout import layout_json
from claims.archive.limits import Limits
from claims.archive.network import INTERNET, Network
from claims.archive.store import Archive

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Gathered:
    """A file or what an address showed, with the text that was taken from it.

    ``wanted`` is the path or the address as it was given. ``copy`` lies beside the archive until
    it is kept, so that what was read is what is kept.
    """

    wanted: str
    copy: Staged
    extracted: Extracted
    fetched: Fetched | None = None

    @property
    def text(self) -> bytes:
        """The text as it is archived."""
        return self.extracted.text.encode("utf-8")

    @property
    def layout(self) -> bytes:
        """Where the parts of the text begin and end, as it is archived."""
        return layout_json(self.extracted)

    @property
    def warc(self) -> bytes | None:
        """The record of the exchange, where it was fetched."""
        return self.fetched.warc if self.fetched else None

    def keep(self, archive: Archive, only: Container[str] | None = None) -> None:
        """Put the bytes and all that was taken from them into the archive.

        Args:
            archive: where they are kept.
            only: the SHA-256 of what is wanted of them; ``None`` means all.

        Raises:
            SetupError: the folder cannot be written; the message says why.
            VerificationFailed: what is held under one of the names was altered.
        """
        if only is None or self.copy.sha256 in only:
            archive.keep(self.copy)
        for data in (self.text, self.layout, self.warc):
            if data is not None and (only is None or hashlib.sha256(data).hexdigest() in only):
                archive.add(data)


def is_address(wanted: str) -> bool:
    """Whether this is written as an address rather than as the path of a file."""
    return _ADDRESS.match(wanted) is not None


@contextmanager
def gathered(  # noqa: PLR0913 -- what to read, and how, each given by name
    archive: Archive,
    wanted: str,
    *,
    now: datetime,
    transcript: Path | None = None,
    wanted_url: str | None = None,
    limits: Limits = Limits(),  # noqa: B008 -- it is frozen
    network: Network = INTERNET,
) -> Iterator[Gathered]:
    """A file, or what an address shows now, with its text; gone afterwards unless it was kept.

    Args:
        archive: where it would be kept; the copy is made on the same disk.
        wanted: the path of a file, or the address of a page. Only an address is fetched.
        now: when an address is fetched.
        transcript: a text file with the words of a picture or a recording.
        wanted_url: which page is meant, where the file is a web archive.
        limits: the most that reading may take.
        network: how names are looked up and connections made.

    Raises:
        InputRefused: it cannot be read, is too large, or no text can be taken from it.
        FetchRefused: the address is none that is fetched, or gave nothing to keep.
        SetupError: the archive cannot be written, or a package is missing.
    """
    if is_address(wanted):
        fetched = fetch(wanted, now=now, network=network)
        with archive.staged_data(fetched.data) as copy:
            yield Gathered(wanted, copy, _read_page(copy, fetched, transcript, limits), fetched)
        return
    path = Path(wanted)
    with archive.staged(path) as copy:
        read = extract(
            copy.path,
            name=path.name,
            wanted_url=wanted_url,
            transcript=transcript,
            limits=limits,
        )
        yield Gathered(wanted, copy, read)


def _read_page(
    copy: Staged, fetched: Fetched, transcript: Path | None, limits: Limits
) -> Extracted:
    parts = urlsplit(fetched.final_url)
    charset = f"; charset={fetched.charset}" if fetched.charset else ""
    return extract(
        copy.path,
        name=unquote(parts.path.rpartition("/")[2]) or parts.netloc,
        media_type=fetched.media_type + charset,
        wanted_url=fetched.final_url,
        transcript=transcript,
        limits=limits,
    )
