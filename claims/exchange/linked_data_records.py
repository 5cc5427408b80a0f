"""The records of a casefile as linked data, except its claims."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.records import (
    Assessment,
    CrossCheck,
    Document,
    Inquiry,
    Opposition,
    Passage,
    Place,
    Record,
    RelationOverride,
    Snapshot,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Topic,
)
from claims.analysis.vocabulary import Dependence
from claims.exchange.linked_data_form import Names, Node, named, node, typed, worded

R = TypeVar("R", bound=Record)

_BETWEEN_DOCUMENTS = {
    Dependence.QUOTES: "includesQuotationFrom",
    Dependence.DERIVES_FROM: "wasDerivedFrom",
    Dependence.TRANSLATES: "wasDerivedFrom",
    Dependence.WIRE_COPY: "wasDerivedFrom",
}
"""What CiTO or PROV-O has a word for; the record itself is written with our own terms."""


def records(casefile: Casefile, names: Names) -> Iterator[Node]:
    """Every record that the claims refer to, each kind in the order of its ids."""
    yield _topic(casefile.topic, names)
    yield from (_source(one, names) for one in _ordered(casefile.sources))
    yield from (named(names.iri(p.id), "Party", name=p.name) for p in _ordered(casefile.parties))
    yield from (_document(one, casefile, names) for one in _ordered(casefile.documents))
    yield from (_snapshot(one, names) for one in _ordered(casefile.snapshots))
    yield from (_passage(one, casefile, names) for one in _ordered(casefile.passages))
    yield from (_term(one, names) for one in _ordered(casefile.terms))
    yield from (_place(one, names) for one in _ordered(casefile.places))
    yield from (_dependence(one, names) for one in _by_id(casefile.source_relations))
    yield from (_term_relation(one, names) for one in _by_id(casefile.term_relations))
    yield from (_opposition(one, names) for one in _by_id(casefile.oppositions))
    yield from (_assessment(one, names) for one in _by_id(casefile.assessments))
    yield from (_cross_check(one, names) for one in _by_id(casefile.cross_checks))
    yield from (_inquiry(one, names) for one in _by_id(casefile.inquiries))
    yield from (_override(one, names) for one in _by_id(casefile.overrides))


def _ordered(held: Mapping[UUID, R]) -> list[R]:
    return _by_id(held.values())


def _by_id(held: Iterable[R]) -> list[R]:
    return sorted(held, key=lambda record: record.id.int)


def _spoken(names: Mapping[str, tuple[str, ...]]) -> list[object]:
    """Names by language, as words that carry their language."""
    return [worded(text, language) for language, told in names.items() for text in told]


def _topic(topic: Topic, names: Names) -> Node:
    return named(
        names.iri(topic.id),
        ["Topic", "schema:Event"],
        name=topic.label,
        alternateName=_spoken(topic.aliases),
        partOf=names.some(topic.part_of),
        dates=topic.dates,
        location=names.some(topic.place),
    )


def _source(source: Source, names: Names) -> Node:
    return named(
        names.iri(source.id),
        ["Source", "prov:Agent"],
        name=source.name,
        alternateName=list(source.aliases),
        identifier=[
            node("schema:PropertyValue", name=scheme, value=told)
            for scheme, told in source.identifiers.items()
        ],
        sourceKind=str(source.kind),
        party=names.some(source.party),
        named=source.named,
        wayOfKnowing=str(source.way_of_knowing),
        note=source.note,
    )


def _document(document: Document, casefile: Casefile, names: Names) -> Node:
    url = document.csl.get("URL")
    relations = (r for r in casefile.source_relations if r.a == document.id)
    linked: dict[str, list[str]] = {}
    for relation in relations:
        word = _BETWEEN_DOCUMENTS.get(relation.kind)
        if word and relation.between == "document":
            linked.setdefault(word, []).append(names.iri(relation.b))
    cited = {s.document for c in casefile.claims if c.document == document.id for s in c.speakers}
    own = sorted(names.iri(one) for one in cited - {None, document.id} if one)
    return named(
        names.iri(document.id),
        ["Document", "schema:CreativeWork", "prov:Entity"],
        name=worded(document.title, document.language),
        csl=typed(json.dumps(document.csl, sort_keys=True, default=str), "string"),
        url=typed(str(url), "string") if url else None,
        wasAttributedTo=names.iri(document.voice),
        tier=str(document.tier),
        inLanguage=document.language,
        status=str(document.status),
        license=document.licence,
        citesAsSourceDocument=own,
        **linked,
    )


def _snapshot(snapshot: Snapshot, names: Names) -> Node:
    captured = snapshot.captured_at
    return named(
        names.iri(snapshot.id),
        ["Snapshot", "prov:Entity"],
        specializationOf=names.iri(snapshot.document),
        sha256=snapshot.sha256,
        textSha256=snapshot.text_sha256,
        layoutSha256=snapshot.layout_sha256,
        warcSha256=snapshot.warc_sha256,
        httpStatus=snapshot.http_status,
        extractor=snapshot.extractor,
        encodingFormat=snapshot.media_type,
        generatedAtTime=captured.isoformat() if captured else None,
        url=snapshot.final_url or snapshot.requested_url,
    )


def _passage(passage: Passage, casefile: Casefile, names: Names) -> Node:
    """The target of an annotation; words beyond what may be quoted are left out, and it says so."""
    limit = casefile.documents[passage.document].quotation_limit
    withheld = limit is not None and len(passage.exact.split()) > limit
    language = passage.language
    words = node(
        "oa:TextQuoteSelector",
        exact=worded(passage.exact, language),
        prefix=worded(passage.prefix, language) if limit is None else None,
        suffix=worded(passage.suffix, language) if limit is None else None,
    )
    place = node("oa:TextPositionSelector", start=passage.start, end=passage.end)
    held = passage.start is not None
    return named(
        names.iri(passage.id),
        ["Passage", "oa:SpecificResource"],
        hasSource=names.iri(passage.snapshot or passage.document),
        document=names.iri(passage.document),
        hasSelector=[*([] if withheld else [words]), *([place] if held else [])],
        withheld="more words than may be quoted" if withheld else None,
        locator=[f"{one.kind} {one.value}" for one in passage.locators],
        part=str(passage.part),
        translation=[
            worded(one.text, one.language) for one in passage.translations if not withheld
        ],
    )


def _term(term: Term, names: Names) -> Node:
    return named(
        names.iri(term.id),
        ["Term", "skos:Concept"],
        prefLabel=term.label,
        scheme=term.scheme,
        broader=names.some(term.broader),
        alternateName=_spoken(term.aliases),
    )


def _place(place: Place, names: Names) -> Node:
    return named(
        names.iri(place.id),
        ["Place", "schema:Place"],
        name=place.name,
        alternateName=_spoken(place.names),
        gazetteer=place.gazetteer,
        latitude=_decimal(place.latitude),
        longitude=_decimal(place.longitude),
        uncertaintyInMetres=typed(_decimal(place.uncertainty), "decimal"),
        containedInPlace=names.some(place.part_of),
    )


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _dependence(relation: SourceRelation, names: Names) -> Node:
    return named(
        names.iri(relation.id),
        "SourceRelation",
        first=names.iri(relation.a),
        second=names.iri(relation.b),
        relation=str(relation.kind),
        topic=names.some(relation.topic),
        reason=relation.basis,
    )


def _term_relation(relation: TermRelation, names: Names) -> Node:
    return named(
        names.iri(relation.id),
        "TermRelation",
        first=names.iri(relation.a),
        second=names.iri(relation.b),
        relation=str(relation.link),
        reason=relation.reason,
    )


def _opposition(opposition: Opposition, names: Names) -> Node:
    return named(
        names.iri(opposition.id),
        "Opposition",
        first=names.iri(opposition.a),
        second=names.iri(opposition.b),
        topic=names.some(opposition.topic),
        dates=opposition.during,
    )


def _assessment(assessment: Assessment, names: Names) -> Node:
    return named(
        names.iri(assessment.id),
        "Assessment",
        target=names.iri(assessment.target),
        scheme=str(assessment.scheme),
        code=assessment.code,
        reason=assessment.reason,
        assessedBy=assessment.assessed_by,
        supersedes=names.some(assessment.supersedes),
    )


def _cross_check(check: CrossCheck, names: Names) -> Node:
    return named(
        names.iri(check.id),
        "CrossCheck",
        text=check.text,
        reason=check.reason,
        concerns=names.every((*check.questions, *check.claims)),
    )


def _inquiry(one: Inquiry, names: Names) -> Node:
    return named(
        names.iri(one.id),
        ["Inquiry", "prov:Activity"],
        lookedFor=one.looked_for,
        lookedIn=one.looked_in,
        lookedBy=one.looked_by,
        dates=one.looked_on,
        searchWords=list(one.words),
        topic=names.iri(one.topic),
        concerns=[iri for iri in (names.some(one.question),) if iri] + names.every(one.claims),
        consulted=[iri for iri in map(names.some, (one.source, one.document)) if iri],
        outcome=str(one.outcome),
        note=one.note,
    )


def _override(override: RelationOverride, names: Names) -> Node:
    return named(
        names.iri(override.id),
        "RelationOverride",
        first=names.iri(override.a),
        second=names.iri(override.b),
        relation=override.relation,
        independent=override.independent,
        reason=override.reason,
    )
