"""What is in dispute, in a line or two for each question: for a reader who has two minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claims.analysis.wording import plural, region
from claims.report.shape import ClaimEntry, QuestionEntry, Report
from claims.report.telling import brief_words, hedge_words
from claims.report.words import quoted

NAMED = 20
"""How many questions in dispute are named; the others are counted."""

Pair = tuple[str, str]


def disputed(report: Report) -> Iterator[tuple[int, str, str]]:
    """Number, text and gist of each question in dispute, the worst first.

    The gist names one of the worst pairs: who says what, and why the two conflict.
    """
    claims = {claim.tag: claim for question in report.questions for claim in question.claims}
    told: dict[Pair, int] = {}
    for section in report.sections:
        if section.code == "conflicts":
            for question in section.questions[:NAMED]:
                yield question.number, question.question.text, _gist(question, claims, told)


def left_out(report: Report) -> str:
    """How many questions in dispute :func:`disputed` does not name; empty where none."""
    found = sum(question.disputed for question in report.questions) - NAMED
    return f"{plural(found, 'further question')} in dispute: see below" if found > 0 else ""


def _gist(question: QuestionEntry, claims: Mapping[str, ClaimEntry], told: dict[Pair, int]) -> str:
    groups = [group for group in question.groups if group.relation.disputes]
    if not groups:
        return question.headline
    worst, pair = groups[0], groups[0].pairs[0]
    before = told.setdefault(pair, question.number)
    if before != question.number:
        return f"{question.headline} with question {before}: the same claims."
    typically = worst.reason == "typical_range_disjoint"
    said = _typical if typically else _plain
    one, other = (said(claims[tag], question) for tag in pair)
    others = sum(len(group.pairs) for group in groups) - 1
    more = f" And {plural(others, 'further pair')}." if others else ""
    return f"{question.headline}: {one} v. {other}: {worst.reason_words}.{more}"


def _plain(claim: ClaimEntry, _: QuestionEntry) -> str:
    """``1a “8 houses” = exactly 8 (The mayor)``."""
    return f"{brief_words(claim)} ({claim.chain[-1].name})"


def _typical(claim: ClaimEntry, question: QuestionEntry) -> str:
    """``1a “several houses”, by convention 3 to 9 (The mayor)``; sharp words as they are."""
    reading = claim.reading
    if reading is None or reading.soft is None or not reading.typical:
        return _plain(claim, question)
    hedged = hedge_words(claim)
    typical = region(reading.soft, question.kind)
    words = f"{claim.tag} {quoted(reading.said)}, by convention {typical}"
    return f"{words}{hedged and f' ({hedged})'} ({claim.chain[-1].name})"
