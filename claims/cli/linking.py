"""``claims document links``: which addresses still show the source, and what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claims import actions
from claims.actions import LinksRequest
from claims.actions.links import DocumentLink
from claims.analysis.audit.case import LinkState
from claims.archive.network import INTERNET, Network
from claims.archive.store import Archive
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.guard import FINDINGS, OK
from claims.cli.printing import print_json, progress, say
from claims.report.inert import inert
from claims.store.unit import read_unit

_ID = 8
_STATE = max(len(state) for state in LinkState)


def links(
    ground: Ground, documents: Sequence[str], *, as_json: bool, network: Network = INTERNET
) -> int:
    """Print what became of each address; the exit code says whether a source is lost."""
    settings = existing(ground.settings())
    archive = None if settings.folder is None else Archive(settings.archive)
    request = LinksRequest(documents=tuple(documents), archive=archive, network=network, tell=_tell)
    with opened(settings) as engine, read_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        found = actions.check_links(session, actor, request, now())
    if as_json:
        print_json([_as_json(one) for one in found.links])
    else:
        _print(found.links)
    return FINDINGS if found.lost else OK


def _tell(done: int, total: int) -> None:
    progress(f"{done} of {total} addresses looked at")


def _print(found: Sequence[DocumentLink]) -> None:
    if not found:
        say("No document gives an address; give one with `claims document edit KEY --url …`.")
        return
    for one in found:
        name = inert(one.key or str(one.document)[:_ID])
        say(f"{one.link.state:<{_STATE}}  {name}  {inert(one.link.url)}")
        for line in _reasons(one):
            say(f"{'':<{_STATE}}  {inert(line)}")
    counted = Counter(one.link.state for one in found)
    told = ", ".join(f"{counted[state]} {state}" for state in LinkState if counted[state])
    lost = sum(one.lost for one in found)
    say()
    say(f"{len(found)} looked at: {told}; {lost} lost.")


def _reasons(one: DocumentLink) -> list[str]:
    """What there is to say of an address, and that a dead one is archived."""
    reasons = [one.link.reason] if one.link.reason else []
    if one.link.state is LinkState.DEAD:
        reasons.append(_kept(one))
    return reasons


def _kept(one: DocumentLink) -> str:
    if not one.archived:
        return "dead, and nothing is archived: look for a copy in a web archive and add it"
    on = f" on {one.archived_at:%Y-%m-%d}" if one.archived_at else ""
    return f"dead, but archived{on}"


def _as_json(one: DocumentLink) -> dict[str, object]:
    return {
        "document": str(one.document),
        "key": one.key,
        "title": one.title,
        "url": one.link.url,
        "state": one.link.state.value,
        "checked_at": one.link.checked_at.isoformat(),
        "status": one.link.status,
        "moved_to": one.link.moved_to or None,
        "reason": one.link.reason or None,
        "archived": one.archived,
        "archived_at": one.archived_at.isoformat() if one.archived_at else None,
        "lost": one.lost,
    }
