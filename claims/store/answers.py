"""The answers to one question as the index holds them: stances, intervals and origins, no words.

What a list of questions shows of each (how many claims, how many origins, from which figure to
which) needs no more than the index on the claims of a question, so nothing else is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from claims.analysis.vocabulary import Sensitivity
from claims.store.clearance import CLAIM, visible_claims
from claims.store.tables import METADATA

_QUESTION = METADATA.tables["question"]


class Answer(NamedTuple):
    """What the index holds of one claim; an end without a number is open, or there is no value.

    Answers are the driver's own rows, which have these names.

    ``origin`` is the same number for claims of the same origin, and means nothing else.
    """

    stance: str
    hard_lo: float | None
    hard_hi: float | None
    soft_lo: float | None
    soft_hi: float | None
    origin: int


def answers(session: Session, question: UUID, *, clearance: Sensitivity) -> Sequence[Answer]:
    """The answers to a question that this clearance may see, in the order of the index.

    Args:
        session: an open unit of work; nothing is written.
        question: the question's id; there are no answers to one that is not held.
        clearance: whose eyes.
    """
    run = session.connection().execute  # past the session's search for a mapped object
    return cast("Sequence[Answer]", run(_composed(clearance), {"question": question}).all())


@cache
def _composed(clearance: Sensitivity) -> Select[*tuple[Any, ...]]:
    number = select(_QUESTION.c.pk).where(_QUESTION.c.id == bindparam("question"))
    columns = (CLAIM.c.stance, CLAIM.c.hard_lo, CLAIM.c.hard_hi, CLAIM.c.soft_lo, CLAIM.c.soft_hi)
    return select(*columns, CLAIM.c.origin_pk.label("origin")).where(
        CLAIM.c.question_pk == number.scalar_subquery(), visible_claims(clearance)
    )
