"""Which questions a record bears on: whose verdict may be another when the record changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, func, or_, select
from sqlalchemy.orm import Session

from claims.analysis.vocabulary import Sensitivity, ValueKind
from claims.store.clearance import CLAIM, DOCUMENT, SOURCE, SPEAKER, visible, visible_claims
from claims.store.lookup import batches, ids, numbers
from claims.store.tables import METADATA

QUESTION, TOPIC, MERGE, RELATION, TERM, PLACE = (
    METADATA.tables[name]
    for name in ("question", "topic", "merge", "source_relation", "term", "place")
)

Node = tuple[str, int]
"""A source, a document or a party: its entity and its ``pk``."""

N = TypeVar("N")

_SCOPED = ("measure", "population", "cause", "actor", "count_basis")


def bearing(session: Session, entity: str, records: Collection[UUID]) -> set[UUID]:
    """The questions that records of an entity bear on, as they are stored.

    Sources, documents and parties bear on what they are related to, as far as relations lead;
    terms, places and topics on what is narrower. Entities that decide no verdict bear on none.
    """
    held = set(numbers(session, entity, records).values())
    if not held:
        return set()
    if entity in {"source", "document", "party"}:
        return _of_voices(session, {(entity, pk) for pk in held})
    if entity == "claim":
        return _asked(session, held, CLAIM.c.pk)
    if entity == "term":
        return _of_terms(session, held)
    if entity == "place":
        return _of_places(session, held)
    return _of_topics(session, held) if entity == "topic" else set()


def every(session: Session) -> set[UUID]:
    """All questions."""
    return set(session.scalars(select(QUESTION.c.id)))


def read_together(session: Session, documents: Collection[UUID]) -> set[UUID]:
    """The questions on which something was read in any of these documents."""
    return _asked(session, numbers(session, "document", documents).values(), CLAIM.c.document_pk)


def carried(session: Session, entity: str, record: UUID, clearance: Sensitivity) -> dict[str, int]:
    """How many visible records of each kind name a source, a question or a document.

    These read as naming another one where the two are merged. Kinds without any are left out.
    """
    (pk,) = numbers(session, entity, [record]).values()
    found = {}
    for kind, columns in _NAMING[entity].items():
        table = METADATA.tables[kind]
        names = or_(*(_names(table, column, pk) for column in columns))
        statement = select(func.count()).select_from(table)
        found[kind] = session.scalar(statement.where(names, visible(kind, clearance))) or 0
    return {kind: count for kind, count in found.items() if count}


_NAMING: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "source": {
        "claim": ("speaker.source_pk",),
        "document": ("voice_pk",),
        "source_relation": ("a_source_pk", "b_source_pk"),
        "assessment": ("source_pk",),
        "inquiry": ("source_pk",),
    },
    "question": {
        "claim": ("question_pk",),
        "question": ("subset_of_pk",),
        "cross_check": ("cross_check_question.question_pk",),
        "inquiry": ("question_pk",),
    },
    "document": {
        "claim": ("document_pk", "speaker.document_pk"),
        "passage": ("document_pk",),
        "snapshot": ("document_pk",),
        "source_relation": ("a_document_pk", "b_document_pk"),
        "inquiry": ("document_pk",),
    },
}
"""By entity: the tables that name it and their columns, or those of a table of their parts."""


def _names(table: Table, column: str, pk: int) -> ColumnElement[bool]:
    part, _, name = column.rpartition(".")
    if not part:
        return table.c[name] == pk
    parts = METADATA.tables[part].c
    return table.c.pk.in_(select(parts[f"{table.name}_pk"]).where(parts[name] == pk))


def answers_in(session: Session, question: UUID, document: UUID) -> set[UUID]:
    """The claims on a question that were read in a document."""
    statement = (
        select(CLAIM.c.id)
        .join(QUESTION, QUESTION.c.pk == CLAIM.c.question_pk)
        .join(DOCUMENT, DOCUMENT.c.pk == CLAIM.c.document_pk)
        .where(QUESTION.c.id == question, DOCUMENT.c.id == document)
    )
    return set(session.scalars(statement))


def linked(
    session: Session, questions: Collection[UUID], more: Iterable[tuple[UUID, UUID]] = ()
) -> tuple[frozenset[UUID], ...]:
    """The questions in groups, with all that are part of them or that they are part of.

    Links lead by any number of steps. Questions that were merged are linked too, and so are the
    pairs in ``more``. Questions that are not held are groups of their own.
    """
    edges = _both_ways((*_links(session, questions), *more))
    left, found = set(questions), []
    while left:
        group = _reached({min(left)}, edges)
        found.append(frozenset(group))
        left -= group
    return tuple(found)


def _links(session: Session, questions: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    part, whole = QUESTION.alias(), QUESTION.alias()
    both = select(part.c.id, whole.c.id)
    merged = (
        both.select_from(MERGE)
        .join(part, part.c.pk == MERGE.c.merged_question_pk)
        .join(whole, whole.c.pk == MERGE.c.kept_question_pk)
        .where(MERGE.c.undone.is_(False))
    )
    found = [(row[0], row[1]) for row in session.execute(merged)]
    for some in batches(sorted(questions)):
        here = select(QUESTION.c.topic_pk).where(QUESTION.c.id.in_(some))
        parts = both.select_from(part).join(whole, whole.c.pk == part.c.subset_of_pk)
        rows = session.execute(parts.where(part.c.topic_pk.in_(here)))
        found += [(row[0], row[1]) for row in rows]
    return found


def sizes(session: Session, questions: Collection[UUID], clearance: Sensitivity) -> dict[UUID, int]:
    """How many claims that this clearance may see answer each question; none is left out."""
    found: dict[UUID, int] = {}
    for some in batches(sorted(questions)):
        statement = (
            select(QUESTION.c.id, func.count())
            .join(CLAIM, CLAIM.c.question_pk == QUESTION.c.pk)
            .where(QUESTION.c.id.in_(some), visible_claims(clearance))
            .group_by(QUESTION.c.id)
        )
        found.update((row[0], row[1]) for row in session.execute(statement))
    return found


def _of_voices(session: Session, start: set[Node]) -> set[UUID]:
    reached = _reached(start, _dependences(session))
    by_kind: defaultdict[str, set[int]] = defaultdict(set)
    for entity, pk in reached:
        by_kind[entity].add(pk)
    spoken = _asked(session, by_kind["source"], SPEAKER.c.source_pk)
    accused = _asked(session, by_kind["party"], CLAIM.c.accused_pk)
    return spoken | accused | _asked(session, by_kind["document"], CLAIM.c.document_pk)


def _dependences(session: Session) -> dict[Node, set[Node]]:
    """What may depend on what: by a relation, a merge, a party, or a copy of a voice's document."""
    pairs: list[tuple[Node, Node]] = []
    for entity in ("source", "document"):
        ends = (RELATION.c[f"a_{entity}_pk"], RELATION.c[f"b_{entity}_pk"])
        merged = (MERGE.c[f"kept_{entity}_pk"], MERGE.c[f"merged_{entity}_pk"])
        found = (
            *session.execute(select(*ends).where(ends[0].is_not(None))),
            *session.execute(
                select(*merged).where(merged[0].is_not(None), MERGE.c.undone.is_(False))
            ),
        )
        pairs += (((entity, row[0]), (entity, row[1])) for row in found)
    members = select(SOURCE.c.pk, SOURCE.c.party_pk).where(SOURCE.c.party_pk.is_not(None))
    pairs += ((("source", row[0]), ("party", row[1])) for row in session.execute(members))
    edges = _both_ways(pairs)
    copied = select(DOCUMENT.c.pk, DOCUMENT.c.voice_pk).where(
        or_(DOCUMENT.c.pk == RELATION.c.a_document_pk, DOCUMENT.c.pk == RELATION.c.b_document_pk)
    )
    for row in session.execute(copied):
        edges["source", row[1]].add(("document", row[0]))
    return edges


def _of_terms(session: Session, start: set[int]) -> set[UUID]:
    held = _with_narrower(session, start, TERM.c.pk, TERM.c.broader_pk)
    scoped = [f"scope_{name}_pk" for name in _SCOPED]
    answers = _texts(session, "term", held)
    return _of_scopes(session, held, scoped, ValueKind.CATEGORY, answers)


def _of_places(session: Session, start: set[int]) -> set[UUID]:
    held = _with_narrower(session, start, PLACE.c.pk, PLACE.c.part_of_pk)
    answers = _texts(session, "place", held)
    return _of_scopes(session, held, ["scope_area_pk"], ValueKind.PLACE, answers)


def _of_scopes(
    session: Session, pks: set[int], scoped: list[str], kind: ValueKind, answers: set[str]
) -> set[UUID]:
    """The questions with such a scope, or with a claim of such a scope or answer."""
    found: set[UUID] = set()
    for some in batches(sorted(pks)):
        asked = or_(*(QUESTION.c[name].in_(some) for name in scoped))
        found |= set(session.scalars(select(QUESTION.c.id).where(asked)))
        found |= _questions(session, or_(*(CLAIM.c[name].in_(some) for name in scoped)))
    for words in batches(sorted(answers)):
        answered = CLAIM.c.value_expression.in_(words) & (CLAIM.c.value_kind == kind.value)
        found |= _questions(session, answered)
    return found


def _of_topics(session: Session, start: set[int]) -> set[UUID]:
    held = _with_narrower(session, start, TOPIC.c.pk, TOPIC.c.part_of_pk)
    return {
        question
        for some in batches(sorted(held))
        for question in session.scalars(select(QUESTION.c.id).where(QUESTION.c.topic_pk.in_(some)))
    }


def _with_narrower(
    session: Session, start: set[int], pk: ColumnElement[int], above: ColumnElement[int]
) -> set[int]:
    """The rows and all that lie below them."""
    below: defaultdict[int, set[int]] = defaultdict(set)
    for row in session.execute(select(pk, above).where(above.is_not(None))):
        below[row[1]].add(row[0])
    return _reached(start, below)


def _texts(session: Session, entity: str, pks: set[int]) -> set[str]:
    """The ids of rows as answers name them."""
    return {str(one) for one in ids(session, entity, pks).values()}


def _asked(session: Session, pks: Iterable[int], column: ColumnElement[int]) -> set[UUID]:
    """The questions of claims of which a column, of theirs or of their speakers, is among these."""
    found: set[UUID] = set()
    for some in batches(sorted(pks)):
        if column is SPEAKER.c.source_pk:
            speaking: Select[tuple[int]] = select(SPEAKER.c.claim_pk).where(column.in_(some))
            found |= _questions(session, CLAIM.c.pk.in_(speaking))
        else:
            found |= _questions(session, column.in_(some))
    return found


def _questions(session: Session, where: ColumnElement[bool]) -> set[UUID]:
    statement = select(QUESTION.c.id).join(CLAIM, CLAIM.c.question_pk == QUESTION.c.pk)
    return set(session.scalars(statement.where(where).distinct()))


def _both_ways(pairs: Iterable[tuple[N, N]]) -> defaultdict[N, set[N]]:
    edges: defaultdict[N, set[N]] = defaultdict(set)
    for a, b in pairs:
        edges[a].add(b)
        edges[b].add(a)
    return edges


def _reached(start: set[N], edges: dict[N, set[N]]) -> set[N]:
    """All that edges lead to from a start, with the start."""
    reached, waiting = set(start), list(start)
    while waiting:
        following = edges.get(waiting.pop(), set()) - reached
        reached |= following
        waiting.extend(following)
    return reached
