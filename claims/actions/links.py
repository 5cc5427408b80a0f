"""Looking at the addresses of documents: which still show the source, and what is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.links_compare import Comparing
from claims.analysis.audit.case import LinkState
from claims.analysis.blank import NO_HASH
from claims.analysis.records import Document, Passage, Snapshot
from claims.archive.fetch_limits import USUAL, FetchLimits
from claims.archive.links import Link, check_link
from claims.archive.network import INTERNET, Network
from claims.archive.store import Archive
from claims.store.access import Access
from claims.store.cited import passages_of, snapshots_of

SPACING = 1.0
"""Seconds between two questions to one host, so that nobody is troubled by them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksRequest:
    """Whose addresses are looked at: of the documents named, or of all.

    ``archive`` is where the copies lie with which the pages are compared; without it only their
    bytes are. ``pause`` waits so many seconds, ``tell`` is told how many addresses of how many
    are done.
    """

    documents: tuple[str, ...] = ()
    archive: Archive | None = None
    limits: FetchLimits = USUAL
    network: Network = INTERNET
    pause: Callable[[float], None] = time.sleep
    tell: Callable[[int, int], None] = field(default=lambda done, total: None)  # noqa: ARG005


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """An address of a document and what became of it.

    ``archived`` says whether a copy of the document is held, and ``archived_at`` when the newest
    was captured, where that is known.
    """

    document: UUID
    key: str | None
    title: str
    link: Link
    archived: bool
    archived_at: datetime | None

    @property
    def lost(self) -> bool:
        """Whether nobody can see any more what the document says: dead, and no copy held."""
        return self.link.state is LinkState.DEAD and not self.archived


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksResult:
    """What became of each address, in the order of the documents; the cited one before others."""

    links: tuple[DocumentLink, ...]

    @property
    def lost(self) -> tuple[DocumentLink, ...]:
        """Those that are dead and of which nothing is archived."""
        return tuple(one for one in self.links if one.lost)

    @property
    def states(self) -> Mapping[UUID, LinkState]:
        """What became of the address of each document that has one, as the audit asks for it."""
        return {one.document: one.link.state for one in reversed(self.links)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """One address of a document, and the copy that it is compared with."""

    document: Document
    url: str
    copies: tuple[Snapshot, ...]

    @property
    def copy(self) -> Snapshot | None:
        """The newest copy that came from this address, else the newest."""
        own = [one for one in self.copies if self.url in {one.requested_url, one.final_url}]
        return next(reversed(own or self.copies), None)


def check_links(
    session: Session, actor: Actor, request: LinksRequest, now: datetime
) -> LinksResult:
    """Look at the addresses of documents, in the network, because somebody asked for it.

    The address that a document cites is looked at, and the one its newest copy came from, where
    that is another. Servers are asked one after the other, and none twice within a second.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; documents that they may not see are not looked at.
        request: which documents, and how.
        now: when this happens.

    Raises:
        NotFound: a name in the request names nothing that may be seen.
        InputRefused: several documents could be meant.
        SetupError: the packages for this are not installed.
    """
    actor.require(Doing.READ)
    seen = access(session, actor)
    asked = [one for document in _documents(seen, request) for one in _asked(session, document)]
    turns = _Turns(request.pause)
    links = []
    for done, one in enumerate(asked):
        request.tell(done, len(asked))
        turns.wait(one.url)
        links.append(_looked_at(seen, one, request, now))
    request.tell(len(asked), len(asked))
    return LinksResult(links=_unless_alone(links))


_ALONE = "no name of any address is known here; is this computer connected? look again when it is"


def _unless_alone(links: Sequence[DocumentLink]) -> tuple[DocumentLink, ...]:
    """The links; where no name of several hosts is known, nothing is called dead for that."""
    hosts = {urlsplit(one.link.url).hostname for one in links}
    nameless = all(one.link.state is LinkState.DEAD and one.link.status is None for one in links)
    if len(hosts) < 2 or not nameless:  # noqa: PLR2004 (one name alone may be gone for good)
        return tuple(links)
    unsure = (replace(one.link, state=LinkState.UNREACHABLE, reason=_ALONE) for one in links)
    return tuple(replace(one, link=link) for one, link in zip(links, unsure, strict=True))


def _documents(seen: Access, request: LinksRequest) -> list[Document]:
    if not request.documents:
        return seen.records(Document)
    found = [seen.find(Document, name)[0] for name in request.documents]
    return list({one.id: one for one in found}.values())


def _asked(session: Session, document: Document) -> list[_Asked]:
    copies = tuple(one for one in snapshots_of(session, document.id) if one.sha256 != NO_HASH)
    newest = copies[-1].final_url if copies else None
    named = [str(url).strip() for url in (document.csl.get("URL"), newest) if url]
    different: dict[str, str] = {}
    for url in named:
        different.setdefault(url.partition("#")[0], url)
    return [_Asked(document, url, copies) for url in different.values()]


def _looked_at(seen: Access, asked: _Asked, request: LinksRequest, now: datetime) -> DocumentLink:
    copy, difference = asked.copy, None
    if copy is not None:
        passages = seen.records(
            Passage, [one.id for one in passages_of(seen.session, asked.document.id)]
        )
        own = tuple(one for one in passages if one.snapshot == copy.id)
        difference = Comparing(copy, request.archive, own).difference
    link = check_link(
        asked.url, now=now, difference=difference, limits=request.limits, network=request.network
    )
    return DocumentLink(
        document=asked.document.id,
        key=asked.document.key,
        title=asked.document.title,
        link=link,
        archived=copy is not None,
        archived_at=copy.captured_at if copy else None,
    )


class _Turns:
    """Whose turn it is: no host is asked again before a while has passed."""

    def __init__(self, pause: Callable[[float], None]) -> None:
        self._pause = pause
        self._asked: dict[str, float] = {}

    def wait(self, url: str) -> None:
        """Wait until the host of an address may be asked."""
        host = urlsplit(url).netloc.lower()
        asked = self._asked.get(host)
        if asked is not None and (left := asked + SPACING - time.monotonic()) > 0:
            self._pause(left)
        self._asked[host] = time.monotonic()
