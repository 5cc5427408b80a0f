"""Casefiles and results made by hand, small enough to be checked by eye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from claims.analysis.casefile import Casefile
from claims.analysis.outcomes import (
    Dispute,
    Position,
    QuestionResult,
    ReadClaim,
    Support,
    TopicResult,
)
from claims.analysis.records import (
    Assessment,
    Claim,
    ClaimValue,
    Document,
    Locator,
    Passage,
    Question,
    Snapshot,
    Source,
    Speaker,
    Topic,
)
from claims.analysis.vocabulary import Scheme, SourceKind, Stance, Tier, ValueKind
from claims.report.model import build
from claims.report.shape import Report
from claims.values.interval import Region
from claims.values.quantity import parse_quantity
from claims.values.relation import Value

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
HEAD = "3f" * 32


def ident(key: str) -> UUID:
    """The id of whatever has this key."""
    return uuid5(NAMESPACE_URL, key)


SEVERAL = parse_quantity("several")
DOZENS = parse_quantity("dozens")

GAZETTE = Source(id=ident("gazette"), key="gazette", name="The gazette", kind=SourceKind.NEWSPAPER)
RELIEF = Source(id=ident("relief"), key="relief", name="Relief group", kind=SourceKind.NGO)
WITNESSES = Source(id=ident("witnesses"), name="eyewitnesses", named=False)
ARTICLE = Document(
    id=ident("article"),
    key="article",
    csl={
        "type": "article-newspaper",
        "title": "The flood",
        "author": [{"given": "A.", "family": "Reporter"}],
        "container-title": "The gazette",
        "issued": {"date-parts": [[2021, 7, 20]]},
        "URL": "https://example.org/flood",
    },
    voice=GAZETTE.id,
    tier=Tier.SECONDARY,
    language="en",
)
COPY = Snapshot(
    id=ident("copy"),
    document=ARTICLE.id,
    sha256="ab" * 32,
    media_type="text/plain",
    text_sha256="ab" * 32,
    extractor="identity@1",
    length=4000,
    captured_at=datetime(2021, 7, 21, 10, 0, tzinfo=UTC),
)
TOPIC = Topic(id=ident("flood"), key="flood", label="The flood of the river")


@dataclass
class Bench:
    """Collects the records of one topic, and the results written for it."""

    topic: Topic = TOPIC
    sources: list[Source] = field(default_factory=lambda: [GAZETTE, RELIEF, WITNESSES])
    documents: list[Document] = field(default_factory=lambda: [ARTICLE])
    passages: list[Passage] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    results: list[QuestionResult] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)
    cross_checks: list[object] = field(default_factory=list)

    def ask(
        self, key: str, text: str, kind: ValueKind = ValueKind.COUNT, **more: object
    ) -> Question:
        """A question of the topic."""
        unit = "people" if kind is ValueKind.COUNT else None
        return replace(
            Question(
                id=ident(key), key=key, topic=self.topic.id, text=text, value_kind=kind, unit=unit
            ),
            **more,  # type: ignore[arg-type]
        )

    def claim(
        self,
        question: Question,
        key: str,
        value: Value | None,
        *,
        quote: str = "",
        speakers: Sequence[Source] = (),
        stance: Stance = Stance.ASSERTS,
        cluster: int = 1,
        counts: bool = True,
        **more: object,
    ) -> ReadClaim:
        """A claim under a passage of its own, as the analysis hands it on."""
        passage = self.passage(f"passage-{key}", quote or f"According to it, {key} was so.")
        made = Claim(
            id=ident(key),
            key=key,
            document=ARTICLE.id,
            passages=(passage.id,),
            question=question.id,
            stance=stance,
            speakers=tuple(Speaker(source=s.id) for s in (GAZETTE, *speakers)),
            value=ClaimValue(said=value.said, expression=value.expression) if value else None,
        )
        made = replace(made, **more)  # type: ignore[arg-type]
        self.claims.append(made)
        unnamed = any(not source.named for source in speakers[-1:])
        return ReadClaim(claim=made, value=value, cluster=cluster, counts=counts, unnamed=unnamed)

    def passage(self, key: str, exact: str, **more: object) -> Passage:
        """A passage of the article, each after the one before."""
        start = 10 + 100 * len(self.passages)
        made = Passage(
            id=ident(key),
            document=ARTICLE.id,
            snapshot=COPY.id,
            exact=exact,
            start=start,
            end=start + len(exact),
            locators=(Locator(kind="line", value=str(len(self.passages) + 1)),),
            language="en",
        )
        self.passages.append(replace(made, **more))  # type: ignore[arg-type]
        return self.passages[-1]

    def judge(self, claim: ReadClaim, code: str, reason: str) -> None:
        """Record a level of confidence."""
        self.assessments.append(
            Assessment(
                id=ident(f"judged {claim.claim.id}"),
                of="claim",
                target=claim.claim.id,
                scheme=Scheme.CONFIDENCE,
                code=code,
                reason=reason,
                assessed_by="the coder",
            )
        )

    def result(self, question: Question, claims: Sequence[ReadClaim], **more: object) -> None:
        """The result of a question; what is not given is that of a single claim."""
        made = QuestionResult(
            question=question,
            dispute=Dispute.NONE,
            support=Support.SINGLE,
            supported_by=0,
            origins=1,
            origins_if_dependent=1,
            exact=True,
            notes=(),
            reasons=(),
            claims=tuple(claims),
            positions=(),
            positions_omitted=0,
            relations=(),
            relations_omitted=0,
        )
        self.results.append(replace(made, **more))  # type: ignore[arg-type]

    def casefile(self) -> Casefile:
        """Everything collected."""
        made = Casefile(
            topic=self.topic,
            questions=tuple(result.question for result in self.results),
            claims=tuple(self.claims),
            sources={source.id: source for source in self.sources},
            documents={document.id: document for document in self.documents},
            snapshots={COPY.id: COPY},
            passages={passage.id: passage for passage in self.passages},
            assessments=tuple(self.assessments),
        )
        return replace(made, **self.more)  # type: ignore[arg-type]

    def report(self) -> Report:
        """The report on everything collected."""
        outcome = TopicResult(
            topic=self.topic,
            profile="default@1",
            questions=tuple(self.results),
            cross_checks=tuple(self.cross_checks),  # type: ignore[arg-type]
        )
        return build(self.casefile(), outcome, head_seq=57, head_hash=HEAD, generated_at=NOW)


def position(claims: Sequence[ReadClaim], common: Region | None, **more: object) -> Position:
    """A position of these claims, each of its own origin."""
    made = Position(
        claims=tuple(read.claim.id for read in claims),
        size=len(claims),
        origins=len(claims),
        origins_if_dependent=len(claims),
        common=common,
        label="",
    )
    return replace(made, **more)  # type: ignore[arg-type]
