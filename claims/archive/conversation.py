"""One request and its answer: every byte counted, timed and kept as it went over the wire."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from importlib.metadata import version

import h11

from claims.archive.fetch_limits import FetchLimits
from claims.archive.network import Deadline, Network, opened
from claims.archive.unpack import unpacked
from claims.archive.web_address import WebAddress
from claims.errors import FetchRefused, Unreachable

AGENT = f"claims/{version('claims')} (archives cited sources; one request at a time)"
"""How the program names itself to servers: nothing about who uses it."""

_HEAD = 64 << 10
"""The bytes that the head of an answer may have."""

_PORTION = 64 << 10

_BEYOND_ASCII = 128

_BEGINNINGS = 8
"""How often a server may say that its answer is about to come (statuses 1xx)."""

_PIECES = 20_000
_SMALLEST = 256
"""Above so many pieces, the bytes that each must have on average: tiny ones take long to read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answered, and both sides of the conversation to the letter.

    ``body`` has its transfer coding undone, and its content coding not.
    """

    address: WebAddress
    ip: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sent: bytes
    received: bytes

    def header(self, name: str) -> str:
        """The values of a header, in one line."""
        return ", ".join(value for key, value in self.headers if key == name)

    def content(self, most: int) -> bytes:
        """The body as the server meant it, of at most so many bytes.

        Raises:
            FetchRefused: it holds more, or cannot be unpacked.
        """
        return unpacked(self.address.url, self.body, self.header("content-encoding"), most)


def ask(
    address: WebAddress, method: str, limits: FetchLimits, network: Network, deadline: Deadline
) -> Answer:
    """Ask one address, and wait for the whole answer.

    Raises:
        FetchRefused: it leads to an inner address, is too large, or breaks the rules of HTTP.
        Unreachable: no whole answer came in time.
    """
    connection, ip = opened(address, network, limits, deadline)
    with connection:
        wire = _Wire(connection, address, limits, deadline)
        try:
            return _conversation(wire, ip, method)
        except h11.RemoteProtocolError as error:
            raise wire.broken(error) from None
        except OSError as error:
            raise wire.cut_off() from error


def _conversation(wire: _Wire, ip: str, method: str) -> Answer:
    http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)
    request = h11.Request(method=method, target=wire.address.target, headers=_asking(wire.address))
    sent = (http.send(request) or b"") + (http.send(h11.EndOfMessage()) or b"")
    wire.send(sent)
    head = _head(http, wire)
    if method != "HEAD":
        wire.refuse_large(head)
    body = _body(http, wire)
    beyond = len(http.trailing_data[0])
    return Answer(
        wire.address,
        ip,
        head.status_code,
        tuple((name.decode("ascii"), _text(value)) for name, value in head.headers),
        body,
        sent,
        bytes(wire.received[: len(wire.received) - beyond]),
    )


def _head(http: h11.Connection, wire: _Wire) -> h11.Response:
    beginnings = 0
    while not isinstance(event := http.next_event(), h11.Response):
        if event is h11.NEED_DATA:
            http.receive_data(wire.receive())
            continue
        beginnings += 1
        if beginnings > _BEGINNINGS:
            done = f"said {beginnings} times that its answer is about to come"
            raise wire.tiring(done)
    return event


def _body(http: h11.Connection, wire: _Wire) -> bytes:
    body, pieces = bytearray(), 0
    while not isinstance(event := http.next_event(), h11.EndOfMessage):
        if isinstance(event, h11.Data):
            body += event.data
            pieces += 1
            if pieces > _PIECES and len(body) < pieces * _SMALLEST:
                done = f"cut {len(body):,} bytes into {pieces:,} pieces"
                raise wire.tiring(done)
        else:
            http.receive_data(wire.receive())
    return bytes(body)


def _asking(address: WebAddress) -> list[tuple[str, str]]:
    return [
        ("Host", address.authority),
        ("User-Agent", AGENT),
        ("Accept", "*/*"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ]


def _text(value: bytes) -> str:
    """A header's value: UTF-8 where it is, else with other bytes as an address writes them."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < _BEYOND_ASCII else f"%{byte:02X}" for byte in value)


class _Wire:
    """An open connection that keeps what comes, and gives up on what is too much or too slow."""

    def __init__(
        self,
        connection: socket.socket,
        address: WebAddress,
        limits: FetchLimits,
        deadline: Deadline,
    ) -> None:
        self.address = address
        self.received = bytearray()
        self._connection = connection
        self._limits = limits
        self._deadline = deadline
        self._began = time.monotonic()

    def send(self, data: bytes) -> None:
        self._connection.settimeout(self._wait())
        self._connection.sendall(data)

    def receive(self) -> bytes:
        """What came next; nothing where the other end is done."""
        self._connection.settimeout(self._wait())
        try:
            data = self._connection.recv(_PORTION)
        except TimeoutError:
            self._wait()
            raise self._deadline.missed(self.address.url) from None
        self.received += data
        if len(self.received) > self._limits.size + _HEAD:
            raise self._too_large(len(self.received))
        return data

    def _wait(self) -> float:
        """The seconds that the next bytes may take: a server that drips is not waited for."""
        left = self._deadline.left(self.address.url)
        due = max(self._limits.patience, len(self.received) / self._limits.slowest)
        owed = self._began + due - time.monotonic()
        if owed <= 0:
            message = (
                f"{self.address.url!r} sent {len(self.received):,} bytes in {due:.0f} seconds;"
                f" expected at least {self._limits.slowest:,} a second: try again later"
            )
            raise Unreachable(message)
        return min(left, float(owed))

    def refuse_large(self, head: h11.Response) -> None:
        """Refuse a body that is announced to be larger than allowed, before it comes."""
        told = dict(head.headers).get(b"content-length", b"0")
        if int(told) > self._limits.size:
            raise self._too_large(int(told))

    def _too_large(self, found: int) -> FetchRefused:
        return FetchRefused(
            f"{self.address.url!r} has {found:,} bytes or more; expected at most"
            f" {self._limits.size:,}: save it yourself and add the file"
        )

    def tiring(self, done: str) -> FetchRefused:
        """What is said where a server makes work for nothing."""
        return FetchRefused(
            f"{self.address.url!r} {done}; expected an answer that is quick to read:"
            " save the page yourself and add the file"
        )

    def cut_off(self) -> Unreachable:
        """What is said where the other end hung up."""
        return Unreachable(
            f"{self.address.url!r} broke off after {len(self.received):,} bytes; try again later"
        )

    def broken(self, error: h11.RemoteProtocolError) -> FetchRefused:
        """What is said where the answer is none of HTTP, or not whole."""
        if "Receive buffer too long" in str(error):
            return FetchRefused(
                f"{self.address.url!r} begins with a head of more than {_HEAD:,} bytes;"
                " expected no more: such a server cannot be trusted"
            )
        if "closed connection" in str(error) or not self.received:
            return self.cut_off()
        return FetchRefused(
            f"{self.address.url!r} does not answer in HTTP ({error}); check the address"
        )
