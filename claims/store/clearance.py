"""What a clearance may see, as conditions on rows.

A document is hidden by its own sensitivity or by that of its voice. A claim is hidden by its own
sensitivity, by that of any source in its chain, and by any document that it rests on: its own,
its passages', those of its speakers.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, true

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


def visible_claims(clearance: Sensitivity) -> ColumnElement[bool]:
    """The condition on a claim that this clearance may see it.

    It is asked of each claim, so that it takes as long as there are claims to look at and not as
    long as all that is hidden.
    """
    if sees_all(clearance):
        return true()
    speaker, cited, passage = SPEAKER.alias(), CLAIM_PASSAGE.alias(), PASSAGE.alias()
    chain = or_(
        hidden_source(speaker.c.source_pk, clearance),
        hidden_document(speaker.c.document_pk, clearance),
    )
    return and_(
        CLAIM.c.sensitivity.in_(_seen(clearance)),
        ~hidden_document(CLAIM.c.document_pk, clearance),
        ~exists().where(speaker.c.claim_pk == CLAIM.c.pk, chain),
        ~exists().where(
            cited.c.claim_pk == CLAIM.c.pk,
            passage.c.pk == cited.c.passage_pk,
            hidden_document(passage.c.document_pk, clearance),
        ),
    )


def hidden_source(pk: ColumnElement[Any], clearance: Sensitivity) -> ColumnElement[bool]:
    """That ``pk`` is the row of a source that this clearance must not see; not so for ``NULL``."""
    source = SOURCE.alias()
    return exists().where(source.c.pk == pk, source.c.sensitivity.not_in(_seen(clearance)))


def hidden_document(pk: ColumnElement[Any], clearance: Sensitivity) -> ColumnElement[bool]:
    """That ``pk`` is the row of a document that this clearance must not see; not for ``NULL``."""
    document = DOCUMENT.alias()
    itself = document.c.sensitivity.not_in(_seen(clearance))
    voice = hidden_source(document.c.voice_pk, clearance)
    return exists().where(document.c.pk == pk, or_(itself, voice))


def _seen(clearance: Sensitivity) -> tuple[str, ...]:
    return tuple(word.value for word in _NESTED[: _NESTED.index(clearance) + 1])
