"""What a clearance may see, as conditions on rows: the one place where it is said.

A source is hidden by its own sensitivity; a document by its own or by that of its voice; a claim
by its own sensitivity, by that of any source in its chain, and by any document that it rests on:
its own, its passages', those of its speakers. What is about something is hidden with it: archived
bytes and passages with their document; a passage also with the claims that cite it, where it is
cited and none of them may be seen; an assessment, a waiver and a review with their target; a
relation, an override and a merge with either end; a cross-check with any of its claims; an
inquiry by its own sensitivity, with any of its claims, and with the source and the document that
it names. All other kinds of records are seen by everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, not_, or_, select, true

from claims.analysis.vocabulary import Sensitivity
from claims.store.tables import METADATA

_NESTED = tuple(Sensitivity)

CLAIM, SOURCE, DOCUMENT, SPEAKER, PASSAGE, CLAIM_PASSAGE = (
    METADATA.tables[name]
    for name in ("claim", "source", "document", "speaker", "passage", "claim_passage")
)

Hidden = Callable[[ColumnElement[Any], Sensitivity], ColumnElement[bool]]
"""That the row of this number is one that a clearance must not see; not so for ``NULL``."""


def sees_all(clearance: Sensitivity) -> bool:
    """Whether nothing is hidden."""
    return clearance is _NESTED[-1]


def visible(entity: str, clearance: Sensitivity) -> ColumnElement[bool]:
    """The condition on the rows of an entity's table that this clearance may see them.

    It is asked of each row, so that it takes as long as there are rows to look at and not as
    long as all that is hidden.
    """
    rule = _RULES.get(entity)
    if rule is None or sees_all(clearance):
        return true()
    return rule(METADATA.tables[entity], clearance)


def visible_claims(clearance: Sensitivity) -> ColumnElement[bool]:
    """The condition on a claim that this clearance may see it."""
    return visible("claim", clearance)


def hidden_source(pk: ColumnElement[Any], clearance: Sensitivity) -> ColumnElement[bool]:
    """That ``pk`` is the row of a source that this clearance must not see; not so for ``NULL``."""
    source = SOURCE.alias()
    return exists().where(source.c.pk == pk, not_(_source(source, clearance)))


def hidden_document(pk: ColumnElement[Any], clearance: Sensitivity) -> ColumnElement[bool]:
    """That ``pk`` is the row of a document that this clearance must not see; not for ``NULL``."""
    document = DOCUMENT.alias()
    return exists().where(document.c.pk == pk, not_(_document(document, clearance)))


def hidden_claim(pk: ColumnElement[Any], clearance: Sensitivity) -> ColumnElement[bool]:
    """That ``pk`` is the row of a claim that this clearance must not see; not so for ``NULL``."""
    claim = CLAIM.alias()
    return exists().where(claim.c.pk == pk, not_(_claim(claim, clearance)))


def _source(source: FromClause, clearance: Sensitivity) -> ColumnElement[bool]:
    return source.c.sensitivity.in_(_seen(clearance))


def _document(document: FromClause, clearance: Sensitivity) -> ColumnElement[bool]:
    itself = document.c.sensitivity.in_(_seen(clearance))
    return and_(itself, not_(hidden_source(document.c.voice_pk, clearance)))


def _claim(claim: FromClause, clearance: Sensitivity) -> ColumnElement[bool]:
    speaker, cited, passage = SPEAKER.alias(), CLAIM_PASSAGE.alias(), PASSAGE.alias()
    chain = or_(
        hidden_source(speaker.c.source_pk, clearance),
        hidden_document(speaker.c.document_pk, clearance),
    )
    return and_(
        claim.c.sensitivity.in_(_seen(clearance)),
        not_(hidden_document(claim.c.document_pk, clearance)),
        not_(exists().where(speaker.c.claim_pk == claim.c.pk, chain)),
        not_(
            exists().where(
                cited.c.claim_pk == claim.c.pk,
                passage.c.pk == cited.c.passage_pk,
                hidden_document(passage.c.document_pk, clearance),
            )
        ),
    )


def _passage(passage: FromClause, clearance: Sensitivity) -> ColumnElement[bool]:
    """Words that only hidden claims cite would tell what those claims are about."""
    cited = CLAIM_PASSAGE.alias()
    citing = exists().where(cited.c.passage_pk == passage.c.pk)
    seen = citing.where(not_(hidden_claim(cited.c.claim_pk, clearance)))
    return and_(not_(hidden_document(passage.c.document_pk, clearance)), or_(not_(citing), seen))


def _cross_check(check: FromClause, clearance: Sensitivity) -> ColumnElement[bool]:
    named = METADATA.tables["cross_check_claim"].alias()
    hidden = hidden_claim(named.c.claim_pk, clearance)
    return not_(exists().where(named.c.cross_check_pk == check.c.pk, hidden))


def _inquiry(inquiry: FromClause, clearance: Sensitivity) -> ColumnElement[bool]:
    named = METADATA.tables["inquiry_claim"].alias()
    hidden = hidden_claim(named.c.claim_pk, clearance)
    return and_(
        inquiry.c.sensitivity.in_(_seen(clearance)),
        not_(hidden_source(inquiry.c.source_pk, clearance)),
        not_(hidden_document(inquiry.c.document_pk, clearance)),
        not_(exists().where(named.c.inquiry_pk == inquiry.c.pk, hidden)),
    )


def _waiver(waiver: FromClause, clearance: Sensitivity) -> ColumnElement[bool]:
    """A waiver names a record of any entity by its id."""
    hidden = (
        select(table.c.pk).where(table.c.id == waiver.c.target, not_(rule(table, clearance)))
        for table, rule in (
            (METADATA.tables[entity].alias(), rule)
            for entity, rule in _RULES.items()
            if entity != "waiver"
        )
    )
    return and_(*(not_(exists(one)) for one in hidden))


def _with(**columns: Hidden) -> Callable[[FromClause, Sensitivity], ColumnElement[bool]]:
    """The rule of a record that is hidden with any row that these columns name."""

    def rule(table: FromClause, clearance: Sensitivity) -> ColumnElement[bool]:
        hidden = (hides(table.c[name], clearance) for name, hides in columns.items())
        return and_(*(not_(one) for one in hidden))

    return rule


_RULES: Mapping[str, Callable[[FromClause, Sensitivity], ColumnElement[bool]]] = {
    "source": _source,
    "document": _document,
    "claim": _claim,
    "snapshot": _with(document_pk=hidden_document),
    "passage": _passage,
    "assessment": _with(source_pk=hidden_source, claim_pk=hidden_claim),
    "review": _with(claim_pk=hidden_claim),
    "waiver": _waiver,
    "relation_override": _with(a_pk=hidden_claim, b_pk=hidden_claim),
    "source_relation": _with(
        a_source_pk=hidden_source,
        b_source_pk=hidden_source,
        a_document_pk=hidden_document,
        b_document_pk=hidden_document,
    ),
    "merge": _with(
        kept_source_pk=hidden_source,
        merged_source_pk=hidden_source,
        kept_document_pk=hidden_document,
        merged_document_pk=hidden_document,
    ),
    "cross_check": _cross_check,
    "inquiry": _inquiry,
}


def _seen(clearance: Sensitivity) -> tuple[str, ...]:
    return tuple(word.value for word in _NESTED[: _NESTED.index(clearance) + 1])
