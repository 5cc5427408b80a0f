"""Undoing the content coding of a body, within a limit: a bomb is refused before it bursts."""

from __future__ import annotations

import zlib

from claims.errors import FetchRefused

_GZIP = zlib.MAX_WBITS | 16
_RAW = -zlib.MAX_WBITS
_CODINGS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}


def unpacked(url: str, body: bytes, coding: str, most: int) -> bytes:
    """The body as it was before the server packed it.

    Args:
        url: where it came from, for messages.
        body: what came.
        coding: the ``Content-Encoding`` that the server named.
        most: how many bytes may come out.

    Raises:
        FetchRefused: it holds more, is damaged or cut off, or is packed in another way.
    """
    names = [name for part in coding.split(",") if (name := part.strip().lower())]
    names = [name for name in names if name != "identity"]
    if not names or not body:
        return body
    if len(names) > 1 or names[0] not in _CODINGS:
        message = (
            f"{url!r} is packed as {coding.strip()!r}; expected gzip, deflate or nothing,"
            " as was asked for: save the page yourself and add the file"
        )
        raise FetchRefused(message)
    try:
        return _inflated(url, body, _bits(body, _CODINGS[names[0]]), most)
    except zlib.error:
        message = f"{url!r} is not packed as {names[0]}, as it says, or damaged; try again later"
        raise FetchRefused(message) from None


def _bits(body: bytes, bits: int) -> int:
    """Some servers send ``deflate`` without the frame that the standard demands (RFC 9110)."""
    if bits == zlib.MAX_WBITS and (body[0] & 0x0F != zlib.DEFLATED or _word(body) % 31):
        return _RAW
    return bits


def _word(body: bytes) -> int:
    return int.from_bytes(body[:2], "big")


def _inflated(url: str, body: bytes, bits: int, most: int) -> bytes:
    """One packed part after the other, as gzip allows; what is no part behind them is left."""
    made = bytearray()
    while body:
        part = zlib.decompressobj(bits)
        made += part.decompress(body, most + 1 - len(made))
        if len(made) > most:
            message = (
                f"{url!r} unpacks to more than {most:,} bytes; expected no more:"
                " save it yourself and add the file"
            )
            raise FetchRefused(message)
        if not part.eof:
            message = f"{url!r} was cut off: its packed body has no end; try again later"
            raise FetchRefused(message)
        body = part.unused_data if part.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(made)
