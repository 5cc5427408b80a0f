"""Worlds of the analysis's tests, written to a database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.analysis.records import Passage, Project, Record
from claims.analysis.vocabulary import Role, Sensitivity
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.analysis.world import World, name

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
REVIEWER = Actor("Reviewer", Role.REVIEWER, Sensitivity.RESTRICTED)
PUBLIC = Actor("Colleague", Role.REVIEWER, Sensitivity.PUBLIC)


def store(engine: Engine, world: World) -> None:
    """Write everything that a world holds, in a project of its own."""
    with write_unit(engine) as session:
        add(session, Project(id=name("project", "it"), title="It"), *records(world))


def records(world: World) -> Iterator[Record]:
    """All records of a world, with the passages that its claims rest on."""
    yield world.topic
    for held in (world.parties, world.terms, world.places, world.sources, world.documents):
        yield from held.values()
    yield from world.questions.values()
    for key, claim in world.claims.items():
        yield passage(world, key)
        yield claim
    for group in (world.oppositions, world.source_relations, world.term_relations):
        yield from group
    for decided in (world.overrides, world.assessments, world.cross_checks):
        yield from decided


def passage(world: World, key: str) -> Passage:
    """The words that a claim of a world rests on."""
    claim = world.claims[key]
    said = claim.value.said if claim.value else "nothing"
    return Passage(id=claim.passages[0], document=claim.document, exact=said, language="en")


def add(session: Session, *made: Record) -> None:
    """Write records in the name of somebody."""
    Writer(session, "Coder", NOW).insert_all(made)
