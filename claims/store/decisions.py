"""What people decided about the claims of a topic, as far as one may see it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, not_, or_, select

from claims.analysis.records import Assessment, CrossCheck, RelationOverride, SourceRelation
from claims.analysis.vocabulary import Sensitivity
from claims.store.clearance import (
    CLAIM,
    hidden_document,
    hidden_source,
    sees_all,
    visible_claims,
)
from claims.store.fetch import Fetch
from claims.store.tables import METADATA

Seen = Select[tuple[int]]
"""The rows of the claims that may be seen."""


def applies(table: Table, line: Sequence[int]) -> ColumnElement[bool]:
    """That something was recorded for one of these topics, or for all."""
    return or_(table.c.topic_pk.is_(None), table.c.topic_pk.in_(line))


def source_relations(
    fetch: Fetch, line: Sequence[int], clearance: Sensitivity, start: set[UUID]
) -> list[SourceRelation]:
    """The relations that lead from these sources and documents, directly or by several steps.

    A relation with an end that may not be seen is not there, and leads nowhere.
    """
    table = METADATA.tables["source_relation"]
    found = fetch.records(SourceRelation, applies(table, line) & _both_seen(table, clearance))
    reached, left = set(start), found
    while True:
        touching = [one for one in left if one.a in reached or one.b in reached]
        if not touching:
            return [one for one in found if one.a in reached]
        reached |= {end for one in touching for end in (one.a, one.b)}
        left = [one for one in left if one.a not in reached]


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
    columns = METADATA.tables["cross_check"].c
    condition = columns.topic_pk == topic
    if not sees_all(clearance):
        named = METADATA.tables["cross_check_claim"].c
        hidden = select(CLAIM.c.pk).where(not_(visible_claims(clearance)))
        touched = select(named.cross_check_pk).where(named.claim_pk.in_(hidden))
        condition &= columns.pk.not_in(touched)
    return fetch.records(CrossCheck, condition)


def _both_seen(table: Table, clearance: Sensitivity) -> ColumnElement[bool]:
    hidden = (
        rule(table.c[f"{end}_{kind}_pk"], clearance)
        for end in ("a", "b")
        for kind, rule in (("source", hidden_source), ("document", hidden_document))
    )
    return not_(or_(*hidden))
