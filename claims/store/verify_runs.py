"""Checking what stands beside the records: runs of actions, custody logs, what files said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from claims.analysis.canonical import canonical_json
from claims.analysis.records import Assessment
from claims.store.breaks import Break
from claims.store.forms import forms
from claims.store.history import Head
from claims.store.lookup import BATCH
from claims.store.spans import spans
from claims.store.tables.evidence import CustodyRow, SnapshotRow
from claims.store.tables.log import ActionRow, BaselineRow, ChangeRow, PayloadRow


def run_breaks(session: Session, last: Head) -> Iterator[Break]:
    """Runs of actions that do not part the log, or that name other people, times or reasons.

    The name of a run, what it undid and its idempotency key stand in no change, so that nobody
    can tell whether they were altered.
    """
    row = ActionRow
    columns = (row.id, row.name, row.first_seq, row.last_seq)
    statement: Select[*tuple[Any, ...]] = select(*(col(one) for one in columns))
    expected = 1
    found = session.execute(
        statement.order_by(col(row.first_seq)), execution_options={"yield_per": BATCH}
    )
    for one in found:
        if one.first_seq != expected:
            yield _run(one, f"it begins with change {one.first_seq}, not {expected}")
        expected = max(expected, one.last_seq + 1)
    if expected != last.seq + 1:
        what = f"the runs of actions end with change {expected - 1}, the log with {last.seq}"
        yield Break(what=what)
    yield from _strange_runs(session)


def _strange_runs(session: Session) -> Iterator[Break]:
    row, change = ActionRow, ChangeRow
    statement: Select[*tuple[Any, ...]] = (
        select(
            *(col(row.id), col(row.name), col(row.actor), col(row.at), col(row.reason)),
            *(col(change.seq), col(change.actor).label("who"), col(change.at).label("then")),
            col(change.reason).label("why"),
        )
        .join(change, col(change.seq).between(col(row.first_seq), col(row.last_seq)))
        .where(
            or_(
                col(row.actor) != col(change.actor),
                col(row.at) != col(change.at),
                col(row.reason).is_distinct_from(col(change.reason)),
            )
        )
        .order_by(col(change.seq))
    )
    for one in session.execute(statement, execution_options={"yield_per": BATCH}):
        yield _run(
            one,
            f"it is said to be by {one.actor!r} on {one.at} for {one.reason!r}; its change"
            f" {one.seq} is by {one.who!r} on {one.then} for {one.why!r}",
        )


def _run(one: Row[Any], what: str) -> Break:
    return Break(entity="action", record=one.id, name=one.name, what=what)


def custody_breaks(session: Session) -> Iterator[Break]:
    """Entries of custody logs that are not what their changes say, or that are missing."""
    row, last = CustodyRow, None
    statement: Select[*tuple[Any, ...]] = (
        select(
            *(col(row.pk), col(row.id), col(row.action), col(row.note)),
            *(col(row.created_by), col(row.created_at), col(SnapshotRow.id).label("snapshot")),
        )
        .outerjoin(SnapshotRow, col(SnapshotRow.pk) == col(row.snapshot_pk))
        .order_by(col(row.pk))
        .limit(BATCH)
    )
    while rows := session.execute(
        statement if last is None else statement.where(col(row.pk) > last)
    ).all():
        last = rows[-1].pk
        told = spans(session, "custody", [one.id for one in rows])
        for one in rows:
            span = told.get(one.id)
            if span is None or not span.held:
                what = "it was inserted beneath the program: no change tells of it"
                yield Break(entity="custody", record=one.id, what=what)
            elif span.readable:
                yield from _custody_altered(one, str(span.text), span.by, span.at)
    yield from _custody_missing(session)


def _custody_altered(one: Row[Any], text: str, by: str, at: str) -> Iterator[Break]:
    told = {"action": one.action, "note": one.note, "snapshot": one.snapshot}
    found = {**json.loads(canonical_json(told)), "created_by": one.created_by}
    found["created_at"] = one.created_at
    expected = {**json.loads(text)["content"], "created_by": by, "created_at": at}
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name) != expected.get(name):
            yield Break(
                entity="custody",
                record=one.id,
                what="it was altered beneath the program",
                field=name,
                found=repr(found.get(name)),
                expected=repr(expected.get(name)),
            )


def _custody_missing(session: Session) -> Iterator[Break]:
    row, later = ChangeRow, aliased(ChangeRow)
    newer = exists().where(col(later.record) == col(row.record), col(later.seq) > col(row.seq))
    statement = (
        select(col(row.record), col(row.seq), col(CustodyRow.pk))
        .outerjoin(CustodyRow, col(CustodyRow.id) == col(row.record))
        .where(col(row.entity) == "custody", col(row.after_pk).is_not(None), ~newer)
        .order_by(col(row.seq))
    )
    for one in session.execute(statement, execution_options={"yield_per": BATCH}):
        if one.pk is None:
            what = f"it was deleted beneath the program: change {one.seq} says that it is held"
            yield Break(entity="custody", record=one.record, what=what)


def baseline_breaks(session: Session) -> Iterator[Break]:
    """What files said last of records, where no change ever left a record like that.

    What is remembered of an assessment stands under its key and not under its id, and so cannot
    be looked up here.
    """
    row, last = BaselineRow, 0
    columns = (row.pk, row.record, row.entity, row.key, row.content_hash)
    said: Select[*tuple[Any, ...]] = select(*(col(one) for one in columns))
    known = {form.entity: form.table for form in forms()}
    while rows := session.execute(
        said.where(col(row.pk) > last, col(row.entity) != Assessment.entity)
        .order_by(col(row.pk))
        .limit(BATCH)
    ).all():
        last = rows[-1].pk
        now = _present(session, known, rows)
        for one in rows:
            if now.get(one.record) != one.content_hash and not _ever(session, one):
                what = "what its file said of it when it was last loaded was never held"
                yield Break(entity=one.entity, record=one.record, name=one.key, what=what)


def _present(session: Session, known: dict[str, Any], rows: Any) -> dict[UUID, str]:  # noqa: ANN401
    """The content hashes that the records have now."""
    found: dict[UUID, str] = {}
    for entity in {one.entity for one in rows} & known.keys():
        columns = known[entity].c
        here = columns.id.in_([one.record for one in rows if one.entity == entity])
        held = session.execute(select(columns.id, columns.content_hash).where(here))
        found.update((one[0], one[1]) for one in held)
    return found


def _ever(session: Session, one: Row[Any]) -> bool:
    """Whether a change left the record with this content, or with one that cannot be read.

    Contents cannot be read after an erasure, nor where they were altered so that they are no
    JSON any more; the chain names those.
    """
    row = ChangeRow
    texts = session.scalars(
        select(col(PayloadRow.text))
        .join(ChangeRow, col(ChangeRow.after_pk) == col(PayloadRow.pk))
        .where(col(row.record) == one.record, col(row.entity) == one.entity)
    )
    return any(_content_hash(text) in {None, one.content_hash} for text in texts)


def _content_hash(text: str | None) -> str | None:
    try:
        held = json.loads(text or "")["content"]
    except (ValueError, TypeError, LookupError):
        return None
    return hashlib.sha256(canonical_json(held).encode()).hexdigest()
