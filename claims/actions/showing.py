"""All that is known of one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.edit_fields import Names, told_fields
from claims.actions.effects import verdicts
from claims.actions.entry_names import named
from claims.actions.merge import merged_words
from claims.actions.review import states
from claims.actions.snapshots import Copy, copies_of
from claims.analysis.casefile import Casefile
from claims.analysis.reading import read_value
from claims.analysis.records import (
    KINDS,
    Assessment,
    Claim,
    Document,
    Passage,
    Question,
    Record,
    Source,
    Topic,
)
from claims.analysis.vocabulary import ValueKind
from claims.archive.store import Archive
from claims.errors import InputRefused
from claims.exchange.fields import FIELDS
from claims.store.access import Access
from claims.store.authors import Authors, authors
from claims.store.cited import Wanted, claim_ids
from claims.store.derive import project_profile
from claims.values.quantity import Quantity
from claims.values.quantity import as_json as quantity_as_json
from claims.values.when import When
from claims.values.when import as_json as when_as_json

_READ = {ValueKind.COUNT, ValueKind.PROPORTION, ValueKind.DATE}
"""The kinds of values whose words are read as numbers or times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRequest:
    """Which record: by key, name, id or the beginning of an id.

    ``archive`` is where the copies of a document are looked for; ``None`` looks for none.
    """

    entity: str
    target: str
    archive: Archive | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One assessment in force."""

    scheme: str
    code: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One passage: its words, and where they stand (half-open, in code points)."""

    exact: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One record with its fields by the names that a person knows, as ``add`` takes them.

    ``chain`` are the voices of a claim from the document's own to the origin. ``reading`` is
    what the parser makes of a claim's value under the project's ``profile``, in the form that
    ``claims parse --json`` prints; ``verdict`` is that of its question. ``copies`` are those that
    are archived of a document.
    """

    entity: str
    id: UUID
    key: str | None
    name: str
    version: int
    fields: Mapping[str, Any]
    authors: Authors
    grades: tuple[Graded, ...] = ()
    passages: tuple[Cited, ...] = ()
    chain: tuple[str, ...] = ()
    reading: Mapping[str, object] | None = None
    review: str | None = None
    superseded_by: str | None = None
    verdict: str | None = None
    copies: tuple[Copy, ...] = ()


def show(session: Session, actor: Actor, request: ShowRequest, now: datetime) -> Shown:
    """One record: its fields, who entered it, how it is judged, what its words are read as.

    Raises:
        NotFound: there is no such record that may be seen.
        InputRefused: several could be meant, or there is no such entity.
    """
    del now
    actor.require(Doing.READ)
    if request.entity not in FIELDS:
        message = f"{request.entity!r} is not shown; give one of {', '.join(FIELDS)}"
        raise InputRefused(message)
    seen = access(session, actor)
    record, version = seen.find(KINDS[request.entity], request.target)
    common: dict[str, Any] = {
        "entity": record.entity,
        "id": record.id,
        "key": record.key,
        "name": named(seen, record) + merged_words(seen, record),
        "version": version,
        "fields": told_fields(seen, record),
        "authors": authors(session, [record.id])[record.id],
    }
    if isinstance(record, Claim):
        return Shown(**common, **_of_claim(seen, actor, record))
    if isinstance(record, Question):
        return Shown(**common, verdict=_verdict(seen, actor, record.id))
    if isinstance(record, Document):
        return Shown(**common, copies=copies_of(seen, record, request.archive))
    return Shown(**common, grades=_grades(seen, record) if isinstance(record, Source) else ())


def _of_claim(seen: Access, actor: Actor, claim: Claim) -> dict[str, Any]:
    names = Names(seen)
    passages = {one.id: one for one in seen.records(Passage, claim.passages)}
    cited = [passages[one] for one in claim.passages if one in passages]
    same = claim_ids(seen.session, seen.clearance, Wanted(question=claim.question))
    newer = [one for one in seen.records(Claim, same) if one.supersedes == claim.id]
    return {
        "grades": _grades(seen, claim),
        "passages": tuple(Cited(exact=p.exact, start=p.start, end=p.end) for p in cited),
        "chain": tuple(names("source", speaker.source) for speaker in claim.speakers),
        "reading": _reading(seen, claim),
        "review": states(seen, [claim.id])[claim.id].value,
        "superseded_by": str(newer[-1].id) if newer else None,
        "verdict": _verdict(seen, actor, claim.question),
    }


def _grades(seen: Access, record: Record) -> tuple[Graded, ...]:
    held = [one for one in seen.records(Assessment) if one.target == record.id]
    replaced = {one.supersedes for one in held}
    return tuple(
        Graded(scheme=one.scheme.value, code=one.code, reason=one.reason, by=one.assessed_by)
        for one in held
        if one.id not in replaced
    )


def _reading(seen: Access, claim: Claim) -> Mapping[str, object] | None:
    """What the parser makes of the value; nothing where the value is no number and no time."""
    question = seen.get(Question, claim.question)
    if claim.value is None or question is None or question[0].value_kind not in _READ:
        return None
    empty = Casefile(topic=Topic(id=question[0].topic, label=""))
    value = read_value(claim.value, question[0], empty, project_profile(seen.session))
    if isinstance(value, Quantity):
        return quantity_as_json(value)
    return when_as_json(value) if isinstance(value, When) else None


def _verdict(seen: Access, actor: Actor, question: UUID) -> str | None:
    found = verdicts(seen.session, actor, {question}).get(question)
    return found.word if found else None
