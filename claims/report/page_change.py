"""What would change a verdict: each question without one of its sources, or read otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from claims.analysis.outcomes import Dispute, Support
from claims.analysis.without import WithoutSource
from claims.analysis.wording import plural
from claims.report.glossary import STATUSES
from claims.report.shape import QuestionEntry, Report

Without = Mapping[UUID, Sequence[WithoutSource]]
"""By question; a question that is missing was not computed."""

LISTED = 12
"""How many sources that alone answer questions are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Move:
    """Under what a question would have another result, and which."""

    under: str
    would: str

    @property
    def sentence(self) -> str:
        """The two in one sentence."""
        return f"{self.under} it would be: {self.would}."


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change the verdicts of a report.

    ``moves`` are those of each question, by number, that are no matter of course; ``alone`` tells
    in sentences which sources alone answer a question that is not in dispute; ``missing`` what
    was not computed.
    """

    moves: Mapping[int, tuple[Move, ...]]
    alone: tuple[str, ...]
    missing: str


def changes(report: Report, without: Without | None) -> Changes:
    """Everything that would give a question of the report another result.

    Args:
        report: what is told.
        without: by question, the sources without which its result would be another; ``None``
            where that was not computed.
    """
    names = _names(report)
    found = without or {}
    return Changes(
        {q.number: tuple(_moves(q, found.get(q.question.id, ()), names)) for q in report.questions},
        tuple(_alone(report, found, names)),
        _missing(report, without),
    )


def _names(report: Report) -> Mapping[UUID, str]:
    claims = (claim for question in report.questions for claim in question.claims)
    return {voice.source: voice.name for claim in claims for voice in claim.chain}


def _moves(
    question: QuestionEntry, without: Sequence[WithoutSource], names: Mapping[UUID, str]
) -> Iterator[Move]:
    for found in without:
        if not _only_voice(question, found):
            name = names.get(found.source, "a source that others here pass on")
            yield Move(f"Without “{name}”", _result(found.dispute, found.support))
    for change in question.changes:
        under = f"Read under the profile {change.profile}"
        yield Move(under, _result(change.dispute, change.support))


def _only_voice(question: QuestionEntry, found: WithoutSource) -> bool:
    """Whether the source alone answers the question, and so is missed as a matter of course."""
    silent = found.dispute is Dispute.NONE and found.support is Support.UNANSWERED
    return silent and not question.disputed


def _result(dispute: Dispute, support: Support) -> str:
    below = STATUSES[support][0].lower()
    if dispute is Dispute.NONE:
        return below
    return f"{STATUSES[dispute][0].lower()}, support: {below}"


def _alone(report: Report, without: Without, names: Mapping[UUID, str]) -> Iterator[str]:
    counts = Counter(
        found.source
        for question in report.questions
        for found in without.get(question.question.id, ())
        if _only_voice(question, found)
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], names.get(item[0], ""), item[0]))
    for source, count in ordered[:LISTED]:
        name = names.get(source, "a source that others here pass on")
        yield f"Without “{name}” {plural(count, 'question')} would be unanswered."
    if len(ordered) > LISTED:
        more = plural(len(ordered) - LISTED, "further source")
        yield f"And so on for {more} that alone answer a question."


def _missing(report: Report, without: Without | None) -> str:
    if without is None:
        return "What would be without one of the sources was not computed for this page."
    count = sum(question.question.id not in without for question in report.questions)
    if not count:
        return ""
    asked = plural(count, "question")
    return f"What would be without one of the sources was not computed for {asked}: too large."


def told_again(question: QuestionEntry) -> Iterator[str]:
    """The remarks without those on other profiles, which stand among what would change."""
    profiles = tuple(f"Read under the profile {c.profile} it would be:" for c in question.changes)
    return (found for found in question.remarks if not (profiles and found.startswith(profiles)))
