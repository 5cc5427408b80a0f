"""Web addresses, read once and strictly, so that no two readers take one for different things."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from claims.errors import FetchRefused

PORTS = {"http": 80, "https": 443}
"""The schemes that are fetched, and the port of each."""

_LONGEST = 4096
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONGEST_HOST = 253
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Unicode's categories of controls, format characters, halves of characters, and spaces."""

_PATH = "/%:@!$&'()*+,;=~"
"""Letters that stay as they are in a path (RFC 3986, section 3.3), besides letters and digits."""

_INNER_NAMES = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "home.arpa",
    "onion",
)
"""Endings that lead nowhere in the public network: RFC 6761, 6762, 7686, 8375, ICANN's decision
on .internal, and the endings that private networks are known to use."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address in parts: the host in small ASCII letters, without a fragment.

    ``literal`` is the host as a number of the network, where it is one.
    """

    scheme: str
    host: str
    port: int
    target: str
    literal: ipaddress.IPv4Address | ipaddress.IPv6Address | None = None

    @property
    def authority(self) -> str:
        """Host and port as a request names them: the scheme's own port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in one form, in ASCII."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def followed(self, location: str) -> WebAddress:
        """The address that a redirect from this one names.

        Raises:
            FetchRefused: it names none that is fetched.
        """
        _refuse_hidden(location)
        try:
            return read_address(urljoin(self.url, location))
        except ValueError:
            _refuse(location, "is no web address", "expected one like https://example.org/page")


def read_address(url: str) -> WebAddress:
    """Read a web address that a person or a server gave.

    Internationalised names become ASCII (UTS 46), other letters of path and query are encoded as
    UTF-8, a fragment is dropped.

    Raises:
        FetchRefused: another scheme than http and https, a name or password in it, spaces or
            controls, a host in a notation that hides where it leads, or no address at all.
    """
    _refuse_hidden(url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        _refuse(url, "is no web address", "expected one like https://example.org/page")
    if parts.scheme not in PORTS:
        found = f"begins with {parts.scheme + ':'!r}" if parts.scheme else "names no scheme"
        _refuse(url, found, "only http: and https: are fetched")
    _refuse_odd(url, parts)
    host, literal = _host(url, parts.hostname or "")
    path = quote(parts.path, safe=_PATH) or "/"
    query = "?" + quote(parts.query, safe=_PATH + "?") if parts.query else ""
    return WebAddress(
        parts.scheme, host, PORTS[parts.scheme] if port is None else port, path + query, literal
    )


def _refuse_hidden(url: str) -> None:
    if len(url) > _LONGEST:
        _refuse(url[:60] + "…", f"has {len(url)} letters", f"expected at most {_LONGEST}")
    for letter in url:
        if unicodedata.category(letter) in _HIDDEN:
            name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
            _refuse(url, f"holds {name!r}", "take out spaces and invisible letters")


def _refuse_odd(url: str, parts: SplitResult) -> None:
    """Refuse what programs read in different ways."""
    if "@" in parts.netloc:
        _refuse(url, "holds a name or password before an @", "give the address without them")
    if "\\" in url:
        _refuse(url, "holds a backslash", "write slashes, or %5C where one is meant")
    if not parts.hostname or ("[" in parts.netloc and ":" not in parts.hostname):
        _refuse(url, "names no computer", "expected one like https://example.org/page")
    if parts.port == 0:
        _refuse(url, "names the port 0", "leave it out, or give the one that is meant")


def _host(url: str, host: str) -> tuple[str, ipaddress.IPv4Address | ipaddress.IPv6Address | None]:
    if ":" in host:
        return _ipv6(url, host)
    name = _ascii(url, host).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(url, labels)
    if len(name) > _LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        _refuse(url, f"names the computer {host!r}", "expected a name like example.org")
    if len(labels) == 1 or any(name == end or name.endswith("." + end) for end in _INNER_NAMES):
        _refuse(url, f"names {host!r}, which is inside a network", "only public names are fetched")
    return name, None


def _ascii(url: str, host: str) -> str:
    if host.isascii():
        return host.lower()
    import idna  # noqa: PLC0415 -- only names in other letters need it

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:  # which idna.IDNAError is
        _refuse(url, f"names the computer {host!r}", "which no name in the network can be")


def _ipv4(url: str, labels: list[str]) -> tuple[str, ipaddress.IPv4Address]:
    """A host that ends in a number is one (WHATWG URL): taken in its plain form only."""
    try:
        address = ipaddress.IPv4Address(".".join(labels))
    except ValueError:
        _refuse(
            url,
            f"names a computer by a number in an unusual notation, {'.'.join(labels)!r}",
            "give its name, or four numbers from 0 to 255 with dots between them",
        )
    return str(address), address


def _ipv6(url: str, host: str) -> tuple[str, ipaddress.IPv6Address]:
    if "%" in host:
        _refuse(url, "names a zone of this computer (%)", "only public addresses are fetched")
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        _refuse(url, f"names the computer [{host}]", "expected a name, or an IPv6 address in [ ]")
    return str(address), address


def _refuse(url: str, found: str, expected: str) -> NoReturn:
    message = f"{url!r} {found}; {expected}"
    raise FetchRefused(message)
