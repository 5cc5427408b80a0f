"""Which numbers of the network are public: reachable by anyone, and nobody's inner machines."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_INNER_4 = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", "this computer"),
        ("168.63.129.16/32", "a cloud's inner service"),
        ("169.254.0.0/16", "the local link, where clouds keep their secrets"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for examples"),
        ("192.88.99.0/24", "reserved for relays"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "reserved for measuring"),
        ("198.51.100.0/24", "reserved for examples"),
        ("203.0.113.0/24", "reserved for examples"),
        ("224.0.0.0/4", "addressed to many"),
        ("240.0.0.0/4", "reserved"),
    )
)
"""IANA's registry of special IPv4 addresses (RFC 6890), and one that a cloud uses inside."""

_INNER_6 = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("::/128", "this network"),
        ("::1/128", "this computer"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "addressed to many"),
        ("2001::/23", "reserved for protocols and tunnels"),
        ("2001:db8::/32", "reserved for examples"),
        ("2002::/16", "a tunnel to an IPv4 address"),
        ("3fff::/20", "reserved for examples"),
    )
)
"""IANA's registry of special IPv6 addresses."""

_PUBLIC_6 = IPv6Network("2000::/3")
"""All that was ever given out for public use; the rest is reserved."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as IPv6-only networks write them (RFC 6052)."""


def not_public(address: str) -> str:
    """What an address leads to in plain words, or nothing where it is public.

    An IPv6 address that stands for an IPv4 one (``::ffff:…``, ``64:ff9b::…``) is what that is.

    Raises:
        ValueError: this is no address.
    """
    ip = _meant(ip_address(address))
    if isinstance(ip, IPv4Address):
        return next((what for network, what in _INNER_4 if ip in network), "")
    if ip.scope_id is not None:
        return "a zone of this computer"
    inner = next((what for network, what in _INNER_6 if ip in network), "")
    return inner or ("" if ip in _PUBLIC_6 else "reserved")


def _meant(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip
