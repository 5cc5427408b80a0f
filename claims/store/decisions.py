"""What people decided about the claims of a topic, as far as one may see it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, or_

from claims.analysis.records import (
    Assessment,
    CrossCheck,
    Document,
    Inquiry,
    Merge,
    RelationOverride,
    Source,
    SourceRelation,
)
from claims.analysis.vocabulary import Sensitivity
from claims.store.clearance import visible
from claims.store.fetch import Fetch
from claims.store.tables import METADATA

Seen = Select[tuple[int]]
"""The rows of the claims that may be seen."""


def applies(table: Table, line: Sequence[int]) -> ColumnElement[bool]:
    """That something was recorded for one of these topics, or for all."""
    return or_(table.c.topic_pk.is_(None), table.c.topic_pk.in_(line))


def merges(fetch: Fetch, clearance: Sensitivity) -> list[Merge]:
    """The merges in force; one with an end that may not be seen is not there."""
    table = METADATA.tables["merge"]
    return fetch.records(Merge, table.c.undone.is_(False) & visible("merge", clearance))


def source_relations(
    fetch: Fetch,
    line: Sequence[int],
    clearance: Sensitivity,
    start: set[UUID],
    merged: Sequence[Merge] = (),
) -> list[SourceRelation]:
    """The relations that lead from these sources and documents, directly or by several steps.

    A relation with an end that may not be seen is not there, and leads nowhere. What was merged
    leads on like the record that it was merged with.
    """
    table = METADATA.tables["source_relation"]
    seen = visible("source_relation", clearance)
    found = fetch.records(SourceRelation, applies(table, line) & seen)
    same = [(one.kept, one.merged) for one in merged if one.of in _LEADING]
    reached = _reached(start, [*((one.a, one.b) for one in found), *same])
    return [one for one in found if one.a in reached]


_LEADING = {Source.entity, Document.entity}


def _reached(start: set[UUID], links: Sequence[tuple[UUID, UUID]]) -> set[UUID]:
    """All that links lead to from a start, in either direction."""
    reached, left = set(start), links
    while True:
        touching = [link for link in left if not reached.isdisjoint(link)]
        if not touching:
            return reached
        reached.update(*touching)
        left = [link for link in left if reached.isdisjoint(link)]


def assessments(fetch: Fetch, seen: Seen, sources: set[UUID]) -> list[Assessment]:
    """What was thought of these claims and sources."""
    columns = METADATA.tables["assessment"].c
    found = fetch.records(
        Assessment, or_(columns.claim_pk.in_(seen), columns.source_pk.is_not(None))
    )
    return [one for one in found if one.of == "claim" or one.target in sources]


def overrides(fetch: Fetch, seen: Seen) -> list[RelationOverride]:
    """What was decided about two of these claims."""
    columns = METADATA.tables["relation_override"].c
    return fetch.records(RelationOverride, columns.a_pk.in_(seen) & columns.b_pk.in_(seen))


def cross_checks(fetch: Fetch, topic: int, clearance: Sensitivity) -> list[CrossCheck]:
    """The inconsistencies that were noticed on a topic, but for those that name a hidden claim."""
    here = METADATA.tables["cross_check"].c.topic_pk == topic
    return fetch.records(CrossCheck, here & visible("cross_check", clearance))


def inquiries(fetch: Fetch, topic: int, clearance: Sensitivity) -> list[Inquiry]:
    """The searches that were made for a topic, as far as they may be seen."""
    here = METADATA.tables["inquiry"].c.topic_pk == topic
    return fetch.records(Inquiry, here & visible("inquiry", clearance))
