"""Requests and answers as a WARC file, to the letter (ISO 28500, WARC 1.1)."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from claims.archive.conversation import Answer

_VERSION = "WARC/1.1"


def warc(answers: Sequence[Answer], at: datetime, tool: str) -> bytes:
    """A packed WARC file with every request and its answer, in the order they were made.

    Args:
        answers: what was asked and answered.
        at: when.
        tool: the program that fetched, with its version.
    """
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version=_VERSION)
    about = writer.create_warcinfo_record(None, {"software": tool, "format": _VERSION})
    about.rec_headers.replace_header("WARC-Date", _instant(at))
    writer.write_record(about)
    for answer in answers:
        response = _record("response", answer, answer.received, at)
        response.rec_headers.add_header("WARC-Payload-Digest", _digest(answer.body))
        request = _record("request", answer, answer.sent, at)
        request.rec_headers.add_header("WARC-Payload-Digest", _digest(b""))
        writer.write_request_response_pair(request, response)
    return file.getvalue()


def _record(kind: str, answer: Answer, block: bytes, at: datetime) -> ArcWarcRecord:
    """A record of bytes as they are: the library would write the head of a message anew."""
    headers = StatusAndHeaders(
        "",
        [
            ("WARC-Type", kind),
            ("WARC-Record-ID", WARCWriter._make_warc_id()),  # noqa: SLF001 -- has no public name
            ("WARC-Target-URI", answer.address.url),
            ("WARC-Date", _instant(at)),
            ("WARC-IP-Address", answer.ip),
            ("WARC-Block-Digest", _digest(block)),
        ],
        protocol=_VERSION,
    )
    content = f"application/http; msgtype={kind}"
    return ArcWarcRecord("warc", kind, headers, io.BytesIO(block), None, content, len(block))


def _digest(data: bytes) -> str:
    """SHA-1 in base 32, as tools for WARC expect it; the archive itself names bytes by SHA-256."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
