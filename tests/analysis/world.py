"""A small world to analyse: sources, documents, questions and claims by short names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import NAMESPACE_OID, UUID, uuid5

from claims.analysis.assess import Bounds, assess_topic
from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import QuestionResult, TopicResult, Verdict
from claims.analysis.records import (
    Assessment,
    Claim,
    ClaimValue,
    CrossCheck,
    Document,
    Opposition,
    Party,
    Place,
    Question,
    RelationOverride,
    Scope,
    Source,
    SourceRelation,
    Speaker,
    Term,
    TermRelation,
    Topic,
)
from claims.analysis.vocabulary import (
    DateAspect,
    Dependence,
    RangeBasis,
    Stance,
    TermLink,
    Tier,
    ValueKind,
)
from claims.values.duration import parse_duration
from claims.values.quantity import parse_quantity
from claims.values.when import parse_when


def name(kind: str, key: str) -> UUID:
    """The id of what the tests call ``key``."""
    return uuid5(NAMESPACE_OID, f"{kind} {key}")


class World:
    """Collects records; :meth:`casefile` gives them to the analysis."""

    def __init__(self) -> None:
        """Start with a topic and nothing else."""
        self.topic = Topic(id=name("topic", "event"), key="event", label="The event")
        self.questions: dict[str, Question] = {}
        self.sources: dict[UUID, Source] = {}
        self.documents: dict[UUID, Document] = {}
        self.parties: dict[UUID, Party] = {}
        self.terms: dict[UUID, Term] = {}
        self.places: dict[UUID, Place] = {}
        self.claims: dict[str, Claim] = {}
        self.oppositions: list[Opposition] = []
        self.source_relations: list[SourceRelation] = []
        self.term_relations: list[TermRelation] = []
        self.overrides: list[RelationOverride] = []
        self.assessments: list[Assessment] = []
        self.cross_checks: list[CrossCheck] = []

    def source(self, key: str, *, party: str | None = None, named: bool = True) -> UUID:
        """A voice, made at its first mention."""
        found = name("source", key)
        if found not in self.sources or party is not None or not named:
            held = self.party(party) if party else None
            self.sources[found] = Source(id=found, key=key, name=key, party=held, named=named)
        return found

    def party(self, key: str) -> UUID:
        """A party to the conflict."""
        found = name("party", key)
        self.parties[found] = Party(id=found, key=key, name=key)
        return found

    def oppose(
        self, a: str, b: str, *, topic: UUID | None = None, during: str | None = None
    ) -> None:
        """Record that two parties are opposed."""
        found = name("opposition", f"{a} {b}")
        self.oppositions.append(
            Opposition(id=found, a=self.party(a), b=self.party(b), topic=topic, during=during)
        )

    def document(self, key: str, *, voice: str | None = None) -> UUID:
        """A document, made at its first mention; its voice has its name unless told."""
        found = name("document", key)
        if found not in self.documents or voice is not None:
            self.documents[found] = Document(
                id=found,
                key=key,
                csl={"type": "report", "title": key},
                voice=self.source(voice or key),
                tier=Tier.SECONDARY,
                language="en",
            )
        return found

    def relate(
        self,
        kind: Dependence,
        a: str,
        b: str,
        *,
        documents: bool = False,
        topic: UUID | None = None,
    ) -> None:
        """Record that one source, or document, depends on another."""
        make = self.document if documents else self.source
        self.source_relations.append(
            SourceRelation(
                id=name("relation", f"{kind} {a} {b} {documents}"),
                between="document" if documents else "source",
                a=make(a),
                b=make(b),
                kind=kind,
                topic=topic,
                basis="for the test",
            )
        )

    def term(self, key: str, *, broader: str | None = None) -> UUID:
        """A category."""
        found = name("term", key)
        above = name("term", broader) if broader else None
        if found not in self.terms or broader:
            self.terms[found] = Term(id=found, key=key, label=key, broader=above)
        return found

    def link(self, a: str, b: str, link: TermLink) -> None:
        """Record how two categories stand to each other."""
        self.term_relations.append(
            TermRelation(
                id=name("link", f"{a} {b} {link}"),
                a=self.term(a),
                b=self.term(b),
                link=link,
                reason="for the test",
            )
        )

    def place(
        self, key: str, *, part_of: str | None = None, point: tuple[str, str, str] | None = None
    ) -> UUID:
        """A place; ``point`` is latitude, longitude, uncertainty in metres."""
        found = name("place", key)
        if found in self.places and part_of is None and point is None:
            return found
        latitude, longitude, uncertainty = (Decimal(p) for p in point) if point else (None,) * 3
        self.places[found] = Place(
            id=found,
            key=key,
            name=key,
            part_of=name("place", part_of) if part_of else None,
            latitude=latitude,
            longitude=longitude,
            uncertainty=uncertainty,
        )
        return found

    def ask(
        self,
        key: str,
        kind: ValueKind = ValueKind.COUNT,
        *,
        unit: str | None = None,
        aspect: DateAspect | None = None,
        exclusive: bool = True,
        running_total: bool = False,
        subset_of: str | None = None,
        scope: Scope = Scope(),  # noqa: B008 - frozen
    ) -> None:
        """A question."""
        self.questions[key] = Question(
            id=name("question", key),
            key=key,
            topic=self.topic.id,
            text=f"{key}?",
            value_kind=kind,
            unit=unit,
            aspect=aspect,
            exclusive=exclusive,
            running_total=running_total,
            subset_of=name("question", subset_of) if subset_of else None,
            scope=scope,
        )

    def say(
        self,
        key: str,
        question: str,
        said: str | None,
        *,
        document: str = "article",
        speakers: Sequence[str] = (),
        stance: Stance = Stance.ASSERTS,
        as_of: str | None = None,
        scope: Scope = Scope(),  # noqa: B008 - frozen
        accused: str | None = None,
        supersedes: str | None = None,
        retracted_at: str | None = None,
        range_basis: RangeBasis | None = None,
        counted_by_coder: bool = False,
    ) -> UUID:
        """A claim of a document, through a chain of speakers."""
        document_id = self.document(document)
        voice = Speaker(source=self.documents[document_id].voice)
        chain = (voice, *(Speaker(source=self.source(s)) for s in speakers))
        value = None
        if said is not None:
            expression = self.expression(self.questions[question], said)
            value = ClaimValue(
                said=said,
                expression=expression,
                range_basis=range_basis,
                counted_by_coder=counted_by_coder,
            )
        found = name("claim", key)
        self.claims[key] = Claim(
            id=found,
            key=key,
            document=document_id,
            passages=(name("passage", key),),
            question=self.questions[question].id,
            stance=stance,
            speakers=chain,
            value=value,
            as_of=as_of,
            scope=scope,
            accused=self.party(accused) if accused else None,
            supersedes=name("claim", supersedes) if supersedes else None,
            retracted_at=retracted_at,
            retracted_reason="for the test" if retracted_at else None,
        )
        return found

    def expression(self, question: Question, said: str) -> str:
        """What is stored for the words of a value."""
        kind = question.value_kind
        if kind in {ValueKind.COUNT, ValueKind.PROPORTION}:
            return parse_quantity(said).expression
        if kind is ValueKind.DATE:
            return parse_when(said).expression
        if kind is ValueKind.DURATION:
            return parse_duration(said).expression
        if kind is ValueKind.CATEGORY:
            return str(self.term(said))
        if kind is ValueKind.PLACE:
            return str(self.place(said))
        return {"yes": "true", "no": "false"}[said] if kind is ValueKind.BOOLEAN else said

    def override(
        self, a: str, b: str, *, relation: str | None = None, independent: bool | None = None
    ) -> None:
        """What a person decided about two claims."""
        self.overrides.append(
            RelationOverride(
                id=name("override", f"{a} {b}"),
                a=name("claim", a),
                b=name("claim", b),
                relation=relation,
                independent=independent,
                reason="a person looked",
            )
        )

    def casefile(self, order: Iterable[str] | None = None) -> Casefile:
        """Everything, the claims in the order of their keys as told."""
        return Casefile(
            topic=self.topic,
            questions=tuple(self.questions.values()),
            claims=tuple(self.claims[key] for key in order or self.claims),
            sources=self.sources,
            documents=self.documents,
            parties=self.parties,
            terms=self.terms,
            places=self.places,
            oppositions=tuple(self.oppositions),
            source_relations=tuple(self.source_relations),
            term_relations=tuple(self.term_relations),
            assessments=tuple(self.assessments),
            overrides=tuple(self.overrides),
            cross_checks=tuple(self.cross_checks),
        )

    def assess(self, *, profile: str = "default@1", bounds: Bounds | None = None) -> TopicResult:
        """The results of all questions."""
        return assess_topic(self.casefile(), profile=profile, bounds=bounds)

    def result(self, question: str, *, profile: str = "default@1") -> QuestionResult:
        """The result of one question."""
        wanted = self.questions[question].id
        results = self.assess(profile=profile).questions
        return next(result for result in results if result.question.id == wanted)

    def verdict(self, a: str, b: str) -> Verdict:
        """How claim ``a`` stands to claim ``b`` (turned round if need be)."""
        pair = (name("claim", a), name("claim", b))
        for result in self.assess(bounds=Bounds(pairs=10_000)).questions:
            for verdict in result.relations:
                if (verdict.a, verdict.b) == pair:
                    return verdict
                if (verdict.b, verdict.a) == pair:
                    return replace(verdict, a=verdict.b, b=verdict.a)
        message = f"no verdict on {a} and {b}"
        raise LookupError(message)

    def codes(self, question: str) -> set[str]:
        """The codes of the notes of a question."""
        return {note.code for note in self.result(question).notes}
