"""Taking records out of the tables: what they held stays in the history."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.records import Record, Snapshot
from claims.errors import InputRefused, NotFound
from claims.store.forms import Form, forms
from claims.store.log import Entry
from claims.store.lookup import batches, numbers
from claims.store.resolve import parents_first
from claims.store.tables import METADATA
from claims.store.tables.evidence import CustodyRow
from claims.store.tables.judgement import WaiverRow
from claims.store.validate import named


class StillNamed(InputRefused):
    """Something that stays refers to a record that was to go.

    The message counts what refers to it, whoever may see that; ``discreet`` does not.
    """

    def __init__(self, record: Record, by: str, them: str) -> None:
        """Say which record, what refers to it and what to do with that."""
        super().__init__(f"{named(record)} is still named by {by}; {them} first")
        self.discreet = (
            f"{named(record)} cannot be removed, because something else still refers to it;"
            " change or remove that first, or ask somebody who sees everything"
        )


def remove_rows(session: Session, records: Sequence[Record]) -> list[Entry]:
    """Take the rows of records out, those that refer to others first; returns what to log.

    Raises:
        NotFound: one is not held.
        StillNamed: something that stays refers to one; the message names how many of what.
    """
    _refuse_waived(session, records)
    going = [
        (form, _numbered(session, form, some))
        for form in reversed(forms())
        if (some := [record for record in records if record.entity == form.entity])
    ]
    for form, held in going:  # the parts of one kind refer to rows of another
        for part in form.parts:
            _delete(session, part.table, part.owner, list(held))
    return [entry for form, held in going for entry in _remove_kind(session, form, held)]


def _numbered(session: Session, form: Form, records: Sequence[Record]) -> dict[int, Record]:
    """The records by their rows, those that refer to others of their kind first."""
    held = numbers(session, form.entity, [record.id for record in records])
    missing = [record for record in records if record.id not in held]
    if missing:
        message = f"{named(missing[0])} is not held; it was removed already"
        raise NotFound(message)
    return {held[one.id]: one for one in reversed(parents_first(form, records))}


def _remove_kind(session: Session, form: Form, held: Mapping[int, Record]) -> list[Entry]:
    entries = _custody(session, list(held)) if form.entity == Snapshot.entity else []
    _refuse_named(session, form, held)
    _delete(session, form.table, "pk", list(held))
    return entries + [Entry(one.entity, one.id, None, replaces=True) for one in held.values()]


def _custody(session: Session, snapshots: Sequence[int]) -> list[Entry]:
    """The custody log goes with its snapshot."""
    entries = []
    for pks in batches(snapshots):
        rows = session.scalars(
            select(col(CustodyRow.id))
            .where(col(CustodyRow.snapshot_pk).in_(pks))
            .order_by(col(CustodyRow.pk))
        )
        entries += [Entry("custody", row, None, replaces=True) for row in rows]
    _delete(session, METADATA.tables["custody"], "snapshot_pk", snapshots)
    return entries


def _delete(session: Session, table: Table, column: str, values: Sequence[int]) -> None:
    for some in batches(values):
        session.execute(delete(table).where(table.c[column].in_(some)))


def _refuse_named(session: Session, form: Form, going: Mapping[int, Record]) -> None:
    """Refuse to take out what something else refers to that stays."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for noun, pk in _referring(session, form, going):
        counts[pk][noun] += 1
    for pk, nouns in counts.items():
        told = " and ".join(f"{count} {_plural(noun, count)}" for noun, count in nouns.items())
        raise StillNamed(going[pk], told, "remove or change those")


def _referring(
    session: Session, form: Form, going: Mapping[int, Record]
) -> Iterator[tuple[str, int]]:
    """What stays and refers to one that goes: what it is, and which one it refers to."""
    own = {(part.table.name, part.owner) for part in form.parts}
    for table in METADATA.sorted_tables:
        for column in table.c:
            leads = any(key.column.table is form.table for key in column.foreign_keys)
            if leads and (table.name, column.name) not in own and table.name != "custody":
                for pk, target in _rows(session, table, column, list(going)):
                    if table is not form.table or pk not in going:
                        yield _noun(table.name), target


def _rows(
    session: Session, table: Table, column: ColumnElement[int], pks: Sequence[int]
) -> Iterator[tuple[int, int]]:
    for some in batches(pks):
        for row in session.execute(select(table.c.pk, column).where(column.in_(some))):
            yield row[0], row[1]


_NOUNS = {
    "speaker": "claim",
    "claim_passage": "claim",
    "cross_check_claim": "cross check",
    "cross_check_question": "cross check",
    "inquiry_claim": "inquiry",
}


def _noun(table: str) -> str:
    return _NOUNS.get(table, table.replace("_", " "))


def _plural(noun: str, count: int) -> str:
    if count == 1:
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _refuse_waived(session: Session, records: Sequence[Record]) -> None:
    """A waiver may name a record of any kind, which no reference in the schema tells."""
    going = {record.id for record in records}
    for some in batches(sorted(going)):
        row = WaiverRow
        statement = select(col(row.id), col(row.target)).where(col(row.target).in_(some))
        for waiver, target in session.execute(statement):
            if waiver not in going:
                record = next(one for one in records if one.id == target)
                raise StillNamed(record, "a waiver", "remove that")
