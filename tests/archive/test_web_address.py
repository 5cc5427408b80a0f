"""Reading web addresses and telling public numbers of the network from others: laws."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.archive.public_address import not_public
from claims.archive.web_address import read_address
from claims.errors import FetchRefused

PIECES = [
    *("http", "https", "file", ":", "/", "//", "\\", "@", "?", "#", "%", "[", "]", ".", ":80"),
    *(
        "example.org",
        "127.0.0.1",
        "localhost",
        "::1",
        "0x7f",
        "1",
        "é",
        "рф",
        " ",
        "\t",
        "\0",
        "%2f",
    ),
]

anything = st.one_of(
    st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
)
ipv4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
ipv6 = st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address)
paths = st.text(
    st.characters(
        exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\\#?"
    ),
    max_size=20,
)


@given(anything)
def test_whatever_is_given_is_read_in_one_form_or_refused(url: str) -> None:
    try:
        address = read_address(url)
    except FetchRefused:
        return
    assert read_address(address.url) == address, "what was read once is read the same again"
    assert address.url.isascii()
    assert address.url.isprintable()
    assert not set(address.target) & set(' #\\"<>')
    assert address.target.startswith("/")
    assert address.scheme in {"http", "https"}


@given(paths, paths)
def test_every_path_and_query_can_be_asked_for(path: str, query: str) -> None:
    address = read_address(f"https://example.org/{path}?{query}")
    assert read_address(address.url) == address
    assert address.host == "example.org"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://EXAMPLE.ORG:443/A", "https://example.org/A"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://example.org.", "http://example.org/"),
        ("http://example.org:/", "http://example.org/"),
        ("http://example.org?a=b#c", "http://example.org/?a=b"),
        ("http://example.org/a%20b%zz?x=%C3%A9", "http://example.org/a%20b%zz?x=%C3%A9"),
        ("http://faß.example.org/é?ß", "http://xn--fa-hia.example.org/%C3%A9?%C3%9F"),
        ("http://МЕМОРИАЛ.рф/", "http://xn--80ajjnbboq.xn--p1ai/"),
        ("http://a_b.example.org/", "http://a_b.example.org/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:2800:21F:CB07::1]:81/", "http://[2606:2800:21f:cb07::1]:81/"),
        ('http://example.org/"<x>', "http://example.org/%22%3Cx%3E"),
    ],
)
def test_an_address_has_one_form(url: str, read: str) -> None:
    assert read_address(url).url == read


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (
            "example.org/page",
            "'example.org/page' names no scheme; only http: and https: are fetched",
        ),
        ("file:///etc/passwd", "'file:///etc/passwd' begins with 'file:'; only http: and https:"),
        (
            "http://a b.org/",
            "'http://a b.org/' holds 'space'; take out spaces and invisible letters",
        ),
        ("http://a.org/\n", r"'http://a.org/\n' holds 'u+000a'; take out spaces"),
        ("http://me@a.org/", "holds a name or password before an @; give the address without them"),
        ("http://a.org\\x", "holds a backslash; write slashes, or %5C where one is meant"),
        ("http:///x", "names no computer; expected one like https://example.org/page"),
        ("http://a.org:0/", "names the port 0; leave it out, or give the one that is meant"),
        ("http://a.org:99999/", "is no web address; expected one like https://example.org/page"),
        ("http://wiki/", "names 'wiki', which is inside a network; only public names are fetched"),
        ("http://127.1/", "names a computer by a number in an unusual notation, '127.1'; give its"),
        ("http://a..org/", "names the computer 'a..org'; expected a name like example.org"),
        ("http://[fe80::1%25x]/", "names a zone of this computer (%); only public addresses"),
        ("http://[1::2::3]/", "expected"),  # whose fault it is depends on the version of Python
        (
            "http://xn--é.org/",
            "names the computer 'xn--é.org'; which no name in the network can be",
        ),
        ("http://a.org/" + "x" * 4096, "has 4109 letters; expected at most 4096"),
    ],
)
def test_a_refusal_says_what_was_found_and_what_was_expected(url: str, told: str) -> None:
    with pytest.raises(FetchRefused) as caught:
        read_address(url)
    assert told in str(caught.value)


@given(ipv4 | ipv6)
def test_what_python_knows_as_special_is_not_public(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    special = (
        ip.is_loopback
        or ip.is_private
        or ip.is_link_local
        or ip.is_multicast
        or ip.is_reserved
        or ip.is_unspecified
    )
    mapped = isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None
    assume(special and not mapped)
    assume(ip not in ipaddress.ip_network("64:ff9b::/96"))
    assert not_public(str(ip))


@given(ipv4)
def test_an_address_is_as_public_as_the_one_it_stands_for(ip: ipaddress.IPv4Address) -> None:
    plain = not_public(str(ip))
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        inside = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | int(ip))
        assert not_public(str(inside)) == plain
    assert not_public(str(ipaddress.IPv6Address((0x2002 << 112) | (int(ip) << 80))))


@given(ipv4)
def test_a_number_is_public_written_plainly_or_refused_as_an_address(
    ip: ipaddress.IPv4Address,
) -> None:
    assert read_address(f"http://{ip}/").literal == ip
    for odd in (str(int(ip)), hex(int(ip)), f"0{int(ip):o}"):
        assert socket.inet_aton(odd) == ip.packed, "programs do read it as this"
        with pytest.raises(FetchRefused, match="by a number in an unusual notation"):
            read_address(f"http://{odd}/")


@pytest.mark.parametrize(
    "ip",
    [
        *("8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1"),
        *("11.0.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "2001:4860::8888"),
    ],
)
def test_public_addresses_are_public(ip: str) -> None:
    assert not_public(ip) == ""


def test_what_is_no_address_is_no_public_one() -> None:
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
        not_public("example.org")
    assert not_public("2606:4700::1%1") == "a zone of this computer"
