"""Comparing the rows of a table with what the last change of each record left."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from claims.analysis.records import Claim, Record
from claims.errors import ClaimsError
from claims.store.breaks import Break
from claims.store.derive import derived_columns
from claims.store.forms import Form, Part, references
from claims.store.history import payload
from claims.store.lookup import BATCH, ids, numbers
from claims.store.payloads import record_of
from claims.store.rows import to_part_rows, to_row
from claims.store.spans import Span, spans
from claims.store.verify_missing import deleted_breaks, held_by_history, loose_part_breaks

MISSING = -1
"""Stands for the number of a record that is not held."""

_BEFORE = '{"content":'
"""What stands before the content in every payload."""

_UNREADABLE = (ValueError, TypeError, LookupError, SQLAlchemyError, ClaimsError)
"""What reading a row or a payload raises that nobody could have written."""


class Held(NamedTuple):
    """A row, and the record that its last change says it should be."""

    row: Mapping[str, Any]
    record: Record
    span: Span


def record_breaks(session: Session, form: Form, tell: Callable[[int], None]) -> Iterator[Break]:
    """Every row of one kind of record that is not what the history says, and every one missing.

    Args:
        session: any session.
        form: how the kind lies in the tables.
        tell: told how many rows were read since it was told before.
    """
    known, before = 0, 0
    for rows in _portions(session, form):
        read, unreadable = _read(session, form, rows)
        yield from unreadable
        told = spans(session, form.entity, [row["id"] for row in read])
        known += sum(1 for row in read if row["id"] in told and told[row["id"]].held)
        readable: list[tuple[Mapping[str, Any], Span]] = []
        for row in read:
            span = told.get(row["id"])
            if span is None or not span.held:
                yield _inserted(form, row, span)
                continue
            if span.began < before:
                yield _of(form, row, "it was moved: it stands after a record that is younger")
            before = span.began
            if span.readable:
                readable.append((row, span))
        held, strange = _rebuilt(form, readable)
        yield from strange
        yield from _compared(session, form, held)
        tell(len(rows))
    if known != held_by_history(session, form.entity):
        yield from deleted_breaks(session, form)
    for part in form.parts:
        yield from loose_part_breaks(session, form, part)


def _portions(session: Session, form: Form) -> Iterator[Sequence[int]]:
    """The numbers of the rows, in their order, few at a time."""
    pk = form.table.c.pk
    statement = select(pk).order_by(pk).limit(BATCH)
    pks = session.scalars(statement).all()
    while pks:
        yield pks
        pks = session.scalars(statement.where(pk > pks[-1])).all()


def _read(
    session: Session, form: Form, pks: Sequence[int]
) -> tuple[list[Mapping[str, Any]], list[Break]]:
    """The rows with these numbers, and what to say of those that cannot be read at all."""
    statement = select(form.table).order_by(form.table.c.pk)
    try:
        found = session.execute(statement.where(form.table.c.pk.in_(pks)))
        return [dict(row) for row in found.mappings()], []
    except _UNREADABLE as error:
        if len(pks) == 1:
            return [], [_unreadable(form, pks[0], error)]
    half = len(pks) // 2
    first, second = (_read(session, form, some) for some in (pks[:half], pks[half:]))
    return first[0] + second[0], first[1] + second[1]


def _rebuilt(
    form: Form, readable: Iterable[tuple[Mapping[str, Any], Span]]
) -> tuple[list[Held], list[Break]]:
    """The rows with their records as the last changes left them, and those of no such record."""
    held: list[Held] = []
    strange: list[Break] = []
    for row, span in readable:
        record = _record(str(span.text))
        if record and (record.id, record.entity) == (row["id"], form.entity):
            held.append(Held(row, record, span))
        else:
            what = f"change {span.last}, its last, holds another record or none"
            strange.append(_of(form, row, what))
    return held, strange


def _record(text: str) -> Record | None:
    try:
        return record_of(text)
    except _UNREADABLE:
        return None


def _compared(session: Session, form: Form, held: Sequence[Held]) -> Iterator[Break]:
    """What the rows hold against what they should hold, column by column and part by part."""
    number = _numbers(session, form, [one.record for one in held])
    derived = _derived(session, held, number)
    parts = {part.field: _part_rows(session, part, held) for part in form.parts}
    for one in held:
        expected = {
            **to_row(form, one.record, number),
            **_common(one),
            **derived.get(one.record.id, {}),
        }
        for column, value in expected.items():
            if one.row[column] != value:
                yield _altered(session, form, one, column, value)
        for part in form.parts:
            rows = to_part_rows(part, one.record, one.row["pk"], number)
            found = parts[part.field].get(one.row["pk"], [])
            if rows != found:
                told = (_listed(session, part, found), _listed(session, part, rows))
                yield _altered_part(form, one, part.field, *told)


def _numbers(session: Session, form: Form, records: Iterable[Record]) -> Callable[[str, UUID], int]:
    """The number of each record that these refer to, or :data:`MISSING`."""
    wanted: defaultdict[str, set[UUID]] = defaultdict(set)
    for record in records:
        for _, entity, target in references(form, record):
            wanted[entity].add(target)
    held = {entity: numbers(session, entity, some) for entity, some in wanted.items()}
    return lambda entity, target: held.get(entity, {}).get(target, MISSING)


def _common(one: Held) -> dict[str, Any]:
    """The columns that every record has besides its content."""
    row = {
        "created_by": one.span.by,
        "created_at": one.span.at,
        "content_hash": _content_hash(str(one.span.text), one.record),
    }
    return row if one.record.immutable else row | {"version": one.span.changes}


def _content_hash(text: str, record: Record) -> str:
    """The hash of the content within a payload, cut out of its text."""
    after = payload(record.entity, record.id, "")[len(_BEFORE) :]
    return hashlib.sha256(text[len(_BEFORE) : len(text) - len(after)].encode()).hexdigest()


def _derived(
    session: Session, held: Sequence[Held], number: Callable[[str, UUID], int]
) -> Mapping[UUID, Mapping[str, Any]]:
    """The columns that claims derive from other records; those underivable are left out.

    A value that cannot be derived any more rests on a record that was altered, which is found
    where that record is.
    """
    claims = [one.record for one in held if isinstance(one.record, Claim)]
    found: dict[UUID, Mapping[str, Any]] = {}
    try:
        found = derived_columns(session, claims)
    except _UNREADABLE:
        for claim in claims:
            found |= _derived_alone(session, claim)
    origins = {claim.id: {"origin_pk": number("source", claim.origin)} for claim in claims}
    return {claim: origin | dict(found.get(claim, {})) for claim, origin in origins.items()}


def _derived_alone(session: Session, claim: Claim) -> dict[UUID, Mapping[str, Any]]:
    try:
        return derived_columns(session, [claim])
    except _UNREADABLE:
        return {}


def _part_rows(
    session: Session, part: Part, held: Sequence[Held]
) -> Mapping[int, list[dict[str, Any]]]:
    """The rows of an ordered part, by the row that owns them, without their own numbers."""
    table = part.table.c
    names = [column.name for column in table if column.name != "pk"]
    owners = [one.row["pk"] for one in held]
    statement = (
        select(*(table[name] for name in names))
        .where(table[part.owner].in_(owners))
        .order_by(table[part.owner], table.position)
    )
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(statement).mappings():
        found[row[part.owner]].append(dict(row))
    return found


# --- what is said of it -------------------------------------------------------------------------


def _of(form: Form, row: Mapping[str, Any], what: str) -> Break:
    return Break(entity=form.entity, record=row["id"], name=_name(row), what=what)


def _name(row: Mapping[str, Any]) -> str | None:
    """What people call it: the author's key, else what it is named by."""
    names = (row.get(name) for name in ("key", "name", "label", "title", "text", "exact"))
    return next((str(name)[:80] for name in names if name), None)


def _inserted(form: Form, row: Mapping[str, Any], span: Span | None) -> Break:
    if span is None:
        what = "it was inserted beneath the program, or the history was cut: no change tells of it"
    else:
        what = f"it was put back beneath the program: change {span.last} removed it"
    return _of(form, row, what)


def _unreadable(form: Form, pk: int, error: Exception) -> Break:
    what = f"row {pk} of its table was altered and cannot be read: {error}"
    return Break(entity=form.entity, what=what.splitlines()[0])


def _altered(session: Session, form: Form, one: Held, column: str, expected: object) -> Break:
    target = form.references.get(column) or ("source" if column == "origin_pk" else None)
    found, told = (_shown(session, target, value) for value in (one.row[column], expected))
    return Break(
        entity=form.entity,
        record=one.record.id,
        name=one.record.key or _name(one.row),
        what="it was altered beneath the program",
        field=column.removesuffix("_pk"),
        found=found,
        expected=told,
    )


def _altered_part(form: Form, one: Held, name: str, found: str, expected: str) -> Break:
    return Break(
        entity=form.entity,
        record=one.record.id,
        name=one.record.key or _name(one.row),
        what="it was altered beneath the program",
        field=name,
        found=found,
        expected=expected,
    )


def _listed(session: Session, part: Part, rows: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(_item(session, part, row) for row in rows) or "nothing"


def _item(session: Session, part: Part, row: Mapping[str, Any]) -> str:
    values = (
        (slot.target, row[slot.column]) for slot in part.slots if row[slot.column] is not None
    )
    told = " ".join(_shown(session, target, value) for target, value in values)
    return f"{row['position']}: {told}"


def _shown(session: Session, target: str | None, value: object) -> str:
    """A value of a column for a reader; a reference by the id it leads to."""
    if value is None:
        return "nothing"
    if target is None:
        return repr(value)
    if isinstance(value, int) and value != MISSING:
        found = ids(session, target, [value]).get(value)
        return str(found) if found else f"row {value}, which is not there"
    return f"a {target.replace('_', ' ')} that is not there"
