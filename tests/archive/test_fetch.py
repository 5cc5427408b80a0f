"""Fetching from honest servers: what comes, how it is recorded, and what is said when none does."""

from __future__ import annotations

import gzip
import io
import ssl
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from claims import __version__
from claims.archive.extract import extract
from claims.archive.fetch import fetch, visit
from claims.archive.fetch_limits import FetchLimits
from claims.archive.fetched import Fetched
from claims.archive.network import trusted
from claims.errors import FetchRefused, NoSuchName, SetupError, Unreachable
from tests.archive.certificates import authority
from tests.archive.web import (
    ALSO_PUBLIC,
    PUBLIC,
    Handler,
    Web,
    page,
    redirect,
    says,
    site,
    status,
)

NOW = datetime(2026, 11, 30, 12, 0, 0, 250_000, tzinfo=UTC)
TEXT = "<p>Dozens of civilians were killed.</p>"
HASTE = FetchLimits(size=1 << 20, seconds=3, patience=1)


def got(web: Web, url: str = "http://example.org/", limits: FetchLimits = HASTE) -> Fetched:
    return fetch(url, now=NOW, limits=limits, network=web.network)


def refusal(handlers: dict[str, Handler], url: str = "http://example.org/") -> FetchRefused:
    with site(handlers) as (web, _), pytest.raises(FetchRefused) as caught:
        got(web, url)
    return caught.value


def test_a_page_is_fetched_with_all_that_is_told_about_it() -> None:
    with site({"/report?year=1992": page(TEXT)}) as (web, server):
        fetched = got(web, "HTTP://Example.ORG:80/report?year=1992#deaths")
    assert fetched.data == TEXT.encode()
    assert (fetched.status, fetched.media_type, fetched.charset) == (200, "text/html", "utf-8")
    assert fetched.requested_url == "HTTP://Example.ORG:80/report?year=1992#deaths"
    assert fetched.final_url == "http://example.org/report?year=1992"
    assert (fetched.redirects, fetched.moved_to, fetched.notes) == ((), "", ())
    assert (fetched.fetched_at, fetched.tool) == (NOW, f"claims {__version__}")
    assert server.connections == 1


def test_a_request_tells_the_program_and_nothing_about_who_uses_it() -> None:
    with site({"/": page(TEXT)}) as (web, server):
        got(web)
    head, *headers = server.requests[0].decode().strip().split("\r\n")
    assert head == "GET / HTTP/1.1"
    assert dict(line.split(": ", 1) for line in headers) == {
        "Host": "example.org",
        "User-Agent": f"claims/{__version__} (archives cited sources; one request at a time)",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def test_the_environment_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".netrc").write_text("machine example.org login somebody password secret\n")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    monkeypatch.setenv("HOME", str(home))
    with site({"/": page(TEXT)}) as (web, server):
        assert got(web).data == TEXT.encode()
    assert web.reached == [PUBLIC]
    assert b"secret" not in server.requests[0]
    assert b"uthorization" not in server.requests[0]


@pytest.mark.parametrize(
    ("packed", "coding"),
    [
        (gzip.compress(TEXT.encode(), mtime=0), "gzip"),
        (
            gzip.compress(TEXT[:9].encode(), mtime=0) + gzip.compress(TEXT[9:].encode(), mtime=0),
            "x-gzip",
        ),
        (zlib.compress(TEXT.encode()), "deflate"),
        (zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(TEXT.encode())[2:-4], "deflate"),
        (TEXT.encode(), "identity"),
        (gzip.compress(TEXT.encode(), mtime=0), "identity, GZIP"),
    ],
    ids=["gzip", "gzip in two parts", "deflate", "deflate without a frame", "plain", "a list"],
)
def test_a_packed_page_is_unpacked(packed: bytes, coding: str) -> None:
    with site({"/": page(packed, "text/html", f"Content-Encoding: {coding}")}) as (web, _):
        assert got(web).data == TEXT.encode()


def test_pieces_and_an_open_end_give_the_whole_page() -> None:
    pieces = (
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
    )
    until_the_end = "HTTP/1.0 200 OK\r\n\r\nabcde"
    with site({"/pieces": says(pieces), "/open": says(until_the_end)}) as (web, _):
        assert got(web, "http://example.org/pieces").data == b"abcde"
        assert got(web, "http://example.org/open").data == b"abcde"


def test_what_a_server_does_not_say_is_told_as_unknown() -> None:
    with site({"/": says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab")}) as (web, _):
        fetched = got(web)
    assert (fetched.media_type, fetched.charset) == ("application/octet-stream", "")


def test_a_name_in_other_letters_is_asked_for_in_ascii() -> None:
    with site({"/%D0%B4%D0%BE%D0%BA?q=%D1%8F": page(TEXT)}, "xn--e1afmkfd.xn--p1ai") as (
        web,
        server,
    ):
        fetched = got(web, "http://Пример.рф./док?q=я")
    assert fetched.final_url == "http://xn--e1afmkfd.xn--p1ai/%D0%B4%D0%BE%D0%BA?q=%D1%8F"
    assert b"Host: xn--e1afmkfd.xn--p1ai\r\n" in server.requests[0]


def test_redirects_are_followed_and_told() -> None:
    handlers = {
        "/old": redirect("http://www.example.org/new", 301),
        "/new": redirect("latest", 308),
        "/latest": redirect("//example.org/end", 307),
        "/end": page(TEXT),
    }
    with site(handlers, "example.org", "www.example.org") as (web, _):
        fetched = got(web, "http://example.org/old")
    assert fetched.final_url == "http://example.org/end"
    assert fetched.redirects == (
        "http://example.org/old",
        "http://www.example.org/new",
        "http://www.example.org/latest",
    )
    assert fetched.moved_to == "http://www.example.org/latest", "where the permanent ones lead"
    assert web.asked == ["example.org", "www.example.org", "www.example.org", "example.org"]


def test_redirects_in_other_letters_are_followed_as_they_are_meant() -> None:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
    handlers = {
        "/utf-8": says(head + "http://пример.рф/é".encode() + b"\r\n\r\n"),
        "/latin-1": says(head + b"/caf\xe9\r\n\r\n"),
        "/%C3%A9": page("in UTF-8"),
        "/caf%E9": page("in the bytes of Latin-1"),
    }
    with site(handlers, "example.org", "xn--e1afmkfd.xn--p1ai") as (web, _):
        assert got(web, "http://example.org/utf-8").data == b"in UTF-8"
        assert got(web, "http://example.org/latin-1").data == b"in the bytes of Latin-1"


def test_five_redirects_are_followed_and_six_are_not() -> None:
    handlers = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": page(TEXT)}
    with site(handlers) as (web, server):
        assert got(web, "http://example.org/1").final_url == "http://example.org/6"
        with pytest.raises(FetchRefused, match=r"redirects more than 5 times, at last to") as error:
            got(web, "http://example.org/0")
    assert "'http://example.org/6'; give the address where it ends" in str(error.value)
    assert server.connections == 6 + 6


def test_every_byte_of_every_exchange_stands_in_the_warc() -> None:
    body = gzip.compress(TEXT.encode(), mtime=0)
    head = (
        "HTTP/1.1 200 OK\r\nX-ODD:  kept \r\ncontent-type: text/html\r\nContent-Encoding: gzip\r\n"
    )
    answer = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    handlers = {"/a": redirect("/b", 301), "/b": says(answer + b"what follows is no part of it")}
    with site(handlers) as (web, server):
        fetched = got(web, "http://example.org/a")
    records = [
        (
            record.rec_type,
            record.rec_headers.get_header("WARC-Target-URI"),
            record.raw_stream.read(),
            dict(record.rec_headers.headers),
        )
        for record in ArchiveIterator(io.BytesIO(fetched.warc), no_record_parse=True)
    ]
    a, b = "http://example.org/a", "http://example.org/b"
    assert [record[:2] for record in records] == [
        ("warcinfo", None),
        ("response", a),
        ("request", a),
        ("response", b),
        ("request", b),
    ]
    assert [record[2] for record in records if record[0] == "request"] == server.requests
    assert records[3][2] == answer
    assert {record[3]["WARC-Date"] for record in records} == {"2026-11-30T12:00:00.250000Z"}
    assert {record[3].get("WARC-IP-Address") for record in records[1:]} == {PUBLIC}
    assert f"software: claims {__version__}".encode() in records[0][2]


def test_the_warc_is_read_again_by_its_own_checks() -> None:
    packed = gzip.compress(TEXT.encode())
    with site({"/": page(packed, "text/html", "Content-Encoding: gzip")}) as (web, _):
        fetched = got(web)
    bodies = []
    for record in ArchiveIterator(io.BytesIO(fetched.warc), check_digests="raise"):
        content = record.content_stream().read()
        assert record.digest_checker.passed is not False
        if record.rec_type == "response":
            bodies.append(content)
    assert bodies == [fetched.data]


def test_the_digest_of_a_body_in_pieces_is_that_of_the_whole() -> None:
    """As ISO 28500 has it: the payload is the body without its transfer coding."""
    pieces = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    digests = []
    with site({"/pieces": says(pieces), "/whole": page("abcde")}) as (web, _):
        for path in ("pieces", "whole"):
            fetched = got(web, f"http://example.org/{path}")
            digests += [
                record.rec_headers.get_header("WARC-Payload-Digest")
                for record in ArchiveIterator(io.BytesIO(fetched.warc))
                if record.rec_type == "response"
            ]
    assert digests[0] == digests[1]
    assert len(digests) == 2


@pytest.mark.parametrize(
    ("code", "found", "advice", "later"),
    [
        (404, "answered 404 (not found)", "look for an archived copy", False),
        (410, "answered 410 (gone)", "look for an archived copy", False),
        (403, "answered 403 (forbidden)", "save the page and add the file", False),
        (304, "answered 304 (not modified)", "save the page and add the file", False),
        (204, "answered 204 (no content)", "save the page and add the file", False),
        (599, "answered 599 (a status that HTTP does not know)", "try again later", True),
        (503, "answered 503 (service unavailable)", "try again later", True),
    ],
)
def test_what_is_no_page_is_refused_with_its_status(
    code: int, found: str, advice: str, later: bool
) -> None:
    handler = says(f"HTTP/1.1 {code} Whatever\r\nConnection: close\r\n\r\n")
    error = refusal({"/": handler})
    assert str(error).startswith(f"'http://example.org/' {found}; expected the page itself: ")
    assert advice in str(error)
    assert isinstance(error, Unreachable) == later


def test_a_visit_takes_any_status() -> None:
    with site({"/": status(404, "none")}) as (web, server):
        visited = visit("http://example.org/", now=NOW, network=web.network, method="HEAD")
    assert (visited.status, visited.data) == (404, b"")
    assert server.requests[0].startswith(b"HEAD / ")


def test_a_redirect_without_a_place_is_no_redirect() -> None:
    assert "answered 302 (found)" in str(refusal({"/": status(302)}))


def test_a_name_that_nobody_has_is_told() -> None:
    with pytest.raises(NoSuchName) as caught:
        got(Web({}, {}), "http://no-such-name.example.org/")
    assert str(caught.value) == (
        "'http://no-such-name.example.org/' names 'no-such-name.example.org', which no computer in"
        " the network has; check the spelling; if the site is gone, look for an archived copy of it"
    )


def test_a_server_that_takes_no_connections_is_told() -> None:
    web = Web({"example.org": [[PUBLIC]]}, {})
    with pytest.raises(Unreachable, match=r"cannot be reached: it takes no connections; try again"):
        got(web)


def test_the_next_address_of_a_name_is_tried_where_one_does_not_answer() -> None:
    with site({"/": page(TEXT)}) as (web, _):
        web.names["example.org"] = [[ALSO_PUBLIC, "8.8.8.8", PUBLIC]]
        assert got(web).data == TEXT.encode()
    assert web.reached == [ALSO_PUBLIC, "8.8.8.8", PUBLIC]


def test_both_kinds_of_address_are_tried_first() -> None:
    web = Web({"example.org": [["2606::1", "2606::2", "2606::3", PUBLIC, "8.8.8.8"]]}, {})
    with pytest.raises(Unreachable):
        got(web)
    assert web.reached == ["2606::1", PUBLIC, "2606::2", "2606::3", "8.8.8.8"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("", "broke off after 0 bytes"),
        ("HTTP/1.1 200 OK\r\nContent-Le", "broke off after 27 bytes"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "broke off after 41 bytes"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "broke off after 53"),
    ],
)
def test_an_answer_that_is_cut_off_is_told(answer: str, told: str) -> None:
    error = refusal({"/": says(answer)})
    assert isinstance(error, Unreachable)
    assert told in str(error)
    assert str(error).endswith("; try again later")


@pytest.mark.parametrize(
    "answer",
    [
        "220 mail.example.org ESMTP\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
    ],
)
def test_what_is_no_http_is_refused(answer: str) -> None:
    error = refusal({"/": says(answer)})
    assert not isinstance(error, Unreachable)
    assert "'http://example.org/' does not answer in HTTP (" in str(error)
    assert str(error).endswith("check the address")


@pytest.mark.parametrize(
    ("body", "coding", "told"),
    [
        (b"\x1b\x0c", "br", "is packed as 'br'; expected gzip, deflate or nothing"),
        (
            gzip.compress(gzip.compress(b"a", mtime=0), mtime=0),
            "gzip, gzip",
            "is packed as 'gzip, gzip'",
        ),
        (b"no gzip", "gzip", "is not packed as gzip, as it says, or damaged"),
        (gzip.compress(TEXT.encode(), mtime=0)[:-9], "gzip", "its packed body has no end"),
    ],
    ids=["br", "packed twice", "no gzip", "cut off"],
)
def test_what_cannot_be_unpacked_is_refused(body: bytes, coding: str, told: str) -> None:
    error = refusal({"/": page(body, "text/html", f"Content-Encoding: {coding}")})
    assert told in str(error)


def test_a_page_may_be_as_large_as_allowed() -> None:
    body = b"x" * HASTE.size
    with site(
        {"/": page(body), "/packed": page(gzip.compress(body), "a/b", "Content-Encoding: gzip")}
    ) as (web, _):
        assert got(web).data == body
        assert got(web, "http://example.org/packed").data == body


def test_a_redirect_to_an_address_without_encryption_is_told() -> None:
    trust, server_side = authority("example.org")
    with (
        site({"/": redirect("http://example.net/")}, tls=server_side) as (web, _),
        site({"/": page(TEXT)}) as (_, other),
    ):
        web.trust = trust
        web.names["example.net"] = [["8.8.8.8"]]
        web.servers["8.8.8.8"] = other.port
        (note,) = got(web, "https://example.org/").notes
    assert note == (
        "https://example.org/ leads to http://example.net/ without encryption:"
        " anybody on the way could have changed what came"
    )


def test_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)
    with pytest.raises(SetupError, match=r"warcio, .* pip install 'claims\[archive\]'"):
        got(Web({}, {}))


def test_an_encrypted_page_is_asked_for_by_its_name() -> None:
    trust, shown = authority("example.org")
    named: list[str | None] = []
    shown.sni_callback = lambda _, name, __: named.append(name)
    with site({"/": page(TEXT)}, tls=shown) as (web, server):
        web.trust = trust
        assert got(web, "https://example.org/").data == TEXT.encode()
    assert named == ["example.org"]
    assert b"Host: example.org\r\n" in server.requests[0]


@pytest.mark.parametrize(
    ("host", "days", "believed", "reason"),
    [
        ("example.org", 2, False, "unable to get local issuer certificate"),
        ("example.net", 2, True, "Hostname mismatch, certificate is not valid for 'example.org'."),
        ("example.org", -1, True, "certificate has expired"),
    ],
)
def test_a_server_that_does_not_prove_who_it_is_is_asked_for_nothing(
    host: str, days: int, believed: bool, reason: str
) -> None:
    trust, shown = authority(host, days=days)
    with site({"/": page(TEXT)}, tls=shown) as (web, server):
        if believed:
            web.trust = trust
        with pytest.raises(Unreachable) as caught:
            got(web, "https://example.org/")
    assert str(caught.value) == (
        f"'https://example.org/' does not prove that it is 'example.org': {reason};"
        " what it gives could be anybody's, so nothing was asked for"
    )
    assert server.requests == []


def test_a_server_without_encryption_is_no_encrypted_one() -> None:
    with site({"/": page(TEXT)}) as (web, _), pytest.raises(Unreachable) as caught:
        got(web, "https://example.org/")
    assert "cannot be reached: no encrypted connection came about" in str(caught.value)


def test_by_default_the_authorities_of_browsers_are_believed() -> None:
    context = trusted()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats()["x509_ca"] > 50


def test_what_was_fetched_in_pieces_is_read_again_without_complaint(tmp_path: Path) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    with site({"/": says(head + "7\r\nDozens \r\n10\r\nof people died.\n\r\n0\r\n\r\n")}) as (
        web,
        _,
    ):
        fetched = got(web)
    path = tmp_path / "page.warc.gz"
    path.write_bytes(fetched.warc)
    read = extract(path)
    assert read.text == "Dozens of people died.\n" == fetched.data.decode()
    assert read.notes == (
        f"The page is http://example.org/, captured at {NOW:%Y-%m-%dT%H:%M:%S.%f}Z.",
    )
