"""Which question stands in which part of the report, and the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from claims.analysis.outcomes import Dispute, Support
from claims.report.glossary import STATUSES, note_words
from claims.report.shape import QuestionEntry, Section, Summary

Also = Callable[[QuestionEntry], str]
"""What a question printed elsewhere has to do with a section; empty where nothing."""

SEPARATE = frozenset({Support.AGREED_INDEPENDENT, Support.COMPATIBLE_INDEPENDENT})
"""The kinds of support that need two origins independent of each other."""

_UNSETTLED = {"NOT_COMPARABLE", "UNCLASSIFIED"}
_WORST_FIRST = list(Dispute)


def sections(questions: Sequence[QuestionEntry]) -> tuple[Section, ...]:
    """Every section that has something to say; the first two always say at least that."""
    return tuple(
        section for section in _all(questions) if section.questions or section.also or section.lead
    )


def _all(questions: Sequence[QuestionEntry]) -> Iterator[Section]:
    disputed = sorted(
        (q for q in questions if q.disputed), key=lambda q: _WORST_FIRST.index(q.dispute)
    )
    yield Section(
        code="conflicts",
        title="Where sources conflict",
        lead="" if disputed else "No question is in dispute, as coded.",
        questions=tuple(disputed),
    )
    yield _independent(questions)
    yield _supported("repeated", "Only repeated", Support.REPEATED, questions)
    yield _supported(
        "unconfirmed", "Unconfirmed", Support.UNCORROBORATED, questions, _noting({"UNCONFIRMED"})
    )
    yield _supported("single", "Standing on one claim of one origin", Support.SINGLE, questions)
    yield Section(
        code="not_comparable",
        title="Not comparable, or not decided",
        lead="",
        questions=(),
        also=tuple(_also(questions, _noting(_UNSETTLED))),
    )
    yield _supported("unanswered", "Unanswered", Support.UNANSWERED, questions)


def _independent(questions: Sequence[QuestionEntry]) -> Section:
    found = tuple(q for q in questions if not q.disputed and q.support in SEPARATE)
    also = tuple(_also((q for q in questions if q.disputed), _agreeing))
    nothing = "No answer stands on two origins that are independent of each other."
    return Section(
        code="independent",
        title="Where sources agree, independently",
        lead="" if found or also else nothing,
        questions=found,
        also=also,
    )


def _agreeing(question: QuestionEntry) -> str:
    return f"in dispute, but also {question.support_words}" if question.support in SEPARATE else ""


def _supported(
    code: str,
    title: str,
    support: Support,
    questions: Sequence[QuestionEntry],
    also: Also | None = None,
) -> Section:
    found = tuple(q for q in questions if q.status == support)
    others = (q for q in questions if q.status != support)
    return Section(
        code=code,
        title=title,
        lead="",
        questions=found,
        also=tuple(_also(others, also)) if also else (),
    )


def _also(questions: Iterable[QuestionEntry], tell: Also) -> Iterator[tuple[int, str]]:
    for question in questions:
        words = tell(question)
        if words:
            yield question.number, f"{question.question.text} — {words}"


def _noting(codes: set[str]) -> Also:
    def tell(question: QuestionEntry) -> str:
        notes = (note for note in question.notes if note.code in codes)
        return " ".join(f"{note_words(note.code)}: {note.explanation}" for note in notes)

    return tell


def summary(questions: Sequence[QuestionEntry], documents: int, accepted: int | None) -> Summary:
    """The counts; every question is counted once, under its headline."""
    claims = [claim for question in questions for claim in question.claims]
    found = Counter(question.status for question in questions)
    return Summary(
        questions=len(questions),
        claims=len(claims),
        documents=documents,
        unassessed=sum(claim.confidence is None for claim in claims),
        accepted=accepted,
        statuses={code: found[code] for code in STATUSES},
    )
