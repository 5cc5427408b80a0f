"""What a clearance may see, as conditions on rows.

A document is hidden by its own sensitivity or by that of its voice. A claim is hidden by its own
sensitivity, by that of any source in its chain, and by any document that it rests on: its own,
its passages', those of its speakers.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, or_, select, true, union_all

from claims.analysis.vocabulary import Sensitivity
from claims.store.tables import METADATA

_NESTED = tuple(Sensitivity)

CLAIM, SOURCE, DOCUMENT, SPEAKER, PASSAGE, CLAIM_PASSAGE = (
    METADATA.tables[name]
    for name in ("claim", "source", "document", "speaker", "passage", "claim_passage")
)


def sees_all(clearance: Sensitivity) -> bool:
    """Whether nothing is hidden."""
    return clearance is _NESTED[-1]


def hidden_sources(clearance: Sensitivity) -> Select[tuple[int]]:
    """The rows of the sources that this clearance must not see."""
    return select(SOURCE.c.pk).where(SOURCE.c.sensitivity.not_in(_seen(clearance)))


def hidden_documents(clearance: Sensitivity) -> Select[tuple[int]]:
    """The rows of the documents that this clearance must not see."""
    too_sensitive = DOCUMENT.c.sensitivity.not_in(_seen(clearance))
    hidden_voice = DOCUMENT.c.voice_pk.in_(hidden_sources(clearance))
    return select(DOCUMENT.c.pk).where(or_(too_sensitive, hidden_voice))


def visible_claims(clearance: Sensitivity) -> ColumnElement[bool]:
    """The condition on a claim that this clearance may see it."""
    if sees_all(clearance):
        return true()
    return and_(
        CLAIM.c.sensitivity.in_(_seen(clearance)),
        CLAIM.c.document_pk.not_in(hidden_documents(clearance)),
        CLAIM.c.pk.not_in(_hidden_by_chain(clearance)),
    )


def _hidden_by_chain(clearance: Sensitivity) -> CompoundSelect[tuple[int]]:
    """The claims with a hidden source or document behind them, found from what is hidden."""
    documents = hidden_documents(clearance)
    speakers = select(SPEAKER.c.claim_pk)
    cited = select(CLAIM_PASSAGE.c.claim_pk).join(
        PASSAGE, PASSAGE.c.pk == CLAIM_PASSAGE.c.passage_pk
    )
    return union_all(
        speakers.where(SPEAKER.c.source_pk.in_(hidden_sources(clearance))),
        speakers.where(SPEAKER.c.document_pk.in_(documents)),
        cited.where(PASSAGE.c.document_pk.in_(documents)),
    )


def _seen(clearance: Sensitivity) -> tuple[str, ...]:
    return tuple(word.value for word in _NESTED[: _NESTED.index(clearance) + 1])
