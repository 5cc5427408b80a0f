"""Deriving the index columns of claims: when written, and when what they rest on changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.records import Claim, Project, Question
from claims.analysis.vocabulary import DateAspect, ValueKind
from claims.errors import InputRefused, InvalidValue
from claims.store.indexing import value_columns
from claims.store.lookup import batches
from claims.store.tables.claim import ClaimRow
from claims.store.tables.subject import ProjectRow, QuestionRow
from claims.store.validate import named
from claims.values.profiles import DEFAULT_PROFILE


def project_profile(session: Session) -> str:
    """The profile of vague words that the database's project declares, or the default one."""
    statement = select(col(ProjectRow.profile)).order_by(col(ProjectRow.pk)).limit(1)
    return session.scalar(statement) or DEFAULT_PROFILE


def derived_columns(session: Session, claims: Sequence[Claim]) -> dict[UUID, Mapping[str, Any]]:
    """The derived columns of claims whose questions are held.

    Raises:
        InputRefused: a value cannot be read as an answer to its question.
    """
    profile = project_profile(session)
    asked = _asked(session, {claim.question for claim in claims})
    return {claim.id: _derived(claim, asked[claim.question], profile) for claim in claims}


def derive_again(session: Session, changed: Question | Project) -> None:
    """Derive the columns of every claim that rests on a changed question or project.

    Raises:
        InputRefused: the value of a claim cannot be read any more.
    """
    profile = project_profile(session)
    statement = select(
        col(ClaimRow.pk),
        col(ClaimRow.id),
        col(ClaimRow.value_expression),
        col(QuestionRow.value_kind),
        col(QuestionRow.aspect),
    ).join(QuestionRow, col(QuestionRow.pk) == col(ClaimRow.question_pk))
    if isinstance(changed, Question):
        statement = statement.where(col(QuestionRow.id) == changed.id)
    rows = session.execute(statement).all()
    for some in batches(rows):
        _rewrite(session, [(row[0], _again(row, profile)) for row in some])


def _asked(
    session: Session, questions: Iterable[UUID]
) -> dict[UUID, tuple[ValueKind, DateAspect | None]]:
    """What each question asks for."""
    found = {}
    columns = (col(QuestionRow.id), col(QuestionRow.value_kind), col(QuestionRow.aspect))
    for some in batches(questions):
        rows = session.execute(select(*columns).where(columns[0].in_(some)))
        found.update({row[0]: _kind(row[1], row[2]) for row in rows})
    return found


def _kind(value_kind: str, aspect: str | None) -> tuple[ValueKind, DateAspect | None]:
    return ValueKind(value_kind), DateAspect(aspect) if aspect else None


def _derived(
    claim: Claim, asked: tuple[ValueKind, DateAspect | None], profile: str
) -> Mapping[str, Any]:
    expression = claim.value.expression if claim.value else None
    try:
        return value_columns(expression, *asked, profile)
    except InvalidValue as error:
        message = f"{named(claim)}: {error}"
        raise InputRefused(message) from error


def _again(row: Any, profile: str) -> Mapping[str, Any]:  # noqa: ANN401 (a row)
    _, claim, expression, value_kind, aspect = row
    try:
        return value_columns(expression, *_kind(value_kind, aspect), profile)
    except InvalidValue as error:
        message = f"the claim {claim} would lose its value: {error}"
        raise InputRefused(message) from error


def _rewrite(session: Session, columns: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    table = ClaimRow.metadata.tables["claim"]
    statement = update(table).where(table.c.pk == bindparam("of_pk"))
    session.connection().execute(statement, [{"of_pk": pk, **held} for pk, held in columns])
