"""The one writer: every record and every edit passes here, with its change in the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from claims.analysis.canonical import content
from claims.analysis.records import Claim, Project, Question, Record, Snapshot
from claims.errors import InputRefused, NotFound
from claims.store.codec import instant_text
from claims.store.custody import add_custody
from claims.store.derive import derive_again, derived_columns
from claims.store.engine import WRITES
from claims.store.forms import Form, Part, form_of, forms
from claims.store.history import new_salt
from claims.store.log import Author, Entry, Salt, append, locked_head
from claims.store.lookup import next_number, numbers
from claims.store.resolve import Numbers, check_no_circle, parents_first
from claims.store.rows import to_part_rows, to_row
from claims.store.stale import stale_version
from claims.store.validate import named, validate


class Writer:
    """Writes records within one writing unit, in the name of one actor at one time.

    It checks what SQLModel does not (types, references, texts), derives the columns that queries
    need, and appends one change for each record. Nothing is kept unless the unit ends well.
    """

    def __init__(
        self,
        session: Session,
        actor: str,
        now: datetime,
        reason: str | None = None,
        *,
        salt: Salt = new_salt,
    ) -> None:
        """Write in ``session``, which must come from :func:`claims.store.unit.write_unit`.

        Args:
            session: the session of a writing unit.
            actor: who writes.
            now: the time of the write, with its time zone.
            reason: why, kept with each change.
            salt: where the salts of the payloads' hashes come from.

        Raises:
            ValueError: the session does not hold the writing lock, or the time has no zone.
        """
        if WRITES not in session.info:
            message = "a Writer needs the session of a write_unit, which locks before it reads"
            raise ValueError(message)
        self._session = session
        self._author = Author(actor, instant_text(now), reason)
        self._salt = salt

    def insert(self, record: Record) -> None:
        """Write a new record.

        Raises:
            InputRefused: it cannot be stored as it is, is held already, or refers to what is not.
        """
        self.insert_all((record,))

    def insert_all(self, records: Sequence[Record]) -> None:
        """Write new records, which may refer to each other in any order; all or none.

        Raises:
            InputRefused: one cannot be stored as it is, is held already, or refers to what is
                not held.
        """
        for record in records:
            validate(record)
        locked_head(self._session)
        found = Numbers()
        found.resolve(self._session, records)
        entries: list[Entry] = []
        by_kind = _by_kind(records)
        for form in forms():
            if form.entity in by_kind:
                entries += self._insert_kind(form, by_kind[form.entity], found)
        for form in forms():
            for part in form.parts:
                self._insert_parts(part, by_kind.get(form.entity, ()), found)
        for record in by_kind.get(Snapshot.entity, ()):
            entries.append(add_custody(self._session, record.id, self._author, "stored"))
        append(self._session, entries, self._author, self._salt)

    def update(self, record: Record, *, version: int | None) -> int:
        """Replace what a record holds; equal content writes nothing.

        Args:
            record: the record as it shall be.
            version: the version that the change was made from; ``None`` replaces any.

        Returns:
            The record's version now.

        Raises:
            StaleVersion: somebody changed the record after ``version``.
            NotFound: no such record is held.
            InputRefused: it is of an immutable kind, or cannot be stored as it is.
        """
        if record.immutable:
            message = f"{named(record)} is never changed; insert one that supersedes it"
            raise InputRefused(message)
        validate(record)
        locked_head(self._session)
        pk, held, content_hash = self._held(record)
        if version is not None and version != held:
            raise stale_version(self._session, record, version, held)
        text = content(record)
        if _hash(text) == content_hash:
            return held
        self._replace(record, pk, {"version": held + 1, "content_hash": _hash(text)})
        entry = Entry(record.entity, record.id, text, replaces=True)
        append(self._session, [entry], self._author, self._salt)
        return held + 1

    def custody(self, snapshot: UUID, action: str, note: str | None = None) -> None:
        """Add to the custody log what happened to the archived bytes of a snapshot.

        Args:
            snapshot: the snapshot's id.
            action: one of :data:`claims.store.tables.evidence.CUSTODY`.
            note: details in words.

        Raises:
            NotFound: no such snapshot is held.
            InputRefused: there is no such action.
        """
        locked_head(self._session)
        entry = add_custody(self._session, snapshot, self._author, action, note)
        append(self._session, [entry], self._author, self._salt)

    def _insert_kind(self, form: Form, records: Sequence[Record], found: Numbers) -> list[Entry]:
        """Write the rows of one kind of record; what to log, in the order written."""
        self._check_new(form, records)
        ordered = parents_first(form, records)
        first = next_number(self._session, form.entity)
        found.held[form.entity].update((one.id, first + n) for n, one in enumerate(ordered))
        entries = [Entry(form.entity, one.id, content(one)) for one in ordered]
        rows = [
            to_row(form, record, found.of) | self._common(record, entry.content, found)
            for record, entry in zip(ordered, entries, strict=True)
        ]
        self._derive(ordered, rows, found)
        self._session.execute(insert(form.table), rows)
        return entries

    def _common(self, record: Record, text: str, found: Numbers) -> dict[str, Any]:
        row = {
            "pk": found.of(record.entity, record.id),
            "created_by": self._author.actor,
            "created_at": self._author.at,
            "content_hash": _hash(text),
        }
        return row if record.immutable else row | {"version": 1}

    def _derive(
        self, records: Sequence[Record], rows: Sequence[dict[str, Any]], found: Numbers
    ) -> None:
        """Add the columns that only claims have and that rest on other records."""
        claims = [record for record in records if isinstance(record, Claim)]
        if not claims:
            return
        derived = derived_columns(self._session, claims)
        for claim, row in zip(claims, rows, strict=True):
            row.update(derived[claim.id], origin_pk=found.of("source", claim.origin))

    def _insert_parts(self, part: Part, records: Sequence[Record], found: Numbers) -> None:
        rows = [
            row
            for record in records
            for row in to_part_rows(part, record, found.of(record.entity, record.id), found.of)
        ]
        first = next_number(self._session, part.table.name)
        for number, row in enumerate(rows, first):
            row["pk"] = number
        if rows:
            self._session.execute(insert(part.table), rows)

    def _check_new(self, form: Form, records: Sequence[Record]) -> None:
        ids = {record.id for record in records}
        held = numbers(self._session, form.entity, ids)
        again = [record for record in records if record.id in held]
        if again:
            message = f"{named(again[0])} is held already; update it instead"
            raise InputRefused(message)
        if len(ids) < len(records):
            message = (
                f"two records of the entity {form.entity!r} have the same id; give each its own"
            )
            raise InputRefused(message)

    def _held(self, record: Record) -> tuple[int, int, str]:
        """The number, version and content hash of the record as it is held."""
        columns = form_of(type(record)).table.c
        statement = select(columns.pk, columns.version, columns.content_hash)
        row = self._session.execute(statement.where(columns.id == record.id)).one_or_none()
        if row is None:
            message = f"{named(record)} is not held; insert it instead"
            raise NotFound(message)
        return row[0], row[1], row[2]

    def _replace(self, record: Record, pk: int, common: dict[str, Any]) -> None:
        form = form_of(type(record))
        found = Numbers()
        found.resolve(self._session, [record])
        check_no_circle(self._session, form, record)
        found.held[form.entity][record.id] = pk
        row = to_row(form, record, found.of) | common
        self._derive([record], [row], found)
        self._session.execute(update(form.table).where(form.table.c.pk == pk).values(**row))
        for part in form.parts:
            self._session.execute(delete(part.table).where(part.table.c[part.owner] == pk))
            self._insert_parts(part, [record], found)
        if isinstance(record, Question | Project):
            derive_again(self._session, record)


def _by_kind(records: Sequence[Record]) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.entity].append(record)
    return found


def _hash(text: str) -> str:
    """The content hash of a record whose canonical content is ``text``."""
    return sha256(text.encode()).hexdigest()
