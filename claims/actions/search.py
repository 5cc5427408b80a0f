"""Finding what is held by its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.search_names import Belonging, Named, Names
from claims.analysis.records import ENTITIES, Record, Topic
from claims.analysis.search_query import (
    Query,
    Snippet,
    Term,
    parse_query,
    rank,
    snippet,
    unread_filters,
)
from claims.analysis.search_texts import SEARCHED, texts
from claims.errors import InputRefused
from claims.store.access import Access
from claims.store.search import holding
from claims.store.search_scope import of_topic

_KINDS: Mapping[str, type[Record]] = {
    kind.entity: kind for kind in ENTITIES if kind.entity in SEARCHED
}
_KIND_AT = tuple(_KINDS.values())
_ORDER = {entity: place for place, entity in enumerate(_KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What to look for (see :mod:`claims.analysis.search_query`), and where.

    ``entity`` adds one to those that the query names by ``in:``; ``topic`` is a topic by any of
    its names; ``limit`` and ``offset`` count hits.
    """

    query: str
    entity: str | None = None
    topic: str | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record that was found.

    ``snippet`` is a part of its text as it was written; ``of`` is what it belongs to, the
    nearest first; ``rank`` is larger for a better answer and has no unit.
    """

    entity: str
    id: UUID
    key: str | None
    name: str
    snippet: Snippet | None
    of: tuple[Belonging, ...]
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What was found: in all, by entity, and the hits asked for, the best first.

    Where nothing was found: ``alone`` says how many records hold each part of the query by
    itself. ``unread`` are the parts that look like a filter and were read as plain words.
    """

    total: int
    counts: Mapping[str, int]
    hits: tuple[Hit, ...]
    alone: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A record that answers, in the order of hits: better ones first, then kinds, then age."""

    worse: float
    order: int
    number: int
    record: UUID

    @property
    def kind(self) -> type[Record]:
        return _KIND_AT[self.order]

    @property
    def place(self) -> tuple[float, int, int]:
        return self.worse, self.order, self.number


def search(session: Session, actor: Actor, request: SearchRequest, now: datetime) -> SearchResult:
    """The records that answer a query, the best first; the same on every engine.

    Hidden records are neither found nor counted, and weigh nothing in the order of the others.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks.
        request: what to look for.
        now: not used; every action has the same shape.

    Raises:
        InputRefused: there is no word to look for, or an entity, limit or offset that is none.
        NotFound: there is no such topic.
        NotPermitted: the actor may not read.
    """
    del now
    actor.require(Doing.READ)
    query, entities = _asked(request)
    seen = access(session, actor)
    within = None if request.topic is None else _within(seen, request.topic)
    found = _answers(seen, query, entities, within)
    names = Names(seen)
    chosen = found[request.offset : request.offset + request.limit]
    counts = Counter(one.kind.entity for one in found)
    return SearchResult(
        total=len(found),
        counts={entity: counts[entity] for entity in _KINDS if counts[entity]},
        hits=_hits(seen, query, chosen, names),
        alone=() if found else _alone(seen, query, entities, within),
        unread=unread_filters(request.query),
    )


def _asked(request: SearchRequest) -> tuple[Query, Collection[str]]:
    if request.limit < 1 or request.offset < 0:
        message = (
            f"a limit of {request.limit} after {request.offset} hits is none;"
            " ask for at least 1 hit, after 0 or more"
        )
        raise InputRefused(message)
    chosen = None if request.entity is None else request.entity.lower().replace("-", "_")
    if chosen is not None and chosen not in _KINDS:
        message = f"{request.entity!r} is not searched; choose one of {', '.join(_KINDS)}"
        raise InputRefused(message)
    query = parse_query(request.query)
    named = query.entities | ({chosen} if chosen else set())
    return query, named or tuple(_KINDS)


def _within(seen: Access, topic: str) -> Mapping[str, set[UUID]]:
    found, _ = seen.find(Topic, topic)
    return of_topic(seen.session, found.id, seen.clearance)


def _answers(
    seen: Access,
    query: Query,
    entities: Collection[str],
    within: Mapping[str, set[UUID]] | None,
) -> list[_Found]:
    """All visible records that answer, in the order of hits."""
    found = [
        _Found(-good, _ORDER[entry.entity], entry.number, entry.record)
        for entry in holding(seen.session, query, entities)
        if within is None or entry.record in within.get(entry.entity, ())
        if (good := rank(query, entry.words)) is not None
    ]
    visible = {
        record for kind, some in _by_kind(found).items() for record in seen.visible(kind, some)
    }
    return sorted((one for one in found if one.record in visible), key=lambda one: one.place)


def _by_kind(found: Sequence[_Found]) -> Mapping[type[Record], list[UUID]]:
    ids: defaultdict[type[Record], list[UUID]] = defaultdict(list)
    for one in found:
        ids[one.kind].append(one.record)
    return ids


def _hits(seen: Access, query: Query, chosen: list[_Found], names: Names) -> tuple[Hit, ...]:
    held = {
        record.id: record
        for kind, some in _by_kind(chosen).items()
        for record in seen.records(kind, some)
    }
    named = names.of([held[one.record] for one in chosen])
    return tuple(_hit(query, one, held[one.record], named[one.record]) for one in chosen)


def _hit(query: Query, found: _Found, record: Record, named: Named) -> Hit:
    return Hit(
        entity=record.entity,
        id=record.id,
        key=record.key,
        name=named.name,
        snippet=snippet(query, texts(record)),
        of=named.of,
        rank=-found.worse,
    )


def _alone(
    seen: Access,
    query: Query,
    entities: Collection[str],
    within: Mapping[str, set[UUID]] | None,
) -> tuple[tuple[str, int], ...]:
    def count(term: Term) -> int:
        return len(_answers(seen, Query((term,)), entities, within))

    return tuple((term.shown, count(term)) for term in query.terms)
