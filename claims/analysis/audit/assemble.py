"""From records in memory to what the checks look at, as for a folder of hand-coded files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from claims.analysis.audit.case import (
    Dossier,
    HeldText,
    ProjectFile,
    QuestionFile,
    Recorded,
    question_files,
)
from claims.analysis.audit.rows import document_row
from claims.analysis.casefile import Casefile
from claims.analysis.records import (
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Inquiry,
    Opposition,
    Party,
    Passage,
    Place,
    Project,
    Question,
    Record,
    RelationOverride,
    Review,
    Snapshot,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Topic,
)

R = TypeVar("R", bound=Record)


class Assembled:
    """Records, with the texts of their snapshots, as cases for the audit.

    ``held`` tells of each snapshot what is held; ``recorded`` who entered each record, and when,
    where that is known.
    """

    def __init__(
        self,
        records: Iterable[Record],
        *,
        held: Mapping[UUID, HeldText] | None = None,
        recorded: Mapping[UUID, Recorded] | None = None,
        contributors: int | None = None,
    ) -> None:
        """Sort the records by kind; nothing is looked at yet."""
        self._of: defaultdict[type[Record], dict[UUID, Record]] = defaultdict(dict)
        for record in records:
            self._of[type(record)][record.id] = record
        self._held = held or {}
        self._recorded = recorded
        self._contributors = contributors

    def dossiers(self) -> Iterator[Dossier]:
        """One dossier for each document, in the order of the records."""
        passages = _by(self._all(Passage), attrgetter("document"))
        snapshots = _by(self._all(Snapshot), attrgetter("document"))
        claims = _by(self._all(Claim), attrgetter("document"))
        judged = _by(self._all(Assessment), attrgetter("target"))
        reviewed = _by(self._all(Review), attrgetter("claim"))
        searched = self._searched()
        for document in self._all(Document).values():
            mine = claims.get(document.id, ())
            copies = snapshots.get(document.id, ())
            yield Dossier(
                document=document,
                project=self._project,
                snapshots=copies,
                held={one.id: self._held[one.id] for one in copies if one.id in self._held},
                passages=passages.get(document.id, ()),
                claims=mine,
                questions=self._all(Question),
                topics=self._all(Topic),
                sources=self._all(Source),
                others=self._all(Document),
                parties=self._all(Party),
                terms=self._all(Term),
                places=self._all(Place),
                assessments=tuple(a for claim in mine for a in judged.get(claim.id, ())),
                reviews=tuple(r for claim in mine for r in reviewed.get(claim.id, ())),
                inquiries=tuple(
                    {i.id: i for claim in mine for i in searched.get(claim.id, ())}.values()
                ),
                recorded=self._recorded,
                contributors=self._contributors,
            )

    def questions(self) -> Iterator[QuestionFile]:
        """One file for each question, topic by topic."""
        profile = self._project.profile if self._project else "default@1"
        for topic in self._all(Topic).values():
            yield from question_files(self._casefile(topic), profile)

    def project(self) -> ProjectFile:
        """All documents in brief."""
        sources = self._all(Source)
        assessments = self._all(Assessment).values()
        return ProjectFile(
            project=self._project,
            documents=tuple(document_row(dossier) for dossier in self.dossiers()),
            sources=tuple(sources.values()),
            relations=tuple(self._all(SourceRelation).values()),
            assessments=tuple(one for one in assessments if one.target in sources),
            recorded=self._recorded,
            contributors=self._contributors,
        )

    def _searched(self) -> Mapping[UUID, list[Inquiry]]:
        """The inquiries by the claims that rest on them."""
        found: defaultdict[UUID, list[Inquiry]] = defaultdict(list)
        for inquiry in self._all(Inquiry).values():
            for claim in inquiry.claims:
                found[claim].append(inquiry)
        return found

    @cached_property
    def _project(self) -> Project | None:
        return next(iter(self._all(Project).values()), None)

    def _all(self, kind: type[R]) -> dict[UUID, R]:
        return self._of[kind]  # type: ignore[return-value] # kept by kind

    def _casefile(self, topic: Topic) -> Casefile:
        asked = tuple(q for q in self._all(Question).values() if q.topic == topic.id)
        wanted = {question.id for question in asked}
        return Casefile(
            topic=topic,
            questions=asked,
            claims=tuple(c for c in self._all(Claim).values() if c.question in wanted),
            sources=self._all(Source),
            documents=self._all(Document),
            snapshots=self._all(Snapshot),
            passages=self._all(Passage),
            parties=self._all(Party),
            terms=self._all(Term),
            places=self._all(Place),
            oppositions=tuple(self._all(Opposition).values()),
            source_relations=tuple(self._all(SourceRelation).values()),
            term_relations=tuple(self._all(TermRelation).values()),
            assessments=tuple(self._all(Assessment).values()),
            overrides=tuple(self._all(RelationOverride).values()),
            cross_checks=tuple(c for c in self._all(CrossCheck).values() if c.topic == topic.id),
            inquiries=tuple(i for i in self._all(Inquiry).values() if i.topic == topic.id),
        )


def _by(records: Mapping[UUID, R], key: Callable[[R], UUID]) -> Mapping[UUID, tuple[R, ...]]:
    """The records by what they belong to, in their order."""
    found: defaultdict[UUID, list[R]] = defaultdict(list)
    for record in records.values():
        found[key(record)].append(record)
    return {owner: tuple(held) for owner, held in found.items()}
