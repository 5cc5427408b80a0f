"""A web of our own: names and public addresses as a test likes them, all served from here.

The only fake is the network: a :class:`Web` says where names lead and takes the connections to
public addresses, each to a real server on this computer.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from claims.archive.network import Network

PUBLIC = "93.184.215.14"
"""An address that anyone can reach; nothing in these tests does."""

ALSO_PUBLIC = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

_HELLO = b"\x16\x03"
"""How an encrypted connection begins, for a server that has none."""

Handler = Callable[[socket.socket, bytes], None]


def says(answer: bytes | str) -> Handler:
    """A handler that sends these bytes and hangs up."""
    data = answer.encode() if isinstance(answer, str) else answer

    def handle(connection: socket.socket, _: bytes) -> None:
        connection.sendall(data)

    return handle


def page(body: bytes | str, kind: str = "text/html; charset=utf-8", *more: str) -> Handler:
    """A handler that answers 200 with a body."""
    data = body.encode() if isinstance(body, str) else body
    head = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(data)}", *more]
    return says("\r\n".join([*head, "", ""]).encode() + data)


def status(code: int, body: str = "") -> Handler:
    """A handler that answers with a status."""
    return says(f"HTTP/1.1 {code} Whatever\r\nContent-Length: {len(body)}\r\n\r\n{body}")


def redirect(location: str, code: int = 302) -> Handler:
    """A handler that sends the visitor elsewhere."""
    return says(f"HTTP/1.1 {code} Elsewhere\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")


class Server:
    """A server on this computer that answers each path by its handler, and counts."""

    def __init__(self, handlers: Mapping[str, Handler], tls: ssl.SSLContext | None) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._handlers = handlers
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(timeout=5)
            assert not thread.is_alive()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._answer, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError):  # a visitor that hangs up, as those who refuse do
            try:
                if self._tls:
                    connection = self._tls.wrap_socket(connection, server_side=True)
                request = self._request(connection)
                self.requests.append(request)
                path = request.split(b" ")[1].decode("latin-1") if b" " in request else ""
                self._handlers.get(path, status(404))(connection, request)
            finally:
                connection.close()

    @staticmethod
    def _request(connection: socket.socket) -> bytes:
        request = b""
        while b"\r\n\r\n" not in request and not request.startswith(_HELLO):
            more = connection.recv(65536)
            if not more:
                return request
            request += more
        return request


@contextmanager
def serving(handlers: Mapping[str, Handler], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server, until the block ends."""
    server = Server(handlers, tls)
    try:
        yield server
    finally:
        server.close()


@dataclass
class Web:
    """Where names lead, who serves which public address, and what was asked of the network.

    A name may lead elsewhere each time it is asked for: its addresses are a list of answers,
    of which the last stays.
    """

    names: dict[str, list[Sequence[str]]]
    servers: dict[str, int]
    trust: ssl.SSLContext = field(default_factory=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    asked: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)

    @property
    def network(self) -> Network:
        return Network(self._look_up, self._connect, lambda: self.trust)

    def _look_up(self, host: str, _port: int, _seconds: float) -> Sequence[str]:
        self.asked.append(host)
        answers = self.names.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _connect(self, address: str, _port: int, seconds: float) -> socket.socket:
        self.reached.append(address)
        if address not in self.servers:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.servers[address]), seconds)


@contextmanager
def site(
    handlers: Mapping[str, Handler], *hosts: str, tls: ssl.SSLContext | None = None
) -> Iterator[tuple[Web, Server]]:
    """One server at a public address that some names lead to (``example.org`` by default)."""
    with serving(handlers, tls) as server:
        names: dict[str, list[Sequence[str]]] = {
            host: [[PUBLIC]] for host in hosts or ("example.org",)
        }
        yield Web(names, {PUBLIC: server.port}), server
