"""Hostile addresses and servers: nothing inside is reached, and nothing takes long or much.

An audit hook of the interpreter sees every connection and every look-up of a name, whoever makes
them, so what these tests say was not reached was not.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from claims.archive.fetch import fetch
from claims.archive.fetch_limits import FetchLimits
from claims.archive.network import INTERNET, Network, check_peer, connect, look_up
from claims.errors import FetchRefused, Unreachable
from tests.archive.hostile import HANDLERS
from tests.archive.web import (
    ALSO_PUBLIC,
    PUBLIC,
    Handler,
    Server,
    Web,
    page,
    redirect,
    says,
    serving,
    site,
)

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
HASTE = FetchLimits(size=1 << 20, seconds=4, patience=1)
ROOT = Path(__file__).parents[2]

INNER_HOSTS = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",  # noqa: S104 -- nothing listens there
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2002:c0a8:101::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[fd00:ec2::254]",
    "[fc00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[5f00::1]",
]
"""Numbers of the network that lead inside, or nowhere."""

HIDDEN_HOSTS = [
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "127.0.1",
    "127.0.0.01",
    "127.0.0.1.",
    "127.000.000.001",
    "0",
    "1.2.3.4.5",
    "256.1.1.1",
    "169.254.43518",
    "１２７.0.0.1",
    "127。0。0。1",
    "①②⑦.0.0.1",
    "[fe80::1%25eth0]",
    "[::1%lo]",
    "[v1.fe80]",
    "[::ffff:127.0.0.1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "ｌocalhost",
    "router",
    "metadata.google.internal",
    "printer.local",
    "nas.home.arpa",
    "wiki.corp",
    "127.0.0.1%2f.example.org",
    "127.0.0.1%00.example.org",
    "exa_mple..org",
    "-example.org",
    "a" * 64 + ".org",
    ".".join(["abcdefg"] * 40),
]
"""The same in notations that programs read in different ways, and names of the inside."""

ODD_ADDRESSES = [
    "",
    "example.org",
    "//example.org/",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "gopher://example.org:6379/_FLUSHALL",
    "dict://example.org:11211/stats",
    "ftp://example.org/",
    "ldap://example.org/",
    "jar:http://example.org/!/",
    "data:text/html,x",
    "javascript:alert(1)",
    "http:",
    "http://",
    "http:///",
    "http:///example.org/",
    "http:example.org",
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1#@example.org/",
    "http://example.org\\@127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http://example.org/\\..\\x",
    " http://example.org/",
    "http://example.org/ x",
    "http://example.org/\r\nHost: 127.0.0.1",
    "http://example.org/\tx",
    "http://example.org/\0",
    "http://exam\u200bple.org/",
    "http://example.org/\u202egpj.exe",
    "http://exa\u00admple.org/",
    "http://example.org/\ud800",
    "http://example.org:0/",
    "http://example.org:65536/",
    "http://example.org:-1/",
    "http://example.org:8o/",
    "http://[::1/",
    "http://]/",
    "http://example.org/" + "a" * 5000,
]

_EVENTS: list[tuple[str, object]] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        _EVENTS.append((event, arguments[1] if event == "socket.connect" else arguments[0]))


sys.addaudithook(_note)


@pytest.fixture
def canary() -> Iterator[Server]:
    """A server inside, which nobody may reach."""
    with serving({}) as server:
        _EVENTS.clear()
        yield server
    assert server.connections == 0


def refused(url: str, network: Network = INTERNET, limits: FetchLimits = HASTE) -> str:
    with pytest.raises(FetchRefused) as caught:
        fetch(url, now=NOW, limits=limits, network=network)
    return str(caught.value)


def _without_port(host: str) -> str:
    return host.replace("[", "").replace("]", "")


@pytest.mark.parametrize("host", [*INNER_HOSTS, *HIDDEN_HOSTS])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_form_of_an_inner_address_is_connected_to_or_looked_up(
    canary: Server, scheme: str, host: str
) -> None:
    told = refused(f"{scheme}://{host}:{canary.port}/latest/meta-data/")
    assert _EVENTS == []
    assert told.count("; ") >= 1, "what was found, and what was expected or to be done"
    if host in INNER_HOSTS:
        assert re.search(r"leads to \S+, which is not a public address \(.+\);", told)


@pytest.mark.parametrize("url", ODD_ADDRESSES)
def test_what_is_no_address_of_the_web_is_refused_before_anything_is_asked(url: str) -> None:
    _EVENTS.clear()
    told = refused(url)
    assert _EVENTS == []
    assert told.isprintable(), "a message stays on its line"


@pytest.mark.parametrize("host", INNER_HOSTS)
def test_a_name_that_leads_inside_is_not_followed(canary: Server, host: str) -> None:
    inner = _without_port(host)
    web = Web({"example.org": [[inner]]}, {inner: canary.port})
    told = refused("http://example.org/", web.network)
    assert told.startswith(f"'http://example.org/' leads to {inner}, which is not a public address")
    assert web.reached == []


@pytest.mark.parametrize("answers", [[PUBLIC, "10.0.0.1"], ["fd00::1", ALSO_PUBLIC, PUBLIC]])
def test_a_name_with_one_inner_address_among_public_ones_is_not_followed(
    answers: Sequence[str],
) -> None:
    web = Web({"example.org": [answers]}, {})
    assert "which is not a public address (a private network)" in refused(
        "http://example.org/", web.network
    )
    assert web.reached == []


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "0x7f000001"])
def test_no_redirect_leads_inside(canary: Server, code: int, host: str) -> None:
    inner = f"http://{host}:{canary.port}/"
    with site({"/": redirect(inner, code)}) as (web, _):
        refused("http://example.org/", web.network)
    assert web.reached == [PUBLIC]


@pytest.mark.parametrize(
    "location",
    [
        *(url for url in ODD_ADDRESSES if url.partition(":")[0].lower() in {"file", "gopher"}),
        "//127.0.0.1/",
        "//localhost/",
        "\\\\127.0.0.1\\",
        "/\\127.0.0.1/",
        "http://example.org@127.0.0.1/",
        "http://inner.example.org/",
        "http://example.org:22/",
        "http://example.org:6379/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://[",
        "http://exa mple.org/",
        "/\u202e",
        "/\xa0",
    ],
)
def test_no_redirect_leads_to_another_scheme_port_or_notation(location: str) -> None:
    with site({"/": redirect(location)}) as (web, server):
        web.names["inner.example.org"] = [["192.168.0.1"]]
        refused("http://example.org/", web.network)
    assert web.reached == [PUBLIC]
    assert server.connections == 1


def test_a_port_that_the_user_named_stays_allowed_in_redirects() -> None:
    handlers = {"/": redirect("http://example.org:8080/end"), "/end": page("here")}
    with site(handlers) as (web, _):
        url = "http://example.org:8080/"
        assert fetch(url, now=NOW, network=web.network).data == b"here"
        assert "expected the ports 80 and 443" in refused("http://example.org/", web.network)


@pytest.mark.parametrize(
    "handler",
    [
        page('<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">'),
        page("x", "text/html", "Refresh: 0;url=http://127.0.0.1/"),
        page("x", "text/html", "Location: http://127.0.0.1/"),
        page("x", "text/html", 'Alt-Svc: h2="127.0.0.1:80"', "Content-Location: http://10.0.0.1/"),
    ],
    ids=["meta refresh", "Refresh", "Location without redirect", "Alt-Svc"],
)
def test_what_only_a_browser_would_follow_is_not_followed(canary: Server, handler: Handler) -> None:
    with site({"/": handler}) as (web, server):
        fetched = fetch("http://example.org/", now=NOW, network=web.network)
    assert fetched.final_url == "http://example.org/"
    assert (server.connections, web.asked, web.reached) == (1, ["example.org"], [PUBLIC])
    assert canary.connections == 0


def test_a_name_that_changes_its_mind_is_asked_once(canary: Server) -> None:
    """DNS rebinding: public when it is checked, inside when it is asked again."""
    with site({"/": page("public")}) as (web, _):
        web.names["example.org"] = [[PUBLIC], ["127.0.0.1"]]
        web.servers["127.0.0.1"] = canary.port
        fetched = fetch("http://example.org/", now=NOW, network=web.network)
    assert fetched.data == b"public"
    assert (web.asked, web.reached) == (["example.org"], [PUBLIC])


def test_a_name_that_changes_its_mind_between_redirects_is_refused(canary: Server) -> None:
    with site({"/": redirect("/again")}) as (web, _):
        web.names["example.org"] = [[PUBLIC], ["127.0.0.1"]]
        web.servers["127.0.0.1"] = canary.port
        told = refused("http://example.org/", web.network)
    assert "'http://example.org/again' leads to 127.0.0.1, which is not a public" in told
    assert web.reached == [PUBLIC]


def test_the_real_look_up_and_connection_refuse_inside(canary: Server) -> None:
    """Even where names are believed, as they would be with a name that leads here."""
    found = look_up("localhost", canary.port, 5)
    assert "127.0.0.1" in found
    network = Network(look_up=lambda *_: found)
    assert "(this computer)" in refused(f"http://example.org:{canary.port}/", network)
    with pytest.raises(FetchRefused, match=r"127\.0\.0\.1 is not a public address \(this computer"):
        connect("127.0.0.1", canary.port, 5)


def test_a_connection_whose_other_end_is_another_is_closed() -> None:
    with serving({}) as server:
        connection = socket.create_connection(("127.0.0.1", server.port), 5)
        with pytest.raises(FetchRefused, match=rf"a connection to {PUBLIC} reached 127\.0\.0\.1"):
            check_peer(connection, PUBLIC)
        assert connection.fileno() == -1
        assert server.requests in ([], [b""])


def test_a_look_up_that_takes_too_long_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> list[object]:
        time.sleep(1.5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    began = time.monotonic()
    told = refused("http://example.org/", limits=FetchLimits(seconds=0.3))
    assert time.monotonic() - began < 1
    assert "gave no whole answer within 0.3 seconds; try again later, or save it" in told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            socket.gaierror(socket.EAI_AGAIN, "Try again"),
            "its name cannot be looked up at the moment",
        ),
        (OSError(101, "Network is unreachable"), "the system says: network is unreachable"),
    ],
)
def test_a_look_up_that_fails_is_told(
    monkeypatch: pytest.MonkeyPatch, error: OSError, told: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Unreachable, match=told):
        fetch("http://example.org/", now=NOW)


def test_nothing_is_remembered_from_one_exchange_to_the_next() -> None:
    cookie = "HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n"
    with site({"/": says(cookie), "/end": page("here")}) as (web, server):
        fetch("http://example.org/", now=NOW, network=web.network)
    assert b"ookie" not in server.requests[1]


def test_no_password_is_given_where_one_is_asked_for() -> None:
    ask = 'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'
    with site({"/": says(ask)}) as (web, server):
        assert "answered 401 (unauthorized)" in refused("http://example.org/", web.network)
    assert server.connections == 1


@pytest.mark.parametrize("name", HANDLERS)
def test_a_hostile_server_is_left_in_bounded_time(name: str) -> None:
    handler, told = HANDLERS[name]
    began = time.monotonic()
    with site({"/": handler}) as (web, _):
        assert re.search(told, refused("http://example.org/", web.network))
    assert time.monotonic() - began < 4


@pytest.mark.slow
def test_all_hostile_servers_cost_less_than_10_seconds_and_512_mebibytes_each() -> None:
    """With the usual limits, each visit in a process of its own."""
    paths = {name: "/" if name == "a circle" else "/" + quote(name) for name in HANDLERS}
    handlers = {paths[name]: handler for name, (handler, _) in HANDLERS.items()}
    big = page(bytes(range(256)) * (1 << 18))
    with serving({**handlers, "/64-mebibytes": big}) as server:
        found = {
            path: _alone(server.port, f"http://example.org{path}")
            for path in [*paths.values(), "/64-mebibytes"]
        }
    assert found["/64-mebibytes"]["told"] == f"{64 << 20} bytes"
    for name, path in paths.items():
        assert re.search(HANDLERS[name][1], str(found[path]["told"])), name
    assert max(float(one["seconds"]) for one in found.values()) < 10
    assert max(int(one["peak"]) for one in found.values()) < 512 << 20


def _alone(port: int, url: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.archive.hostile", str(port), url],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    return {key: str(value) for key, value in json.loads(done.stdout).items()}
