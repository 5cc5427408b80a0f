"""The pages that a web archive holds, and which of them is meant."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any, TypeAlias
from urllib.parse import unquote, urljoin, urlsplit

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
from warcio.statusandheaders import (  # type: ignore[import-untyped]
    StatusAndHeadersParserException,
)

from claims.analysis.extracted import Extracted
from claims.archive.extractors import extractor_of
from claims.archive.from_text import plain_text
from claims.archive.limits import Limits, refuse, size
from claims.archive.signs import DOCX, HTML, ODT, PDF, READ, TEXT, Way, kind_of

Record: TypeAlias = Any
"""A record of a web archive; warcio tells no types."""

_DAMAGE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    zlib.error,
    EOFError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OSError,
)
"""What warcio raises on archives that are damaged."""

_PAGES = {HTML, "application/xhtml+xml"}
_OTHERS = {PDF, TEXT}
_PARSED = {HTML, PDF, DOCX, ODT}
_REDIRECTS = {"301", "302", "303", "307", "308"}
_MOST_REDIRECTS = 10
_UNPACKED = {"", "identity", "gzip", "x-gzip", "deflate"}
_LISTED = 10
_LONGEST = 2000
_PORTION = 1 << 16


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a server in a web archive: its place, and what the archive says of it."""

    number: int
    url: str
    moment: str
    status: str
    media_type: str
    coding: str
    location: str
    member: str = ""


def captures(file: IO[bytes], member: str = "") -> Iterator[Capture]:
    """The answers in a WARC file, in their order.

    Raises:
        Unreadable: the file is damaged or cut off.
    """
    with _sound_archive():
        for number, record in enumerate(ArchiveIterator(file)):
            if record.rec_type in {"response", "resource"}:
                yield _capture(number, record, member)


def _capture(number: int, record: Record, member: str) -> Capture:
    headers, http = record.rec_headers, record.http_headers
    said = http.get_header if http else lambda _: None
    resource = http is None
    kind = headers.get_header("Content-Type") if resource else said("Content-Type")
    return Capture(
        number=number,
        url=(headers.get_header("WARC-Target-URI") or "").strip("<>")[:_LONGEST],
        moment=headers.get_header("WARC-Date") or "",
        status="200" if resource else http.get_statuscode(),
        media_type=(kind or "").strip()[:_LONGEST],
        coding=(said("Content-Encoding") or "").strip().lower()[:_LONGEST],
        location=(said("Location") or "").strip()[:_LONGEST],
        member=member,
    )


@contextmanager
def _sound_archive() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        why = " ".join(str(error).split())[:100].rstrip(".") or type(error).__name__
        expected = "the whole file; copy it again, or write it anew with a tool for web archives"
        refuse(f"a web archive that is damaged or cut off ({why})", expected)


def chosen(found: Sequence[Capture], wanted: str, seeds: Sequence[str] = ()) -> Capture:
    """The capture that is meant: of the wanted address, else of the seed, else the only page.

    Raises:
        Unreadable: there is none, or there are several; their addresses are listed.
    """
    answered = [one for one in found if one.status == "200"]
    for url in (wanted,) if wanted else seeds:
        if fitting := _of_address(found, answered, url):
            return fitting[-1]
    pages = [one for one in answered if _plainly(one) in _PAGES]
    pages = pages or [one for one in answered if _plainly(one) in _OTHERS]
    addresses = list(dict.fromkeys(one.url for one in pages))
    if wanted:
        refuse(f"no page of the address {wanted[:200]!r}{_listed(addresses)}", "one of its own")
    if not pages:
        refuse("a web archive without a page that a server gave (status 200)", "one with a page")
    if len(addresses) > 1:
        found_ = f"a web archive of {len(addresses):,} pages{_listed(addresses)}"
        refuse(found_, "the address of the one that is meant (--url)")
    return pages[-1]


def _plainly(capture: Capture) -> str:
    return capture.media_type.partition(";")[0].strip().lower()


def _of_address(found: Sequence[Capture], answered: Sequence[Capture], url: str) -> list[Capture]:
    """The captures of an address, or of where the archive was sent on from there."""
    onward = {_bare(one.url): one for one in found if one.status in _REDIRECTS and one.location}
    for _ in range(_MOST_REDIRECTS):
        if fitting := [one for one in answered if _bare(one.url) == _bare(url)]:
            return fitting
        if (turn := onward.get(_bare(url))) is None:
            break
        url = urljoin(turn.url, turn.location)
    return []


def _bare(url: str) -> str:
    """An address without what never reaches a server."""
    return url.partition("#")[0].rstrip("/")


def _listed(addresses: Sequence[str]) -> str:
    if not addresses:
        return ""
    more = f" and {len(addresses) - _LISTED:,} more" if len(addresses) > _LISTED else ""
    return f" (it has {', '.join(one[:200] for one in addresses[:_LISTED])}{more})"


def page_text(
    file: IO[bytes], capture: Capture, limits: Limits, hints: Mapping[str, str]
) -> Extracted:
    """The text of a captured page, with the address and the time that the archive gives.

    Raises:
        Unreadable: no text can be taken from it.
    """
    if capture.coding not in _UNPACKED:
        expected = "a page that was fetched without it"
        refuse(f"a page packed in the coding {capture.coding[:40]!r}", expected)
    data, sound = _payload(file, capture, limits)
    body = io.BytesIO(data)
    named = unquote(urlsplit(capture.url).path.rpartition("/")[2])
    kind = kind_of(body, named, capture.media_type)
    if kind.media_type in _PARSED:
        given = dict(hints) | {"media_type": capture.media_type}
        extracted = extractor_of(kind.media_type)(body, limits, given)
    elif kind.way is Way.PLAIN:
        extracted = plain_text(data, capture.media_type, limits)
    else:
        refuse(f"{kind.name} in a web archive", READ)
    return _told(extracted, capture, sound=sound)


def _payload(file: IO[bytes], capture: Capture, limits: Limits) -> tuple[bytes, bool]:
    """The body of a captured page, and whether it fits the digest that the archive gives."""
    held = bytearray()
    with _sound_archive():
        records = ArchiveIterator(file, check_digests=True)
        record = next(one for number, one in enumerate(records) if number == capture.number)
        stream = record.content_stream()
        while piece := stream.read(_PORTION):
            held += piece
            if len(held) > limits.text_bytes:
                break
        if record.raw_stream.limit and len(held) <= limits.text_bytes:
            raise EOFError("it ends within the page")  # noqa: EM101, TRY003 -- put into words above
        sound = not _misfits(record)
    if len(held) > limits.text_bytes:
        refuse(f"a page that unpacks to more than {size(limits.text_bytes)}", "a smaller one")
    return bytes(held), sound


def _misfits(record: Record) -> list[str]:
    """Which digests do not fit; the library takes that of a body sent in pieces of the pieces.

    The standard takes it of the body that they make, so such a complaint says nothing; the digest
    of the whole block is checked all the same.
    """
    coding = record.http_headers.get_header("Transfer-Encoding") if record.http_headers else None
    pieces = "chunked" in (coding or "").lower()
    found = [str(problem) for problem in record.digest_checker.problems]
    return [one for one in found if not (pieces and one.startswith("payload"))]


def _told(extracted: Extracted, capture: Capture, *, sound: bool) -> Extracted:
    notes = [
        f"The page is {capture.url}, captured at {capture.moment or 'a time it does not say'}."
    ]
    if not sound:
        notes.append("The digest that the archive gives of the page is not that of its bytes.")
    try:
        moment = datetime.fromisoformat(capture.moment)
    except ValueError:
        moment = None
    return replace(
        extracted,
        url=capture.url,
        captured_at=moment if moment is not None and moment.tzinfo else None,
        notes=(*notes, *extracted.notes),
    )
