"""Merging: that two sources, questions or documents are one, said with a reason, and taken back.

Nothing is rewritten: a merge is a record of its own, through which everything derived is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.entry_write import Plan, Terms, Update, Written, carry_out
from claims.actions.similar import MERGEABLE, Similar, told
from claims.analysis.merges import kept
from claims.analysis.records import Document, Merge, Party, Question, Record, Source
from claims.errors import InputRefused
from claims.store.access import Access
from claims.store.reach import carried


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRequest:
    """Which record (``merged``) is the same as which other (``kept``), and why.

    Both are named as people name them. ``entity`` is source, question or document.
    """

    entity: str
    kept: str
    merged: str
    reason: str
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmergeRequest:
    """Which record is its own again, and why."""

    entity: str
    merged: str
    reason: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """The two records, what comes along by kind of record, and what was written."""

    kept: Similar
    merged: Similar
    carried: Mapping[str, int]
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine:
    """A merge in force."""

    id: UUID
    kept: Similar
    merged: Similar
    reason: str


def merge(session: Session, actor: Actor, request: MergeRequest, now: datetime) -> MergeResult:
    """Say that two records are one: all that names the second reads as naming the first.

    Args:
        session: of a writing unit, also for a dry run, which is taken back.
        actor: who says so; a reviewer.
        request: the two records and the reason.
        now: the time of the change.

    Raises:
        NotPermitted: the role does not allow it.
        NotFound: there is no such record, or none that the actor may see.
        InputRefused: they cannot be one; the message says all that stands against it.
    """
    actor.require(Doing.MERGE)
    seen, kind = access(session, actor), MERGEABLE[request.entity]
    first, _ = seen.find(kind, request.kept)
    second, _ = seen.find(kind, request.merged)
    against = list(_against(seen, request, first, second))
    if against:
        raise InputRefused("; ".join(against))
    made = Merge(
        id=uuid4(),
        of=request.entity,
        kept=first.id,
        merged=second.id,
        reason=request.reason.strip(),
    )
    along = carried(session, request.entity, second.id, actor.clearance)
    plan = Plan(name=f"{request.entity} merge", inserts=[made])
    terms = Terms(reason=made.reason, dry_run=request.dry_run)
    written = carry_out(session, actor, plan, terms, now)
    return MergeResult(kept=told(first), merged=told(second), carried=along, written=written)


def unmerge(session: Session, actor: Actor, request: UnmergeRequest, now: datetime) -> MergeResult:
    """Take a merge back: the merged record is its own again, with all that names it.

    Raises:
        NotPermitted: the role does not allow it.
        NotFound: there is no such record, or none that the actor may see.
        InputRefused: it is merged into no other.
    """
    actor.require(Doing.MERGE)
    seen, kind = access(session, actor), MERGEABLE[request.entity]
    second, _ = seen.find(kind, request.merged)
    found = _merge_of(seen, second)
    if found is None:
        message = (
            f"the {request.entity} {_quoted(second)} is merged into no other;"
            f" `claims {request.entity} merge --list` shows what is"
        )
        raise InputRefused(message)
    held = seen.stored(Merge, found.id) or (found, 1)
    (first,) = seen.records(kind, [found.kept])
    change = Update(before=held[0], after=replace(held[0], undone=True), version=held[1])
    along = carried(session, request.entity, second.id, actor.clearance)
    plan = Plan(name=f"{request.entity} merge --undo", updates=[change])
    terms = Terms(reason=request.reason, dry_run=request.dry_run)
    written = carry_out(session, actor, plan, terms, now)
    return MergeResult(kept=told(first), merged=told(second), carried=along, written=written)


def merges(session: Session, actor: Actor, entity: str) -> tuple[MergeLine, ...]:
    """The merges in force of sources, questions or documents, as far as the actor may see both."""
    actor.require(Doing.READ)
    seen = access(session, actor)
    held = [one for one in seen.records(Merge) if one.of == entity and not one.undone]
    ends = [end for one in held for end in (one.kept, one.merged)]
    records: dict[UUID, Record] = {one.id: one for one in seen.records(MERGEABLE[entity], ends)}
    return tuple(
        MergeLine(
            id=one.id,
            kept=told(records[one.kept]),
            merged=told(records[one.merged]),
            reason=one.reason,
        )
        for one in held
    )


def merged_into(seen: Access, entity: str) -> dict[UUID, Similar]:
    """For each merged record: the one that stands for it, for lists and pages to say so."""
    into = kept(seen.records(Merge), entity)
    if not into:
        return {}
    records = {one.id: told(one) for one in seen.records(MERGEABLE[entity], set(into.values()))}
    return {gone: records[end] for gone, end in into.items()}


def merged_words(seen: Access, record: Record) -> str:
    """`` (merged into “Memorial”)`` after the name of a merged record; nothing after others."""
    into = merged_into(seen, record.entity) if record.entity in MERGEABLE else {}
    return f" (merged into {_called(into[record.id])})" if record.id in into else ""


def _against(seen: Access, request: MergeRequest, first: Record, second: Record) -> Iterator[str]:
    """All that stands against a merge."""
    if not request.reason.strip():
        yield "a merge needs a reason; give one with --reason"
    if first.id == second.id:
        yield f"both names mean the {request.entity} {_quoted(first)}; name two different ones"
        return
    yield from _merged_before(seen, first, second)
    if isinstance(first, Source) and isinstance(second, Source):
        yield from _sources(seen, first, second)
    elif isinstance(first, Question) and isinstance(second, Question):
        yield from _questions(seen, first, second)
    elif isinstance(first, Document) and isinstance(second, Document):
        yield from _documents(seen, first, second)


def _merged_before(seen: Access, first: Record, second: Record) -> Iterator[str]:
    """A record is merged once, and into one that stands for itself: so there is no circle."""
    into = merged_into(seen, first.entity)
    if second.id in into:
        yield (
            f"{_quoted(second)} was merged into {_called(into[second.id])} already;"
            f" `claims {first.entity} merge --undo {_handle(second)}` takes that back"
        )
    if first.id in into:
        yield (
            f"{_quoted(first)} was itself merged into {_called(into[first.id])};"
            " name that one as the one to keep"
        )


def _sources(seen: Access, first: Source, second: Source) -> Iterator[str]:
    if first.named != second.named:
        nameless = second if first.named else first
        yield (
            f"{_quoted(nameless)} is a voice without a name, which is nobody in particular;"
            " where its name is known, edit the claims' speakers"
        )
    parties = [one.party for one in (first, second)]
    if all(parties) and parties[0] != parties[1]:
        names = {one.id: one.name for one in seen.records(Party, [p for p in parties if p])}
        told_of = " and ".join(f"“{names[one]}”" for one in parties if one)
        yield f"they belong to two parties, {told_of}; correct the one that is wrong first"


def _questions(seen: Access, first: Question, second: Question) -> Iterator[str]:
    differing = [
        words for name, words in _SAME.items() if getattr(first, name) != getattr(second, name)
    ]
    if differing:
        yield (
            f"the two questions differ in {', '.join(differing)}, so that their answers do not"
            " compare; edit one of them first, if that was an error"
        )
    held = {one.id: one for one in seen.records(Question)}
    into = kept(seen.records(Merge), Question.entity)
    for part, whole in ((first, second), (second, first)):
        if whole.id in _wholes(part, held, into):
            yield f"{_quoted(part)} is part of {_quoted(whole)}, and a part is not its whole"


_SAME = {
    "topic": "their topic",
    "value_kind": "the kind of answer",
    "aspect": "the part of the event",
    "unit": "their unit",
    "scope": "their scope",
    "exclusive": "whether only one answer can be true",
    "running_total": "whether the figure grows with time",
}
"""What two questions must share for their answers to be compared, in words."""


def _wholes(
    part: Question, held: Mapping[UUID, Question], into: Mapping[UUID, UUID]
) -> Iterator[UUID]:
    """The questions that a question is part of, with those that they were merged into."""
    reached: set[UUID] = set()
    step = part.subset_of
    while step is not None and step not in reached:
        reached |= {step, into.get(step, step)}
        yield from (step, into.get(step, step))
        step = held[into.get(step, step)].subset_of


def _documents(seen: Access, first: Document, second: Document) -> Iterator[str]:
    into = kept(seen.records(Merge), Source.entity)
    voices = [into.get(one.voice, one.voice) for one in (first, second)]
    if voices[0] != voices[1]:
        names = {one.id: one for one in seen.records(Source, voices)}
        keep, gone = (names[voice] for voice in voices)
        yield (
            f"their voices are two sources, {_quoted(keep)} and {_quoted(gone)}; if these are one,"
            f" `claims source merge {_handle(keep)} {_handle(gone)}` first"
        )
    if first.language != second.language:
        yield (
            f"they are in two languages ({first.language} and {second.language}); a translation"
            " is a document of its own that depends on its original"
        )


def _merge_of(seen: Access, record: Record) -> Merge | None:
    """The merge by which a record reads as another."""
    held = (one for one in seen.records(Merge) if one.merged == record.id and not one.undone)
    return next(held, None)


def _quoted(record: Record) -> str:
    return _called(told(record))


def _called(one: Similar) -> str:
    return f"“{one.name}”"


def _handle(record: Record) -> str:
    """What a command line can name a record by."""
    return record.key or str(record.id)[:8]
