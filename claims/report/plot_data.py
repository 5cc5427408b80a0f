"""The data behind a picture, as rows of text that a spreadsheet can take up."""

from __future__ import annotations

from decimal import Decimal

from claims.analysis.vocabulary import ValueKind
from claims.report.plot_rows import PlotRow, drawn
from claims.report.shape import ClaimEntry, QuestionEntry
from claims.values.interval import Number, Region
from claims.values.when_days import Day

COLUMNS = (
    *("claim", "question", "who", "stance", "said", "unit"),
    *("allows", "allows_from", "allows_to"),
    *("typical_reading", "typical_from", "typical_to"),
    *("as_of", "confidence", "origin", "counted", "on_axis"),
)
"""An empty end is unbounded. Days are ISO 8601, proportions parts of one, durations seconds."""


def data(question: QuestionEntry) -> tuple[tuple[str, ...], ...]:
    """Each claim on the question as a row of data, drawn or not."""
    return tuple(_row(question, claim) for claim in question.claims)


def _row(question: QuestionEntry, claim: ClaimEntry) -> tuple[str, ...]:
    read = claim.reading
    typical = read.soft if read and read.typical else None
    return (
        claim.tag,
        question.question.text,
        claim.chain_words,
        claim.stance.value,
        read.said if read else "",
        (read and read.unit) or question.question.unit or "",
        read.allowed if read else "",
        *_ends(read.hard if read else None, question.kind),
        read.typical if read else "",
        *_ends(typical, question.kind),
        claim.as_of or "",
        claim.confidence.level if claim.confidence else "unassessed",
        str(claim.origin_number),
        _yes(claim.counts),
        _yes(drawn(PlotRow(claims=(claim,)))),
    )


def _yes(true: bool) -> str:  # noqa: FBT001 (the one thing it words)
    return "yes" if true else "no"


def _ends(region: Region | None, kind: ValueKind) -> tuple[str, str]:
    if region is None:
        return "", ""
    return _end(region.hull.lo, kind), _end(region.hull.hi, kind)


def _end(number: Number | None, kind: ValueKind) -> str:
    if number is None:
        return ""
    if kind is ValueKind.DATE:
        return str(Day.fromordinal(int(number)))
    return f"{Decimal(number):f}"
