"""Acceptance: somebody other than whoever entered a claim looks at it and says so.

Accepting is about the coding (is this what the page says?), never about the truth of the claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.analysis.acceptance import ReviewState, review_state
from claims.analysis.records import Claim, Passage, Question, Review, Source, Topic
from claims.analysis.vocabulary import Decision
from claims.errors import ClaimsError, InputRefused, NotFound, NotPermitted, StaleVersion
from claims.store.access import Access
from claims.store.acts import Run
from claims.store.authors import Authors, authors
from claims.store.naming import meant
from claims.store.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsRequest:
    """Which claims to list: of one topic or of all, and in which state (``None`` is any)."""

    topic: str | None = None
    state: ReviewState | None = ReviewState.AWAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One claim as a reviewer needs to see it, with its newest review, if it was reviewed.

    ``words`` are those of its passages, ``value`` the value as said (``None`` where none was
    given); times are UTC with microseconds.
    """

    id: UUID
    key: str | None
    version: int
    topic: str
    question: str
    source: str
    words: tuple[str, ...]
    value: str | None
    entered_by: str
    entered_at: str
    edited_by: str
    edited_at: str
    state: ReviewState
    review: Review | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """What a reviewer decides about some claims, by key or id, and why.

    ``version`` is the one that was looked at, where a single claim is named.
    """

    claims: tuple[str, ...]
    decision: Decision
    reason: str
    version: int | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One claim: the state it was in and is in now."""

    id: UUID
    name: str
    before: ReviewState
    after: ReviewState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewResult:
    """What became of each claim, and the run that wrote it; ``None`` where nothing was."""

    act: UUID | None
    items: tuple[Reviewed, ...]
    dry_run: bool


def reviews(
    session: Session, actor: Actor, request: ReviewsRequest, now: datetime
) -> list[ReviewLine]:
    """The claims in a state of review, those entered first coming first.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; what they may not see is not listed.
        request: the topic and the state.
        now: not used; every action has the same shape.

    Raises:
        NotFound: no topic is called that.
        InputRefused: several could be meant.
    """
    del now
    actor.require(Doing.READ)
    seen = access(session, actor)
    topic = None if request.topic is None else seen.find(Topic, request.topic)[0].id
    questions = {
        one.id: one for one in seen.records(Question) if topic is None or one.topic == topic
    }
    claims = [one for one in seen.records(Claim) if one.question in questions]
    newest = _newest(seen)
    found = _states(seen, [one.id for one in claims], newest)
    wanted = [one for one in claims if request.state in {None, found[one.id]}]
    return list(_lines(seen, wanted, questions, found, newest))


def review_claims(
    session: Session, actor: Actor, request: ReviewRequest, now: datetime
) -> ReviewResult:
    """Accept claims as they stand, or return them to be mended: all of them, or none.

    A claim that was edited afterwards awaits a review again. The same decision on the same
    content again writes nothing.

    Args:
        session: of a writing unit, or of any unit for a dry run.
        actor: who reviews; a reviewer who neither entered the claim nor edited it last.
        request: the claims, the decision, the reason.
        now: when.

    Raises:
        NotPermitted: the role does not go as far, or a claim is the reviewer's own.
        NotFound: there is no such claim.
        StaleVersion: the claim was changed after the version that was looked at.
        InputRefused: no claim or no reason is given, or a name could mean several claims.
    """
    actor.require(Doing.REVIEW)
    _check(request)
    seen = access(session, actor)
    claims = _meant(seen, request.claims)
    _refuse_stale(seen, request, claims)
    _refuse_own(actor, claims, authors(session, claims))
    before = states(seen, claims)
    decided = _STATE[request.decision]
    hashes = seen.hashes(Claim, claims)
    made = [
        Review(
            id=uuid4(),
            claim=claim,
            decision=request.decision,
            claim_hash=hashes[claim],
            reason=request.reason.strip(),
            reviewed_by=actor.name,
        )
        for claim in claims
        if before[claim] is not decided
    ]
    act = None if request.dry_run else _write(session, actor, request, made, now)
    return ReviewResult(
        act=act,
        items=tuple(
            Reviewed(id=claim, name=name, before=before[claim], after=decided)
            for claim, name in claims.items()
        ),
        dry_run=request.dry_run,
    )


def states(seen: Access, claims: Collection[UUID]) -> Mapping[UUID, ReviewState]:
    """The state of review of each of these claims that may be seen."""
    return _states(seen, claims, _newest(seen))


def accepted(seen: Access, claims: Collection[UUID]) -> int:
    """How many of these claims were accepted, as they stand, by a second person."""
    newest = _newest(seen)
    found = _states(seen, newest.keys() & set(claims), newest)
    return sum(state is ReviewState.ACCEPTED for state in found.values())


_STATE = {
    Decision.ACCEPTED: ReviewState.ACCEPTED,
    Decision.RETURNED: ReviewState.RETURNED,
}


def _newest(seen: Access) -> Mapping[UUID, Review]:
    """The newest review of each claim that was reviewed."""
    return {one.claim: one for one in seen.records(Review)}


def _states(
    seen: Access, claims: Iterable[UUID], newest: Mapping[UUID, Review]
) -> Mapping[UUID, ReviewState]:
    hashes = seen.hashes(Claim, claims)
    return {claim: review_state(content, newest.get(claim)) for claim, content in hashes.items()}


def _lines(
    seen: Access,
    claims: Sequence[Claim],
    questions: Mapping[UUID, Question],
    found: Mapping[UUID, ReviewState],
    newest: Mapping[UUID, Review],
) -> Iterator[ReviewLine]:
    cited = {passage for claim in claims for passage in claim.passages}
    words = {one.id: one.exact for one in seen.records(Passage, cited)}
    names = {one.id: one.name for one in seen.records(Source, {claim.origin for claim in claims})}
    topics = {one.id: one.label for one in seen.records(Topic)}
    wrote = authors(seen.session, [claim.id for claim in claims])
    versions = seen.versions(Claim, [claim.id for claim in claims])
    for claim in claims:
        question = questions[claim.question]
        yield ReviewLine(
            id=claim.id,
            key=claim.key,
            version=versions[claim.id],
            topic=topics[question.topic],
            question=question.text,
            source=names[claim.origin],
            words=tuple(words[one] for one in claim.passages),
            value=claim.value.said if claim.value else None,
            state=found[claim.id],
            review=newest.get(claim.id),
            **wrote[claim.id]._asdict(),
        )


def _check(request: ReviewRequest) -> None:
    if not request.claims:
        message = "name at least one claim, by its key or the beginning of its id"
        raise InputRefused(message)
    if not request.reason.strip():
        message = "a review needs a reason; say with --reason what you compared, or what is wrong"
        raise InputRefused(message)
    if request.version is not None and len(request.claims) > 1:
        message = (
            f"a version belongs to one claim, and {len(request.claims)} are named;"
            " review them one by one, or leave the version out"
        )
        raise InputRefused(message)


def _meant(seen: Access, named: Iterable[str]) -> dict[UUID, str]:
    """The claims that were named, each once, with what they are called."""
    held, found = seen.called(Claim), dict[UUID, str]()
    faults: list[ClaimsError] = []
    for text in named:
        try:
            one = meant(Claim, text, held)
        except (NotFound, InputRefused) as fault:
            faults.append(fault)
        else:
            found[one.id] = one.shown
    if faults:
        raise type(faults[0])("; ".join(str(fault) for fault in faults))
    return found


def _refuse_stale(seen: Access, request: ReviewRequest, claims: Mapping[UUID, str]) -> None:
    for claim, version in seen.versions(Claim, claims).items():
        if request.version not in {None, version}:
            message = (
                f"the claim {claims[claim]} was changed after you looked at it (version"
                f" {request.version}, now {version}); look again before you decide"
            )
            raise StaleVersion(message)


def _refuse_own(actor: Actor, claims: Mapping[UUID, str], wrote: Mapping[UUID, Authors]) -> None:
    own = [
        name
        for claim, name in claims.items()
        if actor.name in {wrote[claim].entered_by, wrote[claim].edited_by}
    ]
    if own:
        message = (
            f"{actor.name!r} entered or last edited {', '.join(own)}; a second person has to"
            " review what the first one entered"
        )
        raise NotPermitted(message)


def _write(
    session: Session, actor: Actor, request: ReviewRequest, made: Sequence[Review], now: datetime
) -> UUID | None:
    if not made:
        return None
    name = "review accept" if request.decision is Decision.ACCEPTED else "review return"
    writer = Writer(session, actor.name, now, request.reason, run=Run(name))
    writer.insert_all(made)
    return writer.act
