"""Looking names up and connecting: to the address that was checked, and to no other.

A name is looked up once. All its addresses must be public, and the connection is made to one of
those that were checked, so a name that leads elsewhere when it is asked again (DNS rebinding)
gains nothing. Nothing is taken from the environment: no proxy, no password, no cookie.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from claims.archive.fetch_limits import FetchLimits
from claims.archive.public_address import not_public
from claims.archive.web_address import WebAddress
from claims.errors import FetchRefused, NoSuchName, Unreachable

_UNKNOWN = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""What the system answers where a name is known to lead nowhere, not only unknown at the moment."""

_LONGEST_TRY = 4.0
"""Seconds after which the next address of a name is tried."""


def look_up(host: str, port: int, seconds: float) -> Sequence[str]:
    """The addresses of a name, as the system gives them.

    The system's own look-up knows no time limit, so it is waited for and left alone after that.

    Raises:
        TimeoutError: none came in time.
        OSError: the system's reason why there are none (``socket.gaierror``).
    """
    answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            answers.put(error)
        else:
            answers.put([str(one[4][0]) for one in found])

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to a public address, whose other end was asked who it is.

    Raises:
        FetchRefused: the address is not public, or another one answered.
        OSError: nothing answered.
    """
    if what := not_public(address):
        message = f"{address} is not a public address ({what}); no connection was made"
        raise FetchRefused(message)
    opened = socket.create_connection((address, port), timeout=seconds)
    check_peer(opened, address)
    return opened


def check_peer(opened: socket.socket, address: str) -> None:
    """Close a connection whose other end is not the address that was checked.

    Raises:
        FetchRefused: it is another one.
    """
    peer = str(opened.getpeername()[0])
    if ip_address(peer) != ip_address(address):
        opened.close()
        message = f"a connection to {address} reached {peer} instead; nothing was asked for there"
        raise FetchRefused(message)


def trusted() -> ssl.SSLContext:
    """Whom to believe that a server is the one it says: the authorities that browsers accept."""
    import certifi  # noqa: PLC0415 -- only encrypted addresses need the package

    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True, slots=True)
class Network:
    """How names are looked up, connections made, and servers believed; tests give their own."""

    look_up: Callable[[str, int, float], Sequence[str]] = look_up
    connect: Callable[[str, int, float], socket.socket] = connect
    trusted: Callable[[], ssl.SSLContext] = trusted


INTERNET = Network()
"""The real network."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when all of a fetch must be done, by the clock that never goes back."""

    seconds: float
    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """A deadline that many seconds from now."""
        return cls(seconds, time.monotonic() + seconds)

    def left(self, url: str) -> float:
        """The seconds that are left.

        Raises:
            Unreachable: none are.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise self.missed(url)
        return left

    def missed(self, url: str) -> Unreachable:
        """What is said where the time is up."""
        return Unreachable(
            f"{url!r} gave no whole answer within {round(self.seconds, 1):g} seconds;"
            " try again later, or save it yourself and add the file"
        )


def opened(
    address: WebAddress, network: Network, limits: FetchLimits, deadline: Deadline
) -> tuple[socket.socket, str]:
    """A connection to where a web address leads, encrypted where it says so, and the other end.

    Raises:
        FetchRefused: it leads to an address that is not public.
        NoSuchName: its name leads nowhere.
        Unreachable: nobody answers, or not as the one it says it is.
    """
    reason: OSError | None = None
    until = Deadline.after(min(limits.patience, deadline.left(address.url)))
    for ip in _families_first(checked(address, network, until)):
        try:
            plain = network.connect(ip, address.port, min(_LONGEST_TRY, until.left(address.url)))
        except OSError as error:
            reason = error
        else:
            return _encrypted(plain, address, network, until), ip
    raise _unreachable(address, reason) from reason


def _families_first(found: Sequence[str]) -> list[str]:
    """One IPv4 and one IPv6 address before the others: one kind may work for nobody here."""
    first = {":" in ip: ip for ip in reversed(found)}
    return list(dict.fromkeys([ip for ip in found if ip in first.values()] + list(found)))


def checked(address: WebAddress, network: Network, deadline: Deadline) -> Sequence[str]:
    """The addresses that a web address leads to, all of them public.

    Raises:
        FetchRefused: one of them is not.
        NoSuchName: there are none.
        Unreachable: the name cannot be looked up at the moment.
    """
    found = [str(address.literal)] if address.literal else _looked_up(address, network, deadline)
    for ip in found:
        if what := not_public(ip):
            message = (
                f"{address.url!r} leads to {ip}, which is not a public address ({what});"
                " only what anyone can reach is fetched: save the page yourself and add the file"
            )
            raise FetchRefused(message)
    return found


def _looked_up(address: WebAddress, network: Network, deadline: Deadline) -> Sequence[str]:
    try:
        found = network.look_up(address.host, address.port, deadline.left(address.url))
    except TimeoutError:
        raise deadline.missed(address.url) from None
    except socket.gaierror as error:
        if error.errno in _UNKNOWN:
            raise _nowhere(address) from None
        raise _unreachable(address, error) from error
    except (OSError, UnicodeError) as error:
        raise _unreachable(address, error) from error
    if not found:
        raise _nowhere(address)
    return list(dict.fromkeys(found))


def _nowhere(address: WebAddress) -> NoSuchName:
    return NoSuchName(
        f"{address.url!r} names {address.host!r}, which no computer in the network has;"
        " check the spelling; if the site is gone, look for an archived copy of it"
    )


def _encrypted(
    plain: socket.socket, address: WebAddress, network: Network, deadline: Deadline
) -> socket.socket:
    if address.scheme == "http":
        return plain
    try:
        plain.settimeout(min(_LONGEST_TRY, deadline.left(address.url)))
        return network.trusted().wrap_socket(plain, server_hostname=address.host)
    except ssl.SSLCertVerificationError as error:
        message = (
            f"{address.url!r} does not prove that it is {address.host!r}: {error.verify_message};"
            " what it gives could be anybody's, so nothing was asked for"
        )
        raise Unreachable(message) from None
    except OSError as error:
        raise _unreachable(address, error) from error
    finally:
        plain.close()  # which does nothing to a connection that was handed over


def _unreachable(address: WebAddress, error: Exception | None) -> Unreachable:
    match error:
        case TimeoutError():
            reason = "it did not answer in time"
        case ConnectionRefusedError():
            reason = "it takes no connections"
        case ssl.SSLError():
            reason = f"no encrypted connection came about ({error.reason or 'cut off'})"
        case socket.gaierror():
            reason = "its name cannot be looked up at the moment"
        case OSError() if error.strerror:
            reason = f"the system says: {error.strerror.lower()}"
        case _:
            reason = "it broke the connection off"
    return Unreachable(f"{address.url!r} cannot be reached: {reason}; try again later")
