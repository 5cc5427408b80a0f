"""Tables of what is said: claims, their passages and their speakers."""

from __future__ import annotations

from sqlalchemy import Double, Index, UniqueConstraint
from sqlmodel import Field

from claims.analysis.vocabulary import Explicitness, RangeBasis, Sensitivity, Stance, ValueKind
from claims.store.tables.base import (
    WHOLE,
    EditedRow,
    Row,
    apart,
    check,
    edited,
    filled,
    one_of,
    reference,
    together,
    truth,
)


def _interval(name: str) -> tuple[object, ...]:
    """The rules of one interval: nothing where there is no value, its ends in order."""
    columns = (f"{name}_lo", f"{name}_hi", f"{name}_lo_open", f"{name}_hi_open")
    lo, hi, lo_open, hi_open = columns
    return (
        *truth(name, lo_open, hi_open),
        check(f"{name}_order", f"{lo} <= {hi}"),
        check(f"{name}_value", f"{name} OR ({lo} IS NULL AND {hi} IS NULL)"),
        check(f"{lo_open}_end", f"{lo} IS NOT NULL OR NOT {lo_open}"),
        check(f"{hi_open}_end", f"{hi} IS NOT NULL OR NOT {hi_open}"),
    )


class ClaimRow(EditedRow, table=True):
    """What a speaker says about one question.

    From ``value_kind`` on, the columns are derived under ``profile`` and hold what queries need:
    ``hard`` and ``soft`` say whether there is such an interval at all; an end without a number is
    unbounded; ``…_open`` leaves the end itself out. Numbers are to 15 significant digits, dates
    are day ordinals (1 January of year 1 is 1), durations seconds; ``value_expression`` is exact.
    """

    __table_args__ = (
        *edited(),
        one_of("stance", Stance),
        one_of("explicitness", Explicitness),
        one_of("sensitivity", Sensitivity),
        one_of("value_kind", ValueKind),
        one_of("value_range_basis", RangeBasis),
        *truth("value_counted_by_coder"),
        *filled("value_expression"),
        together("value", "value_said", "value_expression"),
        check(
            "no_value",
            "value_said IS NOT NULL OR (value_range_basis IS NULL"
            " AND value_counted_by_coder IS NULL AND value_inferred IS NULL AND NOT hard"
            " AND NOT soft AND earliest_day IS NULL AND latest_day IS NULL)",
        ),
        apart("supersedes_pk", "pk"),
        check("retracted", "retracted_at IS NOT NULL OR retracted_reason IS NULL"),
        *_interval("hard"),
        *_interval("soft"),
        check("days", "earliest_day <= latest_day"),
        Index(
            "ix_claim_answers",
            "question_pk",
            "stance",
            "hard_lo",
            "hard_hi",
            "soft_lo",
            "soft_hi",
            "origin_pk",
        ),
    )

    document_pk: int = reference("document", index=True)
    question_pk: int = reference("question")
    origin_pk: int = reference("source", index=True)
    stance: str
    explicitness: str
    verb: str | None
    hedges: str
    as_of: str | None
    scope_measure_pk: int | None = reference("term")
    scope_population_pk: int | None = reference("term")
    scope_cause_pk: int | None = reference("term")
    scope_actor_pk: int | None = reference("term")
    scope_area_pk: int | None = reference("place")
    scope_period: str | None
    scope_count_basis_pk: int | None = reference("term")
    accused_pk: int | None = reference("party")
    supersedes_pk: int | None = reference("claim", index=True)
    retracted_at: str | None
    retracted_reason: str | None
    calendar: str | None
    sensitivity: str
    exposure_basis: str | None
    note: str | None
    value_said: str | None
    value_expression: str | None
    value_range_basis: str | None
    value_counted_by_coder: bool | None
    value_inferred: str | None
    value_kind: str
    profile: str
    hard: bool
    hard_lo: float | None = Field(sa_type=Double)
    hard_hi: float | None = Field(sa_type=Double)
    hard_lo_open: bool
    hard_hi_open: bool
    soft: bool
    soft_lo: float | None = Field(sa_type=Double)
    soft_hi: float | None = Field(sa_type=Double)
    soft_lo_open: bool
    soft_hi_open: bool
    earliest_day: int | None = Field(sa_type=WHOLE)
    latest_day: int | None = Field(sa_type=WHOLE)


class ClaimPassageRow(Row, table=True):
    """The passages of a claim, in its order."""

    __table_args__ = (UniqueConstraint("claim_pk", "position"), check("position", "position >= 0"))

    claim_pk: int = reference("claim")
    position: int
    passage_pk: int = reference("passage", index=True)


class SpeakerRow(Row, table=True):
    """The chain of a claim, from the document's own voice (0) to the origin."""

    __table_args__ = (UniqueConstraint("claim_pk", "position"), check("position", "position >= 0"))

    claim_pk: int = reference("claim")
    position: int
    source_pk: int = reference("source", index=True)
    verb: str | None
    document_pk: int | None = reference("document", index=True)
