"""``claims review``: which claims await a second person, and what that person decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.actions.init import acting
from claims.actions.review import (
    ReviewLine,
    ReviewRequest,
    ReviewResult,
    ReviewsRequest,
    review_claims,
    reviews,
)
from claims.analysis.acceptance import ReviewState
from claims.analysis.vocabulary import Decision
from claims.analysis.wording import plural
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, say
from claims.report.inert import inert
from claims.store.unit import read_unit, write_unit

_DAY = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision on some claims, as the flags said."""

    claims: tuple[str, ...]
    decision: str
    reason: str
    version: int | None


def listed(ground: Ground, topic: str | None, state: str | None, *, as_json: bool) -> None:
    """Print the claims in a state of review."""
    settings = existing(ground.settings())
    wanted = None if state is None else ReviewState(state)
    request = ReviewsRequest(topic=topic, state=wanted)
    with opened(settings) as engine, read_unit(engine) as session:
        found = reviews(session, acting(session, settings.actor), request, now())
    if as_json:
        print_json([_as_json(line) for line in found])
    else:
        _print(found, wanted)


def review(ground: Ground, asked: Asked, *, dry_run: bool, as_json: bool) -> None:
    """Store the decision and print what became of each claim."""
    settings = existing(ground.settings())
    request = ReviewRequest(
        claims=asked.claims,
        decision=Decision(asked.decision),
        reason=asked.reason,
        version=asked.version,
        dry_run=dry_run,
    )
    with opened(settings) as engine, write_unit(engine) as session:
        result = review_claims(session, acting(session, settings.actor), request, now())
    if as_json:
        print_json(_result_as_json(result))
    else:
        _tell(result)


def _print(found: Sequence[ReviewLine], wanted: ReviewState | None) -> None:
    for line in found:
        say(f"{inert(line.key or str(line.id)[:8])}  {inert(line.topic)}: {inert(line.question)}")
        for words in line.words:
            say(f"  “{inert(words)}”")
        for told in _told(line):
            say(f"  {told}")
    which = "" if wanted is None else f" {_STANDING[wanted]}"
    say(f"{plural(len(found), 'claim')}{which}.")


_STANDING = {
    ReviewState.AWAITING: "awaiting review",
    ReviewState.RETURNED: "returned to be mended",
    ReviewState.ACCEPTED: "accepted",
}


def _told(line: ReviewLine) -> Iterator[str]:
    value = "no value" if line.value is None else f"value “{inert(line.value)}”"
    yield f"{inert(line.source)}, {value}"
    when = line.entered_at[:_DAY]
    entered = f"version {line.version}, entered by {inert(line.entered_by)} on {when}"
    if (line.edited_by, line.edited_at) != (line.entered_by, line.entered_at):
        entered += f", edited by {inert(line.edited_by)} on {line.edited_at[:_DAY]}"
    yield entered
    if line.review is not None:
        stale = ", edited since" if line.state is ReviewState.AWAITING else ""
        by, why = inert(line.review.reviewed_by), inert(line.review.reason)
        yield f"{line.review.decision.value} by {by}: {why}{stale}"


def _tell(result: ReviewResult) -> None:
    for item in result.items:
        same = item.before is item.after
        told = (
            f"{item.after.value} already" if same else f"{item.before.value} → {item.after.value}"
        )
        say(f"{inert(item.name)}: {told}")
    if result.dry_run:
        say("This was a dry run: nothing was stored.")


def _as_json(line: ReviewLine) -> dict[str, object]:
    return {
        "id": str(line.id),
        "key": line.key,
        "version": line.version,
        "topic": line.topic,
        "question": line.question,
        "source": line.source,
        "words": list(line.words),
        "value": line.value,
        "entered_by": line.entered_by,
        "entered_at": line.entered_at,
        "edited_by": line.edited_by,
        "edited_at": line.edited_at,
        "state": line.state.value,
        "review": None
        if line.review is None
        else {
            "decision": line.review.decision.value,
            "by": line.review.reviewed_by,
            "reason": line.review.reason,
        },
    }


def _result_as_json(result: ReviewResult) -> dict[str, object]:
    return {
        "action": str(result.act) if result.act else None,
        "items": [
            {
                "id": str(item.id),
                "name": item.name,
                "before": item.before.value,
                "after": item.after.value,
            }
            for item in result.items
        ],
        "dry_run": result.dry_run,
    }
