"""What becomes of an address, told by whether and how its server answers."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from claims.analysis.audit.case import LinkState
from claims.archive.fetch_limits import FetchLimits
from claims.archive.fetched import Fetched
from claims.archive.links import Link, check_link
from tests.archive.web import PUBLIC, Handler, Web, page, redirect, says, site, status

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
URL = "http://example.org/report"
HASTE = FetchLimits(size=1 << 20, seconds=3, patience=0.5)


def waits(connection: socket.socket, _: bytes) -> None:
    connection.recv(1)


def looked_at(
    handlers: dict[str, Handler], difference: Callable[[Fetched], str] | None = None
) -> tuple[Link, list[str]]:
    """What became of the address, and the methods that it was asked with."""
    with site(handlers) as (web, server):
        link = check_link(URL, now=NOW, difference=difference, limits=HASTE, network=web.network)
    return link, [request.split(b" ")[0].decode() for request in server.requests]


def test_an_address_that_answers_is_alive_and_only_its_status_is_asked_for() -> None:
    assert looked_at({"/report": page("here")}) == (Link(URL, LinkState.ALIVE, NOW, 200), ["HEAD"])


@pytest.mark.parametrize("code", [403, 404, 405, 500, 501])
def test_a_server_that_gives_no_status_alone_is_asked_for_the_page(code: int) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        answer = page("here") if request.startswith(b"GET") else status(code)
        answer(connection, request)

    link, asked = looked_at({"/report": handle})
    assert (link.state, asked) == (LinkState.ALIVE, ["HEAD", "GET"])


def test_a_server_that_hangs_up_on_a_question_for_the_status_is_asked_for_the_page() -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        if request.startswith(b"GET"):
            page("here")(connection, request)

    link, asked = looked_at({"/report": handle})
    assert (link.state, asked) == (LinkState.ALIVE, ["HEAD", "GET"])


@pytest.mark.parametrize("code", [301, 308])
def test_an_address_that_moved_for_good_says_where(code: int) -> None:
    link, _ = looked_at({"/report": redirect("/new/report", code), "/new/report": page("here")})
    assert (link.state, link.moved_to) == (LinkState.MOVED, "http://example.org/new/report")
    assert link.reason == "it moved to http://example.org/new/report"


def test_an_address_that_leads_elsewhere_for_now_is_alive() -> None:
    link, _ = looked_at({"/report": redirect("/en", 302), "/en": page("here")})
    assert (link.state, link.moved_to) == (LinkState.ALIVE, "")


def test_moving_to_a_front_page_is_told_as_what_it_often_is() -> None:
    link, _ = looked_at({"/report": redirect("/", 301), "/": page("welcome")})
    assert link.state is LinkState.MOVED
    assert link.reason.endswith("a front page, as where the page itself is gone")


@pytest.mark.parametrize("code", [404, 410])
def test_an_address_whose_server_knows_nothing_of_it_is_dead(code: int) -> None:
    link, asked = looked_at({"/report": status(code)})
    assert (link.state, link.status, asked) == (LinkState.DEAD, code, ["HEAD", "GET"])
    assert link.reason.startswith(f"{URL} answered {code} (")


def test_an_address_that_moved_to_nothing_is_dead() -> None:
    link, _ = looked_at({"/report": redirect("/gone", 301)})
    assert (link.state, link.moved_to) == (LinkState.DEAD, "http://example.org/gone")


def test_an_address_whose_name_nobody_has_is_dead() -> None:
    link = check_link(URL, now=NOW, network=Web({}, {}).network)
    assert (link.state, link.status) == (LinkState.DEAD, None)
    assert "which no computer in the network has" in link.reason


@pytest.mark.parametrize("code", [401, 403, 429, 451, 500, 503])
def test_a_server_that_will_not_or_cannot_says_nothing_of_the_page(code: int) -> None:
    link, _ = looked_at({"/report": status(code)})
    assert (link.state, link.status) == (LinkState.UNREACHABLE, code)
    assert link.reason.endswith("; open it in a browser")


def test_a_server_that_takes_no_connections_or_no_time_is_unreachable() -> None:
    closed = check_link(URL, now=NOW, network=Web({"example.org": [[PUBLIC]]}, {}).network)
    silent, _ = looked_at({"/report": waits})
    assert closed.state is silent.state is LinkState.UNREACHABLE
    assert "takes no connections; try again later" in closed.reason
    assert "try again later" in silent.reason


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "ftp://example.org/", "doi:10.1000/182"])
def test_what_is_not_fetched_is_not_looked_at(url: str) -> None:
    link = check_link(url, now=NOW)
    assert (link.state, link.status) == (LinkState.REFUSED, None)
    assert link.reason


def test_a_redirect_inside_is_not_looked_at() -> None:
    link, _ = looked_at({"/report": redirect("http://10.0.0.1/", 301)})
    assert link.state is LinkState.REFUSED
    assert "leads to 10.0.0.1, which is not a public address" in link.reason


def test_what_is_compared_is_asked_for_as_a_whole() -> None:
    given: list[Fetched] = []

    def difference(seen: Fetched) -> str:
        given.append(seen)
        return "it says less" if b"less" in seen.data else ""

    same, asked = looked_at({"/report": page("here")}, difference)
    other, _ = looked_at({"/report": page("less")}, difference)
    assert (same.state, asked) == (LinkState.ALIVE, ["GET"])
    assert (other.state, other.reason) == (LinkState.CHANGED, "it says less")
    assert [seen.data for seen in given] == [b"here", b"less"]


def test_changes_weigh_more_than_moves_and_are_not_looked_for_where_nothing_answers() -> None:
    moved = {"/report": redirect("/new", 301), "/new": page("here")}
    link, _ = looked_at(moved, lambda _: "it says less")
    assert (link.state, link.moved_to) == (LinkState.CHANGED, "http://example.org/new")
    compared: list[Fetched] = []

    def difference(seen: Fetched) -> str:
        compared.append(seen)
        return "it says less"

    gone, _ = looked_at({"/report": status(404, "other words")}, difference)
    assert (gone.state, compared) == (LinkState.DEAD, [])


def test_an_answer_that_breaks_the_rules_is_not_looked_at_further() -> None:
    link, _ = looked_at({"/report": says("220 mail\r\n\r\n")})
    assert link.state is LinkState.REFUSED
    assert "does not answer in HTTP" in link.reason
