"""What a write changes for the verdicts: each question touched, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, access
from claims.analysis.assess import Bounds, assess_topic
from claims.analysis.merges import kept
from claims.analysis.outcomes import Dispute, QuestionResult, Support
from claims.analysis.records import (
    Claim,
    Document,
    Merge,
    Opposition,
    Party,
    Place,
    Project,
    Question,
    Record,
    RelationOverride,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Topic,
)
from claims.store.derive import project_profile
from claims.store.reach import bearing, every, linked, read_together, sizes

MOST = 2_000
"""Claims on one question, with those that it is linked to, that are assessed at once."""

MOST_IN_ALL = 10_000
"""Claims on all questions touched by one write that are assessed at once."""

NOT_HELD = "not asked"
"""The word for a question before it is entered, and after it is removed."""

UNASSESSED = "not assessed"

_COUNTED = {Support.AGREED_INDEPENDENT, Support.COMPATIBLE_INDEPENDENT}
_FEW = Bounds(pairs=0, members=0, positions=0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The headline of a question: ``word`` as reports print it, with its number of origins.

    Not ``assessed`` where the question is too large to be assessed with every write; ``topic``
    is what ``claims report`` is to be asked for then.
    """

    name: str
    word: str
    topic: str = ""
    assessed: bool = True


@dataclass(frozen=True, slots=True)
class Effect:
    """That a question has another verdict after a write, or that nobody looked (``unknown``).

    ``name`` is the question's key, or else its text.
    """

    question: UUID
    name: str
    before: str
    after: str
    unknown: bool = False

    @property
    def plain(self) -> dict[str, object]:
        """The effect as data of JSON."""
        return {**asdict(self), "question": str(self.question)}

    def __str__(self) -> str:
        """``Q9: SINGLE → CONFLICT_HARD``."""
        return (
            f"{self.name}: {self.after}"
            if self.unknown
            else (f"{self.name}: {self.before} → {self.after}")
        )


def touched(session: Session, records: Iterable[Record]) -> set[UUID]:
    """The questions whose verdict a write of these records can change.

    To be asked before the write, so that what the records were counts too; give records both as
    they were and as they shall be where both are known. Assessments, cross-checks, inquiries,
    reviews, waivers, passages and archived bytes change no verdict.

    Args:
        session: an open unit of work; nothing is written.
        records: new, changed or removed records.

    Returns:
        Questions, also such as are not held yet, with those linked by ``subset_of``.
    """
    marks = _Marks()
    for record in records:
        marks.read(record)
    found = set(marks.questions)
    for entity, ids in marks.bearing.items():
        found |= bearing(session, entity, ids)
    found |= read_together(session, marks.cited_in)
    if marks.all:
        found |= every(session)
    return set().union(*linked(session, found, marks.pairs))


class _Marks:
    """What records bear on, as far as they say it themselves."""

    def __init__(self) -> None:
        self.questions: set[UUID] = set()
        self.bearing: defaultdict[str, set[UUID]] = defaultdict(set)
        self.cited_in: set[UUID] = set()
        self.pairs: list[tuple[UUID, UUID]] = []
        self.all = False

    def read(self, record: Record) -> None:
        """Add what one record bears on."""
        if isinstance(record, Claim):
            self._claim(record)
        elif isinstance(record, Question):
            self._question(record)
        elif isinstance(record, Merge):
            self._merge(record)
        elif isinstance(record, Project):
            self.all = True
        else:
            for entity, target in _named(record):
                self.bearing[entity].add(target)

    def _claim(self, claim: Claim) -> None:
        """A claim that cites somebody bears on what else was read in its document.

        The voice may then depend on whom it cites, on every question on which both speak.
        """
        self.questions.add(claim.question)
        self.bearing["claim"] |= {claim.id} | ({claim.supersedes} if claim.supersedes else set())
        if len(claim.speakers) > 1:
            self.cited_in.add(claim.document)

    def _question(self, question: Question) -> None:
        self.questions.add(question.id)
        if question.subset_of is not None:
            self.pairs.append((question.id, question.subset_of))

    def _merge(self, merge: Merge) -> None:
        ends = {merge.kept, merge.merged}
        if merge.of == Question.entity:
            self.questions |= ends
            self.pairs.append((merge.kept, merge.merged))
        else:
            self.bearing[merge.of] |= ends


def _named(record: Record) -> Iterator[tuple[str, UUID]]:
    """The records by which a record bears on questions, each with its entity."""
    if isinstance(record, Source | Document | Party | Term | Place | Topic):
        yield record.entity, record.id
    if isinstance(record, Source) and record.party is not None:
        yield Party.entity, record.party
    if isinstance(record, Document):
        yield Source.entity, record.voice
    if isinstance(record, SourceRelation):
        yield from ((record.between, end) for end in (record.a, record.b))
    if isinstance(record, RelationOverride):
        yield from ((Claim.entity, end) for end in (record.a, record.b))
    if isinstance(record, TermRelation):
        yield from ((Term.entity, end) for end in (record.a, record.b))
    if isinstance(record, Opposition):
        yield from ((Party.entity, end) for end in (record.a, record.b))


def verdicts(session: Session, actor: Actor, questions: Collection[UUID]) -> dict[UUID, Verdict]:
    """The verdict of each of these questions that is held, from what the actor may see.

    Questions are assessed with those that they are linked to. Where these have more than
    :data:`MOST` claims together, or all of them more than :data:`MOST_IN_ALL`, the largest are
    not assessed, and their verdict says so.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks.
        questions: ids, as :func:`touched` returns them.
    """
    seen = access(session, actor)
    held = {one.id: one for one in seen.records(Question, questions)}
    chosen = _small_enough(session, actor, held)
    labels = {one.id: one.key or one.label for one in seen.records(Topic, _topics(held.values()))}
    gone = _merged_away(seen.records(Merge), held)
    found: dict[UUID, Verdict] = {
        one.id: Verdict(_name(one), UNASSESSED, labels[one.topic], assessed=False)
        for one in held.values()
        if one.id not in chosen
    }
    for topic in sorted(_topics(held[one] for one in chosen)):
        asked = {one for one in chosen if held[one].topic == topic}
        file = seen.casefile(topic, set().union(*linked(session, asked)))
        profile = project_profile(session)
        for result in assess_topic(file, profile=profile, bounds=_FEW).questions:
            if result.question.id in asked:
                found[result.question.id] = _verdict(result, labels[topic])
    return found | {
        one: Verdict(_name(held[one]), f"merged into {into}", labels[held[one].topic])
        for one, into in gone.items()
    }


def effects(before: Mapping[UUID, Verdict], after: Mapping[UUID, Verdict]) -> tuple[Effect, ...]:
    """What differs between two answers of :func:`verdicts`, in the order of the questions' names.

    A question that was too large on either side is told as unknown, with the command that
    assesses it.
    """
    found = (_effect(one, before.get(one), after.get(one)) for one in {**before, **after})
    return tuple(sorted((one for one in found if one), key=lambda one: (one.name, one.question)))


def headline(result: QuestionResult) -> str:
    """The headline of a result, with the number of origins where support counts them."""
    counted = result.dispute is Dispute.NONE and result.support in _COUNTED
    return f"{result.status}({result.supported_by})" if counted else result.status


def _verdict(result: QuestionResult, topic: str) -> Verdict:
    return Verdict(_name(result.question), headline(result), topic)


def _effect(question: UUID, before: Verdict | None, after: Verdict | None) -> Effect | None:
    known = after or before
    if known is None or (before == after and known.assessed):
        return None
    words = [one.word if one else NOT_HELD for one in (before, after)]
    if all(one is None or one.assessed for one in (before, after)):
        same = words[0] == words[1]
        return None if same else Effect(question, known.name, words[0], words[1])
    told = f"not assessed at once, since it has too many claims; `claims report {known.topic}` does"
    return Effect(question, known.name, words[0], told, unknown=True)


def _small_enough(session: Session, actor: Actor, held: Collection[UUID]) -> set[UUID]:
    """Those of the questions that are assessed at once, the smallest groups first."""
    groups = linked(session, held)
    claims = sizes(session, set().union(*groups), actor.clearance)
    sized = sorted(
        (sum(claims.get(one, 0) for one in group), min(group), group) for group in groups
    )
    chosen: set[UUID] = set()
    total = 0
    for size, _, group in sized:
        total += size
        if size <= MOST and total <= MOST_IN_ALL:
            chosen |= group.intersection(held)
    return chosen


def _topics(questions: Iterable[Question]) -> set[UUID]:
    return {one.topic for one in questions}


def _merged_away(merges: Iterable[Merge], held: Mapping[UUID, Question]) -> dict[UUID, str]:
    """The questions that were merged into another, each with the name of that one."""
    into = kept(merges, Question.entity)
    return {
        one: _name(held[into[one]]) if into[one] in held else "another"
        for one in held
        if one in into
    }


def _name(question: Question) -> str:
    return question.key or question.text
