"""One question for a page: the rows of its claims with all columns, their passages and sources.

A casefile holds records, which an analysis compares. A page also shows what records do not hold
(who made a claim and when, its version, the derived intervals) and has to be quick, so it gets
the rows as they are: three column selects, composed once for each clearance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from claims.analysis.vocabulary import Sensitivity
from claims.errors import NotFound
from claims.store.clearance import CLAIM, CLAIM_PASSAGE, PASSAGE, SOURCE, SPEAKER, visible_claims
from claims.store.tables import METADATA

_QUESTION = METADATA.tables["question"]
_ASKED = select(_QUESTION.c.pk).where(_QUESTION.c.id == bindparam("question"))

ByClaim = Mapping[int, Sequence[Row[Any]]]
"""Rows by the ``pk`` of the claim that they belong to, in the claim's order."""


@dataclass(frozen=True, slots=True)
class QuestionRows:
    """The claims of one question; columns are named as in :mod:`claims.store.tables`.

    ``claims`` are in the order in which they were written. A row of ``passages`` has the columns
    of a passage; a row of ``speakers`` has those of the source, and the speaker's ``verb`` and
    ``document_pk``.
    """

    claims: Sequence[Row[Any]]
    passages: ByClaim
    speakers: ByClaim


class _Selects(NamedTuple):
    claims: Select[Any]
    passages: Select[Any]
    speakers: Select[Any]


def question_rows(session: Session, question: UUID, *, clearance: Sensitivity) -> QuestionRows:
    """The claims of a question that this clearance may see, with their passages and speakers.

    The same claims are seen as in :func:`claims.store.casefiles.casefile`.

    Raises:
        NotFound: there is no such question.
    """
    run, asked = session.connection().execute, {"question": question}
    selects = _selects(clearance)
    claims = run(selects.claims, asked).all()
    if not claims and run(_ASKED, asked).first() is None:
        message = f"there is no question {question}; a report of its topic shows those there are"
        raise NotFound(message)
    passages, speakers = run(selects.passages, asked).all(), run(selects.speakers, asked).all()
    return QuestionRows(claims, _by_claim(passages), _by_claim(speakers))


def _by_claim(rows: Sequence[Row[Any]]) -> ByClaim:
    return {claim: tuple(some) for claim, some in groupby(rows, itemgetter(0))}


@cache
def _selects(clearance: Sensitivity) -> _Selects:
    seen = and_(CLAIM.c.question_pk == _ASKED.scalar_subquery(), visible_claims(clearance))
    of_claims = select(CLAIM.c.pk).where(seen)
    cited, spoken = CLAIM_PASSAGE.c, SPEAKER.c
    return _Selects(
        select(CLAIM).where(seen).order_by(CLAIM.c.pk),
        select(cited.claim_pk, *PASSAGE.c)
        .join_from(CLAIM_PASSAGE, PASSAGE, PASSAGE.c.pk == cited.passage_pk)
        .where(cited.claim_pk.in_(of_claims))
        .order_by(cited.claim_pk, cited.position),
        select(spoken.claim_pk, spoken.verb, spoken.document_pk, *SOURCE.c)
        .join_from(SPEAKER, SOURCE, SOURCE.c.pk == spoken.source_pk)
        .where(spoken.claim_pk.in_(of_claims))
        .order_by(spoken.claim_pk, spoken.position),
    )
