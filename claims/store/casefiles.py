"""The casefile of a topic: all that its analysis looks at, in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from claims.analysis.casefile import Casefile
from claims.analysis.merges import apply, companions
from claims.analysis.records import (
    Claim,
    Document,
    Inquiry,
    Merge,
    Opposition,
    Party,
    Passage,
    Place,
    Question,
    Scope,
    Snapshot,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Topic,
)
from claims.analysis.vocabulary import Sensitivity, ValueKind
from claims.errors import NotFound
from claims.store.bulk import uncollected
from claims.store.clearance import CLAIM, CLAIM_PASSAGE, PASSAGE, sees_all, visible_claims
from claims.store.decisions import (
    applies,
    assessments,
    cross_checks,
    inquiries,
    merges,
    overrides,
    source_relations,
)
from claims.store.fetch import Fetch, R
from claims.store.lookup import batches, numbers
from claims.store.tables import METADATA

_SCOPED = ("measure", "population", "cause", "actor", "count_basis")


def casefile(
    session: Session,
    topic_id: UUID,
    *,
    clearance: Sensitivity,
    questions: Collection[UUID] | None = None,
) -> Casefile:
    """A topic with its questions, claims and all that these refer to, as far as one may see it.

    A claim is there only if this clearance may see the claim itself, every source of its chain
    and every document that it rests on. Relations and oppositions count that were recorded for
    the topic, for one that it is part of, or for all. A claim that supersedes a hidden one names
    none: whatever is derived, is derived from what may be seen. What was merged reads as the
    record that was kept, unless one of the two is hidden.

    With ``questions`` it is narrowed to these, to the claims on them, and to what else was read
    in the documents of those claims: that decides which voices may depend on each other.

    Raises:
        NotFound: there is no such topic.
    """
    with uncollected():
        return _casefile(Fetch(session), topic_id, clearance, questions)


def _casefile(
    fetch: Fetch, topic_id: UUID, clearance: Sensitivity, wanted: Collection[UUID] | None
) -> Casefile:
    topic, line = _line(fetch, topic_id)
    here = METADATA.tables["question"].c.topic_pk == line[0]
    questions = fetch.records(Question, here)
    merged = merges(fetch, clearance)
    seen = _seen(here, clearance)
    if wanted is not None:
        seen = seen.where(_read_with(fetch, wanted, merged))
    passages = fetch.records(Passage, PASSAGE.c.pk.in_(_cited(seen)))
    claims = _without_hidden(fetch.records(Claim, CLAIM.c.pk.in_(seen)), clearance)
    documents, sources = _voices(fetch, claims, passages)
    _add_merged(fetch, merged, documents, sources)
    relations = source_relations(fetch, line, clearance, {*documents, *sources}, merged)
    searches = inquiries(fetch, line[0], clearance)
    _complete(fetch, relations, searches, documents, sources)
    _add_merged(fetch, merged, documents, sources)
    oppositions = fetch.records(Opposition, applies(METADATA.tables["opposition"], line))
    terms, places = _vocabulary(fetch, topic, questions, claims)
    found = Casefile(
        topic=topic,
        questions=tuple(one for one in questions if wanted is None or one.id in wanted),
        claims=tuple(claims),
        sources=sources,
        documents=documents,
        snapshots=_by_id(fetch, Snapshot, {one.snapshot for one in passages if one.snapshot}),
        passages={passage.id: passage for passage in passages},
        parties=_by_id(fetch, Party, _parties(sources.values(), claims, oppositions)),
        terms=terms,
        places=places,
        oppositions=tuple(oppositions),
        source_relations=tuple(relations),
        term_relations=_among(fetch, terms),
        assessments=tuple(assessments(fetch, seen, set(sources))),
        overrides=tuple(overrides(fetch, seen)),
        cross_checks=tuple(cross_checks(fetch, line[0], clearance)),
        inquiries=tuple(searches),
    )
    return apply(found, merged)


def _line(fetch: Fetch, topic_id: UUID) -> tuple[Topic, list[int]]:
    """The topic, and the rows of it and of all that it is part of, itself first."""
    held = {topic.id: topic for topic in fetch.records(Topic)}
    if topic_id not in held:
        message = f"there is no topic {topic_id}; `claims topic list` shows those that are held"
        raise NotFound(message)
    rows = {record: pk for pk, record in fetch.ids["topic"].items()}
    line: list[int] = []
    step: UUID | None = topic_id
    while step is not None and rows[step] not in line:
        line.append(rows[step])
        step = held[step].part_of
    return held[topic_id], line


def _seen(here: ColumnElement[bool], clearance: Sensitivity) -> Select[tuple[int]]:
    """The rows of the topic's claims that this clearance may see."""
    asked = select(METADATA.tables["question"].c.pk).where(here)
    return select(CLAIM.c.pk).where(CLAIM.c.question_pk.in_(asked), visible_claims(clearance))


def _read_with(
    fetch: Fetch, wanted: Collection[UUID], merged: Sequence[Merge]
) -> ColumnElement[bool]:
    """That a claim answers one of these questions, or was read where an answer to one was read."""
    asked = list(numbers(fetch.session, Question.entity, wanted).values())
    document = METADATA.tables[Document.entity].c
    here = select(CLAIM.c.document_pk).where(CLAIM.c.question_pk.in_(asked))
    read = set(fetch.session.scalars(select(document.id).where(document.pk.in_(here))))
    same = numbers(fetch.session, Document.entity, companions(merged, Document.entity, read))
    return or_(
        CLAIM.c.question_pk.in_(asked),
        CLAIM.c.document_pk.in_(here),
        CLAIM.c.document_pk.in_(list(same.values())),
    )


def _cited(seen: Select[tuple[int]]) -> Select[tuple[int]]:
    return select(CLAIM_PASSAGE.c.passage_pk).where(CLAIM_PASSAGE.c.claim_pk.in_(seen))


def _without_hidden(claims: list[Claim], clearance: Sensitivity) -> list[Claim]:
    if sees_all(clearance):
        return claims
    seen = {None, *(claim.id for claim in claims)}
    return [one if one.supersedes in seen else replace(one, supersedes=None) for one in claims]


def _voices(
    fetch: Fetch, claims: Sequence[Claim], passages: Sequence[Passage]
) -> tuple[dict[UUID, Document], dict[UUID, Source]]:
    """The documents that claims rest on, and the sources of the chains and documents."""
    speakers = [speaker for claim in claims for speaker in claim.speakers]
    rested = {claim.document for claim in claims} | {passage.document for passage in passages}
    own = {speaker.document for speaker in speakers if speaker.document}
    documents = _by_id(fetch, Document, rested | own)
    voices = {document.voice for document in documents.values()}
    return documents, _by_id(fetch, Source, voices | {speaker.source for speaker in speakers})


def _complete(
    fetch: Fetch,
    relations: Sequence[SourceRelation],
    searches: Sequence[Inquiry],
    documents: dict[UUID, Document],
    sources: dict[UUID, Source],
) -> None:
    """Add the documents and sources that only a relation or an inquiry names."""
    ends = {(relation.between, end) for relation in relations for end in (relation.a, relation.b)}
    ends |= {("document", one.document) for one in searches if one.document}
    ends |= {("source", one.source) for one in searches if one.source}
    named = {end for between, end in ends if between == "document"}
    documents |= _by_id(fetch, Document, named - documents.keys())
    voices = {document.voice for document in documents.values()}
    named = {end for between, end in ends if between == "source"} | voices
    sources |= _by_id(fetch, Source, named - sources.keys())


def _add_merged(
    fetch: Fetch,
    merged: Sequence[Merge],
    documents: dict[UUID, Document],
    sources: dict[UUID, Source],
) -> None:
    """Add the documents and sources that were merged with these."""
    documents |= _by_id(fetch, Document, companions(merged, Document.entity, documents))
    voices = {document.voice for document in documents.values()}
    sources |= _by_id(fetch, Source, voices - sources.keys())
    sources |= _by_id(fetch, Source, companions(merged, Source.entity, sources))


def _vocabulary(
    fetch: Fetch, topic: Topic, questions: Sequence[Question], claims: Sequence[Claim]
) -> tuple[dict[UUID, Term], dict[UUID, Place]]:
    """The terms and places of scopes and answers, with all that is above them."""
    kinds = {question.id: question.value_kind for question in questions}
    scopes = [*(one.scope for one in questions), *(one.scope for one in claims)]
    terms = {term for scope in scopes for term in _scoped(scope)}
    terms |= set(_answers(claims, kinds, ValueKind.CATEGORY))
    places = {place for place in (topic.place, *(scope.area for scope in scopes)) if place}
    places |= set(_answers(claims, kinds, ValueKind.PLACE))
    return _with_broader(fetch, terms), _with_outer(fetch, places)


def _scoped(scope: Scope) -> Iterator[UUID]:
    return (term for name in _SCOPED if (term := getattr(scope, name)) is not None)


def _answers(
    claims: Iterable[Claim], kinds: dict[UUID, ValueKind], kind: ValueKind
) -> Iterator[UUID]:
    values = (claim.value for claim in claims if kinds[claim.question] is kind)
    return (UUID(value.expression) for value in values if value is not None)


def _with_broader(fetch: Fetch, wanted: set[UUID]) -> dict[UUID, Term]:
    found: dict[UUID, Term] = {}
    while wanted:
        more = _by_id(fetch, Term, wanted)
        found |= more
        wanted = {term.broader for term in more.values() if term.broader} - found.keys()
    return found


def _with_outer(fetch: Fetch, wanted: set[UUID]) -> dict[UUID, Place]:
    found: dict[UUID, Place] = {}
    while wanted:
        more = _by_id(fetch, Place, wanted)
        found |= more
        wanted = {place.part_of for place in more.values() if place.part_of} - found.keys()
    return found


def _among(fetch: Fetch, terms: dict[UUID, Term]) -> tuple[TermRelation, ...]:
    """What was recorded about two of these terms."""
    found = fetch.records(TermRelation) if terms else []
    return tuple(one for one in found if one.a in terms and one.b in terms)


def _parties(
    sources: Iterable[Source], claims: Iterable[Claim], oppositions: Iterable[Opposition]
) -> set[UUID]:
    named = (source.party for source in sources)
    accused = (claim.accused for claim in claims)
    opposed = (party for one in oppositions for party in (one.a, one.b))
    return {party for party in (*named, *accused, *opposed) if party is not None}


def _by_id(fetch: Fetch, kind: type[R], wanted: Iterable[UUID]) -> dict[UUID, R]:
    """The records of a kind with these ids."""
    column = METADATA.tables[kind.entity].c.id
    some = batches(sorted(wanted))
    return {one.id: one for ids in some for one in fetch.records(kind, column.in_(ids))}
