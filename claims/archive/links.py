"""Looking what became of an address: whether it answers, where it moved, whether it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from claims.analysis.audit.case import LinkState
from claims.archive.fetch import status_words, visit
from claims.archive.fetch_limits import USUAL, FetchLimits
from claims.archive.fetched import Fetched
from claims.archive.network import INTERNET, Network
from claims.errors import FetchRefused, NoSuchName, Unreachable

_DEAD = frozenset({404, 410})
_ANSWERS = range(200, 300)


@dataclass(frozen=True, slots=True)
class Link:
    """What became of an address when it was looked at.

    ``status`` is that of the last answer, ``None`` where none came. ``moved_to`` is where
    redirects that are said to be permanent lead. ``reason`` is a sentence, empty where there is
    nothing to say.
    """

    url: str
    state: LinkState
    checked_at: datetime
    status: int | None = None
    moved_to: str = ""
    reason: str = ""


def check_link(
    url: str,
    *,
    now: datetime,
    difference: Callable[[Fetched], str] | None = None,
    limits: FetchLimits = USUAL,
    network: Network = INTERNET,
) -> Link:
    """What became of an address: alive, moved, changed, dead, unreachable, or not looked at.

    Args:
        url: the address.
        now: when this happens.
        difference: says in a sentence how what the address shows differs from what was archived,
            or nothing where it does not; without it only the status is asked for.
        limits: how much may come, and how long it may take.
        network: how names are looked up and connections made.

    Raises:
        SetupError: the packages for this are not installed.
    """
    try:
        seen = _seen(url, now, limits, network, whole=difference is not None)
        return _judged(seen, difference(seen) if difference and _answers(seen) else "")
    except NoSuchName as error:
        return Link(url, LinkState.DEAD, now, reason=str(error))
    except Unreachable as error:
        return Link(url, LinkState.UNREACHABLE, now, reason=str(error))
    except FetchRefused as error:
        return Link(url, LinkState.REFUSED, now, reason=str(error))


def _seen(
    url: str, now: datetime, limits: FetchLimits, network: Network, *, whole: bool
) -> Fetched:
    """What the address shows; its status alone where that is enough and the server gives it.

    Some servers answer a question for the status alone wrongly, or not at all.
    """
    if not whole:
        try:
            seen = visit(url, now=now, limits=limits, network=network, method="HEAD")
        except Unreachable:
            pass
        else:
            if _answers(seen):
                return seen
    return visit(url, now=now, limits=limits, network=network)


def _answers(seen: Fetched) -> bool:
    return seen.status in _ANSWERS


def _judged(seen: Fetched, changed: str) -> Link:
    state, reason = LinkState.ALIVE, changed
    if seen.status in _DEAD:
        state, reason = LinkState.DEAD, _answered(seen)
    elif not _answers(seen):
        state, reason = LinkState.UNREACHABLE, _answered(seen) + "; open it in a browser"
    elif changed:
        state = LinkState.CHANGED
    elif seen.moved_to:
        state, reason = LinkState.MOVED, f"it moved to {seen.moved_to}{_front_page(seen)}"
    return Link(seen.requested_url, state, seen.fetched_at, seen.status, seen.moved_to, reason)


def _answered(seen: Fetched) -> str:
    return f"{seen.final_url} answered {seen.status} ({status_words(seen.status)})"


def _front_page(seen: Fetched) -> str:
    """A page that leads to the front page of its site is often gone."""
    before, after = urlsplit(seen.requested_url), urlsplit(seen.final_url)
    if before.path.strip("/") and not after.path.strip("/"):
        return ", a front page, as where the page itself is gone"
    return ""
