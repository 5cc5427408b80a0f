"""What hostile servers do, each as a handler; and a visit of one in a process of its own."""

from __future__ import annotations

import gzip
import json
import socket
import sys
import time
import zlib
from datetime import UTC, datetime

from claims.archive.fetch import fetch
from claims.archive.fetch_limits import FetchLimits
from claims.errors import FetchRefused
from tests.archive.web import PUBLIC, Handler, Web, page, redirect, says
from tests.peak import peak

_OK = b"HTTP/1.1 200 OK\r\n"
_PIECES = _OK + b"Transfer-Encoding: chunked\r\n\r\n"


def _forever(head: bytes, more: bytes, pause: float = 0) -> Handler:
    """Send a head, and then the same again and again, until the visitor hangs up."""

    def handle(connection: socket.socket, _: bytes) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(more)
            time.sleep(pause)

    return handle


def _silent(connection: socket.socket, _: bytes) -> None:
    """Say nothing at all, until the visitor hangs up."""
    connection.recv(1)


def _stops(connection: socket.socket, _: bytes) -> None:
    """Begin quickly, and then say nothing more."""
    connection.sendall(_OK + b"Content-Length: 1000000\r\n\r\n" + bytes(20_000))
    connection.recv(1)


_ZEROS = bytes(16 << 20)

HANDLERS: dict[str, tuple[Handler, str]] = {
    "silent": (_silent, "sent 0 bytes in|gave no whole answer"),
    "stops": (_stops, r"sent 20,0\d\d bytes in|gave no whole answer"),
    "drips its head": (_forever(_OK, b"X: y\r\n", 0.1), "bytes in . seconds; expected at least"),
    "drips its body": (
        _forever(_OK + b"Content-Length: 9999\r\n\r\n", b"a", 0.1),
        "bytes in . seconds; expected at least",
    ),
    "endless body": (_forever(_OK + b"\r\n", bytes(1 << 20)), "bytes or more; expected at most"),
    "endless pieces": (
        _forever(_PIECES, b"100000\r\n" + bytes(1 << 20) + b"\r\n"),
        "bytes or more; expected at most",
    ),
    "a million tiny pieces": (
        _forever(_PIECES, b"1\r\na\r\n" * 10_000),
        r"cut 2\d,\d{3} bytes into 2\d,\d{3} pieces; expected an answer that is quick to read",
    ),
    "a million small pieces": (
        _forever(_PIECES, b"6\r\nabcdef\r\n" * 10_000),
        r"bytes into 20,001 pieces",
    ),
    "endless beginnings": (
        _forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        "said 9 times that its answer is about to come",
    ),
    "endless head": (_forever(_OK, b"X-Header: y\r\n" * 1000), "begins with a head of more than"),
    "endless line": (_forever(_OK + b"X: ", b"y" * 9999), "begins with a head of more than"),
    "endless trailers": (_forever(_PIECES + b"0\r\n", b"X: y\r\n" * 1000), "a head of more than"),
    "endless size of a piece": (
        _forever(_PIECES, b"0" * 9999),
        "a head of more than|no HTTP|not answer in HTTP",
    ),
    "endless extension of a piece": (
        _forever(_PIECES + b"1;", b"x" * 9999),
        "a head of more than|not answer in HTTP",
    ),
    "announces a terabyte": (
        says(_OK + b"Content-Length: 1099511627776\r\n\r\n"),
        "has 1,099,511,627,776 bytes or more; expected at most",
    ),
    "announces an absurd length": (
        says(_OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n"),
        "bytes or more; expected at most|does not answer in HTTP",
    ),
    "gzip bomb": (
        page(gzip.compress(_ZEROS) * 60, "text/html", "Content-Encoding: gzip"),
        "unpacks to more than",
    ),
    "deflate bomb": (
        page(zlib.compress(_ZEROS * 8), "text/html", "Content-Encoding: deflate"),
        "unpacks to more than",
    ),
    "a circle": (redirect("/"), "redirects in a circle, back to 'http://example.org/'"),
}


def main() -> None:
    """Visit one of them with the usual limits, and print what came of it and what it cost."""
    port, seconds = int(sys.argv[1]), time.monotonic()
    web = Web({"example.org": [[PUBLIC]]}, {PUBLIC: port})
    told = ""
    try:
        fetched = fetch(
            sys.argv[2], now=datetime.now(UTC), limits=FetchLimits(), network=web.network
        )
    except FetchRefused as error:
        told = str(error)
    else:
        told = f"{len(fetched.data)} bytes"
    print(  # noqa: T201 -- for the process that asked
        json.dumps(
            {
                "told": told,
                "seconds": time.monotonic() - seconds,
                "peak": peak(),
            }
        )
    )


if __name__ == "__main__":
    main()
