"""Fetching what a web address shows, without ever reaching an inner machine.

Nothing is fetched unless somebody asks for it by calling this. Each address is checked anew,
those that redirects name too; ``docs/archive.md`` lists what is guarded against.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import Message
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.archive.fetch_limits import USUAL, FetchLimits
from claims.archive.fetched import Fetched
from claims.archive.network import INTERNET, Deadline, Network
from claims.archive.web_address import PORTS, WebAddress, read_address
from claims.errors import FetchRefused, SetupError, Unreachable

if TYPE_CHECKING:
    from claims.archive.conversation import Answer

_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_FAILED = 500
_WHOLE = frozenset({200, 203})


def fetch(
    url: str, *, now: datetime, limits: FetchLimits = USUAL, network: Network = INTERNET
) -> Fetched:
    """Fetch what an address shows, to be kept as a source.

    Args:
        url: the address, of scheme http or https.
        now: when this happens.
        limits: how much may come, and how long it may take.
        network: how names are looked up and connections made.

    Raises:
        FetchRefused: the address is none that is fetched or leads to an inner machine, or the
            answer is too large, broken or no page.
        NoSuchName: the name in it is not known.
        Unreachable: no whole answer came, or the server says that it failed.
        SetupError: the packages for this are not installed.
    """
    fetched = visit(url, now=now, limits=limits, network=network)
    if fetched.status in _WHOLE:
        return fetched
    answered = f"{fetched.final_url!r} answered {fetched.status} ({status_words(fetched.status)})"
    if fetched.status >= _FAILED:
        message = f"{answered}; expected the page itself: try again later"
        raise Unreachable(message)
    advice = (
        "look for an archived copy of it"
        if fetched.status in _GONE
        else "open it in a browser, save the page and add the file"
    )
    message = f"{answered}; expected the page itself: {advice}"
    raise FetchRefused(message)


def visit(
    url: str,
    *,
    now: datetime,
    limits: FetchLimits = USUAL,
    network: Network = INTERNET,
    method: str = "GET",
) -> Fetched:
    """Ask an address and follow its redirects, whatever status the last answer has.

    Args and errors are those of :func:`fetch`; ``method`` may be ``HEAD`` to see the status only.
    """
    ask = _asking()
    first = address = read_address(url)
    deadline = Deadline.after(limits.seconds)
    answers: list[Answer] = []
    while True:
        answers.append(ask(address, method, limits, network, deadline))
        location = answers[-1].header("location")
        if answers[-1].status not in _REDIRECTS or not location:
            return _fetched(url, answers, now, limits)
        address = _next(address, location, first)
        _refuse_round(address, answers, limits)


def status_words(status: int) -> str:
    """What a status of HTTP means, in words."""
    from http import HTTPStatus  # noqa: PLC0415 -- only failures need it

    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return "a status that HTTP does not know"


def _asking() -> Callable[[WebAddress, str, FetchLimits, Network, Deadline], Answer]:
    """What asks an address, with the packages that this needs."""
    try:
        for package in ("certifi", "idna", "warcio"):
            import_module(package)
        from claims.archive.conversation import ask  # noqa: PLC0415 -- who fetches pays for it
    except ModuleNotFoundError as error:
        message = (
            f"fetching needs the package {error.name}, which is not installed;"
            " install it with: pip install 'claims[archive]'"
        )
        raise SetupError(message) from None
    return ask


def _next(address: WebAddress, location: str, first: WebAddress) -> WebAddress:
    """Where a redirect leads: not to the ports of other services, unless the user named one."""
    following = address.followed(location)
    if following.port not in {*PORTS.values(), first.port}:
        message = (
            f"{address.url!r} redirects to {following.url!r}; expected the ports 80 and 443:"
            " give that address itself if you trust it"
        )
        raise FetchRefused(message)
    return following


def _refuse_round(address: WebAddress, answers: Sequence[Answer], limits: FetchLimits) -> None:
    start = answers[0].address.url
    if address.url in {answer.address.url for answer in answers}:
        message = (
            f"{start!r} redirects in a circle, back to {address.url!r};"
            " open it in a browser, save the page and add the file"
        )
        raise FetchRefused(message)
    if len(answers) > limits.redirects:
        message = (
            f"{start!r} redirects more than {limits.redirects} times, at last to {address.url!r};"
            " give the address where it ends"
        )
        raise FetchRefused(message)


def _fetched(url: str, answers: Sequence[Answer], now: datetime, limits: FetchLimits) -> Fetched:
    from claims.archive.warc_write import warc  # noqa: PLC0415 -- needs the extra's packages

    last, tool = answers[-1], f"claims {version('claims')}"
    told = Message()
    told["content-type"] = last.header("content-type") or "application/octet-stream"
    return Fetched(
        requested_url=url,
        final_url=last.address.url,
        status=last.status,
        media_type=told.get_content_type(),
        data=last.content(limits.size),
        warc=warc(answers, now, tool),
        fetched_at=now,
        tool=tool,
        redirects=tuple(answer.address.url for answer in answers[:-1]),
        moved_to=_moved_to(answers),
        charset=told.get_content_charset("") or "",
        notes=tuple(_notes(answers)),
    )


def _moved_to(answers: Sequence[Answer]) -> str:
    """Where the permanent redirects that begin a chain lead, or nothing."""
    moved = ""
    for answer, following in pairwise(answers):
        if answer.status not in _PERMANENT:
            break
        moved = following.address.url
    return moved


def _notes(answers: Sequence[Answer]) -> list[str]:
    return [
        f"{answer.address.url} leads to {following.address.url} without encryption:"
        " anybody on the way could have changed what came"
        for answer, following in pairwise(answers)
        if (answer.address.scheme, following.address.scheme) == ("https", "http")
    ]
