"""The fields of a record as one would type them in: the way back from a record to its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from claims.analysis.records import (
    Assessment,
    Claim,
    ClaimValue,
    CrossCheck,
    Document,
    Inquiry,
    Opposition,
    Party,
    Passage,
    Place,
    Question,
    Record,
    Scope,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Topic,
)

Name = Callable[[str, UUID], str]
"""What to call a record, by its entity and its id."""

CODER_READS = "the coder reads the words as “"
"""How a claim says that the coder gave its value, see ``claims.exchange.coded_values``."""


def fields_of(
    record: Record, name: Name, passages: Mapping[UUID, Passage] | None = None
) -> dict[str, Any]:
    """The fields of a record as data of JSON; what says nothing is left out.

    Args:
        record: one of the entities that are typed in.
        name: what a field that names another record shall say.
        passages: of a claim: those that it cites, by id.
    """
    return _told(_FIELDS[type(record)](_Teller(name, passages or {}), record))


class _Teller:
    """Tells the fields of each kind of record."""

    def __init__(self, name: Name, passages: Mapping[UUID, Passage]) -> None:
        self.name = name
        self.passages = passages

    def ref(self, entity: str, id_: UUID | None) -> str | None:
        return None if id_ is None else self.name(entity, id_)

    def topic(self, topic: Topic) -> dict[str, Any]:
        return {
            "key": topic.key,
            "label": topic.label,
            "aliases": {language: list(names) for language, names in topic.aliases.items()},
            "dates": topic.dates,
            "place": self.ref("place", topic.place),
            "part_of": self.ref("topic", topic.part_of),
        }

    def question(self, question: Question) -> dict[str, Any]:
        return {
            "key": question.key,
            "text": question.text,
            "kind": question.value_kind.value,
            "topic": self.ref("topic", question.topic),
            "aspect": question.aspect and question.aspect.value,
            "unit": question.unit,
            "exclusive": question.exclusive,
            "running_total": question.running_total,
            "subset_of": self.ref("question", question.subset_of),
            "scope": self.scope(question.scope),
        }

    def scope(self, scope: Scope) -> dict[str, Any]:
        terms = ("measure", "population", "cause", "actor", "count_basis")
        return {
            **{name: self.ref("term", getattr(scope, name)) for name in terms},
            "area": self.ref("place", scope.area),
            "period": scope.period,
        }

    def source(self, source: Source) -> dict[str, Any]:
        return {
            "key": source.key,
            "name": source.name,
            "aliases": list(source.aliases),
            "identifiers": dict(source.identifiers),
            "kind": source.kind.value,
            "party": self.ref("party", source.party),
            "named": source.named,
            "way_of_knowing": source.way_of_knowing.value,
            "sensitivity": source.sensitivity.value,
            "note": source.note,
        }

    def document(self, document: Document) -> dict[str, Any]:
        return {
            "key": document.key,
            "csl": dict(document.csl),
            "voice": self.ref("source", document.voice),
            "tier": document.tier.value,
            "language": document.language,
            "status": document.status.value,
            "licence": document.licence,
            "quotation_limit": document.quotation_limit,
            "sensitivity": document.sensitivity.value,
        }

    def claim(self, claim: Claim) -> dict[str, Any]:
        retracted = {"at": claim.retracted_at, "reason": claim.retracted_reason}
        return {
            "key": claim.key,
            "document": self.ref("document", claim.document),
            "question": self.ref("question", claim.question),
            **self.quote(claim),
            **(self.value(claim.value) if claim.value else {}),
            "stance": claim.stance.value,
            "speakers": [self.speaker(speaker) for speaker in claim.speakers[1:]],
            "verb": claim.verb,
            "hedges": list(claim.hedges),
            "explicitness": claim.explicitness.value,
            "as_of": claim.as_of,
            "scope": self.scope(claim.scope),
            "accused": self.ref("party", claim.accused),
            "supersedes": self.ref("claim", claim.supersedes),
            "retracted": retracted if claim.retracted_at else None,
            "calendar": claim.calendar,
            "sensitivity": claim.sensitivity.value,
            "exposure_basis": claim.exposure_basis,
            "note": claim.note,
        }

    def speaker(self, speaker: Any) -> Any:  # noqa: ANN401 (a word, or named fields)
        source = self.name("source", speaker.source)
        if speaker.verb is None and speaker.document is None:
            return source
        document = self.ref("document", speaker.document)
        return {"source": source, "verb": speaker.verb, "document": document}

    def value(self, value: ClaimValue) -> dict[str, Any]:
        """The value as it can be read again; a category or a place goes by its record."""
        coded = value.inferred.get("value", "")
        given = coded.removeprefix(CODER_READS).removesuffix("”") if coded else None
        if value.expression in {"true", "false"}:
            given = {"true": "yes", "false": "no"}[value.expression]
        elif entity := _named_entity(value.expression):
            given = self.name(entity, UUID(value.expression))
        return {
            "said": value.said,
            "value": given,
            "range_basis": value.range_basis and value.range_basis.value,
            "counted_by_coder": value.counted_by_coder,
            "inferred": {part: basis for part, basis in value.inferred.items() if part != "value"},
        }

    def quote(self, claim: Claim) -> dict[str, Any]:
        """The first passage, which a person sees as the quote, and the others."""
        first = self.passages.get(claim.passages[0])
        if first is None:
            return {}
        return {
            "quote": first.exact,
            "prefix": first.prefix,
            "suffix": first.suffix,
            "start": first.start,
            "end": first.end,
            "part": first.part.value,
            "anchor": first.anchor.value,
            "transcript_method": first.transcript_method,
            "ocr_confidence": first.ocr_confidence,
            "locators": {locator.kind: locator.value for locator in first.locators},
            "language": first.language,
            "translations": [
                {
                    "language": one.language,
                    "text": one.text,
                    "translator": one.translator,
                    "method": one.method.value,
                }
                for one in first.translations
            ],
            "also_in": [str(one) for one in claim.passages[1:]],
        }

    def assessment(self, found: Assessment) -> dict[str, Any]:
        target = self.name(found.of, found.target)
        return {found.of: target, found.scheme.value: found.code, "reason": found.reason}

    def cross_check(self, check: CrossCheck) -> dict[str, Any]:
        return {
            "text": check.text,
            "reason": check.reason,
            "topic": self.ref("topic", check.topic),
            "questions": [self.name("question", one) for one in check.questions],
            "claims": [self.name("claim", one) for one in check.claims],
        }

    def inquiry(self, one: Inquiry) -> dict[str, Any]:
        return {
            **{name: getattr(one, name) for name in _PLAIN},
            **{name: self.ref(name, getattr(one, name)) for name in _NAMED},
            "words": list(one.words),
            "outcome": one.outcome.value,
            "claims": [self.name("claim", claim) for claim in one.claims],
            "sensitivity": one.sensitivity.value,
        }

    def term(self, term: Term) -> dict[str, Any]:
        return {
            "key": term.key,
            "label": term.label,
            "scheme": term.scheme,
            "broader": self.ref("term", term.broader),
            "aliases": {language: list(names) for language, names in term.aliases.items()},
        }

    def place(self, place: Place) -> dict[str, Any]:
        return {
            "key": place.key,
            "name": place.name,
            "names": {language: list(names) for language, names in place.names.items()},
            "gazetteer": place.gazetteer,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "uncertainty": place.uncertainty,
            "part_of": self.ref("place", place.part_of),
        }

    def party(self, party: Party) -> dict[str, Any]:
        return {"key": party.key, "name": party.name}

    def source_relation(self, found: SourceRelation) -> dict[str, Any]:
        return {
            "kind": found.kind.value,
            f"{found.between}s": [self.name(found.between, end) for end in (found.a, found.b)],
            "topic": self.ref("topic", found.topic),
            "basis": found.basis,
        }

    def opposition(self, found: Opposition) -> dict[str, Any]:
        return {
            "between": [self.name("party", end) for end in (found.a, found.b)],
            "topic": self.ref("topic", found.topic),
            "during": found.during,
        }

    def term_relation(self, found: TermRelation) -> dict[str, Any]:
        return {
            "between": [self.name("term", end) for end in (found.a, found.b)],
            "link": found.link.value,
            "reason": found.reason,
        }


_FIELDS: Mapping[type[Record], Callable[[_Teller, Any], dict[str, Any]]] = {
    Topic: _Teller.topic,
    Question: _Teller.question,
    Source: _Teller.source,
    Document: _Teller.document,
    Claim: _Teller.claim,
    Assessment: _Teller.assessment,
    CrossCheck: _Teller.cross_check,
    Inquiry: _Teller.inquiry,
    Term: _Teller.term,
    Place: _Teller.place,
    Party: _Teller.party,
    SourceRelation: _Teller.source_relation,
    Opposition: _Teller.opposition,
    TermRelation: _Teller.term_relation,
}


_PLAIN = ("key", "looked_for", "looked_in", "looked_by", "looked_on", "note")
_NAMED = ("question", "topic", "source", "document")


def _named_entity(expression: str) -> str | None:
    """``value`` where an expression is the id of a term or a place."""
    try:
        UUID(expression)
    except ValueError:
        return None
    return "value"


def _told(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    found = {n: _told(held) if isinstance(held, Mapping) else held for n, held in fields.items()}
    return {name: value for name, value in found.items() if value not in (None, {}, [], "")}
